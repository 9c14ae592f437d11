"""The adapter through which the tests of follow-ups and phrases call the code that understands questions.

For each field that a line in tests/data/understanding may have, there is a function here. If the code moves, change
only this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.types import Report
from qa_service.types import Choice
from qa_service.understanding.follow_up import interpret_in_context
from qa_service.understanding.grade_questions import asks_for_grade
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.periods import Period
from qa_service.understanding.relative_times import find_relative_time
from qa_service.understanding.requirements import Requirements, asks_for_writing, requirements_of
from qa_service.understanding.vocabulary import related_words

DEMANDS = ("quantity", "money", "on_others", "weakness", "strength")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and what the service understood it to mean."""

    text: str
    interpretation: Interpretation
    carried: tuple[str, ...]
    choices: tuple[Choice, ...]


def understand(
    text: str,
    history: Sequence[str],
    reports: Sequence[Report],
    *,
    set_aside: Sequence[str] = (),
    set_aside_before: Sequence[Sequence[str]] = (),
) -> Understood:
    """Interpret a question asked after others, without the parts that a person removed."""
    interpretation = interpret_in_context(text, history, reports, set_aside, set_aside_before)
    return Understood(text, interpretation, interpretation.carried_over, interpretation.choices)


def _day(day: date) -> str | None:
    return None if day in (date.min, date.max) else day.isoformat()


def _period(period: Period) -> list[str | None]:
    """Return the first and last day of a period. None means that the period is open at that end."""
    return [_day(period.first), _day(period.last)]


def _relative(text: str) -> dict[str, Any] | None:
    """Return the fields of a relative time in a text, leaving out the empty ones."""
    relative = find_relative_time(text)
    if relative is None:
        return None
    fields = {name: getattr(relative, name) for name in ("years", "step", "near", "since", "ever")}
    return {name: value for name, value in fields.items() if value is not None and (value or name == "years")}


QUESTION_FIELDS: Mapping[str, Callable[[Understood], Any]] = {
    "authorities": lambda u: list(u.interpretation.authorities),
    "periods": lambda u: [_period(period) for period in u.interpretation.periods],
    "years": lambda u: [period.first.year for period in u.interpretation.periods],
    "exact": lambda u: [period.exact for period in u.interpretation.periods],
    "of_report": lambda u: [period.of_report for period in u.interpretation.periods],
    "words_of_periods": lambda u: [period.words for period in u.interpretation.periods],
    "relative": lambda u: _relative(u.text),
    "kinds": lambda u: [kind.value for kind in u.interpretation.kinds],
    "latest": lambda u: u.interpretation.latest,
    "improvements": lambda u: u.interpretation.asks_for_improvements,
    "parts": lambda u: [
        {"authorities": list(p.authorities), "years": [t.first.year for t in p.periods], "latest": p.latest}
        for p in u.interpretation.parts
    ],
    "search_text": lambda u: u.interpretation.search_text,
    "in_words": lambda u: list(u.interpretation.labels),
    "text": lambda u: u.interpretation.text,
    "carried": lambda u: list(u.carried),
    "choices": lambda u: [choice.label for choice in u.choices],
    "asks_for_grade": lambda u: asks_for_grade(u.interpretation),
    "claimed": lambda u: u.interpretation.claimed_grade,
    "demands": lambda u: [name for name in DEMANDS if getattr(requirements_of(u.text), name)],
    "asks_for_writing": lambda u: asks_for_writing(u.text),
    "related": lambda u: related_words(u.text),
}
"""The fields of a question that a line may state an expectation for, by their names in the data."""


def _tells(demand: str) -> Callable[[str], bool]:
    return lambda sentence: Requirements(**{demand: True}).penalty(sentence) == 0.0


SENTENCE_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "quantity": _tells("quantity"),
    "money": _tells("money"),
    "on_others": _tells("on_others"),
    "weakness": _tells("weakness"),
    "strength": _tells("strength"),
}
"""Functions that test whether a sentence contains what a question demands, by their names in the data."""
