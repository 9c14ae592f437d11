"""What a backup holds: the list that comes first in its archive, and what may be named there."""

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
from qa_service.records import conversations, feedback, tokens

FORMAT = 1
"""Raised whenever an older version could not restore what a newer one writes."""
INVENTORY_FILE = "backup.json"
"""The first member of the archive."""
MAX_INVENTORY = 16 << 20
"""Bytes of it, enough for some 80,000 files."""
SAMPLES = "samples"
"""What the list calls the folder of the shipped samples: it is elsewhere on every machine."""
CACHE = "cache/embeddings.sqlite"
AUDIT, SESSION_KEY = "audit.jsonl", "session.key"
DATABASES = (conversations.NAME, feedback.NAME)
"""Files that people write in; like these, they lie in the data folder itself:"""
TOP_FILES = (AUDIT, tokens.NAME, SESSION_KEY)
POINTER = "current"
VISIBILITY_FILES = ("removed.json", collections.NAME)
"""Files beside the builds that say what may be shown, and to whom."""
REPORTS = "reports"
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BUILD = re.compile(r"[0-9a-f-]{1,80}", re.ASCII)
_PART = 255
"""Bytes of a name between two slashes; systems take no more."""


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file of a backup: its path in the data folder, with slashes, its bytes and their digest."""

    name: str
    size: int
    sha256: str

    def __post_init__(self) -> None:
        if not _is_plain(self.name):
            raise ValueError(f"{self.name[:120]!r} is no path within a data folder")
        if self.size < 0 or not _DIGEST.fullmatch(self.sha256):
            raise ValueError(f"{self.name[:120]!r} has no size and digest that a file can have")


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that a backup holds, and what it was made by, of and when."""

    format: int
    version: str
    made: str
    build: str | None
    """The build that answered; None where none did."""
    index_format: int
    reports: int
    """Reports of the build."""
    folders: tuple[str, ...]
    """Where the build's files were looked for, as a build calls them; SAMPLES for the shipped samples."""
    members: tuple[ArchiveMember, ...]

    def __post_init__(self) -> None:
        if self.build is not None and not _BUILD.fullmatch(self.build):
            raise ValueError(f"{self.build[:120]!r} names no build")
        names = {member.name for member in self.members}
        if len(names) != len(self.members):
            raise ValueError("a file is listed twice")
        for member in self.members:
            if not _belongs(member, self.build):
                raise ValueError(f"{member.name[:120]!r} is no file of a backup")
            if any(parent.as_posix() in names for parent in PurePath(member.name).parents):
                raise ValueError(f"{member.name[:120]!r} lies within a file")
        if (self.build is None) == (f"index/{POINTER}" in names):
            raise ValueError("it does not say which build answers")

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Folders that the build's reports came from and that no backup holds."""
        return tuple(
            name for name in self.folders if name != SAMPLES and not (_is_plain(name) and name.split("/")[0] == REPORTS)
        )

    def to_json(self) -> bytes:
        """The list as it stands in the archive."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Inventory:
        """The list of an archive. Raises ValueError where it is none, or another version's."""
        facts = json.loads(text)
        if not isinstance(facts, dict) or facts.get("format") != FORMAT:
            raise ValueError(f"its {INVENTORY_FILE} has not format {FORMAT}: restore it with the version that made it")
        return _INVENTORY.validate_json(text, strict=True)


_INVENTORY = TypeAdapter(Inventory)


@contextmanager
def report_disk_full(folder: Path) -> Iterator[None]:
    """Whatever is raised on a full disk becomes DiskFull."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error):
            raise DiskFull(
                f"There is no room left on the disk that holds {folder}: it was given up, and nothing was left behind. "
                "Make room, or name a place on another disk."
            ) from error
        raise


def _is_plain(name: str) -> bool:
    """Whether a name is a relative path that goes down only, on this system and as this system reads it."""
    parts = name.split("/")
    return (
        all(part not in ("", ".", "..") and "\0" not in part and _fits(part) for part in parts)
        and PurePath(name).parts == tuple(parts)
        and not PurePath(name).anchor
    )


def _fits(part: str) -> bool:
    try:
        return len(part.encode()) <= _PART
    except UnicodeEncodeError:  # a name that is no text
        return False


def _belongs(member: ArchiveMember, build: str | None) -> bool:
    """Whether a file has a place in a backup."""
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
    """The name of a build's manifest in a backup."""
    return f"index/{build}/{manifest.NAME}"
