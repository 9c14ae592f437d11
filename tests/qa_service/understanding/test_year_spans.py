from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.times.year_spans import YearSpan, is_of_another_time, years_asked

ASKED = (YearSpan(2022),)
REPORTED = date(2024, 3, 4)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("How many reviews were on time in 2022-23?", [2022]),
        ("adoptions 2022/23, how many", [2022]),
        ("Adoptions in 2013–14 against 2012 to 2013?", [2012, 2013]),
        ("Missing episodes in 2013-2014?", [2013]),
        ("What changed from 2019-22?", []),  # these are three years
        ("Which services got top marks in the 2016/17 single inspection?", []),
        ("What did the 2013-14 report say about adoption?", []),
        ("Ring 2020-2134 about it", []),
        ("In 2022, how many?", []),
    ],
)
def test_the_financial_and_school_years_of_a_question(question, years):
    assert [span.first for span in years_asked(question)] == years


@pytest.mark.parametrize(
    ("sentence", "is_other"),
    [
        ("In 2014–15, 92% of reviews were on time.", True),
        ("In 2022–23, 92% of reviews were on time.", False),
        ("This rose from 80% in 2014–15 to 92% in 2022–23.", False),
        ("Between November 2022 and January 2023, 92% were on time.", False),
        ("In 2020–21, 92% of reviews were on time.", False),  # it may go on to say what has changed since
        ("By March 2019, 92% of reviews were on time.", True),
        ("Last year, 92% of reviews were on time.", False),
    ],
)
def test_a_sentence_that_states_only_years_far_from_those_asked_for(sentence, is_other):
    assert is_of_another_time(sentence, REPORTED, ASKED) is is_other


def test_an_older_report_cannot_answer():
    assert is_of_another_time("Most reviews were on time.", date(2015, 11, 24), ASKED)
    assert not is_of_another_time("Most reviews were on time.", date(2022, 11, 24), ASKED)
    assert not is_of_another_time("Most reviews were on time.", date.min, ASKED)  # it has no date


def test_a_much_later_report_is_about_its_own_time_unless_it_states_the_year():
    later = date(2026, 6, 2)
    assert is_of_another_time("All 702 children have been seen in the past year.", later, ASKED)
    assert not is_of_another_time("In 2022–23, all 702 children were seen.", later, ASKED)
    assert not is_of_another_time("All 702 children have been seen in the past year.", date(2024, 11, 2), ASKED)


def test_without_a_year_any_sentence_may_answer():
    assert not is_of_another_time("In 2014–15, 92% of reviews were on time.", date(2015, 11, 24), ())
