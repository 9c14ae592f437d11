"""Finds which part of a theme of practice some words mean, such as "pathway plans" for children's plans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.themes import ThemeMatcher, has_any, plain, without

_WORD = re.compile(r"\w+")
_QUALIFIERS = frozenset(
    {
        "children", "consistency", "effectiveness", "frequency", "good", "high", "impact", "inconsistent", "late",
        "manageable", "poor", "practice", "quality", "recording", "regular", "regularity", "social", "staff", "strong",
        "their", "timeliness", "weak", "with", "worker", "workers",
    }
)  # fmt: skip
"""Words that describe a theme, and do not limit it to one part."""
_START = 4
"""Words that are in no phrase of a theme count by this many first letters. Shorter words do not count."""
_JOINER = re.compile(r"\s*(?:,\s*(?:(?:and|or)\s)?|\s(?:and|or)\s|/|&)\s*")
"""What stands between the parts of a list: "supervision, caseloads or audits"."""
_ARTICLES = re.compile(r"^(?:(?:the|their|its|any) )+")


@dataclass(frozen=True, slots=True)
class PartOfTheme:
    """The part of a theme that some words mean. If they mean the whole theme, it is empty, and so false."""

    phrases: tuple[re.Pattern[str], ...] = ()
    """If there are phrases here, a sentence about this part must contain one of them."""
    starts: tuple[str, ...] = ()
    """A sentence needs a word with each of these starts, because the words are in no phrase of the theme."""
    others: tuple[PartOfTheme, ...] = ()
    """Other parts that are also meant: "pathway plans or care plans". A sentence needs to be about only one."""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.starts)

    def is_in(self, sentence: str) -> bool:
        """Return whether a sentence is about this part, or about one of the other parts."""
        text = plain(sentence)
        begun = {word[:_START] for word in _WORD.findall(text)}
        fits = (not self.phrases or has_any(self.phrases, text)) and begun.issuperset(self.starts)
        return fits or any(other.is_in(sentence) for other in self.others)


def clauses(matcher: ThemeMatcher, words: str) -> list[str]:
    """Divide words at "and", "or" and commas, as "supervision or caseloads", but not inside a phrase of a theme.

    Words that only qualify stay with their neighbours: "quality and frequency of supervision" is one clause.
    """
    text = plain(words)
    starts = [0]
    for joiner in _JOINER.finditer(text):
        before, after = text[starts[-1] : joiner.start()], _JOINER.split(text[joiner.end() :])[0]
        if _divides(matcher, before, after) or not (
            _only_qualifies(before) or _only_qualifies(after) or _has_phrase_over(matcher, text, joiner.span())
        ):
            starts.append(joiner.end())
    ends = [*starts[1:], len(text)]
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return [_ARTICLES.sub("", re.sub(rf"{_JOINER.pattern}$", "", part)) for part in parts]


def part_meant(matcher: ThemeMatcher, theme: str, words: str) -> PartOfTheme:
    """Return which part of a theme some words mean, such as "pathway plans" for children's plans.

    Only the clauses that name the theme count. If one of them means all of the theme, so do the words.
    """
    named = [clause for clause in clauses(matcher, words) if theme in (each.id for each in matcher.themes_of(clause))]
    first, *others = [_part_of_clause(matcher, theme, clause) for clause in named or [words]]
    return replace(first, others=tuple(others)) if first and all(others) else PartOfTheme()


def _divides(matcher: ThemeMatcher, before: str, after: str) -> bool:
    return bool(matcher.themes_of(before) and matcher.themes_of(after))


def _has_phrase_over(matcher: ThemeMatcher, text: str, extent: tuple[int, int]) -> bool:
    """Return whether a phrase of a theme includes an extent of a text."""
    patterns = (pattern for of_theme in matcher.phrases_in(text).values() for pattern in of_theme)
    matches = (match for pattern in patterns for match in pattern.finditer(text))
    return any(match.start() < extent[0] and extent[1] < match.end() for match in matches)


def _part_of_clause(matcher: ThemeMatcher, theme: str, words: str) -> PartOfTheme:
    """Return which part of a theme one clause means.

    The words in ``whole`` mean all of it. Of two phrases that overlap, the shorter one is enough.
    """
    text = plain(words)
    whole = matcher.whole_in(text).get(theme, [])
    rest = without(whole, text)
    spans: dict[tuple[int, int], re.Pattern[str]] = {}
    for pattern in matcher.phrases_in(text).get(theme, []):
        for match in pattern.finditer(text):
            if any(word in rest for word in _content(match[0])):
                spans[match.span()] = pattern
    phrases = tuple(
        pattern
        for (start, end), pattern in spans.items()
        if not any(start <= a and b <= end and (a, b) != (start, end) for a, b in spans)
    )
    others = tuple(word[:_START] for word in _content(without(whole, without(phrases, text))))
    return PartOfTheme(phrases, others)


def _content(text: str) -> list[str]:
    """Return the words of a text that may narrow a theme."""
    return [word for word in _WORD.findall(text) if len(word) >= _START and word not in _QUALIFIERS]


def _only_qualifies(text: str) -> bool:
    return not _content(text)
