"""Making a backup of a data folder while the service answers and people write."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from index.building.build import build_lock
from index.errors import BuildRunning, DamagedIndex
from index.storage.data_folder import DataFolder, replace_file, sync, sync_folder
from index.storage.manifest import FORMAT as INDEX_FORMAT
from index.types import Progress
from qa_service.backup.collect import ALTERED, Collector, MemberSource, current_manifest
from qa_service.backup.inventory import FORMAT, INVENTORY_FILE, MAX_INVENTORY, SAMPLES, Inventory, report_disk_full
from qa_service.errors import BackupError
from qa_service.samples import sample_folder

_COMPRESSION = 1
"""Vectors hardly shrink, whatever the effort."""
_WAIT = 0.5
"""Seconds until it is looked again whether a build has ended."""
_PRIVATE = 0o600
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What is backed up, and how. ``on_wait`` is told once that a build is at work; None has it fail instead."""

    data: DataFolder
    version: str
    on_progress: Progress
    on_wait: Callable[[], None] | None = None
    with_cache: bool = True

    def write(self, target: Path, now: datetime, *, replaces: bool = False) -> Inventory:
        """Write all that is to be kept into one archive, whole or not at all; what it holds.

        Raises BackupError where the target cannot be one, BuildRunning where a build is at work and is not waited for,
        DamagedIndex where what is to be kept is not what was written, DiskFull.
        """
        target = target.absolute()
        self._check(target, replaces=replaces)
        with (
            report_disk_full(target.parent),
            tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder,
        ):
            archive = Path(folder) / target.name
            with ExitStack() as stack:
                self._lock(stack)
                pieces = Collector(self.data, Path(folder), self.on_progress).pieces(with_cache=self.with_cache)
                inventory = self._inventory(pieces, now)
                self._write(archive, inventory, pieces)
            sync(archive)
            self._check(target, replaces=replaces)
            replace_file(archive, target)
        sync_folder(target.parent)
        return inventory

    def _check(self, target: Path, *, replaces: bool) -> None:
        if not target.name.endswith((".tar", ".tar.gz", ".tgz")):
            raise BackupError(f"{target} names no archive: end it with .tar, .tar.gz or .tgz.")
        if not self.data.builds.is_dir():
            raise BackupError(f"There is nothing to back up in {self.data.root}. QA_DATA_DIR says where the data are.")
        if target.resolve().is_relative_to(self.data.root.resolve()):
            raise BackupError(f"{target} lies in the data folder, and would be lost with it. Name a place elsewhere.")
        if not target.parent.is_dir():
            raise BackupError(f"{target.parent} is no folder. Make it, or name another.")
        if target.is_dir() or (target.exists() and not replaces):
            raise BackupError(f"{target} is there already. Name another file, or replace it with --force.")

    def _lock(self, stack: ExitStack) -> None:
        """Keep builds from swapping and tidying what is copied."""
        told = False
        while True:
            try:
                stack.enter_context(build_lock(self.data))
            except BuildRunning:
                if self.on_wait is None:
                    raise
                if not told:
                    self.on_wait()
                told = True
                time.sleep(_WAIT)
            else:
                return

    def _inventory(self, pieces: list[MemberSource], now: datetime) -> Inventory:
        manifest = current_manifest(self.data)
        samples = str(sample_folder().resolve())
        folders = (
            [self.data.reports_folder_name(self.data.reports_folder(name)) for name in manifest.folders]
            if manifest
            else []
        )
        return Inventory(
            format=FORMAT,
            version=self.version,
            made=now.isoformat(timespec="seconds"),
            build=manifest.build if manifest else None,
            index_format=INDEX_FORMAT,
            reports=manifest.reports if manifest else 0,
            folders=tuple(SAMPLES if folder == samples else folder for folder in folders),
            members=tuple(piece.member for piece in pieces),
        )

    def _write(self, archive: Path, inventory: Inventory, pieces: list[MemberSource]) -> None:
        text = inventory.to_json()
        if len(text) > MAX_INVENTORY:
            raise BackupError(f"{len(pieces)} files are more than a backup holds.")
        handle = os.open(archive, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _PRIVATE)
        with os.fdopen(handle, "wb") as file, _archive(file, packed=not archive.name.endswith(".tar")) as tar:
            tar.addfile(_header(INVENTORY_FILE, len(text), inventory), io.BytesIO(text))
            done = 0
            for piece in pieces:
                with piece.path.open("rb") as source:
                    reader = _DigestingReader(source)
                    tar.addfile(_header(piece.member.name, piece.member.size, inventory), reader)
                if reader.digest.hexdigest() != piece.member.sha256:
                    raise DamagedIndex(ALTERED.format(piece.path))
                done += piece.member.size
                self.on_progress("Writing (MB)", done // _MEGABYTE, inventory.size // _MEGABYTE)


def _archive(file: IO[bytes], *, packed: bool) -> tarfile.TarFile:
    if packed:
        return tarfile.open(fileobj=file, mode="w:gz", compresslevel=_COMPRESSION)
    return tarfile.open(fileobj=file, mode="w")


def _header(name: str, size: int, inventory: Inventory) -> tarfile.TarInfo:
    """A plain file that nobody else may read, of no account by name."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, _PRIVATE
    info.mtime = int(datetime.fromisoformat(inventory.made).timestamp())
    return info


class _DigestingReader(io.RawIOBase):
    """A file that is digested as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        part = self._file.read(size)
        self.digest.update(part)
        return part
