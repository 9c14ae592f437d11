"""Finds a quote word for word on a page.

Two texts match word for word if they are equal after Unicode normalisation (NFKC). White space, soft hyphens, hyphens
at the ends of lines, and bullets may differ. No other difference is allowed.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_HYPHENS = {"\ufffe": "-", "\x02": "-", "\u2010": "-", "\u2011": "-", "\u2212": "-"}
_DROPPED = frozenset("\u00ad\u200b\ufeff•◼■▪●○◦∙‣⁃")

_LINE_MARK = re.compile("(?:\\A|(?<=[\r\n]))[ \u00a0\t]*(?P<mark>[\u2212·])(?=[ \u00a0\t]+[^\\W\\d_])")
"""A minus sign or a dot that opens a line of words as a bullet does. Anywhere else, and before a number, it counts."""
_BREAK = "\ufffe"
_LINE_END_HYPHEN = re.compile("[\ufffe\x02]|[-\u2010\u2011][ \u00a0]*(?=[\r\n])")
_SOFT_AT_LINE_END = re.compile("\u00ad(?=[ \u00a0]*[\r\n])")
_LINE_ENDS = "\r\n\ufffe\x02"
_PLAIN = re.compile("[!-,.-~]+")
"""ASCII characters except white space and the hyphen. They do not change when text is folded."""


def _fold(text: str, *, break_hyphen: str = "-") -> tuple[str, array[int]]:
    """Return the part of a text that must match, and the offset of each of its characters in the original text.

    Each hyphen at the end of a line becomes ``break_hyphen``.
    """
    kept: list[str] = []
    marks = {match.start("mark") for match in _LINE_MARK.finditer(text)}
    offsets = array("I")  # 4 bytes for each character instead of 36, because 2,048 texts are kept
    for start, plain, index, cluster in _stretches(text):
        kept.append(plain)
        offsets.extend(range(start, start + len(plain)))
        if not cluster or cluster.isspace() or cluster in _DROPPED or "\uf000" <= cluster <= "\uf0ff":
            continue
        if index in marks:
            continue
        hyphen = _HYPHENS.get(cluster, cluster)
        if hyphen == "-" and break_hyphen != "-" and _LINE_END_HYPHEN.match(text, index):
            hyphen = break_hyphen
        for folded in unicodedata.normalize("NFKC", hyphen):
            if not folded.isspace():
                kept.append(folded)
                offsets.append(index)
    return "".join(kept), offsets


def hyphenated(text: str) -> str:
    """Return a text with a plain hyphen instead of each soft hyphen at the end of a line, where it is printed."""
    return _SOFT_AT_LINE_END.sub("-", text)


fold = lru_cache(maxsize=2048)(_fold)
"""Folds a text as ``_fold`` does, and keeps the folded texts of recent pages in memory."""


def folded(text: str) -> str:
    """Return the part of a text that must match. The result is not kept in memory."""
    return _fold(text)[0]


def find_verbatim(quote: str, text: str) -> tuple[int, int] | None:
    """Return ``[start, end)`` of the first place in ``text`` where ``quote`` appears in whole words, or None."""
    return next(find_all_verbatim(quote, text), None)


def find_all_verbatim(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield ``[start, end)`` of each place in ``text`` where ``quote`` appears in whole words."""
    folded_quote, _ = fold(quote)
    if not folded_quote:
        return
    folded, offsets = fold(text)
    found = False
    for place in _whole_words(text, offsets, _occurrences(folded_quote, folded)):
        found = True
        yield place
    if not found and _LINE_END_HYPHEN.search(text):
        # The quote may contain in one piece a word that the page breaks over two lines.
        folded, offsets = fold(text, break_hyphen=_BREAK)
        pattern = f"{_BREAK}?".join(
            f"[-{_BREAK}]" if character == "-" else re.escape(character) for character in folded_quote
        )
        spans = ((match.start(), match.end()) for match in re.finditer(pattern, folded))
        yield from _whole_words(text, offsets, spans)


def _occurrences(folded_quote: str, folded: str) -> Iterator[tuple[int, int]]:
    at = folded.find(folded_quote)
    while at >= 0:
        yield at, at + len(folded_quote)
        at = folded.find(folded_quote, at + 1)


def _whole_words(text: str, offsets: Sequence[int], spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Turn spans of the folded text into spans of the text, and leave out those that split a word or a character."""
    for first, beyond in spans:
        start, end = offsets[first], offsets[beyond - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        # One character may fold to several ("½" to "1⁄2"). A match must contain all of these characters or none.
        whole = (first == 0 or offsets[first - 1] != start) and (beyond == len(offsets) or offsets[beyond] >= end)
        if whole and _is_edge(text, start) and _is_edge(text, end):
            yield start, end


def split_over(quote: str, first: str, second: str) -> int | None:
    """Return the offset at which a quote is split between two pages, or None if it is not split between them.

    The first part must end a line of the first page, and the second must start a line of the second page. Words from
    the middle of two pages are not a quote.
    """
    _, offsets = fold(quote)
    breaks = [index for index in offsets[1:] if quote[index - 1].isspace() or quote[index - 1] in "-\ufffe"]
    for at in reversed(breaks):  # first try with as much as possible on the first page
        head, tail = find_verbatim(quote[:at], first), find_verbatim(quote[at:], second)
        if head and tail and _ends_line(first, head[1]) and _begins_line(second, tail[0]):
            return at
    return None


def _stretches(text: str) -> Iterator[tuple[int, str, int, str]]:
    """Divide a text into plain stretches and the clusters between them. Yield each with the offset of its start.

    A plain stretch folds to itself. A cluster is a character with the marks that combine with it.
    """
    at = 0
    while at < len(text):
        stretch = _PLAIN.match(text, at)
        start, at = at, stretch.end() if stretch else at
        if at < len(text) and at > start and unicodedata.combining(text[at]):
            at -= 1  # the last character of the stretch has a combining mark
        index = at
        if at < len(text):
            at += 1
            while at < len(text) and unicodedata.combining(text[at]):
                at += 1
        yield start, text[start:index], index, text[index:at]


def _is_edge(text: str, index: int) -> bool:
    """Return whether an offset is at the edge of a word. Characters that folding drops are ignored."""
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
