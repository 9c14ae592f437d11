"""Word for word: whether a text stands on a page, and where.

Two texts are word for word the same when they are equal after NFKC, white space, soft hyphens, hyphens at line ends
and bullet glyphs; nothing else is forgiven.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_HYPHENS = {"\ufffe": "-", "\x02": "-", "\u2010": "-", "\u2011": "-"}
_DROPPED = frozenset("\u00ad\u200b\ufeff•◼■▪●○◦∙‣⁃")

_BREAK = "\ufffe"
_LINE_END_HYPHEN = re.compile("[\ufffe\x02]|[-\u2010\u2011][ \u00a0]*(?=[\r\n])")
_LINE_ENDS = "\r\n\ufffe\x02"
_PLAIN = re.compile("[!-,.-~]+")
"""ASCII, but for white space and the hyphen."""


@lru_cache(maxsize=2048)
def fold(text: str, *, break_hyphen: str = "-") -> tuple[str, array[int]]:
    """A text reduced to what must be equal, and for each character kept its offset in the text.

    A hyphen at a line's end becomes ``break_hyphen``.
    """
    kept: list[str] = []
    offsets = array("I")  # four bytes a character, not thirty-six: two thousand pages are kept
    for start, plain, index, cluster in _stretches(text):
        kept.append(plain)
        offsets.extend(range(start, start + len(plain)))
        if not cluster or cluster.isspace() or cluster in _DROPPED or "\uf000" <= cluster <= "\uf0ff":
            continue
        hyphen = _HYPHENS.get(cluster, cluster)
        if hyphen == "-" and break_hyphen != "-" and _LINE_END_HYPHEN.match(text, index):
            hyphen = break_hyphen
        for folded in unicodedata.normalize("NFKC", hyphen):
            if not folded.isspace():
                kept.append(folded)
                offsets.append(index)
    return "".join(kept), offsets


def find_verbatim(quote: str, text: str) -> tuple[int, int] | None:
    """Where ``quote`` stands word for word in ``text``, as whole words: ``[start, end)`` in ``text``, or None."""
    wanted, _ = fold(quote)
    if not wanted:
        return None
    folded, offsets = fold(text)
    found = next(_whole_words(text, offsets, _occurrences(wanted, folded)), None)
    if found is None and _LINE_END_HYPHEN.search(text):
        # A word that the page breaks over two lines stands in the quote in one piece.
        folded, offsets = fold(text, break_hyphen=_BREAK)
        pattern = f"{_BREAK}?".join(
            f"[-{_BREAK}]" if character == "-" else re.escape(character) for character in wanted
        )
        spans = ((match.start(), match.end()) for match in re.finditer(pattern, folded))
        found = next(_whole_words(text, offsets, spans), None)
    return found


def _occurrences(wanted: str, folded: str) -> Iterator[tuple[int, int]]:
    at = folded.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = folded.find(wanted, at + 1)


def _whole_words(text: str, offsets: Sequence[int], spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of the folded text as spans of the text, without those that cut a word or a character."""
    for first, beyond in spans:
        start, end = offsets[first], offsets[beyond - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        # One character may fold to several ("½" to "1⁄2"): a match takes all of them or none.
        whole = (first == 0 or offsets[first - 1] != start) and (beyond == len(offsets) or offsets[beyond] >= end)
        if whole and _is_edge(text, start) and _is_edge(text, end):
            yield start, end


def split_over(quote: str, first: str, second: str) -> int | None:
    """Where ``quote`` divides when it begins on one page and ends on the next: an offset in ``quote``, or None.

    The first part must end a line of the first page and the second begin a line of the second: words from the middle
    of two pages make no quote.
    """
    _, offsets = fold(quote)
    breaks = [index for index in offsets[1:] if quote[index - 1].isspace() or quote[index - 1] in "-\ufffe"]
    for at in reversed(breaks):  # as much as the first page holds
        head, tail = find_verbatim(quote[:at], first), find_verbatim(quote[at:], second)
        if head and tail and _ends_line(first, head[1]) and _begins_line(second, tail[0]):
            return at
    return None


def _stretches(text: str) -> Iterator[tuple[int, str, int, str]]:
    """A text as stretches that fold to themselves, each with where it starts, and the cluster after it with the same.

    A cluster is a character with the marks that combine with it.
    """
    at = 0
    while at < len(text):
        stretch = _PLAIN.match(text, at)
        start, at = at, stretch.end() if stretch else at
        if at < len(text) and at > start and unicodedata.combining(text[at]):
            at -= 1  # its last character has a mark
        index = at
        if at < len(text):
            at += 1
            while at < len(text) and unicodedata.combining(text[at]):
                at += 1
        yield start, text[start:index], index, text[index:at]


def _is_edge(text: str, index: int) -> bool:
    """Whether no word runs over an offset; what is dropped in folding is looked past."""
    before, after = index - 1, index
    while before >= 0 and text[before] in _DROPPED:
        before -= 1
    while after < len(text) and text[after] in _DROPPED:
        after += 1
    return before < 0 or after >= len(text) or not (text[before].isalnum() and text[after].isalnum())


def _ends_line(text: str, index: int) -> bool:
    rest = text[index:].lstrip(" \u00a0")
    return not rest or rest[0] in _LINE_ENDS or text[index - 1] in _LINE_ENDS


def _begins_line(text: str, index: int) -> bool:
    before = text[:index].rstrip(" \u00a0")
    return not before or before[-1] in _LINE_ENDS
