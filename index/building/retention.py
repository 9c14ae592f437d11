"""Deletes old builds, and files that none of the remaining builds use."""

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
"""Number of builds to keep: the current one, and the one before it for a rollback."""
IN_USE = timedelta(minutes=1)
"""We keep a build for this long after the next one starts, because some questions may still use it."""
_LONGEST_UPLOAD = timedelta(hours=1)
KEEP = timedelta(days=30)
"""Removed text may stay on the disk for this long. After that, we delete older builds, even if only a few are left."""


def clean(data: DataFolder, now: datetime, keep: timedelta = KEEP) -> None:
    """Delete unfinished builds, old builds, originals that no remaining build uses, and the remains of uploads.

    Call this with the lock held. A folder that is in use is left until the next call.
    """
    for path in _builds_to_delete(data, now, keep):
        with contextlib.suppress(PermissionError):
            _delete_build(path)
    for path in data.unfinished():
        shutil.rmtree(path, ignore_errors=True)
    (data.builds / "current.new").unlink(missing_ok=True)
    clean_originals(data)
    _clean_uploads(data, now)


def tidy(data: DataFolder) -> None:
    """Clean the data folder while no build is about to start. If a build is running, do nothing."""
    with contextlib.suppress(Timeout), FileLock(data.builds / LOCK, timeout=0, is_singleton=True):
        clean(data, datetime.now(UTC))


def purge(data: DataFolder) -> None:
    """Delete all other builds at once, and the files that only they use.

    Call this with the lock held, and only if the current build is undamaged. Raises PermissionError if a folder is in
    use, which can happen on Windows. In that case, call it again later.
    """
    current = _current(data)
    for path in data.finished():
        if path != current:
            _delete_build(path)
    for path in data.unfinished():
        shutil.rmtree(path)
    clean_originals(data)
    _clean_uploads(data, datetime.now(UTC))


def _delete_build(build: Path) -> None:
    """Delete a complete build. It is renamed first, so that a half-deleted build never looks complete."""
    partial = build.with_name(build.name + PARTIAL)
    build.rename(partial)
    shutil.rmtree(partial, ignore_errors=True)


def _clean_uploads(data: DataFolder, now: datetime) -> None:
    """Delete the remains of interrupted uploads."""
    for path in (*data.root.glob("incoming-*"), *data.reports.glob(f".*{PARTIAL}")):
        with contextlib.suppress(OSError):
            if now.timestamp() - path.stat().st_mtime > _LONGEST_UPLOAD.total_seconds():
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _builds_to_delete(data: DataFolder, now: datetime, keep: timedelta) -> list[Path]:
    """Return the builds to delete.

    A build is deleted if it is too old, or if it is both surplus and no longer in use.
    """
    builds, current = data.finished(), _current(data)
    expired = []
    for path, next_build in pairwise(builds):
        age = now - _start(next_build)
        clock_was_set_back = age < timedelta(0)  # so we do not know when the next build started
        surplus = path not in builds[-KEPT_BUILDS:] and (age > IN_USE or clock_was_set_back)
        if path != current and (surplus or age > keep):
            expired.append(path)
    return expired


def _start(build: Path) -> datetime:
    """Return when a build started. If the clock was ahead, the time in the build's name may be too late."""
    return min(build_start(build), datetime.fromtimestamp(build.stat().st_mtime, UTC))


def clean_originals(data: DataFolder) -> None:
    """Delete the originals that no remaining build uses. If a manifest cannot be read, delete none."""
    needed: set[str] = set()
    try:
        for build in data.finished():
            needed |= set(Manifest.read(build).originals)
    except DamagedIndex:
        return
    for path in data.originals.rglob("*"):
        if path.is_file() and (path.suffix == PARTIAL or path.stem not in needed):
            path.unlink(missing_ok=True)


def _current(data: DataFolder) -> Path | None:
    try:
        return data.current()
    except (NoIndex, DamagedIndex):
        return None
