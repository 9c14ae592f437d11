"""Checks the product's own intervals and area under the curve against SciPy and scikit-learn."""

from __future__ import annotations

import random

import pytest

from benchmarks.harness import intervals as by_libraries
from benchmarks.harness.intervals import area_under_roc, interval_of_area, interval_of_mean
from benchmarks.proofs.evidence.gains import gain
from qa_service.evaluation import metrics
from qa_service.evaluation.metrics import differences, figures, intervals
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_libraries, "RESAMPLES", 400)
    monkeypatch.setattr(metrics, "DRAWS", 400)


def some_results(seed: int, count: int = 120) -> list[Result]:
    """Results in which two thirds of the questions have an answer. Confidence is higher for those questions."""
    chance = random.Random(seed)  # noqa: S311 - the same results each time
    results = []
    for number in range(count):
        evidence = (GoldenEvidence("a.pdf", 1, "words"),) if number % 3 else ()
        question = GoldenQuestion(str(number), "fact", "?", (), evidence, need_all=False)
        rank = (chance.choice([1, 2, 4, 8, None]),) if evidence else ()
        confidence = round(chance.random() * 0.8 + (0.2 if evidence else 0.0), 1)
        results.append(Result(question, rank, answered=confidence > 0.5, confidence=confidence))
    return results


def test_the_product_s_area_is_that_of_scikit_learn() -> None:
    results = some_results(1)
    area = area_under_roc([bool(r.question.evidence) for r in results], [r.confidence for r in results])
    assert figures(results)["auroc"] == pytest.approx(area, abs=1e-4)


@pytest.mark.thorough
def test_the_product_s_intervals_are_those_of_scipy() -> None:
    results = some_results(2)
    own = intervals(results, ["kept", "auroc"])
    kept = interval_of_mean([float(r.answered) for r in results if r.question.evidence])
    area = interval_of_area([bool(r.question.evidence) for r in results], [r.confidence for r in results])
    assert own["kept"] == pytest.approx(kept, abs=0.03)
    assert own["auroc"] == pytest.approx(area, abs=0.03)


def test_the_product_s_differences_are_those_of_scipy() -> None:
    before, now = some_results(3), some_results(4)
    own = differences(before, now, ["mrr@10"])["mrr@10"]
    gained = gain(before, now, "mrr@10")
    assert own is not None
    assert own[0] == pytest.approx(gained.mean)
    assert own[1] == pytest.approx(gained.interval, abs=0.03)
    assert str(gained).startswith(f"{gained.mean:+.3f} (")
