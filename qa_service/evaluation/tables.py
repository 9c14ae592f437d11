"""The results of an evaluation, as tables for a terminal or as a Markdown list of every question."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from qa_service.evaluation.metrics import Interval, figures, intervals
from qa_service.evaluation.run import Result

SHOWN = ("recall@1", "recall@5", "recall@10", "mrr@10", "answer", "kept", "refused", "auroc")
"""Measures that have a column in the table."""


def figures_table(results: Sequence[Result]) -> str:
    """Return a table of the measures by kind of question, with the totals and their 95% intervals."""
    kinds = sorted({result.question.kind for result in results})
    groups = [(kind, [r for r in results if r.question.kind == kind]) for kind in kinds] + [("ALL", list(results))]
    lines = [_row("kind", "n", SHOWN)]
    for name, group in groups:
        values = figures(group)
        lines.append(_row(name, str(len(group)), [_cell(values[column]) for column in SHOWN]))
    ranges = intervals(results, SHOWN)
    lines.append(_row("95% interval", "", [_range(ranges[column]) for column in SHOWN]))
    lines.append(_speed(results))
    return "\n".join(lines)


def difference_table(gained: Mapping[str, tuple[float, Interval] | None]) -> str:
    """Return a table of the gain in each measure, with its interval.

    A star marks an interval that does not include zero.
    """
    lines = []
    for name, value in gained.items():
        if value is not None:
            gain, (low, high) = value
            star = " *" if low > 0 or high < 0 else ""
            lines.append(f"{name:<12}{gain:>+8.3f}   [{low:+.3f}, {high:+.3f}]{star}")
    return "\n".join(lines) or "The two runs have no questions in common."


def ablation_table(rows: Mapping[str, Mapping[str, tuple[float, Interval] | None]]) -> str:
    """Return a table of how each measure changes if a part is left out.

    A star marks an interval that does not include zero.
    """
    columns = ("recall@5", "recall@10", "mrr@10", "answer", "auroc")
    lines = [f"{'without':<18}" + "".join(f"{column:>26}" for column in columns)]
    for name, values in rows.items():
        lines.append(f"{name:<18}" + "".join(f"{_change(values.get(column)):>26}" for column in columns))
    return "\n".join(lines)


def detail(results: Sequence[Result]) -> str:
    """Return every question and its answer in Markdown, worst results first."""
    return "\n\n".join(_entry(result) for result in sorted(results, key=_badness, reverse=True)) + "\n"


def _entry(result: Result) -> str:
    question = result.question
    lines = [f"## {question.id} · {question.kind} · {result.status} · confidence {result.confidence:.2f}", ""]
    lines += [f"> {earlier}" for earlier in question.history] + [f"**{question.text}**", ""]
    for evidence, rank in zip(question.evidence, result.ranks, strict=True):
        place = f"rank {rank}" if rank else "not among the first ten"
        lines.append(f"- evidence, {place}: {evidence.file}, page {evidence.page}: {evidence.quote}")
    if not question.evidence:
        lines.append("- no evidence: the reports do not answer it")
    lines += [f"- shown: {sentence}" for sentence in result.answer] or ["- nothing shown"]
    return "\n".join(lines)


def _badness(result: Result) -> float:
    if not result.question.evidence:
        return 2.0 * result.answered
    return (1 - result.recall(5)) + (1 - result.states)


def _speed(results: Sequence[Result]) -> str:
    times = sorted(result.milliseconds for result in results)
    if not times:
        return ""
    stages: dict[str, list[float]] = {}
    for result in results:
        for stage, milliseconds in (result.stages or {}).items():
            stages.setdefault(stage, []).append(milliseconds)
    parts = ", ".join(f"{stage} {statistics.median(values):.1f}" for stage, values in stages.items())
    slowest = times[min(len(times) - 1, int(0.95 * len(times)))]
    return f"milliseconds: median {statistics.median(times):.0f}, 95% within {slowest:.0f}; median by stage: {parts}"


def _row(name: str, count: str, cells: Sequence[str]) -> str:
    return f"{name:<14}{count:>5}" + "".join(f"{cell:>15}" for cell in cells)


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _range(interval: Interval | None) -> str:
    return "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"


def _change(value: tuple[float, Interval] | None) -> str:
    if value is None:
        return "–"
    gain, (low, high) = value
    return f"{gain:+.3f} [{low:+.3f}, {high:+.3f}]{'*' if low > 0 or high < 0 else ' '}"
