"""Compares a quote with the words that a second program read on the same page.

A quote is confirmed if the second program read the same words, with nothing between them and the words around them. It
is contradicted if the second program read most of the words, but read other letters or digits among them. Otherwise it
is not confirmed.

White space, bullets and hyphens at the ends of lines never matter. See :mod:`corpus.quotes.verbatim`. The time for a
comparison is proportional to the length of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import islice

from corpus.quotes.verbatim import find_all_verbatim, find_verbatim, fold, folded
from corpus.types import Reading, SecondReading

_AROUND = 12
"""Number of characters before and after a quote that must be the same in both readings. White space does not count."""
_NEAR = 150
"""How far before a quote, in characters, we look for the words that should precede it, if other words come between."""
_PIECES = 6
"""Number of pieces into which we cut a short quote to look for most of its words."""
_SHORTEST_PIECE, _LONGEST_PIECE = 6, 12
_MOST_PLACES = 200
"""Maximum number of places at which we compare a quote or one of its pieces, because a page may repeat it many
times."""
_SENTENCE_END = re.compile(r"[.!?…][)\]’”'\"]*$")
_NUMBER = r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]"
_LABEL = re.compile(rf"(?:^|[\r\n])[ \t]*{_NUMBER}[ \t]*$", re.IGNORECASE)
"""A number or a letter at the start of a line: "12." or "(a)"."""
_GAP_BEFORE = re.compile(r"(?:^|\n[ \t\r]*\n|[\r\n][ \t]*[*•·§Ø◦▪+–-])\s*$")
"""A blank line, a bullet or the start of the page."""
_GAP_AFTER = re.compile(rf"^[ \t]*(?:$|\r?\n[ \t]*(?:\r?\n|$|[*•·§Ø◦▪+–-]|{_NUMBER}[ \t]))", re.IGNORECASE)
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
"""Characters that a program writes for what it could not read."""


def reading_of(words: str, page: str, second: SecondReading | None) -> Reading:
    """Return what a second program found in place of the words that the first program found on a page.

    ``page`` is the page as the first program reads it. ``second`` is None if no second program read the file.
    """
    if second is None:
        return Reading.NOT_CONFIRMED
    if second.same:
        return Reading.CONFIRMED
    reading = confirm(words, second.text, page) if second.text else Reading.NOT_CONFIRMED
    # If a program could not read all of a page, words that it did not find there may still be on the page.
    return Reading.NOT_CONFIRMED if second.problem and reading is Reading.CONTRADICTED else reading


def as_placed(reading: Reading, *, rearranged: bool) -> Reading:
    """Return a reading of a quote, given whether only the positions of its words on the page show their order.

    A second program reads words in the order in which the file draws them, so it cannot confirm another order.
    """
    return Reading.NOT_CONFIRMED if rearranged and reading is Reading.CONFIRMED else reading


def confirm(quote: str, witness: str, page: str) -> Reading:
    """Compare a quote with the text that a second program read. We call this text the witness.

    ``page`` is the page as the first program reads it. The words around the quote on that page must also be around it
    in the witness. This is not needed where a sentence or a paragraph ends at the edge of the quote.
    """
    place = find_verbatim(quote, page)
    if place is None:
        return Reading.NOT_CONFIRMED
    contradicted = False
    before, after = _before(page, place[0]), _after(page, place[1])
    for start, end in islice(find_all_verbatim(quote, witness), _MOST_PLACES):
        begins = _before(witness, start) == before or _is_start(witness[max(0, start - _NEAR) : start])
        ends = _ends_sentence(quote) or _after(witness, end) == after or _is_end(witness[end : end + _NEAR])
        if begins and ends:
            return Reading.CONFIRMED
        contradicted |= not begins and _has_words_between(before, witness[max(0, start - 2 * _NEAR) : start])
    if contradicted or _has_other_words(folded(quote), fold(witness)[0], before, after):
        return Reading.CONTRADICTED
    return Reading.NOT_CONFIRMED


def _before(text: str, index: int) -> str:
    return folded(text[max(0, index - _NEAR) : index])[-_AROUND:]


def _after(text: str, index: int) -> str:
    return folded(text[index : index + _NEAR])[:_AROUND]


def _ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text.rstrip()))


def _is_start(before: str) -> bool:
    """Return whether a sentence can start after this text, because a sentence or a paragraph ends there."""
    return any(pattern.search(before.rstrip(" \t")) for pattern in (_GAP_BEFORE, _LABEL)) or _ends_sentence(before)


def _is_end(after: str) -> bool:
    """Return whether a paragraph ends before this text."""
    return bool(_GAP_AFTER.search(after))


def _has_words_between(before: str, text: str) -> bool:
    """Return whether a text contains the given words, but with other words after them."""
    plain = folded(text)
    at = plain.rfind(before) if len(before) == _AROUND else -1
    return at >= 0 and any(map(str.isalnum, plain[at + _AROUND :]))


def _has_other_words(quote: str, witness: str, before: str, after: str) -> bool:
    """Return whether a witness has most of a quote's words close together, but with other letters or digits among them.

    We cut the quote into pieces. The witness has the same sentence if it has at least half of the pieces within a
    stretch of twice the length of the quote. A short quote is cut together with the words around it, and the witness
    must have one of the quote's own pieces.
    """
    is_short = len(quote) < _PIECES * _SHORTEST_PIECE
    text = f"{before}{quote}{after}" if is_short else quote
    length = max(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(text) // _PIECES))
    offsets = list(range(0, len(text) - length + 1, length))
    if len(offsets) < 2:
        return False
    starts = sorted(
        (place - offset, offset) for offset in offsets for place in _places(text[offset : offset + length], witness)
    )
    own = range(len(before), len(before) + len(quote) - length + 1) if is_short else range(len(text))
    if not any(offset in own for _, offset in starts):
        return False
    first = most = 0
    best = (0, 0)
    near: Counter[int] = Counter()
    for start, offset in starts:
        near[offset] += 1
        while start - starts[first][0] > len(text):
            gone = starts[first][1]
            near[gone] -= 1
            if not near[gone]:
                del near[gone]
            first += 1
        if len(near) > most:
            most, best = len(near), (starts[first][0], start + len(text))
    if 2 * most < len(offsets):
        return False
    window = witness[max(0, best[0] - length) : best[1] + length]
    return not _UNREADABLE.search(window) and _letters(quote) not in _letters(window)


def _places(piece: str, text: str) -> list[int]:
    places: list[int] = []
    at = text.find(piece)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(piece, at + 1)
    return places


def _letters(text: str) -> str:
    """Return the letters and digits of a text, because programs differ in how they read punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()
