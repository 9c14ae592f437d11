"""Train and measure the model that decides what became of an item that a report asked to improve.

    python -m benchmarks.remarks.train_outcomes DATA OUT
    python -m benchmarks.remarks.train_outcomes DATA --measure

DATA is a data folder with an index of the real reports. The command writes OUT, a file that replaces
``qa_service/data/outcomes.json``. It learns only from the training reports. It prints how many outcomes are right, by
cross-validation over authorities. ``--measure`` prints the figures of the shipped model on the other reports.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from benchmarks.harness.reports import digest, scorer
from benchmarks.remarks.labels import TEST, TRAIN, labelled_items, report_ids
from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.outcomes import (
    LEAST_CERTAINTY,
    OUTCOMES,
    Again,
    AskedItem,
    Outcome,
    OutcomeModel,
    asked_item,
    outcome_model,
    report_features,
    sentence_features,
)
from qa_service.analysis.recurring import pair_features, same_model, same_remit
from qa_service.analysis.sentences import Numbers, Rarity, ReadReport, rarity, read_reports
from qa_service.understanding.words.vocabulary import related_words

_RELEVANCE_STRENGTH, _OUTCOME_STRENGTH = 1.0, 0.05
"""The inverse strengths of regularisation. Values ten times as large or small gave nearly the same results."""
_FOLDS, _INNER_FOLDS = 8, 4


@dataclass(frozen=True, slots=True)
class Example:
    """An item and a later report, with the outcome that a reader found in it."""

    item: AskedItem
    later: ReadReport
    again: Again
    features: Numbers
    shows: Numbers
    """1 for each sentence that the reader named, and 0 for the others."""
    outcome: Outcome
    authority: str


def examples(index: SearchIndex, part: str) -> list[Example]:
    """Return the examples from one part of the labelled reports."""
    labels = list(labelled_items(part))
    ids = report_ids(index, [each for label in labels for each in (label.report, label.asked_in)])
    authorities = sorted({ids[label.report].authority or "" for label in labels})
    found = []
    for authority in authorities:
        reports = [report for report in index.store.reports if report.authority == authority]
        read = {each.report.id: each for each in read_reports(index, reports)}
        weight = rarity(list(read.values()))
        for label in labels:
            later = read.get(ids[label.report].id)
            item = asked_item(read[ids[label.asked_in].id], label.number, related_words) if later else None
            if later is None or item is None:
                continue
            digests = [digest(" ".join(scorer().words(sentence.text))) for sentence in later.sentences]
            shows = np.array([float(each in label.sentences) for each in digests])
            again = asked_again(item, read[ids[label.asked_in].id], later, weight)
            features = sentence_features(item, later, again, weight)
            found.append(Example(item, later, again, features, shows, label.outcome, authority))
    return found


def asked_again(item: AskedItem, asked_in: ReadReport, later: ReadReport, weight: Rarity) -> Again:
    """Return the probability that each item of a later report is about the same matter."""
    if not same_remit(asked_in.report, later.report):
        return {}
    others = {at: asked_item(later, at, related_words) for at in range(1, len(later.report.improvements) + 1)}
    model = same_model()
    return {at: model.same(pair_features(item, other, weight)) for at, other in others.items() if other}


def fit(training: Sequence[Example]) -> OutcomeModel:
    """Return a model. The second regression learns from probabilities that the first gives to unseen authorities."""
    unseen: dict[int, Numbers] = {}
    groups = [each.authority for each in training]
    for learn, rest in GroupKFold(_INNER_FOLDS).split(training, groups=groups):
        part = OutcomeModel(_relevance([training[at] for at in learn]), np.zeros((len(OUTCOMES), 1)))
        unseen |= {at: part.shows(training[at].features) for at in rest.tolist()}
    decided = [at for at, each in enumerate(training) if each.outcome is not Outcome.CANNOT_TELL]
    rows = np.array([_of_report(training[at], unseen[at]) for at in decided])
    labels = [OUTCOMES.index(training[at].outcome) for at in decided]
    return OutcomeModel(_relevance(training), _fitted(rows, labels, _OUTCOME_STRENGTH))


def _of_report(example: Example, shows: Numbers) -> Numbers:
    return report_features(example.item, example.later, example.again, example.features, shows)


def _relevance(training: Sequence[Example]) -> Numbers:
    rows = np.vstack([each.features for each in training])
    weights = _fitted(rows, np.concatenate([each.shows for each in training]), _RELEVANCE_STRENGTH)
    return np.asarray(weights[0])


def _fitted(rows: Numbers, labels: Sequence[int] | Numbers, strength: float) -> Numbers:
    """Return the weights and the bias of a regression for unscaled features, in the shape (classes, features + 1)."""
    scaler = StandardScaler().fit(rows)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=1000).fit(scaler.transform(rows), labels)
    weights = model.coef_ / scale
    return np.asarray(np.hstack([weights, (model.intercept_ - weights @ scaler.mean_)[:, None]]))


def predicted(model: OutcomeModel, example: Example) -> tuple[Outcome, float]:
    """Return the likeliest outcome and its probability."""
    of_each = model.probabilities(_of_report(example, model.shows(example.features)))
    return max(of_each.items(), key=lambda pair: pair[1])


def describe(wanted: Sequence[Outcome], found: Sequence[tuple[Outcome, float]]) -> str:
    """Describe the share that is right: of all outcomes, of each outcome, and of the outcomes that we state."""
    pairs = [(a, b, sure) for a, (b, sure) in zip(wanted, found, strict=True)]
    stated = [(a, b) for a, b, sure in pairs if sure >= LEAST_CERTAINTY[b]]
    each = {name: np.mean([b is name for a, b, _ in pairs if a is name]) for name in OUTCOMES if name in set(wanted)}
    lines = [
        f"likeliest outcome right: {np.mean([a is b for a, b, _ in pairs]):.3f} of {len(pairs)}",
        f"balanced over {len(each)} outcomes: {np.mean(list(each.values())):.3f}",
        f"stated: {len(stated) / len(pairs):.3f}, right of those stated: {np.mean([a is b for a, b in stated]):.3f}",
        *(f"    {name}: {share:.3f}" for name, share in each.items()),
        f"    {dict(Counter((str(a), str(b)) for a, b, _ in pairs))}",
    ]
    for least in (0.6, 0.7, 0.8):
        sure_ones = [a is b for a, b, sure in pairs if sure >= least]
        lines.append(f"    at least {least}: {len(sure_ones) / len(pairs):.3f} stated, {np.mean(sure_ones):.3f} right")
    return "\n".join(lines)


def main() -> None:
    """Train the model and write it, or measure the shipped one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    parser.add_argument("out", type=Path, nargs="?", help="the file to write")
    parser.add_argument("--measure", action="store_true", help="measure the shipped model")
    arguments = parser.parse_args()
    index = SearchIndex.open(DataFolder(arguments.data), open_encoder())
    if arguments.measure:
        data = examples(index, TEST)
        print(describe([each.outcome for each in data], [predicted(outcome_model(), each) for each in data]))
        return
    data = examples(index, TRAIN)
    found: dict[int, tuple[Outcome, float]] = {}
    groups = [each.authority for each in data]
    for learn, rest in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(data, groups=groups):
        model = fit([data[at] for at in learn])
        found |= {at: predicted(model, data[at]) for at in rest.tolist()}
    print(describe([each.outcome for each in data], [found[at] for at in range(len(data))]))
    if arguments.out:
        model = fit(data)
        tables = {"relevance": model.relevance.round(5).tolist(), "outcomes": model.outcomes.round(5).tolist()}
        arguments.out.write_text(json.dumps(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
