"""Finds the words of a question that are neither in our lists nor in the reports: "early help in Snodsbury".

An answer that ignores such a word may be about something else, so we name it. If the word is where a
place would be, and the question names no authority, an answer would be about other authorities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.english import is_english
from qa_service.understanding.words.abbreviations import stands_for
from qa_service.understanding.words.spelling import is_known
from qa_service.understanding.words.vocabulary import short_names

_MOST_WORDS = 80
_SHORTEST = 3
"""Minimum number of letters in a word that we name. Shorter ones are rarely what a question is about."""
_WORD = re.compile(r"(?<![\w@./\\'’&+-])[A-Za-z]+(?![\w@/\\'’&+-]|\.\w)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_AFTER_PLACE = r"(?:in|at|near|across|around) $"
_OF_COUNCIL = r"\b(?:lb|rb|london borough of|borough of|council of|city of|county of) $"
_IS_PLACED = re.compile(rf"\b{_AFTER_PLACE}|{_OF_COUNCIL}", re.IGNORECASE)
_IS_COUNCIL = re.compile(
    r" (?:council|cc|bc|mbc|borough|county council|city council|children[’']?s services|la)\b", re.IGNORECASE
)
_ENDS = re.compile(
    r"\W*$|\s*[,;:?!(–—]|\s-\s|\s+(?:and|or|on|for|about|since|in|is|are|was|were|has|have|do|does|"
    r"better|worse|good|now|still|than|compared)\b|"
    r"\s+(?:19|20)\d\d\b"
)
_CLAUSE = re.compile(
    r"\b(?:who|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|should|will|"
    r"would|tell|give|show|list|name|compare|find|explain|describe|say|says|said|get|gets|got|need|needs|any)\b",
    re.IGNORECASE,
)
"""Words that a note does not have: "early help snodsbury"."""
_PREFIX = re.compile(r"re|co|pre|non|anti|multi|inter|over|under|self|mid|semi|post|ex|sub|out", re.IGNORECASE)
"""The beginning of a word that reports may write with a hyphen: "re-offending"."""
_PART = 4
"""Minimum number of letters in each of two words typed as one: "careleavers"."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is neither in our lists nor in the reports."""

    word: str
    is_placed: bool
    """Whether the word is in the position of a place name."""


def unknown_words(
    text: str, known_counts: Mapping[str, int], named: Sequence[tuple[int, int]]
) -> tuple[UnknownWord, ...]:
    """Return the unknown words of a question, each once.

    Args:
        text: The question, with its misspelt words corrected.
        known_counts: How often the reports contain each word. If it is empty, no word counts as unknown.
        named: ``[start, end)`` of what we did understand, such as the names of authorities and times.

    """
    known = [*named, *(match.span() for match in _QUOTED.finditer(text))]
    matches = list(_unknown(text, known_counts, known)) if known_counts else []
    found = {
        match.group().lower(): UnknownWord(match.group(), _is_placed(text, *match.span(), is_only=len(matches) == 1))
        for match in matches
    }
    return tuple(found.values())


def _unknown(text: str, known_counts: Mapping[str, int], known: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for match in list(_WORD.finditer(text))[:_MOST_WORDS]:
        word = match.group()
        if len(word) < _SHORTEST or any(start < match.end() and match.start() < end for start, end in known):
            continue
        lower = word.lower()
        is_short_name = bool(stands_for(word)) or word.upper().removesuffix("S") in short_names()
        if not (is_short_name or is_known(lower, known_counts) or _is_two_words(lower, known_counts)):
            yield match


def _is_two_words(word: str, known_counts: Mapping[str, int]) -> bool:
    """Whether a word is two known words without the space or the hyphen between them: "careleavers", "reoffending"."""
    before = _PREFIX.match(word)
    if before and len(word) - before.end() >= _PART and is_known(word[before.end() :], known_counts):
        return True
    return any(
        all(part in known_counts or is_english(part) for part in (word[:at], word[at:]))
        for at in range(_PART, len(word) - _PART + 1)
    )


def _is_placed(text: str, start: int, end: int, *, is_only: bool) -> bool:
    """Whether a word is in the position of a place name: after "in", before "council", or at the edge of a note.

    ``is_only`` says whether all other words are known. Otherwise a note may be nonsense.
    """
    before, after = text[:start], text[end:]
    if _IS_COUNCIL.match(after) or (_IS_PLACED.search(before) and _ENDS.match(after)):
        return True
    is_edge = not re.search(r"\w", before) or not re.search(r"\w", after)
    return is_only and is_edge and not _CLAUSE.search(text) and len(text.split()) > 1
