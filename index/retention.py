"""What is kept of the past, and for how long: older builds, and the files that no kept build has."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from index.errors import DamagedIndex, NoIndex
from index.folders import PARTIAL, DataFolder
from index.manifest import Manifest

KEPT_BUILDS = 2
"""The current build and the one before it, to go back to."""
IN_USE = timedelta(minutes=1)
"""How long a build stays after the next has come: those who ask may still be at it."""
KEEP = timedelta(days=30)
"""After this nothing is left of what was removed: older builds go, whatever their number."""


def clean(data: DataFolder, now: datetime, keep: timedelta = KEEP) -> None:
    """Remove unfinished builds, older ones, and originals that no kept build has.

    To be called with the lock held. A folder that cannot be removed because it is in use goes the next time.
    """
    for path in (*data.unfinished(), *_outlived(data, now, keep)):
        shutil.rmtree(path, ignore_errors=True)
    (data.builds / "current.new").unlink(missing_ok=True)
    _clean_originals(data)


def purge(data: DataFolder) -> None:
    """Remove at once all that only older builds have. To be called with the lock held."""
    current = _current(data)
    for path in (*data.unfinished(), *data.finished()):
        if path != current:
            shutil.rmtree(path)
    _clean_originals(data)


def _outlived(data: DataFolder, now: datetime, keep: timedelta) -> list[Path]:
    """Builds that another followed a while ago, and that are beyond the number or the time kept."""
    builds, current = data.finished(), _current(data)
    gone = []
    for path, following in pairwise(builds):
        followed = now - _made(following)
        beyond = path not in builds[-KEPT_BUILDS:] and followed > IN_USE
        if path != current and (beyond or followed > keep):
            gone.append(path)
    return gone


def _made(build: Path) -> datetime:
    """When a build began, by its name; long ago for a name that tells no time."""
    try:
        return datetime.strptime(build.name[:22], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _clean_originals(data: DataFolder) -> None:
    """Remove the files that no kept build has; none while a build's list of them cannot be read."""
    wanted: set[str] = set()
    try:
        for build in data.finished():
            wanted |= set(Manifest.read(build).originals)
    except DamagedIndex:
        return
    for path in data.originals.rglob("*"):
        if path.is_file() and (path.suffix == PARTIAL or path.stem not in wanted):
            path.unlink(missing_ok=True)


def _current(data: DataFolder) -> Path | None:
    try:
        return data.current()
    except NoIndex:
        return None
