from __future__ import annotations

from datetime import date, timedelta

import pytest

from qa_service.analysis.grade_history import months_between
from qa_service.understanding.conversation.several_questions import several_questions
from qa_service.understanding.waits.types import Comparison, LengthBound, Measure, Wait, later
from tests.qa_service.conftest import KNOWN, TODAY


@pytest.mark.parametrize(
    ("day", "months", "days", "expected"),
    [
        (date(2023, 11, 17), 36, 0, date(2026, 11, 17)),
        (date(2024, 2, 29), 12, 0, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, 0, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, 0, date(2025, 3, 1)),
        (date(2025, 11, 30), 3, 0, date(2026, 3, 1)),
        (date(2025, 12, 31), 1, 0, date(2026, 1, 31)),
        (date(2025, 12, 31), 0, 60, date(2026, 3, 1)),
        (date(9999, 6, 1), 12, 0, date.max),
        (date(2025, 6, 1), 0, 10**7, date.max),
    ],
)
def test_a_length_of_time_ends_on_a_day(day: date, months: int, days: int, expected: date) -> None:
    assert later(day, months, days) == expected


def test_the_end_of_a_length_agrees_with_the_months_between_two_days() -> None:
    for start in (date(2023, 12, 31), date(2024, 2, 29), date(2024, 8, 30)):
        for months in (1, 2, 6, 12, 13):
            end = later(start, months)
            assert (months_between(start, end), months_between(start, end - timedelta(days=1))) == (months, months - 1)


@pytest.mark.parametrize(
    ("comparison", "before", "on", "after"),
    [
        (Comparison.MORE, False, False, True),
        (Comparison.LEAST, False, True, True),
        (Comparison.FEWER, True, False, False),
        (Comparison.MOST, True, True, False),
    ],
)
def test_a_bound_is_exact_to_the_day(comparison: Comparison, before: bool, on: bool, after: bool) -> None:
    bound, start = LengthBound(comparison, months=36), date(2023, 11, 30)
    ends = [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)]
    assert [bound.allows(start, end) for end in ends] == [before, on, after]


def test_a_length_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least a day"):
        LengthBound(Comparison.MORE)
    with pytest.raises(ValueError, match="only a list"):
        Wait(Measure.DELAY, bound=LengthBound(Comparison.MORE, days=3))


def test_how_long_ago_an_event_was_is_no_question_of_its_own() -> None:
    asked = "When was the last full inspection of Westmarsh and how long ago is that?"
    assert several_questions(asked, KNOWN, TODAY) == (asked,)
    both = "How long ago was Westmarsh last inspected, and what does it need to improve?"
    assert len(several_questions(both, KNOWN, TODAY)) == 2
