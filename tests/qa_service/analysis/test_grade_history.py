"""Tests of grades over time: which grades are compared, and what we know about an authority at the end of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.grades import AREAS, CARE_LEAVERS, LEADERS, OVERALL, Grade, Relation
from corpus.types import Form, Kind
from index.storage.fact_query import FactQuery
from qa_service.analysis.grade_history import (
    GivenGrade,
    GradeHistory,
    HistoryOrder,
    Movement,
    MovementQuery,
    grade_histories,
    grades_by_year,
    last_full_of,
    months_between,
    movements_among,
    publication_delay,
)
from qa_service.answering.pipeline import Answerer
from tests.made_reports import inspection

ASHBY = (
    inspection("Ashby", "2015-05-01", "overall=i leaders=i", kind=Kind.SINGLE_INSPECTION),
    inspection("Ashby", "2019-05-01", "overall=r leaders=r"),
    inspection("Ashby", "2023-05-01", "overall=g leaders=r"),
)
BRENT = (
    inspection("Brent", "2016-03-01", "overall=g", kind=Kind.SINGLE_INSPECTION),
    inspection("Brent", "2020-03-01", "overall=i"),
)
VISIT = inspection("Brent", "2024-03-01", kind=Kind.FOCUSED_VISIT)


def moves(reports, area=OVERALL, **limits):
    """Return the movements as (authority, earlier grade, later grade), with the first letters of the grades."""
    found = movements_among(grade_histories(reports, area), MovementQuery(**limits))
    return [(each.authority, each.before.grade.value[0], each.after.grade.value[0]) for each in found]


def test_a_history_has_the_grades_of_one_area_oldest_first():
    ashby, brent = grade_histories([*BRENT, VISIT, *reversed(ASHBY)], OVERALL)
    assert [(given.day.year, given.grade) for given in ashby.grades] == [
        (2015, Grade.INADEQUATE),
        (2019, Grade.REQUIRES_IMPROVEMENT),
        (2023, Grade.GOOD),
    ]
    assert ashby.latest is ashby.grades[-1]
    assert brent.last_full == BRENT[-1], "a visit is not a full inspection"
    [only] = grade_histories([*ASHBY, *BRENT], LEADERS)
    assert only.authority == "Ashby"


def test_successive_grades_are_compared():
    assert moves([*ASHBY, *BRENT]) == [("Ashby", "i", "r"), ("Ashby", "r", "g"), ("Brent", "g", "i")]
    assert moves(ASHBY, LEADERS) == [("Ashby", "i", "r"), ("Ashby", "r", "r")]


def test_a_grade_that_could_not_be_read_is_never_skipped():
    unread = inspection("Ashby", "2021-05-01", "leaders=g", unread="overall")
    assert moves([*ASHBY, unread]) == [("Ashby", "i", "r")]
    [history] = grade_histories([*ASHBY, unread], OVERALL)
    assert [(each.report, each.given is None) for each in history.inspections] == [
        (ASHBY[0], False), (ASHBY[1], False), (unread, True), (ASHBY[2], False),
    ]  # fmt: skip
    later = inspection("Ashby", "2025-05-01", "leaders=g", unread="overall")
    [history] = grade_histories([*ASHBY, later], OVERALL)
    assert history.latest is None
    assert not any(movement.is_latest for movement in history.movements)


def test_a_grade_for_two_areas_together_is_shown_but_not_compared():
    reports = [
        inspection("Ashby", "2015-05-01", "leavers=g care=g"),
        inspection("Ashby", "2019-05-01", "joint=r"),
        inspection("Ashby", "2023-05-01", "leavers=o care=g"),
        inspection("Ashby", "2026-05-01", "leavers=g care=g"),
    ]
    [history] = grade_histories(reports, CARE_LEAVERS)
    assert [given.shared for given in history.grades] == [False, True, False, False]
    assert moves(reports, CARE_LEAVERS) == [("Ashby", "o", "g")]
    [until_2019] = grade_histories(reports[:2], CARE_LEAVERS)
    assert until_2019.latest is None


def test_reports_without_a_date_or_an_authority_and_replaced_issues_are_left_out():
    undated = replace(ASHBY[0], inspected_from=None, inspected_to=None, published=None)
    nobody = replace(ASHBY[1], authority=None)
    replaced = replace(ASHBY[2], superseded_by="0" * 16)
    assert grade_histories([undated, nobody, replaced], OVERALL) == []


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"before": [Grade.INADEQUATE]}, [("Ashby", "i", "r")]),
        ({"after": [Grade.GOOD, Grade.INADEQUATE]}, [("Ashby", "r", "g"), ("Brent", "g", "i")]),
        ({"relations": [Relation.WORSE]}, [("Brent", "g", "i")]),
        ({"relations": [Relation.SAME]}, []),
        ({"since": date(2020, 3, 1)}, [("Ashby", "r", "g"), ("Brent", "g", "i")]),
        ({"since": date(2019, 1, 1), "until": date(2019, 12, 31)}, [("Ashby", "i", "r")]),
        ({"latest_only": True}, [("Ashby", "r", "g"), ("Brent", "g", "i")]),
    ],
)
def test_limits_on_movements(limits, expected):
    assert moves([*ASHBY, *BRENT], **limits) == expected


def test_a_change_of_framework_is_known():
    before, after = replace(ASHBY[0], framework="SIF"), replace(ASHBY[1], framework="ILACS")
    [history] = grade_histories([before, after, replace(ASHBY[2], framework="ILACS")], OVERALL)
    assert [movement.has_new_framework for movement in history.movements] == [True, False]


def test_authorities_are_in_the_chosen_order():
    cole = (inspection("Cole", "2018-01-01", "overall=o"),)
    reports = [*BRENT, *ASHBY, *cole]
    names = {order: [each.authority for each in grade_histories(reports, OVERALL, order)] for order in HistoryOrder}
    assert names == {
        HistoryOrder.AUTHORITY: ["Ashby", "Brent", "Cole"],
        HistoryOrder.GRADE: ["Cole", "Ashby", "Brent"],
        HistoryOrder.LONGEST: ["Cole", "Brent", "Ashby"],
    }


def test_the_grades_at_the_end_of_each_year():
    unread = inspection("Brent", "2022-05-01", "leaders=g", unread="overall")
    years = grades_by_year(grade_histories([*ASHBY, *BRENT, unread], OVERALL))
    assert [each.year for each in years] == list(range(2015, 2024))
    by_year = {each.year: ({g.value[0]: n for g, n in each.counts if n}, each.unknown) for each in years}
    assert by_year[2015] == ({"i": 1}, 0)
    assert by_year[2016] == ({"i": 1, "g": 1}, 0)
    assert by_year[2020] == ({"r": 1, "i": 1}, 0)
    assert by_year[2023] == ({"g": 1}, 1)
    assert all(each.authorities + each.unknown <= 2 for each in years)
    assert grades_by_year([]) == []


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.key)
def test_movements_are_those_that_the_chat_finds(answerer: Answerer, area):
    store = answerer.index.store
    found = movements_among(grade_histories(store.reports, area), MovementQuery())
    query = FactQuery(reports=tuple(report.id for report in store.reports), graded=True)
    assert [(each.before.report.id, each.after.report.id) for each in found] == [
        (each.before, each.after) for each in store.changes(query, area)
    ]
    assert found or area is not OVERALL


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [("2023-05-31", "2023-06-30", 0), ("2023-05-30", "2023-06-30", 1), ("2022-12-15", "2024-01-15", 13), ("2024-01-01", "2023-01-01", 0)],
)  # fmt: skip
def test_whole_months(first, last, months):
    assert months_between(date.fromisoformat(first), date.fromisoformat(last)) == months


def test_the_delay_of_a_report():
    report = inspection("Ashby", "2023-05-01", published="2023-06-12")
    assert publication_delay(report) == 42
    assert publication_delay(replace(report, published_source="file name")) == 42
    assert publication_delay(replace(report, published_source="other date")) is None
    assert publication_delay(replace(report, inspected_as="May 2023")) is None
    assert publication_delay(replace(report, published=date(2023, 4, 1))) is None
    assert publication_delay(replace(report, published=None, published_source=None)) is None


def test_an_article_is_no_full_inspection():
    article = replace(inspection("Ashby", "2024-05-01", "overall=g"), form=Form.ARTICLE)
    [history] = grade_histories([*ASHBY, article], OVERALL)
    assert history.last_full == ASHBY[-1]


def test_impossible_histories_are_refused():
    [history] = grade_histories(ASHBY, OVERALL)
    first, second, _ = history.grades
    with pytest.raises(ValueError, match="earlier inspection"):
        Movement(second, first, is_latest=True)
    with pytest.raises(ValueError, match="own"):
        Movement(replace(first, shared=True), second, is_latest=True)
    with pytest.raises(ValueError, match="not in order"):
        GradeHistory("Ashby", (second, first))
    with pytest.raises(ValueError, match="before it starts"):
        MovementQuery(since=date(2020, 1, 1), until=date(2019, 1, 1))
    assert isinstance(first, GivenGrade)


def test_the_last_full_inspection_needs_no_grade_that_we_could_read() -> None:
    ungraded = inspection("Ashby", "2025-05-01")
    undated = replace(inspection("Ashby", "2026-01-01"), inspected_from=None, inspected_to=None)
    replaced = replace(inspection("Ashby", "2026-05-01"), superseded_by="f" * 16)
    article = replace(inspection("Ashby", "2026-06-01"), form=Form.ARTICLE)
    assert last_full_of([*ASHBY, undated, ungraded, VISIT, replaced, article]) == ungraded
    assert last_full_of([VISIT]) is None
