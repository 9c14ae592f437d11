"""Watches the reports folders for files that are added, changed or removed.

We look at the folders every few seconds, because shared network folders do not tell us about changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from corpus.facts.sidecar import sidecar_of
from index.building.sources import find_sources
from index.errors import BuildRunning, SearchIndexError

Snapshot = frozenset[tuple[str, int, int]]
"""The path, size and modification time of each file."""


def snapshot(folders: Iterable[Path]) -> Snapshot:
    """Return the files in the given folders, with their sidecars. Raises NoReports if there are no reports."""
    files = set()
    for path in find_sources(folders):
        for file in (path, sidecar_of(path)):
            try:
                status = file.stat()
            except OSError:
                continue  # there is no sidecar, or the file has just been removed
            files.add((str(file), status.st_size, status.st_mtime_ns))
    return frozenset(files)


class Watch:
    """Starts a build once changed files have stopped changing, so that no half-copied file is read.

    It also starts a build at the beginning, in case files changed while it was not running.
    """

    def __init__(self, look: Callable[[], Snapshot], start: Callable[[], None]) -> None:
        self._look = look
        self._start = start
        self._built: Snapshot | None = None
        self._last: Snapshot | None = None

    def step(self) -> bool:
        """Look for changes once, and return whether a build was started. Call this every few seconds."""
        try:
            now = self._look()
        except SearchIndexError:
            return False  # a network folder may be unavailable for a moment
        unchanged, self._last = now == self._last, now
        if now == self._built or not unchanged:
            return False
        try:
            self._start()
        except BuildRunning:
            return False  # the next step tries again
        self._built = now
        return True
