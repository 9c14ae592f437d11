"""The rows of the previous build, by report. A report that has not changed keeps its vectors and term counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.digests import file_digest
from index.encoding.encoder_files import value_limit_of
from index.errors import DamagedIndex
from index.search.dense import Codes, DenseIndex
from index.search.remarks import Columns, RemarkTable
from index.search.sparse import SparseIndex
from index.search.word_counts import WordCounts
from index.storage.manifest import PASSAGES, REMARKS, SENTENCES, TERMS, WORDS, Manifest
from index.storage.rows import StoredPassage, StoredReport


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows of one report, and the text that they were made from."""

    title: str
    stored: tuple[StoredPassage, ...]
    first_row: int
    """Row of its first passage."""
    passages: Codes
    """Vectors of its passages."""
    sentences: Codes
    """Vectors of its sentences."""
    remarks: Columns | None = None
    """Its remarks, or None if we must find them again."""


@dataclass(frozen=True, slots=True)
class ReusableRows:
    """The rows of a build by report id, and its counts of terms and words."""

    by_report: Mapping[str, ReportRows] = field(default_factory=dict)
    terms: SparseIndex | None = None
    words: WordCounts | None = None

    @classmethod
    def of(
        cls, folder: Path, manifest: Manifest, reports: Sequence[StoredReport], *, remarks_version: str = ""
    ) -> ReusableRows:
        """Return the rows of a build. ``reports`` must be in the order of its rows.

        The result is empty if a file is damaged, or if its numbers would mean something else in the new build. Remarks
        are reused only if the build found them with the given version of the rules.
        """
        try:
            for name in manifest.digests:
                if name in (PASSAGES, SENTENCES) or name.startswith((f"{TERMS}/", f"{WORDS}/", f"{REMARKS}/")):
                    _check(folder, name, manifest)
            indexes = [DenseIndex.open(folder / name) for name in (PASSAGES, SENTENCES)]
            terms = SparseIndex.open(folder / TERMS)
            terms.check()
            words = WordCounts.open(folder / WORDS)
            found = (
                RemarkTable.open(folder / REMARKS, manifest.passages) if manifest.remarks == remarks_version else None
            )
        except DamagedIndex:
            return cls()
        limit = value_limit_of(manifest.revision)
        if [index.value_limit for index in indexes] != [None, limit and float(np.float32(limit))]:
            return cls()  # the same bytes would represent different numbers
        passages, sentences = (index.codes for index in indexes)
        by_report: dict[str, ReportRows] = {}
        row = sentence = 0
        for stored in reports:
            next_row, next_sentence = row + len(stored.passages), sentence + sentence_count(stored)
            codes = (passages[row:next_row], sentences[sentence:next_sentence])
            remarks = found.between(row, next_row) if found else None
            by_report[stored.report.id] = ReportRows(stored.report.title, stored.passages, row, *codes, remarks)
            row, sentence = next_row, next_sentence
        complete = (row, row, sentence) == (len(passages), terms.rows, len(sentences))
        return cls(by_report, terms, words) if complete else cls()

    def of_report(self, stored: StoredReport) -> ReportRows | None:
        """Return the rows of a report, or None if its title or text has changed."""
        rows = self.by_report.get(stored.report.id)
        same = rows is not None and (rows.title, rows.stored) == (stored.report.title, stored.passages)
        return rows if same else None


def sentence_count(stored: StoredReport) -> int:
    """Return the number of sentences in a report's passages."""
    return sum(passage.sentences for passage in stored.passages)


def _check(folder: Path, name: str, manifest: Manifest) -> None:
    if file_digest(folder / name) != manifest.digests[name]:
        raise DamagedIndex(f"{folder / name} has changed since it was written.")
