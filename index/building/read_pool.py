"""Reading many reports at once, each in a worker process that may crash or hang without harm to the others."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as ReadTimeout
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread
from typing import Self

from pebble import CONSTS, ProcessExpired, ProcessPool

from corpus.authorities import known_authorities
from corpus.chunking import CountTokens, chunk
from corpus.errors import UnreadableReport
from corpus.headings import section_paths
from corpus.metadata import describe
from corpus.reading import MODULES, read
from corpus.sidecar import corrected
from corpus.types import Passage, Report
from corpus.warnings import warnings_of
from index.building.sources import Source
from index.encoding.word_pieces import WordPieces
from index.storage.manifest import Failure

CONSTS.sleep_unit = 0.01
"""Seconds between two looks of a pool at its workers: with Pebble's tenth of a second, one report waits for that."""
TIME_LIMIT = 60
"""Seconds for one report, far beyond what a real one takes: a file that needs more is broken or hostile."""

_AGAIN = (
    "The machine may have been busy, so run “qa-service build --again”. If this does not help, save the file as a new "
    "PDF and add that."
)
"""What to do if reading took too long. Such a failure has no digest, so the next build with changes tries it again."""
MEMORY_LIMIT = 1536 << 20
"""Bytes that a worker may hold: several times what the longest real report takes."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that was read, cut into passages; the label printed on each of its pages."""

    source: Source
    report: Report
    passages: tuple[Passage, ...]
    page_labels: tuple[str | None, ...]
    sections: int = 0
    """Of a report read now; not kept."""
    warnings: tuple[str, ...] = ()


class ReadPool:
    """Worker processes that read reports. Where any are expected they start at once, while it is found out which."""

    def __init__(self, count: int, *, encoder_folder: Path, max_tokens: int, time_limit: float = TIME_LIMIT) -> None:
        """``count`` is of the reports expected: no more workers start than there are of them."""
        self._encoder_folder = encoder_folder
        self._max_tokens = max_tokens
        self._time_limit = time_limit
        self._expects = count > 0
        workers = max(1, min(count, os.cpu_count() or 1))
        self._pool = ProcessPool(workers, context=_context(), initializer=limit_memory)
        self._starting = Thread(target=self._pool.schedule, args=[_make_ready, [encoder_folder]])

    def __enter__(self) -> Self:
        self._pool.__enter__()
        if self._expects:
            self._starting.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if self._starting.ident:
            self._starting.join()
        if kind is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.__exit__(kind, *error)  # type: ignore[no-untyped-call]

    def read_all(
        self, sources: Sequence[Source], on_progress: Callable[[int, int], None]
    ) -> Iterator[ReadReport | Failure]:
        """Read reports; give each, or why it was not read, in the order of ``sources``."""
        if self._starting.ident:
            self._starting.join()
        folder, most, limit = self._encoder_folder, self._max_tokens, self._time_limit
        futures = [self._pool.schedule(_read_one, args=[source, folder, most], timeout=limit) for source in sources]
        for done, (source, future) in enumerate(zip(sources, futures, strict=True), 1):
            try:
                yield future.result()
            except ReadTimeout:
                yield Failure(source.file, f"reading took over {limit:g} seconds", _AGAIN)
            except ProcessExpired as error:
                reason = f"the reader crashed, or ran out of memory (exit code {error.exitcode})"
                yield Failure(source.file, reason, _AGAIN)
            on_progress(done, len(sources))


def load_readers() -> None:
    """Have what reads reports loaded meanwhile, where a build is about to come: it takes half a second."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()


def read_all(
    sources: Sequence[Source],
    *,
    encoder_folder: Path,
    max_tokens: int,
    on_progress: Callable[[int, int], None],
    time_limit: float = TIME_LIMIT,
) -> Iterator[ReadReport | Failure]:
    """Read reports by a pool of their own."""
    workers = ReadPool(len(sources), encoder_folder=encoder_folder, max_tokens=max_tokens, time_limit=time_limit)
    with workers as pool:
        yield from pool.read_all(sources, on_progress)


def _context() -> BaseContext:
    """How workers start. Forking after torch has started threads can deadlock: from a server without torch it cannot.

    That server has loaded what reads reports once, for all workers of all builds of this process.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *MODULES])
    return context


def limit_memory() -> None:
    """Runs in each worker as it starts. Windows has no such limit: there the time limit alone holds."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY_LIMIT if most == resource.RLIM_INFINITY else min(MEMORY_LIMIT, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


@lru_cache(maxsize=1)
def _counter(encoder_folder: Path) -> CountTokens:
    """What counts word pieces: opened once in each reader."""
    return WordPieces.open(encoder_folder).count


def _make_ready(encoder_folder: Path) -> None:
    """Any work has the workers start; this has one of them load what a first report would wait for."""
    known_authorities()
    _counter(encoder_folder)


def _read_one(source: Source, encoder_folder: Path, max_tokens: int) -> ReadReport | Failure:
    """Runs in a worker. What a hostile file may raise in any library becomes that file's failure, and no other's."""
    try:
        document = read(source.path)
        report = corrected(describe(document, file=source.file, sha256=source.sha256), source.path)
        passages = chunk(
            document,
            report_id=report.id,
            title=report.title,
            count=_counter(encoder_folder),
            max_tokens=max_tokens,
        )
    except UnreadableReport as error:
        return source.failed(error.reason, error.remedy)
    except MemoryError:
        return Failure(source.file, f"reading it takes over {MEMORY_LIMIT >> 20} MB of memory", "Split it.")
    except Exception as error:  # noqa: BLE001 - a worker's boundary: named in the build report, never hidden
        return source.failed(f"reading failed ({type(error).__name__}: {error})", "Save it as a new PDF or DOCX.")
    return ReadReport(
        source,
        report,
        tuple(passages),
        page_labels=tuple(page.label for page in document.pages),
        sections=len(set(section_paths(document)) - {()}),
        warnings=warnings_of(document, report),
    )
