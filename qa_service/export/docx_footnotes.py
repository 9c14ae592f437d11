"""Word documents with footnotes, which python-docx does not write by itself."""

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

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
# The two that ECMA-376 part 1, 17.11.23, has every document with footnotes begin with.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one way."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """What stands at the foot of the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one of Word's own styles, with a footnote at its end if it has one."""

    style: str
    runs: tuple[Run, ...]
    footnote: Footnote | None = None


def document(paragraphs: Sequence[Paragraph]) -> bytes:
    """The bytes of a .docx file."""
    written = docx.Document()
    notes: list[str] = []
    for paragraph in paragraphs:
        added = written.add_paragraph(style=paragraph.style)
        for run in paragraph.runs:
            set_run = added.add_run(_printable(run.text))
            set_run.bold, set_run.italic = run.bold or None, run.italic or None
        if paragraph.footnote:
            notes.append(paragraph.footnote.text)
            added._p.append(_mark(len(notes)))  # noqa: SLF001 - python-docx's way to what it does not wrap
    if notes:
        package = written.part.package
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, _footnotes(notes), package)
        written.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    buffer = io.BytesIO()
    written.save(buffer)
    return buffer.getvalue()


def _mark(number: int) -> Any:
    return parse_xml(f'<w:r {nsdecls("w")}>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>')


def _footnotes(notes: Sequence[str]) -> bytes:
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(_printable(note))}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{written}</w:footnotes>"
    ).encode()


def _printable(text: str) -> str:
    """A text without the characters that XML 1.0 has no way to write."""
    return _UNWRITABLE.sub("", text)
