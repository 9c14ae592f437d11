"""The rows of the build before, by report: what has not changed takes over its vectors and its words as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.digests import file_digest
from index.encoding.encoder_files import value_limit_of
from index.errors import DamagedIndex
from index.search.dense import Codes, DenseIndex
from index.search.sparse import SparseIndex
from index.storage.manifest import PASSAGES, SENTENCES, TERMS, Manifest
from index.storage.rows import StoredPassage, StoredReport


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What a report's rows hold, and what it was made of."""

    title: str
    stored: tuple[StoredPassage, ...]
    row: int
    """That of its first passage."""
    passages: Codes
    sentences: Codes


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Rows by the id of their report, and the index of words that they are rows of."""

    by_report: Mapping[str, ReportRows] = field(default_factory=dict)
    terms: SparseIndex | None = None

    @classmethod
    def of(cls, folder: Path, manifest: Manifest, reports: Sequence[StoredReport]) -> KeptRows:
        """Those of a build's reports, which are given in the order of its rows; none where a file is damaged."""
        try:
            for name in manifest.digests:
                if name in (PASSAGES, SENTENCES) or name.startswith(f"{TERMS}/"):
                    _check(folder, name, manifest)
            indexes = [DenseIndex.open(folder / name) for name in (PASSAGES, SENTENCES)]
            terms = SparseIndex.open(folder / TERMS)
            terms.check()
        except DamagedIndex:
            return cls()
        reach = value_limit_of(manifest.revision)
        if [index.reach for index in indexes] != [None, reach and float(np.float32(reach))]:
            return cls()  # the same bytes would stand for other numbers
        passages, sentences = (index.codes for index in indexes)
        found: dict[str, ReportRows] = {}
        row = sentence = 0
        for kept in reports:
            rows, spoken = row + len(kept.passages), sentence + sentence_count(kept)
            codes = (passages[row:rows], sentences[sentence:spoken])
            found[kept.report.id] = ReportRows(kept.report.title, kept.passages, row, *codes)
            row, sentence = rows, spoken
        whole = (row, row, sentence) == (len(passages), terms.rows, len(sentences))
        return cls(found, terms) if whole else cls()

    def of_report(self, stored: StoredReport) -> ReportRows | None:
        """Those of a report under the same title and in the same words; None where it must be embedded."""
        kept = self.by_report.get(stored.report.id)
        same = kept is not None and (kept.title, kept.stored) == (stored.report.title, stored.passages)
        return kept if same else None


def sentence_count(stored: StoredReport) -> int:
    """How many sentences a report's passages have."""
    return sum(passage.sentences for passage in stored.passages)


def _check(folder: Path, name: str, manifest: Manifest) -> None:
    if file_digest(folder / name) != manifest.digests[name]:
        raise DamagedIndex(f"{folder / name} is not what was written.")
