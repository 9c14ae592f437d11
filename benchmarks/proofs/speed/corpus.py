"""What all are measured on: the same reports, and the same passages of them, as this service cuts them."""

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
    """So many of the real PDFs, drawn once and for all."""
    pdfs = sorted((SHARED / "reports").glob("*.pdf"))
    return sorted(Random(_SEED).sample(pdfs, count))  # noqa: S311 - a sample, no secret


def write_passages(data: Path, files: Sequence[Path], to: Path) -> int:
    """The passages of some reports of an index, in a file that the others read; how many."""
    named = {path.name for path in files}
    stored = [one for one in Store(DataFolder(data).current() / STORE).stored() if one.report.file in named]
    texts = PassageTexts.of(stored).headed
    ids = [passage.id for one in stored for passage in one.passages]
    passages = [{"id": passage, "text": text} for passage, text in zip(ids, texts, strict=True)]
    to.write_text(json.dumps({"passages": passages}))
    return len(passages)


def write_vectors(data: Path, to: Path) -> None:
    """The vectors of all passages of an index by their texts, for what is measured without embedding."""
    from index.search.dense import DenseIndex

    folder = DataFolder(data).current()
    texts = PassageTexts.of(Store(folder / STORE).stored()).headed
    index = DenseIndex.open(folder / PASSAGES)
    np.savez(to, texts=np.array(texts), vectors=index.vectors(np.arange(len(index))))
