"""Word for word: whether a text stands on a page, and where.

Two texts are word for word the same when they are equal after NFKC, white space, soft hyphens, hyphens at line ends
and bullet glyphs; nothing else is forgiven.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_HYPHENS = {"\ufffe": "-", "\x02": "-", "\u2010": "-", "\u2011": "-"}
_DROPPED = frozenset("\u00ad\u200b\ufeff•◼■▪●○◦∙‣⁃")


@lru_cache(maxsize=2048)
def fold(text: str) -> tuple[str, tuple[int, ...]]:
    """A text reduced to what must be equal, and for each character kept its offset in the text."""
    kept: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        if character.isspace() or character in _DROPPED or "\uf000" <= character <= "\uf0ff":
            continue
        for folded in unicodedata.normalize("NFKC", _HYPHENS.get(character, character)):
            if not folded.isspace():
                kept.append(folded)
                offsets.append(index)
    return "".join(kept), tuple(offsets)


def find_verbatim(quote: str, text: str) -> tuple[int, int] | None:
    """Where ``quote`` stands word for word in ``text``, as whole words: ``[start, end)`` in ``text``, or None."""
    wanted, _ = fold(quote)
    folded, offsets = fold(text)
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        start, end = offsets[at], offsets[at + len(wanted) - 1] + 1
        if _is_edge(text, start) and _is_edge(text, end):
            return start, end
        at = folded.find(wanted, at + 1)
    return None


def split_over(quote: str, first: str, second: str) -> int | None:
    """Where ``quote`` divides when it begins on one page and ends on the next: an offset in ``quote``, or None."""
    _, offsets = fold(quote)
    breaks = [index for index in offsets[1:] if quote[index - 1].isspace() or quote[index - 1] in "-\ufffe"]
    for at in reversed(breaks):  # as much as the first page holds
        if find_verbatim(quote[:at], first) and find_verbatim(quote[at:], second):
            return at
    return None


def _is_edge(text: str, index: int) -> bool:
    inside = 0 < index < len(text)
    return not (inside and text[index - 1].isalnum() and text[index].isalnum())
