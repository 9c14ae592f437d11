"""Tests of the made reports with lists of improvements, and of how they are read."""

from __future__ import annotations

import pytest

from benchmarks.proofs.reading.lists import Outcome, not_items, outcomes, read_made_lists
from benchmarks.proofs.reading.made_lists import FORMS, made_report, made_reports


def test_a_seed_gives_the_same_report_and_another_seed_another():
    first, again, other = made_report(7), made_report(7), made_report(8)
    assert first.lists == again.lists
    assert first.lists != other.lists


def test_the_reports_have_every_form_and_format():
    lists = [(made.suffix, one.form) for made in made_reports(50, 1) for one in made.lists]
    assert {form for _, form in lists} == set(FORMS)
    assert {suffix for suffix, _ in lists} == {".pdf", ".html", ".docx"}
    assert any(len(made.lists) == 2 for made in made_reports(10, 1))


def test_a_few_lists_are_read_whole_or_reported():
    lists = read_made_lists(20, 1)
    assert len(lists) == 20
    assert outcomes(lists)[Outcome.WRONG] == 0, [one for one in lists if one.outcome is Outcome.WRONG]
    assert outcomes(lists)[Outcome.RIGHT] >= 19
    assert not_items(lists) == 0


@pytest.mark.thorough
def test_two_hundred_lists_are_read_whole_or_reported():
    lists = read_made_lists(200, 1)
    assert outcomes(lists)[Outcome.WRONG] == 0, [one for one in lists if one.outcome is Outcome.WRONG]
    assert outcomes(lists)[Outcome.RIGHT] >= 195
    assert not_items(lists) == 0
