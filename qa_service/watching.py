"""Noticing files that come, change or go in the folders that a build reads.

The folders are looked at every few seconds rather than listened to: shared network folders, where many keep their
reports, tell nobody of changes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.errors import BuildRunning, SearchIndexError
from index.sources import find_sources

Snapshot = frozenset[tuple[str, int, int]]
"""Files by path, size and time of the last change."""


def snapshot(folders: list[Path]) -> Snapshot:
    """The files of some folders as they are now; none where there are none."""
    try:
        found = find_sources(folders)
    except SearchIndexError:
        return frozenset()
    seen = set()
    for path in found:
        try:
            status = path.stat()
        except OSError:
            continue  # it went while we looked
        seen.add((str(path), status.st_size, status.st_mtime_ns))
    return frozenset(seen)


class Watch:
    """Starts a build once files have changed and lie still: nothing half-copied is read."""

    def __init__(self, look: Callable[[], Snapshot], start: Callable[[], None]) -> None:
        self._look = look
        self._start = start
        self._built = self._last = look()

    def step(self) -> bool:
        """Look once; whether a build was started. To be called every few seconds."""
        now = self._look()
        still, self._last = now == self._last, now
        if now == self._built or not still:
            return False
        try:
            self._start()
        except BuildRunning:
            return False  # the next step tries again
        self._built = now
        return True
