"""Tests of what an answer says about the reports with exact words, and without certain words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.types import Answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "Which reports in 2019 use the words “placement stability”?",
            "No report from 2019 that we searched contains exactly the words “placement stability”. Ask without",
        ),
        (
            "Which reports published before 2020 say “care leavers”?",
            "Both reports published before 2020 that we searched contain the words “care leavers”. We quote the",
        ),
        (
            "Which reports in autumn 2023 say “neglect”?",
            "The one report from autumn 2023 that we searched contains the word “neglect”. We quote the first match in it.",
        ),
        (
            "Where does Westmarsh say “neglect”?",
            "Both reports that we searched contain the word “neglect”. We quote up to 5 matches in each report.",
        ),
        (
            "Which reports say “zebra crossing”?",
            "None of the 10 reports that we searched contains exactly the words “zebra crossing”. Ask without quotation",
        ),
        (
            "Which reports published before 2020 do not use the word “children”?",
            "Both reports published before 2020 that we searched have a passage with the word “children” in some form.",
        ),
        ("Which reports in 2030 say “care leavers”?", "We found no reports from 2030."),
        (
            "Which reports do not use the word “children”?",
            "All 10 reports that we searched have a passage with the word “children” in some form.",
        ),
        (
            "Which reports in 2023 do not mention neglect?",
            "1 of the 3 reports from 2023 that we searched has no passage with the word “neglect” in any form. A report",
        ),
    ],
)
def test_the_reason_counts_the_reports_in_a_natural_sentence(
    ask: Callable[..., Answer], question: str, reason: str
) -> None:
    assert ask(question).reason.startswith(reason)
