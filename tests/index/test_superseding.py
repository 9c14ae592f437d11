from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Form, Kind
from index.superseding import superseded

FIRST, LATER = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"


@pytest.fixture
def issue(make_report):
    """A report on one inspection of one authority."""

    def issue(number, **facts):
        inspection = {
            "authority": "Westmarsh",
            "kind": Kind.ILACS,
            "inspected_from": date(2023, 9, 11),
            "inspected_to": date(2023, 9, 22),
        }
        return make_report(number, **{**inspection, **facts})

    return issue


def published(day):
    return {"published": date(2023, 11, day), "published_source": "text"}


def test_the_issue_published_later_stands_whichever_came_first(issue):
    old, new = issue(1, **published(3)), issue(2, **published(20))
    assert superseded([(old, LATER), (new, FIRST)]) == {old.id: new.id}
    assert superseded([(new, FIRST), (old, LATER)]) == {old.id: new.id}


def test_of_one_publication_day_the_issue_added_later_stands(issue):
    old, new = issue(1, **published(3)), issue(2, **published(3))
    assert superseded([(old, FIRST), (new, LATER)]) == {old.id: new.id}
    assert superseded([(issue(1), FIRST), (issue(2), LATER)]) == {issue(1).id: issue(2).id}


def test_of_three_issues_one_stands(issue):
    issues = [issue(number, **published(number)) for number in (1, 2, 3)]
    assert superseded((one, FIRST) for one in issues) == {issues[0].id: issues[2].id, issues[1].id: issues[2].id}


def test_where_neither_is_known_to_be_later_both_stand(issue):
    assert superseded([(issue(1), FIRST), (issue(2), FIRST)]) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"authority": "Aldermere"},
        {"authority": None},
        {"kind": Kind.FOCUSED_VISIT},
        {"kind": None},
        {"form": Form.LETTER},
        {"inspected_to": date(2023, 9, 29)},
        {"inspected_from": date(2023, 9, 18)},
        {"inspected_from": None, "inspected_to": None},
    ],
)
def test_reports_on_other_inspections_stand_beside(issue, other):
    assert superseded([(issue(1, **published(3)), FIRST), (issue(2, **published(20), **other), LATER)]) == {}


@pytest.mark.parametrize(
    "unknown", [{"authority": None}, {"kind": None}, {"inspected_from": None, "inspected_to": None}]
)
def test_what_is_not_known_to_be_one_inspection_is_none(issue, unknown):
    assert superseded([(issue(1, **unknown), FIRST), (issue(2, **unknown), LATER)]) == {}


def test_an_article_is_no_issue_of_a_report(issue):
    news = {"form": Form.ARTICLE}
    assert superseded([(issue(1, **news), FIRST), (issue(2, **news), LATER)]) == {}


def test_at_least_one_issue_stands_and_what_stands_for_others_is_superseded_by_none(issue):
    @given(st.lists(st.tuples(st.integers(1, 28), st.sampled_from([FIRST, LATER])), min_size=1, max_size=6))
    def check(days):
        issues = [(issue(number, **published(day)), added) for number, (day, added) in enumerate(days)]
        replaced = superseded(issues)
        assert len(replaced) < len(issues)
        assert not set(replaced.values()) & set(replaced)

    check()
