"""Tests of the times between successive inspections."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import Kind
from tests.made_reports import inspection, store_of
from tests.qa_service.answering.facts.lengths.test_waits import Ask, asker, authorities, said

REPORTS = (
    inspection("Orle", "2013-05-05", kind=Kind.SINGLE_INSPECTION),
    inspection("Orle", "2016-05-05", kind=Kind.SINGLE_INSPECTION),
    inspection("Orle", "2019-06-20", kind=Kind.FOCUSED_VISIT),
    inspection("Orle", "2023-11-17"),
    inspection("Hesk", "2018-11-11", kind=Kind.SINGLE_INSPECTION),
    inspection("Hesk", "2022-11-11"),
    inspection("Hesk", "2024-01-20", kind=Kind.AREA_SEND),
    inspection("Tolland", "2026-05-22"),
)
"""Tolland has only one full inspection. The other authorities have visits and area SEND inspections between their full
inspections."""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = store_of(REPORTS, Path(tmp_path_factory.mktemp("gaps")))
    return asker(store.reports, store)


def test_the_gaps_of_an_authority_come_latest_first_without_its_visits(ask: Ask) -> None:
    answer = ask("What were the gaps between Orle's inspections?")
    assert said(answer) == (
        "Orle’s full inspection ended on 5 May 2016, 7 years 6 months before 17 November 2023, when the next one ended. "
        "Orle’s full inspection ended on 5 May 2013, 3 years before 5 May 2016, when the next one ended. We count from "
        "the end of one to the end of the next."
    )


@pytest.mark.parametrize(
    "text",
    [
        "How long was it between the last two full inspections of Orle?",
        "What was the gap between Orle's last inspection and the one before?",
        "How long between the 2016 and 2023 inspections of Orle?",
    ],
)
def test_only_the_gap_between_the_two_inspections_meant_is_given(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is not None
    [[before, after]] = answer.items
    assert (before.report.inspected_to, after.report.inspected_to) == (
        REPORTS[1].inspected_to,
        REPORTS[3].inspected_to,
    )


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    [
        ("Longest gap between two full inspections of the same council?", ["Orle"], 1),
        ("Which authority has gone longest between inspections?", ["Orle"], 1),
        ("What is the shortest time between two full inspections?", ["Orle"], 1),
        ("Which councils have gone the longest between inspections?", ["Orle", "Hesk"], 2),
        ("Which councils have gone more than five years between full inspections?", ["Orle"], 1),
        ("Which authorities had gaps of more than 3 years between inspections?", ["Orle", "Hesk"], 2),
        ("Which councils have gone more than ten years between full inspections?", ["Orle", "Hesk"], 0),
    ],
)
def test_authorities_are_listed_by_their_longest_or_shortest_gap(
    ask: Ask, text: str, expected: list[str], count: int
) -> None:
    answer = ask(text)
    assert answer is not None
    assert authorities(answer) == expected
    assert (answer.summary.count, answer.summary.of) == (count, 2)
    assert "Tolland" in answer.note


def test_an_authority_with_one_inspection_has_no_gap(ask: Ask) -> None:
    answer = ask("How long between the last two inspections of Tolland?")
    assert answer is not None
    assert not answer.answered
    assert said(answer) == "We do not have two dated full inspections of Tolland."
