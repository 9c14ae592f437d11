"""Word documents and other archives designed to harm the program that unpacks or parses them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{office}/{kind}" Target="{target}"{mode}/></Relationships>'
)
OUTSIDE = "The words of a file beside the reports."
SAFE = "Inspectors found that children in Pellbrook are safe and well looked after."


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def body(inner: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document {_NAMES}><w:body>{inner}</w:body></w:document>'


def related(kind: str, target: str, *, outside: bool = False) -> str:
    return _RELATIONS.format(office=_OFFICE, kind=kind, target=target, mode=' TargetMode="External"' * outside)


def word(document: str | bytes, method: int = zipfile.ZIP_DEFLATED, /, **more: str | bytes) -> bytes:
    """Return a Word document with the fewest parts it can have, plus any extra parts by name."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related("officeDocument", "word/document.xml"),
        "word/document.xml": document,
        **more,
    }
    return packed(parts, method)


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def entities(depth: int, width: int) -> str:
    lines = [f'<!ENTITY e0 "{SAFE} ">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * width}">' for n in range(1, depth)]
    return f"<!DOCTYPE w:document [{''.join(lines)}]>"


def doctyped(declared: str, used: str) -> bytes:
    return word(body(paragraph(f"{SAFE} {used}"), f"<!DOCTYPE w:document [{declared}]>"))


def blanks(megabytes: int, name: str) -> bytes:
    """Return an archive with one part that unpacks to this many megabytes.

    The packed form of one megabyte is repeated over and over, which Deflate allows.
    """
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = press.compress(b" " * (1 << 20)) + press.flush(zlib.Z_FULL_FLUSH)
    data = block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    sizes = struct.pack(
        "<III", 0, len(data), megabytes << 20
    )  # the checksum is wrong, which a reader notices only at the end
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<H", len(name))
    local = b"PK\x03\x04" + head + struct.pack("<H", 0) + name.encode() + data
    central = b"PK\x01\x02\x14\x00" + head + bytes(14) + name.encode()
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def declared(content: bytes, size: int) -> bytes:
    """Return the archive with a false size for the main document in its directory."""
    data = bytearray(content)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == b"word/document.xml":
            struct.pack_into("<I", data, at + 24, size)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def flagged(content: bytes) -> bytes:
    """Return the archive with its parts marked as encrypted."""
    data = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def quine() -> bytes:
    """Return archives nested in archives, each named like a part of a Word document."""
    inner = word(body(paragraph(SAFE)))
    for _ in range(12):
        inner = packed({"word/document.xml": inner, "again.docx": inner})
    return inner


def deep(levels: int, tag: str) -> bytes:
    return word(body(f"<w:{tag}>" * levels + paragraph(SAFE) + f"</w:{tag}>" * levels))


def table(levels: int) -> str:
    inner = paragraph(SAFE)
    for _ in range(levels):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    return inner + paragraph(SAFE)


def with_extra(content: bytes) -> bytes:
    """Return the archive with an extra field in its directory that claims to be longer than it is."""
    data = bytearray(content)
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 30, 4)
    length = struct.unpack_from("<H", data, at + 28)[0]
    data[at + 46 + length : at + 46 + length] = b"\x01\x00\xff\xff"
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, struct.unpack_from("<I", data, end + 12)[0] + 4)
    return bytes(data)


def wide_row(cells: int, rows: int) -> str:
    row = f"<w:tr>{'<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>' * cells}</w:tr>"
    return f"<w:tbl>{row * rows}</w:tbl>{paragraph(SAFE)}"


def spanning(columns: int) -> str:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    return f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{paragraph(SAFE)}"
