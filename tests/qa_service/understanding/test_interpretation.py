from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Form, Kind
from qa_service.understanding.interpretation import Part, interpret
from qa_service.understanding.report_preference import preferences
from tests.qa_service.conftest import TODAY


@pytest.fixture
def read(known):
    return lambda text: interpret(text, known, TODAY)


def test_one_authority_is_one_part(read):
    question = read("How are care leavers housed in Westmarsh in 2019?")
    assert question.parts == (Part(("Westmarsh",), question.periods, latest=False),)


def test_a_question_that_names_nothing_is_still_one_part(read):
    assert read("Who pays council tax?").parts == (Part(),)


def test_each_of_two_authorities_is_searched_separately_for_the_year_named(read):
    question = read("Compare caseloads in Westmarsh and Aldermere in 2024")
    assert [part.authorities for part in question.parts] == [("Westmarsh",), ("Aldermere",)]
    assert [[period.first.year for period in part.periods] for part in question.parts] == [[2024], [2024]]


def test_two_authorities_with_two_years_are_paired_in_order(read):
    question = read("Who had heavier caseloads, Dudley in 2024 or Newham in 2022?")
    assert [(part.authorities, part.periods[0].first.year) for part in question.parts] == [
        (("Dudley",), 2024),
        (("Newham",), 2022),
    ]


def test_each_of_two_authorities_is_searched_for_its_latest_report(read):
    assert [part.latest for part in read("Is Westmarsh now better than Aldermere?").parts] == [True, True]


def test_each_of_two_years_of_one_authority_is_searched_separately(read):
    question = read("How did caseloads in Westmarsh change from 2019 to 2023?")
    assert [(part.authorities, part.periods[0].first.year) for part in question.parts] == [
        (("Westmarsh",), 2019),
        (("Westmarsh",), 2023),
    ]


@pytest.mark.parametrize(
    "text", ["Westmarsh", "Westmarsh?", "Westmarsh 2019", "in 2019?", "the latest report", "Ofsted", "???"]
)
def test_the_question_itself_is_searched_if_there_is_nothing_else_to_search(read, text):
    assert read(text).search_text.strip()


WORDS = [
    "Westmarsh",
    "Westmarsh’s",
    "in",
    "2019",
    "since",
    "autumn 2023",
    "and",
    "(",
    ")",
    "latest",
    "report",
    "neglect",
    "?",
    ",",
    "the",
    "vs",
    "visit",
    "Bury",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join))
def test_any_question_has_words_to_search_and_at_least_one_part(text):
    question = interpret(text, ("Westmarsh",), TODAY)
    assert question.search_text.strip()
    assert question.parts
    assert {name for part in question.parts for name in part.authorities} == set(question.authorities)
    assert ("neglect" in question.search_text) == ("neglect" in text)


def test_the_labels_put_the_interpretation_into_words(read):
    text = "What did the latest monitoring visit to Carrowby in February 2023 find?"
    assert read(text).labels == ("Carrowby", "February 2023", "monitoring visit", "latest report")
    assert read("Who pays council tax?").labels == ()


def test_reports_of_the_right_time_and_kind_and_the_latest_are_preferred(make_report, read):
    old = make_report("old", authority="Westmarsh", kind=Kind.ILACS, inspected_to=date(2019, 9, 27))
    new = make_report("new", authority="Westmarsh", kind=Kind.ILACS, inspected_to=date(2023, 9, 22))
    visit = make_report("visit", authority="Westmarsh", kind=Kind.FOCUSED_VISIT, inspected_to=date(2024, 9, 22))
    reports = [old, new, visit]

    def factors(text):
        question = read(text)
        return preferences(question, question.parts[0], reports)

    assert factors("neglect") == {}
    timeless = factors("neglect in Westmarsh")
    assert timeless[visit.id] > timeless[new.id] > timeless[old.id] > 0
    assert timeless[visit.id] < 0.35, "newer is preferred a little, not required"
    then = factors("neglect in Westmarsh in 2019")
    assert set(then) == {old.id}
    full = factors("neglect at the inspection of Westmarsh in 2019")
    assert full[old.id] > full[new.id] > 0
    assert visit.id not in full
    assert set(factors("neglect in Westmarsh now")) == {visit.id}
    latest = factors("neglect at the latest inspection of Westmarsh")
    assert latest[new.id] > latest[old.id]
    assert visit.id not in latest
    since = factors("neglect in Westmarsh since 2020")
    assert set(since) == {new.id, visit.id}
    assert all(0 < factor < then[old.id] for factor in since.values())


def test_a_thematic_report_is_preferred_for_a_national_question(make_report, read):
    thematic = make_report("many", form=Form.THEMATIC)
    question = read("What did the national study find about kinship care?")
    assert set(preferences(question, question.parts[0], [thematic, make_report("one")])) == {thematic.id}


def test_years_are_not_paired_with_fewer_authorities(read):
    years = " ".join(f"in {year}," for year in range(2010, 2019))
    question = read(f"How were Leeds, Kent, Surrey, Dudley, Essex, Devon, Dorset and Norfolk {years} rated?")
    assert {len(part.periods) for part in question.parts} != {1}
