"""Which questions have a condition on a theme of practice. A count for any other question would be wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_service.understanding.conditions.assembly.conditions import find_conditions

_DATA = Path(__file__).parents[2] / "data/understanding/themes.jsonl"
_OTHER_SENSE = [
    line["question"] for line in map(json.loads, _DATA.read_text(encoding="utf-8").splitlines()) if not line["themes"]
]


@pytest.mark.parametrize("question", _OTHER_SENSE)
def test_a_denial_a_comparison_or_a_second_verb_leaves_no_theme(question: str) -> None:
    assert find_conditions(question, (), ()).theme is None


@pytest.mark.parametrize(
    ("question", "themes"),
    [
        ("How many reports criticise supervision or caseloads?", ("supervision", "caseloads")),
        ("Which reports that are not focused visits criticise supervision?", ("supervision",)),
        ("Which reports say that supervision is not good enough?", ("supervision",)),
        ("Which of the most recent reports criticise supervision?", ("supervision",)),
    ],
)
def test_words_that_limit_the_reports_or_state_the_criticism_are_no_denial(
    question: str, themes: tuple[str, ...]
) -> None:
    condition = find_conditions(question, (), ()).theme
    assert condition is not None
    assert condition.themes == themes
