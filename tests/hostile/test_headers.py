"""Tests that a client cannot add a header to a reply or make the service answer for another host."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.types import Report
from qa_service.access import Mode
from qa_service.answering.pipeline import Answerer
from tests.hostile.cases_headers import BREAKS, HOSTS, ORIGINS, SMUGGLED
from tests.hostile.pages import asked, assert_guarded
from tests.web.guarded import bearer, guarded
from web.app import Options

_NAME = re.compile(r'attachment; filename="[A-Za-z0-9-]{1,60}\.(?:md|csv|docx)"')


def assert_nothing_added(reply: TestResponse) -> None:
    assert_guarded(reply)
    assert "X-Injected" not in reply.headers
    assert not [cookie for cookie in reply.headers.getlist("Set-Cookie") if "stolen" in cookie]
    location = reply.headers.get("Location", "/")
    assert location.startswith(("/", "http://localhost/")), location
    assert not location.startswith("//")


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("place", ["question", "title"])
def test_a_download_has_a_plain_name_whatever_the_title(client: FlaskClient, name: str, place: str) -> None:
    chat = asked(client, BREAKS[name] if place == "question" else "Which reports are held?")
    if place == "title":
        assert_nothing_added(client.post(f"{chat.url}/rename", data={"title": BREAKS[name]}))
    for address in (f"{chat.url}/export.md?turn=1", f"{chat.url}/export.csv"):
        reply = client.get(address)
        assert_nothing_added(reply)
        assert _NAME.fullmatch(reply.headers["Content-Disposition"])


@pytest.mark.parametrize("name", list(BREAKS)[::2])
def test_no_address_or_field_adds_a_line_to_the_headers_of_a_reply(
    client: FlaskClient, report: Report, name: str
) -> None:
    value = BREAKS[name]
    chat = asked(client, "Which reports are held?")
    replies = [
        client.get(f"{chat.url}/turns/1", query_string={"x": value}),
        client.get(f"/conversations/{quote(value, safe='')}/turns/1"),
        client.post("/ask", data={"question": value, "conversation": value}),
        client.post("/ask", data={"question": "Which?", "choice": "", "conversation": chat.name, "replaces": value}),
        client.get(f"/reports/{report.id}/file", query_string={"download_name": value}),
        client.get(f"/reports/{report.id}/pages/1.png", query_string={"width": value}),
        client.get("/reports", query_string={"sort": value}),
        client.get("/ask", query_string={"next": value}),
        client.get("/sign-in", query_string={"next": value}),
        client.post(f"{chat.url}/turns/1/feedback", data={"verdict": "wrong", "note": value[:900]}),
        client.post(f"{chat.url}/turns/1/again", data={"aside": value}),
    ]
    for reply in replies:
        with reply:
            assert_nothing_added(reply)


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("header", ["X-Request-ID", "If-None-Match", "Cookie"])
def test_a_header_of_a_request_is_not_copied_to_the_reply(client: FlaskClient, header: str, name: str) -> None:
    variable = f"HTTP_{header.upper().replace('-', '_')}"
    value = BREAKS[name].encode().decode("latin-1")  # WSGI passes the value on in this form
    reply = client.get("/api/v1/reports", environ_overrides={variable: value})
    assert_nothing_added(reply)
    assert reply.headers.get("X-Request-ID") != value


@pytest.mark.parametrize("name", HOSTS)
def test_a_request_for_another_host_is_refused(client: FlaskClient, name: str) -> None:
    host = HOSTS[name].encode().decode("latin-1")
    reply = client.get("/conversations/x/turns/1", environ_overrides={"HTTP_HOST": host})
    if name == "ours-as-user":  # the host is the part after the @
        assert reply.status_code in (400, 404)
    else:
        assert reply.status_code == 400, reply.text
    assert_nothing_added(reply)
    assert "evil.example" not in reply.text


@pytest.mark.parametrize("name", ORIGINS)
@pytest.mark.parametrize("address", ["/ask", "/api/v1/query", "/reports/add", "/conversations/delete"])
def test_a_request_from_another_origin_does_nothing(client: FlaskClient, address: str, name: str) -> None:
    reply = client.post(address, data={"question": "Why?"}, headers={"Origin": ORIGINS[name]})
    assert_nothing_added(reply)
    assert reply.status_code == 403, reply.text


@pytest.mark.parametrize("name", SMUGGLED)
def test_headers_that_confuse_servers_do_not_confuse_this_one(app: Flask, name: str) -> None:
    client = app.test_client()
    body = b'{"question": "Which reports are held?"}'
    for method, address in (("GET", "/reports"), ("GET", "/api/v1/reports"), ("POST", "/api/v1/query")):
        reply = client.open(
            address,
            method=method,
            data=body if method == "POST" else None,
            content_type="application/json" if method == "POST" else None,
            environ_overrides=SMUGGLED[name],
        )
        assert_nothing_added(reply)
        assert reply.status_code in (200, 400, 403, 404, 411, 413, 415, 422)
        assert "root:" not in reply.text


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Proto", "X-Host", "X-Original-Host"],
)
def test_a_forwarded_host_appears_in_no_link(answerer: Answerer, tmp_path: Path, header: str) -> None:
    client = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS)).test_client()
    headers = bearer(tmp_path)
    begun = client.post("/ask", data={"question": "How was Westmarsh rated overall?"}, headers=headers)
    chat = begun.location.partition("#")[0]
    for address in (chat, f"{chat}/export.md", f"{chat}/turns/1", "/reports"):
        reply = client.get(address, headers={**headers, header: "evil.example"})
        assert reply.status_code in (200, 303)
        assert "evil.example" not in reply.headers.get("Location", "")
        assert_nothing_added(reply)
        assert "evil.example" not in reply.text
