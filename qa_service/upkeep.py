"""Keeping the index in step with the reports: which folders are read, what a build changed, what is taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.reading import SUFFIXES
from corpus.types import Report
from index import audit, retention
from index.audit import Deed
from index.build import Builder, BuildOutcome, build_lock
from index.contents import texts_of
from index.errors import DamagedIndex, NoIndex, NoReports, UnknownReport
from index.folders import DataFolder
from index.manifest import Manifest
from index.readings import STORE
from index.removal import Removals, delete_files, forget_embeddings
from index.sources import find_sources
from index.store import Store
from qa_service.samples import sample_folder


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build made different, by the names of files."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    """Reports that a corrected re-issue stands for from now on."""


@dataclass(frozen=True, slots=True)
class Upkept:
    """A build and what it made different."""

    outcome: BuildOutcome
    changes: Changes


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Changes the index of one data folder, and writes down who did it. All of it raises SearchIndexError."""

    data: DataFolder
    builder: Callable[[], Builder]
    """Opened only where there is something to build: it takes seconds."""
    who: str

    def build(self, chosen: Sequence[Path] = (), *, again: bool = False) -> Upkept:
        """Build from the folders chosen, else from those of the last build and the data's own."""
        with build_lock(self.data):
            return self._build(chosen, again=again)

    def remove(self, names: Sequence[str], *, purge: bool = False) -> tuple[Report, ...]:
        """Take reports out, by id or file name; with ``purge`` all that is left of them at once. Which they were."""
        with build_lock(self.data):
            reports = find_reports(self.data, names)
            take_out(self.data, reports, self.who)
            try:
                self._build(())
            except NoReports:
                self.data.point_to_none()
            if purge:
                self._purge()
        return reports

    def purge(self) -> None:
        """Remove at once all that is left of what was removed before."""
        with build_lock(self.data):
            self._purge()

    def _build(self, chosen: Sequence[Path], *, again: bool = False) -> Upkept:
        folders = list(chosen) or folders_of(self.data)
        before = _reports_of(self.data)
        removed = Removals.read(self.data).days
        outcome = self.builder().build(find_sources(folders), folders=folders, removed=removed, again=again)
        changes = _changes(before, _reports_of(self.data)) if outcome.changed else Changes()
        if outcome.changed:
            manifest = outcome.manifest
            detail = f"{manifest.reports} reports, {len(changes.added)} added, {len(changes.gone)} gone"
            audit.record(self.data, self.who, Deed.BUILT, manifest.build, detail)
        return Upkept(outcome, changes)

    def _purge(self) -> None:
        retention.purge(self.data)
        try:
            folder = self.data.current()
            revision, stored = Manifest.read(folder).revision, list(Store(folder / STORE).stored())
        except NoIndex:
            revision, stored = "", []
        texts, sentences = texts_of(stored)
        dropped = forget_embeddings(self.data, [*texts, *sentences], revision)
        audit.record(self.data, self.who, Deed.PURGED, "older builds", f"{dropped} embeddings dropped")


def folders_of(data: DataFolder) -> list[Path]:
    """The folders that a build reads when none is named: the last build's and the data's own.

    The samples stand for them until there are reports, and never come back once there were. Raises NoReports where
    none is left, and where a folder of the last build has gone: its reports would all be lost in silence.
    """
    try:
        last = [Path(folder) for folder in Manifest.read(data.current()).folders]
    except (NoIndex, DamagedIndex):
        last = []
    named = [folder for folder in last if folder not in (sample_folder(), data.reports.resolve())]
    if missing := [folder for folder in named if not folder.exists()]:
        raise NoReports(
            f"{missing[0]}, which the last build read, is not there. Bring it back, or name with --reports all folders "
            "to build from."
        )
    own = [data.reports] if _holds_reports(data.reports) else []
    if found := [*named, *own]:
        return found
    if sample_folder() in last or not (last or Removals.read(data).days):
        return [sample_folder()]
    raise NoReports(f"No report is left in {data.reports}. Put {', '.join(SUFFIXES)} files there, or name a folder.")


def find_reports(data: DataFolder, names: Iterable[str]) -> tuple[Report, ...]:
    """The reports of the current build with some ids or file names. Raises UnknownReport."""
    held = _reports_of(data).values()
    found: dict[str, Report] = {}
    for name in names:
        meant = [report for report in held if name in (report.id, report.file)]
        if not meant:
            raise UnknownReport(f"No report has the id or the file name “{name}”. “qa-service reports” lists them.")
        found |= {report.id: report for report in meant}
    return tuple(found.values())


def take_out(data: DataFolder, reports: Sequence[Report], who: str, deed: Deed = Deed.REMOVED) -> None:
    """Have the next build leave some reports out; their files go from the data's own folder, and from no other."""
    contents = [report.sha256 for report in reports]
    Removals.read(data).adding(contents, datetime.now(UTC).date()).write(data)
    delete_files(data.reports, contents)
    for report in reports:
        audit.record(data, who, deed, report.file, report.id)


def _holds_reports(folder: Path) -> bool:
    try:
        return bool(find_sources([folder]))
    except NoReports:
        return False


def _reports_of(data: DataFolder) -> dict[str, Report]:
    """All reports of the current build by id; none where it cannot be read."""
    try:
        return {stored.id: stored for stored in Store(data.current() / STORE).every()}
    except (NoIndex, DamagedIndex):
        return {}


def _changes(before: dict[str, Report], after: dict[str, Report]) -> Changes:
    def files(ids: Iterable[str], reports: dict[str, Report]) -> tuple[str, ...]:
        return tuple(sorted(reports[id_].file for id_ in ids))

    stayed = before.keys() & after.keys()
    return Changes(
        added=files(after.keys() - before.keys(), after),
        gone=files(before.keys() - after.keys(), before),
        renamed=files((i for i in stayed if before[i].file != after[i].file), after),
        superseded=files(
            (i for i in after if after[i].superseded_by and not (i in before and before[i].superseded_by)), after
        ),
    )
