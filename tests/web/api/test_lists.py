"""Tests of lists over JSON, page by page: the offset, the address of the next page, and GET for that address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.access import Mode
from qa_service.answering.pipeline import Answerer
from qa_service.types import Question
from tests.many_reports import AUTHORITIES
from tests.web.contract_checks import checked
from tests.web.guarded import bearer, guarded
from web.app import Options

GOOD = "Which authorities are rated good?"


@pytest.fixture
def client(many_app: Flask) -> FlaskClient:
    """A client that checks each reply against the OpenAPI document."""
    return checked(many_app)


def address(**request: object) -> str:
    return f"/api/v1/query?request={quote(json.dumps(request))}"


def authorities(answer: dict[str, Any]) -> list[str]:
    return [answer["passages"][row["citations"][0] - 1]["report"]["authority"] for row in answer["answer"]]


def test_more_leads_to_the_next_page_until_the_list_ends(client: FlaskClient) -> None:
    first = client.post("/api/v1/query", json={"question": GOOD}).json
    assert (first["total"], first["next_offset"], first["summary"]["count"]) == (24, 20, 24)
    second = client.get(first["more"]).json
    assert [*authorities(first), *authorities(second)] == list(AUTHORITIES)
    assert (second["total"], second["next_offset"], second["more"]) == (24, None, None)
    assert second["summary"] == first["summary"]


def test_get_gives_the_same_reply_as_post(client: FlaskClient) -> None:
    request = {"question": GOOD, "offset": 3, "top_k": 2, "filters": {"authority": list(AUTHORITIES[:8])}}
    posted, got = client.post("/api/v1/query", json=request).json, client.get(address(**request)).json
    posted.pop("took_ms"), got.pop("took_ms")
    assert posted == got
    assert authorities(got) == list(AUTHORITIES[3:8])


def test_the_address_of_the_next_page_keeps_history_and_filters(client: FlaskClient) -> None:
    history = ["Which authorities are rated outstanding?"]
    limits = {"authority": list(AUTHORITIES[:22])}
    first = client.post("/api/v1/query", json={"question": GOOD, "history": history, "filters": limits}).json
    assert authorities(client.get(first["more"]).json) == list(AUTHORITIES[20:22])


def test_there_is_nothing_after_the_last_item(client: FlaskClient) -> None:
    reply = client.get(address(question=GOOD, offset=24)).json
    assert (reply["status"], reply["answer"], reply["next_offset"]) == ("not_in_reports", [], None)
    assert (
        reply["reason"] == "The list has 24 items, so there is nothing from item 25 on. Ask for an earlier part of it."
    )


def test_an_offset_makes_no_difference_to_an_answer_that_is_no_list(client: FlaskClient) -> None:
    question = "How often does supervision take place in Ambleford?"
    plain, offset = client.get(address(question=question)).json, client.get(address(question=question, offset=7)).json
    assert plain["answer"] == offset["answer"] != []


@pytest.mark.parametrize(
    ("request_text", "status", "kind", "field"),
    [
        ("", 422, "invalid-request", "request"),
        ("{", 400, "invalid-json", None),
        ("[]", 422, "invalid-request", None),
        ('{"question": " "}', 422, "invalid-question", "question"),
        ('{"question": "Why?", "offset": -1}', 422, "invalid-request", "offset"),
        ('{"question": "Why?", "offset": "1"}', 422, "invalid-request", "offset"),
        ('{"question": "Why?", "filters": {"kind": ["party"]}}', 422, "invalid-filters", "filters.kind[0]"),
        ('{"question": "Why?", "remember": true}', 422, "unknown-field", "remember"),
        ('{"question": "Why?", "conversation_id": "x"}', 422, "unknown-field", "conversation_id"),
    ],
)
def test_a_wrong_request_in_an_address_is_a_problem(
    client: FlaskClient, request_text: str, status: int, kind: str, field: str | None
) -> None:
    response = client.get(f"/api/v1/query?request={quote(request_text)}")
    assert (response.status_code, response.json["type"], response.json["field"]) == (status, f"/problems/{kind}", field)
    assert response.json["remedy"]


def test_the_parameter_is_required_and_no_other_is_known(client: FlaskClient) -> None:
    missing, unknown = client.get("/api/v1/query"), client.get(address(question=GOOD) + "&x=1")
    assert (missing.status_code, missing.json["field"]) == (422, "request")
    assert (unknown.status_code, unknown.json["type"], unknown.json["field"]) == (422, "/problems/unknown-field", "x")


def test_get_needs_the_same_permission_as_post_and_is_not_cached(
    many_answerer: Answerer, tmp_path: Path, client: FlaskClient
) -> None:
    protected = checked(guarded(many_answerer, tmp_path, Options(mode=Mode.TOKENS)))
    assert protected.get(address(question=GOOD)).status_code == 401
    assert protected.get(address(question=GOOD), headers=bearer(tmp_path)).status_code == 200
    assert client.get(address(question=GOOD)).headers["Cache-Control"] == "no-store"


def test_each_question_of_a_batch_has_its_own_offset(client: FlaskClient) -> None:
    queries = [{"question": GOOD}, {"question": GOOD, "offset": 20}]
    answers = client.post("/api/v1/queries", json={"queries": queries}).json["answers"]
    assert [len(one["answer"]["answer"]) for one in answers] == [20, 4]


def test_a_list_in_a_conversation_has_its_pages_too(client: FlaskClient) -> None:
    begun = client.post("/api/v1/query", json={"question": GOOD, "remember": True}).json
    turn = client.get(f"/api/v1/conversations/{begun['conversation_id']}/turns/1").json
    assert turn["answer"]["more"] == f"/api/v1/conversations/{begun['conversation_id']}/turns/1?offset=20"
    rest = client.get(turn["answer"]["more"]).json
    assert authorities(rest["answer"]) == list(AUTHORITIES[20:])
    assert (turn["turn"]["changed"], rest["turn"]["changed"]) == (False, False)


def test_words_that_were_not_applied_are_named(client: FlaskClient) -> None:
    reply = client.post("/api/v1/query", json={"question": "Which authorities in the north are rated good?"}).json
    assert reply["not_applied"] == ["in the north"]


def test_a_fact_says_where_it_comes_from(client: FlaskClient) -> None:
    question = "When was the 2023 inspection of Dunfold published?"
    [row] = client.post("/api/v1/query", json={"question": question}).json["answer"]
    assert row["fact"]["name"] == "published"
    assert (row["fact"]["value"], row["fact"]["source"], row["fact"]["page"]) == ("2023-10-20", "file name", None)


def test_a_reply_says_how_its_question_was_read_and_the_next_page_keeps_it(client: FlaskClient) -> None:
    request = {"question": "Which authorities with supervison are rated good?", "verbatim": True}
    first = client.post("/api/v1/query", json=request).json
    assert first["corrections"] == []
    assert first["more"] is None or "verbatim" in first["more"]
    year = client.post("/api/v1/query", json={"question": "Which authorities were inspected in 2022/23?"}).json
    [time] = year["other_times"]
    assert time["question"] == "Which authorities were inspected between 1 April 2022 and 31 March 2023?"
    assert year["as_of"] is None
    counted = client.post(
        "/api/v1/query", json={"question": "Which authorities were inspected in the last 9 years?"}
    ).json
    assert counted["as_of"] == Question("q").today.isoformat()
    several = client.post("/api/v1/query", json={"question": "Which authorities are good? When was Dunfold inspected?"})
    assert [part["confidence"] for part in several.json["parts"]] == [0.9, 0.95]
