"""Restoring a backup into an empty folder. The archive is taken for hostile until every byte of it was as listed."""

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

_HEADERS = 1 << 20
"""Bytes that an archive may take for its ends and its first header."""
_HEADER = 4 << 10
"""Bytes that it may take for the header of a member, its long name, and what fills it up."""
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """What was restored, and where."""

    inventory: Inventory
    into: Path
    rows: dict[str, int]
    """How many conversations and pieces of feedback there are."""

    @property
    def outdated(self) -> bool:
        """Whether its build is of a format that this version does not read."""
        return self.inventory.build is not None and self.inventory.index_format != INDEX_FORMAT


def restore(archive: Path, into: Path, on_progress: Progress) -> RestoredBackup:
    """Unpack a backup into a folder that is absent or empty, whole or not at all, and check all of it.

    Raises BackupError where the folder is in use or the archive is not as it says, DiskFull.
    """
    into = into.absolute()
    _check_place(into)
    with report_disk_full(into.parent), tempfile.TemporaryDirectory(prefix=".restore-", dir=into.parent) as folder:
        data = DataFolder.prepare(Path(folder) / "data")
        with _report_damage(archive):
            inventory = _unpack(archive, data.root, on_progress)
            rows = {name: _rows(data.root / name) for name in DATABASES if (data.root / name).exists()}
            _settle(data, inventory, on_progress)
        for path in data.root.rglob("*"):
            if path.is_dir():
                sync_folder(path)
        data.root.chmod(0o700)
        if into.exists():
            into.rmdir()  # nothing that came meanwhile is lost
        data.root.rename(into)
    sync_folder(into.parent)
    return RestoredBackup(inventory, into, rows)


def _check_place(into: Path) -> None:
    if not into.parent.is_dir():
        raise BackupError(f"{into.parent} is no folder. Make it, or name another.")
    if into.is_symlink() or (into.exists() and (not into.is_dir() or any(into.iterdir()))):
        raise BackupError(f"{into} is there and not an empty folder. Name one that is absent or empty.")
    if into.is_mount():
        raise BackupError(f"{into} is a disk of its own, which nothing can be renamed to. Name a folder on it.")


@contextmanager
def _report_damage(archive: Path) -> Iterator[None]:
    """Whatever an archive makes its readers raise becomes BackupError; what the disk does is told as it is."""
    try:
        yield
    except (tarfile.TarError, ValueError, EOFError, zlib.error, RecursionError, sqlite3.DatabaseError) as error:
        raise BackupError(_REFUSED.format(archive, _first_line(error))) from error
    except DamagedIndex as error:
        raise BackupError(_REFUSED.format(archive, error)) from error
    except OSError as error:
        if error.errno is not None and not isinstance(error, FileExistsError):
            raise
        raise BackupError(_REFUSED.format(archive, _first_line(error))) from error


_REFUSED = "{} was not restored: it is damaged, or was not made by “qa-service backup” ({})."


def _first_line(error: Exception) -> str:
    """What an error says, without what could move a terminal's cursor."""
    text = " ".join(str(error).split("\n")[:3])[:300]
    return "".join(character if character.isprintable() else "?" for character in text) or type(error).__name__


def _unpack(archive: Path, folder: Path, on_progress: Progress) -> Inventory:
    """Write the members that the archive's list names, and no other. Raises what reading it raises, ValueError."""
    with archive.open("rb") as raw, _unzipped(raw) as file:
        bounded = _BoundedReader(file, MAX_INVENTORY + _HEADERS)
        with tarfile.open(fileobj=bounded, mode="r|") as tar:
            inventory = _inventory(tar)
            if shutil.disk_usage(folder).free < inventory.size:
                raise DiskFull(
                    f"The backup unpacks to {inventory.size >> 20} MB: name a place on a disk with more room."
                )
            bounded.left = inventory.size + len(inventory.members) * _HEADER + _HEADERS
            wanted, done = {member.name: member for member in inventory.members}, 0
            while info := tar.next():
                done += _write(tar, info, _expected(info, wanted, folder), folder)
                on_progress("Unpacking (MB)", done >> 20, inventory.size >> 20)
            while bounded.read(_CHUNK):
                pass  # to the very end: there stands the check of a packed archive
    if wanted:
        raise ValueError(f"{next(iter(wanted))!r} is listed and missing, with {len(wanted) - 1} more")
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
    """A file that gives no more than it may: what is packed small unpacks to no more than was said."""

    def __init__(self, file: io.BufferedIOBase, left: int) -> None:
        self._file = file
        self.left = left

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises ValueError where there are more than may be."""
        most = self.left + 1
        part = self._file.read(most if size < 0 else min(size, most))
        self.left -= len(part)
        if self.left < 0:
            raise ValueError("it holds more than it lists")
        return part


def _inventory(tar: tarfile.TarFile) -> Inventory:
    info = tar.next()
    if info is None or info.name != INVENTORY_FILE or not _is_file(info) or info.size > MAX_INVENTORY:
        raise ValueError(f"it does not begin with {INVENTORY_FILE}")
    file = tar.extractfile(info)
    return Inventory.from_json(file.read() if file else b"")


def _is_file(info: tarfile.TarInfo) -> bool:
    return info.type in _PLAIN and not info.issparse() and not info.linkname


def _expected(info: tarfile.TarInfo, wanted: dict[str, ArchiveMember], folder: Path) -> ArchiveMember:
    """The listed file that a member is; it is expected no more. Raises ValueError, FilterError where it is none."""
    if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on; what follows refuses the same
        tarfile.data_filter(info, str(folder))
    if not _is_file(info):
        raise ValueError(f"{info.name[:120]!r} is not a plain file")
    member = wanted.pop(info.name, None)
    if member is None:
        raise ValueError(f"{info.name[:120]!r} is not listed, or comes twice")
    if info.size != member.size:
        raise ValueError(f"{info.name[:120]!r} has {info.size} bytes, not the {member.size} listed")
    return member


def _write(tar: tarfile.TarFile, info: tarfile.TarInfo, member: ArchiveMember, folder: Path) -> int:
    """Write a member to its place, where nothing is yet; its bytes."""
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
        raise ValueError(f"{member.name[:120]!r} is not what was backed up")
    return member.size


def _rows(path: Path) -> int:
    """How many entries a file of people's words has. Raises ValueError where it is damaged or acts by itself."""
    table = path.stem
    with closing(sqlite3.connect(path)) as connection:
        [(checked,)] = connection.execute("PRAGMA quick_check(1)")
        [(acting,)] = connection.execute("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')")
        if checked != "ok" or acting:
            raise ValueError(f"{path.name} is damaged, or holds more than tables")
        [(rows,)] = connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
    return int(rows)


def _settle(data: DataFolder, inventory: Inventory, on_progress: Progress) -> None:
    """Check the build, and have it know its folders at its new place. Raises DamagedIndex, ValueError."""
    if inventory.build is None or inventory.index_format != INDEX_FORMAT:
        return
    found = find_damage(data, lambda done, total: on_progress("Checking", done, total))
    if found:
        raise ValueError(f"{found[0].path.relative_to(data.root)} {found[0].what}")
    build = data.current()
    manifest = Manifest.read(build)
    if manifest.build != build.name:
        raise ValueError(f"the build in {build.name} calls itself {manifest.build[:80]!r}")
    samples = str(sample_folder().resolve())
    folders = tuple(samples if name == SAMPLES else name for name in inventory.folders)
    if folders != manifest.folders:
        replace(manifest, folders=folders).write(build)
