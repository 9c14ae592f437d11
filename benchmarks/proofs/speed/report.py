"""The figures of a whole run as they stand in ``docs/``: a table in the text, and a picture beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.proofs.speed.processes import OURS, PEERS

_BEGIN, _END = "<!-- figures: written by make prove-speed -->", "<!-- end of figures -->"
_CALLED = {
    OURS: "here",
    "txtai_hybrid": "txtai",
    "haystack_hybrid": "Haystack",
    "llama_index_simple": "llama-index",
    "chroma": "Chroma",
}
_WIDTH, _LEFT, _RIGHT, _BAR, _GAP = 720, 110, 90, 16, 34
_INK, _OURS, _OTHERS = "#505a5f", "#1d70b8", "#b1b4b6"
Values = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table: what was measured, the name of each system's figure, and of the one that has a bound."""

    told: str
    of_each: str
    bounded: str


_ROWS = (
    _Row("building from PDF, passages a CPU second", "build: {} (default), passages a CPU second",
         "build: ours, as a multiple of the best (default)"),
    _Row("the same, others in bf16", "build: {} (bf16), passages a CPU second",
         "build: ours, as a multiple of the best (bf16)"),
    _Row("adding one report to 153, embedding apart, s", "adding one: {}, seconds",
         "adding one: the best of the others' seconds, as a multiple of ours"),
    _Row("start of a process to its first answer, s", "start: {}, seconds to the first answer",
         "start: the best of the others, as a multiple of ours"),
    _Row("a question, p50, ms", "a question: {}, p50, milliseconds", "a question: txtai's p50, as a multiple of ours"),
    _Row("a question, p95, ms", "a question: {}, p95, milliseconds", "a question: txtai's p95, as a multiple of ours"),
    _Row("memory while answering, one process, MB", "memory: {}, MB",
         "memory: ours, as a share of the best of the others"),
    _Row("disk, bytes a passage", "disk: {}, bytes a passage", "disk: ours, as a share of txtai's"),
)  # fmt: skip


def write(proof: Proof, docs: Path) -> None:
    """Put the table into ``speed.md`` in place of the one that is there, and the picture beside it."""
    page = docs / "speed.md"
    before, rest = page.read_text(encoding="utf-8").split(_BEGIN)
    _, after = rest.split(_END)
    page.write_text(f"{before}{_BEGIN}\n{_table(proof)}\n{_END}{after}", encoding="utf-8")
    values: Values = {figure.name: figure.value for figure in proof.figures}
    (docs / "speed.svg").write_text(_picture(values), encoding="utf-8")


def _table(proof: Proof) -> str:
    figures = {figure.name: figure for figure in proof.figures}
    lines = [f"| | {' | '.join(_CALLED.values())} | ratio | bound | |", "|---" * (len(_CALLED) + 4) + "|"]
    for row in _ROWS:
        cells = [
            _shown(figures[name].value) if (name := row.of_each.format(each)) in figures else "" for each in _CALLED
        ]
        ratio = figures[row.bounded]
        held = "holds" if ratio.holds else "short"
        lines.append(
            f"| {row.told} | {' | '.join(cells)} | {ratio.value:.2f} | {ratio.relation} {ratio.bound} | {held} |"
        )
    return "\n".join(lines)


def _picture(values: Values) -> str:
    """Bars for each measure, each drawn to its own scale."""
    parts, y = [], 8
    for row in _ROWS:
        found = {each: values[name] for each in (OURS, *PEERS) if (name := row.of_each.format(each)) in values}
        numbers = {each: float(value) for each, value in found.items()}
        if not numbers:
            continue
        y += 18
        parts.append(f'<text x="0" y="{y}" font-weight="bold">{escape(row.told)}</text>')
        for each, number in numbers.items():
            length = (_WIDTH - _LEFT - _RIGHT) * number / max(numbers.values())
            y += _BAR + 4
            colour = _OURS if each == OURS else _OTHERS
            parts.append(f'<text x="{_LEFT - 8}" y="{y}" text-anchor="end">{_CALLED[each]}</text>')
            parts.append(f'<rect x="{_LEFT}" y="{y - 12}" width="{length:.1f}" height="{_BAR}" fill="{colour}"/>')
            parts.append(f'<text x="{_LEFT + length + 6:.1f}" y="{y}">{_shown(number)}</text>')
        y += _GAP - 18
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" role="img" '
        f'aria-label="The table’s figures as bars" font-family="sans-serif" font-size="13" fill="{_INK}">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    )


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.2g}"
