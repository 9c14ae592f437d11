"""Files that come in from outside: looked at, named, and kept in the data's own reports folder."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from corpus.errors import UnreadableReport
from corpus.formats import check
from corpus.types import REPORT_ID_LENGTH
from index.building.reuse import read_sources
from index.building.sources import find_sources, gather
from index.digests import file_digest
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import max_tokens
from index.errors import NoReports, SearchIndexError
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.collections import Collections
from index.storage.data_folder import PARTIAL, DataFolder, replace_file, sync, sync_folder
from index.storage.removal import Removals
from qa_service.maintenance.updates import find_files, folders_to_build, mark_removed

_NAME = 120
"""Bytes of a file's name: systems allow 255."""
_ENDING = 16
"""Characters of a name's ending; what is longer is none."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Characters that are not seen, and make a name look like another: controls, right-to-left marks, line separators."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever follows the first full stop."""
_WAIT = 60
"""Seconds that an addition waits while another is at it."""


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    DUPLICATE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file to add: the name that it came with, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What became of one file; the next build reads those that were added."""

    file: str
    outcome: Outcome
    report_id: str | None = None
    detail: str = ""

    @property
    def is_new(self) -> bool:
        """Whether there is something new to build."""
        return self.outcome is Outcome.ADDED

    @property
    def is_duplicate(self) -> bool:
        """Whether its content was there before."""
        return self.outcome is Outcome.DUPLICATE


def add(
    data: DataFolder, files: Sequence[IncomingFile], who: str, *, replaces: str | None = None
) -> list[UploadResult]:
    """Take files into the reports folder; each has its outcome, and one that is refused stops no other.

    With ``replaces``, the id or file name of a report, that report is taken out once the new one is in; raises
    UnknownReport before anything is done where there is no such report.
    """
    replaced = find_files(data, [replaces]) if replaces else ()
    with FileLock(data.root / "additions.lock", timeout=_WAIT):
        held = files_by_digest(data)
        if replaced:  # what takes a limited report's place is limited before any build can find it
            new = frozenset(file_digest(file.path) for file in files) - held.keys()
            gone = frozenset(one.sha256 for one in replaced)
            Collections.change(data, lambda collections: collections.with_replacements(gone, new))
        added = [_add_one(data, file, held, who, trial=bool(replaced)) for file in files]
    if replaced and all(one.is_new for one in added):
        mark_removed(data, replaced, who, AuditAction.REPLACED)
    return added


def safe_name(name: str) -> str:
    """A name that is a plain file's on every system; the name's ending stays."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join("\0" if unicodedata.category(sign) in _UNSEEN else sign for sign in plain)
    plain = re.sub(r'[\0<>:"|?*]+', "-", plain).strip(" ~$")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > _ENDING:
        stem, dot, suffix = plain, "", ""
    stem = stem.strip(" .~$").encode()[: _NAME - len(suffix.encode()) - 1].decode(errors="ignore").rstrip() or "report"
    if stem.lower() == "readme" or _DEVICE.match(stem):
        stem = f"report-{stem}"
    return f"{stem}{dot}{suffix}"


def _add_one(data: DataFolder, file: IncomingFile, held: dict[str, str], who: str, *, trial: bool) -> UploadResult:
    """Take one file in; with ``trial`` only where it can be read, as it is to take another's place."""
    name = safe_name(file.name)
    try:
        check(file.path, name)
        sha256 = file_digest(file.path)
        report_id = sha256[:REPORT_ID_LENGTH]
        removed = sha256 in Removals.read(data).days
        if sha256 in held and not removed:
            return UploadResult(name, Outcome.DUPLICATE, report_id, f"Its content is that of {held[sha256]}.")
        if sha256 not in held:
            name = _keep(file.path, data.reports, name)
        if trial:
            _try(data.reports / name)
    except UnreadableReport as error:
        return UploadResult(name, Outcome.REFUSED, detail=_sentence(error.reason, error.remedy))
    except OSError as error:
        return UploadResult(
            name, Outcome.REFUSED, detail=_sentence(f"it cannot be kept ({error.strerror})", _MAKE_ROOM)
        )
    if removed:
        Removals.change(data, lambda removals: removals.without_contents([sha256]))
    held[sha256] = name
    audit.record(data, who, AuditAction.ADDED, name, report_id)
    return UploadResult(name, Outcome.ADDED, report_id)


_MAKE_ROOM = "Check that the disk has room and the reports folder may be written to."


def _try(path: Path) -> None:
    """Read a file as a build would, in a process of its own. Raises UnreadableReport, and then it is not kept."""
    folder = default_folder()
    reading = read_sources([path], encoder_folder=folder, max_tokens=max_tokens(folder), on_progress=_untold)
    if reading.failures:
        path.unlink()
        raise UnreadableReport(path, reading.failures[0].reason, reading.failures[0].remedy)


def _untold(stage: str, done: int, total: int) -> None:
    """Progress of a moment."""


def _sentence(reason: str, remedy: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}. {remedy}"


def files_by_digest(data: DataFolder) -> dict[str, str]:
    """The names of the files that a build would read, by their content."""
    try:
        folders = folders_to_build(data) if data.finished() else []  # the samples give way to what is added
    except SearchIndexError:  # a folder that has gone holds nothing that would be doubled now
        folders = []
    try:
        found = gather(find_sources([*folders, data.reports]))
    except NoReports:
        return {}
    return {source.sha256: source.file for source in found.sources}


def _keep(source: Path, folder: Path, name: str) -> str:
    """Copy a file under a name that is free there, whole or not at all; the name."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{secrets.token_hex(8)}{PARTIAL}"
    try:
        shutil.copyfile(source, partial)
        sync(partial)
        target = _free(folder, name)
        try:
            replace_file(partial, target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        sync_folder(folder)
        return target.name
    finally:
        partial.unlink(missing_ok=True)


def _free(folder: Path, name: str) -> Path:
    """A name that no file has, taken at once so that nobody else takes it."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(1, 10_000):
        target = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        with contextlib.suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            return target
    raise FileExistsError(f"{folder} holds too many files named {name}.")
