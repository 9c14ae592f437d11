"""Pipelines with some of their parts left out, to measure what each part contributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from qa_service.answering.composition import Composition
from qa_service.answering.kinds.facts import Facts
from qa_service.answering.kinds.grades.grade import GradeOf
from qa_service.answering.kinds.grades.grade_premise import GradePremise
from qa_service.answering.kinds.grades.graded_parts import PartsOfInspection
from qa_service.answering.kinds.grades.past_grades import PastGrades
from qa_service.answering.kinds.improvements import Improvements
from qa_service.answering.kinds.items_on import ItemsOn
from qa_service.answering.kinds.kind import KindOfQuestion
from qa_service.answering.kinds.theme import Theme
from qa_service.answering.kinds.waits import Waits
from qa_service.answering.retrieval import RetrievalParts
from qa_service.understanding.interpretation import Interpretation, as_one_part, without_improvements
from qa_service.understanding.requirements import Requirements


class Mechanism(StrEnum):
    """A part that can be left out of a pipeline."""

    PASSAGE_VECTORS = "passage-vectors"
    SENTENCE_VECTORS = "sentence-vectors"
    WORDS = "words"
    VOCABULARY = "vocabulary"
    SUBJECT = "subject"
    """Removing names and times from the text that we search for."""
    AUTHORITIES = "authorities"
    TIMES = "times"
    PREFERENCES = "preferences"
    PARTS = "parts"
    """Searching each side of a comparison separately."""
    GRADES = "grades"
    IMPROVEMENTS = "improvements"
    PREMISE = "premise"
    SCREEN = "screen"
    """Recognising, before the search, questions that no report can answer."""
    DEMANDS = "demands"
    """Requiring a sentence to contain what the question asks for, such as a quantity."""
    CROSS_ENCODER = "cross-encoder"
    SPREAD = "spread"
    """Taking one passage from each report for a question across all reports."""


RANKINGS = {
    Mechanism.PASSAGE_VECTORS: "dense",
    Mechanism.SENTENCE_VECTORS: "sentence",
    Mechanism.WORDS: "sparse",
    Mechanism.VOCABULARY: "related",
}
PLAIN_HYBRID = frozenset(Mechanism) - {Mechanism.PASSAGE_VECTORS, Mechanism.WORDS}
"""The mechanisms to leave out if we want to search as most systems do. They add up the scores of passage vectors and of
words."""


def compose(left_out: Iterable[Mechanism]) -> Composition:
    """Return a composition without the given mechanisms."""
    composition = Composition()
    for mechanism in Mechanism:  # apply them in the same order, whatever order the caller gives
        if mechanism in left_out:
            composition = _WITHOUT[mechanism](composition)
    return composition


_Change = Callable[[Composition], Composition]


def _without_kinds(*kinds: type[KindOfQuestion]) -> _Change:
    return lambda composition: replace(
        composition, kinds=tuple(kind for kind in composition.kinds if not isinstance(kind, kinds))
    )


def _without_ranking(ranking: str) -> _Change:
    return _with_retrieval(lambda parts: replace(parts, rankings_left_out=parts.rankings_left_out | {ranking}))


def _with_retrieval(change: Callable[[RetrievalParts], RetrievalParts]) -> _Change:
    return lambda composition: replace(composition, retrieval=change(composition.retrieval))


def _adjusted(adjustment: Callable[[Interpretation], Interpretation]) -> _Change:
    return lambda composition: replace(composition, adjust=(*composition.adjust, adjustment))


def _without_improvements(composition: Composition) -> Composition:
    return _adjusted(without_improvements)(_without_kinds(Improvements, ItemsOn)(composition))


_WITHOUT: Mapping[Mechanism, _Change] = {
    **{mechanism: _without_ranking(ranking) for mechanism, ranking in RANKINGS.items()},
    Mechanism.SUBJECT: _with_retrieval(lambda parts: replace(parts, removes_names=False)),
    Mechanism.AUTHORITIES: _with_retrieval(lambda parts: replace(parts, by_authority=False)),
    Mechanism.TIMES: _with_retrieval(lambda parts: replace(parts, by_time=False)),
    Mechanism.PREFERENCES: _with_retrieval(lambda parts: replace(parts, by_preference=False)),
    Mechanism.PARTS: _adjusted(as_one_part),
    Mechanism.GRADES: _without_kinds(Facts, GradeOf, PartsOfInspection, PastGrades, Waits),
    Mechanism.IMPROVEMENTS: _without_improvements,
    Mechanism.PREMISE: _without_kinds(GradePremise),
    Mechanism.SCREEN: lambda composition: replace(composition, screens=False),
    Mechanism.DEMANDS: lambda composition: replace(composition, requirements_for=lambda _: Requirements()),
    Mechanism.CROSS_ENCODER: lambda composition: replace(composition, uses_cross_encoder=False),
    Mechanism.SPREAD: _without_kinds(Theme),
}
