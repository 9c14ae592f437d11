"""Tests of lists of authorities by the inspections that they had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.types import Kind
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

REPORTS = (
    inspection("Orle", "2023-06-16", "overall=g"),
    inspection("Orle", "2023-11-08", kind=Kind.FOCUSED_VISIT),
    inspection("Orle", "2024-02-07", kind=Kind.FOCUSED_VISIT),
    inspection("Hesk", "2022-03-11", "overall=o"),
    inspection("Hesk", "2023-01-20", kind=Kind.AREA_SEND),
    inspection("Hesk", "2023-10-11", kind=Kind.FOCUSED_VISIT),
    inspection("Tolland", "2023-11-26", "overall=i"),
)
Ask = Callable[[str], FactAnswer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Answer a question from the facts of the reports above."""
    store = store_of(REPORTS, Path(tmp_path_factory.mktemp("inspected")))

    def answer(text: str) -> FactAnswer:
        question = interpret_in_context(text, (), store.reports, TODAY)
        found = answer_from_facts(FactScope(question, store.reports, store))
        assert found is not None, text
        return found

    return answer


@pytest.mark.parametrize(
    ("text", "expected", "sentence"),
    [
        (
            "Which councils had an inspection and a visit in 2023?",
            ["Hesk", "Orle"],
            "2 of the 3 authorities in our reports had an inspection and a visit in 2023.",
        ),
        (
            "Which authorities had both a full inspection and a focused visit in 2023?",
            ["Orle"],
            "1 of the 3 authorities in our reports had a full inspection and a focused visit in 2023.",
        ),
        (
            "who has had a SEND inspection as well as a focused visit since 2023",
            ["Hesk"],
            "1 of the 3 authorities in our reports has had a SEND inspection and a focused visit since 2023.",
        ),
    ],
)
def test_an_authority_must_have_had_one_of_each_kind(ask: Ask, text: str, expected: list[str], sentence: str) -> None:
    answer = ask(text)
    assert [item[0].report.authority for item in answer.items] == expected
    assert all(len(item) == 2 for item in answer.items)
    assert answer.summary.sentence.replace("an area SEND", "a SEND") == sentence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("How many focused visits has each authority had?", "2 for Orle; 1 for Hesk; none for Tolland"),
        ("Which authority has had the fewest focused visits?", "none for Tolland; 1 for Hesk; 2 for Orle"),
        ("number of full inspections by council since 2023", "1 for Orle and Tolland; none for Hesk"),
    ],
)
def test_the_number_of_inspections_of_each_authority_is_told(ask: Ask, text: str, told: str) -> None:
    answer = ask(text)
    assert told in answer.summary.sentence
    assert answer.summary.of == 3


def test_no_full_inspection_lists_the_latest_one_before(ask: Ask) -> None:
    answer = ask("Which authorities have had no full inspection since 2023?")
    assert answer.summary.sentence == "1 of the 3 authorities in our reports has had no full inspections since 2023."
    assert [item[0].report.inspected_to for item in answer.items] == [REPORTS[3].inspected_to]
