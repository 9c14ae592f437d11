"""Where an index lives on disk, and how a build becomes the current one.

<data>/index/<build>/     one whole build; never changed once it is there
<data>/index/current      one line: the name of the build that answers
<data>/originals/         the files that reports were read from, by sha256
<data>/cache/             embeddings by content
"""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from pathlib import Path

from index.errors import NoIndex
from index.weights import file_digest

PARTIAL = ".partial"
KEPT_BUILDS = 2
"""The current build and the one before it."""


class DataFolder:
    """The folders of one installation's data."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.builds = root / "index"
        self.originals = root / "originals"
        self.cache = root / "cache"
        self.reports = root / "reports"

    @classmethod
    def prepare(cls, root: Path) -> DataFolder:
        """Create the folders that a build writes to."""
        folder = cls(root)
        for path in (folder.builds, folder.originals, folder.cache, folder.reports):
            path.mkdir(parents=True, exist_ok=True)
        return folder

    def current(self) -> Path:
        """The folder of the build that answers. Raises NoIndex where nothing has been built."""
        pointer = self.builds / "current"
        if pointer.is_file():
            build = self.builds / pointer.read_text(encoding="utf-8").strip()
            if build.is_dir():
                return build
        raise NoIndex(f"There is no index in {self.root} yet. Run “qa-service build --reports FOLDER”.")

    def publish(self, partial: Path) -> Path:
        """Give a finished build its name, then repoint ``current`` to it, each in one step."""
        build = partial.with_name(partial.name.removesuffix(PARTIAL))
        for path in sorted(partial.rglob("*")):
            if path.is_file():
                _sync(path)
        partial.rename(build)
        pointer = self.builds / "current.new"
        pointer.write_text(build.name + "\n", encoding="utf-8")
        _sync(pointer)
        pointer.replace(self.builds / "current")
        _sync_folder(self.builds)
        return build

    def clean(self) -> None:
        """Remove unfinished builds, and all but the last of the older ones. A folder that is in use is left alone."""
        builds = sorted(path for path in self.builds.iterdir() if path.is_dir())
        unfinished = [path for path in builds if path.name.endswith(PARTIAL)]
        finished = [path for path in builds if not path.name.endswith(PARTIAL)]
        keep = {*finished[-KEPT_BUILDS:], self.current()} if finished else set()
        for path in (*unfinished, *(path for path in finished if path not in keep)):
            shutil.rmtree(path, ignore_errors=True)

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


@lru_cache(maxsize=4096)
def _digest(path: Path, changed: int, size: int) -> str:  # noqa: ARG001 - what changes with the content, for the cache
    return file_digest(path)


def _sync(path: Path) -> None:
    """Have the system write a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Have the system write a folder's entries to the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
