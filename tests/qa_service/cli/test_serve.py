"""Tests of settings that make the service refuse to start.

The tests with a real server show that the service starts with other settings.
"""

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
    ["0.0.0.0", "::", "192.0.2.7", "example.org", "", "127.0.0.1.example.org"],  # noqa: S104 - the command refuses each
)
def test_without_access_control_other_machines_are_not_served(serve, host: str) -> None:
    refused = serve(f"--host={host}" if host else "--host=*")
    assert refused.exit_code == 1
    assert "QA_ACCESS" in refused.output


def test_access_by_tokens_needs_a_token(serve) -> None:
    refused = serve(access="tokens")
    assert (refused.exit_code, "qa-service token add" in refused.output) == (1, True)


def test_serving_other_machines_needs_an_address(serve, tmp_path: Path) -> None:
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
def test_settings_that_contradict_each_other_are_named(serve, settings: dict[str, str], named: str) -> None:
    refused = serve(**settings)
    assert (refused.exit_code, named in refused.output) == (1, True), refused.output


def test_an_error_does_not_show_a_secret(serve) -> None:
    refused = serve(access="oidc", oidc_client_secret="very-secret-value")  # noqa: S106 - not a real secret
    assert "very-secret-value" not in refused.output
