"""Evaluation measures, their intervals, and the differences between two runs."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from qa_service.evaluation.reliability import calibration_error, close_right
from qa_service.evaluation.run import DEPTHS, Result

DRAWS = 2000
"""Number of samples that the bootstrap draws."""
Measure = Callable[[Sequence[Result]], float | None]
Interval = tuple[float, float]
Values = Mapping[str, float | int | None]


def _mean_of(value: Callable[[Result], float], is_included: Callable[[Result], bool]) -> Measure:
    def measure(results: Sequence[Result]) -> float | None:
        values = [value(result) for result in results if is_included(result)]
        return statistics.fmean(values) if values else None

    return measure


def _answerable(result: Result) -> bool:
    return bool(result.question.evidence)


def _unanswerable(result: Result) -> bool:
    return not result.question.evidence


def _page(results: Sequence[Result]) -> float | None:
    pages = [right for result in results for right in result.pages]
    return statistics.fmean(pages) if pages else None


def _auroc(results: Sequence[Result]) -> float | None:
    """Return how well confidence separates answerable from unanswerable questions.

    This is the share of pairs in which the answerable question has the higher confidence. A tie counts as half.
    """
    answerable = np.array([result.confidence for result in results if _answerable(result)])
    unanswerable = np.array([result.confidence for result in results if _unanswerable(result)])
    if not len(answerable) or not len(unanswerable):
        return None
    higher = np.greater.outer(answerable, unanswerable)
    equal = np.equal.outer(answerable, unanswerable)
    return float((higher + 0.5 * equal).mean())


def _recall_at(k: int) -> Measure:
    return _mean_of(lambda result: result.recall(k), _answerable)


MEASURES: Mapping[str, Measure] = {
    **{f"recall@{k}": _recall_at(k) for k in DEPTHS},
    "mrr@10": _mean_of(lambda result: result.reciprocal_rank, _answerable),
    "answer": _mean_of(lambda result: result.states, _answerable),
    "page": _page,
    "kept": _mean_of(lambda result: float(result.answered), _answerable),
    "refused": _mean_of(lambda result: float(not result.answered), _unanswerable),
    "auroc": _auroc,
    "calibration_error": calibration_error,
    "close_right": close_right,
}
"""The measures by name, as described in docs/evaluation.md. A measure is None if no question counts towards it."""


def figures(results: Sequence[Result]) -> dict[str, float | int | None]:
    """Return every measure over all the results, with the number of questions and the number of stray answers."""
    values: dict[str, float | int | None] = {"questions": len(results)}
    for name, measure in MEASURES.items():
        value = measure(results)
        values[name] = None if value is None else round(value, 4)
    values["strays"] = sum(result.stray for result in results)
    return values


def intervals(results: Sequence[Result], measures: Sequence[str] = tuple(MEASURES)) -> dict[str, Interval | None]:
    """Return the 95% interval for each measure, by Efron's bootstrap over the questions."""
    return {name: _interval([MEASURES[name](draw) for draw in _draws(results)]) for name in measures}


def differences(
    before: Sequence[Result], now: Sequence[Result], measures: Sequence[str] = tuple(MEASURES)
) -> dict[str, tuple[float, Interval] | None]:
    """Return the gain in each measure from one run to another, with the 95% interval of a paired bootstrap.

    Questions that are in only one of the runs are left out.
    """
    earlier = {result.question.id: result for result in before}
    paired = [(earlier[result.question.id], result) for result in now if result.question.id in earlier]
    gains: dict[str, tuple[float, Interval] | None] = {}
    for name in measures:
        measure = MEASURES[name]
        first, second = (measure([pair[side] for pair in paired]) for side in (0, 1))
        draws = [_gain(measure, [paired[int(i)] for i in rows]) for rows in _samples(len(paired))]
        interval = _interval(draws)
        gains[name] = None if first is None or second is None or interval is None else (second - first, interval)
    return gains


def _gain(measure: Measure, pairs: Sequence[tuple[Result, Result]]) -> float | None:
    first, second = measure([pair[0] for pair in pairs]), measure([pair[1] for pair in pairs])
    return None if first is None or second is None else second - first


def _draws(results: Sequence[Result]) -> list[list[Result]]:
    return [[results[int(i)] for i in rows] for rows in _samples(len(results))]


def _samples(count: int) -> npt.NDArray[np.int64]:
    """Return the row numbers in each sample. They are the same every time, so that a run can be repeated."""
    return np.random.default_rng(0).integers(0, max(count, 1), size=(DRAWS if count else 0, count))


def _interval(values: Sequence[float | None]) -> Interval | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, high = np.quantile(known, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)
