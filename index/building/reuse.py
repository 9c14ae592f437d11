"""Reports as read: taken from the build before where nothing about them changed, read now where something did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.formats import READER_VERSION
from corpus.metadata import renamed
from index.building.read_pool import ReadPool, ReadReport
from index.building.reissues import superseded
from index.building.reusable_rows import KeptRows
from index.building.sources import Source, Sources, gather
from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import DataFolder
from index.storage.manifest import MEND, STORE, Failure, Manifest
from index.storage.rows import StoredPassage, StoredReport
from index.storage.store import Store
from index.types import Progress

ReadFiles = Callable[[Sequence[Source]], Iterable[ReadReport | Failure]]


@dataclass(frozen=True, slots=True)
class Previous:
    """What the build before has of each file, by the file's content."""

    reports: dict[str, StoredReport]
    failures: dict[str, Failure]
    since: dict[str, str]
    """When each report first came, whether or not it is read again: of two issues the later one stands."""
    reread: str = ""
    """Why nothing of it can be used, in words; empty where it can."""
    rows: KeptRows = field(default_factory=KeptRows)

    @classmethod
    def of(cls, data: DataFolder, *, revision: str, again: bool = False) -> Previous:
        """What the current build has that reading and cutting by the present code would make again."""
        try:
            folder = data.current()
            manifest, kept = _stored(folder)
        except NoIndex:
            return cls({}, {}, _since(data))
        except DamagedIndex as error:
            return cls({}, {}, _since(data), f"the build before cannot be used: {error}")
        since = {sha256: stored.added for sha256, stored in kept.items()}
        if reason := outdated(manifest, revision, again=again):
            return cls({}, {}, since, reason)
        failed = {failure.sha256: failure for failure in manifest.failures if failure.sha256}
        return cls(kept, failed, since, rows=KeptRows.of(folder, manifest, list(kept.values())))

    def report(self, source: Source) -> StoredReport | None:
        """The report of a file, under the name that the file has now; None where it must be read."""
        kept = self.reports.get(source.sha256)
        if kept is None or kept.sidecar != source.sidecar:
            return None
        return replace(kept, report=renamed(kept.report, source.file))

    def failure(self, source: Source) -> Failure | None:
        """Why the very file could not be read; None where it is new."""
        failure = self.failures.get(source.sha256)
        return replace(failure, file=source.file) if failure and failure.sidecar == source.sidecar else None


def _stored(folder: Path) -> tuple[Manifest, dict[str, StoredReport]]:
    """A build's manifest, and its reports by content, in the order of their rows. Raises DamagedIndex."""
    manifest, path = Manifest.read(folder), folder / STORE
    if file_digest(path) != manifest.digests[STORE]:
        raise DamagedIndex(f"{path} is not what was written. {MEND}")
    stored = Store(path).stored(proved=True)
    return manifest, {one.report.sha256: one for one in stored}


def _since(data: DataFolder) -> dict[str, str]:
    """When each report first came, by the newest build that can be read."""
    for folder in reversed(data.finished()):
        try:
            return {sha256: stored.added for sha256, stored in _stored(folder)[1].items()}
        except DamagedIndex:
            continue
    return {}


def outdated(manifest: Manifest, revision: str, *, again: bool) -> str:
    """Why all files must be read, whatever a build has of them; empty where they need not."""
    if again:
        return "it was asked for"
    if manifest.reader != READER_VERSION:
        return f"the code that reads and cuts reports has changed (version {READER_VERSION}, was {manifest.reader})"
    if manifest.revision != revision:
        return f"the encoder is another, and passages are cut to what it reads (revision {revision})"
    return ""


@dataclass(frozen=True, slots=True)
class Readings:
    """What a build is made of, and which of its files were read for it."""

    reports: tuple[StoredReport, ...]
    failures: tuple[Failure, ...]
    read: tuple[str, ...]


def take_up(sources: Sequence[Source], previous: Previous, read: ReadFiles, added: str) -> Readings:
    """Each file's report, or why it has none; in order of name. ``added`` is the time of those that are new.

    A report that a re-issue stands for keeps its facts and no passages; where the re-issue has gone, it is read again.
    """
    kept = {source: stored for source in sources if (stored := previous.report(source))}
    failed = {source: failure for source in sources if (failure := previous.failure(source))}
    new = [source for source in sources if source not in kept and source not in failed]
    fresh, failures = _read_now(new, read, previous, added)
    kept |= fresh
    replaced = superseded((stored.report, stored.added) for stored in kept.values())
    revived = [s for s, stored in kept.items() if stored.report.superseded_by and stored.report.id not in replaced]
    again, failed_again = _read_now(revived, read, previous, added)
    kept = {source: stored for source, stored in kept.items() if source not in revived} | again
    reports = sorted(
        (_superseded(stored, replaced.get(stored.report.id)) for stored in kept.values()),
        key=lambda stored: (stored.report.file, stored.report.id),
    )
    named = tuple(sorted(source.file for source in (*new, *revived)))
    return Readings(tuple(reports), (*failed.values(), *failures, *failed_again), named)


def _read_now(
    sources: Sequence[Source], read: ReadFiles, previous: Previous, added: str
) -> tuple[dict[Source, StoredReport], list[Failure]]:
    """Files read, by source; when a report came into the index stays when it is read again."""
    results = list(read(sources)) if sources else []
    fresh = {
        result.source: StoredReport(
            result.report,
            result.page_labels,
            tuple(map(StoredPassage.of, result.passages)),
            result.source.sidecar,
            previous.since.get(result.source.sha256, added),
        )
        for result in results
        if isinstance(result, ReadReport)
    }
    return fresh, [result for result in results if isinstance(result, Failure)]


def _superseded(stored: StoredReport, by: str | None) -> StoredReport:
    report = replace(stored.report, superseded_by=by)
    return replace(stored, report=report, passages=() if by else stored.passages)


@dataclass(frozen=True, slots=True)
class ReadResults:
    """Files as read, to be looked at: nothing is built of them."""

    reports: tuple[ReadReport, ...]
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]


def read_sources(files: Sequence[Path], *, encoder_folder: Path, max_tokens: int, on_progress: Progress) -> ReadResults:
    """Read files as a build does, and build nothing."""
    found: Sources = gather(files)
    with ReadPool(len(found.sources), encoder_folder=encoder_folder, max_tokens=max_tokens) as pool:
        results = list(reader(pool, on_progress)(found.sources))
    reports = [result for result in results if isinstance(result, ReadReport)]
    failures = [result for result in results if isinstance(result, Failure)]
    reports.sort(key=lambda read: (read.report.file, read.report.id))
    return ReadResults(tuple(reports), (*found.failures, *failures), found.duplicates)


def reader(pool: ReadPool, on_progress: Progress) -> ReadFiles:
    """What reads files in processes of their own, with their progress told."""
    return lambda sources: pool.read_all(sources, lambda done, total: on_progress("Reading reports", done, total))
