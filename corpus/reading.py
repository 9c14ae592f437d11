"""read(path) -> Document: picks the reader by what the file is, not by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

from corpus.formats import check
from corpus.types import Document

_READERS = {
    "PDF": "corpus.pdf_reader:read_pdf",
    "Word document": "corpus.docx:read_docx",
    "web page": "corpus.html:read_html",
    "Markdown": "corpus.markdown:read_markdown",
    "text": "corpus.text:read_text",
}
"""Each is loaded when the first file of its kind comes: together they take half a second, and a question
needs that of text at most."""
MODULES = tuple(sorted({reader.partition(":")[0] for reader in _READERS.values()}))
"""What reads files, for whoever would rather have it loaded before."""


def read(path: Path) -> Document:
    """Read one report. Raises UnreadableReport, with a reason and a remedy, where that cannot be done faithfully."""
    reader: Callable[[Path], Document] = resolve_name(_READERS[check(path, path.name)])
    return reader(path)
