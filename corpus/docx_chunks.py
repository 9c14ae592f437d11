"""Reads a file that was put inside a Word document and that Word shows as part of the text: HTML or plain text."""

from __future__ import annotations

import re

from corpus.cleaning import clean
from corpus.drafts import Draft, Piece
from corpus.html_blocks import read_blocks
from corpus.html_tree import TooDeep, parse, unseen
from corpus.types import BlockKind

_HTML, _TEXT = ("text/html", "application/xhtml+xml"), ("text/plain",)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 1024
"""Number of bytes within which a page names its encoding."""


def chunk_drafts(media_type: str, data: bytes) -> list[Draft] | None:
    """Return the blocks of a file, or None if we do not read its type, or if it is too deep to read whole.

    Word shows all of the file, so no part of it is a menu or a banner.
    """
    if media_type in _TEXT:
        lines = filter(None, map(clean, _decoded(data).splitlines()))
        return [Draft(BlockKind.PARAGRAPH, (Piece(line, 1),)) for line in lines]
    if media_type not in _HTML:
        return None
    try:
        root = parse(_decoded(data))
    except TooDeep:
        return None
    return [] if root is None else list(read_blocks(root, unseen(root)).drafts)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    named = _CHARSET.search(data[:_HEAD])
    for encoding in ("utf-8-sig", named.group(1).decode() if named else "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")
