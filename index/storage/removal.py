"""Reports removed from the index. They are listed by content, so that no build indexes the same file again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

from corpus.facts.sidecar import sidecar_of
from corpus.types import REPORT_ID_LENGTH
from index.digests import file_digest
from index.errors import DamagedList
from index.storage.data_folder import DataFolder, write_atomically

_NAME = "removed.json"


@dataclass(frozen=True, slots=True)
class Removals:
    """The day on which each file was removed, by the file's sha256. Nothing else about the reports is kept."""

    days: Mapping[str, str]

    @classmethod
    def read(cls, data: DataFolder) -> Removals:
        """Read the list of a data folder.

        Raises DamagedList if it cannot be read. Questions must not be answered in that case, because an answer could
        quote a removed report.
        """
        path = data.builds / _NAME
        try:
            return cls(dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {})
        except (OSError, ValueError, TypeError) as error:
            raise DamagedList(
                f"{path}, the list of removed reports, cannot be read ({error}). Restore it from a backup, or delete "
                "it and remove the reports again. “qa-service audit” names them."
            ) from error

    @classmethod
    def change(cls, data: DataFolder, change: Callable[[Removals], Removals]) -> None:
        """Change the list under a lock."""
        with FileLock(data.builds / "removed.lock", timeout=30):
            changed = change(cls.read(data))
            write_atomically(data.builds / _NAME, json.dumps(dict(sorted(changed.days.items())), indent=1))

    def with_contents(self, contents: Iterable[str], day: date) -> Removals:
        """Return the list with the given files added."""
        return Removals({**self.days, **dict.fromkeys(contents, day.isoformat())})

    def without_contents(self, contents: Iterable[str]) -> Removals:
        """Return the list without the given files, which may then be indexed again."""
        allowed = set(contents)
        return Removals({sha256: day for sha256, day in self.days.items() if sha256 not in allowed})

    def removal_day(self, report_id: str) -> str | None:
        """Return the day on which a report was removed, or None if it was not removed."""
        days = (day for sha256, day in self.days.items() if sha256[:REPORT_ID_LENGTH] == report_id)
        return next(days, None)


def delete_files(folder: Path, contents: Iterable[str]) -> list[Path]:
    """Delete files with these digests, and their sidecars, in a folder and its subfolders. Return the deleted files."""
    digests, deleted = set(contents), []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _digest(path) in digests:
            path.unlink()
            sidecar_of(path).unlink(missing_ok=True)
            deleted.append(path)
    return deleted


def _digest(path: Path) -> str | None:
    try:
        return file_digest(path)
    except OSError:  # an unreadable file was never indexed
        return None
