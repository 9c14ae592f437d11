"""Confidence intervals and the area under the ROC curve, computed with SciPy and scikit-learn.

``qa_service.evaluation.metrics`` has its own code for this, so that the product does not need these libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

RESAMPLES = 2000
Interval = tuple[float, float]


def area_under_roc(has_answer: Sequence[bool], confidence: Sequence[float]) -> float:
    """Return the share of pairs (a question with an answer and one without) that confidence puts in the right order."""
    from sklearn.metrics import roc_auc_score  # scikit-learn takes seconds to import

    return float(roc_auc_score(has_answer, confidence))


def interval_of_mean(values: Sequence[float]) -> Interval:
    """Return the 95% bootstrap interval of a mean."""
    return _interval([values], np.mean)


def interval_of_area(has_answer: Sequence[bool], confidence: Sequence[float]) -> Interval:
    """Return the 95% bootstrap interval of the area under the ROC curve, by resampling the questions."""
    return _interval([has_answer, confidence], area_under_roc)


def _interval(samples: Sequence[Sequence[Any]], statistic: Callable[..., Any]) -> Interval:
    from scipy.stats import bootstrap  # it takes seconds to import

    resampled = bootstrap(
        samples,
        statistic,
        n_resamples=RESAMPLES,
        paired=len(samples) > 1,
        vectorized=len(samples) == 1,
        method="percentile",
        rng=np.random.default_rng(0),
    )
    low, high = resampled.confidence_interval
    return float(low), float(high)
