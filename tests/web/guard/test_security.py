from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from corpus.types import Report

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize("path", ["/", "/reports", "/nothing", "/api/v1/reports", "/static/chat.js", "/healthz"])
def test_every_response_has_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_answers_are_not_kept(client: FlaskClient) -> None:
    assert client.post("/api/v1/query", json={"question": "Why?"}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["evil.example", "[::1", "a@b", "127.0.0.1.evil.example", "localhost.evil.example:8000", "10.0.0.5"]
)
def test_another_host_name_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get("/", headers={"Host": host, "Accept": "application/json"})
    assert (response.status_code, response.json["type"]) == (400, "/problems/untrusted-host")
    assert response.headers["Content-Security-Policy"] == POLICY
    assert client.get("/nothing", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8123", "[::1]:8000", "[::1]"])
def test_loopback_names_are_accepted(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
    ],
)
@pytest.mark.parametrize("path", ["/ask", "/api/v1/query"])
def test_another_website_cannot_ask(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    response = client.post(path, data={"question": "Why?"}, headers={**headers, "Accept": "application/json"})
    assert (response.status_code, response.json["type"]) == (403, "/problems/cross-site")


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}]
)
def test_own_pages_and_programs_can(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/query", json={"question": "Why?"}, headers=headers).status_code == 200


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    body = {"question": "Why?", "history": ["x" * 70_000]}
    response = client.post("/api/v1/query", json=body)
    assert (response.status_code, response.json["type"]) == (413, "/problems/too-large")
    assert client.post("/ask", data=body).status_code == 413


def test_an_original_is_never_shown_as_a_page_of_this_site(client: FlaskClient, news: Report) -> None:
    with client.get(f"/reports/{news.id}/file") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
