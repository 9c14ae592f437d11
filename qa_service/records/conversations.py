"""Conversations, kept for those who began them: their questions, and of each answer no more than a digest.

An answer is found again when it is looked at. So no report's words are kept here that a removal would have to find,
and what is shown is proved on its page each time; the digest tells whether it is still what was said then.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from index.types import Filters
from qa_service.errors import ConversationMoved
from qa_service.records.database import is_begun, transaction
from qa_service.types import Answer, Conversation, Question, Turn

NAME = "conversations.sqlite"
"""The file in a data folder."""
KEEP_DAYS = 30
"""By default."""
MOST_TURNS = 100
"""Of one conversation."""
_TITLE = 80
"""Characters."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,
    begun TEXT NOT NULL, touched TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS of_owner ON conversations(owner, touched);
CREATE TABLE IF NOT EXISTS turns (conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, question TEXT NOT NULL, filters TEXT NOT NULL, set_aside TEXT NOT NULL,
    afresh INTEGER NOT NULL, asked TEXT NOT NULL, build TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (conversation, number)) WITHOUT ROWID;
"""
_FILTERS = TypeAdapter(Filters)


class Conversations:
    """The conversations of one data folder. Each belongs to an owner, and is not there for any other."""

    def __init__(self, path: Path, days: int = KEEP_DAYS) -> None:
        self._path = path
        self.days = days
        """How long each is kept after it was last touched."""

    @classmethod
    def open(cls, root: Path, days: int = KEEP_DAYS) -> Conversations:
        """Those of a data folder, without those whose days are over; the file comes with the first of them."""
        opened = cls(root / NAME, days)
        if is_begun(opened._path):
            opened.forget()
        return opened

    def begin(self, owner: str, title: str) -> str:
        """Begin a conversation under a title; its id, which nobody can guess. Those whose days are over go."""
        name, now = secrets.token_urlsafe(16), _now()
        with transaction(self._path, _SCHEMA) as connection:
            _forget(connection, self._oldest())
            values = (name, _owner(owner), short_title(title), now, now)
            connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", values)
        return name

    def add(
        self,
        owner: str,
        name: str,
        question: Question,
        answer: Answer,
        *,
        afresh: bool = False,
        number: int | None = None,
        last: int | None = None,
    ) -> Turn:
        """Add what was asked: at the end, or as the turn ``number`` in place of it and of all after it, in one step.

        ``last`` is how many turns there were when it was asked. Raises LookupError where the owner has no such
        conversation, ConversationMoved where it has gone on since, ValueError where it is full.
        """
        with transaction(self._path, _SCHEMA) as connection:
            _forget(connection, self._oldest())
            if not _touch(connection, owner, name):
                raise LookupError(name)
            [(held,)] = connection.execute("SELECT count(*) FROM turns WHERE conversation = ?", (name,))
            if last is not None and held != last:
                raise ConversationMoved("The conversation has gone on elsewhere, perhaps in another window.")
            number = number or held + 1
            if number > MOST_TURNS:
                raise ValueError(f"a conversation has at most {MOST_TURNS} questions: begin a new one")
            if number == 1:
                _retitle(connection, name, question.text)
            connection.execute("DELETE FROM turns WHERE conversation = ? AND number >= ?", (name, number))
            turn = Turn(
                number, question.text, datetime.now(UTC), answer.build, answer_digest(answer), question.filters,
                question.set_aside, afresh,
            )  # fmt: skip
            connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _row(name, turn))
        return turn

    def find(self, owner: str, name: str) -> Conversation | None:
        """A conversation of an owner, whole; None where they have none of this id, or its days are over."""
        if not is_begun(self._path):
            return None
        with transaction(self._path, _SCHEMA, writes=False) as connection:
            [*found] = connection.execute(
                "SELECT id, title, begun, touched FROM conversations WHERE id = ? AND owner = ? AND touched >= ?",
                (name, _owner(owner), self._oldest()),
            )
            if not found:
                return None
            rows = connection.execute(
                "SELECT number, question, filters, set_aside, afresh, asked, build, digest FROM turns "
                "WHERE conversation = ? ORDER BY number",
                (name,),
            )
            return _conversation(found[0], tuple(map(_turn, rows)))

    def of(self, owner: str) -> list[Conversation]:
        """An owner's conversations without their turns, the last touched first."""
        if not is_begun(self._path):
            return []
        with transaction(self._path, _SCHEMA, writes=False) as connection:
            rows = connection.execute(
                "SELECT id, title, begun, touched FROM conversations WHERE owner = ? AND touched >= ? "
                "ORDER BY touched DESC, id",
                (_owner(owner), self._oldest()),
            )
            return [_conversation(row, ()) for row in rows]

    def rename(self, owner: str, name: str, title: str) -> bool:
        """Give a conversation another title; whether there was one."""
        with transaction(self._path, _SCHEMA) as connection:
            return bool(
                connection.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?",
                    (short_title(title), name, _owner(owner)),
                ).rowcount
            )

    def delete(self, owner: str, name: str) -> bool:
        """Delete a conversation; whether there was one."""
        with transaction(self._path, _SCHEMA) as connection:
            deleted = connection.execute("DELETE FROM conversations WHERE id = ? AND owner = ?", (name, _owner(owner)))
            return bool(deleted.rowcount)

    def delete_all(self, owner: str) -> int:
        """Delete all of an owner's conversations; how many there were."""
        with transaction(self._path, _SCHEMA) as connection:
            return connection.execute("DELETE FROM conversations WHERE owner = ?", (_owner(owner),)).rowcount

    def forget(self, now: datetime | None = None) -> int:
        """Delete those that were last touched longer ago than they are kept; how many."""
        with transaction(self._path, _SCHEMA) as connection:
            return _forget(connection, self._oldest(now))

    def _oldest(self, now: datetime | None = None) -> str:
        """When a conversation must have been touched to be kept still."""
        return ((now or datetime.now(UTC)) - timedelta(days=self.days)).isoformat()


def _forget(connection: sqlite3.Connection, oldest: str) -> int:
    """Delete the conversations last touched before a moment; how many."""
    return connection.execute("DELETE FROM conversations WHERE touched < ?", (oldest,)).rowcount


def answer_digest(answer: Answer) -> str:
    """What an answer says and where that stands, as a digest: builds that say the same have the same."""
    said = [
        (
            statement.text,
            [(answer.citations[n - 1].report.sha256, answer.citations[n - 1].page) for n in statement.citations],
        )
        for statement in answer.statements
    ]
    return hashlib.sha256(json.dumps([answer.status.value, answer.reason, said]).encode()).hexdigest()


def short_title(text: str) -> str:
    """A title: one line of whole words."""
    line = " ".join(text.split())
    if len(line) <= _TITLE:
        return line or "Untitled"
    return line[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _retitle(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Call a conversation by its new first question, where it was called by the one before."""
    rows = connection.execute("SELECT question FROM turns WHERE conversation = ? AND number = 1", (name,)).fetchall()
    for (before,) in rows:
        values = (short_title(text), name, short_title(before))
        connection.execute("UPDATE conversations SET title = ? WHERE id = ? AND title = ?", values)


def _touch(connection: sqlite3.Connection, owner: str, name: str) -> bool:
    values = (_now(), name, _owner(owner))
    return bool(connection.execute("UPDATE conversations SET touched = ? WHERE id = ? AND owner = ?", values).rowcount)


def _row(name: str, turn: Turn) -> tuple[object, ...]:
    return (
        name, turn.number, turn.question, _FILTERS.dump_json(turn.filters).decode(), json.dumps(turn.set_aside),
        turn.afresh, turn.asked.isoformat(), turn.build, turn.digest,
    )  # fmt: skip


def _turn(row: tuple[int, str, str, str, int, str, str, str]) -> Turn:
    number, question, filters, set_aside, afresh, asked, build, digest = row
    return Turn(
        number, question, datetime.fromisoformat(asked), build, digest, _FILTERS.validate_json(filters),
        tuple(json.loads(set_aside)), bool(afresh),
    )  # fmt: skip


def _conversation(row: tuple[str, str, str, str], turns: tuple[Turn, ...]) -> Conversation:
    name, title, begun, touched = row
    return Conversation(name, title, datetime.fromisoformat(begun), datetime.fromisoformat(touched), turns)


def _owner(token: str) -> str:
    """Of whom it is, without what opens it: who reads the file cannot take an owner's place."""
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat()
