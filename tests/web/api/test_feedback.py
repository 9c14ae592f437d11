"""Tests of feedback over JSON."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.records.feedback import FeedbackStore
from tests.web.contract_checks import checked
from web.serving.index_service import current_service

QUESTION = "What do Westmarsh care leavers get to set up home?"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return checked(app)


def saved_feedback(app: Flask) -> list[Any]:
    with app.app_context():
        return FeedbackStore.open(current_service().data.root).read_all()


def test_the_reply_contains_what_was_saved(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/api/v1/query", json={"question": QUESTION}).json
    response = client.post("/api/v1/feedback", json={"verdict": "wrong", "note": " Of 2019. ", "question": QUESTION})
    assert response.status_code == 201
    saved = saved_feedback(app)[-1]
    assert (response.json["verdict"], response.json["note"]) == (saved.verdict, saved.note) == ("wrong", "Of 2019.")
    assert [quote["text"] for quote in response.json["quotes"]] == [quote.text for quote in saved.quotes]
    shown = {quote["text"] for statement in answer["answer"] for quote in statement["quotes"]}
    assert {quote["text"] for quote in response.json["quotes"]} == shown
    assert response.json["build"] == answer["build"]


def test_feedback_on_a_turn_contains_the_history_of_the_turn(app: Flask, client: FlaskClient) -> None:
    name = client.post("/api/v1/query", json={"question": QUESTION, "remember": True}).json["conversation_id"]
    after = {"question": "What about Aldermere?", "conversation_id": name}
    client.post("/api/v1/query", json=after)
    body = {"verdict": "missing", "conversation_id": name, "turn": 2}
    by_turn = client.post("/api/v1/feedback", json=body).json
    assert (by_turn["question"], by_turn["history"]) == ("What about Aldermere?", [QUESTION])
    alone = {"verdict": "missing", "question": "What about Aldermere?", "history": [QUESTION]}
    assert client.post("/api/v1/feedback", json=alone).json == by_turn


def test_feedback_uses_the_filters_of_the_question(client: FlaskClient) -> None:
    body = {"verdict": "right", "question": "How is supervision?", "filters": {"authority": ["Aldermere"]}}
    quotes = client.post("/api/v1/feedback", json=body).json["quotes"]
    assert quotes
    assert {quote["file"].split("-")[0] for quote in quotes} == {"aldermere"}


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"verdict": "lovely", "question": "Why?"}, 422, "verdict"),
        ({"question": "Why?"}, 422, "verdict"),
        ({"verdict": "right"}, 422, "question"),
        ({"verdict": "right", "question": " "}, 422, "question"),
        ({"verdict": "right", "question": "Why?", "note": "x" * 1001}, 422, "note"),
        ({"verdict": "right", "question": "Why?", "turn": 1}, 422, "conversation_id"),
        ({"verdict": "right", "conversation_id": "x"}, 422, "turn"),
        ({"verdict": "right", "conversation_id": "x", "turn": 0}, 422, "turn"),
        ({"verdict": "right", "conversation_id": "x", "turn": 1, "history": []}, 422, "history"),
        ({"verdict": "right", "conversation_id": "x", "turn": 1}, 404, "conversation_id"),
    ],
)
def test_invalid_feedback_is_refused_and_not_saved(
    app: Flask, client: FlaskClient, body: dict[str, object], status: int, field: str
) -> None:
    before = len(saved_feedback(app))
    response = client.post("/api/v1/feedback", json=body)
    assert (response.status_code, response.json["field"]) == (status, field)
    assert len(saved_feedback(app)) == before


def test_a_body_that_is_not_json_is_reported(client: FlaskClient) -> None:
    for body in ("{", "[" * 30_000):
        assert client.post("/api/v1/feedback", data=body, content_type="application/json").status_code == 400
    assert client.post("/api/v1/feedback", data="{}", content_type="text/plain").status_code == 415
