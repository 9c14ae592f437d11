"""Measure how well we decide whether two items that an authority's reports asked to improve are the same matter.

    python -m benchmarks.remarks.recurring DATA

Each line of ``golden/recurring.jsonl`` is a pair of items from two reports on one authority. It says whether a reader
found that both are about the same matter. The reader was a language model that read only the items. An item is
identified by the first 16 digits of its report's sha256, and its number in that report, from 1. The pairs were drawn at
random in four ranges of cosine. The two parts are about different authorities. We chose the threshold on the part
"train".
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.harness.reports import GOLDEN
from benchmarks.remarks.labels import TEST, TRAIN, report_ids
from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.outcomes import AskedItem, asked_item
from qa_service.analysis.register import LEAST_LIKENESS, likeness
from qa_service.analysis.sentences import rarity, read_reports
from qa_service.understanding.vocabulary import related_words

PAIRS = GOLDEN / "recurring.jsonl"


def main() -> None:
    """Print the share of pairs that are right at several thresholds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    index = SearchIndex.open(DataFolder(parser.parse_args().data), open_encoder())
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    ids = report_ids(index, [report for pair in pairs for report, _ in (pair["first"], pair["second"])])
    read = {each.report.id: each for each in read_reports(index, ids.values())}

    weight = rarity(list(read.values()))

    def item(report: str, number: int) -> AskedItem:
        found = asked_item(read[ids[report].id], number, related_words)
        if found is None:
            raise LookupError(f"The index has no item {number} of {report}. Build it again.")
        return found

    for part in (TRAIN, TEST):
        of_part = [
            (likeness(item(*p["first"]), item(*p["second"]), weight), p["same"]) for p in pairs if p["part"] == part
        ]
        for least in sorted({0.75, 0.8, 0.85, 0.9, 0.95, LEAST_LIKENESS} if part == TRAIN else {LEAST_LIKENESS}):
            right = sum((like >= least) == same for like, same in of_part)
            called = [same for like, same in of_part if like >= least]
            print(f"{part}, at {least}: {right} of {len(of_part)} right; {sum(called)} of {len(called)} found are so")


if __name__ == "__main__":
    main()
