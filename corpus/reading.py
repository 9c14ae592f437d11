"""``read(path)`` turns a file into a Document. The file's content, not its name, decides which reader is used.

Each format has one reader, a function that takes a path and returns a Document. To add a format, write its reader and
add it to ``_READERS``. Then add to ``corpus.formats`` its file name extensions and the rule that recognises its
content.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

from corpus.formats import OLD_WORD, check
from corpus.types import Document

_READERS = {
    "PDF": "corpus.readers.pdf:read_pdf",
    "Word document": "corpus.readers.word:read_docx",
    "web page": "corpus.readers.html:read_html",
    "Markdown": "corpus.readers.markdown:read_markdown",
    "text": "corpus.readers.text:read_text",
    **dict.fromkeys(OLD_WORD, "corpus.readers.old_word:read_old_word"),
}
"""The reader of each format. It is loaded when the first file of that format is read. Loading all readers takes half a
second, and answering a question needs at most the text reader."""
_SLOW = frozenset({"PDF", *OLD_WORD})
"""The formats that may need another program."""
MODULES = tuple(sorted({reader.partition(":")[0] for reader in _READERS.values()}))
"""The modules that read files, for a program that loads them in advance."""


def read(path: Path, *, patient: bool = True) -> Document:
    """Return the content of one file.

    Raises UnreadableReport, with a reason and a remedy, if the file is damaged or is not in a format that we read.
    Raises NeedsTime if another program has to help, which takes long, and we are not ``patient``.
    """
    format_ = check(path, path.name)
    reader: Callable[..., Document] = resolve_name(_READERS[format_])
    return reader(path, patient=patient) if format_ in _SLOW else reader(path)
