"""Tests that each invalid JSON request gets a problem+json reply that names the field, and never a server error."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.hostile.cases_json import BODIES, FIELDS, Body
from tests.hostile.pages import assert_guarded


def send(client: FlaskClient, body: Body, address: str = "/api/v1/query") -> dict[str, object]:
    reply = client.post(address, data=body.content, headers=body.headers)
    assert_guarded(reply)
    assert reply.status_code in body.status, reply.text
    if reply.status_code == 200:
        return {}
    assert reply.mimetype == "application/problem+json"
    problem: dict[str, object] = reply.json
    assert problem["status"] == reply.status_code
    assert str(problem["type"]).startswith("/problems/")
    assert problem["detail"]
    assert problem["remedy"]
    assert len(reply.data) < 20_000
    return problem


@pytest.mark.parametrize("name", FIELDS)
def test_an_invalid_field_is_named(client: FlaskClient, name: str) -> None:
    problem = send(client, FIELDS[name])
    assert (problem["field"] or "") == FIELDS[name].field


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_not_a_question_is_refused(client: FlaskClient, name: str) -> None:
    send(client, BODIES[name])


@pytest.mark.parametrize(
    "name", ["lists-in-lists", "deep-in-the-question", "lone-high-surrogate", "utf-16", "list", "number", "type-form"]
)
@pytest.mark.parametrize("address", ["/api/v1/queries", "/api/v1/feedback"])
def test_other_addresses_refuse_such_a_body_too(client: FlaskClient, address: str, name: str) -> None:
    send(client, Body(BODIES[name].content, (400, 415, 422), headers=BODIES[name].headers), address)
