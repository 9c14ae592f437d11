"""Where an index lives on disk, and how a build becomes the current one.

<data>/index/<build>/     one whole build; never changed once it is there
<data>/index/current      one line: the name of the build that answers
<data>/originals/         the files that reports were read from, by sha256
<data>/cache/             embeddings by content
<data>/reports/           the files to index, where no other folder is named
<data>/jobs/              builds in the background: how far they are, how they ended
<data>/audit.jsonl        who added, removed, rebuilt
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath

from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex

PARTIAL = ".partial"
LOCK = "build.lock"
"""Held by whoever changes the index."""
_STAMP = "%Y%m%d-%H%M%S-%f"
_STAMPED = 22
"""Characters of it."""


class DataFolder:
    """The folders of one installation's data."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.builds = root / "index"
        self.originals = root / "originals"
        self.cache = root / "cache"
        self.embeddings = self.cache / "embeddings.sqlite"
        self.reports = root / "reports"
        self.jobs = root / "jobs"

    @classmethod
    def prepare(cls, root: Path) -> DataFolder:
        """Create the folders that a build writes to."""
        folder = cls(root)
        for path in (folder.builds, folder.originals, folder.cache, folder.reports, folder.jobs):
            path.mkdir(parents=True, exist_ok=True)
        return folder

    def current(self) -> Path:
        """The folder of the build that answers.

        Raises NoIndex where nothing has been built, DamagedIndex where the pointer names no build that is there.
        """
        pointer = self.builds / "current"
        try:
            name = pointer.read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            raise NoIndex(f"There is no index in {self.root} yet. Run “qa-service build --reports FOLDER”.") from None
        if name and name == PurePath(name).name and (self.builds / name).is_dir():
            return self.builds / name
        raise DamagedIndex(f"{pointer} names no build that is there. Run “qa-service rollback”, or build again.")

    def publish(self, partial: Path) -> Path:
        """Give a finished build its name, then repoint ``current`` to it, each in one step."""
        build = partial.with_name(partial.name.removesuffix(PARTIAL))
        for path in sorted(partial.rglob("*")):
            (sync if path.is_file() else sync_folder)(path)
        sync_folder(partial)
        partial.rename(build)
        sync_folder(self.builds)  # no power cut leaves a pointer to a name that is not there
        self.set_current(build)
        return build

    def next_start(self, now: datetime) -> datetime:
        """When a build begins: now, but after all others whatever the clock shows, as it may have been set back."""
        last = max(map(build_start, self._builds()), default=datetime.min.replace(tzinfo=UTC))
        return max(now, last + timedelta(microseconds=1))

    def finished(self) -> list[Path]:
        """The folders of whole builds, oldest first."""
        return sorted(path for path in self._builds() if not path.name.endswith(PARTIAL))

    def unfinished(self) -> list[Path]:
        """The folders of builds that were interrupted, or are being written."""
        return sorted(path for path in self._builds() if path.name.endswith(PARTIAL))

    def _builds(self) -> list[Path]:
        return [path for path in self.builds.iterdir() if path.is_dir()] if self.builds.is_dir() else []

    def set_current(self, build: Path) -> None:
        """Have a whole build answer, in one step."""
        write_atomically(self.builds / "current", f"{build.name}\n")

    def clear_current(self) -> None:
        """Have no build answer: nothing is left to answer from."""
        (self.builds / "current").unlink(missing_ok=True)
        sync_folder(self.builds)

    def reports_folder_name(self, folder: Path) -> str:
        """What a build calls a folder of reports: the data's own by its place in them, so that they can be moved."""
        own, path = self.reports.resolve(), folder.resolve()
        if path.is_relative_to(own):
            return (PurePosixPath(self.reports.name) / path.relative_to(own)).as_posix()
        return str(path)

    def reports_folder(self, name: str) -> Path:
        """The folder that a build calls by a name."""
        return (self.root / name).resolve()

    def original(self, sha256: str, suffix: str) -> Path:
        """Where the file of a report is kept."""
        return self.originals / sha256[:2] / f"{sha256}{suffix}"

    def find_original(self, sha256: str) -> Path | None:
        """The kept file of a report, if it is there and still what it was."""
        kept = sorted((self.originals / sha256[:2]).glob(f"{sha256}.*"))
        for path in kept:
            if path.suffix != PARTIAL:
                status = path.stat()
                return path if _digest(path, status.st_mtime_ns, status.st_size) == sha256 else None
        return None


def build_name(began: datetime, mark: str) -> str:
    """What a build is called: names sort as builds began."""
    return f"{began:{_STAMP}}-{mark[:8]}"


def build_start(build: Path) -> datetime:
    """When a build began, by its name; long ago for a name that tells no time."""
    try:
        return datetime.strptime(build.name[:_STAMPED], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def _digest(path: Path, changed: int, size: int) -> str:  # noqa: ARG001 - what changes with the content, for the cache
    return file_digest(path)


def replace_file(source: Path, target: Path) -> None:
    """Put a file in another's place in one step; on Windows that waits while somebody reads the other."""
    for wait in (0.01, 0.05, 0.1, 0.5, 1.0):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(wait)
        else:
            return
    source.replace(target)


def write_atomically(path: Path, text: str, mode: int = 0o666) -> None:
    """Put a text in a file's place, whole or not at all, and there still after a power cut."""
    partial = path.with_name(f"{path.name}.new")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - by handle, for its mode
            file.write(text)
        sync(partial)
        replace_file(partial, path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the system write a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Have the system write a folder's entries to the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
