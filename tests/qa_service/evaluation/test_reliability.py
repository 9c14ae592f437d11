from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.evaluation.reliability import Bin, calibration_error, close_right, diagram, reliability
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result


def answer(confidence: float, *, right: bool | None, answered: bool = True) -> Result:
    """Make the result of an evaluation. ``right`` is None for a question that the reports do not answer."""
    evidence = () if right is None else (GoldenEvidence("a.pdf", 1, "words"),)
    question = GoldenQuestion("q", "fact", "?", (), evidence, need_all=False)
    return Result(
        question, (1,) * len(evidence), answered, confidence, stated=(right,) * len(evidence) if evidence else ()
    )


def test_each_range_has_its_answers_and_how_many_are_right() -> None:
    results = [answer(0.52, right=True), answer(0.58, right=None), answer(0.95, right=True), answer(1.0, right=True)]
    low, high = reliability(results)
    assert (low.first, low.last, low.answers, low.right) == (0.5, 0.6, 2, 0.5)
    assert low.confidence == pytest.approx(0.55)
    assert high == Bin(0.9, 1.0, 2, 0.975, 1.0)
    assert calibration_error(results) == pytest.approx((2 * 0.05 + 2 * 0.025) / 4)


def test_questions_that_got_no_answer_count_for_nothing() -> None:
    results = [answer(0.3, right=False, answered=False), answer(0.4, right=None, answered=False)]
    assert reliability(results) == []
    assert (calibration_error(results), close_right(results)) == (None, None)


def test_only_answers_called_close_count_as_close() -> None:
    assert close_right([answer(0.8, right=True), answer(0.75, right=None), answer(0.74, right=False)]) == 0.5


def test_the_diagram_has_a_line_for_each_range_and_a_bar_as_long_as_the_share_right() -> None:
    lines = diagram([answer(0.95, right=True), answer(0.55, right=False)]).splitlines()
    assert lines[0].split() == ["confidence", "answers", "right"]
    assert [line.count("█") for line in lines[1:]] == [0, 20]


def test_a_bin_without_answers_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one answer"):
        Bin(0.5, 0.6, 0, 0.5, 0.5)


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([True, False, None])), min_size=1))
def test_every_answer_is_in_one_range_and_the_error_is_a_share(pairs: Sequence[tuple[float, bool | None]]) -> None:
    results = [answer(confidence, right=right) for confidence, right in pairs]
    bins = reliability(results)
    assert sum(each.answers for each in bins) == len(results)
    assert all(each.first <= each.confidence <= each.last + 1e-9 for each in bins)
    error = calibration_error(results)
    assert error is not None
    assert 0 <= error <= 1


def test_the_mean_of_equal_confidences_is_not_rounded_below_them() -> None:
    (only,) = reliability([answer(0.7, right=True)] * 3)
    assert only.confidence == 0.7
