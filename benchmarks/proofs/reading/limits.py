"""How fast reports are read beside plain text extraction, in how much memory, and what broken files do to a build."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.harness.service import ROOT, SHARED
from benchmarks.proofs.reading.mutations import mutated
from corpus.metadata import describe
from corpus.reading import read
from index.building.read_pool import ReadReport, read_all
from index.building.sources import Source
from index.digests import file_digest
from index.encoding.encoder_files import encoder_folder
from index.encoding.word_pieces import max_tokens


@dataclass(frozen=True, slots=True)
class Speed:
    """Pages a second of processor time, and the most memory that the process held, in megabytes."""

    pages: float
    megabytes: float


def measure(reads: Callable[[Path], int]) -> Speed:
    """Read the real PDFs in a fresh process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (reads,))


def plain(path: Path) -> int:
    """Plain extraction: each page's text, and nothing made of it."""
    with pdfium.PdfDocument(path) as document:
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
        return len(document)


def whole(path: Path) -> int:
    """A report as the product reads it: text, structure, facts."""
    document = read(path)
    describe(document, file=path.name, sha256="0" * 64)
    return len(document.pages)


def fuzz(folder: Path, count: int, seed: int) -> tuple[Counter[str], float]:
    """Read broken files in the pool of a build: outcomes by sort, and the longest wait for one in seconds."""
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
    longest, before = 0.0, time.perf_counter()
    read_files = read_all(
        sources, encoder_folder=weights, max_tokens=max_tokens(weights), on_progress=lambda _done, _total: None
    )
    for outcome in read_files:
        longest, before = max(longest, time.perf_counter() - before), time.perf_counter()
        reason = "read" if isinstance(outcome, ReadReport) else outcome.reason
        outcomes[_sort(reason)] += 1
    return outcomes, longest


def _measured(reads: Callable[[Path], int]) -> Speed:
    files = sorted((SHARED / "reports").glob("*.pdf"))
    reads(files[0])  # what is loaded once is no part of it
    began = time.process_time()
    pages = sum(reads(path) for path in files)
    took = time.process_time() - began
    return Speed(pages / took, _peak_megabytes())


def _peak_megabytes() -> float:
    """The most memory that this program has held; Linux's ru_maxrss counts the process that started it too."""
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def _sort(reason: str) -> str:
    for words, sort in (
        ("crashed", "crashed, contained"),
        ("took over", "too slow"),
        ("takes over", "too much memory"),
    ):
        if words in reason:
            return sort
    return "read" if reason == "read" else "refused with a reason"
