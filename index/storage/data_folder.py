"""The folders of an installation, and the steps by which a build becomes the current one.

<data>/index/<build>/     one complete build, which never changes once it has this name
<data>/index/current      one line: the name of the current build
<data>/originals/         the files of the reports, by sha256
<data>/cache/             embeddings, by text
<data>/reports/           the files to index, if no other folder is named
<data>/jobs/              progress and results of background builds
<data>/audit.jsonl        who added or removed reports or rebuilt the index
"""

from __future__ import annotations

import os
import stat
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath

from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex

PARTIAL = ".partial"
"""The ending of the name of a file or folder that is still being written."""
CONVERTED = ".docx"
"""The ending of the name of a kept file that was made from a report in another format. It is kept by its own sha256."""
LOCK = "build.lock"
"""The lock that any process must hold while it changes the index."""
_TIME_FORMAT = "%Y%m%d-%H%M%S-%f"
_TIME_LENGTH = 22
"""Number of characters in a time in that format."""


class DataFolder:
    """The folders that contain the data of one installation."""

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
        """Return the folder of the current build.

        Raises NoIndex if nothing has been built, and DamagedIndex if the pointer names a build that does not exist.
        """
        pointer = self.builds / "current"
        try:
            name = pointer.read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            raise NoIndex(f"There is no index in {self.root} yet. Run “qa-service build --reports FOLDER”.") from None
        if name and name == PurePath(name).name and (self.builds / name).is_dir():
            return self.builds / name
        raise DamagedIndex(f"{pointer} names a build that does not exist. Run “qa-service rollback”, or build again.")

    def publish(self, partial: Path) -> Path:
        """Give a finished build its name, then make it the current one.

        Each of these takes a single step on the disk.
        """
        build = partial.with_name(partial.name.removesuffix(PARTIAL))
        for path in sorted(partial.rglob("*")):
            (sync if path.is_file() else sync_folder)(path)
        sync_folder(partial)
        partial.rename(build)
        sync_folder(self.builds)  # otherwise, a power cut could leave a pointer to a name that does not exist
        self.set_current(build)
        return build

    def next_start(self, now: datetime) -> datetime:
        """Return the start time of a new build.

        It is later than the start of any other build, even if the clock was set back.
        """
        last = max(map(build_start, self._builds()), default=datetime.min.replace(tzinfo=UTC))
        return max(now, last + timedelta(microseconds=1))

    def finished(self) -> list[Path]:
        """Return the folders of complete builds, oldest first."""
        return sorted(path for path in self._builds() if not path.name.endswith(PARTIAL))

    def unfinished(self) -> list[Path]:
        """Return the folders of builds that were interrupted or are being written."""
        return sorted(path for path in self._builds() if path.name.endswith(PARTIAL))

    def _builds(self) -> list[Path]:
        return [path for path in self.builds.iterdir() if path.is_dir()] if self.builds.is_dir() else []

    def set_current(self, build: Path) -> None:
        """Make a complete build the current one, in a single step."""
        write_atomically(self.builds / "current", f"{build.name}\n")

    def clear_current(self) -> None:
        """Delete the pointer to the current build, because no reports are left."""
        (self.builds / "current").unlink(missing_ok=True)
        sync_folder(self.builds)

    def reports_folder_name(self, folder: Path) -> str:
        """Return the name by which a manifest refers to a reports folder.

        A folder in the data folder has a relative name, so that the data can be moved.
        """
        own, path = self.reports.resolve(), folder.resolve()
        if path.is_relative_to(own):
            return (PurePosixPath(self.reports.name) / path.relative_to(own)).as_posix()
        return str(path)

    def reports_folder(self, name: str) -> Path:
        """Return the reports folder that a manifest refers to by the given name."""
        return (self.root / name).resolve()

    def original(self, sha256: str, suffix: str) -> Path:
        """Return the path at which a report's file is kept."""
        return self.originals / sha256[:2] / f"{sha256}{suffix}"

    def find_original(self, sha256: str, suffix: str = "") -> Path | None:
        """Return the kept file of a report, or None if it is missing or altered.

        ``suffix`` is the suffix of the report's file name. A kept file with this suffix is tried first.
        """
        expected = self.original(sha256, suffix)
        status = _status(expected) if suffix else None
        if status is None:
            kept = sorted((self.originals / sha256[:2]).glob(f"{sha256}.*"))
            expected = next((path for path in kept if path.suffix != PARTIAL), expected)
            status = _status(expected)
        if status is None:
            return None
        return expected if _cached_digest(expected, status.st_mtime_ns, status.st_size) == sha256 else None


def _status(path: Path) -> os.stat_result | None:
    """Return the status of a file, or None if there is no such file."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def build_name(start: datetime, fingerprint: str) -> str:
    """Return the name of a build. Names sort by the time the build started."""
    return f"{start:{_TIME_FORMAT}}-{fingerprint[:8]}"


def build_start(build: Path) -> datetime:
    """Return when a build started, according to its name. The year is 1 if the name does not begin with a time."""
    try:
        return datetime.strptime(build.name[:_TIME_LENGTH], _TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def _cached_digest(path: Path, changed: int, size: int) -> str:  # noqa: ARG001 - they let the cache notice a change
    return file_digest(path)


def replace_file(source: Path, target: Path) -> None:
    """Replace a file with another in one step. On Windows, wait while another process reads the old one."""
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
    """Write a file completely or not at all, even if there is a power cut."""
    partial = path.with_name(f"{path.name}.new")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - only a handle has a mode
            file.write(text)
        sync(partial)
        replace_file(partial, path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make the system write a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Make the system write a folder's entries to the disk.

    On Windows, this does nothing, because it is not needed there.
    """
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
