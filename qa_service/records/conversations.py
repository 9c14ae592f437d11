"""Conversations: the questions that people asked, with only a digest of each answer.

We work out an answer again each time we show it. If a report is removed, none of its words remain here. We check each
quote against its page again. The digest shows whether the answer is still the same.
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
from qa_service.records.database import has_tables, owner_digest, transaction
from qa_service.types import KEEP_DAYS, Answer, Conversation, Question, Turn

NAME = "conversations.sqlite"
"""Name of the file in a data folder."""
MAX_TURNS = 100
"""Maximum number of turns in one conversation."""
MAX_TITLE = 80
"""Maximum number of characters in a title. A longer title is cut off at the end of a word."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,
    begun TEXT NOT NULL, touched TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS of_owner ON conversations(owner, touched);
CREATE TABLE IF NOT EXISTS turns (conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, question TEXT NOT NULL, filters TEXT NOT NULL, set_aside TEXT NOT NULL,
    afresh INTEGER NOT NULL, asked TEXT NOT NULL, build TEXT NOT NULL, digest TEXT NOT NULL,
    verbatim INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (conversation, number)) WITHOUT ROWID;
"""
_ADD_VERBATIM = "ALTER TABLE turns ADD COLUMN verbatim INTEGER NOT NULL DEFAULT 0"
"""Updates a table that was written before version 0.3.0."""
_FILTERS = TypeAdapter(Filters)


class Conversations:
    """The conversations in one data folder. Only the owner of a conversation can find it."""

    def __init__(self, path: Path, days: int = KEEP_DAYS) -> None:
        self._path = path
        self.days = days
        """Days to keep a conversation after its last use."""

    @classmethod
    def open(cls, root: Path, days: int = KEEP_DAYS) -> Conversations:
        """Open the conversations in a data folder, and delete the expired ones.

        The file is created when the first conversation begins.
        """
        conversations = cls(root / NAME, days)
        if has_tables(conversations._path):
            conversations.delete_expired()
        return conversations

    def begin(self, owner: str, title: str) -> str:
        """Begin a conversation, and return its id, which nobody can guess. Expired conversations are deleted."""
        name, now = secrets.token_urlsafe(16), _now()
        with transaction(self._path, _SCHEMA) as connection:
            _delete_expired(connection, self._oldest())
            values = (name, owner_digest(owner), short_title(title), now, now)
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
        """Add a turn at the end of a conversation, or replace turn ``number`` and all later turns with it.

        ``last`` is the number of turns that the person saw. Raises LookupError if the owner does not have this
        conversation, and ValueError if it is full. Raises ConversationMoved if the conversation has more or fewer turns
        than ``last``.
        """
        with transaction(self._path, _SCHEMA) as connection:
            _delete_expired(connection, self._oldest())
            if not _touch(connection, owner, name):
                raise LookupError(name)
            [(turns,)] = connection.execute("SELECT count(*) FROM turns WHERE conversation = ?", (name,))
            if last is not None and turns != last:
                raise ConversationMoved("The conversation has changed since you opened it, perhaps in another window.")
            number = number or turns + 1
            if number > MAX_TURNS:
                raise ValueError(f"This conversation is full: it can have at most {MAX_TURNS} questions.")
            if number == 1:
                _retitle(connection, name, question.text)
            connection.execute("DELETE FROM turns WHERE conversation = ? AND number >= ?", (name, number))
            turn = Turn(
                number, question.text, datetime.now(UTC), answer.build, answer_digest(answer), question.filters,
                question.set_aside, afresh, question.verbatim,
            )  # fmt: skip
            if not _has_verbatim(connection):
                connection.execute(_ADD_VERBATIM)
            connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _row(name, turn))
        return turn

    def find(self, owner: str, name: str) -> Conversation | None:
        """Return a conversation with all its turns.

        None if it has expired or the owner has no conversation with this id.
        """
        if not has_tables(self._path):
            return None
        with transaction(self._path, _SCHEMA, writes=False) as connection:
            [*rows] = connection.execute(
                "SELECT id, title, begun, touched FROM conversations WHERE id = ? AND owner = ? AND touched >= ?",
                (name, owner_digest(owner), self._oldest()),
            )
            if not rows:
                return None
            # A file on a read-only disk may not have the column yet.
            verbatim = "verbatim" if _has_verbatim(connection) else "0"
            turns = connection.execute(
                f"SELECT number, question, filters, set_aside, afresh, asked, build, digest, {verbatim} FROM turns "  # noqa: S608 - one of two words
                "WHERE conversation = ? ORDER BY number",
                (name,),
            )
            return _conversation(rows[0], tuple(map(_turn, turns)))

    def owned_by(self, owner: str) -> list[Conversation]:
        """Return an owner's conversations without their turns, most recently used first."""
        if not has_tables(self._path):
            return []
        with transaction(self._path, _SCHEMA, writes=False) as connection:
            rows = connection.execute(
                "SELECT id, title, begun, touched FROM conversations WHERE owner = ? AND touched >= ? "
                "ORDER BY touched DESC, id",
                (owner_digest(owner), self._oldest()),
            )
            return [_conversation(row, ()) for row in rows]

    def rename(self, owner: str, name: str, title: str) -> bool:
        """Change the title of a conversation, and return whether it was found."""
        with transaction(self._path, _SCHEMA) as connection:
            return bool(
                connection.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?",
                    (short_title(title), name, owner_digest(owner)),
                ).rowcount
            )

    def delete(self, owner: str, name: str) -> bool:
        """Delete a conversation, and return whether it was found."""
        with transaction(self._path, _SCHEMA) as connection:
            deleted = connection.execute(
                "DELETE FROM conversations WHERE id = ? AND owner = ?", (name, owner_digest(owner))
            )
            return bool(deleted.rowcount)

    def delete_all(self, owner: str) -> int:
        """Delete all of an owner's conversations, and return how many there were."""
        with transaction(self._path, _SCHEMA) as connection:
            return connection.execute("DELETE FROM conversations WHERE owner = ?", (owner_digest(owner),)).rowcount

    def delete_expired(self, now: datetime | None = None) -> int:
        """Delete the conversations that have not been used for :attr:`days`, and return how many there were."""
        with transaction(self._path, _SCHEMA) as connection:
            return _delete_expired(connection, self._oldest(now))

    def _oldest(self, now: datetime | None = None) -> str:
        """Return the time before which a conversation counts as expired if it has not been used since."""
        return ((now or datetime.now(UTC)) - timedelta(days=self.days)).isoformat()


def _delete_expired(connection: sqlite3.Connection, oldest: str) -> int:
    """Delete the conversations last used before a time, and return how many there were."""
    return connection.execute("DELETE FROM conversations WHERE touched < ?", (oldest,)).rowcount


def answer_digest(answer: Answer) -> str:
    """Return a digest of the statements in an answer and their pages. It does not depend on the build."""
    statements = [
        (
            statement.text,
            [(answer.citations[n - 1].report.sha256, answer.citations[n - 1].page) for n in statement.citations],
        )
        for statement in answer.statements
    ]
    return hashlib.sha256(json.dumps([answer.status.value, answer.reason, statements]).encode()).hexdigest()


def short_title(text: str) -> str:
    """Make a text into a title: one line, cut off after a whole word."""
    line = " ".join(text.split())
    if len(line) <= MAX_TITLE:
        return line or "Untitled"
    return line[:MAX_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _retitle(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Name a conversation after its new first question, if it was named after the old one."""
    rows = connection.execute("SELECT question FROM turns WHERE conversation = ? AND number = 1", (name,)).fetchall()
    for (before,) in rows:
        values = (short_title(text), name, short_title(before))
        connection.execute("UPDATE conversations SET title = ? WHERE id = ? AND title = ?", values)


def _has_verbatim(connection: sqlite3.Connection) -> bool:
    """Return whether the table of turns has its newest column."""
    return any(name == "verbatim" for _, name, *_ in connection.execute("PRAGMA table_info(turns)"))


def _touch(connection: sqlite3.Connection, owner: str, name: str) -> bool:
    values = (_now(), name, owner_digest(owner))
    return bool(connection.execute("UPDATE conversations SET touched = ? WHERE id = ? AND owner = ?", values).rowcount)


def _row(name: str, turn: Turn) -> tuple[object, ...]:
    return (
        name, turn.number, turn.question, _FILTERS.dump_json(turn.filters).decode(), json.dumps(turn.set_aside),
        turn.afresh, turn.asked.isoformat(), turn.build, turn.digest, turn.verbatim,
    )  # fmt: skip


def _turn(row: tuple[int, str, str, str, int, str, str, str, int]) -> Turn:
    number, question, filters, set_aside, afresh, asked, build, digest, verbatim = row
    return Turn(
        number, question, datetime.fromisoformat(asked), build, digest, _FILTERS.validate_json(filters),
        tuple(json.loads(set_aside)), bool(afresh), bool(verbatim),
    )  # fmt: skip


def _conversation(row: tuple[str, str, str, str], turns: tuple[Turn, ...]) -> Conversation:
    name, title, begun, touched = row
    return Conversation(name, title, datetime.fromisoformat(begun), datetime.fromisoformat(touched), turns)


def _now() -> str:
    return datetime.now(UTC).isoformat()
