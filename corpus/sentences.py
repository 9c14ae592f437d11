"""Divides a block of text into sentences, with sentencex and a few corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from corpus.note_marks import RAISED

# "No." is an abbreviation only with a capital, because "The answer was no." ends a sentence.
_ABBREVIATION = re.compile(r"(?:^|[\s(“‘])(?:Mrs?|Ms|Miss|Dr|Prof|Cllr|Rev|St|Nos?|[Pp]aras?|pp?|cf|vs?)\.$")
_ABBREVIATION_LENGTH = 8
"""We look for an abbreviation in this many characters at the end of a sentence. No abbreviation is longer."""
_ASIDE = re.compile(r"^\s*\([^()]*\)\.?(?=\s+[A-Z]|\s*$)")
_NOTE_MARK = re.compile(rf"[{RAISED}]{{1,3}}(?=\s|$)")
"""The mark of a note after a full stop, which belongs to the sentence before it."""
_ENDS_IN_NO = re.compile(r"\bno\.\s+(?=[A-Z“‘])")
"""A sentence that ends in the word "no". sentencex reads every "no." as "number"."""
_MARKER = re.compile(r"^(?:•\s*|\d{1,3}\.\s*(?=\D)|(?:[a-z]|[ivxl]{2,6})\.\s+(?=[A-Za-z“‘]))")
"""The mark of an item. The letter "c." before a figure may mean "about", so it is not a mark."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return ``[start, end)`` of each sentence in a block. Any bullet, number or surrounding space is left out."""
    marker = _MARKER.match(text)
    start = marker.end() if marker else 0
    spans: list[tuple[int, int]] = []
    for first, last in _boundaries(text, start):
        if spans and _ABBREVIATION.search(text[max(spans[-1][0], spans[-1][1] - _ABBREVIATION_LENGTH) : spans[-1][1]]):
            first = spans.pop()[0]
        if spans and (aside := _ASIDE.match(text[first:last])):  # "… for children. (outcome 3, national framework)"
            first += aside.end()
            spans[-1] = (spans[-1][0], first)
        if spans and spans[-1][1] == first and (mark := _NOTE_MARK.match(text, first, last)):
            first = mark.end()
            spans[-1] = (spans[-1][0], first)
        piece = text[first:last]
        first += len(piece) - len(piece.lstrip())
        last -= len(piece) - len(piece.rstrip())
        if first < last:
            spans.append((first, last))
    return spans


def _boundaries(text: str, start: int) -> Iterator[tuple[int, int]]:
    for boundary in get_sentence_boundaries("en", text[start:]):
        first, last = start + boundary["start_index"], start + boundary["end_index"]
        for ending in _ENDS_IN_NO.finditer(text, first, last):
            yield first, ending.end()
            first = ending.end()
        yield first, last
