"""Restores a backup into an empty folder. The archive may be hostile, so every byte is checked first."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.building.verification import find_damage
from index.errors import DamagedIndex, DiskFull
from index.storage.data_folder import DataFolder, sync_folder
from index.storage.manifest import FORMAT as INDEX_FORMAT
from index.storage.manifest import Manifest
from index.types import Progress
from qa_service.backup.inventory import (
    DATABASES,
    INVENTORY_FILE,
    MAX_INVENTORY,
    SAMPLES,
    ArchiveMember,
    Inventory,
    report_disk_full,
)
from qa_service.errors import BackupError
from qa_service.samples import sample_folder

_ENDS_SIZE = 1 << 20
"""Bytes that an archive may use for its first header and its end."""
_HEADER_SIZE = 4 << 10
"""Bytes that an archive may use for the header, long name and padding of one member."""
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """The contents of a backup that was restored, and their folder."""

    inventory: Inventory
    into: Path
    rows: dict[str, int]
    """Number of rows in each database, by its name: conversations or feedback."""

    @property
    def outdated(self) -> bool:
        """Whether the build is in a format that this version cannot read."""
        return self.inventory.build is not None and self.inventory.index_format != INDEX_FORMAT


def restore(archive: Path, into: Path, on_progress: Progress) -> RestoredBackup:
    """Restore a backup, completely or not at all, into a folder that is empty or does not exist.

    Raises BackupError if the folder is in use or the archive does not match its inventory, and DiskFull.
    """
    into = into.absolute()
    _check_place(into)
    with report_disk_full(into.parent), tempfile.TemporaryDirectory(prefix=".restore-", dir=into.parent) as folder:
        data = DataFolder.prepare(Path(folder) / "data")
        with _report_damage(archive):
            inventory = _unpack(archive, data.root, on_progress)
            rows = {name: _rows(data.root / name) for name in DATABASES if (data.root / name).exists()}
            _check_build(data, inventory, on_progress)
        for path in data.root.rglob("*"):
            if path.is_dir():
                sync_folder(path)
        data.root.chmod(0o700)
        if into.exists():
            into.rmdir()  # fails if somebody has put files there in the meantime
        data.root.rename(into)
    sync_folder(into.parent)
    return RestoredBackup(inventory, into, rows)


def _check_place(into: Path) -> None:
    if not into.parent.is_dir():
        raise BackupError(f"{into.parent} is not a folder. Create it, or choose another.")
    if into.is_symlink() or (into.exists() and (not into.is_dir() or any(into.iterdir()))):
        raise BackupError(
            f"{into} already exists and is not an empty folder. Choose a folder that is empty or does not exist."
        )
    if into.is_mount():
        raise BackupError(
            f"{into} is the root of a mounted disk, which cannot be replaced. Choose a folder on that disk."
        )


@contextmanager
def _report_damage(archive: Path) -> Iterator[None]:
    """Turn errors that the archive causes into BackupError. Errors from the disk are raised unchanged."""
    try:
        yield
    except (tarfile.TarError, ValueError, EOFError, zlib.error, RecursionError, sqlite3.DatabaseError) as error:
        raise BackupError(_REFUSED.format(archive, _short_message(error))) from error
    except DamagedIndex as error:
        raise BackupError(_REFUSED.format(archive, error)) from error
    except OSError as error:
        if error.errno is not None and not isinstance(error, FileExistsError):
            raise
        raise BackupError(_REFUSED.format(archive, _short_message(error))) from error


_REFUSED = "{} was not restored. It is damaged, or was not made by “qa-service backup” ({})."


def _short_message(error: Exception) -> str:
    """Return the message of an error, without any characters that could control a terminal."""
    text = " ".join(str(error).split("\n")[:3])[:300]
    return "".join(character if character.isprintable() else "?" for character in text) or type(error).__name__


def _unpack(archive: Path, folder: Path, on_progress: Progress) -> Inventory:
    """Write the members that the inventory names.

    Raises ValueError for any other member, and any error that tarfile raises.
    """
    with archive.open("rb") as raw, _unzipped(raw) as file:
        bounded = _BoundedReader(file, MAX_INVENTORY + _ENDS_SIZE)
        with tarfile.open(fileobj=bounded, mode="r|") as tar:
            inventory = _inventory(tar)
            if shutil.disk_usage(folder).free < inventory.size:
                raise DiskFull(
                    f"The backup unpacks to {inventory.size >> 20} MB. Choose a place on a disk with more free space."
                )
            bounded.left = inventory.size + len(inventory.members) * _HEADER_SIZE + _ENDS_SIZE
            missing, done = {member.name: member for member in inventory.members}, 0
            while info := tar.next():
                done += _write(tar, info, _next_member(info, missing, folder), folder)
                on_progress("Unpacking (MB)", done >> 20, inventory.size >> 20)
            while bounded.read(_CHUNK):
                pass  # read to the end, where a compressed archive has its checksum
    if missing:
        raise ValueError(f"{next(iter(missing))!r} and {len(missing) - 1} more are listed but missing")
    return inventory


@contextmanager
def _unzipped(raw: io.BufferedReader) -> Iterator[io.BufferedIOBase]:
    packed = raw.read(len(_GZIP)) == _GZIP
    raw.seek(0)
    if not packed:
        yield raw
        return
    with gzip.GzipFile(fileobj=raw) as file:
        yield file


class _BoundedReader(io.RawIOBase):
    """A file that can be read only up to a limit, so that an archive cannot unpack to more than its inventory says."""

    def __init__(self, file: io.BufferedIOBase, left: int) -> None:
        self._file = file
        self.left = left

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes. Raises ValueError if they exceed the limit."""
        limit = self.left + 1
        part = self._file.read(limit if size < 0 else min(size, limit))
        self.left -= len(part)
        if self.left < 0:
            raise ValueError("it contains more than it lists")
        return part


def _inventory(tar: tarfile.TarFile) -> Inventory:
    info = tar.next()
    if info is None or info.name != INVENTORY_FILE or not _is_file(info) or info.size > MAX_INVENTORY:
        raise ValueError(f"it does not begin with {INVENTORY_FILE}")
    file = tar.extractfile(info)
    return Inventory.from_json(file.read() if file else b"")


def _is_file(info: tarfile.TarInfo) -> bool:
    return info.type in _PLAIN and not info.issparse() and not info.linkname


def _next_member(info: tarfile.TarInfo, missing: dict[str, ArchiveMember], folder: Path) -> ArchiveMember:
    """Take the member out of ``missing``, and return it. Raises ValueError or FilterError if it is not listed."""
    if hasattr(tarfile, "data_filter"):  # available from Python 3.11.4; the checks below refuse the same members
        tarfile.data_filter(info, str(folder))
    if not _is_file(info):
        raise ValueError(f"{info.name[:120]!r} is not a plain file")
    member = missing.pop(info.name, None)
    if member is None:
        raise ValueError(f"{info.name[:120]!r} is not listed, or appears twice")
    if info.size != member.size:
        raise ValueError(f"{info.name[:120]!r} has {info.size} bytes, not the {member.size} listed")
    return member


def _write(tar: tarfile.TarFile, info: tarfile.TarInfo, member: ArchiveMember, folder: Path) -> int:
    """Write a member to a new file, and return its size in bytes."""
    path = folder.joinpath(*member.name.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    source, digest = tar.extractfile(info), hashlib.sha256()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as target:
        while source and (part := source.read(_CHUNK)):
            digest.update(part)
            target.write(part)
        target.flush()
        os.fsync(target.fileno())
    if digest.hexdigest() != member.sha256:
        raise ValueError(f"{member.name[:120]!r} has changed since it was backed up")
    return member.size


def _rows(path: Path) -> int:
    """Count the rows in a database. Raises ValueError if it is damaged, or has triggers or views."""
    table = path.stem
    with closing(sqlite3.connect(path)) as connection:
        [(check,)] = connection.execute("PRAGMA quick_check(1)")
        [(others,)] = connection.execute("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')")
        if check != "ok" or others:
            raise ValueError(f"{path.name} is damaged, or has more than tables and indexes")
        [(rows,)] = connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own table names
    return int(rows)


def _check_build(data: DataFolder, inventory: Inventory, on_progress: Progress) -> None:
    """Check the build, and write the samples folder to its manifest. Raises DamagedIndex or ValueError."""
    if inventory.build is None or inventory.index_format != INDEX_FORMAT:
        return
    damaged = find_damage(data, lambda done, total: on_progress("Checking", done, total))
    if damaged:
        raise ValueError(f"{damaged[0].path.relative_to(data.root)} {damaged[0].what}")
    build = data.current()
    manifest = Manifest.read(build)
    if manifest.build != build.name:
        raise ValueError(f"the manifest in {build.name} is of build {manifest.build[:80]!r}")
    samples = str(sample_folder().resolve())
    folders = tuple(samples if name == SAMPLES else name for name in inventory.folders)
    if folders != manifest.folders:
        replace(manifest, folders=folders).write(build)
