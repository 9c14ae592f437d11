"""Checks whether the confidence is right: nine in ten answers with a confidence of .9 should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from qa_service import calibration
from qa_service.evaluation.run import Result

BINS = 10
"""Number of equal ranges of confidence from 0 to 1."""
_BAR = 20
"""Length of the bar in characters if all answers are right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence is in one range."""

    first: float
    last: float
    answers: int
    confidence: float
    """Mean confidence."""
    right: float
    """Share of the answers that are right."""

    def __post_init__(self) -> None:
        if self.answers < 1:
            raise ValueError("a bin needs at least one answer")


def share_right(result: Result) -> float:
    """Return the share of its evidence that an answer states. It is 0 if the reports do not answer the question."""
    return result.states if result.question.evidence else 0.0


def reliability(results: Sequence[Result]) -> list[Bin]:
    """Return the ranges of confidence that contain answers, lowest first. Questions without an answer are left out."""
    bins = []
    for number in range(BINS):
        first, last = number / BINS, (number + 1) / BINS
        inside = [
            result for result in results if result.answered and min(int(result.confidence * BINS), BINS - 1) == number
        ]
        if inside:
            # Sums of floats are rounded, so their mean could be outside the range.
            mean_confidence = mean(result.confidence for result in inside)
            right = sum(map(share_right, inside)) / len(inside)
            bins.append(Bin(first, last, len(inside), mean_confidence, right))
    return bins


def calibration_error(results: Sequence[Result]) -> float | None:
    """Return the expected calibration error: the mean distance between confidence and the share of right answers.

    Each range is weighted by its number of answers (Guo et al. 2017, https://arxiv.org/abs/1706.04599). None if there
    are no answers.
    """
    bins = reliability(results)
    answers = sum(each.answers for each in bins)
    return sum(each.answers * abs(each.confidence - each.right) for each in bins) / answers if answers else None


def close_right(results: Sequence[Result]) -> float | None:
    """Of the answers that the page calls close, return the share that is right.

    None if the page does not call any answer close.
    """
    close = [
        share_right(result)
        for result in results
        if result.answered and result.confidence >= calibration.CLOSE_CONFIDENCE
    ]
    return sum(close) / len(close) if close else None


def diagram(results: Sequence[Result]) -> str:
    """Return a reliability diagram in text: for each range of confidence, how many answers were right."""
    lines = ["confidence   answers   right"]
    for each in reliability(results):
        bar = "█" * round(each.right * _BAR)
        lines.append(f"{each.first:.1f} to {each.last:.1f}   {each.answers:>7}   {each.right:>5.2f}  {bar}")
    return "\n".join(lines)
