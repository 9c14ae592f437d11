"""Counts how often each report contains each word as it is written.

These counts show which words a person may have meant. The term counts cannot show this, because they are counts of
stems: "supervis" cannot correct "supervison".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.errors import DamagedIndex
from index.search.mapped_arrays import map_numbers
from index.search.term_counts import TermCounts
from index.storage.manifest import REBUILD_HINT
from index.types import Rows

_WORD = re.compile(r"(?<![a-z'’])[a-z]{3,}(?!['’](?!s\b)|[a-z])")
"""A word of three letters or more, without a possessive "'s". A part of a word like "couldn't" does not count."""
_FILES = ("counts.npy", "rows.npy", "starts.npy", "lengths.npy")
_WORDS, _REPORTS = "words.txt", "reports.txt"


class WordCounts:
    """The words of each report, in lower case, with the number of times that each one occurs.

    The counts are kept by report, so that a build counts only new reports. It also means that a person who may not see
    a report cannot learn the words in it.
    """

    def __init__(self, counts: TermCounts, words: Sequence[str], reports: Sequence[str]) -> None:
        self._counts = counts
        self._words = words
        self.reports = tuple(reports)
        """The id of the report in each row."""

    @classmethod
    def empty(cls) -> WordCounts:
        """Return counts without any reports."""
        return cls(TermCounts.empty(), (), ())

    def changed(self, reports: Sequence[str], texts: Mapping[str, Iterable[str]]) -> WordCounts:
        """Return the counts for the given reports, in their order.

        ``texts`` contains the texts of each new report, by its id.
        """
        rows = {report: row for row, report in enumerate(reports)}
        new_rows: Rows = np.array([-1 if r in texts else rows.get(r, -1) for r in self.reports], dtype=np.int64)
        counts = self._counts.moved(new_rows)
        new = {rows[report]: Counter(words_of(of_report)) for report, of_report in texts.items()}
        in_use = {word for word, size in zip(self._words, np.diff(counts.starts).tolist(), strict=True) if size}
        words = sorted(in_use.union(*new.values()))
        columns = {word: column for column, word in enumerate(words)}
        added = [(columns[word], row, count) for row, of_row in new.items() for word, count in of_row.items()]
        merged = counts.merged([columns.get(word, -1) for word in self._words], added, len(words))
        lengths = np.pad(merged.lengths, (0, len(reports) - len(merged.lengths)))  # the last reports may have no words
        return WordCounts(replace(merged, lengths=lengths), words, reports)

    @classmethod
    def open(cls, folder: Path) -> WordCounts:
        """Memory-map counts that :meth:`save` wrote.

        A build from an earlier version has no counts. Raises DamagedIndex.
        """
        if not folder.is_dir():
            return cls.empty()
        try:
            counts = TermCounts(*(map_numbers(folder / name) for name in _FILES))
            words, reports = ((folder / name).read_text(encoding="utf-8").splitlines() for name in (_WORDS, _REPORTS))
        except (OSError, ValueError, EOFError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {REBUILD_HINT}") from error
        sizes = (len(counts.starts) - 1, len(counts.lengths))
        if (len(words), len(reports)) != sizes or not counts.has_only_known_rows:
            raise DamagedIndex(f"The files in {folder} do not belong together. {REBUILD_HINT}")
        return cls(counts, words, reports)

    def save(self, folder: Path) -> None:
        """Write the counts to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        counts = self._counts
        for name, array in zip(_FILES, (counts.counts, counts.rows, counts.starts, counts.lengths), strict=True):
            np.save(folder / name, np.asarray(array))
        (folder / _WORDS).write_text("\n".join(self._words), encoding="utf-8")
        (folder / _REPORTS).write_text("\n".join(self.reports), encoding="utf-8")

    def total(self, visible: Collection[str]) -> dict[str, int]:
        """Return how often each word occurs in the reports with the given ids."""
        kept = np.array([report in visible for report in self.reports], dtype=bool)
        counts = np.where(kept[self._counts.rows], self._counts.counts, 0).astype(np.int64)
        sums = np.diff(np.concatenate(([0], np.cumsum(counts)))[self._counts.starts]).tolist()
        return {word: count for word, count in zip(self._words, sums, strict=True) if count}


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words in some texts, in lower case."""
    return [word for text in texts for word in _WORD.findall(text.lower())]
