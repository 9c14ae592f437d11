"""Train and measure the model that decides whether two items in an authority's reports are about the same matter.

    python -m benchmarks.remarks.recurring DATA OUT
    python -m benchmarks.remarks.recurring DATA --measure

DATA is a data folder with an index of the real reports. The command writes OUT, a file that replaces
``qa_service/data/recurring.json``. It learns only from the pairs of the part "train", and prints how many are right by
cross-validation over authorities. ``--measure`` prints the figures of the shipped model on the other parts, and then
the figures of the lists of what recurs. In these lists, a pair counts as the same if one matter has both of its items.

Each line of ``golden/recurring.jsonl`` is a pair of items from two reports on one authority. It says whether a reader
found that both are about the same matter. The reader was a language model that read only the items. An item is
identified by the first 16 digits of its report's sha256, and its number in that report, from 1. The pairs were drawn at
random in ranges of cosine. The labels were written before we computed anything for the pairs. No authority is in
"train" and in another part. We looked at the errors in the parts "test" to "fourth" while we wrote
``qa_service/data/matters.toml``. We measured the part "fifth" once, when nothing changed any more.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from benchmarks.harness.reports import GOLDEN
from benchmarks.remarks.labels import TRAIN, report_ids
from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.outcomes import AskedItem, asked_item
from qa_service.analysis.recurring import LEAST_SAME, SameModel, pair_features, same_model, same_remit
from qa_service.analysis.register import build_register
from qa_service.analysis.sentences import Numbers, ReadReport, rarity, read_reports
from qa_service.understanding.words.vocabulary import related_words

PAIRS = GOLDEN / "recurring.jsonl"
_FOLDS = 8
_STRENGTH = 0.3
"""The inverse strength of regularisation. With 1.0, the results are nearly the same."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items, and whether a reader found that they are about the same matter."""

    part: str
    authority: str
    features: Numbers
    same_remit: bool
    same: bool
    listed: bool
    """Whether the authority's list of what keeps coming back has both items under one matter."""


def labelled_pairs(index: SearchIndex) -> list[Pair]:
    """Return all labelled pairs. Raises LookupError if one of their items is not in the index."""
    lines = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    ids = report_ids(index, [report for line in lines for report, _ in (line["first"], line["second"])])
    found = []
    for authority in sorted({each.authority or "" for each in ids.values()}):
        reports = [report for report in index.store.reports if report.authority == authority]
        read = {each.report.sha256[:16]: each for each in read_reports(index, reports)}
        weight = rarity(list(read.values()))
        together = _listed_together(index, authority)

        def item(report: str, number: int, read: dict[str, ReadReport] = read) -> AskedItem:
            asked = asked_item(read[report], number, related_words)
            if asked is None:
                raise LookupError(f"The index has no item {number} of {report}. Build it again.")
            return asked

        for line in lines:
            (one, first), (other, second) = line["first"], line["second"]
            if one in read:
                features = pair_features(item(one, first), item(other, second), weight)
                remit = same_remit(read[one].report, read[other].report)
                listed = {(one, first), (other, second)}
                found.append(
                    Pair(
                        line["part"],
                        authority,
                        features,
                        remit,
                        line["same"],
                        any(listed <= matter for matter in together),
                    )
                )
    return found


def _listed_together(index: SearchIndex, authority: str) -> list[set[tuple[str, int]]]:
    """Return the items of each matter that recurs in an authority's reports."""
    register = build_register(index, authority, related_words)
    return [{(item.report.sha256[:16], item.number) for item in matter.items} for matter in register.recurring]


def fit(pairs: Sequence[Pair]) -> SameModel:
    """Return a model that has learned from the given pairs."""
    rows = np.array([pair.features for pair in pairs])
    scaler = StandardScaler().fit(rows)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit(scaler.transform(rows), [pair.same for pair in pairs])
    weights = model.coef_[0] / scale
    return SameModel(np.append(weights, model.intercept_[0] - weights @ scaler.mean_))


def describe(pairs: Sequence[Pair], probabilities: Sequence[float], least: float) -> str:
    """Describe how many pairs are right if we call a pair the same when its probability is at least ``least``."""
    called = [likely >= least and pair.same_remit for pair, likely in zip(pairs, probabilities, strict=True)]
    return f"at {least}: {_rights(pairs, called)}"


def _rights(pairs: Sequence[Pair], called: Sequence[bool]) -> str:
    """Describe how many pairs are right. For each pair, ``called`` says whether we call it the same."""
    right = sum(found == pair.same for found, pair in zip(called, pairs, strict=True))
    so = sum(pair.same for pair, found in zip(pairs, called, strict=True) if found)
    same = sum(pair.same for pair in pairs)
    return f"{right} of {len(pairs)} right; {so} of the {sum(called)} called the same are; {same} are the same"


def main() -> None:
    """Train the model and write it, or measure the shipped one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    parser.add_argument("out", type=Path, nargs="?", help="the file to write")
    parser.add_argument("--measure", action="store_true", help="measure the shipped model")
    arguments = parser.parse_args()
    pairs = labelled_pairs(SearchIndex.open(DataFolder(arguments.data), open_encoder()))
    if arguments.measure:
        for part in sorted({pair.part for pair in pairs} - {TRAIN}):
            of_part = [pair for pair in pairs if pair.part == part]
            likely = [same_model().same(pair.features) for pair in of_part]
            print(f"{part}, {describe(of_part, likely, LEAST_SAME)}")
        held_out = [pair for pair in pairs if pair.part != TRAIN]
        print(f"listed under one matter: {_rights(held_out, [pair.listed for pair in held_out])}")
        return
    training = [pair for pair in pairs if pair.part == TRAIN]
    found: dict[int, float] = {}
    groups = [pair.authority for pair in training]
    for learn, rest in GroupKFold(_FOLDS).split(training, groups=groups):
        model = fit([training[at] for at in learn])
        found |= {at: model.same(training[at].features) for at in rest.tolist()}
    for least in (0.5, 0.6, LEAST_SAME, 0.8):
        print(f"cross-validation, {describe(training, [found[at] for at in range(len(training))], least)}")
    if arguments.out:
        weights = fit([pair for pair in training if pair.same_remit]).weights.round(5).tolist()
        arguments.out.write_text(json.dumps({"same": weights}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
