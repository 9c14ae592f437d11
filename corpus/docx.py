"""Reads the headings, paragraphs, lists and tables of Word documents. Only this module imports python-docx."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from corpus.body import body_of
from corpus.cleaning import clean
from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.judgements import judgements_from_cells
from corpus.measures import CLOSING, OPENING
from corpus.types import BlockKind, Document, Page

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING_STYLE = re.compile(r"^(?:Heading (\d)|Title)$")
_MAX_UNPACKED = 500 << 20
"""Maximum total size of a document's parts when unpacked, in bytes."""
_MAX_COLUMNS = 63
"""Maximum number of columns that Word allows in a table."""
_BOLD_HEADING_LENGTH = 120
"""A bold paragraph with fewer characters than this and no full stop is a heading. Chosen by eye."""
_DAMAGED = "Open it in Word, save it again, and add the new file."


def read_docx(path: Path) -> Document:
    """Read a Word document. Raises UnreadableReport if it is damaged or contains no text."""
    try:
        _refuse_if_huge(path)
        source = docx.Document(str(path))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,  # an offset before the start of the file
        RuntimeError,  # encrypted parts, an unknown compression method, or parts that refer to each other in a circle
        zipfile.BadZipFile,
        zlib.error,
        XMLSyntaxError,
    ) as error:
        raise UnreadableReport(path, f"the Word document is damaged ({error})", _DAMAGED) from error
    _refuse_wide_cells(path, source)
    drafts = list(_drafts(source.iter_inner_content()))
    body = body_of(drafts)
    if not body:
        raise UnreadableReport(path, "the Word document contains no text", "Check that it is a complete report.")
    rows = [[clean(cell.text) for cell in row.cells] for table in source.tables for row in table.rows]
    return assemble(
        body,
        pages=(Page(1),),
        media_type=MEDIA_TYPE,
        opening="\n".join(draft.text for draft in drafts)[:OPENING],
        closing="\n".join(draft.text for draft in drafts)[-CLOSING:],
        judgements=tuple(judgements_from_cells(rows)),
        title=clean(source.core_properties.title or "") or None,
    )


def _refuse_if_huge(path: Path) -> None:
    """Raise UnreadableReport if the file unpacks to more data than any report would contain."""
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > _MAX_UNPACKED:
        reason = f"it unpacks to {size >> 20} MB, which is over the limit of {_MAX_UNPACKED >> 20} MB"
        raise UnreadableReport(path, reason, "Save a copy without its pictures, and add the copy.")


def _refuse_wide_cells(path: Path, source: DocxDocument) -> None:
    """Raise UnreadableReport if a cell spans more columns than Word allows, because each column would become a cell."""
    widest = max((span.val for span in source.element.iter(qn("w:gridSpan"))), default=1)
    if widest > _MAX_COLUMNS:
        reason = f"the Word document is damaged (a cell spans {widest} columns, and Word has at most {_MAX_COLUMNS})"
        raise UnreadableReport(path, reason, _DAMAGED)


def _drafts(content: Iterator[Paragraph | Table]) -> Iterator[Draft]:
    for element in content:
        if isinstance(element, Table):
            for row in element.rows:
                text = clean(" ".join(cell.text for cell in row.cells))
                if text:
                    yield Draft(BlockKind.TABLE, (Piece(text, 1),))
        elif text := clean(element.text):
            yield _draft(element, text)


def _draft(paragraph: Paragraph, text: str) -> Draft:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if heading := _HEADING_STYLE.match(style):
        return Draft(BlockKind.HEADING, (Piece(text, 1),), level=int(heading.group(1) or 1))
    if _is_item(paragraph, style):
        bullet = text if text.startswith("• ") else f"• {text}"
        return Draft(BlockKind.LIST_ITEM, (Piece(bullet, 1),))
    bold = all(run.bold for run in paragraph.runs if run.text.strip())
    if bold and len(text) < _BOLD_HEADING_LENGTH and not text.endswith("."):
        return Draft(BlockKind.HEADING, (Piece(text, 1),), level=2)
    return Draft(BlockKind.PARAGRAPH, (Piece(text, 1),))


def _is_item(paragraph: Paragraph, style: str) -> bool:
    properties = paragraph.paragraph_format.element.pPr
    numbered = properties is not None and properties.numPr is not None
    return style.startswith("List") or numbered
