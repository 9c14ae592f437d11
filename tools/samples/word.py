"""Writes a letter as a Word document. All its timestamps are fixed, so that its bytes are always the same."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.shared import Pt

from tools.samples.wording import NOTICE

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from tools.samples.source import Source

STYLES = {"heading": "Heading 2", "subheading": "Heading 3", "bullet": "List Bullet", "numbered": "List Number"}
MOMENT = datetime(2023, 3, 16, 9, 0)  # noqa: DTZ001 - Word's properties have no time zone
ZIP_MOMENT = (2023, 3, 16, 9, 0, 0)


def write_docx(source: Source, path: Path) -> None:
    """Write the letter to `path`."""
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(12)
    _set_properties(document, source.get("title"))
    for key in ("sender", "date", "address"):
        document.add_paragraph("\n".join(source.lines(key)))
    document.add_paragraph(source.get("dear"))
    document.add_heading(source.get("title"), level=1)
    for block in source.blocks:
        text = NOTICE if block.kind == "command" else block.text
        document.add_paragraph(text, style=STYLES.get(block.kind))
    buffer = io.BytesIO()
    document.save(buffer)
    _repack(buffer, path)


def _set_properties(document: WordDocument, title: str) -> None:
    """Set the properties that would otherwise say who made the file and when."""
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = "Sample reports"
    properties.comments = NOTICE
    properties.created = properties.modified = MOMENT
    properties.revision = 1


def _repack(buffer: io.BytesIO, path: Path) -> None:
    """Write the parts of the document to `path`, all with the same timestamp."""
    with zipfile.ZipFile(buffer) as parts, zipfile.ZipFile(path, "w") as out:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, ZIP_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, parts.read(name))
