"""Keeping the index in step with the reports: which folders are read, what a build changed, what is taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.formats import SUFFIXES
from corpus.types import REPORT_ID_LENGTH, Report
from index.building import retention
from index.building.build import Builder, BuildOutcome, build_lock
from index.building.read_pool import load_readers
from index.building.sources import find_sources
from index.building.verification import find_build_damage
from index.building.writer import PassageTexts
from index.encoding.embedding_cache import forget_embeddings
from index.errors import DamagedIndex, FolderGone, NoIndex, NoReports, NothingReadable, UnknownReport
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE, Failure, Manifest
from index.storage.removal import Removals, delete_files
from index.storage.store import Store
from qa_service.records.feedback import FeedbackStore
from qa_service.samples import sample_folder


@dataclass(frozen=True, slots=True)
class BuildChanges:
    """What a build made different, by the names of files."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    """Reports that a corrected re-issue stands for from now on."""


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """A build and what it made different."""

    outcome: BuildOutcome
    changes: BuildChanges


@dataclass(frozen=True, slots=True)
class Updater:
    """Changes the index of one data folder, and writes down who did it. All of it raises SearchIndexError."""

    data: DataFolder
    builder: Callable[[], Builder]
    """Opened only where there is something to build: it takes seconds."""
    who: str

    def build(self, chosen: Sequence[Path] = (), *, again: bool = False, purge: bool = False) -> UpdateResult | None:
        """Build from the folders chosen, else from those of the last build and the data's own.

        With ``purge`` nothing is left of what was removed before. None where all reports were removed: no build answers
        then.
        """
        with build_lock(self.data):
            load_readers()  # while the encoder is opened
            built = self._build(chosen, again=again)
            if purge:
                self._purge(empty=built is None)
            return built

    def remove(self, names: Sequence[str], *, purge: bool = False) -> tuple[KnownFile, ...]:
        """Take reports out, by id or file name; with ``purge`` all that is left of them at once. Which they were."""
        with build_lock(self.data):
            held = find_files(self.data, names)
            mark_removed(self.data, held, self.who)
            built = self._build(())
            if purge:
                self._purge(empty=built is None)
        return held

    def purge(self) -> None:
        """Remove at once all that is left of what was removed before.

        Raises DamagedIndex where no good build answers: what a purge would take may be all that is left.
        """
        with build_lock(self.data):
            self._purge(empty=False)

    def _build(self, chosen: Sequence[Path], *, again: bool = False) -> UpdateResult | None:
        before, removed = _reports_of(self.data), Removals.read(self.data).days
        try:
            folders = list(chosen) or folders_to_build(self.data)
            files = find_sources(folders)
            outcome = self.builder().build(files, folders=folders, removed=removed, again=again)
        except (NoReports, NothingReadable):
            if not before or any(report.sha256 not in removed for report in before.values()):
                raise
            self.data.clear_current()  # every report that answered was removed
            return None
        changes = _changes(before, _reports_of(self.data)) if outcome.changed else BuildChanges()
        if outcome.changed:
            manifest = outcome.manifest
            detail = f"{manifest.reports} reports, {len(changes.added)} added, {len(changes.gone)} gone"
            audit.record(self.data, self.who, AuditAction.BUILT, manifest.build, detail)
        return UpdateResult(outcome, changes)

    def _purge(self, *, empty: bool) -> None:
        revision, stored = "", []
        if not (empty or _is_emptied(self.data)):
            folder = self.data.current()
            if damage := next(find_build_damage(folder), None):
                raise DamagedIndex(f"{damage.path} {damage.what}: nothing was purged. {damage.remedy}")
            revision, stored = Manifest.read(folder).revision, list(Store(folder / STORE).stored())
        retention.purge(self.data)
        texts = PassageTexts.of(stored)
        FeedbackStore.open(self.data.root).forget_reports({kept.report.id for kept in stored})
        dropped = forget_embeddings(self.data.embeddings, [*texts.sentences, *texts.other], revision)
        audit.record(self.data, self.who, AuditAction.PURGED, "older builds", f"{dropped} embeddings dropped")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A document that is in the index, or was left out of it because it could not be read."""

    id: str
    file: str
    title: str
    sha256: str


def folders_to_build(data: DataFolder) -> list[Path]:
    """The folders that a build reads when none is named: the last build's and the data's own.

    The samples stand for them until there are reports, and never come back once there were. Raises NoReports where
    none is left, FolderGone where a folder of the last build has gone or is empty, as a share is that was not mounted:
    its reports would all be lost in silence.
    """
    try:
        last = [data.reports_folder(name) for name in Manifest.read(data.current()).folders]
    except (NoIndex, DamagedIndex):
        last = []
    named = [folder for folder in last if folder not in (sample_folder().resolve(), data.reports.resolve())]
    if missing := [folder for folder in named if not _holds_reports(folder)]:
        raise FolderGone(
            f"{missing[0]}, which the last build read, is not there or holds no report any more. Bring it back, or "
            "name with --reports all folders to build from."
        )
    own = [data.reports] if _holds_reports(data.reports) else []
    if found := [*named, *own]:
        return found
    if sample_folder().resolve() in last or not (last or Removals.read(data).days):
        return [sample_folder()]
    raise NoReports(f"No report is left in {data.reports}. Put {', '.join(SUFFIXES)} files there, or name a folder.")


def find_files(data: DataFolder, names: Iterable[str]) -> tuple[KnownFile, ...]:
    """What the current build holds, or could not read, by ids or file names. Raises UnknownReport."""
    every = [KnownFile(report.id, report.file, report.title, report.sha256) for report in _reports_of(data).values()]
    every += [
        KnownFile(failure.sha256[:REPORT_ID_LENGTH], failure.file, failure.reason, failure.sha256)
        for failure in _failures_of(data)
        if failure.sha256
    ]
    found: dict[str, KnownFile] = {}
    for name in names:
        meant = [held for held in every if name in (held.id, held.file)]
        if not meant:
            raise UnknownReport(f"No report has the id or the file name “{name}”. “qa-service reports” lists them.")
        found |= {held.id: held for held in meant}
    return tuple(found.values())


def mark_removed(
    data: DataFolder, held: Sequence[KnownFile], who: str, action: AuditAction = AuditAction.REMOVED
) -> None:
    """Have the next build leave some reports out; their files go from the data's own folder, and from no other."""
    contents = [one.sha256 for one in held]
    today = datetime.now(UTC).date()
    Removals.change(data, lambda removals: removals.with_contents(contents, today))
    for one in held:
        audit.record(data, who, action, one.file, one.id)
    delete_files(data.reports, contents)


def _is_emptied(data: DataFolder) -> bool:
    """Whether no build answers because every report of the last one was removed."""
    try:
        data.current()
    except NoIndex:
        builds, removed = data.finished(), Removals.read(data).days
        return not builds or set(Manifest.read(builds[-1]).originals) <= removed.keys()
    return False


def _holds_reports(folder: Path) -> bool:
    try:
        return bool(find_sources([folder]))
    except NoReports:
        return False


def _reports_of(data: DataFolder) -> dict[str, Report]:
    """All reports of the current build by id; none where it cannot be read."""
    try:
        return {stored.id: stored for stored in Store(data.current() / STORE).all_reports()}
    except (NoIndex, DamagedIndex):
        return {}


def _failures_of(data: DataFolder) -> Sequence[Failure]:
    try:
        return Manifest.read(data.current()).failures
    except (NoIndex, DamagedIndex):
        return ()


def _changes(before: dict[str, Report], after: dict[str, Report]) -> BuildChanges:
    def files(ids: Iterable[str], reports: dict[str, Report]) -> tuple[str, ...]:
        return tuple(sorted(reports[id_].file for id_ in ids))

    stayed = before.keys() & after.keys()
    return BuildChanges(
        added=files(after.keys() - before.keys(), after),
        gone=files(before.keys() - after.keys(), before),
        renamed=files((i for i in stayed if before[i].file != after[i].file), after),
        superseded=files(
            (i for i in after if after[i].superseded_by and not (i in before and before[i].superseded_by)), after
        ),
    )
