"""Tests that a hundred reports with instructions to their reader do not change what we answer, rank or show."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.glyphs import clean
from tests.hostile.cases_instructions import INSTRUCTIONS
from tests.hostile.pages import assert_guarded, assert_ours, parsed
from tests.hostile.planted import Planted
from web.app import create_app

QUESTIONS = (
    "How was Westmarsh rated overall?",
    "What do leaders in Aldermere need to improve?",
    "What did inspectors say about care leavers in Westmarsh?",
    "How are children in care supported in Northwold?",
    "What was found at the monitoring visit to Carrowby?",
    "Was Northwold judged outstanding?",
    "How many social workers does Westmarsh employ?",
    "What are leaders in Northwold praised for?",
    "How has Westmarsh changed since its last inspection?",
    "What do inspectors say about the front door in Aldermere?",
)
"""Questions about the sample reports. None of them names the authority that the letters are about."""
_LINE_END = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def answer_of(client: FlaskClient, question: str) -> dict[str, Any]:
    reply = client.post("/api/v1/query", json={"question": question})
    assert reply.status_code == 200
    answer: dict[str, Any] = reply.json
    return answer


def told(answer: dict[str, Any]) -> str:
    """Return what an answer says and the quotes that support it, without the passages that it does not use."""
    reports = [passage["report"]["id"] for passage in answer["passages"]]
    said = [
        (
            one["kind"],
            one["text"],
            [(reports[q["citation"] - 1], q["page"], q["text"], q["url"]) for q in one["quotes"]],
        )
        for one in answer["answer"]
    ]
    return json.dumps([answer["status"], answer["interpreted_question"], answer["clarify"], said])


def answers_without(planted: Planted, kind: str) -> dict[str, dict[str, Any]]:
    """Return the answers when letters of one kind are hidden."""
    hidden = frozenset(planted.report(name).id for name in planted.files if name.startswith(f"{kind} "))
    assert len(hidden) == len(INSTRUCTIONS)
    client = create_app(planted.answerer.without_reports(hidden)).test_client()
    return {question: answer_of(client, question) for question in QUESTIONS}


@pytest.fixture(scope="module")
def among(planted: Planted) -> dict[str, dict[str, Any]]:
    """The answers when the index has all the letters with instructions."""
    return answers_without(planted, "plain")


@pytest.fixture(scope="module")
def beside(planted: Planted) -> dict[str, dict[str, Any]]:
    """The answers when the letters in the index have the same length but no instructions."""
    return answers_without(planted, "letter")


@pytest.fixture(scope="module")
def twin(planted: Planted) -> list[str]:
    """The elements on the page of a letter without instructions, apart from the elements of its text."""
    client = planted.app.test_client()
    return frame(client.get(f"/reports/{planted.report('plain ignore').id}/pages/1").text)


def frame(page: str) -> list[str]:
    """Return the elements of a page, apart from the lines of its text."""
    tree = parsed(page)
    for line in tree.find_class("document")[0]:
        line.getparent().remove(line)
    return [str(one.tag) for one in tree.iter()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hundred_letters_of_instructions_change_no_answer(
    among: dict[str, dict[str, Any]], beside: dict[str, dict[str, Any]], question: str
) -> None:
    assert told(among[question]) == told(beside[question])


@pytest.mark.parametrize("name", INSTRUCTIONS)
def test_instructions_in_a_letter_are_shown_as_plain_words(
    planted: Planted, among: dict[str, dict[str, Any]], twin: list[str], name: str
) -> None:
    client, report = planted.app.test_client(), planted.report(f"letter {name}")
    reply = client.get(f"/reports/{report.id}/pages/1")
    assert_guarded(reply)
    assert_ours(reply.text)
    assert frame(reply.text) == twin
    page = " ".join(str(parsed(reply.text).find_class("document")[0].text_content()).split())
    written = " ".join(" ".join(clean(line) for line in _LINE_END.split(INSTRUCTIONS[name])).split())
    without_bullets = written.replace("• ", "")
    assert written in page or without_bullets in page or not any(map(str.isalpha, written))
    assert report.judgements == ()
    assert report.superseded_by is None
    cited = {p["report"]["id"] for a in among.values() for n, p in enumerate(a["passages"], 1) if n in numbers(a)}
    assert report.id not in cited


def numbers(answer: dict[str, Any]) -> set[int]:
    """Return the numbers of the passages that an answer cites."""
    return {number for one in answer["answer"] for number in one["citations"]}


def test_a_question_about_a_letter_does_not_obey_its_instructions(planted: Planted) -> None:
    client = planted.app.test_client()
    for name in ("ignore", "jinja-sum", "fake-grade-line", "reveal"):
        reply = client.post(
            "/api/v1/query",
            json={
                "question": "What does the letter say?",
                "filters": {"report_id": [planted.report(f"letter {name}").id]},
            },
        )
        assert "49" not in " ".join(one["text"] for one in reply.json["answer"])
        assert {p["report"]["id"] for p in reply.json["passages"]} <= {planted.report(f"letter {name}").id}
        assert not [one for one in reply.json["answer"] if one["kind"] == "finding"]
