"""Writes small Word documents from their own XML, with only the parts that a test needs."""

from __future__ import annotations

import io
import zipfile

from corpus.types import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "http://purl.oclc.org/ooxml/officeDocument/math",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""The name of each namespace in the strict form of the format, by its name in the transitional form."""
_NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
_ROOTS = {"footnotes": "footnotes", "endnotes": "endnotes", "styles": "styles", "numbering": "numbering"}
_MARGINS = {"header": "hdr", "footer": "ftr"}
END = "<w:p><w:r><w:t>Inspectors will visit the authority again before the end of the year.</w:t></w:r></w:p>"
"""A last paragraph, so that no test depends on the rules for the end of a report."""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    """Return a paragraph of runs, or of one run if ``inner`` is plain text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') else run(inner) if inner else ''}</w:p>"


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells. Each cell is given as the text of one paragraph, or as the whole XML inside it."""
    inside = (cell if cell.startswith("<") else paragraph(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in inside)}</w:tr>"


def style(name: str, *, based_on: str = "", inner: str = "", kind: str = "paragraph", usual: bool = False) -> str:
    """Return a style. Its id is its name without spaces."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    default = ' w:default="1"' if usual else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/>{base}{inner}</w:style>'
    )


def word_file(
    inner: str, /, *, strict: bool = False, files: dict[str, tuple[str, bytes]] | None = None, **parts: str
) -> bytes:
    """Return a Word document with these blocks in its body.

    ``parts`` gives the XML of more parts, by name: styles, numbering, footnotes, endnotes, header and footer. The main
    part refers to each by its own name. ``files`` gives other parts, by name, each with its kind of relation and its
    content.
    """
    roots = {**_ROOTS, **_MARGINS}
    related = {name: (name, f"{name}.xml") for name in parts}
    related |= {f"file{n}": (kind, name) for n, (name, (kind, _)) in enumerate((files or {}).items())}
    relations = "".join(
        f'<Relationship Id="{one}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for one, (kind, target) in related.items()
    )
    texts = {
        "[Content_Types].xml": _types(*parts),
        "_rels/.rels": _relations(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{inner}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{roots[name]} {_NAMES}>{text}</w:{roots[name]}>" for name, text in parts.items()},
    }
    if strict:
        for name, other in STRICT.items():
            texts = {part: text.replace(name, other) for part, text in texts.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for name, (_, data) in (files or {}).items():
            archive.writestr(f"word/{name}", data)
    return packed.getvalue()


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _types(*parts: str) -> str:
    named = "".join(f'<Override PartName="/word/{one}.xml" ContentType="{WORD}.{one}+xml"/>' for one in parts)
    ends = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    ends |= {"html": "text/html", "txt": "text/plain", "rtf": "application/rtf"}
    by_end = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in ends.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'{by_end}<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{named}</Types>'
    )


def texts(document: Document) -> list[str]:
    """Return the text of each block, without the last paragraph that every test file has."""
    return [document.text[block.start : block.end] for block in document.blocks][:-1]


def kinds(document: Document) -> list[tuple[str, str]]:
    """Return the kind and the text of each block, without the last paragraph.

    The kind of a heading includes its level.
    """
    named = [f"{block.kind}{block.level or ''}" for block in document.blocks]
    return list(zip(named, texts(document), strict=False))


def without(data: bytes, part: str) -> bytes:
    """Return a Word document without one of its parts. References to the part stay."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
    return packed.getvalue()
