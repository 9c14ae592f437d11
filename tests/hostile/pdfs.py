"""PDF files designed to harm the program that reads or draws them, written object by object."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

SAFE = "Inspectors found that children in Pellbrook are safe and well looked after by staff."
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = f"BT /F 12 Tf 72 700 Td ({SAFE}) Tj ET"


def pdf(objects: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    """Return a PDF with these numbered objects. The first object is its catalog."""
    content, offsets = b"%PDF-1.7\n", {}
    for number, one in objects.items():
        offsets[number] = len(content)
        content += f"{number} 0 obj\n".encode() + (one if isinstance(one, bytes) else one.encode()) + b"\nendobj\n"
    size = max(objects) + 1
    table = "".join(f"{offsets.get(n, 0):010} 00000 {'n' if n in offsets else 'f'} \n" for n in range(1, size))
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {trailer} >>\n"
    return content + tail.encode() + f"startxref\n{len(content)}\n%%EOF\n".encode()


def stream(content: str | bytes, entries: str = "") -> bytes:
    data = content if isinstance(content, bytes) else content.encode()
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def page(
    contents: str | bytes = WORDS,
    *,
    box: str = "[0 0 595 842]",
    catalog: str = "",
    pages: str = "/Kids [3 0 R] /Count 1",
    more: str = "",
    resources: str = "",
    others: Mapping[int, str | bytes] | None = None,
) -> bytes:
    """Return a PDF with one page. A case can change any part of it."""
    return pdf(
        {
            1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            2: f"<< /Type /Pages {pages} >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {resources} >> {more} >>",
            4: contents if isinstance(contents, bytes) else stream(contents),
            5: _FONT,
            **(others or {}),
        }
    )


def inflated(megabytes: int) -> bytes:
    press = zlib.compressobj(9)
    data = press.compress(WORDS.encode() + b"\n")
    data += press.compress(b" " * (megabytes << 20))
    return stream(data + press.flush(), "/Filter /FlateDecode")


def twice_packed() -> bytes:
    return stream(zlib.compress(zlib.compress(b" " * (20 << 20), 9), 9), "/Filter [/FlateDecode /FlateDecode]")


def tiled(contents: str) -> bytes:
    """Return a page that is filled with tiles of a ten-thousandth of a point."""
    facts = "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << >>"
    fill = "/Pattern cs /P scn 0 0 595 842 re f "
    return page(fill + contents, resources="/Pattern << /P 6 0 R >>", others={6: stream("0 0 1 1 re f", facts)})


def mapped(code: str) -> bytes:
    """Return a page with a font that maps the letter “a” to the given UTF-16 code."""
    told = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <61> <{code}> endbfchar endcmap end end"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return page(WORDS + f" BT /F 12 Tf 72 600 Td ({SAFE}) Tj ET", others={5: font, 6: stream(told)})


def javascript(code: str) -> str:
    return f"/OpenAction << /S /JavaScript /JS ({code}) >>"


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels
