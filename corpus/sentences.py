"""Sentence spans within a block of text."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

_ABBREVIATION = re.compile(
    r"(?:^|[\s(“‘])(?:Mrs?|Ms|Miss|Dr|Prof|Cllr|Rev|St|No|Nos|para|paras|pp?|cf|vs?)\.$", re.IGNORECASE
)
_MARKER = re.compile(r"^(?:•\s*|\d{1,3}\.\s*(?=\D))")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one block, without the white space around them, bullet or paragraph number."""
    marker = _MARKER.match(text)
    start = marker.end() if marker else 0
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries("en", text[start:]):
        first, last = start + boundary["start_index"], start + boundary["end_index"]
        if spans and _ABBREVIATION.search(text[spans[-1][0] : spans[-1][1]]):
            first = spans.pop()[0]
        piece = text[first:last]
        first += len(piece) - len(piece.lstrip())
        last -= len(piece) - len(piece.rstrip())
        if first < last:
            spans.append((first, last))
    return spans
