"""Tests of how a list of area SEND inspections says how many had each outcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Judgement, Kind
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactScope
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

POSITIVE = "typically lead to positive experiences and outcomes"
MIXED = "lead to inconsistent experiences and outcomes"
FAILING = "widespread and/or systemic failings leading to significant concerns"


def outcomes_of(tmp_path: Path, outcomes: dict[str, str], text: str) -> str:
    """Return what an answer says about area SEND inspections with the given outcomes, by authority."""
    reports = tuple(
        replace(
            inspection(name, f"2024-0{number}-12", kind=Kind.AREA_SEND),
            judgements=(Judgement("Inspection outcome", outcome, 1),),
        )
        for number, (name, outcome) in enumerate(outcomes.items(), 1)
    )
    store = store_of(reports, tmp_path)
    answer = answer_from_facts(FactScope(interpret_in_context(text, (), store.reports, TODAY), store.reports, store))
    assert answer is not None
    return f"{answer.summary.sentence} {answer.note}"


@pytest.mark.parametrize(
    "text",
    [
        "List the area SEND inspections and their outcomes",
        "area SEND inspections: split of outcomes across the ones we've got?",
        "how many area SEND inspections found widespread failings",
    ],
)
def test_the_outcomes_are_counted(tmp_path, text):
    said = outcomes_of(tmp_path, {"Orle": POSITIVE, "Hesk": MIXED, "Tolland": MIXED, "Wexcombe": FAILING}, text)
    assert (
        "1 found typically positive experiences and outcomes, 2 found inconsistent experiences and outcomes and 1 "
        "found widespread or systemic failings." in said
    )


def test_no_count_leaves_out_an_outcome_in_other_words(tmp_path):
    said = outcomes_of(
        tmp_path, {"Orle": POSITIVE, "Hesk": "something else"}, "List the area SEND inspections and their outcomes"
    )
    assert "found" not in said
