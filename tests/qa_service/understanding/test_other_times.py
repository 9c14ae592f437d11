from __future__ import annotations

import pytest

from qa_service.types import OtherTime
from qa_service.understanding.times.other_times import other_times
from qa_service.understanding.times.reading import find_periods
from tests.qa_service.conftest import TODAY


def offered(text):
    return other_times(text, find_periods(text, TODAY), TODAY)


@pytest.mark.parametrize(
    ("text", "taken", "other", "question"),
    [
        (
            "Which authorities were inspected in 2023/24?",
            "2023 to 2024",
            "1 April 2023 to 31 March 2024 (financial year)",
            "Which authorities were inspected between 1 April 2023 and 31 March 2024?",
        ),
        (
            "Which reports were published in 2023/24?",
            "published between 2023 and 2024",
            "1 April 2023 to 31 March 2024 (financial year)",
            "Which reports were published between 1 April 2023 and 31 March 2024?",
        ),
        (
            "What did the 2019-20 inspection of Orle say?",
            "2019 to 2020",
            "1 April 2019 to 31 March 2020 (financial year)",
            "What did the April 2019 to March 2020 inspection of Orle say?",
        ),
        (
            "How was Orle rated in FY24?",
            "1 April 2023 to 31 March 2024 (financial year)",
            "1 April 2024 to 31 March 2025 (financial year)",
            "How was Orle rated between 1 April 2024 and 31 March 2025?",
        ),
        ("What do reports from 2019 say?", "from 2019", "2019", "What do reports in 2019 say?"),
        ("Was Orle good by 2023?", "2023", "up to 31 December 2023", "Was Orle good before 1 January 2024?"),
    ],
)
def test_the_other_time_is_written_out_and_read_as_that_time_alone(text, taken, other, question):
    assert offered(text) == (OtherTime(taken, other, question),)
    [period] = find_periods(text, TODAY)
    [written] = find_periods(question, TODAY)
    assert (written.first, written.last) == (period.alternative.first, period.alternative.last)
    assert written.alternative is None
    assert offered(question) == ()


@pytest.mark.parametrize(
    "text",
    [
        "How was Orle rated in 2023?",
        "Which authorities were inspected between 1 April 2023 and 31 March 2024?",
        "Which inspections of 2023/24 led to visits in 2023/24?",
    ],
)
def test_none_is_offered_if_the_time_is_plain_or_its_words_stand_there_twice(text):
    assert offered(text) == ()


def test_a_time_from_an_earlier_question_is_left_out():
    periods = find_periods("Which authorities were inspected in 2023/24?", TODAY)
    assert other_times("And which were good?", periods, TODAY) == ()
