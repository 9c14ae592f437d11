"""Updates to the index: building, removing reports and purging. Each adds an entry to the log of changes."""

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
from qa_service.records.saved_questions import NAME as SAVED
from qa_service.records.saved_questions import SavedQuestions
from qa_service.samples import sample_folder


@dataclass(frozen=True, slots=True)
class BuildChanges:
    """File names of the reports that a build added, removed, renamed or superseded."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    """Reports that were replaced by a later issue of the same report."""


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """A build and the changes that it made."""

    outcome: BuildOutcome
    changes: BuildChanges


@dataclass(frozen=True, slots=True)
class Updater:
    """Changes the index in one data folder, and records who made each change. Its methods raise SearchIndexError."""

    data: DataFolder
    builder: Callable[[], Builder]
    """A function that opens the builder. This takes several seconds, so we do it only if there are files to build
    from."""
    who: str

    def build(self, chosen: Sequence[Path] = (), *, again: bool = False, purge: bool = False) -> UpdateResult | None:
        """Build from the chosen folders.

        If no folders are chosen, build from the folders of the last build and from the service's own folder.

        With ``purge``, delete every trace of removed reports afterwards. Return None if all reports have been removed,
        which leaves no current build.
        """
        with build_lock(self.data):
            load_readers()  # load these in the background while the encoder opens
            update = self._build(chosen, again=again)
            if purge:
                self._purge(empty=update is None)
            return update

    def remove(self, names: Sequence[str], *, purge: bool = False) -> tuple[KnownFile, ...]:
        """Remove reports by id or file name, and return them. With ``purge``, delete every trace of them at once."""
        with build_lock(self.data):
            files = find_files(self.data, names)
            mark_removed(self.data, files, self.who)
            update = self._build(())
            if purge:
                self._purge(empty=update is None)
        return files

    def purge(self) -> None:
        """Delete every trace of removed reports.

        Raises DamagedIndex if the current build is damaged, because an earlier build may be the only good one left.
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
            self.data.clear_current()  # all reports of the last build were removed
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
                raise DamagedIndex(f"{damage.path} {damage.what}. Nothing was purged. {damage.remedy}")
            revision, stored = Manifest.read(folder).revision, list(Store(folder / STORE).stored())
        retention.purge(self.data)
        texts = PassageTexts.of(stored)
        kept = {each.report.id for each in stored}
        FeedbackStore.open(self.data.root).forget_other_reports(kept)
        SavedQuestions(self.data.root / SAVED).forget_other_reports(kept)
        dropped = forget_embeddings(self.data.embeddings, [*texts.sentences, *texts.other], revision)
        audit.record(self.data, self.who, AuditAction.PURGED, "older builds", f"{dropped} embeddings dropped")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that a build knows about: a report, or a file that could not be read."""

    id: str
    file: str
    title: str
    sha256: str


def folders_to_build(data: DataFolder) -> list[Path]:
    """Return the folders that a build reads by default: the folders of the last build and the service's own.

    We use the samples folder until reports are added, and never after that. Raises NoReports if no reports are left.
    Raises FolderGone if a folder of the last build is missing or empty, such as an unmounted network folder. Without
    this error, all its reports would be lost without notice.
    """
    try:
        last = [data.reports_folder(name) for name in Manifest.read(data.current()).folders]
    except (NoIndex, DamagedIndex):
        last = []
    named = [folder for folder in last if folder not in (sample_folder().resolve(), data.reports.resolve())]
    if missing := [folder for folder in named if not _holds_reports(folder)]:
        raise FolderGone(
            f"The last build read {missing[0]}, but this folder is missing or has no reports now. Bring it back, or "
            "run “qa-service build” and name every folder to read with --reports."
        )
    own = [data.reports] if _holds_reports(data.reports) else []
    if folders := [*named, *own]:
        return folders
    if sample_folder().resolve() in last or not (last or Removals.read(data).days):
        return [sample_folder()]
    raise NoReports(
        f"There are no reports left in {data.reports}. Add {', '.join(SUFFIXES)} files to it, or name a folder with "
        "--reports."
    )


def find_files(data: DataFolder, names: Iterable[str]) -> tuple[KnownFile, ...]:
    """Find files in the current build by their ids or file names. Raises UnknownReport."""
    known = [KnownFile(report.id, report.file, report.title, report.sha256) for report in _reports_of(data).values()]
    known += [
        KnownFile(failure.sha256[:REPORT_ID_LENGTH], failure.file, failure.reason, failure.sha256)
        for failure in _failures_of(data)
        if failure.sha256
    ]
    matches: dict[str, KnownFile] = {}
    for name in names:
        named = [file for file in known if name in (file.id, file.file)]
        if not named:
            raise UnknownReport(f"No report has the id or file name “{name}”. To list them, run “qa-service reports”.")
        matches |= {file.id: file for file in named}
    return tuple(matches.values())


def mark_removed(
    data: DataFolder, files: Sequence[KnownFile], who: str, action: AuditAction = AuditAction.REMOVED
) -> None:
    """Make the next build leave out the given files, and delete those in the service's own reports folder."""
    digests = [file.sha256 for file in files]
    today = datetime.now(UTC).date()
    Removals.change(data, lambda removals: removals.with_contents(digests, today))
    for file in files:
        audit.record(data, who, action, file.file, file.id)
    delete_files(data.reports, digests)


def _is_emptied(data: DataFolder) -> bool:
    """Return whether there is no current build because all the reports in the last one were removed."""
    try:
        data.current()
    except NoIndex:
        builds, removed = data.finished(), Removals.read(data).days
        return not builds or _reports_in(builds[-1]) <= removed.keys()
    return False


def _reports_in(build: Path) -> set[str]:
    """Return the sha256 of each report's file in a build."""
    Manifest.read(build)  # raises DamagedIndex if another version wrote the build
    return {report.sha256 for report in Store(build / STORE).all_reports()}


def _holds_reports(folder: Path) -> bool:
    try:
        return bool(find_sources([folder]))
    except NoReports:
        return False


def _reports_of(data: DataFolder) -> dict[str, Report]:
    """Return the reports in the current build by id. If the build cannot be read, return no reports."""
    try:
        build = data.current()
        Manifest.read(build)  # raises DamagedIndex if another version wrote the build
        return {stored.id: stored for stored in Store(build / STORE).all_reports()}
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

    unchanged = before.keys() & after.keys()
    return BuildChanges(
        added=files(after.keys() - before.keys(), after),
        gone=files(before.keys() - after.keys(), before),
        renamed=files((i for i in unchanged if before[i].file != after[i].file), after),
        superseded=files(
            (i for i in after if after[i].superseded_by and not (i in before and before[i].superseded_by)), after
        ),
    )
