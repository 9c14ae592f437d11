"""Collects the files for a backup, and copies the files that may change in the meantime."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import PARTIAL, DataFolder
from index.storage.manifest import Manifest
from index.types import Progress
from qa_service.backup.inventory import (
    CACHE,
    DATABASES,
    POINTER,
    REPORTS,
    TOP_FILES,
    VISIBILITY_FILES,
    ArchiveMember,
    manifest_path,
)
from qa_service.errors import BackupError
from qa_service.records.database import has_tables

_LOCKED = 30.0
"""Number of seconds that a copy waits for a writer to finish."""
ALTERED = (
    "{} is missing or has changed since it was written, so no backup was made. To see what to do, run "
    "“qa-service verify”."
)


@dataclass(frozen=True, slots=True)
class MemberSource:
    """A member of the backup, and the path to copy it from."""

    member: ArchiveMember
    path: Path


@dataclass(slots=True)
class Collector:
    """Collects the members of a backup. Files that may change are copied first. Builds and originals never change."""

    data: DataFolder
    folder: Path
    on_progress: Progress
    copies: int = field(default=0, init=False)

    def collect(self, *, with_cache: bool) -> list[MemberSource]:
        """Return all the members. The caller must hold the build lock."""
        members = [*self._build()]
        if with_cache:
            members += self._database(CACHE)
        for name in DATABASES:
            members += self._database(name)
        for name in TOP_FILES:
            members += self._copy(name, self.data.root / name)
        members += self._reports()
        # These lists come last. If a report is limited or removed during the backup, they show it.
        for name in VISIBILITY_FILES:
            members += self._copy(f"index/{name}", self.data.builds / name)
        return members

    def _build(self) -> Iterator[MemberSource]:
        manifest = current_manifest(self.data)
        if manifest is None:
            return
        build = self.data.current()
        yield from self._copy(manifest_path(build.name), self.data.root / manifest_path(build.name))
        for name, digest in manifest.digests.items():
            yield _member_source(f"index/{build.name}/{name}", build / name, digest)
        for sha256 in manifest.originals:
            original = self.data.find_original(sha256)
            if original is None:
                raise DamagedIndex(ALTERED.format(f"The original of report {sha256}"))
            yield _member_source(original.relative_to(self.data.root).as_posix(), original, sha256)
        yield from self._copy(f"index/{POINTER}", self.data.builds / POINTER)

    def _reports(self) -> Iterator[MemberSource]:
        own = self.data.reports
        paths = sorted(path for path in own.rglob("*") if path.is_file() and not _is_partial(path))
        for done, path in enumerate(paths, 1):
            yield from self._copy(f"{REPORTS}/{path.relative_to(own).as_posix()}", path)
            self.on_progress("Copying your reports", done, len(paths))

    def _copy(self, name: str, path: Path) -> Iterator[MemberSource]:
        """Copy a file as it is now, if it exists."""
        copy = self._next()
        try:
            shutil.copyfile(path, copy)
        except FileNotFoundError:
            return
        yield _member_source(name, copy, file_digest(copy))

    def _database(self, name: str) -> Iterator[MemberSource]:
        """Copy a SQLite file as it was between two transactions, even while other processes write to it."""
        path, copy = self.data.root / name, self._next()
        if not has_tables(path):
            return
        try:
            with closing(sqlite3.connect(path, timeout=_LOCKED)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.DatabaseError as error:
            if "disk is full" in str(error):
                raise
            leave_out = " To leave it out, use --without-cache." if name == CACHE else ""
            raise BackupError(f"{path} cannot be copied ({error}), so no backup was made.{leave_out}") from error
        yield _member_source(name, copy, file_digest(copy))

    def _next(self) -> Path:
        self.copies += 1
        return self.folder / f"{self.copies}.copy"


def _member_source(name: str, path: Path, sha256: str) -> MemberSource:
    try:
        return MemberSource(ArchiveMember(name, path.stat().st_size, sha256), path)
    except ValueError as error:
        raise BackupError(f"No backup was made, because {error}. Rename this file, then back up again.") from error


def _is_partial(path: Path) -> bool:
    """Return whether a file is still being copied into the reports folder."""
    return path.name.startswith(".") and path.name.endswith(PARTIAL)


def current_manifest(data: DataFolder) -> Manifest | None:
    """Return the manifest of the current build, or None if there is no build. Raises DamagedIndex."""
    try:
        return Manifest.read(data.current())
    except NoIndex:
        return None
