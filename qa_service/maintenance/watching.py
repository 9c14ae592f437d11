"""Noticing files that come, change or go in the folders that a build reads.

The folders are looked at every few seconds rather than listened to: shared network folders, where many keep their
reports, tell nobody of changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from corpus.sidecar import sidecar_of
from index.building.sources import find_sources
from index.errors import BuildRunning, SearchIndexError

Snapshot = frozenset[tuple[str, int, int]]
"""Files by path, size and time of the last change."""


def snapshot(folders: Iterable[Path]) -> Snapshot:
    """The files of some folders as they are now, their sidecars among them. Raises NoReports where there are none."""
    seen = set()
    for path in find_sources(folders):
        for file in (path, sidecar_of(path)):
            try:
                status = file.stat()
            except OSError:
                continue  # there is no sidecar, or the file went while we looked
            seen.add((str(file), status.st_size, status.st_mtime_ns))
    return frozenset(seen)


class Watch:
    """Starts a build once files have changed and lie still: nothing half-copied is read.

    It starts with one, for what came while nobody watched; a build with nothing new changes nothing.
    """

    def __init__(self, look: Callable[[], Snapshot], start: Callable[[], None]) -> None:
        self._look = look
        self._start = start
        self._built: Snapshot | None = None
        self._last: Snapshot | None = None

    def step(self) -> bool:
        """Look once; whether a build was started. To be called every few seconds."""
        try:
            now = self._look()
        except SearchIndexError:
            return False  # a share that is away for a moment; nothing is built until it is back
        still, self._last = now == self._last, now
        if now == self._built or not still:
            return False
        try:
            self._start()
        except BuildRunning:
            return False  # the next step tries again
        self._built = now
        return True
