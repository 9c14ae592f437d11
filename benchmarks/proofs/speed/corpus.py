"""The reports and passages that all systems are measured on. This service makes the passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.harness.service import SHARED
from index.building.writer import PassageTexts
from index.storage.data_folder import DataFolder
from index.storage.manifest import PASSAGES, STORE
from index.storage.store import Store

_SEED = 8


def reports(count: int) -> list[Path]:
    """Return a sample of the real PDFs. The sample is the same each time."""
    pdfs = sorted((SHARED / "reports").glob("*.pdf"))
    return sorted(Random(_SEED).sample(pdfs, count))  # noqa: S311 - draws a sample


def write_passages(data: Path, files: Sequence[Path], to: Path) -> int:
    """Write the passages in the given reports to a file that the other systems read. Returns the number of passages."""
    names = {path.name for path in files}
    stored = [report for report in Store(DataFolder(data).current() / STORE).stored() if report.report.file in names]
    texts = PassageTexts.of(stored).headed
    ids = [passage.id for report in stored for passage in report.passages]
    passages = [{"id": passage, "text": text} for passage, text in zip(ids, texts, strict=True)]
    to.write_text(json.dumps({"passages": passages}))
    return len(passages)


def write_vectors(data: Path, to: Path) -> None:
    """Write the texts of all the passages with their vectors, for parts of the proof that do not measure embedding."""
    from index.search.dense import DenseIndex

    folder = DataFolder(data).current()
    texts = PassageTexts.of(Store(folder / STORE).stored()).headed
    index = DenseIndex.open(folder / PASSAGES)
    np.savez(to, texts=np.array(texts), vectors=index.vectors(np.arange(len(index))))
