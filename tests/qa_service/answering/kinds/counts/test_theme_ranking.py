"""Tests of questions that ask which themes reports raise most."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus


@pytest.mark.parametrize(
    "text",
    [
        "Which themes come up most often as weaknesses?",
        "What are the most common weaknesses across all reports?",
        "What keeps coming back?",
        "What are the most common criticisms in full inspections since 2015?",
    ],
)
def test_the_themes_that_most_reports_criticise_are_counted_and_quoted(ask, text):
    answer = ask(text)
    assert answer.status is AnswerStatus.ANSWERED
    assert "most often criticise" in answer.summary.sentence
    assert 0 < len(answer.statements) <= 5
    assert all("criticised in" in statement.heading and statement.quotes for statement in answer.statements)


def test_the_counts_are_those_of_the_count_of_each_theme(ask):
    answer = ask("What are the most common weaknesses in full inspections since 2015?")
    heading = answer.statements[0].heading
    name, _, counts = heading.partition(": criticised in ")
    count, of = (int(each) for each in counts.removesuffix(" reports").split(" of "))
    counted = ask(f"How many full inspections since 2015 criticise {name.lower()}?").summary
    assert (counted.count, counted.of) == (count, of)


def test_praise_is_counted_if_it_is_asked_for(ask):
    answer = ask("What are the most common strengths in the reports?")
    assert "most often praise" in answer.summary.sentence
    assert all("praised in" in statement.heading for statement in answer.statements)


def test_praise_and_criticism_are_both_counted_if_both_are_asked_for(ask):
    answer = ask("Which strengths do reports mention most often, and which weaknesses?")
    assert "they most often praise" in answer.summary.sentence
    assert "They most often criticise" in answer.summary.sentence
    assert {statement.heading.split(": ")[1].split()[0] for statement in answer.statements} == {"praised", "criticised"}
