"""Tests of questions that limit their answer to a region."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.types import Filters
from qa_service.answering.regional import answer_in_region
from qa_service.types import Answer, AnswerStatus, Question
from qa_service.understanding.regions import regional
from tests.made_reports import inspection

REPORTS = tuple(inspection(name, "2024-02-02") for name in ("Devon", "Leeds", "Swindon", "Westmarsh", "Wiltshire"))
NAMES = [str(report.authority) for report in REPORTS]
_NO_FILTERS = Filters()
SOUTH_WEST = ("Devon", "Swindon", "Wiltshire")


@pytest.fixture
def ask() -> Callable[..., tuple[Answer, Question]]:
    """Return a function that answers a question, and says which question it answered."""

    def asked(text: str, *history: str, filters: Filters = _NO_FILTERS) -> tuple[Answer, Question]:
        answered: list[Question] = []

        def answer(question: Question) -> Answer:
            answered.append(question)
            return Answer(
                status=AnswerStatus.NOT_IN_REPORTS, statements=(), citations=(), confidence=0.1, reason="None.",
                question=question.text, interpreted_question=question.text, filters=question.filters, build="b",
            )  # fmt: skip

        found = answer_in_region(Question(text, history, filters=filters), answer, REPORTS)
        return found, answered[0]

    return asked


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Which councils in the South West are good?", "Which councils are good?"),
        ("How many of the south west authorities improved?", "How many of the authorities improved?"),
        ("South West England - who improved since 2020?", "who improved since 2020?"),
        ("In the South West, who was praised for early help?", "who was praised for early help?"),
        ("List the South West’s councils by grade", "List the councils by grade"),
        ("What share of inspections in the South West criticise drift?", "What share of inspections criticise drift?"),
    ],
)
def test_the_words_for_a_region_are_taken_out_of_a_question(text: str, plain: str) -> None:
    found = regional(text, NAMES)
    assert found
    assert (found.text, found.region.name) == (plain, "the South West")


@pytest.mark.parametrize(
    "text",
    [
        "Is the South West better than London?",
        "Which councils outside the South West are good?",
        "Are the South West and London good?",
        "Which councils in Inner London are good?",
        "Which councils place children in Merseyside?",
        "Is Leeds the best council in Yorkshire and the Humber?",
        "Which councils are good?",
    ],
)
def test_a_question_that_a_region_does_not_limit_stays_as_it_is(text: str) -> None:
    assert regional(text, NAMES) is None


def test_a_region_limits_the_reports_and_the_answer_names_its_authorities(
    ask: Callable[..., tuple[Answer, Question]],
) -> None:
    answer, asked = ask("Which councils in the South West are good?")
    assert asked.text == "Which councils are good?"
    assert asked.filters.authority == SOUTH_WEST
    assert answer.question == "Which councils in the South West are good?"
    assert answer.filters == Filters()
    assert answer.reason == (
        "None. We took the South West to mean Devon, Swindon and Wiltshire, the authorities there that we have reports on."
    )
    assert answer.understood == ("the South West",)


def test_a_filter_on_authorities_limits_the_region_too(ask: Callable[..., tuple[Answer, Question]]) -> None:
    _, asked = ask("Which councils in the South West are good?", filters=Filters(authority=("devon", "Leeds")))
    assert asked.filters.authority == ("Devon",)


def test_a_follow_up_is_about_the_region_before_it(ask: Callable[..., tuple[Answer, Question]]) -> None:
    before = "Which councils in the South West are good?"
    assert ask("And in Yorkshire and the Humber?", before)[1].text == "Which councils are good?"
    assert ask("And in Yorkshire and the Humber?", before)[1].filters.authority == ("Leeds",)
    assert ask("and outstanding?", before)[1].filters.authority == SOUTH_WEST
    assert ask("Which councils are outstanding?", before)[1].filters == Filters()
    assert ask("and Leeds?", before)[1].filters == Filters()


def test_a_region_without_reports_leaves_a_question_as_it_is(ask: Callable[..., tuple[Answer, Question]]) -> None:
    assert ask("Which councils in London are good?")[1].text == "Which councils in London are good?"
