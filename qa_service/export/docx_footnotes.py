"""Word documents with footnotes, which python-docx does not support."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_A4 = Cm(21), Cm(29.7)
"""Width and height of a page. The template that comes with python-docx has American paper."""
_MARGIN = Cm(2)
_SMALL = '<w:rPr><w:sz w:val="17"/></w:rPr>'
"""The size of footnotes, in half points."""
_CLOSE = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
"""No space between footnotes, so that a page has room for its text."""
# ECMA-376 part 1, section 17.11.23, requires these two separators in every document that has footnotes.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of a footnote."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one of Word's built-in styles, which may end with a footnote."""

    style: str
    runs: tuple[Run, ...]
    footnote: Footnote | None = None


def document(paragraphs: Sequence[Paragraph]) -> bytes:
    """Return the bytes of a .docx file."""
    word_document = docx.Document()
    page = word_document.sections[0]
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    notes: list[str] = []
    for paragraph in paragraphs:
        word_paragraph = word_document.add_paragraph(style=paragraph.style)
        for run in paragraph.runs:
            word_run = word_paragraph.add_run(_without_unwritable(run.text))
            word_run.bold, word_run.italic = run.bold or None, run.italic or None
        if paragraph.footnote:
            notes.append(paragraph.footnote.text)
            word_paragraph._p.append(_mark(len(notes)))  # noqa: SLF001 - python-docx offers no other way
    if notes:
        package = word_document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, _footnotes(notes), package)
        word_document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    buffer = io.BytesIO()
    word_document.save(buffer)
    return buffer.getvalue()


def _mark(number: int) -> Any:
    return parse_xml(f'<w:r {nsdecls("w")}>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>')


def _footnotes(notes: Sequence[str]) -> bytes:
    elements = "".join(
        f'<w:footnote w:id="{number}"><w:p>{_CLOSE}<w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r>{_SMALL}<w:t xml:space="preserve"> {escape(_without_unwritable(note))}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{elements}</w:footnotes>"
    ).encode()


def _without_unwritable(text: str) -> str:
    """Remove the characters that XML 1.0 cannot contain."""
    return _UNWRITABLE.sub("", text)
