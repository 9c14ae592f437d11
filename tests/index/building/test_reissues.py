from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Form, Kind
from index.building.build import up_to_date_manifest
from index.building.reissues import by_audience, superseded
from index.building.sources import find_sources
from index.digests import file_digest
from index.search.search_index import SearchIndex
from index.storage.collections import Collections
from index.types import Query

FIRST, LATER = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"


@pytest.fixture
def issue(make_report):
    """Make a report on a particular inspection of a particular authority."""

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


def test_the_issue_published_later_stands_whichever_was_added_first(issue):
    old, new = issue(1, **published(3)), issue(2, **published(20))
    assert superseded([(old, LATER), (new, FIRST)]) == {old.id: new.id}
    assert superseded([(new, FIRST), (old, LATER)]) == {old.id: new.id}


def test_of_issues_published_on_the_same_day_the_one_added_later_stands(issue):
    old, new = issue(1, **published(3)), issue(2, **published(3))
    assert superseded([(old, FIRST), (new, LATER)]) == {old.id: new.id}
    assert superseded([(issue(1), FIRST), (issue(2), LATER)]) == {issue(1).id: issue(2).id}


def test_one_of_three_issues_stands(issue):
    issues = [issue(number, **published(number)) for number in (1, 2, 3)]
    assert superseded((report, FIRST) for report in issues) == {issues[0].id: issues[2].id, issues[1].id: issues[2].id}


def test_if_neither_issue_is_later_both_stand(issue):
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
def test_a_report_on_another_inspection_replaces_nothing(issue, other):
    assert superseded([(issue(1, **published(3)), FIRST), (issue(2, **published(20), **other), LATER)]) == {}


@pytest.mark.parametrize(
    "unknown", [{"authority": None}, {"kind": None}, {"inspected_from": None, "inspected_to": None}]
)
def test_reports_that_may_be_on_different_inspections_both_stand(issue, unknown):
    assert superseded([(issue(1, **unknown), FIRST), (issue(2, **unknown), LATER)]) == {}


def test_an_article_is_not_an_issue_of_a_report(issue):
    news = {"form": Form.ARTICLE}
    assert superseded([(issue(1, **news), FIRST), (issue(2, **news), LATER)]) == {}


UNDATED = {"inspected_from": None, "inspected_to": None}


def test_a_report_that_says_which_issue_it_replaces_needs_no_days_of_inspection(issue):
    old, new = issue(1, **published(3), **UNDATED), issue(2, **published(20), **UNDATED, replaces=date(2023, 11, 3))
    assert superseded([(new, FIRST), (old, LATER)]) == {old.id: new.id}
    last = issue(3, **published(27), replaces=date(2023, 11, 20))
    assert superseded((report, FIRST) for report in (old, new, last)) == {old.id: last.id, new.id: last.id}


@pytest.mark.parametrize(
    "other",
    [
        {"authority": "Aldermere"},
        {"kind": Kind.FOCUSED_VISIT},
        {"form": Form.LETTER},
        {"inspected_from": date(2022, 9, 11), "inspected_to": date(2022, 9, 22)},
        {"replaces": date(2023, 11, 2)},
        {"published": date(2023, 11, 1)},
        {"published": None, "published_source": None},
    ],
)
def test_it_replaces_no_other_report(issue, other):
    facts = {**published(20), **UNDATED, "replaces": date(2023, 11, 3), **other}
    assert superseded([(issue(1, **published(3)), FIRST), (issue(2, **facts), FIRST)]) == {}


def test_if_two_reports_were_published_on_that_day_neither_is_replaced(issue):
    old, same, new = (
        issue(1, **published(3), **UNDATED),
        issue(2, **published(3), **UNDATED),
        issue(3, **published(20), **UNDATED, replaces=date(2023, 11, 3)),
    )
    assert superseded((report, FIRST) for report in (old, same, new)) == {}


def test_at_least_one_issue_stands_and_no_replacement_is_itself_replaced(issue):
    @given(st.lists(st.tuples(st.integers(1, 28), st.sampled_from([FIRST, LATER])), min_size=1, max_size=6))
    def check(days):
        issues = [(issue(number, **published(day)), added) for number, (day, added) in enumerate(days)]
        replaced = superseded(issues)
        assert len(replaced) < len(issues)
        assert not set(replaced.values()) & set(replaced)

    check()


GROUP, OTHER = frozenset({"board"}), frozenset({"board", "audit"})


def test_an_issue_does_not_replace_one_that_other_people_may_see(issue):
    old, new = issue(1, **published(3)), issue(2, **published(20))
    pair = [(old, FIRST), (new, LATER)]
    assert superseded(pair, {new.sha256: GROUP}) == {}
    assert superseded(pair, {old.sha256: GROUP}) == {}
    assert superseded(pair, {old.sha256: GROUP, new.sha256: OTHER}) == {}
    assert superseded(pair, {old.sha256: GROUP, new.sha256: GROUP}) == {old.id: new.id}


def test_an_issue_for_a_group_does_not_affect_those_for_everybody(issue):
    first, limited, last = (issue(number, **published(number)) for number in (1, 2, 3))
    issues = [(report, FIRST) for report in (first, limited, last)]
    assert superseded(issues, {limited.sha256: GROUP}) == {first.id: last.id}


def test_people_who_may_see_an_issue_may_see_its_replacement_and_groups_are_independent(issue):
    audiences = st.sampled_from([None, GROUP, OTHER])

    @given(st.lists(st.tuples(st.integers(1, 28), audiences), min_size=1, max_size=6))
    def check(drawn):
        issues = [(issue(number, **published(day)), FIRST) for number, (day, _) in enumerate(drawn)]
        who = {issues[n][0].sha256: groups for n, (_, groups) in enumerate(drawn) if groups}
        by_id = {report.id: who.get(report.sha256) for report, _ in issues}
        replaced = superseded(issues, who)
        assert all(by_id[old] == by_id[new] for old, new in replaced.items())
        groups_of_reports = by_audience([report for report, _ in issues], who)
        by_group = [superseded([(report, FIRST) for report in reports]) for reports in groups_of_reports]
        assert {old: new for of_group in by_group for old, new in of_group.items()} == replaced

    check()


REPORT = """# Inspection of Westmarsh children’s services

Inspection dates: 11 September 2023 to 22 September 2023

## What needs to improve

- The timeliness of visits.

{}
"""


@pytest.fixture
def issues(reports, build_from):
    """Build an index with two issues of one report, which everybody may see. The later one replaces the earlier one."""
    old, new = reports / "old-03-november-2023.md", reports / "new-20-november-2023.md"
    old.write_text(REPORT.format("Nobody knows the zeppelins."))
    new.write_text(REPORT.format("Nobody knows the airships."))
    assert build_from(reports).manifest.superseded == 1
    return old, new


def limit(data, *paths, to="Board"):
    contents = [file_digest(path) for path in paths]
    Collections.change(data, lambda collections: collections.with_collection(to, {"board"}).with_contents(to, contents))


def test_the_earlier_issue_answers_again_after_the_later_one_is_limited_to_a_group(
    issues, data, reports, build_from, word_encoder
):
    old, new = issues
    files, revision = find_sources([reports]), word_encoder.revision
    assert up_to_date_manifest(files, data=data, revision=revision) is not None
    limit(data, new)
    assert up_to_date_manifest(files, data=data, revision=revision) is None
    outcome = build_from(reports)
    assert (outcome.changed, outcome.manifest.superseded) == (True, 0)
    assert outcome.manifest.files_read == (old.name,)
    assert up_to_date_manifest(files, data=data, revision=revision) == outcome.manifest
    assert not build_from(reports).changed
    index = SearchIndex.open(data, word_encoder)
    hidden = Collections.read(data).hidden(index.store.all_reports(), frozenset())
    texts = [scored.passage.text for scored in index.without(hidden).retrieve(Query("zeppelins airships"), 50).passages]
    assert [text for text in texts if "zeppelins" in text]
    assert not [text for text in texts if "airships" in text]

    limit(data, old)
    assert up_to_date_manifest(files, data=data, revision=revision) is None
    assert build_from(reports).manifest.superseded == 1
    Collections.change(data, lambda collections: collections.without_collection("Board"))
    assert up_to_date_manifest(files, data=data, revision=revision) is not None  # everybody may see both again


def test_limiting_a_report_without_other_issues_needs_no_new_build(issues, data, reports, build_from, word_encoder):
    limit(data, reports / "a.md")
    assert up_to_date_manifest(find_sources([reports]), data=data, revision=word_encoder.revision) is not None
    assert not build_from(reports).changed


def test_a_build_of_limited_and_open_reports_is_in_order_of_file_name(data, reports, build_from, word_encoder):
    limit(data, reports / "b.md")
    (reports / "d.pdf").write_bytes(b"no report")
    manifest = build_from(reports).manifest
    assert [r.file for r in SearchIndex.open(data, word_encoder).store.reports] == ["a.md", "b.md", "c.md"]
    assert manifest.files_read == ("a.md", "b.md", "c.md", "d.pdf")
    assert [failure.file for failure in manifest.failures] == ["d.pdf"]
