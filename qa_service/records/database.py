"""SQLite files that people's own words are kept in: small, written seldom, and deleted for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT = 10.0
"""Seconds that a writer waits for another."""


def is_begun(path: Path) -> bool:
    """Whether a file holds anything: SQLite makes it empty, before its tables."""
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def transaction(path: Path, schema: str, *, writes: bool = True) -> Iterator[sqlite3.Connection]:
    """All or nothing of what is done to a file, which is made with its tables where it is missing.

    Without ``writes`` it must be there; it may then be on a disk that takes none.
    What is deleted is overwritten, and no journal keeps it.
    """
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if writes:
            connection.executescript(schema)
        connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
    finally:
        connection.close()
