"""Where the service refuses to start. That it starts, the tests of a real server show."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa_service.access import Scope
from qa_service.cli.main import main
from qa_service.records.tokens import Tokens


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def run(*arguments: str, **settings: str) -> Result:
        monkeypatch.setenv("QA_DATA_DIR", str(tmp_path))
        for name, value in settings.items():
            monkeypatch.setenv(f"QA_{name.upper()}", value)
        return CliRunner().invoke(main, ["serve", *arguments])

    return run


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.0.2.7", "example.org", "", "127.0.0.1.example.org"],  # noqa: S104 - each is refused
)
def test_it_serves_nobody_else_without_access_control(serve, host: str) -> None:
    refused = serve(f"--host={host}" if host else "--host=*")
    assert refused.exit_code == 1
    assert "QA_ACCESS" in refused.output


def test_tokens_are_needed_where_tokens_let_in(serve) -> None:
    refused = serve(access="tokens")
    assert (refused.exit_code, "qa-service token add" in refused.output) == (1, True)


def test_the_address_that_people_use_is_needed_beyond_this_machine(serve, tmp_path: Path) -> None:
    Tokens(tmp_path).make("first", [Scope.ASK])
    refused = serve("--host=0.0.0.0", access="tokens")
    assert (refused.exit_code, "QA_URL" in refused.output) == (1, True)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"access": "proxy"}, "QA_PROXIES"),
        ({"access": "proxy", "proxies": "nowhere"}, "nowhere"),
        ({"access": "oidc"}, "QA_OIDC_ISSUER"),
        ({"access": "oidc", "oidc_issuer": "https://login.example", "oidc_client_id": "x"}, "QA_OIDC_CLIENT_SECRET"),
        ({"access": "everybody"}, "everybody"),
        ({"url": "https://reports.example"}, "QA_ACCESS"),
        ({"url": "reports.example"}, "https://"),
    ],
)
def test_settings_that_do_not_go_together_are_named(serve, settings: dict[str, str], named: str) -> None:
    refused = serve(**settings)
    assert (refused.exit_code, named in refused.output) == (1, True), refused.output


def test_no_secret_is_shown_with_an_error(serve) -> None:
    refused = serve(access="oidc", oidc_client_secret="very-secret-value")  # noqa: S106 - a made-up one
    assert "very-secret-value" not in refused.output
