"""Reports taken out of the index: by content, so that the same file does not come back unasked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

from corpus.sidecar import sidecar_of
from corpus.types import REPORT_ID_LENGTH
from index.digests import file_digest
from index.errors import DamagedList
from index.storage.data_folder import DataFolder, write_atomically

_NAME = "removed.json"


@dataclass(frozen=True, slots=True)
class Removals:
    """The contents that were taken out, by sha256, each with the day. Of the reports themselves nothing is kept."""

    days: Mapping[str, str]

    @classmethod
    def read(cls, data: DataFolder) -> Removals:
        """Those of a data folder. Raises DamagedList where the list cannot be read: no one may answer without it."""
        path = data.builds / _NAME
        try:
            return cls(dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {})
        except (OSError, ValueError, TypeError) as error:
            raise DamagedList(
                f"{path}, the list of what was removed, cannot be read ({error}). Bring it back from a backup, or "
                "delete it and remove those reports again: “qa-service audit” names them."
            ) from error

    @classmethod
    def change(cls, data: DataFolder, change: Callable[[Removals], Removals]) -> None:
        """Change the list in one step, whoever else changes it."""
        with FileLock(data.builds / "removed.lock", timeout=30):
            changed = change(cls.read(data))
            write_atomically(data.builds / _NAME, json.dumps(dict(sorted(changed.days.items())), indent=1))

    def with_contents(self, contents: Iterable[str], day: date) -> Removals:
        """With further contents taken out."""
        return Removals({**self.days, **dict.fromkeys(contents, day.isoformat())})

    def without_contents(self, contents: Iterable[str]) -> Removals:
        """With some contents let in again."""
        back = set(contents)
        return Removals({sha256: day for sha256, day in self.days.items() if sha256 not in back})

    def removal_day(self, report_id: str) -> str | None:
        """The day that the report with an id was taken out; None where it was not."""
        found = (day for sha256, day in self.days.items() if sha256[:REPORT_ID_LENGTH] == report_id)
        return next(found, None)


def delete_files(folder: Path, contents: Iterable[str]) -> list[Path]:
    """Delete the files of some contents in a folder and below, with their sidecars; which were deleted."""
    wanted, deleted = set(contents), []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _content(path) in wanted:
            path.unlink()
            sidecar_of(path).unlink(missing_ok=True)
            deleted.append(path)
    return deleted


def _content(path: Path) -> str | None:
    try:
        return file_digest(path)
    except OSError:  # whoever may not read it could not have added it
        return None
