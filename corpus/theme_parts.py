"""Finds which part of a theme of practice some words refer to, such as "pathway plans" for children's plans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.themes import ThemeMatcher, has_any, plain, without

_WORD = re.compile(r"\w+")
_GENERAL = frozenset(
    {
        # how good something is
        "better", "clear", "consistency", "consistent", "effective", "effectiveness", "enough", "excellent", "good",
        "impact", "impressive", "inadequate", "inconsistency", "inconsistent", "ineffective", "insufficient", "lack",
        "lacking", "manageable", "outstanding", "patchy", "poor", "poorly", "quality", "rigour", "robust", "rigorous",
        "strength", "strengths", "strong", "stronger", "unclear", "variability", "variable", "weak", "weaker",
        "weakness", "weaknesses",
        # what inspectors look at in general
        "activity", "approach", "approaches", "area", "areas", "arrangement", "arrangements", "framework", "issue",
        "issues", "level", "levels", "practice", "process", "processes", "system", "systems", "work", "working",
        # the people that all themes are about
        "child", "children", "people", "person", "professional", "professionals", "social", "staff", "worker",
        "workers", "young",
        # words that join others
        "about", "around", "been", "being", "does", "doing", "done", "from", "have", "having", "into", "making", "over",
        "regarding", "some", "that", "their", "them", "these", "they", "this", "were", "what", "when", "where", "which",
        "with", "within",
    }
)  # fmt: skip
"""Words that limit no theme to one part."""
_START = 4
"""Words that are in no phrase of a theme count by this many first letters. Shorter words do not count."""
_JOINER = re.compile(r"\s*(?:,\s*(?:(?:and|or)\s)?|\s(?:and|or)\s|/|&)\s*")
"""What separates the parts of a list: "supervision, caseloads or audits"."""
_ARTICLES = re.compile(r"^(?:(?:the|their|its|any) )+")


@dataclass(frozen=True, slots=True)
class _Aspect:
    """An aspect that any theme may have, such as how soon something is done."""

    asked: re.Pattern[str]
    """Words for it in a question."""
    said: re.Pattern[str]
    """Words that a sentence about it may use."""

    @classmethod
    def of(cls, asked: str, *said: str) -> _Aspect:
        """Return an aspect from alternatives, divided by "|"."""
        return cls(*(re.compile(rf"\b(?:{'|'.join(words)})\b") for words in ((asked,), said)))


_ASPECTS = (
    _Aspect.of(
        r"timel\w+|late(?:ness)?|delay\w*|drift|prompt\w*|slow\w*|speed\w*|untimely",
        r"timel\w+|timescales?|untimely|late|later|delay\w*|drift\w*|prompt\w*|slow\w*|swift\w*|quick\w*|speed\w*",
        r"soon\w*|wait\w*|overdue|72 hours|(?:too|very|as) long|longer|pace|rapid\w*|urgen\w+|on time|immediate\w*",
    ),
    _Aspect.of(
        r"frequen\w+|infrequen\w+|regular\w*|irregular\w*",
        r"frequen\w+|infrequen\w+|regular\w*|irregular\w*|monthly|weekly|fortnightly|every|gaps?|often|occur\w*",
        r"tak\w+ place|routine\w*|sporadic\w*|always|consistently",
    ),
    _Aspect.of(r"record\w*|written", r"record\w*|writ\w+|notes?|minutes|document\w*|files?|evidenced"),
    _Aspect.of(
        r"take up|uptake|completion|offers?",
        r"take up|taken up|uptake|complet\w+|offer\w*|engag\w+|declin\w+|refus\w+|access\w*|receiv\w+|undertaken",
    ),
    _Aspect.of(
        r"high|heavy|large|excessive|unmanageable|unsustainable",
        r"high|heavy|large|excessive\w*|unmanageable|unsustainable|too (?:many|much)|(?:over ?)?stretched|overload\w*",
        r"over ?whelm\w*|not (?:\w+ )?(?:manageable|reduc\w+)|above|exceed\w*|beyond",
    ),
)


@dataclass(frozen=True, slots=True)
class PartOfTheme:
    """The part of a theme that some words refer to. If they refer to the whole theme, it is empty, and so false."""

    phrases: tuple[re.Pattern[str], ...] = ()
    """If there are phrases here, a sentence about this part must contain one of them."""
    words: tuple[re.Pattern[str], ...] = ()
    """A sentence also needs each of these, because the question's words are in no phrase of the theme. Each matches
    words that begin alike, or an aspect, such as how soon something is done."""
    others: tuple[PartOfTheme, ...] = ()
    """Other parts that are also meant: "pathway plans or care plans". A sentence needs to be about only one."""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.words)

    def is_in(self, sentence: str) -> bool:
        """Return whether a sentence is about this part, or about one of the other parts."""
        text = plain(sentence)
        fits = (not self.phrases or has_any(self.phrases, text)) and all(word.search(text) for word in self.words)
        return fits or any(other.is_in(sentence) for other in self.others)


def clauses(matcher: ThemeMatcher, words: str) -> list[str]:
    """Divide words at "and", "or" and commas, as in "supervision or caseloads", but not inside a phrase of a theme.

    Words that only qualify stay with their neighbours: "quality and frequency of supervision" is one clause. After
    "or", they are another subject: "care planning or drift".
    """
    text = plain(words)
    starts = [0]
    for joiner in _JOINER.finditer(text):
        before, after = text[starts[-1] : joiner.start()], _JOINER.split(text[joiner.end() :])[0]
        if _has_over(matcher.whole_in(text), text, joiner.span()):
            continue
        apart = joiner.group().strip(" ,") == "or" and _is_general(after) and not _is_general(before)
        if (
            apart
            or _divides(matcher, before, after)
            or not (
                _is_general(before) or _is_general(after) or _has_over(matcher.phrases_in(text), text, joiner.span())
            )
        ):
            starts.append(joiner.end())
    ends = [*starts[1:], len(text)]
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return [_ARTICLES.sub("", re.sub(rf"{_JOINER.pattern}$", "", part)) for part in parts]


def names_aspect(words: str) -> bool:
    """Return whether some words name an aspect of a theme, such as "too high" or "not timely"."""
    text = plain(words)
    return any(aspect.asked.search(text) for aspect in _ASPECTS)


def part_meant(matcher: ThemeMatcher, theme: str, words: str) -> PartOfTheme:
    """Return which part of a theme some words refer to, such as "pathway plans" for children's plans.

    Only the clauses that name the theme count. If one of them means all of the theme, so do the words.
    """
    named = [clause for clause in clauses(matcher, words) if theme in (each.id for each in matcher.themes_of(clause))]
    first, *others = [_part_of_clause(matcher, theme, clause) for clause in named or [words]]
    return replace(first, others=tuple(others)) if first and all(others) else PartOfTheme()


def _divides(matcher: ThemeMatcher, before: str, after: str) -> bool:
    return bool(matcher.themes_of(before) and matcher.themes_of(after))


def _has_over(phrases: Mapping[str, Sequence[re.Pattern[str]]], text: str, extent: tuple[int, int]) -> bool:
    """Return whether one of the phrases in a text starts before the given extent and ends after it."""
    matches = (match for patterns in phrases.values() for pattern in patterns for match in pattern.finditer(text))
    return any(match.start() < extent[0] and extent[1] < match.end() for match in matches)


def _part_of_clause(matcher: ThemeMatcher, theme: str, words: str) -> PartOfTheme:
    """Return which part of a theme one clause refers to.

    The words in ``whole`` mean all of it, and those in ``restates`` add nothing to it. A phrase counts only for its own
    words, and not for the words in place of its "…". Of two phrases that overlap, the shorter one is enough.
    """
    text = plain(words)
    rest = without(matcher.whole_in(text).get(theme, []), text)
    rest = without(matcher.restated_in(text).get(theme, []), rest)
    asked = [aspect for aspect in _ASPECTS if aspect.asked.search(rest)]
    rest = without([aspect.asked for aspect in asked], rest)
    spans: dict[tuple[int, int], re.Match[str]] = {}
    for pattern in matcher.phrases_in(text).get(theme, []):
        for match in pattern.finditer(text):
            if any(_content(rest[start:end]) for start, end in _own_spans(match)):
                spans[match.span()] = match
    phrases = tuple(
        match
        for (start, end), match in spans.items()
        if not any(start <= a and b <= end and (a, b) != (start, end) for a, b in spans)
    )
    for match in phrases:
        for start, end in _own_spans(match):
            rest = rest[:start] + " " * (end - start) + rest[end:]
    others = (_beginning(word) for word in _content(rest))
    return PartOfTheme(tuple(match.re for match in phrases), (*(aspect.said for aspect in asked), *others))


def _own_spans(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return ``[start, end)`` of each stretch of a phrase that is not in place of a "…"."""
    gaps = [match.span(group) for group in range(1, match.re.groups + 1)]
    starts = [match.start(), *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), match.end()]
    return list(zip(starts, ends, strict=True))


def _beginning(word: str) -> re.Pattern[str]:
    """Return an expression for words that begin like the given one. A short word matches itself and its plural."""
    return re.compile(rf"\b{word}s?\b" if len(word) == _START else rf"\b{word[:_START]}")


def _content(text: str) -> list[str]:
    """Return the words of a text that may narrow a theme."""
    return [word for word in _WORD.findall(text) if len(word) >= _START and word not in _GENERAL]


def _is_general(text: str) -> bool:
    """Return whether some words have no subject of their own: "quality and frequency of supervision"."""
    rest = without([aspect.asked for aspect in _ASPECTS], text)
    return not _content(rest)
