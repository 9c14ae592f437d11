"""The real reports but one, then that one: only its passages are embedded, and it takes seconds."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.figures import Proof
from benchmarks.index_proofs.builders import builder_of
from benchmarks.service import SHARED
from index.embedding import SentenceEncoder
from index.readings import STORE
from index.sources import find_sources
from index.store import Store

_MOST = 5.0


def prove(proof: Proof, folder: Path) -> None:
    """All 158, and an ordinary one among them added last."""
    encoder = SentenceEncoder.open()
    files = find_sources([SHARED / "reports", SHARED / "seeds"])
    pdfs = [path for path in files if path.suffix == ".pdf"]
    last = sorted(pdfs, key=lambda path: path.stat().st_size)[len(pdfs) // 2]
    builder = builder_of(folder, encoder, encoder.precision)
    began = time.perf_counter()
    first = builder.build([path for path in files if path != last]).manifest
    full = time.perf_counter() - began
    began = time.perf_counter()
    second = builder.build(files).manifest
    took = time.perf_counter() - began
    store = Store(builder.data.current() / STORE)
    report = next(report for report in store.reports if report.file == last.name)
    own = len(store.passages_of(report.id))
    proof.add("documents", second.reports + len(second.failures), "=", len(files))
    proof.add("passages of the report added", own)
    proof.add("passages embedded for it", second.embedded_passages, "=", own)
    proof.add("files read for it", len(second.files_read), "=", 1)
    proof.add("passages gained", second.passages - first.passages, "=", own)
    proof.add("seconds to add it, the model loaded", took, "≤", _MOST)
    proof.add("seconds of the build from nothing, the model loaded", full)
    proof.add("adding it, as a share of that", took / full)
    began = time.perf_counter()
    third = builder.build(files)
    proof.add("seconds of a build with nothing new", time.perf_counter() - began)
    proof.add("a build with nothing new changes something", float(third.changed), "=", 0)
