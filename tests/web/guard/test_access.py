from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.storage.data_folder import DataFolder
from qa_service.access import Mode, Roles, Scope
from qa_service.answering.pipeline import Answerer
from qa_service.records.tokens import NAME, Tokens
from tests.web.guarded import bearer, guarded
from web.app import Options
from web.guard.access import ProxyTrust
from web.guard.permissions import required_scope

QUESTION = {"question": "What do Westmarsh care leavers get to set up home?"}
OPEN = {"static", "health.alive", "health.ready", "problems.explain", "openapi.document"}
"""Endpoints that are open to everyone. We list them here so that no other address can become public without notice."""
PUBLIC = {"/healthz", "/readyz", "/static/style.css", "/problems/not-found"}


@pytest.fixture
def tokens_app(answerer: Answerer, tmp_path: Path) -> Flask:
    return guarded(answerer, tmp_path, Options(mode=Mode.TOKENS))


@pytest.fixture
def outside(tokens_app: Flask) -> FlaskClient:
    return tokens_app.test_client()


def ask(client: FlaskClient, **headers: str):
    return client.post("/api/v1/query", json=QUESTION, headers=headers)


def test_every_address_needs_sign_in_except_the_public_ones(outside: FlaskClient, tokens_app: Flask) -> None:
    tried = 0
    for rule in tokens_app.url_map.iter_rules():
        values = dict.fromkeys(rule.arguments, "1") | {
            "report_id": "0" * 16,
            "filename": "style.css",
            "slug": "x",
            "suffix": next(iter(getattr(rule._converters.get("suffix"), "items", "")), ""),  # any allowed format
        }
        address = rule.build({k: v for k, v in values.items() if k in rule.arguments} | {"number": 1, "ordinal": 1})
        if address is None or rule.endpoint.startswith("sign_in.") or rule.endpoint in OPEN:
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            reply = outside.open(address[1], method=method, headers={"Accept": "application/json"})
            assert reply.status_code == 401, (rule, reply.status_code)
            tried += 1
    assert tried > 40


@pytest.mark.parametrize("path", sorted(PUBLIC))
def test_public_addresses_are_open_to_anyone(outside: FlaskClient, path: str) -> None:
    with outside.get(path) as reply:
        assert reply.status_code == 200


def test_a_program_without_a_token_is_told_how_to_bring_one(outside: FlaskClient) -> None:
    reply = ask(outside)
    assert (reply.status_code, reply.json["type"]) == (401, "/problems/not-signed-in")
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert "Bearer" in reply.json["remedy"]


def test_a_token_allows_only_what_its_scope_names(outside: FlaskClient, tmp_path: Path) -> None:
    asks, adds, admin, measures = (bearer(tmp_path, scope) for scope in Scope)
    assert ask(outside, **asks).status_code == 200
    for other in (adds, measures):
        assert (ask(outside, **other).status_code, ask(outside, **other).json["type"]) == (403, "/problems/not-allowed")
    assert ask(outside, **admin).status_code == 200
    assert outside.get("/metrics", headers=measures).status_code == 200
    assert outside.get("/metrics", headers=asks).status_code == 403
    assert outside.post("/api/v1/reports", headers=asks).status_code == 403
    assert outside.post("/api/v1/reports", headers=adds).json["type"] == "/problems/nothing-sent"
    assert outside.delete(f"/api/v1/reports/{'0' * 16}", headers=adds).status_code == 403
    assert outside.delete(f"/api/v1/reports/{'0' * 16}", headers=admin).status_code == 404


def test_only_a_person_who_may_remove_a_report_can_replace_it(outside: FlaskClient, tmp_path: Path) -> None:
    sent = {"replaces": "0" * 16, "file": (b"", "a.txt")}
    reply = outside.post("/api/v1/reports", data={"replaces": "0" * 16}, headers=bearer(tmp_path, Scope.ADD))
    assert (reply.status_code, reply.json["type"]) == (403, "/problems/not-allowed"), sent


def test_a_revoked_token_stops_working_at_once(outside: FlaskClient, tmp_path: Path) -> None:
    header = bearer(tmp_path, name="laptop")
    assert ask(outside, **header).status_code == 200
    Tokens(tmp_path).revoke("laptop")
    assert ask(outside, **header).status_code == 401


@pytest.mark.parametrize("text", ["", "qa_", "qa_000000000000_" + "x" * 43, "Basic abc", "é", "qa_\x00", "x" * 5000])
def test_text_that_is_not_a_token_does_not_work(outside: FlaskClient, text: str) -> None:
    reply = ask(outside, Authorization=f"Bearer {text}".encode().decode("latin-1"))
    assert (reply.status_code, reply.json["type"]) == (401, "/problems/not-signed-in")


def test_a_known_id_with_another_secret_does_not_work(outside: FlaskClient, tmp_path: Path) -> None:
    text = bearer(tmp_path)["Authorization"]
    assert ask(outside, Authorization=text[:-1] + ("A" if text[-1] != "A" else "B")).status_code == 401


def test_guessing_tokens_is_slowed_down(outside: FlaskClient) -> None:
    statuses = [ask(outside, Authorization=f"Bearer qa_{n:012x}_{'a' * 43}").status_code for n in range(25)]
    assert statuses[:20] == [401] * 20
    assert set(statuses[20:]) == {429}
    assert int(ask(outside, Authorization="Bearer no").headers["Retry-After"]) > 0


def test_nobody_gets_in_if_the_file_of_tokens_cannot_be_read(outside: FlaskClient, tmp_path: Path) -> None:
    header = bearer(tmp_path)
    (tmp_path / NAME).write_text("[{}]", encoding="utf-8")
    assert (ask(outside, **header).status_code, ask(outside, **header).json["type"]) == (
        503, "/problems/access-unavailable",
    )  # fmt: skip


def test_a_person_signs_in_with_a_token_and_out_again(outside: FlaskClient, tmp_path: Path) -> None:
    turned_away = outside.get("/reports?authority=Westmarsh")
    assert turned_away.status_code == 303
    form = outside.get(turned_away.location)
    assert 'name="token"' in form.text
    assert outside.post("/sign-in", data={"token": "qa_wrong", "next": "/"}).status_code == 401
    text = bearer(tmp_path)["Authorization"].removeprefix("Bearer ")
    signed_in = outside.post("/sign-in", data={"token": text, "next": "/reports?authority=Westmarsh"})
    assert (signed_in.status_code, signed_in.location) == (303, "/reports?authority=Westmarsh")
    [cookie] = signed_in.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert text not in cookie
    assert "Sign out" in outside.get("/reports").text
    outside.post("/sign-out")
    assert outside.get("/reports").status_code == 303


def test_a_session_ends_with_its_token_and_with_its_time(answerer: Answerer, tmp_path: Path) -> None:
    client = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS, session_hours=0.0003)).test_client()
    for name in ("first", "second"):
        text = bearer(tmp_path, name=name)["Authorization"].removeprefix("Bearer ")
        client.post("/sign-in", data={"token": text})
        assert client.get("/reports").status_code == 200
        if name == "first":
            Tokens(tmp_path).revoke("first")
        else:
            time.sleep(1.2)
        assert client.get("/reports").status_code == 303


def test_with_https_cookies_are_sent_only_over_https(answerer: Answerer, tmp_path: Path) -> None:
    options = Options(mode=Mode.TOKENS, url="https://reports.example")
    client = guarded(answerer, tmp_path, options).test_client()
    text = bearer(tmp_path)["Authorization"].removeprefix("Bearer ")
    reply = client.post("/sign-in", data={"token": text}, base_url="https://reports.example")
    assert reply.headers["Set-Cookie"].startswith("__Host-qa_session=")
    assert "Secure" in reply.headers["Set-Cookie"]
    assert reply.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "x"],
)
def test_signing_in_never_leads_to_another_site(outside: FlaskClient, tmp_path: Path, target: str) -> None:
    text = bearer(tmp_path)["Authorization"].removeprefix("Bearer ")
    assert outside.post("/sign-in", data={"token": text, "next": target}).location == "/"


def test_another_website_cannot_use_a_session(outside: FlaskClient, tmp_path: Path) -> None:
    text = bearer(tmp_path, Scope.ADMIN)["Authorization"].removeprefix("Bearer ")
    outside.post("/sign-in", data={"token": text})
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert outside.post("/builds", headers=headers).status_code == 403
        assert outside.post("/sign-out", headers=headers).status_code == 403


def test_people_see_only_their_own_conversations(outside: FlaskClient, tmp_path: Path) -> None:
    mine, theirs = bearer(tmp_path, name="mine"), bearer(tmp_path, name="theirs")
    address = outside.post("/ask", data=QUESTION, headers=mine).location
    assert outside.get(address, headers=mine).status_code == 200
    assert outside.get(address, headers=theirs).status_code == 404


@pytest.mark.parametrize("address", ["10.0.0.7", "192.0.2.1", "2001:db8::1", "::ffff:10.0.0.7"])
def test_open_access_answers_only_this_machine(client: FlaskClient, address: str) -> None:
    for path in ("/", "/api/v1/reports", "/healthz", "/metrics"):
        reply = client.get(path, environ_base={"REMOTE_ADDR": address}, headers={"Accept": "application/json"})
        assert (reply.status_code, reply.json["type"]) == (403, "/problems/not-open")


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"])
def test_open_access_does_not_answer_through_a_proxy(client: FlaskClient, header: str) -> None:
    assert client.get("/", headers={header: "10.0.0.7"}).status_code == 403


@pytest.fixture
def behind(answerer: Answerer, tmp_path: Path) -> FlaskClient:
    trust = ProxyTrust.from_text(["10.0.0.0/24", "::1"], "X-Forwarded-User", "X-Forwarded-Groups")
    roles = Roles(ask=frozenset({"staff"}), add=frozenset({"analysts"}), admin=frozenset({"owners"}))
    return guarded(answerer, tmp_path, Options(mode=Mode.PROXY, roles=roles, proxy=trust)).test_client()


def through(client: FlaskClient, path: str, user: str, groups: str, address: str = "10.0.0.9", **more):
    headers = {"X-Forwarded-User": user, "X-Forwarded-Groups": groups, "Accept": "application/json"}
    return client.open(path, headers=headers, environ_base={"REMOTE_ADDR": address}, **more).status_code


def test_a_trusted_proxy_says_who_it_is(behind: FlaskClient) -> None:
    assert through(behind, "/", "mary", "staff") == 200
    assert through(behind, "/", "mary", "others") == 403
    assert through(behind, "/reports/add", "mary", "staff") == 403
    assert through(behind, "/reports/add", "mary", "staff, analysts") == 200
    assert through(behind, f"/api/v1/reports/{'0' * 16}", "mary", "analysts", method="DELETE") == 403
    assert through(behind, f"/api/v1/reports/{'0' * 16}", "mary", "owners", method="DELETE") == 404
    assert through(behind, "/", "mary", "staff", address="::1") == 200
    assert through(behind, "/", "mary", "staff", address="::ffff:10.0.0.9") == 200


@pytest.mark.parametrize("address", ["10.0.1.9", "127.0.0.1", "2001:db8::1", ""])
def test_only_a_trusted_proxy_is_believed(behind: FlaskClient, address: str) -> None:
    assert through(behind, "/", "mary", "staff", address=address) == 401


@pytest.mark.parametrize("user", ["", " ", "evil,mary", "x" * 201])
def test_an_invalid_name_from_the_proxy_is_refused(behind: FlaskClient, user: str) -> None:
    assert through(behind, "/", user, "staff") == 401


def test_a_person_who_sends_too_many_requests_must_wait(answerer: Answerer, tmp_path: Path) -> None:
    client = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS, rate=5)).test_client()
    mine, theirs = bearer(tmp_path, name="mine"), bearer(tmp_path, name="theirs")
    statuses = [client.get("/api/v1/reports?limit=1", headers=mine).status_code for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2
    assert client.get("/api/v1/reports?limit=1", headers=theirs).status_code == 200


def test_every_endpoint_needs_the_right_scope(tokens_app: Flask) -> None:
    """An endpoint that is not in the table needs the highest scope."""
    needs: dict[Scope, set[str]] = {}
    for rule in tokens_app.url_map.iter_rules():
        if rule.endpoint not in OPEN and not rule.endpoint.startswith("sign_in."):
            needs.setdefault(required_scope(rule.endpoint), set()).add(rule.endpoint)
    assert needs[Scope.ADMIN] == {"additions.remove", "upkeep_api.remove"}
    assert needs[Scope.METRICS] == {"metrics.measurements"}
    assert all(name.startswith(("additions.", "upkeep_api.")) for name in needs[Scope.ADD])


def test_no_secret_is_stored(outside: FlaskClient, tmp_path: Path) -> None:
    text = bearer(tmp_path)["Authorization"].removeprefix("Bearer ")
    kept = (tmp_path / NAME).read_text(encoding="utf-8")
    assert text.rpartition("_")[2] not in kept
    assert json.loads(kept)[0]["digest"]
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0
    assert (tmp_path / "session.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("path", ["/", "/metrics"])
def test_a_wrong_token_is_reported_without_a_redirect(outside: FlaskClient, path: str) -> None:
    reply = outside.get(path, headers={"Authorization": "Bearer qa_wrong", "Accept": "text/html"})
    assert reply.status_code == 401


def test_a_program_without_a_token_is_told_at_the_metrics_address(outside: FlaskClient) -> None:
    assert outside.get("/metrics").status_code == 401


def test_a_proxy_may_pass_on_its_own_kind_of_credentials(answerer: Answerer, tmp_path: Path) -> None:
    trust = ProxyTrust.from_text(["127.0.0.1"], "X-Forwarded-User", "X-Forwarded-Groups")
    client = guarded(answerer, tmp_path, Options(mode=Mode.PROXY, proxy=trust)).test_client()
    headers = {"X-Forwarded-User": "mary", "Authorization": "Basic bWFyeTpzZWNyZXQ="}
    assert client.get("/api/v1/reports", headers=headers).status_code == 200


@pytest.mark.parametrize("header", ["Via", "X-Forwarded-Proto", "X-Forwarded-User", "X-Forwarded-For"])
def test_with_open_access_a_proxy_is_refused(answerer: Answerer, tmp_path: Path, header: str) -> None:
    client = guarded(answerer, tmp_path, Options()).test_client()
    assert client.get("/api/v1/reports", headers={header: "x"}).status_code == 403


def test_an_unreadable_list_of_collections_does_not_condemn_the_build(answerer: Answerer, tmp_path: Path) -> None:
    app = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS))
    client, headers = app.test_client(), bearer(tmp_path)
    data = DataFolder(tmp_path)
    (data.builds / "collections.json").write_text("{", encoding="utf-8")
    assert ask(client, **headers).status_code == 503
    (data.builds / "collections.json").unlink()
    assert ask(client, **headers).status_code == 200
