"""The formats that we read, and how we recognise them by their content."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path, PurePath

from corpus.errors import UnreadableReport

SUFFIXES = {
    ".pdf": "PDF",
    ".docx": "Word document",
    ".docm": "Word document",
    ".doc": "old Word document",
    ".rtf": "RTF document",
    ".odt": "OpenDocument text",
    ".html": "web page",
    ".htm": "web page",
    ".md": "Markdown",
    ".txt": "text",
}
"""The format for each file name extension. Files with other extensions are not reports."""
OLD_WORD = ("old Word document", "RTF document", "OpenDocument text")
"""The formats that another program turns into a Word document."""
_WORD_PART = re.compile(r"^word/document\d*\.xml$")
"""The main part of a Word document. Some programs give it a number."""
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
"""The first entry in the archive of an OpenDocument text, with its name."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The start of a file of Office programs before 2007."""
MAX_BYTES = 100 * 1024 * 1024


def check(path: Path, name: str) -> str:
    """Return the format of a file, judged by its content.

    ``name`` is the name that people know the file by, which may differ from the name of ``path``. Raises
    UnreadableReport if we do not read that format, or if the content is not what the name claims.
    """
    try:
        size, format_ = path.stat().st_size, _format_of(path)
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror or error})"
        raise UnreadableReport(path, reason, "Check that the file exists and that you may read it.") from error
    if size > MAX_BYTES:
        reason = f"the file has {size >> 20} MB, which is over the limit of {MAX_BYTES >> 20} MB"
        raise UnreadableReport(path, reason, "Split it into smaller files.")
    suffix = PurePath(name).suffix
    claimed = SUFFIXES.get(suffix.lower())
    if claimed is None:
        reason = f"files of the type “{suffix}” are not supported" if suffix else "its name does not end in a file type"
        raise UnreadableReport(path, reason, f"Use one of these types: {', '.join(SUFFIXES)}.")
    if format_ == "text" and claimed in ("Markdown", "web page"):  # part of a web page may have no <html>
        format_ = claimed
    if format_ != claimed:
        raise UnreadableReport(
            path,
            f"its name says {claimed}, but its content is {_with_article(format_)}",
            "Download the report again, or correct the file's name.",
        )
    return format_


def _format_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        if _OPEN_DOCUMENT in head[:200]:
            return "OpenDocument text"
        return "Word document" if _has_word_part(path) else "ZIP archive"
    if head.startswith(_OLE):
        return "old Word document" if _has_word_stream(path) else "binary data"
    if head.lstrip().startswith(b"{\\rtf"):
        return "RTF document"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary data"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "web page"
    return "text"


def _has_word_part(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_WORD_PART.match(name) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, RuntimeError, struct.error):
        return True  # the file is damaged, and the Word reader says what to do


def _has_word_stream(path: Path) -> bool:
    """Return whether an old Office file has the stream of a Word document, whose name may be anywhere in the file."""
    return "WordDocument".encode("utf-16-le") in path.read_bytes()


def _with_article(format_: str) -> str:
    bare = {"text", "Markdown", "binary data", "empty", "OpenDocument text"}
    if format_ in bare:
        return format_
    return f"{'an' if format_[0] in 'oR' else 'a'} {format_}"  # "an old Word document", "an RTF document"
