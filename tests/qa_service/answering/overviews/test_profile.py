"""Tests of the summary of an authority."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import VISITS
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service.answering.overviews.profile import Profile, profile_named
from qa_service.answering.pipeline import Answerer
from qa_service.errors import UnknownAuthority


@pytest.fixture(scope="module")
def index(answerer: Answerer) -> SearchIndex:
    return answerer.index


@pytest.fixture(scope="module")
def profiles(index: SearchIndex) -> dict[str, Profile]:
    names = {report.authority for report in index.store.reports if report.authority}
    return {name: profile_named(index, name) for name in names}


def test_the_parts_are_from_the_authority_alone(profiles) -> None:
    assert len(profiles) >= 5
    for name, profile in profiles.items():
        assert profile.authority == name
        assert all(history.authority == name for _, history in profile.histories)
        assert all(cell.report.authority == name for cell in profile.themes)
        assert all(item.report.authority == name for item in profile.asked)
        assert all(visit.authority == name and visit.kind in VISITS for visit in profile.visits)
    assert sum(bool(profile.themes) for profile in profiles.values()) >= 4


def test_visits_are_those_since_the_last_full_inspection(profiles, index: SearchIndex) -> None:
    for name, profile in profiles.items():
        all_visits = [r for r in index.store.reports if r.authority == name and r.kind in VISITS]
        if profile.last_full is None:
            assert {visit.id for visit in profile.visits} <= {visit.id for visit in all_visits}
        assert all(report_day(v) > report_day(profile.last_full) for v in profile.visits if profile.last_full)
        days = [report_day(visit) for visit in profile.visits]
        assert days == sorted(days, reverse=True)
    assert any(profile.visits for profile in profiles.values())


def test_westmarsh_has_its_grades_and_items(profiles) -> None:
    westmarsh = profiles["Westmarsh"]
    assert report_day(westmarsh.last_full).year == 2023
    assert [area.key for area, _ in westmarsh.histories][:1] == ["overall"]
    assert {item.report for item in westmarsh.asked} == {westmarsh.register.items[0].report}
    assert westmarsh.asked


def test_the_name_may_be_in_any_case_and_an_unknown_one_has_no_summary(index: SearchIndex) -> None:
    assert profile_named(index, "WESTMARSH").authority == "Westmarsh"
    with pytest.raises(UnknownAuthority, match="We have no reports about “Nowhere”"):
        profile_named(index, "Nowhere")


def test_items_of_two_reports_are_refused(profiles) -> None:
    asked = [profile.asked[0] for profile in profiles.values() if profile.asked][:2]
    with pytest.raises(ValueError, match="from one report"):
        replace(profiles["Westmarsh"], asked=tuple(asked))
