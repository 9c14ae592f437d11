"""The real reports but three, then one after another: only its passages are embedded, and it takes seconds."""

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

_MOST = 5.0
_ADDED = 3


def prove(proof: Proof, folder: Path) -> None:
    """All 158, and three ordinary ones among them added last, one at a time."""
    encoder = open_encoder()
    files = find_sources([SHARED / "reports", SHARED / "seeds"])
    pdfs = sorted((path for path in files if path.suffix == ".pdf"), key=lambda path: path.stat().st_size)
    middle = len(pdfs) // 2
    late = pdfs[middle - 1 : middle - 1 + _ADDED]
    builder = builder_of(folder, encoder, encoder.precision)
    there = [path for path in files if path not in late]
    began = time.perf_counter()
    before = builder.build(there).manifest
    full = time.perf_counter() - began
    own, held, new, embedded, read, gained, took, stolen = ([] for _ in range(8))
    for path in late:
        there = sorted([*there, path])
        began, stolen_before = time.perf_counter(), _stolen()
        manifest = builder.build(there).manifest
        took.append(time.perf_counter() - began)
        stolen.append(_stolen() - stolen_before)
        passages, texts, of_others = _texts(builder.data.current() / STORE, path.name)
        own.append(passages)
        held.append(len(texts))
        new.append(len(texts - of_others))
        embedded.append(manifest.embedded)
        read.append(len(manifest.files_read))
        gained.append(manifest.passages - before.passages)
        before = manifest
    proof.add("documents", before.reports + before.superseded + len(before.failures), "=", len(files))
    proof.add("reports added, one at a time", len(own), "≥", 1)
    proof.add("passages of the reports added", sum(own))
    proof.add("their sentences and headings", sum(held))
    proof.add("of them, in the very words of another report's: no new text", sum(held) - sum(new))
    proof.add("texts embedded for them", sum(embedded), "=", sum(new))
    proof.add("additions with just their own embedded", sum(map(int.__eq__, new, embedded)), "=", len(new))
    proof.add("files read for them", sum(read), "=", len(own))
    proof.add("passages gained", sum(gained), "=", sum(own))
    for number, (seconds, lost) in enumerate(zip(took, stolen, strict=True), 1):
        proof.add(f"seconds to add report {number}, the model loaded", seconds)
        proof.add(f"CPU seconds kept by the machine's host meanwhile, {number}", lost)
    proof.add("seconds to add one, the median", statistics.median(took), "≤", _MOST)
    proof.add("seconds of the build from nothing, the model loaded", full)
    proof.add("adding one, as a share of that", statistics.median(took) / full)
    began = time.perf_counter()
    again = builder.build(there)
    proof.add("seconds of a build with nothing new", time.perf_counter() - began)
    proof.add("a build with nothing new changes something", float(again.changed), "=", 0)


def _texts(store: Path, file: str) -> tuple[int, set[str], set[str]]:
    """How many passages a report has, what is embedded of them, and what of all others'."""
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
    """CPU seconds that a virtual machine's host has kept from it since it started; 0 where that is not told."""
    stat = Path("/proc/stat")
    return int(stat.read_text().split(maxsplit=9)[8]) / 100 if stat.is_file() else 0.0
