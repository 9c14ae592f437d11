"""Measure how fast we read reports, how much memory this takes, and what broken files do to a build."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.harness.service import ROOT, SHARED
from benchmarks.proofs.reading.mutations import mutated
from corpus.facts.metadata import describe
from corpus.reading import read
from index.building.read_pool import ReadPool, ReadReport
from index.building.sources import Source
from index.digests import file_digest
from index.encoding.encoder_files import encoder_folder
from index.encoding.word_pieces import max_tokens
from index.storage.manifest import Failure


@dataclass(frozen=True, slots=True)
class Speed:
    """How many pages were read per second of CPU time, and the peak memory of the process in megabytes."""

    pages: float
    megabytes: float


def measure(read_file: Callable[[Path], int]) -> Speed:
    """Read the real PDFs in a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (read_file,))


def extract_text(path: Path) -> int:
    """Extract the text of each page and discard it. Returns the number of pages."""
    with pdfium.PdfDocument(path) as document:
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
        return len(document)


def read_whole(path: Path) -> int:
    """Read the text, structure and facts of a report, as the product does. Returns the number of pages."""
    document = read(path)
    describe(document, file=path.name, sha256="0" * 64)
    return len(document.pages)


def read_broken_files(folder: Path, count: int, seed: int) -> tuple[Counter[str], Counter[str], float]:
    """Read broken files in the process pool that a build uses, then once more with the second program.

    Returns how many files had each outcome in the first program and in the second, and the longest wait for a file in
    seconds.
    """
    weights = encoder_folder(None)
    originals = sorted(
        path for path in (ROOT / "corpus" / "samples").iterdir() if path.suffix in (".pdf", ".docx", ".html")
    )
    sources = []
    for name, content in mutated(originals, count, seed):
        path = folder / name
        path.write_bytes(content)
        sources.append(Source(path, file_digest(path)))
    outcomes: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    waits = _Waits()
    results: list[ReadReport | Failure] = []
    with ReadPool(len(sources), encoder_folder=weights, max_tokens=max_tokens(weights)) as pool:
        for outcome in pool.read_all(sources, waits.note):
            reason = "read" if isinstance(outcome, ReadReport) else outcome.reason
            outcomes[_outcome(reason)] += 1
            results.append(outcome)
        for again in pool.read_again(results, waits.note):
            if isinstance(again, ReadReport):
                problems = sorted({reading.problem for reading in again.second_readings if reading.problem})
                seconds[_second_outcome(problems)] += 1
    return outcomes, seconds, waits.longest


def _measured(read_file: Callable[[Path], int]) -> Speed:
    files = sorted((SHARED / "reports").glob("*.pdf"))
    read_file(files[0])  # read one file first, so that we do not measure the loading of libraries
    began = time.process_time()
    pages = sum(read_file(path) for path in files)
    seconds = time.process_time() - began
    return Speed(pages / seconds, _peak_megabytes())


def _peak_megabytes() -> float:
    """Return the peak memory of this program.

    On Linux, ru_maxrss would include the peak of the process that started it.
    """
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def _outcome(reason: str) -> str:
    for words, outcome in (
        ("crashed", "crashed without harm to the build"),
        ("took over", "too slow"),
        ("takes over", "too much memory"),
    ):
        if words in reason:
            return outcome
    return "read" if reason == "read" else "refused with a reason"


def _second_outcome(problems: Sequence[str]) -> str:
    if not problems:
        return "read"
    slow = any("took" in problem for problem in problems)
    crashed = any("crashed" in problem for problem in problems)
    return "too slow" if slow else "crashed without harm to the build" if crashed else "failed with a reason"


class _Waits:
    """The longest wait between two progress updates.

    Results come in the order of the files, so the waits between results say less.
    """

    def __init__(self) -> None:
        self.longest, self._before = 0.0, time.perf_counter()

    def note(self, _done: int, _total: int) -> None:
        """Record that a file was read."""
        now = time.perf_counter()
        self.longest, self._before = max(self.longest, now - self._before), now
