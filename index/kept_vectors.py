"""The vectors of the build before, by report: what has not changed takes them over as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.dense import DenseIndex, Halves
from index.errors import DamagedIndex
from index.manifest import PASSAGES, SENTENCES, Manifest
from index.rows import StoredPassage, StoredReport
from index.weights import file_digest


@dataclass(frozen=True, slots=True)
class ReportVectors:
    """The vectors of a report's passages and of their sentences, and what they were made of."""

    title: str
    stored: tuple[StoredPassage, ...]
    passages: Halves
    sentences: Halves


@dataclass(frozen=True, slots=True)
class KeptVectors:
    """Vectors by the id of their report."""

    by_report: Mapping[str, ReportVectors] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, manifest: Manifest, reports: Sequence[StoredReport]) -> KeptVectors:
        """Those of a build's reports, which are given in the order of its rows; none where a file is damaged."""
        try:
            passages, sentences = (_halves(folder, name, manifest) for name in (PASSAGES, SENTENCES))
        except DamagedIndex:
            return cls()
        found: dict[str, ReportVectors] = {}
        row = sentence = 0
        for kept in reports:
            rows, spoken = row + len(kept.passages), sentence + sentence_count(kept)
            vectors = (passages[row:rows], sentences[sentence:spoken])
            found[kept.report.id] = ReportVectors(kept.report.title, kept.passages, *vectors)
            row, sentence = rows, spoken
        return cls(found if (row, sentence) == (len(passages), len(sentences)) else {})

    def of_report(self, stored: StoredReport) -> ReportVectors | None:
        """Those of a report under the same title and in the same words; None where it must be embedded."""
        kept = self.by_report.get(stored.report.id)
        same = kept is not None and (kept.title, kept.stored) == (stored.report.title, stored.passages)
        return kept if same else None


def sentence_count(stored: StoredReport) -> int:
    """How many sentences a report's passages have."""
    return sum(len(passage.sentences) for passage in stored.passages)


def _halves(folder: Path, name: str, manifest: Manifest) -> Halves:
    if file_digest(folder / name) != manifest.digests[name]:
        raise DamagedIndex(f"{folder / name} is not what was written.")
    return DenseIndex.open(folder / name).halves
