from __future__ import annotations

from typing import Any

import pytest

from qa_service.evaluation.metrics import differences, figures
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result
from qa_service.evaluation.tables import SHOWN, ablation_table, detail, difference_table, figures_table


def a_result(
    kind: str, *ranks: int | None, history: tuple[str, ...] = (), text: str = "How long?", **facts: Any
) -> Result:
    evidence = tuple(GoldenEvidence(f"{n}.pdf", n, f"Words {n}.") for n in range(1, len(ranks) + 1))
    question = GoldenQuestion(facts.pop("id", "q"), kind, text, history, evidence, need_all=False)
    return Result(question, ranks, **{"answered": True, "confidence": 0.9, **facts})


def test_figures_are_shown_by_kind_and_for_all_with_an_interval() -> None:
    results = [a_result("unanswerable", confidence=0.2), a_result("fact", 1, stated=(True,))]
    head, fact, none, every, interval, speed = figures_table(results).splitlines()
    assert head.split() == ["kind", "n", *SHOWN]
    assert fact.split() == ["fact", "1", "1.000", "1.000", "1.000", "1.000", "1.000", "1.000", "–", "–"]
    assert none.split() == ["unanswerable", "1", "–", "–", "–", "–", "–", "–", "0.000", "–"]
    assert every.split() == ["ALL", "2", *["1.000"] * 6, "0.000", "1.000"]
    assert interval.split() == ["95%", "interval", *["1.00–1.00"] * 6, "0.00–0.00", "1.00–1.00"]
    assert len({len(line) for line in (head, fact, none, every, interval)}) == 1
    assert speed.startswith("milliseconds: ")


def test_the_total_is_of_all_questions_and_not_of_the_kinds() -> None:
    results = [a_result("a", 1), a_result("b", None), a_result("b", None), a_result("b", 2)]
    cells = {line.split()[0]: line.split()[1:4] for line in figures_table(results).splitlines()}
    assert cells["a"] == ["1", "1.000", "1.000"]
    assert cells["b"] == ["3", "0.000", "0.333"]
    assert cells["ALL"] == ["4", "0.250", "0.500"]
    assert cells["ALL"][1] == f"{figures(results)['recall@1']:.3f}"


def test_kinds_are_sorted_by_name() -> None:
    lines = figures_table([a_result(kind, 1) for kind in ("place", "fact", "place", "date")]).splitlines()
    assert [line.split()[:2] for line in lines[1:5]] == [["date", "1"], ["fact", "1"], ["place", "2"], ["ALL", "4"]]


def test_without_results_the_table_has_no_figures() -> None:
    lines = figures_table([]).splitlines()
    assert [line.split() for line in lines[1:3]] == [["ALL", "0", *["–"] * 8], ["95%", "interval", *["–"] * 8]]
    assert "milliseconds" not in "".join(lines)


def test_times_are_the_median_and_the_95th_percentile() -> None:
    times = [(9000.0, 3.0), (10.0, 1.0), (20.4, 2.0)]
    results = [a_result("fact", 1, milliseconds=ms, stages={"screen": s, "cite": s / 2}) for ms, s in times]
    line = "milliseconds: median 20, 95% within 9000; median by stage: screen 2.0, cite 1.0"
    assert figures_table(results).splitlines()[-1] == line
    assert figures_table(results[::-1]).splitlines()[-1] == line


def test_the_time_of_a_stage_is_that_of_the_questions_that_reached_it() -> None:
    results = [a_result("fact", 1, milliseconds=1.0, stages=stages) for stages in (None, {}, {"cite": 4.0})]
    assert figures_table(results).endswith("median by stage: cite 4.0")


@pytest.mark.parametrize(
    ("interval", "star"),
    [
        ((0.01, 0.2), True),
        ((-0.2, -0.01), True),
        ((-0.1, 0.2), False),
        ((0.0, 0.2), False),
        ((-0.2, 0.0), False),
        ((0.0, 0.0), False),
    ],
)
def test_a_star_marks_an_interval_without_zero(interval: tuple[float, float], star: bool) -> None:
    line = difference_table({"kept": (0.05, interval)})
    assert line.endswith(" *") is star
    row = ablation_table({"words": {"auroc": (0.05, interval)}}).splitlines()[1]
    assert row.endswith("*") is star
    for text in (line, row):
        assert f"+0.050 [{interval[0]:+.3f}, {interval[1]:+.3f}]" in " ".join(text.split())


def test_each_known_difference_has_a_line_with_its_sign() -> None:
    gained = {"recall@5": (0.1, (0.05, 0.15)), "page": None, "kept": (-0.25, (-0.5, 0.0))}
    assert [line.split() for line in difference_table(gained).splitlines()] == [
        ["recall@5", "+0.100", "[+0.050,", "+0.150]", "*"],
        ["kept", "-0.250", "[-0.500,", "+0.000]"],
    ]


def test_two_runs_without_common_questions_are_reported() -> None:
    message = "The two runs have no questions in common."
    assert difference_table(differences([a_result("fact", 1)], [a_result("fact", 1, id="other")])) == message
    assert difference_table({}) == message


def test_an_ablation_has_a_row_for_each_part_under_its_columns() -> None:
    value = (-0.125, (-0.25, -0.05))
    head, words, times = ablation_table(
        {"words": {"answer": value, "recall@5": (0.0, (0.0, 0.0))}, "times": {}}
    ).splitlines()
    columns = head.split()
    assert columns == ["without", "recall@5", "recall@10", "mrr@10", "answer", "auroc"]
    assert words.split() == ["words", "+0.000", "[+0.000,", "+0.000]", "–", "–", "-0.125", "[-0.250,", "-0.050]*", "–"]
    assert times.split() == ["times", *["–"] * 5]
    assert len(head) == len(words) == len(times)


def test_an_empty_ablation_has_only_its_columns() -> None:
    assert len(ablation_table({}).splitlines()) == 1


def test_a_question_is_shown_with_its_evidence_and_its_answer() -> None:
    result = a_result(
        "fact", 3, None, id="w-7", status="answered", confidence=0.816, answer=("Seven weeks. [1.pdf, page 1]",)
    )
    assert detail([result]) == (
        "## w-7 · fact · answered · confidence 0.82\n"
        "\n"
        "**How long?**\n"
        "\n"
        "- evidence, rank 3: 1.pdf, page 1: Words 1.\n"
        "- evidence, not among the first ten: 2.pdf, page 2: Words 2.\n"
        "- shown: Seven weeks. [1.pdf, page 1]\n"
    )


def test_a_question_without_evidence_or_answer_says_so_below_its_history() -> None:
    text = detail([a_result("none", answered=False, history=("Who waits?", "Where?"), text="And now?")])
    assert "- no evidence: the reports do not answer it\n- nothing shown\n" in text
    assert "- evidence" not in text
    assert text.index("> Who waits?") < text.index("> Where?") < text.index("**And now?**")


def test_the_worst_results_come_first() -> None:
    results = [
        a_result("fact", 1, stated=(True,), id="right"),
        a_result("none", answered=False, id="refused"),
        a_result("fact", 6, stated=(True,), id="late"),
        a_result("fact", 1, stated=(False,), id="unstated"),
        a_result("fact", None, stated=(False,), id="lost"),
        a_result("none", answered=True, id="invented"),
    ]
    heads = [line.split()[1] for line in detail(results).splitlines() if line.startswith("## ")]
    assert heads == ["lost", "invented", "late", "unstated", "right", "refused"]


def test_without_results_the_details_are_empty() -> None:
    assert detail([]).strip() == ""
