"""Tests of queries over the facts of reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.grades import LEADERS, OVERALL, Grade
from corpus.types import Kind
from index.storage.fact_query import Days, FactQuery, Pick
from index.storage.store import Store
from tests.made_reports import inspection, store_of

REPORTS = (
    inspection("Orle", "2016-03-04", "overall=i leaders=i"),
    inspection("Orle", "2019-05-17", "overall=r", published="2019-07-01"),
    inspection("Orle", "2023-06-16", "overall=g leaders=o", published="2023-08-02"),
    inspection("Orle", "2024-02-07", kind=Kind.FOCUSED_VISIT),
    inspection("Hesk", "2018-11-09", "overall=g leaders=g"),
    inspection("Hesk", "2022-10-21", "leaders=i"),
)
IDS = tuple(report.id for report in REPORTS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("facts")))


def days(store: Store, query: FactQuery) -> list[str]:
    return [report.inspected_to.isoformat() for report in store.inspections(query) if report.inspected_to]


def test_reports_come_by_authority_and_then_by_day(store: Store) -> None:
    assert days(store, FactQuery(IDS)) == [
        "2018-11-09",
        "2022-10-21",
        "2016-03-04",
        "2019-05-17",
        "2023-06-16",
        "2024-02-07",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (FactQuery(IDS, graded=True, pick=Pick.LATEST), ["2022-10-21", "2023-06-16"]),
        (FactQuery(IDS, graded=True, pick=Pick.FIRST), ["2018-11-09", "2016-03-04"]),
        (FactQuery(IDS, graded=True, pick=Pick.PREVIOUS), ["2018-11-09", "2019-05-17"]),
        (FactQuery(IDS, authorities=("Orle",), kinds=(Kind.FOCUSED_VISIT,)), ["2024-02-07"]),
        (FactQuery(IDS, authorities=("Orle",), other_kinds=(Kind.ILACS,)), ["2024-02-07"]),
        (FactQuery(IDS, excluded=("Orle",)), ["2018-11-09", "2022-10-21"]),
        (FactQuery(IDS, graded=True, area=OVERALL, pick=Pick.LATEST), ["2018-11-09", "2023-06-16"]),
        (FactQuery(IDS, days=((date(2019, 1, 1), date(2022, 12, 31)),)), ["2022-10-21", "2019-05-17"]),
        (FactQuery(IDS, ("Orle",), not_days=((date(2016, 1, 1), date(2019, 12, 31)),)), ["2023-06-16", "2024-02-07"]),
        (FactQuery(IDS, published=((date(2019, 7, 1), date(2019, 7, 1)),)), ["2019-05-17"]),
        (FactQuery(IDS[:2]), ["2016-03-04", "2019-05-17"]),
        (FactQuery(()), []),
    ],
)
def test_each_limit_leaves_out_what_does_not_fit(store: Store, query: FactQuery, expected: list[str]) -> None:
    assert days(store, query) == expected


def test_the_latest_is_chosen_among_the_inspections_within_the_limits(store: Store) -> None:
    before = FactQuery(IDS, graded=True, days=((date.min, date(2021, 12, 31)),), pick=Pick.LATEST)
    assert days(store, before) == ["2018-11-09", "2019-05-17"]


def test_a_change_is_between_an_inspection_and_the_one_before_that_grades_the_area(store: Store) -> None:
    changes = store.changes(FactQuery(IDS, graded=True), OVERALL)
    assert [(c.authority, c.grade_before, c.grade_after, c.is_latest) for c in changes] == [
        ("Orle", Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, False),
        ("Orle", Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, True),
    ]
    assert [(c.before, c.after) for c in store.changes(FactQuery(IDS, ("Hesk",)), LEADERS)] == [(IDS[4], IDS[5])]


def test_the_days_limit_the_later_inspection_of_a_change(store: Store) -> None:
    since = FactQuery(IDS, graded=True, days=((date(2022, 1, 1), date.max),))
    assert [c.grade_after for c in store.changes(since, OVERALL)] == [Grade.GOOD]


def in_days(periods: tuple[Days, ...]) -> FactQuery:
    return FactQuery(IDS, days=periods)


def outside_days(periods: tuple[Days, ...]) -> FactQuery:
    return FactQuery(IDS, not_days=periods)


def published_in(periods: tuple[Days, ...]) -> FactQuery:
    return FactQuery(IDS, published=periods)


@given(
    st.lists(st.tuples(st.dates(date(2016, 1, 1), date(2024, 1, 1)), st.integers(0, 1500)), max_size=2),
    st.sampled_from([in_days, outside_days, published_in]),
)
def test_a_query_covers_the_reports_that_the_tables_find_in_its_time(
    store: Store, periods: list[tuple[date, int]], limited: Callable[[tuple[Days, ...]], FactQuery]
) -> None:
    query = limited(tuple((first, first + timedelta(length)) for first, length in periods))
    assert [report for report in store.inspections(FactQuery(IDS)) if query.covers(report)] == store.inspections(query)


@pytest.mark.parametrize("limit", [FactQuery(IDS, ("Orle",)), FactQuery(IDS, excluded=("Orle",))])
def test_a_query_covers_the_reports_about_its_authorities(store: Store, limit: FactQuery) -> None:
    assert [report for report in store.inspections(FactQuery(IDS)) if limit.covers(report)] == store.inspections(limit)
    assert {change.authority for change in store.changes(limit, LEADERS)} == {
        report.authority for report in store.inspections(limit)
    }


def test_someone_who_may_not_see_a_report_gets_no_change_to_or_from_it(store: Store) -> None:
    seen = (IDS[0], IDS[2])
    assert len(store.changes(FactQuery(IDS, graded=True), OVERALL)) == 2
    assert [(c.before, c.after) for c in store.changes(FactQuery(seen, graded=True), OVERALL)] == [seen]
    hidden = store.without(frozenset(IDS) - set(seen))
    assert [(c.before, c.after) for c in hidden.changes(FactQuery(seen, graded=True), OVERALL)] == [seen]


def test_a_report_that_a_reissue_replaces_has_no_facts(tmp_path: Path) -> None:
    replaced = replace(REPORTS[1], superseded_by=REPORTS[2].id)
    store = store_of([REPORTS[0], replaced, REPORTS[2]], tmp_path)
    assert days(store, FactQuery(IDS)) == ["2016-03-04", "2023-06-16"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_becomes_sql(store: Store, name: str, other: str) -> None:
    query = FactQuery(IDS, authorities=(name,), excluded=(other,))
    assert days(store, query) == [] or name in ("Orle", "Hesk")


def test_the_tables_refuse_a_value_of_the_wrong_type(tmp_path: Path) -> None:
    store_of(REPORTS, tmp_path)
    with sqlite3.connect(tmp_path / "store.sqlite") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE report_facts SET graded = 'yes'")
