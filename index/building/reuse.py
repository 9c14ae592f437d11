"""Takes reports from the previous build if nothing about them has changed, and reads the other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from corpus.facts.metadata import renamed
from corpus.reader_version import reader_version
from index.building.read_pool import ReadPool, ReadReport
from index.building.reissues import superseded
from index.building.remarks import remarks_version
from index.building.reusable_rows import ReusableRows
from index.building.sources import Source, gather
from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import DataFolder
from index.storage.manifest import REBUILD_HINT, STORE, Failure, Manifest
from index.storage.rows import StoredPassage, StoredReport, pack_second
from index.storage.store import Store
from index.types import Progress

ReadFiles = Callable[[Sequence[Source]], Iterable[ReadReport | Failure]]


@dataclass(frozen=True, slots=True)
class PreviousBuild:
    """The parts of the current build that a new build can reuse. Reports are found by the sha256 of their files."""

    reports: dict[str, StoredReport]
    failures: dict[str, Failure]
    added: dict[str, str]
    """The time when each report was first indexed. Reading a file again does not change this time. The time may decide
    which issue of a report we keep."""
    reread: str = ""
    """The reason why no report can be reused, in words. Empty if reports can be reused."""
    rows: ReusableRows = field(default_factory=ReusableRows)

    @classmethod
    def of(cls, data: DataFolder, *, revision: str, again: bool = False) -> PreviousBuild:
        """Open the current build.

        ``revision`` is the revision of the encoder. If ``again`` is true, every file is read again.
        """
        try:
            folder = data.current()
            manifest, reports = _manifest_and_reports(folder)
        except NoIndex:
            return cls({}, {}, _times_added(data))
        except DamagedIndex as error:
            return cls({}, {}, _times_added(data), f"the previous build cannot be used: {error}")
        added = {sha256: stored.added for sha256, stored in reports.items()}
        if reason := reason_to_reread(manifest, revision, again=again):
            return cls({}, {}, added, reason)
        failures = {failure.sha256: failure for failure in manifest.failures if failure.sha256}
        rows = ReusableRows.of(folder, manifest, list(reports.values()), remarks_version=remarks_version(revision))
        return cls(reports, failures, added, rows=rows)

    def report(self, source: Source) -> StoredReport | None:
        """Return the report in a file, with the file's current name. None if the file must be read."""
        stored = self.reports.get(source.sha256)
        if stored is None or stored.sidecar != source.sidecar:
            return None
        return replace(stored, report=renamed(stored.report, source.file))

    def failure(self, source: Source) -> Failure | None:
        """Return the earlier failure to read the same file, or None if the file is new or has changed."""
        failure = self.failures.get(source.sha256)
        return replace(failure, file=source.file) if failure and failure.sidecar == source.sidecar else None


def _manifest_and_reports(folder: Path) -> tuple[Manifest, dict[str, StoredReport]]:
    """Return a build's manifest, and its reports by sha256 in the order of their rows. Raises DamagedIndex."""
    manifest, path = Manifest.read(folder), folder / STORE
    if file_digest(path) != manifest.digests[STORE]:
        raise DamagedIndex(f"{path} has changed since it was written. {REBUILD_HINT}")
    return manifest, {stored.report.sha256: stored for stored in Store(path).stored(verified=True)}


def _times_added(data: DataFolder) -> dict[str, str]:
    """Return when each report was first indexed, from the newest build that can be read."""
    for folder in reversed(data.finished()):
        try:
            return {sha256: stored.added for sha256, stored in _manifest_and_reports(folder)[1].items()}
        except DamagedIndex:
            continue
    return {}


def reason_to_reread(manifest: Manifest, revision: str, *, again: bool) -> str:
    """Return the reason why every file must be read again. It is empty if unchanged files can be reused."""
    if again:
        return "you asked for it"
    if manifest.reader != (version := reader_version()):
        return f"the code or a library that reads reports has changed (version {version}, was {manifest.reader})"
    if manifest.revision != revision:
        return f"the encoder has changed, and passages must fit it (revision {revision})"
    return ""


@dataclass(frozen=True, slots=True)
class CollectedReports:
    """The reports in a new build, and the files that were read for it."""

    reports: tuple[StoredReport, ...]
    failures: tuple[Failure, ...]
    files_read: tuple[str, ...]


def collect_reports(
    sources: Sequence[Source], previous: PreviousBuild, read: ReadFiles, added: str
) -> CollectedReports:
    """Return the reports in the given files, in order of file name. ``added`` is the time recorded for new reports.

    A report that has been replaced by a later issue keeps its facts and loses its passages. If the later issue is no
    longer among the files, the replaced report is read again.
    """
    reports = {source: stored for source in sources if (stored := previous.report(source))}
    known_failures = {source: failure for source in sources if (failure := previous.failure(source))}
    new = [source for source in sources if source not in reports and source not in known_failures]
    new_reports, new_failures = _read(new, read, previous, added)
    reports |= new_reports
    replacements = superseded((stored.report, stored.added) for stored in reports.values())
    revived = [
        s for s, stored in reports.items() if stored.report.superseded_by and stored.report.id not in replacements
    ]
    revived_reports, revived_failures = _read(revived, read, previous, added)
    reports = {source: stored for source, stored in reports.items() if source not in revived} | revived_reports
    in_order = sorted(
        (_with_replacement(stored, replacements.get(stored.report.id)) for stored in reports.values()),
        key=lambda stored: (stored.report.file, stored.report.id),
    )
    failures = (*known_failures.values(), *new_failures, *revived_failures)
    files_read = tuple(sorted(source.file for source in (*new, *revived)))
    return CollectedReports(tuple(in_order), failures, files_read)


def _read(
    sources: Sequence[Source], read: ReadFiles, previous: PreviousBuild, added: str
) -> tuple[dict[Source, StoredReport], list[Failure]]:
    """Read files, and return the reports by source. A report that was indexed before keeps its original time."""
    results = list(read(sources)) if sources else []
    reports = {
        result.source: StoredReport(
            result.report,
            result.page_labels,
            tuple(map(StoredPassage.of, result.passages)),
            result.source.sidecar,
            previous.added.get(result.source.sha256, added),
            pack_second(result.second_readings),
            result.recognised,
        )
        for result in results
        if isinstance(result, ReadReport)
    }
    return reports, [result for result in results if isinstance(result, Failure)]


def _with_replacement(stored: StoredReport, reissue_id: str | None) -> StoredReport:
    """Return a copy of a report that names the issue that replaces it, if there is one."""
    report = replace(stored.report, superseded_by=reissue_id)
    return replace(stored, report=report, passages=() if reissue_id else stored.passages)


@dataclass(frozen=True, slots=True)
class ReadResults:
    """The results of reading files without building an index."""

    reports: tuple[ReadReport, ...]
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]


def read_sources(files: Sequence[Path], *, encoder_folder: Path, max_tokens: int, on_progress: Progress) -> ReadResults:
    """Read files as a build does, without building anything."""
    gathered = gather(files)
    with ReadPool(len(gathered.sources), encoder_folder=encoder_folder, max_tokens=max_tokens) as pool:
        results = list(file_reader(pool, on_progress)(gathered.sources))
    reports = [result for result in results if isinstance(result, ReadReport)]
    failures = [result for result in results if isinstance(result, Failure)]
    reports.sort(key=lambda read: (read.report.file, read.report.id))
    return ReadResults(tuple(reports), (*gathered.failures, *failures), gathered.duplicates)


def file_reader(pool: ReadPool, on_progress: Progress) -> ReadFiles:
    """Return a function that reads files in a pool, reads them again with a second program, and reports progress."""

    def read_twice(sources: Sequence[Source]) -> Iterable[ReadReport | Failure]:
        results = list(pool.read_all(sources, partial(on_progress, "Reading reports")))
        return pool.read_again(results, partial(on_progress, "Reading reports with a second program"))

    return read_twice
