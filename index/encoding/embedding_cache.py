"""Vectors by the digest of what was embedded, so that a text is embedded once, ever."""

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
"""Raised when vectors come to be computed in another way: all are then made by that, none mixed with older ones."""
_SLICE = 256
"""Texts embedded between two commits: what a stopped build loses at most."""
_CHECK = 4
"""Bytes of a checksum at the end of each vector: one that was damaged on the disk is made again."""
_ASK = 500
"""Keys looked up in one statement; SQLite allows 999 in its older versions."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Texts by key, in order; the vectors that the cache has of them, and the texts that it lacks."""

    keys: list[bytes]
    known: dict[bytes, bytes]
    missing: dict[bytes, str]


class EmbeddingCache:
    """Half-precision vectors in SQLite, keyed by encoder and text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> EmbeddingCache:
        """Open or create the cache; a damaged one is put away, as all of it can be made again."""
        try:
            return cls._opened(path)
        except sqlite3.OperationalError:
            raise  # no room, or locked: that is no damage
        except sqlite3.DatabaseError:
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            return cls._opened(path)

    @classmethod
    def _opened(cls, path: Path) -> EmbeddingCache:
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
        [(checked,)] = connection.execute("PRAGMA quick_check(1)")
        if checked != "ok":
            connection.close()
            raise sqlite3.DatabaseError(checked)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def embed(
        self, texts: Sequence[str], encoder: Encoder, on_progress: Callable[[int, int], None]
    ) -> tuple[Vectors, int]:
        """Vectors of the texts, from the cache or embedded now; and how many had to be embedded."""
        return self.complete(self.look_up(texts, encoder.revision), encoder, on_progress)

    def look_up(self, texts: Sequence[str], revision: str) -> LookedUp:
        """What the cache has of the texts."""
        keys = [_key(text, revision) for text in texts]
        known = self._known(keys)
        return LookedUp(keys, known, {k: text for k, text in zip(keys, texts, strict=True) if k not in known})

    def complete(
        self, found: LookedUp, encoder: Encoder, on_progress: Callable[[int, int], None]
    ) -> tuple[Vectors, int]:
        """All vectors of what was looked up, those that were missing embedded now; and how many those were."""
        keys, known = found.keys, found.known
        todo = sorted(found.missing.items(), key=lambda item: (-len(item[1]), item[1]))
        for start in range(0, len(todo), _SLICE):
            part = todo[start : start + _SLICE]
            vectors = encoder.encode_document([text for _, text in part]).astype(np.float16)
            rows = [(key, vector.tobytes()) for (key, _), vector in zip(part, vectors, strict=True)]
            checked = [(key, vector + _checksum(vector)) for key, vector in rows]
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", checked)
            known.update(rows)
            on_progress(start + len(part), len(todo))
        halves = np.frombuffer(b"".join(known[key] for key in keys), dtype=np.float16)
        return halves.reshape(len(keys), encoder.dimension).astype(np.float32), len(todo)

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _ASK):
            part = keys[start : start + _ASK]
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608 - marks only
            found.update((key, blob[:-_CHECK]) for key, blob in rows if _checksum(blob[:-_CHECK]) == blob[-_CHECK:])
        return found

    def keep_only(self, texts: Iterable[str], revision: str) -> int:
        """Drop the vectors of all texts but these, overwriting what they held; how many were dropped."""
        kept = {_key(text, revision) for text in texts}
        keys = {key for (key,) in self._connection.execute("SELECT key FROM vectors")}
        with self._connection:
            self._connection.executemany("DELETE FROM vectors WHERE key = ?", [(key,) for key in sorted(keys - kept)])
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("VACUUM")
        return len(keys - kept)


def _key(text: str, revision: str) -> bytes:
    return hashlib.sha256(f"{revision}\0{text}".encode()).digest()


def _checksum(vector: bytes) -> bytes:
    return zlib.crc32(vector).to_bytes(_CHECK, "big")


def forget_embeddings(path: Path, texts: Iterable[str], revision: str) -> int:
    """Drop the embeddings of all texts but these, and their traces in the file; how many were dropped."""
    cache = EmbeddingCache.open(path)
    try:
        return cache.keep_only(texts, revision)
    finally:
        cache.close()
