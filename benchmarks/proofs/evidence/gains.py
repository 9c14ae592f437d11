"""Measure what the service gains over a plain hybrid search, and what each part of the pipeline contributes.

Each variant of the pipeline answers in a separate process.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.harness.figures import Proof
from benchmarks.harness.intervals import Interval, interval_of_area, interval_of_mean
from index.encoding.encoders import open_encoder
from index.storage.data_folder import DataFolder
from qa_service.answering.ablation import PLAIN_HYBRID, Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.evaluation.metrics import differences, figures
from qa_service.evaluation.run import GoldenQuestion, Result, evaluate, load_questions
from qa_service.evaluation.tables import ablation_table, figures_table

_COMPARED: Mapping[str, Callable[[Result], float]] = {
    "recall@5": lambda result: result.recall(5),
    "recall@10": lambda result: result.recall(10),
    "mrr@10": lambda result: result.reciprocal_rank,
    "answer": lambda result: result.states,
}
"""The functions that compute each measure for one question."""


@dataclass(frozen=True, slots=True)
class Gain:
    """The mean gain over plain hybrid search, with its 95% interval."""

    mean: float
    interval: Interval

    def __str__(self) -> str:
        return f"{self.mean:+.3f} ({self.interval[0]:+.3f} to {self.interval[1]:+.3f})"


def prove(proof: Proof, data: Path, dev: Path, own: Path) -> None:
    """Ask the development questions and our own, first with all parts of the pipeline and then without some of them."""
    ways: list[tuple[Mechanism, ...]] = [(), tuple(PLAIN_HYBRID), *((mechanism,) for mechanism in Mechanism)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(os.cpu_count(), initializer=_open, initargs=(data, dev, own)) as pool:
        whole, plain, *partial = pool.map(_ask, ways, chunksize=1)
    for number, name in enumerate(("dev", "own")):
        _one_set(proof, name, whole[number], plain[number])
    for measure in _COMPARED:
        _overlap(proof, measure, *(gain(plain[number], whole[number], measure) for number in (0, 1)))
    both = [*whole[0], *whole[1]]
    lost = {
        mechanism.value: differences(both, [*without[0], *without[1]])
        for mechanism, without in zip(Mechanism, partial, strict=True)
    }
    print(f"\nBoth sets without each part in turn. * marks an interval without zero.\n{ablation_table(lost)}")


def gain(before: Sequence[Result], now: Sequence[Result], measure: str) -> Gain:
    """Compare two runs over the same questions, counting only the questions that have an answer."""
    value = _COMPARED[measure]
    pairs = zip(before, now, strict=True)
    gains = [value(second) - value(first) for first, second in pairs if second.question.evidence]
    return Gain(float(np.mean(gains)), interval_of_mean(gains))


def _one_set(proof: Proof, name: str, results: Sequence[Result], hybrid: Sequence[Result]) -> None:
    print(f"\n{name}, all parts:\n{figures_table(results)}\n{name}, plain hybrid search:\n{figures_table(hybrid)}")
    has_answer = [bool(result.question.evidence) for result in results]
    abstained = [float(not result.answered) for result in results if not result.question.evidence]
    intervals = {
        "refused": interval_of_mean(abstained),
        "auroc": interval_of_area(has_answer, [result.confidence for result in results]),
    }
    for measure, (low, high) in intervals.items():
        proof.add(f"{name}: {measure}, 95% interval", f"{low:.2f} to {high:.2f}")
    proof.add(f"{name}: recall@5 of plain hybrid search", figures(hybrid)["recall@5"] or 0.0)


def _overlap(proof: Proof, measure: str, dev: Gain, own: Gain) -> None:
    proof.add(f"{measure}: gain over plain hybrid search, dev and own", f"{dev}; {own}")
    overlap = min(dev.interval[1], own.interval[1]) - max(dev.interval[0], own.interval[0])
    proof.add(f"{measure}: overlap of the two intervals", overlap, "≥", 0.0)


_asker: tuple[Answerer, list[GoldenQuestion], list[GoldenQuestion]]
"""The pipeline and the questions that each process in the pool has loaded."""


def _open(data: Path, dev: Path, own: Path) -> None:
    """Open the index and the questions when a process in the pool starts."""
    global _asker
    _asker = (Answerer.open(DataFolder(data), open_encoder()), load_questions(dev), load_questions(own))


def _ask(without: tuple[Mechanism, ...]) -> tuple[list[Result], list[Result]]:
    """Ask both sets of questions with some parts of the pipeline left out."""
    answerer, dev, own = _asker
    partial = answerer.leaving_out(*without) if without else answerer
    dev_results, own_results = ([*map(_picklable, evaluate(partial, questions))] for questions in (dev, own))
    return dev_results, own_results


def _picklable(result: Result) -> Result:
    """Copy a result so that it can be sent to another process."""
    return replace(result, stages=dict(result.stages) if result.stages else None)
