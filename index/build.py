"""From files to a new index: locked, incremental in what it embeds, and whole or absent."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.chunking import context_line
from corpus.reading import READER_VERSION, SUFFIXES
from corpus.sidecar import sidecar_of
from corpus.types import Passage
from index.dense import DenseIndex
from index.embedding_cache import EmbeddingCache
from index.errors import BuildRunning, DamagedIndex, NoIndex, NoReports, NothingReadable
from index.folders import PARTIAL, DataFolder
from index.manifest import FORMAT, Failure, Manifest, file_sizes, fingerprint
from index.read_pool import ReadReport, Source, read_all
from index.sparse import SparseIndex
from index.store import Store
from index.types import Encoder, Progress
from index.weights import file_digest

STORE, PASSAGES, SENTENCES, TERMS = "store.sqlite", "passages.faiss", "sentences.faiss", "terms"


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What a build did: its manifest, and whether anything had to be done at all."""

    manifest: Manifest
    changed: bool


def find_sources(folders: Iterable[Path]) -> list[Path]:
    """The files that could be reports in some folders and below, by name. Raises NoReports where there is none.

    Files of other types, hidden files, README files and Office's lock files ("~$…") are passed over.
    """
    folders = list(folders)
    for folder in folders:
        if not folder.exists():
            raise NoReports(f"{folder} does not exist. Name a folder that holds reports.")
    found = [
        path
        for folder in folders
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
        if path.is_file() and path.suffix.lower() in SUFFIXES and not _is_aside(path)
    ]
    files = list({path.resolve(): path for path in found}.values())  # folders may overlap
    if not files:
        names = ", ".join(str(folder) for folder in folders)
        raise NoReports(f"No reports in {names}. Put {', '.join(SUFFIXES)} files there, or name another folder.")
    return files


def unchanged(files: Sequence[Path], *, data: DataFolder, revision: str) -> Manifest | None:
    """The current build's manifest where building from these files with that encoder would make the same again."""
    sources, _, unreadable = _sources(files)
    return None if unreadable else _same(data, _mark(sources, revision))


def build(
    files: Sequence[Path],
    *,
    data: DataFolder,
    encoder: Encoder,
    encoder_folder: Path,
    precision: str,
    on_progress: Progress,
) -> BuildOutcome:
    """Build an index of the files and make it the current one; nothing changes where it would be the same.

    Raises BuildRunning where another build is at work, NothingReadable where no file can be read. Whatever is raised,
    the index that answered before goes on answering.
    """
    with _locked(data):
        sources, duplicates, unreadable = _sources(files)
        mark = _mark(sources, encoder.revision)
        if not unreadable and (same := _same(data, mark)):
            return BuildOutcome(same, changed=False)
        reports, failures = _read(sources, encoder_folder, encoder.max_tokens, on_progress)
        failures = [*unreadable, *failures]
        if not reports:
            reasons = "; ".join(f"{failure.file}: {failure.reason}" for failure in failures[:5])
            raise NothingReadable(f"None of the {len(files)} files could be read ({reasons}).")
        with _new_build(data, mark) as folder:
            embedded = _write(folder, reports, data, encoder, on_progress)
            manifest = Manifest(
                build=folder.name.removesuffix(PARTIAL),
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                format=FORMAT,
                encoder=encoder.name,
                revision=encoder.revision,
                dimension=encoder.dimension,
                precision=precision,
                reader=READER_VERSION,
                fingerprint=mark,
                reports=len(reports),
                passages=sum(len(report.passages) for report in reports),
                sentences=sum(len(passage.sentences) for report in reports for passage in report.passages),
                embedded=embedded,
                failures=tuple(failures),
                duplicates=tuple(duplicates),
                sizes=file_sizes(folder),
            )
            manifest.write(folder)
        data.clean()
        return BuildOutcome(manifest, changed=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """Files as read: the reports, the files that could not be, and those whose content came before."""

    reports: tuple[ReadReport, ...]
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]


def read_sources(files: Sequence[Path], *, encoder_folder: Path, max_tokens: int, on_progress: Progress) -> Reading:
    """Read files as a build does, and build nothing."""
    sources, duplicates, unreadable = _sources(files)
    reports, failures = _read(sources, encoder_folder, max_tokens, on_progress)
    return Reading(tuple(reports), (*unreadable, *failures), tuple(duplicates))


@contextmanager
def _locked(data: DataFolder) -> Iterator[None]:
    """One build at a time. Raises BuildRunning."""
    lock = FileLock(data.builds / "build.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BuildRunning("Another build is running. Wait until it has ended, then build again.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _new_build(data: DataFolder, mark: str) -> Iterator[Path]:
    """A folder to write a build into: published where all went well, removed where anything did not."""
    partial = data.builds / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{mark[:8]}{PARTIAL}"
    partial.mkdir()
    try:
        yield partial
        data.publish(partial)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _is_aside(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.stem.lower() == "readme"


def _sources(files: Sequence[Path]) -> tuple[list[Source], list[tuple[str, str]], list[Failure]]:
    """Files with their digests, one of each content, and those that cannot be opened; of copies one with a sidecar."""
    copies: dict[str, list[Source]] = {}
    failures: list[Failure] = []
    for path in files:
        sidecar, opened = sidecar_of(path), path
        try:
            sha256 = file_digest(path)
            opened = sidecar
            correction = file_digest(sidecar) if sidecar.is_file() else None
        except OSError as error:
            which = "the file" if opened == path else f"its sidecar {sidecar.name}"
            reason = f"{which} cannot be opened ({error.strerror or error})"
            failures.append(Failure(path.name, reason, "Check its permissions, then build again."))
            continue
        copies.setdefault(sha256, []).append(Source(path, sha256, correction))
    sources = [next((one for one in same if one.sidecar), same[0]) for same in copies.values()]
    duplicates = [
        (one.file, source.file)
        for source, same in zip(sources, copies.values(), strict=True)
        for one in same
        if one is not source
    ]
    return sources, duplicates, failures


def _mark(sources: Sequence[Source], revision: str) -> str:
    named = [
        (source.file, f"{source.sha256} {source.sidecar}" if source.sidecar else source.sha256) for source in sources
    ]
    return fingerprint(named, revision=revision, reader=READER_VERSION)


def _same(data: DataFolder, mark: str) -> Manifest | None:
    try:
        manifest = Manifest.read(data.current())
    except (NoIndex, DamagedIndex):
        return None
    return manifest if manifest.fingerprint == mark else None


def _read(
    sources: Sequence[Source], encoder_folder: Path, max_tokens: int, on_progress: Progress
) -> tuple[list[ReadReport], list[Failure]]:
    results = list(
        read_all(
            sources,
            encoder_folder=encoder_folder,
            max_tokens=max_tokens,
            on_progress=lambda done, total: on_progress("Reading reports", done, total),
        )
    )
    reports = [result for result in results if isinstance(result, ReadReport)]
    failures = [result for result in results if isinstance(result, Failure)]
    return sorted(reports, key=lambda read: (read.report.file, read.report.id)), failures


def _write(
    folder: Path, reports: Sequence[ReadReport], data: DataFolder, encoder: Encoder, on_progress: Progress
) -> int:
    """Write a build's files; how many texts had to be embedded."""
    passages = [passage for report in reports for passage in report.passages]
    titles = {read.report.id: read.report.title for read in reports}
    texts = [embedded_text(passage, titles[passage.report_id]) for passage in passages]
    sentences = [passage.text[start:end] for passage in passages for start, end in passage.sentences]
    cache = EmbeddingCache.open(data.cache / "embeddings.sqlite")
    try:
        vectors, new_passages = cache.embed(texts, encoder, _Stage("Embedding passages", on_progress))
        DenseIndex.build(vectors).save(folder / PASSAGES)
        vectors, new_sentences = cache.embed(sentences, encoder, _Stage("Embedding sentences", on_progress))
        DenseIndex.build(vectors).save(folder / SENTENCES)
    finally:
        cache.close()
    SparseIndex.build(texts).save(folder / TERMS)
    for read in reports:
        _keep_original(read.source, data)
    Store.write(folder / STORE, [(read.report, read.page_labels) for read in reports], passages)
    on_progress("Writing the index", 1, 1)
    return new_passages + new_sentences


def embedded_text(passage: Passage, title: str) -> str:
    """What stands for a passage in both indexes: the headings above it, and its own words."""
    return f"{context_line(title, passage.section)}\n{passage.text}"


@dataclass(frozen=True, slots=True)
class _Stage:
    """Progress of one stage."""

    name: str
    on_progress: Progress

    def __call__(self, done: int, total: int) -> None:
        self.on_progress(self.name, done, total)


def _keep_original(source: Source, data: DataFolder) -> None:
    """Keep a copy of the file: quotes are checked against it, and its pages shown from it."""
    kept = data.original(source.sha256, source.path.suffix.lower())
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(PARTIAL)
        shutil.copyfile(source.path, partial)
        partial.replace(kept)
