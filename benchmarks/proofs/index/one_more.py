"""Add real reports to an index one at a time. Each build must embed only the new report, and take only seconds."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.harness.builders import builder_of
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import SHARED
from index.building.sources import find_sources
from index.building.writer import PassageTexts
from index.encoding.encoders import open_encoder
from index.storage.manifest import STORE
from index.storage.store import Store

_MOST_SECONDS = 5.0
_ADDED = 3


def prove(proof: Proof, folder: Path) -> None:
    """Build an index of all the real reports except three of medium size, then add those three."""
    encoder = open_encoder()
    files = find_sources([SHARED / "reports", SHARED / "seeds"])
    pdfs = sorted((path for path in files if path.suffix == ".pdf"), key=lambda path: path.stat().st_size)
    middle = len(pdfs) // 2
    late = pdfs[middle - 1 : middle - 1 + _ADDED]
    builder = builder_of(folder, encoder, encoder.precision)
    present = [path for path in files if path not in late]
    began = time.perf_counter()
    before = builder.build(present).manifest
    full = time.perf_counter() - began
    passages, texts, new, embedded, read, gained, seconds, stolen = ([] for _ in range(8))
    for path in late:
        present = sorted([*present, path])
        began, stolen_before = time.perf_counter(), _stolen()
        manifest = builder.build(present).manifest
        seconds.append(time.perf_counter() - began)
        stolen.append(_stolen() - stolen_before)
        count, own, of_others = _texts(builder.data.current() / STORE, path.name)
        passages.append(count)
        texts.append(len(own))
        new.append(len(own - of_others))
        embedded.append(manifest.embedded)
        read.append(len(manifest.files_read))
        gained.append(manifest.passages - before.passages)
        before = manifest
    proof.add("files", before.reports + before.superseded + len(before.failures), "=", len(files))
    proof.add("reports added, one at a time", len(passages), "≥", 1)
    proof.add("passages of the added reports", sum(passages))
    proof.add("sentences and headings of the added reports", sum(texts))
    proof.add("sentences and headings that another report has too", sum(texts) - sum(new))
    proof.add("texts embedded for the added reports", sum(embedded), "=", sum(new))
    proof.add("additions that embedded only their own new texts", sum(map(int.__eq__, new, embedded)), "=", len(new))
    proof.add("files read to add them", sum(read), "=", len(passages))
    proof.add("passages that the index gained", sum(gained), "=", sum(passages))
    for number, (took, lost) in enumerate(zip(seconds, stolen, strict=True), 1):
        proof.add(f"adding report {number}: seconds, with the model loaded", took)
        proof.add(f"adding report {number}: CPU seconds taken by the machine's host", lost)
    proof.add("adding a report: median seconds", statistics.median(seconds), "≤", _MOST_SECONDS)
    proof.add("building from scratch: seconds, with the model loaded", full)
    proof.add("adding a report, as a share of building from scratch", statistics.median(seconds) / full)
    began = time.perf_counter()
    again = builder.build(present)
    proof.add("a build with nothing new: seconds", time.perf_counter() - began)
    proof.add("a build with nothing new: changes the index", float(again.changed), "=", 0)


def _texts(store: Path, file: str) -> tuple[int, set[str], set[str]]:
    """Return the number of passages in a report, the texts embedded for it, and the texts embedded for the others."""
    count, own, others = 0, set[str](), set[str]()
    for stored in Store(store).stored():
        texts = PassageTexts.of([stored])
        embedded = {*texts.sentences, *texts.other}
        if stored.report.file == file:
            count, own = len(stored.passages), embedded
        else:
            others |= embedded
    return count, own, others


def _stolen() -> float:
    """Return the CPU seconds that the host has taken from this virtual machine since it started. It is 0 if unknown."""
    stat = Path("/proc/stat")
    return int(stat.read_text().split(maxsplit=9)[8]) / 100 if stat.is_file() else 0.0
