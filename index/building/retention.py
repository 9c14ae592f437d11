"""What is kept of the past, and for how long: older builds, and the files that no kept build has."""

from __future__ import annotations

import contextlib
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import LOCK, PARTIAL, DataFolder, build_start
from index.storage.manifest import Manifest

KEPT_BUILDS = 2
"""The current build and the one before it, to go back to."""
IN_USE = timedelta(minutes=1)
"""How long a build stays after the next has come: those who ask may still be at it."""
_UPLOAD = timedelta(hours=1)
"""No upload takes longer."""
KEEP = timedelta(days=30)
"""After this nothing is left of what was removed: older builds go, whatever their number."""


def clean(data: DataFolder, now: datetime, keep: timedelta = KEEP) -> None:
    """Remove unfinished builds, older ones, originals that no kept build has, and what broken-off uploads left.

    To be called with the lock held. A folder that cannot be removed because it is in use goes the next time.
    """
    for path in _outlived(data, now, keep):
        with contextlib.suppress(PermissionError):
            _discard(path)
    for path in data.unfinished():
        shutil.rmtree(path, ignore_errors=True)
    (data.builds / "current.new").unlink(missing_ok=True)
    clean_originals(data)
    _clean_uploads(data, now)


def tidy(data: DataFolder) -> None:
    """The same where nothing is to be built; nothing while a build is at work."""
    with contextlib.suppress(Timeout), FileLock(data.builds / LOCK, timeout=0, is_singleton=True):
        clean(data, datetime.now(UTC))


def purge(data: DataFolder) -> None:
    """Remove at once all that only older builds have. To be called with the lock held, and a good build current.

    Raises PermissionError where a folder is in use, as Windows has it: it is to be called again then.
    """
    current = _current(data)
    for path in data.finished():
        if path != current:
            _discard(path)
    for path in data.unfinished():
        shutil.rmtree(path)
    clean_originals(data)
    _clean_uploads(data, datetime.now(UTC))


def _discard(build: Path) -> None:
    """Remove a whole build: it is none from the first step on, whatever comes between."""
    partial = build.with_name(build.name + PARTIAL)
    build.rename(partial)
    shutil.rmtree(partial, ignore_errors=True)


def _clean_uploads(data: DataFolder, now: datetime) -> None:
    """Remove what uploads left that were broken off."""
    for path in (*data.root.glob("incoming-*"), *data.reports.glob(f".*{PARTIAL}")):
        with contextlib.suppress(OSError):
            if now.timestamp() - path.stat().st_mtime > _UPLOAD.total_seconds():
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _outlived(data: DataFolder, now: datetime, keep: timedelta) -> list[Path]:
    """Builds that another followed a while ago, and that are beyond the number or the time kept."""
    builds, current = data.finished(), _current(data)
    gone = []
    for path, following in pairwise(builds):
        followed = now - _begun(following)
        told = followed >= timedelta(0)  # else the clock was set back since, and nobody knows how long ago it was
        beyond = path not in builds[-KEPT_BUILDS:] and (followed > IN_USE or not told)
        if path != current and (beyond or followed > keep):
            gone.append(path)
    return gone


def _begun(build: Path) -> datetime:
    """When a build began: by its name, or by its folder where the clock was set back and the name counts on."""
    return min(build_start(build), datetime.fromtimestamp(build.stat().st_mtime, UTC))


def clean_originals(data: DataFolder) -> None:
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
    except (NoIndex, DamagedIndex):
        return None
