"""Finds a quote in the words that were read from the picture of a page.

The same rule decides whether words match as on any other page (``corpus.quotes.verbatim``). But this shows only that a
program read these words. It does not prove that the page contains them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.quotes.verbatim import find_verbatim, fold
from corpus.types import Box, RecognisedPage, RecognisedWord

SURE = 95
"""Words with at least this confidence are hardly ever wrong: none on clean pictures, 3 in 1,000 on pictures like those
of a fax machine. We ask people to check all other words."""
_TILTED = 1.5
"""A box of a tilted line is no higher than this many times its highest word. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word at ``[start, end)`` of a page's text."""

    start: int
    end: int
    word: RecognisedWord


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote is on a recognised page."""

    start: int
    end: int
    """``[start, end)`` of the page's text."""
    boxes: tuple[Box, ...]
    unsure: tuple[tuple[int, int], ...]
    """``[start, end)`` in the quote of each word that the program was not sure of."""


def find_recognised(quote: str, page: RecognisedPage) -> Found | None:
    """Return where a quote is on a page that was read from its picture, or None if its words are not there."""
    text = page.text
    span = find_verbatim(quote, text)
    if span is None:
        return None
    words = [word for word in words_of(page) if word.start < span[1] and word.end > span[0]]
    in_quote = _offsets_in_quote(quote, text[slice(*span)])
    unsure = (
        [in_quote[at - span[0]] for at in range(word.start, word.end) if at - span[0] in in_quote]
        for word in words
        if word.word.confidence < SURE
    )
    return Found(*span, tuple(_boxes(words)), tuple((min(at), max(at) + 1) for at in unsure if at))


def words_of(page: RecognisedPage) -> Iterator[Word]:
    """Yield the words of a page with their places in its text."""
    at = 0
    for word in page.words:
        yield Word(at, at + len(word.text), word)
        at += len(word.text) + 1


def lines_of(page: RecognisedPage) -> Iterator[list[Word]]:
    """Yield the words of each line of a page."""
    line: list[Word] = []
    for word in words_of(page):
        line.append(word)
        if word.word.ends_line:
            yield line
            line = []
    if line:
        yield line


def _boxes(words: Sequence[Word]) -> Iterator[Box]:
    """Yield the boxes of words, one for each line, or several if the line is tilted."""
    line: list[Box] = []
    for word in words:
        box = word.word.box
        if line:
            around = Box.around([*line, box])
            highest = max(one.y1 - one.y0 for one in (*line, box))
            if around.y1 - around.y0 > _TILTED * highest:
                yield Box.around(line)
                line = []
        line.append(box)
        if word.word.ends_line:
            yield Box.around(line)
            line = []
    if line:
        yield Box.around(line)


def _offsets_in_quote(quote: str, printed: str) -> dict[int, int]:
    """Return the offset in a quote of each character in the words that match it, without spaces and dropped hyphens."""
    folded, offsets = fold(quote)
    other, others = fold(printed)
    pairs: dict[int, int] = {}
    at = 0
    for index, character in enumerate(other):
        if at < len(folded) and folded[at] == character:
            pairs[others[index]] = offsets[at]
            at += 1
    return pairs
