"""Reads many reports at once in worker processes. A worker that crashes or hangs does not affect other reports."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as ReadTimeout
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread
from typing import Any, Self

from pebble import CONSTS, ProcessExpired, ProcessFuture, ProcessPool

from corpus.chunking import CountTokens, chunk
from corpus.errors import MissingProgram, NeedsTime, UnreadableReport
from corpus.facts.metadata import describe
from corpus.facts.sidecar import corrected
from corpus.facts.warnings import second_reading_warnings, warnings_of
from corpus.headings import section_paths
from corpus.names.authorities import known_authorities
from corpus.reading import MODULES, read
from corpus.types import Passage, RecognisedPage, Report, SecondReading
from corpus.witness.second_reading import MODULES as WITNESS_MODULES
from corpus.witness.second_reading import second_readings
from index.building.sources import Source
from index.encoding.word_pieces import WordPieces
from index.storage.manifest import Failure

CONSTS.sleep_unit = 0.01
"""Seconds between checks of the workers. Pebble's default is 0.1, so a single report would take that much longer."""
TIME_LIMIT = 60
"""Time limit for one report, in seconds. Real reports need far less, so a file that needs more is broken or hostile."""
_SECOND_TIMES = 3
"""The second program may take this many times as long as the time limit. On a busy machine, it needs more than the
ordinary limit for a long report."""
_AGAIN = (
    "The machine may have been busy, so run “qa-service build --again”. If this does not help, save the file as a new "
    "PDF and add that."
)
"""Advice for a reader whose report took too long to read. Such a failure has no digest, so the next build that has
changes tries again."""
MEMORY_LIMIT = 1536 << 20
"""Memory limit for a worker, in bytes. This is several times what the longest real report needs."""

_NEW_OBJECTS = 200_000
"""Number of new objects after which a worker looks for cycles. We chose this value by judgement."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that was read for this build, with its passages and the label printed on each page."""

    source: Source
    report: Report
    passages: tuple[Passage, ...]
    page_labels: tuple[str | None, ...]
    sections: int = 0
    """Number of sections. This number is not stored."""
    warnings: tuple[str, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    """The pages that were read from their pictures."""
    converted: bytes | None = None
    """The converted Word document, if the file had to be converted before it could be read."""
    second_readings: tuple[SecondReading, ...] = ()
    """What a second program read on each page. Empty until the second program has read the file."""


@dataclass(frozen=True, slots=True)
class _Slow:
    """A report that needs another program to be read, and the number of seconds that this may take."""

    seconds: float


class ReadPool:
    """Worker processes that read reports. They start before we know which reports are new, to save time."""

    def __init__(self, count: int, *, encoder_folder: Path, max_tokens: int, time_limit: float = TIME_LIMIT) -> None:
        """Make a pool for ``count`` reports. At most this many workers are started."""
        self._encoder_folder = encoder_folder
        self._max_tokens = max_tokens
        self._time_limit = time_limit
        self._expects_reports = count > 0
        workers = max(1, min(count, os.cpu_count() or 1))
        self._pool = ProcessPool(workers, context=_context(), initializer=_start_worker)
        self._starting = Thread(target=self._pool.schedule, args=[_warm_up, [encoder_folder]])

    def __enter__(self) -> Self:
        self._pool.__enter__()
        if self._expects_reports:
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
        """Read reports. Yield each report, or the reason why it could not be read, in the order of ``sources``.

        Reports that need another program are read last, because they take longer and need a longer time limit.
        """
        if self._starting.ident:
            self._starting.join()
        limit = self._time_limit
        reading = [self._start(source, limit, patient=False) for source in sources]
        results, done = [], 0
        for source, future in zip(sources, reading, strict=True):
            results.append(_result(source, future, limit))
            if not isinstance(results[-1], _Slow):
                done += 1
                on_progress(done, len(sources))
        slow = {
            index: (self._start(sources[index], limit + result.seconds, patient=True), limit + result.seconds)
            for index, result in enumerate(results)
            if isinstance(result, _Slow)
        }
        for index, (source, result) in enumerate(zip(sources, results, strict=True)):
            if index in slow:
                result = _result(source, *slow[index])
                done += 1
                on_progress(done, len(sources))
            if not isinstance(result, _Slow):
                yield result

    def _start(self, source: Source, limit: float, *, patient: bool) -> ProcessFuture[Any]:
        settings = [source, self._encoder_folder, self._max_tokens, patient]
        return self._pool.schedule(_read, args=settings, timeout=limit)

    def read_again(
        self, results: Sequence[ReadReport | Failure], on_progress: Callable[[int, int], None]
    ) -> Iterator[ReadReport | Failure]:
        """Read the files of reports again with a second program. Yield each result with that program's readings.

        If the second program fails, hangs or crashes, the report itself is not affected. Its pages are then not
        confirmed.
        """
        reads = [result for result in results if isinstance(result, ReadReport)]
        limit = _SECOND_TIMES * self._time_limit
        futures = {
            id(read): self._pool.schedule(
                second_readings,
                args=[read.source.path, read.report.media_type, len(read.page_labels), read.passages],
                kwargs={"converted": read.converted},
                timeout=limit,
            )
            for read in reads
        }
        done = 0
        for result in results:
            if not isinstance(result, ReadReport):
                yield result
                continue
            try:
                second = futures[id(result)].result()
            except ReadTimeout:
                second = _unread(result, f"it took over {limit:g} seconds")
            except ProcessExpired as error:
                second = _unread(result, f"it crashed, or ran out of memory (exit code {error.exitcode})")
            except Exception as error:  # noqa: BLE001 - without a second reading, the report is only not confirmed
                second = _unread(result, f"it failed ({type(error).__name__}: {error})")
            second = _without_pictures(second, result.report)
            done += 1
            on_progress(done, len(reads))
            warnings = (*result.warnings, *second_reading_warnings(second))
            yield replace(result, second_readings=second, warnings=warnings)


def _result(source: Source, future: ProcessFuture[Any], limit: float) -> ReadReport | Failure | _Slow:
    """Wait for a report, and return it or the reason why it could not be read."""
    try:
        result: ReadReport | Failure | _Slow = future.result()
    except ReadTimeout:
        return Failure(source.file, f"reading took over {limit:g} seconds", _AGAIN)
    except ProcessExpired as error:
        reason = f"the reader crashed, or ran out of memory (exit code {error.exitcode})"
        return Failure(source.file, reason, _AGAIN)
    return result


def _unread(read: ReadReport, problem: str) -> tuple[SecondReading, ...]:
    """Return second readings for a report that the second program could not read."""
    return (SecondReading(same=False, problem=problem),) * len(read.page_labels)


def _without_pictures(readings: Sequence[SecondReading], report: Report) -> tuple[SecondReading, ...]:
    """Return the second readings, without results for pages that were read from their pictures.

    Neither program has read these pages as text, so it would prove nothing if they agreed.
    """
    nothing = SecondReading(same=False)
    return tuple(nothing if page in report.recognised else reading for page, reading in enumerate(readings, 1))


def load_readers() -> None:
    """Start loading the code that reads reports, which takes half a second.

    Call this when a build is about to start.
    """
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
    """Read reports in a new pool."""
    workers = ReadPool(len(sources), encoder_folder=encoder_folder, max_tokens=max_tokens, time_limit=time_limit)
    with workers as pool:
        yield from pool.read_all(sources, on_progress)


def _context() -> BaseContext:
    """Return the method for starting workers.

    Forking this process could cause a deadlock, because torch may have started threads. So a fork server without torch
    starts the workers. It loads the code that reads reports once for all workers.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *MODULES, *WITNESS_MODULES])
    return context


def limit_memory() -> None:
    """Limit this worker's memory. Windows has no such limit, so only the time limit applies there."""
    if sys.platform != "win32":
        import resource

        _, maximum = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY_LIMIT if maximum == resource.RLIM_INFINITY else min(MEMORY_LIMIT, maximum)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, maximum))


def _start_worker() -> None:
    """Prepare a worker.

    Readers make many objects and hardly any cycles of objects. With Python's own threshold, looking for cycles takes 5%
    of the time for a PDF.
    """
    limit_memory()
    gc.set_threshold(_NEW_OBJECTS)


@lru_cache(maxsize=1)
def _counter(encoder_folder: Path) -> CountTokens:
    """Return the function that counts word pieces. Each worker opens the tokenizer once."""
    return WordPieces.open(encoder_folder).count


def _warm_up(encoder_folder: Path) -> None:
    """Run in a worker before the first report. This starts all workers, and loads data needed to read reports."""
    known_authorities()
    _counter(encoder_folder)


def _read(source: Source, encoder_folder: Path, max_tokens: int, patient: bool) -> ReadReport | Failure | _Slow:
    """Read one report in a worker. If a hostile file causes an error in any library, only that file fails.

    If it needs another program and we are not ``patient``, do not start to read it.
    """
    try:
        document = read(source.path, patient=patient)
        report = corrected(describe(document, file=source.file, sha256=source.sha256), source.path)
        passages = chunk(
            document,
            report_id=report.id,
            title=report.title,
            count=_counter(encoder_folder),
            max_tokens=max_tokens,
        )
    except NeedsTime as needed:
        return _Slow(needed.seconds)
    except MissingProgram as error:  # it has no digest, so the next build tries again
        return Failure(source.file, error.reason, error.remedy)
    except UnreadableReport as error:
        return source.failed(error.reason, error.remedy)
    except MemoryError:
        return Failure(source.file, f"reading it takes over {MEMORY_LIMIT >> 20} MB of memory", "Split it.")
    except Exception as error:  # noqa: BLE001 - the build reports it as a failure to read this file
        return source.failed(f"reading failed ({type(error).__name__}: {error})", "Save it as a new PDF or DOCX.")
    return ReadReport(
        source,
        report,
        tuple(passages),
        page_labels=tuple(page.label for page in document.pages),
        sections=len(set(section_paths(document)) - {()}),
        warnings=warnings_of(document, report),
        recognised=document.recognised,
        converted=document.converted,
    )
