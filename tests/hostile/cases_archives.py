"""Word documents and other archives, each harmful in its own way."""

from __future__ import annotations

import zipfile
import zlib

from tests.hostile.archives import (
    SAFE,
    TYPES,
    blanks,
    body,
    declared,
    deep,
    doctyped,
    entities,
    flagged,
    packed,
    paragraph,
    quine,
    related,
    spanning,
    table,
    wide_row,
    with_extra,
    word,
)


def archives(outside: str) -> dict[str, bytes]:
    """Return the content of each archive by file name. ``outside`` is the path of a file that no archive may read."""
    plain = word(body(paragraph(SAFE)))
    files = {
        "billion-laughs": word(body(paragraph("&e9;"), entities(10, 10))),
        "quadratic-entity": word(
            body(paragraph("&e0;" * 20_000), f'<!DOCTYPE w:document [<!ENTITY e0 "{"a" * 9_000}">]>')
        ),
        "entity-file": doctyped(f'<!ENTITY x SYSTEM "file://{outside}">', "&x;"),
        "entity-http": doctyped('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"),
        "entity-ftp": doctyped('<!ENTITY x SYSTEM "ftp://127.0.0.1:9/x">', "&x;"),
        "entity-public": doctyped(f'<!ENTITY x PUBLIC "a" "{outside}">', "&x;"),
        "entity-parameter": doctyped(f'<!ENTITY % p SYSTEM "file://{outside}"> %p;', ""),
        "entity-itself": doctyped('<!ENTITY x "&x;">', "&x;"),
        "entity-two-of-each-other": doctyped('<!ENTITY x "&y;"><!ENTITY y "&x;">', "&x;"),
        "dtd-outside": word(body(paragraph(SAFE), f'<!DOCTYPE w:document SYSTEM "file://{outside}">')),
        "xinclude": word(
            body(
                f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://{outside}"/>'
                + paragraph(SAFE)
            )
        ),
        "stylesheet": word(body(paragraph(SAFE), f'<?xml-stylesheet type="text/xsl" href="file://{outside}"?>')),
        "entity-in-core-properties": word(
            body(paragraph(SAFE)),
            **{"docProps/core.xml": f'<!DOCTYPE c [<!ENTITY x SYSTEM "file://{outside}">]><c>&x;</c>'},
        ),
        "entity-in-types": packed(
            {
                "[Content_Types].xml": f'<!DOCTYPE Types [<!ENTITY x SYSTEM "file://{outside}">]>' + TYPES,
                "_rels/.rels": related("officeDocument", "word/document.xml"),
                "word/document.xml": body(paragraph(SAFE)),
            }
        ),
        "bomb-said": blanks(600, "word/document.xml"),
        "bomb-that-says-less": declared(blanks(600, "word/document.xml"), 1 << 20),
        "bomb-beside-a-document": declared(word(body(paragraph(SAFE)), **{"word/styles.xml": b" " * (30 << 20)}), 1),
        "version-that-is-none": plain.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
        "name-that-is-no-text": word(body(paragraph(SAFE)), **{"word/\u00e9\u00e9.xml": "x"}).replace(
            "\u00e9\u00e9".encode(), b"\xff\xfe\xff\xfe"
        ),
        "extra-field-cut-off": with_extra(plain),
        "bomb-of-four-gigabytes-said": declared(plain, 0xFFFFFFFE),
        "bomb-of-nothing-said": declared(plain, 0),
        "nested": quine(),
        "encrypted": flagged(plain),
        "many-members": word(
            body(paragraph(SAFE)), zipfile.ZIP_STORED, **{f"word/media/{n}": b"" for n in range(5_000)}
        ),
        "members-of-one-name": plain + plain,
        "member-that-climbs": word(
            body(paragraph(SAFE)),
            **{"../../../climbed.txt": "x", "/climbed.txt": "x", "C:\\climbed.txt": "x", "..\\..\\climbed.txt": "x"},
        ),
        "member-of-a-long-name": word(body(paragraph(SAFE)), **{"a/" * 20_000 + "b": "x"}),
        "member-of-odd-letters": word(body(paragraph(SAFE)), **{"word/\u202etxt.exe": "x", "word/\x00.xml": "x"}),
        "relation-that-climbs": packed(
            {
                "[Content_Types].xml": TYPES,
                "_rels/.rels": related("officeDocument", "../../../../etc/passwd"),
                "word/document.xml": body(paragraph(SAFE)),
            }
        ),
        "relation-outside": word(
            body(paragraph(SAFE)),
            **{"word/_rels/document.xml.rels": related("attachedTemplate", f"file://{outside}", outside=True)},
        ),
        "relation-to-a-share": word(
            body(paragraph(SAFE)),
            **{"word/_rels/document.xml.rels": related("image", "\\\\\\\\127.0.0.1\\\\share\\\\x.png", outside=True)},
        ),
        "relation-to-itself": word(
            body(paragraph(SAFE)), **{"word/_rels/document.xml.rels": related("styles", "document.xml")}
        ),
        "no-relations": packed({"[Content_Types].xml": TYPES, "word/document.xml": body(paragraph(SAFE))}),
        "no-types": packed(
            {"_rels/.rels": related("officeDocument", "word/document.xml"), "word/document.xml": body(paragraph(SAFE))}
        ),
        "document-of-another-type": packed(
            {
                "[Content_Types].xml": TYPES.replace("document.main+xml", "template.main+xml"),
                "_rels/.rels": related("officeDocument", "word/document.xml"),
                "word/document.xml": body(paragraph(SAFE)),
            }
        ),
        "macros": word(body(paragraph(SAFE)), **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(4096)}),
        "fields": word(
            body(
                paragraph(SAFE)
                + '<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"><w:r><w:t>Update</w:t></w:r></w:fldSimple></w:p>'
            )
        ),
        "depth-of-elements": deep(20_000, "sdt"),
        "depth-of-runs": word(
            body("<w:p>" + "<w:smartTag>" * 5_000 + "</w:smartTag>" * 5_000 + "</w:p>" + paragraph(SAFE))
        ),
        "depth-of-tables": word(body(table(60))),
        "wide-table": word(body(wide_row(60, 60))),
        "span-of-a-million-columns": word(body(spanning(1_000_000))),
        "span-of-less-than-none": word(body(spanning(-5))),
        "merged-with-no-row-above": word(
            body("<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>" + paragraph(SAFE))
        ),
        "twenty-thousand-attributes": word(
            body("<w:p " + " ".join(f"a{n}=''" for n in range(20_000)) + "/>" + paragraph(SAFE))
        ),
        "attribute-of-ten-megabytes": word(body(f'<w:p a="{"a" * (11 << 20)}"/>' + paragraph(SAFE))),
        "text-of-eleven-megabytes": word(body(paragraph("a " * (5 << 20)))),
        "twenty-thousand-paragraphs": word(body("<w:p/>" * 20_000 + paragraph(SAFE))),
        "cdata": word(body(paragraph(f"<![CDATA[<script>alert(1)</script>]]> {SAFE}"))),
        "utf-16": word(body(paragraph(SAFE)).replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")),
        "utf-7": word(body(paragraph(SAFE)).replace("?>", ' encoding="UTF-7"?>', 1)),
        "encoding-that-is-none": word(body(paragraph(SAFE)).replace("?>", ' encoding="x-evil"?>', 1)),
        "not-a-document": word("<html><body>Words.</body></html>"),
        "binary-document": word(bytes(range(256)) * 40),
        "compressed-by-lzma": word(body(paragraph(SAFE)), zipfile.ZIP_LZMA),
        "compressed-by-bzip2": word(body(paragraph(SAFE)), zipfile.ZIP_BZIP2),
        "broken-deflate": plain.replace(zlib.compress(b"")[2:3], b"\xff"),
        "directory-gone": plain[: plain.rfind(b"PK\x01\x02")],
        "directory-offset-beyond": plain[:-6] + b"\xff\xff\xff\x7f" + plain[-2:],
        "only-an-end": b"PK\x05\x06" + bytes(18),
        "zip64-of-nothing": b"PK\x03\x04" + b"\xff" * 40 + b"PK\x06\x06" + b"\xff" * 52,
    }
    return {f"{name}.docx": content for name, content in files.items()}
