"""Finds what each report of an authority says about one matter that a question names, such as supervision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.theme_parts import PartOfTheme, part_meant
from corpus.themes import known_themes, plain
from corpus.types import Report
from index.search.search_index import SearchIndex
from index.types import Stance
from qa_service.analysis.matters import known_matters
from qa_service.answering.sentences.context import lacks_subject
from qa_service.answering.sentences.subjects import JudgedSentence, SubjectSentence, judged
from qa_service.understanding.subjects import Subject, subjects_of

_CHANGED = re.compile(
    r"\b(?:improv(?:ed|ing|ements?)|strengthen(?:ed|ing)|better|reduc(?:ed|ing|tions?)|halved|fall(?:en|ing)|fell|"
    r"progress (?:has|have|is|in)|has progressed|"
    r"more (?:\w+ ){0,2}?(?:timely|regular|consistent\w*|robust|manageable|stable)|no longer|"
    r"since the (?:last|previous) (?:\w+ )?(?:inspection|visit)|are now|is now|"
    r"now (?:have|has|\w+ed))\b",
    re.IGNORECASE,
)
"""Words that say that something has changed."""


@dataclass(frozen=True, slots=True)
class MatterSought:
    """A matter in a person's words, and how to recognise it in a sentence."""

    words: str
    parts: tuple[tuple[str, PartOfTheme], ...]
    """The ids of the themes that the words name, with the part of each theme that they mean. If these words are the
    name of a matter, we leave out a theme that is broader than it."""
    matter: str
    """The id of the matter that has these words as its name. Empty if no matter has this name, or if a theme has it
    too."""
    subject: Subject | None
    """The words as a subject. None if the words name a whole theme, which has its own words and exceptions."""

    of_items: frozenset[str] = frozenset()
    """The ids of the same matters in :mod:`qa_service.analysis.matters`."""

    def is_in(self, sentence: str) -> bool:
        """Whether a sentence may be about the matter. Not all the words of a theme are enough to show it."""
        if self.is_named_in(sentence):
            return True
        themes = {theme.id for theme in known_themes().themes_of(sentence)} if self.parts else set()
        return any(theme in themes and part.is_in(sentence) for theme, part in self.parts)

    def is_asked_in(self, item: str) -> bool:
        """Whether an item of a report's list is about the matter."""
        if self.subject and self.subject.is_in(item):
            return True
        return bool(self.of_items & known_matters().of_sentence(item)) if self.of_items else self.is_in(item)

    def is_named_in(self, text: str) -> bool:
        """Whether a text names the matter. "A number of cases" does not name caseloads."""
        if self.subject and self.subject.is_in(text):
            return True
        if self.matter and self.matter in known_matters().of_sentence(text):
            return True
        whole = known_themes().whole_in(plain(text)) if self.parts else {}
        return any(theme in whole for theme, part in self.parts if not part)


@dataclass(frozen=True, slots=True)
class ReportOnMatter:
    """What one report says about a matter."""

    report: Report
    items: tuple[JudgedSentence, ...]
    """The sentences about it in the report's list of what must improve, in order."""
    said: tuple[JudgedSentence, ...]
    """The other sentences about it, in order."""

    @property
    def criticism(self) -> list[JudgedSentence]:
        """The sentences that criticise it, the clearest first. Items of the list are not among them."""
        return self._clearest(Stance.WEAKNESS)

    @property
    def praise(self) -> list[JudgedSentence]:
        """The sentences that praise it, the clearest first."""
        return self._clearest(Stance.STRENGTH)

    @property
    def raises(self) -> bool:
        """Whether the report asks for it or criticises it."""
        return bool(self.items or self.criticism)

    @property
    def improved(self) -> bool:
        """Whether its clearest praise says that something changed and there is no criticism."""
        return not self.raises and any(_CHANGED.search(each.sentence.text) for each in self.praise[:1])

    def _clearest(self, stance: Stance) -> list[JudgedSentence]:
        found = [each for each in self.said if each.takes(stance)]
        return sorted(found, key=lambda each: (not each.sentence.is_whole, -each.certainty[stance]))


def matter_sought(words: str) -> MatterSought | None:
    """Return the matter that some words name. None if they name several matters, or no matter."""
    matcher = known_themes()
    named = known_matters().named(words)
    mentioned = {theme.id for theme in matcher.themes_of(words)} | matcher.whole_in(plain(words)).keys()
    parts = tuple(
        (theme.id, part_meant(matcher, theme.id, words))
        for theme in matcher.themes
        if theme.id in mentioned
        if not named or named == known_matters().named(theme.name)
    )
    subjects = subjects_of(words)
    if len(subjects) != 1:
        return None
    whole = {theme for theme, part in parts if not part}
    names = {theme.id: known_matters().named(theme.name) for theme in matcher.themes}
    of_items = {named} | {theme if theme in known_matters() else names[theme] for theme in whole}
    return MatterSought(
        words, parts, "" if parts else named, None if whole else subjects[0], frozenset(of_items - {""})
    )


def reports_on(index: SearchIndex, reports: Sequence[Report], sought: MatterSought) -> list[ReportOnMatter]:
    """Return what reports say about a matter, in the same order. Reports that do not mention it are left out."""
    found = [each for report in reports for each in _sentences(index, report, sought)]
    about: dict[str, list[JudgedSentence]] = {}
    for each in _of_themes(index, found, sought) if sought.parts else judged(index, found, [sought]):
        about.setdefault(each.sentence.passage.report.id, []).append(each)
    return [
        ReportOnMatter(
            report,
            tuple(each for each in about[report.id] if each.sentence.is_listed),
            tuple(each for each in about[report.id] if not each.sentence.is_listed),
        )
        for report in reports
        if report.id in about
    ]


def _of_themes(index: SearchIndex, found: Sequence[SubjectSentence], sought: MatterSought) -> list[JudgedSentence]:
    """Return sentences in the same order, each with how certain we are that it makes a remark on one of the themes.

    The model of remarks also decides if a sentence is really about the theme.
    """
    certainty: dict[tuple[int, int], dict[Stance, float]] = {each.place: dict.fromkeys(Stance, 0.0) for each in found}
    for each in found:
        if each.is_listed:
            certainty[each.place][Stance.WEAKNESS] = 1.0
    for remark in (remark for theme, _ in sought.parts for remark in index.remarks.find(theme)):
        at = certainty.get((remark.row, remark.sentence))
        if at is not None:
            at[remark.stance] = max(at[remark.stance], remark.certainty)
    return [JudgedSentence(each, certainty[each.place]) for each in found]


def _sentences(index: SearchIndex, report: Report, sought: MatterSought) -> Iterator[SubjectSentence]:
    """Yield each sentence of a report about a matter, once.

    A sentence that does not name it counts only if it is an item of the report's list or if, like "These were late",
    it needs a sentence before it and its passage names the matter.
    """
    numbers: dict[int, list[int]] = {}
    seen = set()
    for indexed in index.store.passages_of(report.id):
        is_named = sought.is_named_in(indexed.passage.text)
        for number, (start, end) in enumerate(indexed.passage.sentences):
            text = indexed.passage.text[start:end]
            is_listed = report.improvement_at(indexed.passage.start + start) is not None
            if is_listed:
                is_about = sought.is_asked_in(text)
            else:
                is_about = sought.is_named_in(text) or (is_named and lacks_subject(text) and sought.is_in(text))
            if is_about and text not in seen:
                seen.add(text)
                numbers.setdefault(indexed.row, []).append(number)
    for passage in index.passages_at(list(numbers)):
        yield from (SubjectSentence(passage, number) for number in numbers[passage.row])
