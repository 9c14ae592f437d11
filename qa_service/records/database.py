"""SQLite files that store what people write. The files are small and rarely change. Deleted data is overwritten."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT = 10.0
"""Number of seconds that a writer waits for another writer."""


def owner_digest(token: str) -> str:
    """Return a digest of an owner's token, so that nobody who reads a file can act as the owner."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_tables(path: Path) -> bool:
    """Return whether a database file exists and is not empty. SQLite creates the file first, and its tables later."""
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def transaction(path: Path, schema: str, *, writes: bool = True) -> Iterator[sqlite3.Connection]:
    """Open a database for one transaction, which is rolled back if an error is raised.

    With ``writes``, the file and its tables are created if they are missing. Without ``writes``, the file must exist
    and can be on a read-only disk. Deleted rows are overwritten with zeros, and no journal keeps them.
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
