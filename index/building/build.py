"""Builds a new index from files. A build holds a lock, reuses unchanged reports, and is published only if complete."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock, Timeout

from corpus.reader_version import reader_version
from index.building.read_pool import ReadPool
from index.building.reissues import Audiences, by_audience, superseded
from index.building.remarks import remarks_version
from index.building.retention import clean, clean_originals
from index.building.reuse import CollectedReports, PreviousBuild, collect_reports, file_reader, reason_to_reread
from index.building.sources import Source, Sources, gather
from index.building.verification import find_build_damage
from index.building.writer import keep_originals, keeping_converted, write_contents
from index.errors import BuildRunning, DamagedIndex, DiskFull, NoIndex, NothingReadable
from index.storage.collections import Collections
from index.storage.data_folder import LOCK, PARTIAL, DataFolder, build_name
from index.storage.manifest import FORMAT, STORE, Manifest, file_digests, file_sizes, originals_of
from index.storage.store import Store
from index.types import Encoder, Progress

_DISK_FULL_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
_DISK_FULL_WORDS = (os.strerror(errno.ENOSPC), "disk is full", "requested and")
"""Parts of the error messages that FAISS, SQLite and NumPy give when the disk is full, such as "12049 requested and
2016 written"."""
_ALMOST_NOTHING = 64 << 10
"""A disk with less free space than this, in bytes, is treated as full, even if the library that fails does not say
so."""


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """The manifest of the current build, and whether the build is new."""

    manifest: Manifest
    changed: bool


def up_to_date_manifest(
    files: Sequence[Path],
    *,
    data: DataFolder,
    revision: str,
    folders: Sequence[Path] = (),
    removed: Mapping[str, str] = MappingProxyType({}),
) -> Manifest | None:
    """Return the current build's manifest, or None if a new build of these files would be different.

    ``revision`` is the revision of the encoder.
    """
    gathered = gather(files, removed)
    if gathered.failures:
        return None
    return _up_to_date(data, gathered.fingerprint(revision), folders, Collections.read(data).audiences)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Builder:
    """Uses an encoder to build indexes in a data folder."""

    data: DataFolder
    encoder: Encoder
    encoder_folder: Path
    precision: str
    on_progress: Progress
    clock: Callable[[], datetime] = _now

    def build(
        self,
        files: Sequence[Path],
        *,
        folders: Sequence[Path] = (),
        removed: Mapping[str, str] = MappingProxyType({}),
        again: bool = False,
    ) -> BuildOutcome:
        """Build an index of the files and make it the current one. Do nothing if the index would not change.

        ``folders`` are the folders that contained the files. ``removed`` maps the sha256 of each file that was
        removed from the index to the day of its removal. If ``again`` is true, every file is read again. Raises
        BuildRunning or DiskFull, or NothingReadable if no file can be read. After any error, the previous index stays
        in use.
        """
        with build_lock(self.data), _disk_full_errors(self.data):
            gathered = gather(files, removed)
            audiences = Collections.read(self.data).audiences
            fingerprint = gathered.fingerprint(self.encoder.revision)
            clean(self.data, self.clock())  # otherwise, the remains of an interrupted build could fill the disk
            manifest = None if again or gathered.failures else _up_to_date(self.data, fingerprint, folders, audiences)
            if manifest:
                return BuildOutcome(manifest, changed=False)
            with self._pool(gathered, again=again) as pool:
                previous = PreviousBuild.of(self.data, revision=self.encoder.revision, again=again)
                read = keeping_converted(file_reader(pool, self.on_progress), self.data)
                start = self.data.next_start(self.clock())
                added = start.isoformat(timespec="microseconds")
                groups = by_audience(gathered.sources, audiences)  # issues that different people may see stay separate
                collected = _together([collect_reports(sources, previous, read, added) for sources in groups])
            failures = (*gathered.failures, *collected.failures)
            if not collected.reports:
                reasons = "; ".join(f"{failure.file}: {failure.reason}" for failure in failures[:5])
                raise NothingReadable(
                    f"None of the {len(files)} files could be read ({reasons}). Replace them, or name other files."
                )
            with _new_build(self.data, start, fingerprint) as folder:
                keep_originals(_sources_of(collected, gathered), self.data)
                embedded = write_contents(
                    folder, collected.reports, previous.rows, self.data, self.encoder, self.on_progress
                )
                manifest = self._manifest(folder, fingerprint, gathered, collected, embedded, folders, previous.reread)
                manifest.write(folder)
            clean(self.data, self.clock())
            return BuildOutcome(manifest, changed=True)

    def _pool(self, gathered: Sources, *, again: bool) -> ReadPool:
        """Start readers for the files that seem to be new, according to the current manifest."""
        try:
            manifest = Manifest.read(self.data.current())
            reread = reason_to_reread(manifest, self.encoder.revision, again=again)
            known = set() if reread else set(manifest.originals)
        except (NoIndex, DamagedIndex):
            known = set()
        new = sum(source.sha256 not in known for source in gathered.sources)
        return ReadPool(new, encoder_folder=self.encoder_folder, max_tokens=self.encoder.max_tokens)

    def _manifest(
        self,
        folder: Path,
        fingerprint: str,
        gathered: Sources,
        collected: CollectedReports,
        embedded: int,
        folders: Sequence[Path],
        reread: str,
    ) -> Manifest:
        sizes = file_sizes(folder)
        reports = [stored.report for stored in collected.reports]
        passages = [passage for stored in collected.reports for passage in stored.passages]
        return Manifest(
            build=folder.name.removesuffix(PARTIAL),
            created=self.clock().isoformat(timespec="seconds"),
            format=FORMAT,
            encoder=self.encoder.name,
            revision=self.encoder.revision,
            dimension=self.encoder.dimension,
            precision=self.precision,
            reader=reader_version(),
            remarks=remarks_version(self.encoder.revision),
            fingerprint=fingerprint,
            reports=sum(report.superseded_by is None for report in reports),
            superseded=sum(report.superseded_by is not None for report in reports),
            passages=len(passages),
            sentences=sum(passage.sentences for passage in passages),
            embedded=embedded,
            failures=(*gathered.failures, *collected.failures),
            duplicates=gathered.duplicates,
            removed=tuple(file for file, _ in gathered.removed),
            originals=originals_of(reports),
            folders=_folder_names(self.data, folders),
            files_read=collected.files_read,
            reread=reread,
            sizes=sizes,
            digests=file_digests(folder, sizes),
        )


@contextmanager
def build_lock(data: DataFolder) -> Iterator[None]:
    """Hold the lock, so that no other process can change the index. Raises BuildRunning."""
    lock = FileLock(data.builds / LOCK, timeout=0, is_singleton=True)  # one object, so a thread may lock it twice
    try:
        lock.acquire()
    except Timeout as error:
        raise BuildRunning("Another build or a backup is running. Wait until it ends, then try again.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _disk_full_errors(data: DataFolder) -> Iterator[None]:
    """Raise DiskFull instead of the error that a library raises when the disk is full."""
    try:
        yield
    except Exception as error:
        says_so = any(words in str(error) for words in _DISK_FULL_WORDS)
        if says_so or getattr(error, "errno", None) in _DISK_FULL_NUMBERS or _is_full(data):
            raise DiskFull(
                f"There is no room left on the disk that contains {data.root}. The build has stopped. "
                "The previous index is still in use. Free some space, then build again."
            ) from error
        raise


def _is_full(data: DataFolder) -> bool:
    return shutil.disk_usage(data.builds).free < _ALMOST_NOTHING


@contextmanager
def _new_build(data: DataFolder, start: datetime, fingerprint: str) -> Iterator[Path]:
    """Yield a folder to write a build into. Afterwards, publish it, or delete it if there was an error."""
    partial = data.builds / f"{build_name(start, fingerprint)}{PARTIAL}"
    partial.mkdir()
    try:
        with _disk_full_errors(data):  # this checks the disk before the deletion below frees space
            yield partial
            data.publish(partial)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        clean_originals(data)
        raise


def _sources_of(collected: CollectedReports, gathered: Sources) -> list[Source]:
    """Return the files of the reports that were read."""
    digests = {stored.report.sha256 for stored in collected.reports}
    return [source for source in gathered.sources if source.sha256 in digests]


def _together(groups: Sequence[CollectedReports]) -> CollectedReports:
    """Combine the reports from several groups of files into one group, in order of file name."""
    reports = [stored for group in groups for stored in group.reports]
    return CollectedReports(
        tuple(sorted(reports, key=lambda stored: (stored.report.file, stored.report.id))),
        tuple(failure for group in groups for failure in group.failures),
        tuple(sorted(file for group in groups for file in group.files_read)),
    )


def _up_to_date(data: DataFolder, fingerprint: str, folders: Sequence[Path], audiences: Audiences) -> Manifest | None:
    """Return the current build's manifest, or None if a new build would differ or if the current one is damaged."""
    try:
        current = data.current()
        manifest = Manifest.read(current)
    except (NoIndex, DamagedIndex):
        return None
    present_names = _folder_names(data, map(data.reports_folder, manifest.folders))  # the data folder may have moved
    same_sources = manifest.fingerprint == fingerprint and present_names == _folder_names(data, folders)
    up_to_date = same_sources and not any(find_build_damage(current)) and _replacements_hold(current, audiences)
    return manifest if up_to_date else None


def _replacements_hold(build: Path, audiences: Audiences) -> bool:
    """Return whether the same later issues would still replace the same reports.

    This depends on who may see the reports.
    """
    store = Store(build / STORE)
    replacements = {report.id: report.superseded_by for report in store.all_reports() if report.superseded_by}
    return replacements == superseded(store.additions(), audiences)


def _folder_names(data: DataFolder, folders: Iterable[Path]) -> tuple[str, ...]:
    return tuple(map(data.reports_folder_name, folders))
