"""Files that come in from outside: looked at, named, and kept in the data's own reports folder."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.reading import check
from corpus.types import REPORT_ID_LENGTH
from index import audit
from index.audit import Deed
from index.errors import NoReports
from index.folders import PARTIAL, DataFolder, sync, sync_folder
from index.removal import Removals
from index.sources import find_sources
from index.weights import file_digest
from qa_service.upkeep import find_reports, folders_of, take_out

_NAME = 120
"""Characters of a file's name."""


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    DUPLICATE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to add: the name that it came with, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one file; the next build reads those that were added."""

    file: str
    outcome: Outcome
    report_id: str | None = None
    detail: str = ""

    @property
    def kept(self) -> bool:
        """Whether there is something new to build."""
        return self.outcome is Outcome.ADDED

    @property
    def held(self) -> bool:
        """Whether its content was there before."""
        return self.outcome is Outcome.DUPLICATE


def add(data: DataFolder, files: Sequence[Incoming], who: str, *, replaces: str | None = None) -> list[Addition]:
    """Take files into the reports folder; each has its outcome, and one that is refused stops no other.

    With ``replaces``, the id or file name of a report, that report is taken out once the new one is in; raises
    UnknownReport before anything is done where there is no such report.
    """
    replaced = find_reports(data, [replaces]) if replaces else ()
    held = _contents(data)
    added = [_add_one(data, file, held, who) for file in files]
    if replaced and all(one.kept for one in added):
        take_out(data, replaced, who, Deed.REPLACED)
    return added


def safe_name(name: str) -> str:
    """A name that is a plain file's on every system; the name's ending stays."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r'[\x00-\x1f\x7f<>:"|?*]+', "-", plain).strip(" ~$")
    stem, dot, suffix = plain.rpartition(".")
    if not dot:
        stem, suffix = plain, ""
    stem = stem.strip(" .~$")[: _NAME - len(suffix) - 1].rstrip() or "report"
    if stem.lower() == "readme" or re.fullmatch(r"(?i:con|prn|aux|nul|com\d|lpt\d)", stem):
        stem = f"report-{stem}"
    return f"{stem}{dot}{suffix}"


def _add_one(data: DataFolder, file: Incoming, held: dict[str, str], who: str) -> Addition:
    name = safe_name(file.name)
    try:
        check(file.path, name)
    except UnreadableReport as error:
        return Addition(name, Outcome.REFUSED, detail=f"{error.reason[:1].upper()}{error.reason[1:]}. {error.remedy}")
    sha256 = file_digest(file.path)
    report_id = sha256[:REPORT_ID_LENGTH]
    removals = Removals.read(data)
    if sha256 in held and sha256 not in removals.days:
        return Addition(name, Outcome.DUPLICATE, report_id, f"Its content is that of {held[sha256]}.")
    if sha256 not in held:
        name = _keep(file.path, data.reports, name)
    if sha256 in removals.days:
        removals.lifting([sha256]).write(data)
    held[sha256] = name
    audit.record(data, who, Deed.ADDED, name, report_id)
    return Addition(name, Outcome.ADDED, report_id)


def _contents(data: DataFolder) -> dict[str, str]:
    """The names of the files that a build would read, by their content."""
    try:
        found = find_sources([*folders_of(data), data.reports])
    except NoReports:
        return {}
    return {file_digest(path): path.name for path in found}


def _keep(source: Path, folder: Path, name: str) -> str:
    """Copy a file under a name that is free there, whole or not at all; the name."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{os.getpid()}-{name}{PARTIAL}"
    try:
        shutil.copyfile(source, partial)
        sync(partial)
        stem, suffix = Path(name).stem, Path(name).suffix
        for number in range(1, 10_000):
            target = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
            try:
                os.close(os.open(target, os.O_CREAT | os.O_EXCL))  # the name is ours from here on
            except FileExistsError:
                continue
            partial.replace(target)
            sync_folder(folder)
            return target.name
        raise FileExistsError(f"{folder} holds too many files named {name}.")
    finally:
        partial.unlink(missing_ok=True)
