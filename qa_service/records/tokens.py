"""Access tokens: made once, shown once, kept as digests only.

A token is ``qa_<id>_<secret>``; the secret has 256 random bits, so its plain SHA-256 is no easier to guess than itself
(salts and slow digests are for passwords that people choose).
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
_OWN = 0o600
"""Nobody else reads it."""
"""The file in a data folder."""
_FORM = re.compile(r"qa_([0-9a-f]{12})_([\w-]{43})", re.ASCII)
_PLAIN = re.compile(r"[\w .@-]{1,80}")


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token."""

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
                f"“{self.name[:100]}” names no token: 1 to 80 letters, digits, spaces and _ . @ - are taken."
            )
        if not self.scopes:
            raise TokenError(f"The token “{self.name}” would allow nothing: give it a scope.")

    @property
    def identity(self) -> Identity:
        """Whoever holds it."""
        return Identity(f"token:{self.id}", f"token {self.name}", self.scopes, self.groups)

    def has_expired(self, now: datetime) -> bool:
        """Whether its days are over."""
        return self.expires is not None and now >= self.expires


class Tokens:
    """The tokens of one data folder."""

    def __init__(self, root: Path) -> None:
        self.path = root / NAME

    def every(self) -> list[Token]:
        """All of them, in the order in which they were made. Raises TokenError where they cannot be read."""
        try:
            facts = json.loads(self.path.read_text(encoding="utf-8")) if self.path.is_file() else []
            return [_token(one) for one in facts]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise TokenError(
                f"{self.path} cannot be read ({type(error).__name__}). Bring it back from a backup, or delete it and "
                "make new tokens with “qa-service token add”."
            ) from error

    def make(
        self, name: str, scopes: Iterable[Scope], groups: Iterable[str] = (), days: int | None = None
    ) -> tuple[Token, str]:
        """Make a token; it, and the text that opens with it, which is nowhere kept. Raises TokenError."""
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        token = Token(
            secrets.token_hex(6), name, frozenset(scopes), frozenset(groups), _digest(secret), now,
            now + timedelta(days=days) if days else None,
        )  # fmt: skip

        def adding(held: list[Token]) -> list[Token]:
            if any(one.name == name for one in held):
                raise TokenError(f"There is a token “{name}” already: choose another name, or revoke it first.")
            return [*held, token]

        self._change(adding)
        return token, f"qa_{token.id}_{secret}"

    def revoke(self, name: str) -> Token:
        """Have a token open nothing from now on, by its name or id. Raises TokenError where there is none."""
        gone: list[Token] = []

        def without(held: list[Token]) -> list[Token]:
            gone.extend(one for one in held if name in (one.id, one.name))
            return [one for one in held if one not in gone]

        self._change(without)
        if not gone:
            raise TokenError(f"There is no token “{name[:100]}”. “qa-service token list” names them.")
        return gone[0]

    def _change(self, change: Callable[[list[Token]], list[Token]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path.with_name("tokens.lock"), timeout=30):
            facts = [_facts(one) for one in change(self.every())]
            write_atomically(self.path, json.dumps(facts, ensure_ascii=False, indent=1), _OWN)


class TokenKeeper:
    """Recognises tokens; reads the file again whenever it has changed, so a revoked one opens nothing at once."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._held: tuple[tuple[int, int, int] | None, dict[str, Token]] = (None, {})
        """What was read, under the stamp of what it was read from: both put in place in one step."""

    def find(self, text: str, now: datetime | None = None) -> Token | None:
        """The token that a text opens with; None where it is none, or its days are over. Raises TokenError."""
        form = _FORM.fullmatch(text)
        token = self.by_id(form[1], now) if form else None
        if form and token and hmac.compare_digest(token.digest, _digest(form[2])):
            return token
        return None

    def by_id(self, token_id: str, now: datetime | None = None) -> Token | None:
        """A token that was recognised before, if it still opens anything. Raises TokenError."""
        stamp, (stamped, held) = _stamp(self._tokens.path), self._held
        if stamp != stamped:
            held = {token.id: token for token in self._tokens.every()}
            self._held = stamp, held
        token = held.get(token_id)
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
