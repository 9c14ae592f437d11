"""The log of everyone who added or removed reports or rebuilt the index.

Each line is a JSON object that never changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

from index.storage.data_folder import DataFolder

_NAME = "audit.jsonl"


class AuditAction(StrEnum):
    """An action that the audit log records."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"
    BUILT = "built"
    CANCELLED = "cancelled"
    FAILED = "failed"
    ROLLED_BACK = "rolled back"
    PURGED = "purged"
    LIMITED = "limited"
    BACKED_UP = "backed up"
    ACCESS_GIVEN = "access given"
    ACCESS_TAKEN = "access taken"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log: the time, the person, the action, and the file or build."""

    when: str
    who: str
    what: AuditAction
    subject: str
    detail: str = ""


def record(data: DataFolder, who: str, what: AuditAction, subject: str, detail: str = "") -> None:
    """Add a line to the log. Other processes may write at the same time. Each line is written in one piece."""
    entry = AuditEntry(datetime.now(UTC).isoformat(timespec="seconds"), who, what, subject, detail)
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    handle = os.open(data.root / _NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and (os.lseek(handle, size - 1, os.SEEK_SET), os.read(handle, 1))[1] != b"\n":
            line = "\n" + line  # the last line was cut off because the disk was full
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def entries(data: DataFolder) -> Iterator[AuditEntry]:
    """Yield all entries, oldest first. A line that a power cut left incomplete is skipped."""
    path = data.root / _NAME
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            facts = json.loads(line)
            yield AuditEntry(**{**facts, "what": AuditAction(facts["what"])})
        except (ValueError, TypeError, KeyError):
            continue
