"""Reads Word documents: the text as printed, with the numbers that Word adds, and tracked changes accepted."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from corpus.drafts import assemble
from corpus.errors import UnreadableReport
from corpus.glyphs import clean
from corpus.grade_tables.lines import with_grade_lines
from corpus.grade_tables.tables import grades_from_tables
from corpus.measures import CLOSING, OPENING
from corpus.readers.body import body_of
from corpus.readers.list_titles import with_list_titles
from corpus.types import Document, Page
from corpus.word.blocks import BlockReader
from corpus.word.notes import margins, read_notes, with_notes
from corpus.word.package import Package, W
from corpus.word.runs import Notice
from corpus.word.tree import number, value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MAX_COLUMNS = 63
"""Maximum number of columns that Word allows in a table."""
_DAMAGED = "Open it in Word, save it again, and add the new file."


def read_docx(path: Path) -> Document:
    """Read a Word document. Raises UnreadableReport if it is damaged or contains no text."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(path, Package.open(path, archive))
    except (
        EOFError,  # the archive ends in the middle of a part
        KeyError,
        ValueError,
        OSError,  # the archive gives an offset before the start of the file
        RuntimeError,  # encrypted parts, an unknown compression method, or elements nested too deeply
        struct.error,
        lzma.LZMAError,
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
    ) as error:
        raise UnreadableReport(path, f"the Word document is damaged ({error})", _DAMAGED) from error


def _read(path: Path, package: Package) -> Document:
    part = package.related("", "officeDocument")
    root = package.tree(part) if part else None
    content = None if root is None else root.find(f"{W}body")
    if part is None or root is None or content is None:
        raise ValueError("it has no main text")
    _refuse_wide_cells(path, root)
    reader = BlockReader.of(package, part)
    blocks = reader.read(content)
    notes = read_notes(part, blocks, reader)
    notices = reader.notices.copy()  # copied now, because headers and footers serve only for facts
    drafts = [block.draft for block in blocks]
    body = with_list_titles(list(with_notes(body_of(drafts), blocks, notes)))
    if not body:
        raise UnreadableReport(path, "the Word document contains no text", "Check that it is a complete report.")
    text = "\n".join(draft.text for draft in drafts)
    grades = with_grade_lines(grades_from_tables(drafts), body)
    return assemble(
        body,
        pages=(Page(1),),
        media_type=MEDIA_TYPE,
        opening="\n".join(filter(None, (text[:OPENING], margins(root, reader)[:OPENING]))),
        closing=text[-CLOSING:],
        judgements=grades.judgements,
        unread_grades=grades.unread,
        unread_areas=grades.unread_areas,
        not_judged=grades.not_judged,
        title=_title(package),
        warnings=tuple(notice.value for notice in Notice if notice in notices),
    )


def _title(package: Package) -> str | None:
    """Return the title in the document's properties, if there is one."""
    properties = package.related_tree("", "core-properties")
    return None if properties is None else clean(properties.findtext(_TITLE) or "") or None


def _refuse_wide_cells(path: Path, root: etree._Element) -> None:
    """Raise UnreadableReport if a cell, or the gap before one, spans more columns than Word allows.

    Word itself never writes such a file.
    """
    widest = max((number(value(span)) or 1 for span in root.iter(f"{W}gridSpan", f"{W}gridBefore")), default=1)
    if widest > _MAX_COLUMNS:
        reason = f"the Word document is damaged (a cell spans {widest} columns, and Word has at most {_MAX_COLUMNS})"
        raise UnreadableReport(path, reason, _DAMAGED)
