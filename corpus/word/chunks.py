"""Reads a file, in HTML or plain text, that is stored in a Word document and that Word shows as part of the text."""

from __future__ import annotations

import re

from corpus.drafts import Draft, Piece
from corpus.glyphs import clean
from corpus.html.blocks import read_blocks
from corpus.html.shown import as_shown
from corpus.html.tree import TooDeep, parse, unseen
from corpus.types import BlockKind

_HTML, _TEXT = ("text/html", "application/xhtml+xml"), ("text/plain",)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 1024
"""A web page names its encoding within this many bytes of its start."""


def chunk_drafts(media_type: str, data: bytes) -> list[Draft] | None:
    """Return the blocks of a file. Return None if we do not read its type, or if its elements are nested too deeply.

    We keep menus and banners, because Word shows all of the file.
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
    return [] if root is None else read_blocks(root, unseen(as_shown(root)))


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
