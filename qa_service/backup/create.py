"""Makes a backup of a data folder while people use the service."""

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
"""Compression level for gzip. Higher levels hardly make the vectors any smaller."""
_WAIT = 0.5
"""Seconds between attempts to get the build lock."""
_PRIVATE = 0o600
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup to make.

    If a build is running, the backup calls ``on_wait`` once and waits, or fails if ``on_wait`` is None.
    """

    data: DataFolder
    version: str
    on_progress: Progress
    on_wait: Callable[[], None] | None = None
    with_cache: bool = True

    def write(self, target: Path, now: datetime, *, replaces: bool = False) -> Inventory:
        """Write an archive completely or not at all, and return its inventory.

        Raises BackupError if the target cannot be used, and BuildRunning if a build is running and ``on_wait`` is None.
        Raises DamagedIndex if a file has changed since it was written, and DiskFull if there is no room.
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
                members = Collector(self.data, Path(folder), self.on_progress).collect(with_cache=self.with_cache)
                inventory = self._inventory(members, now)
                self._write(archive, inventory, members)
            sync(archive)
            self._check(target, replaces=replaces)
            replace_file(archive, target)
        sync_folder(target.parent)
        return inventory

    def _check(self, target: Path, *, replaces: bool) -> None:
        if not target.name.endswith((".tar", ".tar.gz", ".tgz")):
            raise BackupError(f"{target} is not the name of an archive. Use a name that ends in .tar, .tar.gz or .tgz.")
        if not self.data.builds.is_dir():
            raise BackupError(f"There is nothing to back up in {self.data.root}. Set QA_DATA_DIR to your data folder.")
        if target.resolve().is_relative_to(self.data.root.resolve()):
            raise BackupError(f"{target} is in the data folder and would be lost with it. Choose another place.")
        if not target.parent.is_dir():
            raise BackupError(f"{target.parent} is not a folder. Create it, or choose another.")
        if target.is_dir() or (target.exists() and not replaces):
            raise BackupError(f"{target} already exists. Choose another name, or replace it with --force.")

    def _lock(self, stack: ExitStack) -> None:
        """Take the build lock, so that no build changes or deletes the files while we copy them."""
        has_waited = False
        while True:
            try:
                stack.enter_context(build_lock(self.data))
            except BuildRunning:
                if self.on_wait is None:
                    raise
                if not has_waited:
                    self.on_wait()
                has_waited = True
                time.sleep(_WAIT)
            else:
                return

    def _inventory(self, members: list[MemberSource], now: datetime) -> Inventory:
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
            members=tuple(source.member for source in members),
        )

    def _write(self, archive: Path, inventory: Inventory, members: list[MemberSource]) -> None:
        text = inventory.to_json()
        if len(text) > MAX_INVENTORY:
            raise BackupError(f"There are {len(members)} files, which is too many for one backup.")
        handle = os.open(archive, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _PRIVATE)
        with os.fdopen(handle, "wb") as file, _archive(file, packed=not archive.name.endswith(".tar")) as tar:
            tar.addfile(_header(INVENTORY_FILE, len(text), inventory), io.BytesIO(text))
            done = 0
            for source in members:
                with source.path.open("rb") as opened:
                    reader = _DigestingReader(opened)
                    tar.addfile(_header(source.member.name, source.member.size, inventory), reader)
                if reader.digest.hexdigest() != source.member.sha256:
                    raise DamagedIndex(ALTERED.format(source.path))
                done += source.member.size
                self.on_progress("Writing (MB)", done // _MEGABYTE, inventory.size // _MEGABYTE)


def _archive(file: IO[bytes], *, packed: bool) -> tarfile.TarFile:
    if packed:
        return tarfile.open(fileobj=file, mode="w:gz", compresslevel=_COMPRESSION)
    return tarfile.open(fileobj=file, mode="w")


def _header(name: str, size: int, inventory: Inventory) -> tarfile.TarInfo:
    """Return the archive header for a plain file that only its owner can read. The header does not name an account."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, _PRIVATE
    info.mtime = int(datetime.fromisoformat(inventory.made).timestamp())
    return info


class _DigestingReader(io.RawIOBase):
    """Computes the digest of a file as the file is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        part = self._file.read(size)
        self.digest.update(part)
        return part
