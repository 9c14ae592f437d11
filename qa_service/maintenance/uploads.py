"""Checks new report files, gives them safe names and copies them into the service's own reports folder."""

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
from corpus.formats import OLD_WORD, check
from corpus.readers.old_word import find_office
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

_MAX_NAME = 120
"""Maximum length of a file name in bytes. Operating systems allow 255."""
_MAX_SUFFIX = 16
"""Maximum length of a file name's suffix in characters. Anything longer is not treated as a suffix."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Invisible characters, such as right-to-left marks and line separators, which can make one name look like another."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)", re.IGNORECASE)
"""Names that Windows reserves for devices, with any text after the first full stop."""
_WAIT = 60
"""Seconds to wait while somebody else is adding files."""


class Outcome(StrEnum):
    """Result of adding a file."""

    ADDED = "added"
    DUPLICATE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file to add: its original name, and its path."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class UploadResult:
    """The outcome for one file, with its id and details. The next build reads the files that were added."""

    file: str
    outcome: Outcome
    report_id: str | None = None
    detail: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the file was added, which means that a build is needed."""
        return self.outcome is Outcome.ADDED

    @property
    def is_duplicate(self) -> bool:
        """Whether the folder already had a file with the same content."""
        return self.outcome is Outcome.DUPLICATE


def add(
    data: DataFolder, files: Sequence[IncomingFile], who: str, *, replaces: str | None = None
) -> list[UploadResult]:
    """Copy files into the reports folder, and return a result for each. If we refuse one file, we still add the others.

    ``replaces`` is the id or file name of a report to remove if all the files are added. Raises UnknownReport, before
    any file is copied, if there is no report to replace.
    """
    replaced = find_files(data, [replaces]) if replaces else ()
    with FileLock(data.root / "additions.lock", timeout=_WAIT):
        known = files_by_digest(data)
        if replaced:  # limit who can see the new file, as for the old one, before any build can read it
            new = frozenset(file_digest(file.path) for file in files) - known.keys()
            gone = frozenset(file.sha256 for file in replaced)
            Collections.change(data, lambda collections: collections.with_replacements(gone, new))
        results = [_add_one(data, file, known, who, must_read=bool(replaced)) for file in files]
    if replaced and all(result.is_new for result in results):
        mark_removed(data, replaced, who, AuditAction.REPLACED)
    return results


def safe_name(name: str) -> str:
    """Return a name that is safe on every system, with the same suffix."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join("\0" if unicodedata.category(sign) in _UNSEEN else sign for sign in plain)
    plain = re.sub(r'[\0<>:"|?*]+', "-", plain).strip(" ~$")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > _MAX_SUFFIX:
        stem, dot, suffix = plain, "", ""
    stem = (
        stem.strip(" .~$").encode()[: _MAX_NAME - len(suffix.encode()) - 1].decode(errors="ignore").rstrip() or "report"
    )
    if stem.lower() == "readme" or _DEVICE.match(stem):
        stem = f"report-{stem}"
    return f"{stem}{dot}{suffix}"


def _add_one(data: DataFolder, file: IncomingFile, known: dict[str, str], who: str, *, must_read: bool) -> UploadResult:
    """Add one file to the folder and to ``known``.

    With ``must_read``, refuse a file that cannot be read as a report.
    """
    name = safe_name(file.name)
    try:
        if check(file.path, name) in OLD_WORD:
            find_office(file.path, name)
        sha256 = file_digest(file.path)
        report_id = sha256[:REPORT_ID_LENGTH]
        removed = sha256 in Removals.read(data).days
        if sha256 in known and not removed:
            return UploadResult(name, Outcome.DUPLICATE, report_id, f"It has the same content as {known[sha256]}.")
        if sha256 not in known:
            name = _copy(file.path, data.reports, name)
        if must_read:
            _check_readable(data.reports / name)
    except UnreadableReport as error:
        return UploadResult(name, Outcome.REFUSED, detail=_sentence(error.reason, error.remedy))
    except OSError as error:
        return UploadResult(
            name, Outcome.REFUSED, detail=_sentence(f"it could not be saved ({error.strerror})", _CHECK_DISK)
        )
    if removed:
        Removals.change(data, lambda removals: removals.without_contents([sha256]))
    known[sha256] = name
    audit.record(data, who, AuditAction.ADDED, name, report_id)
    return UploadResult(name, Outcome.ADDED, report_id)


_CHECK_DISK = "Check that the disk has free space and that the service may write to its reports folder."


def _check_readable(path: Path) -> None:
    """Read a file as a build would, in a separate process.

    If the file cannot be read, delete it and raise UnreadableReport.
    """
    folder = default_folder()
    reading = read_sources([path], encoder_folder=folder, max_tokens=max_tokens(folder), on_progress=_ignore)
    if reading.failures:
        path.unlink()
        raise UnreadableReport(path, reading.failures[0].reason, reading.failures[0].remedy)


def _ignore(stage: str, done: int, total: int) -> None:
    """Report no progress, because reading one file is quick."""


def _sentence(reason: str, remedy: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}. {remedy}"


def files_by_digest(data: DataFolder) -> dict[str, str]:
    """Return the names of the files that a build would read, by their sha256."""
    try:
        folders = folders_to_build(data) if data.finished() else []  # before the first build there are only samples
    except SearchIndexError:  # a folder that is missing contains no duplicates
        folders = []
    try:
        sources = gather(find_sources([*folders, data.reports]))
    except NoReports:
        return {}
    return {source.sha256: source.file for source in sources.sources}


def _copy(source: Path, folder: Path, name: str) -> str:
    """Copy a file completely or not at all, under a name that is not taken, and return that name."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{secrets.token_hex(8)}{PARTIAL}"
    try:
        shutil.copyfile(source, partial)
        sync(partial)
        target = _reserve_name(folder, name)
        try:
            replace_file(partial, target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        sync_folder(folder)
        return target.name
    finally:
        partial.unlink(missing_ok=True)


def _reserve_name(folder: Path, name: str) -> Path:
    """Create an empty file under a name that is not taken, so that nobody else can take the name."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(1, 10_000):
        target = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        with contextlib.suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            return target
    raise FileExistsError(f"{folder} has too many files named {name}.")
