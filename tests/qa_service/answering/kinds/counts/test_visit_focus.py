"""Tests of questions about what visits looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question

LOOKED = "Inspectors looked at the local authority’s arrangements for"
EVIDENCE = "Inspectors looked at a range of evidence, including case discussions with social workers."
LETTERS = (
    ("Dunsmere", "3 to 4 June 2019", f"{LOOKED} care leavers. They also looked at housing. Supervision is weak."),
    ("Dunsmere", "9 to 10 May 2022", f"This visit was carried out by two inspectors. {EVIDENCE}"),
    ("Dunsmere", "4 to 5 March 2025", f"{LOOKED} the ‘front door’. {EVIDENCE}"),
    (
        "Ravensby",
        "14 to 15 January 2025",
        "During this visit, inspectors reviewed help for care-experienced young people.",
    ),
)
"""Four letters on focused visits: the authority, the days, and what it says. One does not say what was looked at."""


def letter(authority: str, days: str, says: str) -> str:
    title = f"Focused visit to {authority} local authority children’s services"
    return (
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>Inspection dates: {days}</p>"
        f"<p>{says}</p><h2>Findings</h2><p>Inspectors looked at records of care leavers. Staff are kind.</p>"
        "</main></body></html>"
    )


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Callable[[str], Answer]:
    """Return a function that answers a question from the letters above."""
    folder = tmp_path_factory.mktemp("visits")
    paths = []
    for number, (authority, days, says) in enumerate(LETTERS):
        paths.append(folder / f"letter-{number}.html")
        paths[-1].write_text(letter(authority, days, says), encoding="utf-8")
    data = DataFolder.prepare(folder / "data")
    Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None).build(paths)
    answerer = Answerer.open(data, encoder, remembered=0)
    return lambda text: answerer.answer(Question(text))


def quoted(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


def test_the_sentences_that_say_what_a_visit_looked_at_are_quoted(ask: Callable[[str], Answer]) -> None:
    answer = ask("What did the visits to Dunsmere look at?")
    assert quoted(answer) == [
        f"{LOOKED} the ‘front door’.",
        f"{LOOKED} care leavers.",
        "They also looked at housing.",
    ]
    assert answer.reason.startswith("2 of the 3 reports on visits to Dunsmere say what inspectors looked at.")
    assert "no such sentence in the report on Dunsmere’s focused visit of 9 to 10 May 2022" in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "What was the latest focused visit to Dunsmere about?",
        "What did the most recent visit to Dunsmere look at?",
        "What was the focus of the last visit to Dunsmere?",
    ],
)
def test_only_the_newest_visit_is_quoted_if_it_is_meant(ask: Callable[[str], Answer], text: str) -> None:
    assert quoted(ask(text)) == [f"{LOOKED} the ‘front door’."]


def test_a_letter_that_does_not_say_what_was_looked_at_is_no_answer(ask: Callable[[str], Answer]) -> None:
    answer = ask("What did the 2022 visit to Dunsmere look at?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert not answer.statements


@pytest.mark.parametrize(
    ("text", "count", "of"),
    [
        ("How many focused visits looked at care leavers?", 2, 4),
        ("Which focused visits looked at the front door?", 1, 4),
        ("Which authorities had a focused visit on care leavers?", 2, 2),
        ("Which of the last two focused visits looked at care leavers?", 1, 2),
        ("Which focused visits looked at private fostering?", 0, 4),
    ],
)
def test_visits_are_counted_by_what_they_looked_at(
    ask: Callable[[str], Answer], text: str, count: int, of: int
) -> None:
    answer = ask(text)
    assert answer.summary
    assert (answer.summary.count, answer.summary.of) == (count, of)


@pytest.mark.parametrize(
    "text",
    [
        "What did the visit to Dunsmere say about care leavers?",
        "Did the visit to Dunsmere look at homes more than plans?",
    ],
)
def test_other_questions_about_visits_are_not_answered_so(ask: Callable[[str], Answer], text: str) -> None:
    assert "what inspectors looked at on the visit" not in ask(text).reason
