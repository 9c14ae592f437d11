"""Labelled sentences of reports: the themes of practice that each one praises or criticises, as readers judged.

Each line of ``golden/remarks.jsonl`` has one reader's labels for one report. ``part`` says whether we train with the
report or only measure with it. The two parts are about different authorities. Two readers read each report of the
second part, and neither saw the labels of the other. The readers were language models that read the whole reports. In
12 reports that we train with, which are old or about SEND, the reader saw only the sentences with words of a theme. In
the others of that part, a reader looked again at sentences where an earlier model differed, and added missing labels.

Each of the ``sentences`` has a page, the digest of its words, and its labels. A label is the id of a theme, with "+"
for praise or "-" for criticism. A sentence that is not in the list has no label. Each of the ``items`` has the report
that asked for an improvement, the number of the item in that report, its outcome, and the digests of the sentences that
show the outcome.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.reports import GOLDEN, digest, scorer
from corpus.types import Report
from index.search.search_index import SearchIndex
from index.types import Stance
from qa_service.analysis.outcomes import Outcome

LABELS = GOLDEN / "remarks.jsonl"
TRAIN, TEST = "train", "test"
SIGNS = {"+": Stance.STRENGTH, "-": Stance.WEAKNESS}
_ID = 16
"""How many digits of a report's sha256 identify it."""


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """One reader's labels for a report."""

    report: str
    part: str
    reader: str
    labels: Mapping[str, frozenset[tuple[str, Stance]]]
    """Themes and stances by the digest of a sentence."""

    def cells(self) -> set[tuple[str, str, Stance]]:
        """Return what the report praises and criticises, as its own id, a theme and a stance."""
        return {(self.report, theme, stance) for labels in self.labels.values() for theme, stance in labels}


@dataclass(frozen=True, slots=True)
class LabelledItem:
    """One reader's label for what a later report says about an item that an earlier report asked to improve."""

    report: str
    """The later report."""
    asked_in: str
    """The report that asked for the improvement."""
    number: int
    """The item's number in that report, from 1."""
    outcome: Outcome
    sentences: frozenset[str]
    """Digests of the sentences that show the outcome."""
    reader: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report in the index."""

    row: int
    number: int
    text: str
    listed: bool
    """Whether the sentence belongs to an item that the report asks to improve."""

    @property
    def digest(self) -> str:
        """The digest of its words."""
        return digest(" ".join(scorer().words(self.text)))


def labelled_reports(part: str, path: Path = LABELS) -> Iterator[LabelledReport]:
    """Yield the reports in one part, once for each reader."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == part:
            labels = {
                words: frozenset((label[:-1], SIGNS[label[-1]]) for label in of_sentence)
                for _, words, of_sentence in row["sentences"]
            }
            yield LabelledReport(row["report"], part, row["reader"], labels)


def labelled_items(part: str, path: Path = LABELS) -> Iterator[LabelledItem]:
    """Yield the items in the labelled reports of one part, once for each reader."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == part:
            for asked_in, number, outcome, sentences in row["items"]:
                yield LabelledItem(
                    row["report"], asked_in, number, Outcome(outcome), frozenset(sentences), row["reader"]
                )


def report_ids(index: SearchIndex, reports: Iterable[str]) -> dict[str, Report]:
    """Return labelled reports as they are in the index. Raises LookupError if a report is not in the index."""
    by_digest = {report.sha256[:_ID]: report for report in index.store.reports}
    missing = sorted(set(reports) - set(by_digest))
    if missing:
        raise LookupError(f"The index lacks {len(missing)} of the labelled reports, such as {missing[0]}.")
    return {short: by_digest[short] for short in dict.fromkeys(reports)}


def sentences_of(index: SearchIndex, report: Report) -> list[Sentence]:
    """Return the sentences of a report."""
    return [
        Sentence(
            passage.row,
            number,
            passage.passage.text[start:end],
            report.improvement_at(passage.passage.start + start) is not None,
        )
        for passage in index.store.passages_of(report.id)
        for number, (start, end) in enumerate(passage.passage.sentences)
    ]
