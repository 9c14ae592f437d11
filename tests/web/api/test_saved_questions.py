from __future__ import annotations

from flask import Flask

from qa_service.access import Mode
from qa_service.answering.pipeline import Answerer
from qa_service.records.saved_questions import MAX_SAVED
from tests.web.guarded import bearer, guarded
from web.app import Options

ROOT = "/api/v1/saved-questions"
QUESTION = "How was Westmarsh rated overall?"


def test_a_question_is_saved_listed_compared_read_and_deleted(answerer: Answerer, tmp_path) -> None:
    app: Flask = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS))
    client, me = app.test_client(), bearer(tmp_path, name="me")
    asked = {"question": "And for care leavers?", "history": [QUESTION], "filters": {"authority": ["Westmarsh"]}}
    made = client.post(ROOT, json=asked, headers=me)
    assert made.status_code == 201
    assert (made.json["question"], made.json["history"]) == (asked["question"], [QUESTION])
    assert made.json["filters"]["authority"] == ["Westmarsh"]
    listed = client.get(ROOT, headers=me).json
    assert (listed["total"], listed["limit"]) == (1, MAX_SAVED)
    assert listed["questions"][0] == {**made.json, "different": None}
    assert client.get(f"{ROOT}?check=true", headers=me).json["questions"][0]["different"] is False
    reply = client.get(made.json["url"], headers=me).json
    assert (reply["different"], reply["differences"], reply["added"], reply["gone"]) == (False, [], [], [])
    read = client.post(f"{made.json['url']}/read", headers=me).json
    assert read["read"] > made.json["read"]
    assert client.delete(made.json["url"], headers=me).status_code == 204
    gone = client.get(made.json["url"], headers=me)
    assert (gone.status_code, gone.json["type"]) == (404, "/problems/unknown-saved-question")
    client.post(ROOT, json={"question": QUESTION}, headers=me)
    assert client.delete(ROOT, headers=me).json == {"deleted": 1}


def test_an_empty_question_is_refused(answerer: Answerer, tmp_path) -> None:
    client = guarded(answerer, tmp_path, Options()).test_client()
    assert client.post(ROOT, json={"question": " "}).json["type"] == "/problems/invalid-question"
    assert client.get(f"{ROOT}?check=maybe").json["field"] == "check"
