from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from qa_service.access import Roles, Scope
from qa_service.cli.main import main
from qa_service.errors import TokenError
from qa_service.records.tokens import NAME, TokenKeeper, Tokens


def test_a_token_is_recognised_only_by_its_full_text(tmp_path: Path) -> None:
    token, text = Tokens(tmp_path).make("laptop", [Scope.ASK], ["north"])
    keeper = TokenKeeper(Tokens(tmp_path))
    assert keeper.find(text) == token
    assert token.identity.groups == {"north"}
    for other in ("", text[:-1], text + "x", text.upper(), token.id, token.digest):
        assert keeper.find(other) is None


def test_a_token_expires(tmp_path: Path) -> None:
    _, text = Tokens(tmp_path).make("guest", [Scope.ASK], days=2)
    keeper, now = TokenKeeper(Tokens(tmp_path)), datetime.now(UTC)
    assert keeper.find(text, now + timedelta(days=1))
    assert keeper.find(text, now + timedelta(days=2, seconds=1)) is None


def test_a_token_that_is_made_or_revoked_counts_at_once(tmp_path: Path) -> None:
    keeper = TokenKeeper(Tokens(tmp_path))
    _, text = Tokens(tmp_path).make("laptop", [Scope.ASK])
    assert keeper.find(text)
    Tokens(tmp_path).revoke("laptop")
    assert keeper.find(text) is None


@pytest.mark.parametrize("name", ["", "x" * 81, "a\nb", "<b>", "a/b"])
def test_a_name_with_unusual_characters_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokenError, match="cannot be the name of a token"):
        Tokens(tmp_path).make(name, [Scope.ASK])


def test_a_name_belongs_to_one_token(tmp_path: Path) -> None:
    Tokens(tmp_path).make("laptop", [Scope.ASK])
    with pytest.raises(TokenError, match="already"):
        Tokens(tmp_path).make("laptop", [Scope.ADD])
    with pytest.raises(TokenError, match="no token"):
        Tokens(tmp_path).revoke("desktop")


@pytest.mark.parametrize("text", ["{", "{}x", '[{"id": 1}]', '[{"id": "a", "name": "b", "scopes": ["all"]}]', "\x00"])
def test_an_error_names_a_file_of_tokens_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(TokenError, match="cannot be read"):
        Tokens(tmp_path).read_all()


def test_the_commands_make_list_and_revoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path))
    made = CliRunner().invoke(main, ["token", "add", "Mary", "--scope", "add", "--group", "north", "--days", "5"])
    assert made.exit_code == 0, made.output
    text = made.stdout.strip()
    assert TokenKeeper(Tokens(tmp_path)).find(text)
    listed = CliRunner().invoke(main, ["token", "list"]).stdout
    assert "Mary  add  groups north" in listed
    assert text not in listed
    assert CliRunner().invoke(main, ["token", "revoke", "Mary"]).exit_code == 0
    assert TokenKeeper(Tokens(tmp_path)).find(text) is None
    log = CliRunner().invoke(main, ["audit"]).stdout
    assert "access given" in log
    assert "access taken" in log
    assert text not in log


def test_groups_give_people_their_scopes() -> None:
    roles = Roles(ask=frozenset({"staff"}), add=frozenset({"analysts"}), admin=frozenset({"owners"}))
    assert roles.scopes(frozenset()) == frozenset()
    assert roles.scopes(frozenset({"staff"})) == {Scope.ASK}
    assert roles.scopes(frozenset({"analysts"})) == {Scope.ASK, Scope.ADD}
    assert Scope.ADMIN in roles.scopes(frozenset({"owners"}))
    assert Roles().scopes(frozenset()) == {Scope.ASK}
