"""From files to a new index: locked, incremental in what it reads and embeds, and whole or absent."""

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

from corpus.formats import READER_VERSION
from index.building.read_pool import ReadPool
from index.building.reissues import Audiences, by_audience, superseded
from index.building.retention import clean, clean_originals
from index.building.reuse import Previous, Readings, outdated, reader, take_up
from index.building.sources import Source, Sources, gather
from index.building.verification import find_build_damage
from index.building.writer import keep_originals, write_contents
from index.errors import BuildRunning, DamagedIndex, DiskFull, NoIndex, NothingReadable
from index.storage.collections import Collections
from index.storage.data_folder import LOCK, PARTIAL, DataFolder, build_name
from index.storage.manifest import FORMAT, STORE, Manifest, file_digests, file_sizes
from index.storage.store import Store
from index.types import Encoder, Progress

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_TELLS_OF_NO_ROOM = (os.strerror(errno.ENOSPC), "disk is full", "requested and")
"""Words of FAISS, of SQLite, and of NumPy ("12049 requested and 2016 written")."""


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What a build did: its manifest, and whether anything had to be done at all."""

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
    """The current build's manifest where building from these files with that encoder would make the same again."""
    found = gather(files, removed)
    return None if found.failures else _same(data, found.mark(revision), folders, Collections.read(data).audiences)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Builder:
    """What builds an index: with which encoder, into which data folder, told to whom."""

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
        """Build an index of the files and make it the current one; nothing changes where it would be the same.

        ``folders`` are where the files were looked for, ``removed`` the contents that were taken out of the index, with
        the day; ``again`` has all files read anew. Raises BuildRunning, NothingReadable where no file can be read,
        DiskFull. Whatever is raised, the index that answered before goes on answering.
        """
        with build_lock(self.data), _room(self.data):
            found = gather(files, removed)
            audiences = Collections.read(self.data).audiences
            mark = found.mark(self.encoder.revision)
            clean(self.data, self.clock())  # what an interrupted build left takes no room from this one
            if not again and not found.failures and (same := _same(self.data, mark, folders, audiences)):
                return BuildOutcome(same, changed=False)
            with self._pool(found, again=again) as pool:
                previous = Previous.of(self.data, revision=self.encoder.revision, again=again)
                read = reader(pool, self.on_progress)
                began = self.data.next_start(self.clock())
                since = began.isoformat(timespec="microseconds")
                apart = by_audience(found.sources, audiences)  # none stands for what others may see
                readings = _together([take_up(sources, previous, read, since) for sources in apart])
            failures = (*found.failures, *readings.failures)
            if not readings.reports:
                reasons = "; ".join(f"{failure.file}: {failure.reason}" for failure in failures[:5])
                raise NothingReadable(f"None of the {len(files)} files could be read ({reasons}).")
            with _new_build(self.data, began, mark) as folder:
                keep_originals(_read_well(found, readings), self.data)
                embedded = write_contents(
                    folder, readings.reports, previous.rows, self.data, self.encoder, self.on_progress
                )
                manifest = self._manifest(folder, mark, found, readings, embedded, folders, previous.reread)
                manifest.write(folder)
            clean(self.data, self.clock())
            return BuildOutcome(manifest, changed=True)

    def _pool(self, found: Sources, *, again: bool) -> ReadPool:
        """Readers for as many files as seem new, by the list of what the current build was made from."""
        try:
            manifest = Manifest.read(self.data.current())
            held = set() if outdated(manifest, self.encoder.revision, again=again) else set(manifest.originals)
        except (NoIndex, DamagedIndex):
            held = set()
        new = sum(source.sha256 not in held for source in found.sources)
        return ReadPool(new, encoder_folder=self.encoder_folder, max_tokens=self.encoder.max_tokens)

    def _manifest(
        self,
        folder: Path,
        mark: str,
        found: Sources,
        readings: Readings,
        embedded: int,
        folders: Sequence[Path],
        reread: str,
    ) -> Manifest:
        sizes = file_sizes(folder)
        reports = [stored.report for stored in readings.reports]
        passages = [passage for stored in readings.reports for passage in stored.passages]
        return Manifest(
            build=folder.name.removesuffix(PARTIAL),
            created=self.clock().isoformat(timespec="seconds"),
            format=FORMAT,
            encoder=self.encoder.name,
            revision=self.encoder.revision,
            dimension=self.encoder.dimension,
            precision=self.precision,
            reader=READER_VERSION,
            fingerprint=mark,
            reports=sum(report.superseded_by is None for report in reports),
            superseded=sum(report.superseded_by is not None for report in reports),
            passages=len(passages),
            sentences=sum(passage.sentences for passage in passages),
            embedded=embedded,
            failures=(*found.failures, *readings.failures),
            duplicates=found.duplicates,
            removed=tuple(file for file, _ in found.removed),
            originals=tuple(report.sha256 for report in reports),
            folders=_called(self.data, folders),
            files_read=readings.read,
            reread=reread,
            sizes=sizes,
            digests=file_digests(folder, sizes),
        )


@contextmanager
def build_lock(data: DataFolder) -> Iterator[None]:
    """Nothing else changes the index meanwhile. Raises BuildRunning."""
    lock = FileLock(data.builds / LOCK, timeout=0, is_singleton=True)  # so that a thread may take it twice
    try:
        lock.acquire()
    except Timeout as error:
        raise BuildRunning("Another build is running, or a backup. Wait until it has ended, then try again.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _room(data: DataFolder) -> Iterator[None]:
    """Whatever a library raises on a full disk becomes DiskFull."""
    try:
        yield
    except Exception as error:
        told = any(words in str(error) for words in _TELLS_OF_NO_ROOM)
        if told or getattr(error, "errno", None) in _NO_ROOM or _is_full(data):
            raise DiskFull(
                f"There is no room left on the disk that holds {data.root}: the build was given up, and the index that "
                "answered before still does. Make room, then build again."
            ) from error
        raise


def _is_full(data: DataFolder) -> bool:
    return shutil.disk_usage(data.builds).free < _LITTLE


_LITTLE = 64 << 10
"""Bytes. A disk with less is full for whoever writes an index: libraries tell of that in many ways, or in none."""


@contextmanager
def _new_build(data: DataFolder, began: datetime, mark: str) -> Iterator[Path]:
    """A folder to write a build into: published where all went well, removed where anything did not."""
    partial = data.builds / f"{build_name(began, mark)}{PARTIAL}"
    partial.mkdir()
    try:
        with _room(data):  # it is looked at before what was written makes room again
            yield partial
            data.publish(partial)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        clean_originals(data)
        raise


def _read_well(found: Sources, readings: Readings) -> list[Source]:
    held = {stored.report.sha256 for stored in readings.reports}
    return [source for source in found.sources if source.sha256 in held]


def _together(parts: Sequence[Readings]) -> Readings:
    """Readings of several lots of files as one, in order of name."""
    return Readings(
        tuple(sorted((r for part in parts for r in part.reports), key=lambda r: (r.report.file, r.report.id))),
        tuple(failure for part in parts for failure in part.failures),
        tuple(sorted(file for part in parts for file in part.read)),
    )


def _same(data: DataFolder, mark: str, folders: Sequence[Path], audiences: Audiences) -> Manifest | None:
    """The current build's manifest where it is of the same files, folders and standing issues, and undamaged."""
    try:
        current = data.current()
        manifest = Manifest.read(current)
    except (NoIndex, DamagedIndex):
        return None
    held = _called(data, map(data.reports_folder, manifest.folders))  # as it would be called now
    same = manifest.fingerprint == mark and held == _called(data, folders) and not any(find_build_damage(current))
    return manifest if same and _stand(Store(current / STORE), audiences) else None


def _stand(store: Store, audiences: Audiences) -> bool:
    """Whether the reports that stand for others are those that would now: a change of who sees what changes that."""
    stand = {report.id: report.superseded_by for report in store.all_reports() if report.superseded_by}
    return stand == superseded(store.issues(), audiences)


def _called(data: DataFolder, folders: Iterable[Path]) -> tuple[str, ...]:
    return tuple(map(data.reports_folder_name, folders))
