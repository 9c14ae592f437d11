"""PDF files, each harmful in its own way."""

from __future__ import annotations

import zlib

from tests.hostile.pdfs import SAFE, WORDS, deep, inflated, javascript, mapped, page, pdf, stream, tiled, twice_packed


def pdfs() -> dict[str, bytes]:
    """Return the content of each PDF by file name."""
    plain = page()
    many = dict.fromkeys(
        range(6, 106),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    )
    files = {
        "pages-in-a-circle": pdf(
            {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}
        ),
        "parent-in-a-circle": page(pages="/Kids [3 0 R] /Count 1 /Parent 2 0 R"),
        "pages-of-each-other": pdf(
            {
                1: "<< /Type /Catalog /Pages 2 0 R >>",
                2: "<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
                3: "<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 9 >>",
            }
        ),
        "two-thousand-million-pages": page(pages="/Kids [3 0 R] /Count 2000000000"),
        "ten-thousand-pages-said": page(pages="/Kids [3 0 R] /Count 10000"),
        "less-than-no-pages": page(pages="/Kids [3 0 R] /Count -5"),
        "one-page-named-two-hundred-times": page(pages=f"/Kids [{'3 0 R ' * 200}] /Count 200"),
        "hundred-pages": page(pages=f"/Kids [3 0 R {' '.join(f'{n} 0 R' for n in many)}] /Count 101", others=many),
        "no-pages": pdf({1: "<< /Type /Catalog >>"}),
        "no-catalog": pdf({1: "null"}),
        "huge-page": page(box="[0 0 2000000000 2000000000]"),
        "page-of-no-size": page(box="[0 0 0 0]"),
        "page-a-hair-wide": page(box="[0 0 0.001 842]"),
        "page-a-point-wide-and-a-mile-high": page(box="[0 0 1 200000]"),
        "page-a-mile-wide-and-a-point-high": page(box="[0 0 200000 1]"),
        "page-upside-down": page(box="[595 842 0 0]"),
        "page-of-words-for-numbers": page(box="[/a /b (c) null]"),
        "page-of-too-few-numbers": page(box="[0 0]"),
        "page-without-limits": page(box=f"[0 0 {'9' * 400} {'9' * 400}]"),
        "page-cropped-to-nothing": page(more="/CropBox [900 900 901 901]"),
        "rotated-by-odd-degrees": page(more="/Rotate 45"),
        "user-unit-of-a-million": page(more="/UserUnit 1000000"),
        "javascript-at-opening": page(
            catalog=javascript("app.alert\\(1\\);this.submitForm\\('http://127.0.0.1:9/'\\)")
        ),
        "javascript-named": page(
            catalog="/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (while\\(true\\){}) >>] >> >>"
        ),
        "launch-of-a-program": page(catalog="/OpenAction << /S /Launch /F (/bin/sh) >>"),
        "address-that-is-script": page(
            more="/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>]"
        ),
        "file-within": page(
            catalog="/Names << /EmbeddedFiles << /Names [(evil.exe) << /Type /Filespec /F (../../evil.exe) /EF << /F 6 0 R >> >>] >> >>",
            others={6: stream("MZ evil")},
        ),
        "form-to-fill": page(
            catalog="/AcroForm << /XFA 6 0 R /Fields [] >>",
            others={6: stream('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xdp>&e;</xdp>')},
        ),
        "metadata-of-entities": page(
            catalog="/Metadata 6 0 R",
            others={
                6: stream(
                    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "/Type /Metadata /Subtype /XML"
                )
            },
        ),
        "outline-in-a-circle": page(
            catalog="/Outlines 6 0 R",
            others={
                6: "<< /First 7 0 R /Last 7 0 R /Count 1 >>",
                7: "<< /Title (a) /Next 7 0 R /Prev 7 0 R /First 7 0 R /Parent 6 0 R >>",
            },
        ),
        "bomb-of-forty-megabytes": page(inflated(40)),
        "bomb-packed-twice": page(twice_packed()),
        "filters-without-end": page(stream(WORDS, f"/Filter [{'/ASCIIHexDecode ' * 5_000}]")),
        "filter-that-is-none": page(stream(WORDS, "/Filter /EvilDecode")),
        "stream-longer-than-the-file": page(b"<< /Length 999999999 >>\nstream\n" + WORDS.encode() + b"\nendstream"),
        "stream-of-its-own-length": page(b"<< /Length 4 0 R >>\nstream\n" + WORDS.encode() + b"\nendstream"),
        "form-that-draws-itself": page(
            "/X Do " + WORDS,
            resources="/XObject << /X 6 0 R >>",
            others={
                6: stream(
                    "/X Do",
                    "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>",
                )
            },
        ),
        "font-of-itself": page(
            others={5: "<< /Type /Font /Subtype /Type0 /BaseFont /A /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>"}
        ),
        "font-mapped-to-script": page(
            "BT /F 12 Tf 72 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET",
            others={
                5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
                6: stream(
                    "/CIDInit /ProcSet findresource begin begincmap 1 beginbfchar <61> <003C007300630072006900700074003E> endbfchar endcmap"
                ),
            },
        ),
        "font-mapped-to-halves-of-signs": mapped("D800"),
        "font-mapped-to-halves-turned-round": mapped("DE00D83D"),
        "font-mapped-to-whole-signs": mapped("D83DDE00"),
        "image-of-a-thousand-million-dots": page(
            "/I Do " + WORDS,
            resources="/XObject << /I 6 0 R >>",
            others={
                6: stream(
                    "",
                    "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8",
                )
            },
        ),
        "image-that-unpacks": page(
            "/I Do " + WORDS,
            resources="/XObject << /I 6 0 R >>",
            others={
                6: stream(
                    zlib.compress(bytes(50 << 20), 1),
                    "/Type /XObject /Subtype /Image /Width 10000 /Height 5000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
                )
            },
        ),
        "pattern-of-tiny-tiles": tiled(WORDS),
        "tiny-tiles-and-a-white-word": tiled(f"{WORDS} 1 g BT /F 12 Tf 72 600 Td (Seldom) Tj ET"),
        "tiny-tiles-and-no-words": tiled(""),
        "state-saved-without-end": page("q " * 200_000 + WORDS),
        "thirty-thousand-curves": page("0 0 m " + "1 2 3 4 5 6 c " * 30_000 + "S " + WORDS),
        "arrays-in-arrays": page(catalog=f"/A {deep(100_000)}"),
        "arrays-in-the-content": page(deep(50_000) + " TJ " + WORDS),
        "dictionary-in-dictionaries": page(catalog="/A " + "<< /A " * 5_000 + ">> " * 5_000),
        "word-of-a-megabyte": page(f"BT /F 12 Tf 72 700 Td ({'a' * (1 << 20)}) Tj ET"),
        "dots-in-one-line": page(f"BT /F 1 Tf 1 700 Td ({'.' * 30_000}) Tj ET {WORDS}"),
        "letters-on-one-spot": page(f"BT /F 12 Tf 72 700 Td {'(a) Tj 0 0 Td ' * 20_000}ET {WORDS}"),
        "letters-far-off-the-page": page(f"BT /F 12 Tf 999999999 -999999999 Td ({SAFE}) Tj ET"),
        "letters-without-size": page(f"BT /F 0 Tf 72 700 Td ({SAFE}) Tj ET"),
        "letters-of-a-million-points": page(f"BT /F 1000000 Tf 72 700 Td ({SAFE}) Tj ET"),
        "matrix-of-nothing": page(f"0 0 0 0 0 0 cm {WORDS}"),
        "xref-to-beyond-the-end": plain.replace(b"startxref\n", b"startxref\n9999999"),
        "xref-in-a-circle": plain.replace(
            b"trailer << ", b"trailer << /Prev " + str(plain.rfind(b"xref\n0")).encode() + b" "
        ),
        "xref-of-letters": plain.replace(b"00000 n", b"abcde n"),
        "xref-of-a-thousand-million": plain.replace(b"xref\n0 6", b"xref\n0 999999999"),
        "no-xref": plain[: plain.rfind(b"xref\n0")],
        "no-end": plain.replace(b"%%EOF", b""),
        "object-of-itself": pdf({1: "1 0 R"}),
        "head-alone": b"%PDF-1.7\n" + b"x" * 2000,
        "version-that-is-none": plain.replace(b"%PDF-1.7", b"%PDF-9.99999999999"),
        "words-before-the-head": b"<html>" + b" " * 500 + plain,
        "encrypted-by-what-is-none": pdf(
            {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] /Count 0 >>"},
            "/Encrypt << /Filter /Evil /V 99 >>",
        ),
        "optional-content-of-itself": page(
            catalog="/OCProperties << /OCGs [6 0 R] /D << /Order [6 0 R] >> >>",
            others={6: "<< /Type /OCMD /OCGs [6 0 R] /VE [/And 6 0 R] >>"},
            more="/OC 6 0 R",
        ),
    }
    return {f"{name}.pdf": content for name, content in files.items()}
