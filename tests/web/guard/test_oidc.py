"""Tests of signing in with a real OpenID Connect provider, which the tests start."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from flask.testing import FlaskClient

from qa_service.access import Mode, Roles
from qa_service.answering.pipeline import Answerer
from tests.web.guarded import guarded
from web.app import Options
from web.guard.oidc import Provider

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the provider uses an older library than ours
    from oidc_provider_mock import User, run_server_in_thread

# The provider's library uses an older interface of Authlib.
pytestmark = [pytest.mark.thorough, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
URL = "http://localhost:8000"
USERS = (
    User(sub="mary", claims={"name": "Mary Ahmed", "groups": ["staff", "owners"]}),
    User(sub="joe", claims={"groups": "staff others"}),
    User(sub="guest", claims={}),
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with run_server_in_thread(user_claims=USERS, require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def client(answerer: Answerer, tmp_path: Path, issuer: str) -> FlaskClient:
    roles = Roles(ask=frozenset({"staff"}), admin=frozenset({"owners"}))
    provider = Provider(issuer, "inspection-answers", "secret", "groups", URL)
    options = Options(mode=Mode.OIDC, roles=roles, provider=provider, url=URL)
    return guarded(answerer, tmp_path, options).test_client()


def sent_back(client: FlaskClient, sub: str, target: str = "/") -> str:
    """Sign in with the provider, and return the address that it sends the person back to."""
    to_provider = client.get(f"/sign-in?{urlencode({'next': target})}", base_url=URL)
    assert to_provider.status_code == 302
    reply = requests.post(to_provider.location, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert reply.status_code == 302, reply.text
    return reply.headers["Location"]


def back(client: FlaskClient, address: str):
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", base_url=URL)


def test_a_person_signs_in_and_returns_to_their_page(client: FlaskClient) -> None:
    turned_away = client.get("/reports?kind=ilacs", base_url=URL)
    assert turned_away.location == "/sign-in?next=/reports?kind%3Dilacs"
    address = sent_back(client, "mary", "/reports?kind=ilacs")
    assert address.startswith(f"{URL}/sign-in/callback?")
    signed_in = back(client, address)
    assert (signed_in.status_code, signed_in.location) == (303, "/reports?kind=ilacs")
    page = client.get("/reports", base_url=URL)
    assert page.status_code == 200
    assert "Mary Ahmed" in page.text
    client.post("/sign-out", base_url=URL)
    assert client.get("/reports", base_url=URL).status_code == 303


def test_the_request_to_the_provider_carries_state_nonce_and_a_challenge(client: FlaskClient) -> None:
    asked = parse_qs(urlsplit(client.get("/sign-in", base_url=URL).location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(asked[name][0] for name in ("state", "nonce", "code_challenge"))
    assert "openid" in asked["scope"][0].split()


def test_groups_decide_what_a_person_may_do(client: FlaskClient) -> None:
    back(client, sent_back(client, "joe"))
    assert client.get("/reports", base_url=URL).status_code == 200
    assert client.get("/reports/add", base_url=URL, headers={"Accept": "application/json"}).status_code == 403


def test_a_person_in_no_group_may_not_ask(client: FlaskClient) -> None:
    back(client, sent_back(client, "guest"))
    assert client.get("/reports", base_url=URL, headers={"Accept": "application/json"}).status_code == 403


def test_a_callback_that_nobody_started_signs_nobody_in(client: FlaskClient, answerer: Answerer) -> None:
    address = sent_back(client, "mary")
    another = client.application.test_client()
    reply = another.get(f"{urlsplit(address).path}?{urlsplit(address).query}", base_url=URL)
    assert reply.status_code == 401  # a redirect to the sign-in page would loop for ever
    assert another.get("/reports", base_url=URL).status_code == 303


@pytest.mark.parametrize("spoilt", ["state", "code"])
def test_an_altered_callback_signs_nobody_in(client: FlaskClient, spoilt: str) -> None:
    parts = urlsplit(sent_back(client, "mary"))
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | {spoilt: "other"}
    reply = client.get(f"{parts.path}?{urlencode(query)}", base_url=URL, headers={"Accept": "application/json"})
    assert (reply.status_code, reply.json["type"]) == (401, "/problems/not-signed-in")
    assert client.get("/reports", base_url=URL).status_code == 303


def test_a_person_who_refuses_at_the_provider_is_not_signed_in(client: FlaskClient) -> None:
    to_provider = client.get("/sign-in", base_url=URL).location
    reply = requests.post(to_provider, data={"action": "deny"}, allow_redirects=False, timeout=10)
    refusal = back(client, reply.headers["Location"])
    assert refusal.status_code == 401
    assert client.get("/reports", base_url=URL).status_code == 303


def test_a_provider_that_does_not_answer_is_reported(answerer: Answerer, tmp_path: Path) -> None:
    provider = Provider("http://localhost:1", "inspection-answers", "secret", "groups", URL)
    client = guarded(answerer, tmp_path, Options(mode=Mode.OIDC, provider=provider, url=URL)).test_client()
    reply = client.get("/sign-in", base_url=URL, headers={"Accept": "application/json"})
    assert (reply.status_code, reply.json["type"]) == (503, "/problems/provider-failed")
