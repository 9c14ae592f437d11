"""Which files are taken as reports, and what a file is: by its content, not by its name."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path, PurePath

from corpus.errors import UnreadableReport

SUFFIXES = {
    ".pdf": "PDF",
    ".docx": "Word document",
    ".html": "web page",
    ".htm": "web page",
    ".md": "Markdown",
    ".txt": "text",
}
"""The file names that are taken as reports, and what each claims to be."""
MAX_BYTES = 100 * 1024 * 1024


def check(path: Path, name: str) -> str:
    """What a file is, by its content; raises UnreadableReport where that is none that is read, or not what it claims.

    ``name`` is the one that the file goes by, which may not be that of ``path``.
    """
    try:
        size, found = path.stat().st_size, _what_it_is(path)
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror or error})"
        raise UnreadableReport(path, reason, "Check that it is there and may be read.") from error
    if size > MAX_BYTES:
        raise UnreadableReport(path, f"{size >> 20} MB is over the limit of {MAX_BYTES >> 20} MB", "Split it.")
    suffix = PurePath(name).suffix
    claimed = SUFFIXES.get(suffix.lower())
    if claimed is None:
        raise UnreadableReport(path, f"“{suffix}” files are not read", f"Use one of {', '.join(SUFFIXES)}.")
    if found == "text" and claimed in ("Markdown", "web page"):  # a part of a page has no <html> to be known by
        found = claimed
    if found != claimed:
        raise UnreadableReport(
            path,
            f"its name says {claimed}, its content is {_with_article(found)}",
            "Download the report itself again, or give the file its right name.",
        )
    return found


def _what_it_is(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        return "Word document" if _has_word_part(path) else "ZIP archive"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary data"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "web page"
    return "text"


def _has_word_part(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, RuntimeError, struct.error):
        return True  # damaged: the Word reader says so with a remedy


def _with_article(kind: str) -> str:
    bare = {"text", "Markdown", "binary data", "empty"}
    return kind if kind in bare else f"a {kind}"
