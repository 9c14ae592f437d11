"""Tests of the wording that several messages share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from corpus.types import Kind
from qa_service.wording import (
    is_dated,
    month_of,
    named_by_date,
    own_words,
    share_of,
    subject_of,
    the_reports,
    verb_after,
)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"inspected_from": date(2023, 9, 11), "inspected_to": date(2023, 9, 15)}, "11 to 15 September 2023"),
        ({"inspected_from": date(2021, 6, 28), "inspected_to": date(2021, 7, 9)}, "28 June to 9 July 2021"),
        (
            {"inspected_from": date(2025, 12, 29), "inspected_to": date(2026, 1, 9)},
            "29 December 2025 to 9 January 2026",
        ),
        ({"inspected_from": date(2024, 9, 18), "inspected_to": date(2024, 9, 18)}, "18 September 2024"),
        ({"inspected_to": date(2024, 9, 18)}, "18 September 2024"),
        ({"published": date(2024, 10, 2)}, "2 October 2024"),
    ],
)
def test_a_report_is_named_by_all_the_days_of_its_inspection(
    make_report: Any, facts: dict[str, date], name: str
) -> None:
    report = make_report(kind=Kind.FOCUSED_VISIT, authority="Orle", **facts)
    assert named_by_date(report) == f"focused visit of {name}"
    assert subject_of(report, "its") == f"on its focused visit of {name}"
    assert the_reports([report]) == f"the report on Orle’s focused visit of {name}"


@pytest.mark.parametrize("kind", [None, *Kind])
def test_no_sentence_gives_an_undated_report_a_date(make_report: Any, kind: Kind | None) -> None:
    report = make_report(kind=kind, authority="Orle")
    assert not is_dated(report)
    for words in (named_by_date(report), subject_of(report), the_reports([report]), month_of(report)):
        assert "undated" in words
        assert "January" not in words


def test_a_report_on_no_inspection_has_one_date(make_report: Any) -> None:
    assert subject_of(make_report(published=date(2024, 10, 2))) == "dated 2 October 2024"


@pytest.mark.parametrize(
    ("total", "searched", "subject"),
    [
        (0, 1, "No report has"),
        (1, 1, "The one report has"),
        (0, 2, "Neither of the 2 reports has"),
        (1, 2, "1 of the 2 reports has"),
        (2, 2, "Both reports have"),
        (0, 24, "None of the 24 reports has"),
        (1, 24, "1 of the 24 reports has"),
        (3, 24, "3 of the 24 reports have"),
        (24, 24, "All 24 reports have"),
    ],
)
def test_a_verb_agrees_with_the_share_of_reports(total: int, searched: int, subject: str) -> None:
    assert f"{share_of(total, searched)} {verb_after(total, searched, 'has', 'have')}" == subject


def test_the_words_of_one_report_are_told_from_those_of_several(make_report: Any) -> None:
    one, other = make_report("a"), make_report("b")
    assert own_words([one, one]) == "the report’s own words"
    assert own_words([one, other]) == "the reports’ own words"
