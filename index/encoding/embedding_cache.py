"""Keeps the vector of each text, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.types import Encoder, Vectors

_VERSION = 2
"""Version of the way we compute vectors. Increase it when that changes. The cache then drops all older vectors."""
_COMMIT_EVERY = 256
"""Number of texts embedded between commits. A build that is interrupted loses at most this many vectors."""
_CHECKSUM_LENGTH = 4
"""Length of the checksum after each vector, in bytes. A vector that has changed on the disk is computed again."""
_KEYS_AT_ONCE = 500
"""Maximum number of keys in a statement. Older versions of SQLite allow no more than 999."""


@dataclass(frozen=True, slots=True)
class CacheLookup:
    """The result of looking up several texts."""

    keys: list[bytes]
    """The key of each text, in order."""
    known: dict[bytes, bytes]
    """The vectors that the cache contains, by key."""
    missing: dict[bytes, str]
    """The texts whose vectors are not in the cache, by key."""


class EmbeddingCache:
    """Half-precision vectors in an SQLite file, by encoder and text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> EmbeddingCache:
        """Open or create the cache. A damaged cache is deleted, because all its vectors can be computed again."""
        try:
            return cls._open_connection(path)
        except sqlite3.OperationalError:
            raise  # a full disk or a locked file does not count as damage
        except sqlite3.DatabaseError:
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            return cls._open_connection(path)

    @classmethod
    def _open_connection(cls, path: Path) -> EmbeddingCache:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
        )
        [(version,)] = connection.execute("PRAGMA user_version")
        if version != _VERSION:
            with connection:
                connection.execute("DELETE FROM vectors")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
        [(damage,)] = connection.execute("PRAGMA quick_check(1)")
        if damage != "ok":
            connection.close()
            raise sqlite3.DatabaseError(damage)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def embed(
        self, texts: Sequence[str], encoder: Encoder, on_progress: Callable[[int, int], None]
    ) -> tuple[Vectors, int]:
        """Return the vectors of texts, and how many of them were not in the cache."""
        return self.complete(self.look_up(texts, encoder.revision), encoder, on_progress)

    def look_up(self, texts: Sequence[str], revision: str) -> CacheLookup:
        """Look up texts in the cache."""
        keys = [_key(text, revision) for text in texts]
        known = self._known(keys)
        return CacheLookup(keys, known, {k: text for k, text in zip(keys, texts, strict=True) if k not in known})

    def complete(
        self, lookup: CacheLookup, encoder: Encoder, on_progress: Callable[[int, int], None]
    ) -> tuple[Vectors, int]:
        """Embed the texts that a lookup did not find. Return the vectors of all texts, and how many were embedded."""
        keys, known = lookup.keys, lookup.known
        todo = sorted(lookup.missing.items(), key=lambda item: (-len(item[1]), item[1]))
        for start in range(0, len(todo), _COMMIT_EVERY):
            part = todo[start : start + _COMMIT_EVERY]
            vectors = encoder.encode_document([text for _, text in part]).astype(np.float16)
            rows = [(key, vector.tobytes()) for (key, _), vector in zip(part, vectors, strict=True)]
            with_checksums = [(key, vector + _checksum(vector)) for key, vector in rows]
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", with_checksums)
            known.update(rows)
            on_progress(start + len(part), len(todo))
        halves = np.frombuffer(b"".join(known[key] for key in keys), dtype=np.float16)
        return halves.reshape(len(keys), encoder.dimension).astype(np.float32), len(todo)

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        known: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            part = keys[start : start + _KEYS_AT_ONCE]
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608 - only question marks are inserted
            for key, value in rows:
                vector, checksum = value[:-_CHECKSUM_LENGTH], value[-_CHECKSUM_LENGTH:]
                if _checksum(vector) == checksum:
                    known[key] = vector
        return known

    def keep_only(self, texts: Iterable[str], revision: str) -> int:
        """Delete the vectors of all other texts, and overwrite them in the file. Return how many were deleted."""
        keys_to_keep = {_key(text, revision) for text in texts}
        keys = {key for (key,) in self._connection.execute("SELECT key FROM vectors")}
        surplus = [(key,) for key in sorted(keys - keys_to_keep)]
        with self._connection:
            self._connection.executemany("DELETE FROM vectors WHERE key = ?", surplus)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("VACUUM")
        return len(surplus)


def _key(text: str, revision: str) -> bytes:
    return hashlib.sha256(f"{revision}\0{text}".encode()).digest()


def _checksum(vector: bytes) -> bytes:
    return zlib.crc32(vector).to_bytes(_CHECKSUM_LENGTH, "big")


def forget_embeddings(path: Path, texts: Iterable[str], revision: str) -> int:
    """Delete the vectors of all other texts from the cache in a file. Return how many were deleted."""
    cache = EmbeddingCache.open(path)
    try:
        return cache.keep_only(texts, revision)
    finally:
        cache.close()
