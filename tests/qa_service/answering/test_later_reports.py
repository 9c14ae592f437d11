from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import in_words
from corpus.types import Form, Judgement, Kind, Report
from index.search.filtering import report_day
from qa_service.answering.later_reports import note_later_reports
from qa_service.types import Answer
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY

Make = Callable[..., Report]
Standing = Callable[[str, Sequence[Report], Sequence[Report]], str]


@pytest.fixture
def make(make_report: Make) -> Make:
    """Return a function that makes a report with a given file name. The report is about Westmarsh by default."""

    def made(file: str, kind: Kind | None = Kind.ILACS, inspected_to: date | None = None, **facts: Any) -> Report:
        return make_report(file, **{"authority": "Westmarsh", "kind": kind, "inspected_to": inspected_to, **facts})

    return made


@pytest.fixture
def old(make: Make) -> Report:
    return make("old", inspected_to=date(2019, 9, 27))


@pytest.fixture
def new(make: Make) -> Report:
    return make("new", inspected_to=date(2023, 9, 22))


@pytest.fixture
def standing(known: tuple[str, ...]) -> Standing:
    return lambda question, told, held: note_later_reports(interpret(question, known, TODAY), told, held)


QUESTION = "Are caseloads manageable in Westmarsh?"
LATEST = "Are caseloads manageable in Westmarsh now?"


@pytest.mark.parametrize("question", [QUESTION, LATEST, "Were caseloads manageable in Westmarsh in 2019?"])
def test_the_note_gives_the_kind_and_day_of_a_report_later_than_the_cited_one(
    standing: Standing, old: Report, new: Report, question: str
) -> None:
    note = standing(question, [old], [old, new])
    assert note == "There is a later report about Westmarsh, on its inspection of 22 September 2023."


def test_a_later_report_that_gives_grades_is_named_first_if_the_answer_shows_grades(
    known: tuple[str, ...], make: Make, old: Report
) -> None:
    grades = (Judgement("Overall effectiveness", "Good", 1),)
    regraded = make("regraded", inspected_to=date(2021, 9, 22), judgements=grades)
    visit = make("visit", Kind.FOCUSED_VISIT, date(2024, 2, 1))
    question = interpret(QUESTION, known, TODAY)
    again = "Westmarsh was graded again at its inspection of 22 September 2021."
    later = "There is also a later report about Westmarsh, on its focused visit of 1 February 2024."
    assert note_later_reports(question, [old], [old, regraded], grades=True) == again
    assert note_later_reports(question, [old], [old, regraded, visit], grades=True) == f"{again} {later}"
    assert "graded again" not in note_later_reports(question, [old], [old, regraded, visit])
    assert "graded again" not in note_later_reports(question, [regraded], [old, regraded, visit], grades=True)


def test_the_note_calls_a_report_the_latest_only_if_the_question_asks_for_it(
    standing: Standing, old: Report, new: Report
) -> None:
    assert standing(QUESTION, [new], [old, new]) == ""
    assert standing(LATEST, [new], [old, new]) == (
        "The latest report about Westmarsh is on the inspection of 22 September 2023."
    )


def test_the_newest_cited_report_counts_whatever_the_order(standing: Standing, old: Report, new: Report) -> None:
    for told in ([old, new], [new, old], [old, new, old]):
        assert standing(QUESTION, told, [new, old]) == ""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.SINGLE_INSPECTION, "on its inspection of"),
        (Kind.SHORT, "on its inspection of"),
        (Kind.FOCUSED_VISIT, "on its focused visit of"),
        (Kind.MONITORING_VISIT, "on its monitoring visit of"),
        (Kind.JOINT_TARGETED, "on its joint targeted area inspection of"),
        (None, "dated"),
    ],
)
def test_the_note_gives_the_kind_of_any_later_report(
    standing: Standing, make: Make, old: Report, kind: Kind | None, words: str
) -> None:
    later = make("later", kind, date(2024, 2, 1))
    assert standing(QUESTION, [old], [old, later]).endswith(f"about Westmarsh, {words} 1 February 2024.")


def test_a_report_without_a_visit_counts_by_its_publication_day(standing: Standing, make: Make, old: Report) -> None:
    later = make("later", None, published=date(2020, 1, 31))
    assert "31 January 2020" in standing(QUESTION, [old], [later, old])


def test_reports_on_the_partnership_and_on_the_council_are_not_later_reports_of_each_other(
    standing: Standing, make: Make, old: Report, new: Report
) -> None:
    send, later = make("send", Kind.AREA_SEND, date(2022, 3, 1)), make("later", Kind.AREA_SEND, date(2024, 3, 1))
    assert standing(QUESTION, [new], [old, send, new, later]) == ""
    assert standing("EHC plans in Westmarsh?", [later], [old, send, new, later]) == ""
    note = standing("EHC plans in Westmarsh?", [send], [old, send, new, later])
    assert note == "There is a later report about Westmarsh, on its area SEND inspection of 1 March 2024."


def test_an_article_about_a_visit_is_not_a_later_report(standing: Standing, make: Make, new: Report) -> None:
    article = make("article", form=Form.ARTICLE, published=date(2023, 11, 1))
    assert standing(QUESTION, [new], [new, article]) == ""


def test_each_named_and_cited_authority_has_its_own_note(
    standing: Standing, make: Make, old: Report, new: Report
) -> None:
    carrowby = [make(f"c{year}", inspected_to=date(year, 5, 5), authority="Carrowby") for year in (2015, 2021)]
    held = [old, new, *carrowby]
    question = "Are caseloads lower in Westmarsh or in Carrowby?"
    both = standing(question, [old, carrowby[0]], held)
    assert both.index("later report about Westmarsh") < both.index(
        "later report about Carrowby, on its inspection of 5 May 2021."
    )
    assert "Westmarsh" not in standing(question, [new, carrowby[0]], held)
    assert "Carrowby" not in standing(question, [old, carrowby[1]], held)
    assert "Carrowby" not in standing(question, [old], held)


def test_a_cited_report_about_an_unnamed_authority_has_no_note(
    standing: Standing, make: Make, old: Report, new: Report
) -> None:
    assert standing("Are caseloads manageable?", [old], [old, new]) == ""
    assert standing("Are caseloads manageable in Carrowby?", [old], [old, new]) == ""
    thematic = make("many", None, authority=None, form=Form.THEMATIC, published=date(2025, 1, 1))
    assert standing(QUESTION, [thematic], [thematic, old]) == ""
    assert standing(QUESTION, [new], [thematic, new]) == ""


def test_there_is_no_note_if_nothing_is_cited_or_held(standing: Standing, old: Report) -> None:
    assert standing(LATEST, [], [old]) == ""
    assert standing(LATEST, [old], []) == ""


def test_an_undated_report_counts_as_the_oldest_and_is_never_called_the_latest(
    standing: Standing, make: Make, old: Report
) -> None:
    undated = make("undated")
    assert standing(LATEST, [undated], [undated]) == ""
    assert standing(QUESTION, [old], [undated, old]) == ""
    assert "27 September 2019" in standing(QUESTION, [undated], [undated, old])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 9000), min_size=2, max_size=6, unique=True), st.data())
def test_the_note_names_the_latest_report_exactly_if_it_is_not_cited(
    known: tuple[str, ...], make_report: Make, days: list[int], data: st.DataObject
) -> None:
    held = [
        make_report(f"{day}", authority="Westmarsh", inspected_to=date(2001, 1, 1) + timedelta(day)) for day in days
    ]
    told = data.draw(st.lists(st.sampled_from(held), min_size=1))
    latest = max(held, key=report_day)
    note = note_later_reports(interpret(QUESTION, known, TODAY), told, held)
    assert (note == "") is (latest in told)
    assert note == "" or f" {in_words(report_day(latest))}." in note


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How long is the stage before court in Westmarsh in 2019?", "There is a later report about Westmarsh"),
        ("What is the latest on private fostering in Westmarsh?", "The latest report about Westmarsh is"),
    ],
)
def test_the_reason_of_an_answer_contains_the_note(ask: Callable[..., Answer], question: str, told: str) -> None:
    answer = ask(question)
    assert answer.answered
    assert told in answer.reason
    assert "22 September 2023" in answer.reason


def test_an_answer_across_all_reports_has_no_note(ask: Callable[..., Answer]) -> None:
    assert "later report about" not in ask("Are councils spotting neglect of children soon enough?").reason
