"""Access tokens, which are shown once and kept only as digests.

A token has the form ``qa_<id>_<secret>``. The secret has 256 random bits, so reversing its plain SHA-256 is as hard as
guessing it. Only passwords that people choose need salts and slow digests.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from index.storage.data_folder import write_atomically
from qa_service.access import Identity, Scope
from qa_service.errors import TokenError

NAME = "tokens.json"
"""Name of the file in a data folder."""
_PRIVATE = 0o600
"""File mode that lets only the owner read the file."""
_FORM = re.compile(r"qa_([0-9a-f]{12})_([\w-]{43})", re.ASCII)
_PLAIN = re.compile(r"[\w .@-]{1,80}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret."""

    id: str
    name: str
    scopes: frozenset[Scope]
    groups: frozenset[str]
    digest: str
    """SHA-256 of the secret."""
    made: datetime
    expires: datetime | None

    def __post_init__(self) -> None:
        if not _PLAIN.fullmatch(self.name):
            raise TokenError(
                f"“{self.name[:100]}” cannot be the name of a token. A name has 1 to 80 letters, digits, spaces or the "
                "signs _ . @ -."
            )
        if not self.scopes:
            raise TokenError(f"The token “{self.name}” has no scope, so it would allow nothing. Give it a scope.")

    @property
    def identity(self) -> Identity:
        """The person or program that uses the token."""
        return Identity(f"token:{self.id}", f"token {self.name}", self.scopes, self.groups)

    def has_expired(self, now: datetime) -> bool:
        """Return whether the token has expired."""
        return self.expires is not None and now >= self.expires


class Tokens:
    """The tokens in one data folder."""

    def __init__(self, root: Path) -> None:
        self.path = root / NAME

    def read_all(self) -> list[Token]:
        """Return all tokens, oldest first. Raises TokenError if the file cannot be read."""
        try:
            facts = json.loads(self.path.read_text(encoding="utf-8")) if self.path.is_file() else []
            return [_token(entry) for entry in facts]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise TokenError(
                f"{self.path} cannot be read ({type(error).__name__}). Restore it from a backup, or delete it and make "
                "new tokens with “qa-service token add”."
            ) from error

    def make(
        self, name: str, scopes: Iterable[Scope], groups: Iterable[str] = (), days: int | None = None
    ) -> tuple[Token, str]:
        """Make a token, and return it with its full text, which is not kept. Raises TokenError."""
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        token = Token(
            secrets.token_hex(6), name, frozenset(scopes), frozenset(groups), _digest(secret), now,
            now + timedelta(days=days) if days else None,
        )  # fmt: skip

        def add(tokens: list[Token]) -> list[Token]:
            if any(other.name == name for other in tokens):
                raise TokenError(f"There is already a token “{name}”. Choose another name, or revoke that token first.")
            return [*tokens, token]

        self._change(add)
        return token, f"qa_{token.id}_{secret}"

    def revoke(self, name: str) -> Token:
        """Revoke a token by its name or id, and return it.

        Raises TokenError if there is no token with this name or id.
        """
        revoked: list[Token] = []

        def remove(tokens: list[Token]) -> list[Token]:
            revoked.extend(token for token in tokens if name in (token.id, token.name))
            return [token for token in tokens if token not in revoked]

        self._change(remove)
        if not revoked:
            raise TokenError(f"There is no token “{name[:100]}”. To see the tokens, run “qa-service token list”.")
        return revoked[0]

    def _change(self, change: Callable[[list[Token]], list[Token]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path.with_name("tokens.lock"), timeout=30):
            facts = [_facts(token) for token in change(self.read_all())]
            write_atomically(self.path, json.dumps(facts, ensure_ascii=False, indent=1), _PRIVATE)


class TokenKeeper:
    """Recognises tokens. Reads the file again after each change, so that a revoked token stops working at once."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._cache: tuple[tuple[int, int, int] | None, dict[str, Token]] = (None, {})
        """The stamp of the file, and the tokens in the file by id. Threads replace both in one step."""

    def find(self, text: str, now: datetime | None = None) -> Token | None:
        """Return the token with this text, or None if it is unknown or expired. Raises TokenError."""
        form = _FORM.fullmatch(text)
        token = self.by_id(form[1], now) if form else None
        if form and token and hmac.compare_digest(token.digest, _digest(form[2])):
            return token
        return None

    def by_id(self, token_id: str, now: datetime | None = None) -> Token | None:
        """Return the token with the given id, or None if it has been revoked or has expired. Raises TokenError."""
        stamp, (cached_stamp, tokens) = _stamp(self._tokens.path), self._cache
        if stamp != cached_stamp:
            tokens = {token.id: token for token in self._tokens.read_all()}
            self._cache = stamp, tokens
        token = tokens.get(token_id)
        return None if token is None or token.has_expired(now or datetime.now(UTC)) else token


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _facts(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": sorted(token.scopes),
        "groups": sorted(token.groups),
        "digest": token.digest,
        "made": token.made.isoformat(),
        "expires": token.expires.isoformat() if token.expires else None,
    }


def _token(facts: dict[str, str | list[str]]) -> Token:
    expires = facts["expires"]
    return Token(
        str(facts["id"]), str(facts["name"]), frozenset(map(Scope, facts["scopes"])), frozenset(facts["groups"]),
        str(facts["digest"]), datetime.fromisoformat(str(facts["made"])),
        datetime.fromisoformat(str(expires)) if expires else None,
    )  # fmt: skip
