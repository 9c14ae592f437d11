"""The inventory of a backup: the list at the start of its archive, and the files that it may name."""

from __future__ import annotations

import errno
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

from pydantic import TypeAdapter

from index.errors import DiskFull
from index.storage import collections, manifest
from qa_service.records import conversations, feedback, saved_questions, tokens

FORMAT = 1
"""Version of the archive format. Increase it after a change that stops older versions of the service from restoring
new archives."""
INVENTORY_FILE = "backup.json"
"""Name of the first member of the archive."""
MAX_INVENTORY = 16 << 20
"""Size limit for the inventory in bytes. It is enough for about 80,000 files."""
SAMPLES = "samples"
"""The name of the samples folder in the inventory. The folder's path differs from one machine to another."""
CACHE = "cache/embeddings.sqlite"
AUDIT, SESSION_KEY = "audit.jsonl", "session.key"
DATABASES = (conversations.NAME, feedback.NAME, saved_questions.NAME)
"""Databases at the top level of the data folder that store what people write."""
TOP_FILES = (AUDIT, tokens.NAME, SESSION_KEY)
"""Other files at the top level of the data folder."""
POINTER = "current"
VISIBILITY_FILES = ("removed.json", collections.NAME)
"""Files next to the builds that say which reports may be shown, and to whom."""
REPORTS = "reports"
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BUILD = re.compile(r"[0-9a-f-]{1,80}", re.ASCII)
_MAX_PART = 255
"""Maximum number of bytes between two slashes in a name. No system allows more."""


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file in a backup: its path in the data folder (with forward slashes), its size in bytes and its digest."""

    name: str
    size: int
    sha256: str

    def __post_init__(self) -> None:
        if not _is_plain(self.name):
            raise ValueError(f"{self.name[:120]!r} is not a path in a data folder")
        if self.size < 0 or not _DIGEST.fullmatch(self.sha256):
            raise ValueError(f"{self.name[:120]!r} has a size or digest that no file can have")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The members of a backup, the version that made it, and the time when it was made."""

    format: int
    version: str
    made: str
    build: str | None
    """The current build, or None if there is no build."""
    index_format: int
    reports: int
    """Number of reports in the build."""
    folders: tuple[str, ...]
    """Folders that the build read, as the manifest names them, or SAMPLES for the sample reports."""
    members: tuple[ArchiveMember, ...]

    def __post_init__(self) -> None:
        if self.build is not None and not _BUILD.fullmatch(self.build):
            raise ValueError(f"{self.build[:120]!r} is not the name of a build")
        names = {member.name for member in self.members}
        if len(names) != len(self.members):
            raise ValueError("a file is listed twice")
        for member in self.members:
            if not _belongs(member, self.build):
                raise ValueError(f"{member.name[:120]!r} is not a file that a backup can contain")
            if any(parent.as_posix() in names for parent in PurePath(member.name).parents):
                raise ValueError(f"{member.name[:120]!r} is inside another file of the backup")
        if (self.build is None) == (f"index/{POINTER}" in names):
            raise ValueError("it does not say which build is current")

    @property
    def size(self) -> int:
        """Total size of the members in bytes."""
        return sum(member.size for member in self.members)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Folders that the build read but that are not in the backup."""
        return tuple(
            name for name in self.folders if name != SAMPLES and not (_is_plain(name) and name.split("/")[0] == REPORTS)
        )

    def to_json(self) -> bytes:
        """Return the inventory as it is written to the archive."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Inventory:
        """Read the inventory of an archive. Raises ValueError if it is not valid or is in another format."""
        facts = json.loads(text)
        if not isinstance(facts, dict) or facts.get("format") != FORMAT:
            raise ValueError(
                f"its {INVENTORY_FILE} does not have format {FORMAT}, so restore it with the version that made it"
            )
        return _INVENTORY.validate_json(text, strict=True)


_INVENTORY = TypeAdapter(Inventory)


@contextmanager
def report_disk_full(folder: Path) -> Iterator[None]:
    """Turn errors caused by a full disk into DiskFull."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error):
            raise DiskFull(
                f"There is no room left on the disk that contains {folder}. Nothing was left behind. Free some space, "
                "or choose a place on another disk."
            ) from error
        raise


def _is_plain(name: str) -> bool:
    """Return whether a name is a plain relative path that cannot lead outside the folder on this system."""
    parts = name.split("/")
    return (
        all(part not in ("", ".", "..") and "\0" not in part and _is_short_enough(part) for part in parts)
        and PurePath(name).parts == tuple(parts)
        and not PurePath(name).anchor
    )


def _is_short_enough(part: str) -> bool:
    try:
        return len(part.encode()) <= _MAX_PART
    except UnicodeEncodeError:  # the name cannot be encoded
        return False


def _belongs(member: ArchiveMember, build: str | None) -> bool:
    """Return whether a backup may contain a file with this name."""
    match member.name.split("/"):
        case [name]:
            return name in (*DATABASES, *TOP_FILES)
        case ["index", name]:
            return name in (POINTER, *VISIBILITY_FILES)
        case ["index", folder, *_]:
            return folder == build
        case ["originals", start, name]:
            return PurePath(name).stem == member.sha256 and start == member.sha256[:2]
        case [first, *_]:
            return first == REPORTS or member.name == CACHE
    return False


def manifest_path(build: str) -> str:
    """Return the path, in a backup, of a build's manifest."""
    return f"index/{build}/{manifest.NAME}"
