"""Tests of conversations over JSON: starting, reading, renaming, deleting, and hiding them from other people."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.types import KEEP_DAYS
from tests.web.contract_checks import checked
from web.guard.visitor import COOKIE_NAME
from web.serving.index_service import current_service

QUESTION = "What do Westmarsh care leavers get to set up home?"
BASE = "/api/v1/conversations"


def client_of(app: Flask, letter: str) -> FlaskClient:
    """Return a client with a browser's cookie, so that it has conversations of its own."""
    client = checked(app)
    client.set_cookie(COOKIE_NAME, letter * 43)
    return client


@pytest.fixture
def client(app: Flask, request: pytest.FixtureRequest) -> FlaskClient:
    client = client_of(app, "a")
    client.delete(BASE)
    return client


def ask(client: FlaskClient, question: str = QUESTION, **more: Any) -> dict[str, Any]:
    response = client.post("/api/v1/query", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return response.json


def test_nothing_is_saved_unless_the_request_says_so(client: FlaskClient) -> None:
    assert ask(client)["conversation_id"] is None
    assert client.get(BASE).json["total"] == 0


def test_a_remembered_question_starts_a_conversation_that_others_continue(client: FlaskClient) -> None:
    name = ask(client, remember=True)["conversation_id"]
    after = ask(client, "What about Aldermere?", conversation_id=name, top_k=2)
    assert after["conversation_id"] == name
    assert after["carried_over"]
    by_history = ask(client, "What about Aldermere?", history=[QUESTION], top_k=2)
    for one in (after, by_history):
        one.pop("took_ms"), one.pop("conversation_id")
    assert after == by_history
    conversation = client.get(f"{BASE}/{name}").json
    assert [turn["question"] for turn in conversation["turns"]] == [QUESTION, "What about Aldermere?"]


def test_a_conversation_is_listed_read_renamed_and_deleted(client: FlaskClient) -> None:
    name = ask(client, remember=True, filters={"kind": ["ilacs"], "inspected_from": "2020-01-01"})["conversation_id"]
    [row] = client.get(BASE).json["conversations"]
    assert (row["id"], row["title"], row["turns"]) == (name, QUESTION, 1)
    assert row["touched"] >= row["begun"]
    conversation = client.get(row["url"]).json
    assert conversation["turns"][0]["filters"] == {"kind": ["ilacs"], "inspected_from": "2020-01-01"}
    renamed = client.patch(row["url"], json={"title": "  Leaving   care "})
    assert (renamed.status_code, renamed.json["title"]) == (200, "Leaving care")
    assert client.get(row["url"]).json["title"] == "Leaving care"
    assert client.delete(row["url"]).status_code == 204
    for gone in (client.get(row["url"]), client.delete(row["url"]), client.patch(row["url"], json={"title": "x"})):
        assert (gone.status_code, gone.json["type"]) == (404, "/problems/unknown-conversation")
        assert str(KEEP_DAYS) in gone.json["remedy"]


def test_a_turn_is_answered_again_with_its_filters(client: FlaskClient) -> None:
    first = ask(client, remember=True, filters={"authority": ["Westmarsh"]})
    reply = client.get(f"{BASE}/{first['conversation_id']}/turns/1").json
    assert (reply["turn"]["number"], reply["turn"]["changed"], reply["turn"]["build"]) == (1, False, first["build"])
    first.pop("took_ms"), reply["answer"].pop("took_ms")
    assert reply["answer"] == first
    missing = client.get(f"{BASE}/{first['conversation_id']}/turns/2")
    assert (missing.status_code, missing.json["type"]) == (404, "/problems/unknown-turn")


def test_a_turn_says_whether_its_answer_has_changed(client: FlaskClient, app: Flask) -> None:
    name = ask(client, remember=True)["conversation_id"]
    with app.app_context():
        connection = sqlite3.connect(current_service().data.root / "conversations.sqlite")
    with connection:
        connection.execute("UPDATE turns SET digest = 'x' WHERE conversation = ?", (name,))
    connection.close()
    assert client.get(f"{BASE}/{name}/turns/1").json["turn"]["changed"] is True


def test_nobody_else_can_use_a_conversation(app: Flask, client: FlaskClient) -> None:
    name = ask(client, remember=True)["conversation_id"]
    for other in (client_of(app, "b"), checked(app)):
        other.delete(BASE)
        requests = [
            other.get(f"{BASE}/{name}"),
            other.get(f"{BASE}/{name}/turns/1"),
            other.patch(f"{BASE}/{name}", json={"title": "Mine"}),
            other.delete(f"{BASE}/{name}"),
            other.post("/api/v1/query", json={"question": "And then?", "conversation_id": name}),
            other.post("/api/v1/feedback", json={"verdict": "right", "conversation_id": name, "turn": 1}),
        ]
        assert {(reply.status_code, reply.json["type"]) for reply in requests} == {
            (404, "/problems/unknown-conversation")
        }
        assert other.get(BASE).json["conversations"] == []
    assert client.get(f"{BASE}/{name}").json["title"] == QUESTION


def test_programs_on_this_machine_find_their_conversations_again(app: Flask) -> None:
    name = ask(checked(app), remember=True)["conversation_id"]
    assert name in [row["id"] for row in checked(app).get(BASE).json["conversations"]]


def test_deleting_all_conversations_deletes_only_your_own(app: Flask, client: FlaskClient) -> None:
    other = client_of(app, "b")
    theirs = ask(other, remember=True)["conversation_id"]
    ask(client, remember=True), ask(client, remember=True)
    assert client.delete(BASE).json == {"deleted": 2}
    assert client.get(BASE).json["total"] == 0
    assert other.get(f"{BASE}/{theirs}").status_code == 200


def test_the_list_has_pages_and_is_not_sent_again_unless_it_changed(client: FlaskClient) -> None:
    names = [ask(client, remember=True)["conversation_id"] for _ in range(3)]
    first, second = client.get(f"{BASE}?limit=2"), client.get(f"{BASE}?limit=2&page=2")
    listed = [row["id"] for reply in (first, second) for row in reply.json["conversations"]]
    assert listed == names[::-1]
    assert re.search(r'page=2>; rel="next"', first.headers["Link"])
    assert client.get(f"{BASE}?limit=2", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    client.patch(f"{BASE}/{names[2]}", json={"title": "Other"})
    assert client.get(f"{BASE}?limit=2", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("title", ["", "  ", "x" * 201, 7, None])
def test_a_blank_title_is_refused(client: FlaskClient, title: object) -> None:
    name = ask(client, remember=True)["conversation_id"]
    response = client.patch(f"{BASE}/{name}", json={"title": title})
    assert (response.status_code, response.json["field"]) == (422, "title")
    assert client.get(f"{BASE}/{name}").json["title"] == QUESTION


def test_a_full_conversation_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa_service.records.conversations.MAX_TURNS", 1)
    name = ask(client, remember=True)["conversation_id"]
    response = client.post("/api/v1/query", json={"question": "And then?", "conversation_id": name})
    assert (response.status_code, response.json["field"]) == (422, "conversation_id")
    assert "at most 1 questions" in response.json["detail"]
