"""Finds the sentences of reports that are about a subject in a person's own words, and says which praise or criticise.

We look at every passage of the reports. The words of a sentence show its subject. Whether it praises or criticises is
decided from its words and its stored vector, so nothing has to be encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from corpus.theme_parts import part_meant
from corpus.themes import ThemeMatcher, known_themes
from index.encoding.stances.stance import STANCES, stance_model
from index.search.scope import is_about_scope
from index.search.search_index import SearchIndex
from index.types import ScoredPassage, Stance
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.subject_stances import LEAST_CERTAINTY, praises_in_contrast, subject_stances
from qa_service.understanding.subjects import Subject, subjects_of


class Sought(Protocol):
    """What sentences may be about: a subject, or a matter."""

    def is_in(self, sentence: str) -> bool:
        """Whether a sentence is about it."""


@dataclass(frozen=True, slots=True)
class SubjectSentence:
    """A sentence about a subject."""

    passage: ScoredPassage
    number: int
    """Index of the sentence in its passage, from 0."""

    @property
    def place(self) -> tuple[int, int]:
        """The row of its passage, and its index in the passage."""
        return self.passage.row, self.number

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        start, end = self.passage.passage.sentences[self.number]
        return self.passage.passage.text[start:end]

    @property
    def is_listed(self) -> bool:
        """Whether it is in the report's own list of what must improve."""
        place = self.passage.passage.start + self.passage.passage.sentences[self.number][0]
        return self.passage.report.improvement_at(place) is not None

    @property
    def is_whole(self) -> bool:
        """Whether it begins as a sentence does. A bullet such as "in private fostering arrangements" does not."""
        return not self.text.lstrip("‘“'\"(•– ")[:1].islower()

    def evidence(self, certainty: float = 1.0) -> Evidence:
        """Return the sentence as evidence, which we can prove and cite."""
        span = self.passage.passage.sentences[self.number]
        return Evidence(self.passage, self.number, *span, certainty, 1.0, certainty)


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence about a subject, with the probability of each stance."""

    sentence: SubjectSentence
    certainty: Mapping[Stance, float]

    def takes(self, stance: Stance) -> bool:
        """Whether it takes a stance."""
        return self.certainty[stance] >= LEAST_CERTAINTY

    @property
    def stance(self) -> Stance:
        """The stance that it takes most clearly."""
        return max(self.certainty, key=lambda stance: self.certainty[stance])

    @property
    def clarity(self) -> float:
        """How clearly it praises or criticises."""
        return self.certainty[self.stance]

    @property
    def takes_any(self) -> bool:
        """Whether it praises or criticises."""
        return self.takes(self.stance)


def about_words(words: str) -> Callable[[str], bool]:
    """Return a function that says if a text is about some words, in any form or as a theme or a part of a theme."""
    subjects, known = subjects_of(words), known_themes()
    themes = tuple(theme.id for theme in known.themes_of(words)) if known.whole_in(words.lower()) else ()
    parts = {theme: part_meant(known, theme, words) for theme in themes}
    of_these = _matcher_of(themes)  # matching the words of all the other themes would take most of the time

    def is_about(text: str) -> bool:
        if any(subject.is_in(text) for subject in subjects):
            return True
        found = {theme.id for theme in of_these.themes_of(text)} if parts else set()
        return any(theme in found and (not part or part.is_in(text)) for theme, part in parts.items())

    return is_about


@lru_cache(maxsize=32)
def _matcher_of(themes: tuple[str, ...]) -> ThemeMatcher:
    """Return a matcher for only the themes with the given ids."""
    return ThemeMatcher([theme for theme in known_themes().themes if theme.id in themes])


def sentences_about(index: SearchIndex, reports: Collection[str], subjects: Iterable[Subject]) -> list[SubjectSentence]:
    """Return all the sentences of some reports that are about any of the subjects, in the order of the index.

    ``reports`` are ids.
    """
    subjects = tuple(subjects)
    rows = sorted({row for subject in subjects for row in _rows(index, reports, subject)})
    return [
        SubjectSentence(passage, number)
        for passage in index.passages_at(rows)
        for number, (start, end) in enumerate(passage.passage.sentences)
        if any(subject.is_in(passage.passage.text[start:end]) for subject in subjects)
    ]


def judged(
    index: SearchIndex, sentences: Sequence[SubjectSentence], subjects: Iterable[Sought]
) -> list[JudgedSentence]:
    """Return sentences with the probability of each stance, in the same order.

    An item in a report's own list of what must improve always criticises. A sentence in a section that only says what
    inspectors looked at neither praises nor criticises. Without an encoder, only the words of a sentence count.
    """
    if not sentences:
        return []
    texts = [each.text for each in sentences]
    if index.degraded:
        model, vectors = stance_model(""), np.zeros((len(texts), index.manifest.dimension), dtype=np.float32)
    else:
        model = stance_model(index.manifest.revision)
        vectors = index.sentence_vectors([each.place for each in sentences])
    found = subject_stances(texts, model.stances(texts, vectors))
    subjects = tuple(subjects)

    def is_about(text: str) -> bool:
        return any(subject.is_in(text) for subject in subjects)

    for at, each in enumerate(sentences):
        if praises_in_contrast(each.text, is_about):
            found[at, STANCES.index(Stance.WEAKNESS)] = 0.0
        if each.is_listed:
            found[at] = [float(stance is Stance.WEAKNESS) for stance in STANCES]
        elif is_about_scope(each.passage.passage.section):
            found[at] = 0.0
    return [
        JudgedSentence(each, dict(zip(STANCES, row, strict=True)))
        for each, row in zip(sentences, found.tolist(), strict=True)
    ]


def by_report(sentences: Iterable[JudgedSentence]) -> dict[str, list[JudgedSentence]]:
    """Return sentences in the same order, by the id of their report."""
    found: dict[str, list[JudgedSentence]] = {}
    for each in sentences:
        found.setdefault(each.sentence.passage.report.id, []).append(each)
    return found


def _rows(index: SearchIndex, reports: Collection[str], subject: Subject) -> Iterator[int]:
    """Yield the rows of the passages that may have a sentence about a subject."""
    for wording in subject.wordings:
        groups = []
        for group in wording.groups:
            sought = {phrase.sought for phrase in group if phrase.sought}
            groups.append({row for words in sought for row in index.rows_with(words, reports)})
        yield from set.intersection(*groups)
