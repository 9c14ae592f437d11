from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.evaluation.metrics import MEASURES, differences, figures, intervals
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result

FEW = ("kept", "mrr@10")
"""Two measures, for tests in which every measure would behave in the same way."""


def a_result(
    *ranks: int | None,
    id: str = "q",  # noqa: A002 - the name of the field
    need_all: bool = False,
    answered: bool = True,
    confidence: float = 0.9,
    pages: tuple[bool, ...] = (),
    stated: tuple[bool, ...] = (),
    stray: bool = False,
) -> Result:
    evidence = tuple(GoldenEvidence("a.pdf", 1, "words") for _ in ranks)
    question = GoldenQuestion(id, "fact", "?", (), evidence, need_all)
    return Result(question, ranks, answered, confidence, pages, stated, stray)


def answerable(kept: Sequence[bool]) -> list[Result]:
    """Make results of answerable questions, each answered or not."""
    return [a_result(1, id=str(number), answered=answered) for number, answered in enumerate(kept)]


def width(results: Sequence[Result], name: str) -> float:
    interval = intervals(results, [name])[name]
    assert interval is not None
    return interval[1] - interval[0]


def test_figures_are_those_computed_by_hand() -> None:
    results = [
        a_result(1, pages=(True,), stated=(True,), confidence=0.9),
        a_result(3, None, pages=(False,), stated=(True, False), confidence=0.8),
        a_result(2, 7, need_all=True, pages=(True, True), stated=(True, False), confidence=0.6, stray=True),
        a_result(None, answered=False, stated=(False,), confidence=0.3),
        a_result(answered=True, confidence=0.7, stray=True),
        a_result(answered=False, confidence=0.1),
    ]
    assert figures(results) == {
        "questions": 6,
        "recall@1": 0.25,  # one of four
        "recall@3": 0.625,  # 1, 1, ½ and 0
        "recall@5": 0.625,
        "recall@10": 0.75,  # 1, 1, 1 and 0
        "mrr@10": round((1 + 1 / 3 + 1 / 2 + 0) / 4, 4),
        "answer": 0.625,  # 1, 1, ½ and 0
        "page": 0.75,  # three of the four pieces of evidence in the passages
        "kept": 0.75,
        "refused": 0.5,
        "close_right": 1.0,  # the answers at 0.9 and 0.8
        "calibration_error": 0.275,  # over 0.9, 0.8, 0.6 and 0.7: 0.1, 0.2, 0.1 and 0.7
        "auroc": 0.75,  # six of the eight pairs, because 0.6 and 0.3 are below 0.7
        "strays": 2,
    }


def test_a_measure_of_no_questions_is_none() -> None:
    values = figures([])
    assert (values.pop("questions"), values.pop("strays")) == (0, 0)
    assert values == dict.fromkeys(MEASURES)
    assert figures([a_result(1)])["refused"] is None
    assert figures([a_result(1)])["auroc"] is None
    assert figures([a_result(None)])["page"] is None
    for name in ("recall@5", "mrr@10", "answer", "page", "kept", "auroc"):
        assert figures([a_result(answered=False)])[name] is None


@pytest.mark.parametrize(
    ("can", "cannot", "value"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.5], [0.5, 0.1], 0.875),  # the sum of 1, 1, ½ and 1, over four pairs
        ([0.5, 0.5, 0.5], [0.5, 0.5], 0.5),
        ([0.9, 0.2, 0.2], [0.2], 0.6667),
    ],
)
def test_auroc_is_the_share_of_pairs_in_the_right_order(can: list[float], cannot: list[float], value: float) -> None:
    results = [a_result(1, confidence=c) for c in can] + [a_result(confidence=c) for c in cannot]
    assert figures(results)["auroc"] == figures(results[::-1])["auroc"] == value


CONFIDENCES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=8)


@given(CONFIDENCES, CONFIDENCES)
def test_auroc_with_swapped_sides_adds_up_to_one(can: list[float], cannot: list[float]) -> None:
    def auroc(first: list[float], second: list[float]) -> float:
        value = figures([a_result(1, confidence=c) for c in first] + [a_result(confidence=c) for c in second])["auroc"]
        assert value is not None
        return value

    assert auroc(can, cannot) + auroc(cannot, can) == pytest.approx(1, abs=1e-3)


KEPT_AND_RANK = st.tuples(st.booleans(), st.none() | st.integers(1, 10))


@settings(deadline=None, max_examples=20)
@given(st.lists(KEPT_AND_RANK, min_size=1, max_size=12))
def test_an_interval_includes_its_figure(rows: list[tuple[bool, int | None]]) -> None:
    results = [a_result(rank, answered=answered) for answered, rank in rows]
    values = figures(results)
    for name, interval in intervals(results, FEW).items():
        value = values[name]
        assert value is not None
        assert interval is not None
        assert 0 <= interval[0] <= value <= interval[1] <= 1


def test_each_measure_has_an_interval_that_includes_it() -> None:
    results = [
        a_result(1 + n % 4, pages=(n % 3 > 0,), stated=(n % 2 > 0,), answered=n % 5 > 0, confidence=n / 20)
        if n % 4
        else a_result(answered=n % 8 > 0, confidence=n / 40)
        for n in range(20)
    ]
    values, ranges = figures(results), intervals(results)
    assert list(ranges) == list(MEASURES)
    for name, interval in ranges.items():
        value = values[name]
        assert value is not None
        assert interval is not None, name
        assert interval[0] <= value <= interval[1], name


@pytest.mark.thorough
def test_intervals_are_the_same_each_time() -> None:
    """The ranks vary so much that a different set of samples would change the fourth decimal place."""
    before, now = ([a_result(1 + (n * step) % 10, id=str(n)) for n in range(60)] for step in (3, 7))
    assert intervals(now, ["mrr@10"]) == intervals(list(now), ["mrr@10"])
    assert differences(before, now, ["mrr@10"]) == differences(before, now, ["mrr@10"])
    assert width(now, "mrr@10") > 0.1


def test_an_interval_fits_the_number_of_questions_and_shrinks_with_more() -> None:
    interval = intervals(answerable([True, False] * 50), ["kept"])["kept"]
    assert interval == pytest.approx((0.4, 0.6), abs=0.02)  # ½ ± 1.96 · √(½ · ½ / 100)
    widths = [width(answerable([True, False] * half), "kept") for half in (2, 8, 32, 128)]
    assert all(wide > 1.5 * narrow > 0 for wide, narrow in pairwise(widths))


def test_the_interval_of_equal_results_has_no_width() -> None:
    assert intervals(answerable([True] * 5), FEW) == {"kept": (1.0, 1.0), "mrr@10": (1.0, 1.0)}
    assert intervals([a_result(3)] * 5, ["mrr@10"]) == {"mrr@10": (0.3333, 0.3333)}
    assert intervals([a_result(None)], ["mrr@10"]) == {"mrr@10": (0.0, 0.0)}


def test_a_measure_of_no_questions_has_no_interval() -> None:
    assert intervals([]) == dict.fromkeys(MEASURES)
    assert intervals([a_result(answered=False)] * 3, ["kept", "refused", "auroc"]) == {
        "kept": None,
        "refused": (1.0, 1.0),
        "auroc": None,
    }


def test_samples_without_a_value_do_not_count_as_zero() -> None:
    results = [a_result(1, confidence=0.9, stated=(True,)), a_result(answered=False, confidence=0.1)]
    ranges = intervals(results)
    others = {name: interval for name, interval in ranges.items() if interval != (1.0, 1.0)}
    assert others == {"page": None, "calibration_error": (0.1, 0.1)}


def test_a_run_gains_nothing_over_itself() -> None:
    results = [*answerable([True, False, True, False]), a_result(id="none", answered=False, confidence=0.2)]
    gained = differences(results, results)
    assert gained.pop("page") is None
    assert gained == dict.fromkeys(gained, (0.0, (0.0, 0.0)))


def test_a_gain_compares_each_question_with_itself() -> None:
    """The ranks differ, but each question gains the same amount, so the paired interval has no width."""
    before = [a_result(None if n % 2 else 2, id=str(n)) for n in range(20)]
    now = [a_result(2 if n % 2 else 1, id=str(n)) for n in range(20)]
    assert differences(before, now[::-1], ["mrr@10"]) == {"mrr@10": (0.5, (0.5, 0.5))}
    assert differences(now, before, ["mrr@10"]) == {"mrr@10": (-0.5, (-0.5, -0.5))}
    assert width(before, "mrr@10") > 0.1


def test_a_gain_and_its_interval_are_those_computed_by_hand() -> None:
    before, now = answerable([False] * 50 + [True] * 50), answerable([False] * 40 + [True] * 60)
    gained = differences(before, now, ["kept", "mrr@10"])
    assert gained["kept"] is not None
    gain, interval = gained["kept"]
    assert gain == pytest.approx(0.1)
    assert interval == pytest.approx((0.1 - 1.96 * 0.03, 0.1 + 1.96 * 0.03), abs=0.015)  # √(0.1 · 0.9 / 100) = 0.03
    assert gained["mrr@10"] == (0.0, (0.0, 0.0))


@pytest.mark.thorough
@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(KEPT_AND_RANK, KEPT_AND_RANK), min_size=1, max_size=8))
def test_a_gain_of_one_run_is_a_loss_of_the_other(
    rows: list[tuple[tuple[bool, int | None], tuple[bool, int | None]]],
) -> None:
    first, second = (
        [a_result(row[side][1], id=str(n), answered=row[side][0]) for n, row in enumerate(rows)] for side in (0, 1)
    )
    there, back = differences(first, second, FEW), differences(second, first, FEW)
    for name in FEW:
        gain, loss = there[name], back[name]
        assert gain is not None
        assert loss is not None
        assert gain[0] == pytest.approx(-loss[0])
        assert gain[1] == pytest.approx((-loss[1][1], -loss[1][0]), abs=1e-4)
        assert gain[1][0] - 1e-4 <= gain[0] <= gain[1][1] + 1e-4


def test_questions_that_only_one_run_has_are_left_out() -> None:
    before = [a_result(None, id="both"), a_result(1, id="before"), a_result(id="gone")]
    now = [a_result(None, id="now"), a_result(1, id="both"), a_result(None, id="new")]
    gained = differences(before, now, ["recall@1", "refused"])
    assert gained == {"recall@1": (1.0, (1.0, 1.0)), "refused": None}


@pytest.mark.parametrize(
    ("before", "now"), [([], []), ([a_result(1)], []), ([], [a_result(1)]), ([a_result(1)], [a_result(1, id="other")])]
)
def test_runs_without_common_questions_have_no_gains(before: list[Result], now: list[Result]) -> None:
    assert differences(before, now) == dict.fromkeys(MEASURES)
