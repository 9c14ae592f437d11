"""Finds what reports ask an authority to do about a subject: items of their own lists, or sentences of their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from corpus.themes import known_themes, plain
from corpus.types import Improvement, Report
from index.search.scope import is_about_scope
from index.search.search_index import SearchIndex
from index.search.text_analysis import terms
from index.types import Query, ScoredPassage
from qa_service import calibration
from qa_service.answering.sentences.context import lacks_subject
from qa_service.answering.sentences.evidence import Evidence, states_nothing
from qa_service.answering.sentences.listed_items import holds_item, items_for_bodies, passages_with_items, spans_of
from qa_service.answering.sentences.subjects import about_words
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.subjects import is_named, subject_of, subjects_of
from qa_service.understanding.words.abbreviations import written_out
from qa_service.wording import named_by_date

_AND = re.compile(r"(?:,| and| or|,? as well as) +(?!\d)")
_WHO = (
    r"(?:leaders?|leadership|managers?|authorit(?:y|ies)|council|partners?|partnerships?|board|services?|agenc(?:y|ies)|"
    r"teams?|staff|workers?|practice|work|plans?|planning|recording|supervision|assessments?|oversight|arrangements|"
    r"systems?|processes|you|it|they|this|these|there)"
)
_ASKS = re.compile(
    rf"\b{_WHO}\b[^.;]{{0,60}}?\b(?:should|must|needs? to|has to|have to|ought to)\b|"
    r"\b(?:should|must|needs? to|has to|have to) (?:\w+ ){0,2}?(?:be )?(?:further )?"
    r"(?:improv|strengthen|develop|address|ensur|review|increas|reduc|embed|tackl)\w*|"
    r"\b(?:further|more) (?:work|action|improvement|development)s? (?:\w+ ){0,2}?(?:is|are) (?:still )?"
    r"(?:needed|required|necessary)\b",
    re.IGNORECASE,
)
"""Words with which a sentence asks for something to be done."""
_PRAISES = re.compile(r"\b(?:as (?:it|they) should|know what (?:they|it) needs? to)\b", re.IGNORECASE)


_IN_BRACKETS = re.compile(r" \([^()]*\)")
"""The abbreviation after a name that was written out."""
_WAITS = re.compile(r"\b(?:wait(?:s|ing)?(?: (?:times?|lists?))?|delay(?:s|ed)?)\b", re.IGNORECASE)
_WAIT = re.compile(r"\bwait(?:s|ing|ed)?\b", re.IGNORECASE)
"""Words for waiting. "Without delay" is in items on any subject."""
_NEAR = 10
"""Number of words within which all words of a subject count as near each other. We chose this value by judgement."""
_WHOLE = 3
"""Maximum number of sentences of an item that we quote as a whole. Of a longer one, we quote those on the subject."""


class Match(IntEnum):
    """How clearly an item is about a subject."""

    NONE = 0
    POSSIBLE = 1
    CLEAR = 2


@dataclass(frozen=True, slots=True)
class AskedOfReport:
    """What one report asks for about a subject."""

    report: Report
    evidence: tuple[Evidence, ...]
    """The words that ask for it, in the order of the report, each list under its heading."""
    items: int
    """Number of items that these words belong to. 0 if the report has no list, so that we quote its text."""
    match: Match
    """How clearly they are about the subject."""
    subjects: frozenset[str] = frozenset()
    """The words for each subject that an item or a sentence is clearly about."""


def asks_about(
    index: SearchIndex, reports: Sequence[Report], words: str, question: Interpretation
) -> list[AskedOfReport]:
    """Return what each report asks for about a subject, in the same order. Reports that ask for nothing are left out.

    ``question`` may name the bodies that must act. If no item of a report is clearly about the subject, those that may
    be are returned. If a report has no list, the sentences of its text that say what should be done count, if they name
    the subject.
    """
    subjects = subjects_sought(words)
    found = (
        _of_list(index, report, subjects, question) if report.improvements else _of_text(index, report, subjects)
        for report in reports
    )
    return [each for each in found if each.evidence]


def subjects_sought(words: str) -> list[Sought]:
    """Return the subjects that some words name: two for "private fostering and homeless 16 and 17 year olds"."""
    parts = [part.strip() for part in _AND.split(words) if part.strip()]
    has_ages = any(part.isdigit() for part in re.findall(r"\w+", words))  # ages keep ``subjects_of`` from dividing
    is_divided = len(parts) == len(subjects_of(words)) or all(
        subject_of(part) and (has_ages or len(terms(part)) > 1) for part in parts
    )
    return [Sought(part) for part in parts] if is_divided and not is_named(words) else [Sought(words)]


class Sought:
    """A subject, with what shows it in a text."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._names = subjects_of(words)
        self._stems = frozenset() if is_named(words) else _stems(words)
        self._themes = frozenset(known_themes().whole_in(plain(words)))
        self._is_about = about_words(words)

    def is_clear_in(self, text: str) -> bool:
        """Whether a text names the subject, or has all its words near each other."""
        long = _IN_BRACKETS.sub("", written_out(text))
        if any(name.is_in(text) or name.is_in(long) for name in self._names):
            return True
        if len(self._stems) > 1 and _has_near(long, self._stems):
            return True
        if _WAITS.fullmatch(self.words) and _WAIT.search(text):
            return True
        return bool(self._themes) and self._is_about(text) and not self._themes.isdisjoint(_whole_themes_of(text))

    def may_be_in(self, text: str) -> bool:
        """Whether a text has words of the subject's theme."""
        return self._is_about(text)


def _stems(text: str) -> frozenset[str]:
    """Return the stems of a text, with one stem for waits and delays."""
    return frozenset(terms(_WAITS.sub("wait", text)))


def _has_near(text: str, stems: frozenset[str]) -> bool:
    """Whether a text has all of some stems near each other: "the time that children wait for therapy"."""
    if not stems.issubset(_stems(text)):
        return False
    words = text.split()
    return any(stems.issubset(_stems(" ".join(words[at : at + _NEAR]))) for at in range(max(1, len(words) - _NEAR + 1)))


def _whole_themes_of(text: str) -> set[str]:
    return set(known_themes().whole_in(plain(text)))


def _matches(index: SearchIndex, report: Report, sought: Sought) -> list[Match]:
    """Return how clearly each item of a report is about a subject."""
    nearest = _cosines(index, report, sought.words)
    return [_match(item.text, sought, cosine) for item, cosine in zip(report.improvements, nearest, strict=True)]


def _match(text: str, sought: Sought, cosine: float) -> Match:
    if sought.is_clear_in(text) or cosine >= calibration.ITEM_SIMILARITY:
        return Match.CLEAR
    if sought.may_be_in(text):
        return Match.CLEAR if cosine >= calibration.ITEM_THEME_SIMILARITY else Match.POSSIBLE
    return Match.NONE


def _cosines(index: SearchIndex, report: Report, words: str) -> list[float]:
    """Return the cosine between some words and the nearest sentence of each item. It is 0 without an encoder."""
    nearest = [0.0] * len(report.improvements)
    if index.degraded or not nearest:
        return nearest
    rows = [each.row for each in index.store.passages_of(report.id) if holds_item(each.passage, report.improvements)]
    for scored in index.score(Query(words), rows):
        for number, (start, _) in enumerate(scored.passage.sentences):
            at = report.improvement_at(scored.passage.start + start)
            if at is not None:
                nearest[at] = max(nearest[at], scored.sentence_similarities[number])
    return nearest


def _of_list(index: SearchIndex, report: Report, subjects: Sequence[Sought], question: Interpretation) -> AskedOfReport:
    by_subject = {sought.words: _matches(index, report, sought) for sought in subjects}
    matches = [max(of_item) for of_item in zip(*by_subject.values(), strict=True)]
    best = max(matches)
    clear = frozenset(words for words, found in by_subject.items() if Match.CLEAR in found)
    about = [item for item, match in zip(report.improvements, matches, strict=True) if match and match is best]
    return replace(_quoted(index, report, items_for_bodies(question, about), best, subjects), subjects=clear)


def whole_list(index: SearchIndex, report: Report) -> AskedOfReport:
    """Return all the items of a report's own list, none of which has the words of a subject."""
    return _quoted(index, report, report.improvements, Match.NONE, ())


def _quoted(
    index: SearchIndex, report: Report, items: Sequence[Improvement], match: Match, subjects: Sequence[Sought]
) -> AskedOfReport:
    """Return the words of items, each list under its heading."""
    rows = [each.row for each in index.store.passages_of(report.id) if holds_item(each.passage, items)]
    passages = passages_with_items(index.passages_at(rows), items)
    found: list[Evidence] = []
    title = ""
    for item in items:
        heading = item.section.rstrip(" :?")
        first, *others = _quotes(passages, item, subjects) or (None,)
        if first is not None:
            words = "" if heading == title else f"{heading} ({named_by_date(report)})"
            title = heading
            found += [replace(first, heading=words), *(each for each in others if each)]
    return AskedOfReport(report, tuple(found), len(items), match)


def _quotes(passages: Sequence[ScoredPassage], item: Improvement, subjects: Sequence[Sought]) -> list[Evidence]:
    """Return the sentences of an item.

    Of a long one, return only the introduction and the sentences that name the subject, if any do.
    """
    found: dict[int, Evidence] = {}
    for scored in passages:
        for span in spans_of(scored, [item]):
            for number, (start, end) in enumerate(scored.passage.sentences):
                start, end = max(start, span.start), min(end, span.end)
                if start < end and scored.passage.text[start:end].strip():
                    place = scored.passage.start + start  # passages may overlap
                    found.setdefault(place, Evidence(scored, number, start, end, 1.0, 1.0, 1.0))
    sentences = [found[place] for place in sorted(found)]
    if len(sentences) <= _WHOLE:
        return sentences
    about = [each for each in sentences if any(sought.is_clear_in(each.text) for sought in subjects)]
    opening = [sentences[0]] if sentences[0].text.rstrip().endswith(":") and sentences[0] not in about else []
    return [*opening, *about] if about else sentences[:_WHOLE]


def _of_text(index: SearchIndex, report: Report, subjects: Sequence[Sought]) -> AskedOfReport:
    """Return the sentences of a report without a list that say what should be done about a subject."""
    rows = [each.row for each in index.store.passages_of(report.id) if not is_about_scope(each.passage.section)]
    found: dict[str, Evidence] = {}
    clear: set[str] = set()
    for scored in index.passages_at(rows):
        for number, (start, end) in enumerate(scored.passage.sentences):
            text = scored.passage.text[start:end]
            if not _ASKS.search(text) or _PRAISES.search(text) or states_nothing(text) or lacks_subject(text):
                continue
            if about := {sought.words for sought in subjects if sought.is_clear_in(text)}:
                clear |= about
                heading = "" if found else f"Asked for in the text ({named_by_date(report)})"
                found.setdefault(text, Evidence(scored, number, start, end, 1.0, 1.0, 1.0, heading=heading))
    return AskedOfReport(report, tuple(found.values()), 0, Match.CLEAR, frozenset(clear))
