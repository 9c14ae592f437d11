"""Labelled sentences about subjects: whether each praises or criticises the subject.

Each line of ``golden/subject_stances.jsonl`` has a subject, the start of the report's sha256, the digest of the
sentence's words, and its labels: "+" for praise, "-" for criticism, both, or neither. One reader, a language model,
labelled sentences that were drawn at random. We train with the lines whose ``part`` is "train". The sentences in
the part "quotes" are quotes that the service showed. We only measure with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.reports import GOLDEN
from benchmarks.remarks.labels import SIGNS, report_ids, sentences_of
from index.search.search_index import SearchIndex
from index.types import Stance

LABELS = GOLDEN / "subject_stances.jsonl"
TRAIN, QUOTES = "train", "quotes"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled sentence."""

    subject: str
    row: int
    number: int
    text: str
    stances: frozenset[Stance]


def labelled_sentences(index: SearchIndex, part: str, path: Path = LABELS) -> Iterator[Labelled]:
    """Yield the sentences in one part. Raises LookupError if one of them is not in the index."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["part"] == part]
    reports = report_ids(index, [row["report"] for row in rows])
    by_report = {
        short: {each.digest: each for each in sentences_of(index, report)} for short, report in reports.items()
    }
    for row in rows:
        sentence = by_report[row["report"]].get(row["sentence"])
        if sentence is None:
            raise LookupError(f"The index lacks the sentence {row['sentence']} of the report {row['report']}.")
        stances = frozenset(SIGNS[sign] for sign in row["stances"])
        yield Labelled(row["subject"], sentence.row, sentence.number, sentence.text, stances)
