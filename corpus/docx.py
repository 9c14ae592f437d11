"""DOCX into documents: headings, paragraphs, lists and tables by style. The only importer of python-docx."""

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
from corpus.judgements import from_cells
from corpus.types import BlockKind, Document, Page

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING_STYLE = re.compile(r"^(?:Heading (\d)|Title)$")
_CLOSING = 4000
"""Characters at the end in which a letter is signed."""
_MAX_UNPACKED = 500 << 20
"""Bytes that a document's parts may come to."""
_MAX_COLUMNS = 63
_BOLD_HEADING_LENGTH = 120


def read_docx(path: Path) -> Document:
    """Read a Word document. Raises UnreadableReport where it is damaged or holds no text."""
    try:
        _refuse_if_huge(path)
        source = docx.Document(str(path))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,  # an offset before the file's beginning
        RuntimeError,  # encrypted parts, a way of packing that nobody knows, parts that lead in a circle
        zipfile.BadZipFile,
        zlib.error,
        XMLSyntaxError,
    ) as error:
        raise UnreadableReport(
            path, f"the Word document is damaged ({error})", "Open it in Word, save it again and add that."
        ) from error
    _refuse_wide_cells(path, source)
    drafts = list(_drafts(source.iter_inner_content()))
    body = body_of(drafts)
    if not body:
        raise UnreadableReport(path, "the Word document holds no text", "Check that it is a whole report.")
    rows = [[clean(cell.text) for cell in row.cells] for table in source.tables for row in table.rows]
    return assemble(
        body,
        pages=(Page(1),),
        media_type=MEDIA_TYPE,
        opening="\n".join(draft.text for draft in drafts)[:6000],
        closing="\n".join(draft.text for draft in drafts)[-_CLOSING:],
        judgements=tuple(from_cells(rows)),
        title=clean(source.core_properties.title or "") or None,
    )


def _refuse_if_huge(path: Path) -> None:
    """Raise UnreadableReport where a small file unpacks to more than any report holds."""
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > _MAX_UNPACKED:
        reason = f"it unpacks to {size >> 20} MB, over the limit of {_MAX_UNPACKED >> 20} MB"
        raise UnreadableReport(path, reason, "Save it without its pictures.")


def _refuse_wide_cells(path: Path, source: DocxDocument) -> None:
    """Raise UnreadableReport where a cell spans more columns than a table has: each would be a cell of its own."""
    widest = max((span.val for span in source.element.iter(qn("w:gridSpan"))), default=1)
    if widest > _MAX_COLUMNS:
        reason = f"the Word document is damaged (a cell spans {widest} columns, and Word has at most {_MAX_COLUMNS})"
        raise UnreadableReport(path, reason, "Open it in Word, save it again and add that.")


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
    if found := _HEADING_STYLE.match(style):
        return Draft(BlockKind.HEADING, (Piece(text, 1),), level=int(found.group(1) or 1))
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
