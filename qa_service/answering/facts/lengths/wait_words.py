"""The words that answers about lengths of time share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corpus.types import FULL_INSPECTIONS
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import kind_noun, plural
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.waits.parts import ANY_INSPECTION
from qa_service.understanding.waits.types import Comparison, LengthBound, Wait
from qa_service.wording import length_of_time

_COMPARED: Mapping[Comparison, str] = {
    Comparison.MORE: "more than",
    Comparison.LEAST: "at least",
    Comparison.FEWER: "less than",
    Comparison.MOST: "at most",
}


def is_general(wait: Wait) -> bool:
    """Whether a question names no kind of inspection, so that a sentence must say what kind the last one was."""
    return wait.kinds in (ANY_INSPECTION, INSPECTIONS, ())


def noun_of(wait: Wait) -> str:
    """Return the noun for the inspections that count: "full inspection", "focused visit"."""
    if wait.kinds == FULL_INSPECTIONS:
        return "full inspection"
    if wait.kinds == INSPECTIONS:
        return "inspection"
    return "inspection or visit" if is_general(wait) else kind_noun(wait.kinds, 1)


def time_words(scope: FactScope) -> str:
    """Return the times that a question names, in words to put after "inspection"."""
    return in_words(scope.question, of_reports=True, of_inspections=True)


def bound_words(bound: LengthBound) -> str:
    """Return a limit in words: "more than 3 years", "at most 60 days"."""
    parts: list[tuple[int, Callable[[int], str]]] = [
        (bound.months, length_of_time),
        (bound.days, lambda days: plural(days, "day")),
    ]
    return f"{_COMPARED[bound.comparison]} {' '.join(words(count) for count, words in parts if count)}"
