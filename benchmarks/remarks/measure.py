"""Measure remarks against the labels of readers.

    python -m benchmarks.remarks.measure DATA

DATA is a data folder with an index of the real reports. We count cells: a report, a theme and a stance. A cell is right
if the readers and the index agree that the report has at least one such remark. We compare with each reader in turn,
and print the mean. ``--train`` measures on the reports that the model learned from.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.remarks.labels import TEST, TRAIN, LabelledReport, labelled_reports, report_ids, sentences_of
from corpus.types import Report
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Stance

Cell = tuple[str, str, Stance]
"""A report, a theme, and whether the report praises or criticises it."""
Cells = set[Cell]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the cells of an index agree with a reader's cells."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the index's cells that the reader also has."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the reader's cells that the index also has."""
        return self.right / self.wanted if self.wanted else 1.0


def remarks_by_sentence(index: SearchIndex, report: Report) -> dict[tuple[str, str], set[Stance]]:
    """Return the stances of a report's remarks, by the digest of their sentence and their theme."""
    digests = {(sentence.row, sentence.number): sentence.digest for sentence in sentences_of(index, report)}
    stances: dict[tuple[str, str], set[Stance]] = defaultdict(set)
    for remark in index.remarks.in_rows({row for row, _ in digests}):
        stances[digests[remark.row, remark.sentence], remark.theme].add(remark.stance)
    return stances


def agreement(found: Cells, wanted: Cells) -> Agreement:
    """Compare two sets of cells."""
    return Agreement(len(found & wanted), len(found), len(wanted))


def stances_right(found: Mapping[tuple[str, str], set[Stance]], read: LabelledReport) -> tuple[int, int]:
    """Return how many remarks have the same stance as the reader's, and how many were compared.

    We compare only remarks for which both give a single stance.
    """
    wanted: dict[tuple[str, str], set[Stance]] = defaultdict(set)
    for words, labels in read.labels.items():
        for theme, stance in labels:
            wanted[words, theme].add(stance)
    pairs = [(found[key], stances) for key, stances in wanted.items() if len(stances) == len(found.get(key, ())) == 1]
    return sum(mine == theirs for mine, theirs in pairs), len(pairs)


def _mean(found: Cells, readers: Sequence[Cells]) -> str:
    compared = [agreement(found, wanted) for wanted in readers]
    precision, recall = mean(each.precision for each in compared), mean(each.recall for each in compared)
    return f"precision {precision:.3f}, recall {recall:.3f}, of {mean(each.wanted for each in compared):g}"


def found_cells(index: SearchIndex, read: Sequence[LabelledReport]) -> Cells:
    """Return the cells of the labelled reports in an index."""
    return {
        (short, theme, stance)
        for short, report in report_ids(index, [each.report for each in read]).items()
        for (_, theme), stances in remarks_by_sentence(index, report).items()
        for stance in stances
    }


def reader_cells(read: Sequence[LabelledReport], reader: str) -> Cells:
    """Return the cells that one reader found."""
    return {cell for each in read if each.reader == reader for cell in each.cells()}


def stances_right_of(index: SearchIndex, read: Sequence[LabelledReport]) -> tuple[int, int]:
    """Return the sums of :func:`stances_right` over all reports and readers."""
    reports = report_ids(index, [each.report for each in read])
    counts = [stances_right(remarks_by_sentence(index, reports[each.report]), each) for each in read]
    return sum(right for right, _ in counts), sum(of for _, of in counts)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    parser.add_argument("--train", action="store_true", help="measure with the training reports")
    arguments = parser.parse_args()
    index = SearchIndex.open(DataFolder(arguments.data), None)
    read = list(labelled_reports(TRAIN if arguments.train else TEST))
    found = found_cells(index, read)
    wanted = [reader_cells(read, reader) for reader in sorted({each.reader for each in read})]
    for stance in Stance:
        of_stance = [{cell for cell in cells if cell[2] is stance} for cells in (found, *wanted)]
        print(f"{stance}: {_mean(of_stance[0], of_stance[1:])}")
        for theme in index.remarks.themes:
            of_theme = [{cell for cell in cells if cell[1] == theme} for cells in of_stance]
            print(f"    {theme}: {_mean(of_theme[0], of_theme[1:])}")
    right, of = stances_right_of(index, read)
    print(f"strength against weakness: {right / of:.3f}")


if __name__ == "__main__":
    main()
