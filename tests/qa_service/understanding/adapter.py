"""The adapter through which the tests of follow-ups and phrases call the code that understands questions.

There is a function here for each field that a line in tests/data/understanding may have. If the code moves, change
only this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.types import FULL_INSPECTIONS, Report
from qa_service.types import Choice
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import CountCondition
from qa_service.understanding.conditions.wording import condition_words
from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.conversation.pointing import Item, Shown
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.grade_questions import asks_for_grade
from qa_service.understanding.questions.headlines import headlines_asked
from qa_service.understanding.questions.register_questions import asks_what_became
from qa_service.understanding.relative_times import find_relative_time
from qa_service.understanding.requirements import (
    Requirements,
    asks_about_future,
    asks_for_advice,
    asks_for_writing,
    requirements_of,
)
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.unread import unread_times
from qa_service.understanding.waits.parts import ANY_INSPECTION
from qa_service.understanding.waits.types import Wait
from qa_service.understanding.words.vocabulary import related_words
from tests.qa_service.conftest import TODAY

DEMANDS = ("quantity", "money", "on_others", "weakness", "strength")

KNOWN_COUNTS = {
    "accommodation": 80, "and": 9000, "are": 3000, "assessment": 200, "authorities": 160, "authority": 900,
    "caseload": 30, "caseloads": 120, "care": 3000, "children": 9000, "fostering": 90, "graded": 830, "leavers": 900,
    "neglect": 120, "placement": 60, "placements": 300, "private": 40, "privately": 30, "published": 90, "rate": 126,
    "rated": 17, "social": 2000, "strategic": 90, "strategy": 200, "supervision": 490, "supervisor": 2, "their": 4000,
    "thresholds": 80, "timely": 300, "workers": 1900,
}  # fmt: skip
"""How often reports contain some words. The spelling tests expect misspelt words to be corrected to these words."""


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
    shown: Sequence[Mapping[str, Any]] | None = None,
) -> Understood:
    """Interpret a question asked after others, without the parts that a person removed.

    ``shown`` describes the answer to each earlier question. "items" contains the words of each item, or its words and
    authority. "list" says whether the items are a list, and "whole" says whether all of the list was shown. "quotes"
    contains the quotes, and "next" is the offset of the next item in the list.
    """
    interpretation = interpret_in_context(
        text,
        history,
        reports,
        TODAY,
        set_aside,
        set_aside_before,
        known_counts=KNOWN_COUNTS,
        shown_by=(lambda place, question: _shown(shown[place], question)) if shown is not None else None,
    )
    return Understood(text, interpretation, interpretation.carried_over, interpretation.choices)


def _day(day: date) -> str | None:
    return None if day in (date.min, date.max) else day.isoformat()


def _period(period: Period) -> list[str | None]:
    """Return the first and last day of a period. None means that the period is open at that end."""
    return [_day(period.first), _day(period.last)]


def _number(count: CountCondition | None) -> list[int | None] | None:
    """Return the lowest and highest number that a condition allows."""
    return [count.least, count.most] if count else None


def _length(wait: Wait | None) -> list[Any] | None:
    """Return the comparison, months and days of the limit on a length of time."""
    bound = wait.bound if wait else None
    return [bound.comparison.value, bound.months, bound.days] if bound else None


def _kinds_meant(wait: Wait | None) -> str | list[str] | None:
    """Return a word for the kinds of inspection from which a time is counted: "full", "any" or their names."""
    if wait is None:
        return None
    names = {FULL_INSPECTIONS: "full", INSPECTIONS: "inspection", ANY_INSPECTION: "any", (): "report"}
    return names.get(wait.kinds, [kind.value for kind in wait.kinds])


def _shown(shown: Mapping[str, Any], question: Interpretation) -> Shown:
    about = question.authorities[0] if question.authorities else None
    items = [Item(**item) if isinstance(item, dict) else Item(item, about) for item in shown.get("items", ())]
    return Shown(
        tuple(items),
        is_list=shown.get("list", False),
        is_whole=shown.get("whole", False),
        quotes=tuple(shown.get("quotes", ())),
        next_offset=shown.get("next"),
    )


def _relative(text: str) -> dict[str, Any] | None:
    """Return the fields of a relative time in a text, leaving out the empty ones."""
    relative = find_relative_time(text)
    if relative is None:
        return None
    fields = {name: getattr(relative, name) for name in ("years", "step", "near", "since", "ever")}
    return {name: value for name, value in fields.items() if value is not None and (value or name == "years")}


QUESTION_FIELDS: Mapping[str, Callable[[Understood], Any]] = {
    "became": lambda u: asks_what_became(u.interpretation),
    "authorities": lambda u: list(u.interpretation.authorities),
    "periods": lambda u: [_period(period) for period in u.interpretation.periods],
    "years": lambda u: [period.first.year for period in u.interpretation.periods],
    "exact": lambda u: [period.exact for period in u.interpretation.periods],
    "of_report": lambda u: [period.of_report for period in u.interpretation.periods],
    "words_of_periods": lambda u: [period.words for period in u.interpretation.periods],
    "labels_of_periods": lambda u: [period.shown for period in u.interpretation.periods],
    "published": lambda u: [period.published for period in u.interpretation.periods],
    "counted": lambda u: [period.relative for period in u.interpretation.periods],
    "other_days": lambda u: [
        _period(period.alternative) for period in u.interpretation.periods if period.alternative is not None
    ],
    "denied": lambda u: [period.words for period in find_periods(u.text, TODAY) if period.excluded],
    "unread": lambda u: [u.text[start:end] for start, end in unread_times(u.text, TODAY)],
    "relative": lambda u: _relative(u.text),
    "kinds": lambda u: [kind.value for kind in u.interpretation.kinds],
    "latest": lambda u: u.interpretation.latest,
    "changed": lambda u: u.interpretation.changed,
    "since_last": lambda u: u.interpretation.since_last,
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
    "asks_for_advice": lambda u: asks_for_advice(u.text),
    "asks_about_future": lambda u: asks_about_future(u.text),
    "corrections": lambda u: [[word.typed, word.taken] for word in u.interpretation.corrections],
    "regions": lambda u: list(u.interpretation.regions),
    "districts": lambda u: [list(pair) for pair in u.interpretation.districts],
    "related": lambda u: related_words(u.text),
    "wanted": lambda u: u.interpretation.conditions.wanted.value,
    "counts": lambda u: u.interpretation.conditions.counts,
    "themes": lambda u: list(theme.themes) if (theme := u.interpretation.conditions.theme) else [],
    "stance": lambda u: str(theme.stance) if (theme := u.interpretation.conditions.theme) else None,
    "subject": lambda u: subject.words if (subject := u.interpretation.conditions.subject) else "",
    "subject_stance": lambda u: subject.stance if (subject := u.interpretation.conditions.subject) else None,
    "aspect": lambda u: subject.aspect if (subject := u.interpretation.conditions.subject) else "",
    "conditions": lambda u: [condition_words(condition) for condition in u.interpretation.conditions.grades],
    "any_of": lambda u: u.interpretation.conditions.any_of,
    "which": lambda u: u.interpretation.conditions.which,
    "newest": lambda u: u.interpretation.conditions.newest,
    "newest_that_fit": lambda u: u.interpretation.conditions.newest_that_fit,
    "newest_of_each": lambda u: u.interpretation.conditions.newest_of_each,
    "own_list": lambda u: own.value if (own := u.interpretation.conditions.own_list) else None,
    "in_list": lambda u: bool((subject := u.interpretation.conditions.subject) and subject.in_list),
    "order": lambda u: (
        ("newest first" if order.newest_first else "oldest first")
        if (order := u.interpretation.conditions.order)
        else None
    ),
    "is_new": lambda u: u.interpretation.conditions.is_new,
    "number": lambda u: _number(u.interpretation.conditions.number),
    "of_kinds": lambda u: len(u.interpretation.conditions.kinds),
    "other_kinds": lambda u: [kind.value for kind in u.interpretation.conditions.other_kinds],
    "excluded": lambda u: list(u.interpretation.conditions.excluded),
    "led_by": lambda u: u.interpretation.conditions.led_by,
    "phrases": lambda u: list(u.interpretation.conditions.phrases),
    "absent": lambda u: u.interpretation.conditions.absent,
    "compares": lambda u: sorted(u.interpretation.conditions.relations),
    "told": lambda u: list(u.interpretation.told),
    "points": lambda u: u.interpretation.pointed is not None,
    "unmet": lambda u: u.interpretation.pointed.unmet if u.interpretation.pointed else "",
    "first_item": lambda u: u.interpretation.pointed.first_item if u.interpretation.pointed else 0,
    "not_applied": lambda u: list(u.interpretation.not_applied),
    "headlines": lambda u: [polarity.value for polarity in headlines_asked(u.interpretation)],
    "names": lambda u: list(u.interpretation.names),
    "past_grades": lambda u: past.form.value if (past := u.interpretation.past_grades) else None,
    "past": lambda u: sorted(past.grades) if (past := u.interpretation.past_grades) else None,
    "past_area": lambda u: past.area.name if (past := u.interpretation.past_grades) and past.area else None,
    "and_since": lambda u: past.and_since if (past := u.interpretation.past_grades) else None,
    "wait": lambda u: wait.measure.value if (wait := u.interpretation.wait) else None,
    "lists": lambda u: wait.lists if (wait := u.interpretation.wait) else None,
    "longest_or_shortest": lambda u: wait.order.value if (wait := u.interpretation.wait) else None,
    "single": lambda u: wait.single if (wait := u.interpretation.wait) else None,
    "length": lambda u: _length(u.interpretation.wait),
    "kinds_meant": lambda u: _kinds_meant(u.interpretation.wait),
    "limits": lambda u: [u.interpretation.words_at(limit.span) for limit in u.interpretation.conditions.limits],
}
"""The fields of a question for which a line may state an expectation, keyed by their names in the data."""


def _tells(demand: str) -> Callable[[str], bool]:
    asked: dict[str, Any] = {demand: True}
    return lambda sentence: Requirements(**asked).penalty(sentence) == 0.0


SENTENCE_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "quantity": _tells("quantity"),
    "money": _tells("money"),
    "on_others": _tells("on_others"),
    "weakness": _tells("weakness"),
    "strength": _tells("strength"),
}
"""Functions that test whether a sentence contains what a question requires, keyed by their names in the data."""
