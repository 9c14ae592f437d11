"""Saved questions: questions whose answers a person wants to compare after a build.

We keep only a snapshot of the answer, without the reports' words. We ask a saved question again with the groups of the
person who opens it, so it shows nothing that this person may not see.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from index.types import Filters
from qa_service.errors import TooManySaved
from qa_service.records.answer_snapshots import Snapshot, snapshot_of
from qa_service.records.database import has_tables, owner_digest, transaction
from qa_service.types import KEEP_SAVED_DAYS, MAX_ITEMS, Answer, Question

NAME = "saved_questions.sqlite"
"""Name of the file in a data folder."""
MAX_SAVED = 20
"""Maximum number of saved questions for one person. We ask all of them again after a build."""
COMMAND_LINE = "command line"
"""The owner of the questions that are saved with the command line. No browser and no program can be this owner."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS saved_questions (id TEXT PRIMARY KEY, owner TEXT NOT NULL, asked TEXT NOT NULL,
    saved TEXT NOT NULL, read TEXT NOT NULL, snapshot TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS saved_of_owner ON saved_questions(owner, saved);
"""
_COLUMNS = "id, asked, saved, read, snapshot"
_FILTERS = TypeAdapter(Filters)
_SNAPSHOT = TypeAdapter(Snapshot)


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question that a person saved, with a snapshot of the answer that they last saw."""

    id: str
    question: Question
    """The question. If its answer is a list, it asks for the whole list."""
    saved: datetime
    read: datetime
    """The time when the person saved the question, or last marked its answer as read."""
    snapshot: Snapshot


class SavedQuestions:
    """The saved questions in one data folder. Only the owner of a question can find it."""

    def __init__(self, path: Path, days: int = KEEP_SAVED_DAYS) -> None:
        self._path = path
        self.days = days
        """Days to keep a question after it was saved or last marked as read."""

    @classmethod
    def open(cls, root: Path, days: int = KEEP_SAVED_DAYS) -> SavedQuestions:
        """Open the saved questions in a data folder, and delete the expired ones.

        The file is created when the first question is saved.
        """
        saved = cls(root / NAME, days)
        if has_tables(saved._path):
            saved.delete_expired()
        return saved

    def save(self, owner: str, question: Question, answer: Answer) -> SavedQuestion:
        """Save a question with a snapshot of its answer, and return it.

        If the question is already saved, return the saved one.

        ``answer`` is the answer to the question that :func:`whole` returns. Raises TooManySaved. Expired questions are
        deleted.
        """
        asked, now = _written(question), _now()
        with transaction(self._path, _SCHEMA) as connection:
            _delete_expired(connection, self._oldest())
            present = _rows(connection, "owner = ? AND asked = ?", (owner_digest(owner), asked))
            if present:
                return present[0]
            [(count,)] = connection.execute(
                "SELECT count(*) FROM saved_questions WHERE owner = ?", (owner_digest(owner),)
            )
            if count >= MAX_SAVED:
                raise TooManySaved(f"You have {count} saved questions, which is the most that you can have.")
            name = secrets.token_urlsafe(16)
            values = (name, owner_digest(owner), asked, now, now, _SNAPSHOT.dump_json(snapshot_of(answer)).decode())
            connection.execute("INSERT INTO saved_questions VALUES (?, ?, ?, ?, ?, ?)", values)
            return _rows(connection, "id = ?", (name,))[0]

    def owned_by(self, owner: str) -> list[SavedQuestion]:
        """Return an owner's saved questions, with the last one saved first."""
        return self._find("owner = ? AND read >= ? ORDER BY saved DESC, id", (owner_digest(owner), self._oldest()))

    def find(self, owner: str, name: str) -> SavedQuestion | None:
        """Return a saved question. None if it has expired, or if the owner has no question with this id."""
        found = self._find("id = ? AND owner = ? AND read >= ?", (name, owner_digest(owner), self._oldest()))
        return found[0] if found else None

    def mark_read(self, owner: str, name: str, answer: Answer) -> bool:
        """From now on, compare a question with this answer. Return whether the question was found."""
        snapshot = _SNAPSHOT.dump_json(snapshot_of(answer)).decode()
        with transaction(self._path, _SCHEMA) as connection:
            changed = connection.execute(
                "UPDATE saved_questions SET read = ?, snapshot = ? WHERE id = ? AND owner = ?",
                (_now(), snapshot, name, owner_digest(owner)),
            )
            return bool(changed.rowcount)

    def delete(self, owner: str, name: str) -> bool:
        """Delete a saved question, and return whether it was found."""
        with transaction(self._path, _SCHEMA) as connection:
            deleted = connection.execute(
                "DELETE FROM saved_questions WHERE id = ? AND owner = ?", (name, owner_digest(owner))
            )
            return bool(deleted.rowcount)

    def delete_all(self, owner: str) -> int:
        """Delete all of an owner's saved questions, and return how many there were."""
        with transaction(self._path, _SCHEMA) as connection:
            return connection.execute("DELETE FROM saved_questions WHERE owner = ?", (owner_digest(owner),)).rowcount

    def forget_other_reports(self, kept: Collection[str]) -> int:
        """Delete what snapshots say about reports without one of these ids, and return how many snapshots changed.

        A deleted statement still counts as one that was in the answer.
        """
        if not has_tables(self._path):
            return 0
        with transaction(self._path, _SCHEMA) as connection:
            changed = [
                (_SNAPSHOT.dump_json(less).decode(), saved.id)
                for saved in _rows(connection, "id = id", ())
                if (less := saved.snapshot.only_of(kept)) != saved.snapshot
            ]
            connection.executemany("UPDATE saved_questions SET snapshot = ? WHERE id = ?", changed)
            return len(changed)

    def delete_expired(self, now: datetime | None = None) -> int:
        """Delete the questions that were last marked as read too long ago, and return how many there were."""
        with transaction(self._path, _SCHEMA) as connection:
            return _delete_expired(connection, self._oldest(now))

    def _find(self, condition: str, values: tuple[str, ...]) -> list[SavedQuestion]:
        if not has_tables(self._path):
            return []
        with transaction(self._path, _SCHEMA, writes=False) as connection:
            return _rows(connection, condition, values)

    def _oldest(self, now: datetime | None = None) -> str:
        """Return the time before which a question counts as expired if it has not been marked as read since."""
        return ((now or datetime.now(UTC)) - timedelta(days=self.days)).isoformat()


def whole(question: Question) -> Question:
    """Return a question that asks for the whole list, so that its answer can be compared with an earlier one."""
    return _read(_written(question))


def _rows(connection: sqlite3.Connection, condition: str, values: tuple[str, ...]) -> list[SavedQuestion]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM saved_questions WHERE {condition}", values)  # noqa: S608 - only our own words
    return [
        SavedQuestion(
            name, _read(asked), datetime.fromisoformat(saved), datetime.fromisoformat(read),
            _SNAPSHOT.validate_json(snapshot),
        )
        for name, asked, saved, read, snapshot in rows
    ]  # fmt: skip


def _written(question: Question) -> str:
    """Return what we keep from a question.

    Times such as "last year" are counted again each time we ask the question.
    """
    fields: dict[str, Any] = {
        "text": question.text,
        "history": question.history,
        "filters": _FILTERS.dump_python(question.filters, mode="json"),
        "set_aside": question.set_aside,
        "set_aside_before": question.set_aside_before,
        "verbatim": question.verbatim,
    }
    return json.dumps(fields, ensure_ascii=False)


def _read(written: str) -> Question:
    fields = json.loads(written)
    return Question(
        fields["text"],
        tuple(fields["history"]),
        _FILTERS.validate_json(json.dumps(fields["filters"])),
        set_aside=tuple(fields["set_aside"]),
        set_aside_before=tuple(map(tuple, fields["set_aside_before"])),
        verbatim=fields["verbatim"],
        items=MAX_ITEMS,
    )


def _delete_expired(connection: sqlite3.Connection, oldest: str) -> int:
    return connection.execute("DELETE FROM saved_questions WHERE read < ?", (oldest,)).rowcount


def _now() -> str:
    return datetime.now(UTC).isoformat()
