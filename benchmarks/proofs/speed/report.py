"""Write the figures of a complete run into ``docs/``, as a table and a bar chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.proofs.speed.processes import OURS

_BEGIN, _END = "<!-- figures: written by make prove-speed -->", "<!-- end of figures -->"
_NAMES = {
    OURS: "here",
    "txtai_hybrid": "txtai",
    "haystack_hybrid": "Haystack",
    "llama_index_simple": "llama-index",
    "chroma": "Chroma",
}
_OUR_COLOUR, _OTHER_COLOUR = "#1d70b8", "#b1b4b6"
_WIDTH, _BAR, _HEADING = 7.2, 0.21, 0.5
"""The width of the picture, the height of a bar, and the space for the heading of a measure, in inches."""
Values = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row in the table, with the name of each system's figure and the name of the figure that has a bound."""

    label: str
    figure: str
    bounded: str


_ROWS = (
    _Row("building from PDF, passages per CPU second", "build: {} (default), passages per CPU second",
         "build: our rate / the best other system (default)"),
    _Row("the same, with the others in bf16", "build: {} (bf16), passages per CPU second",
         "build: our rate / the best other system (bf16)"),
    _Row("adding a report to 153, without embedding, s", "adding a report: {}, seconds",
         "adding a report: time of the best other system / ours"),
    _Row("starting a process and answering, s", "start: {}, seconds to the first answer",
         "start: time of the best other system / ours"),
    _Row("answering a question, p50, ms", "a question: {}, p50, milliseconds", "a question: p50 of txtai / ours"),
    _Row("answering a question, p95, ms", "a question: {}, p95, milliseconds", "a question: p95 of txtai / ours"),
    _Row("memory of one process while answering, MB", "memory: {}, MB", "memory: ours / the best other system"),
    _Row("disk, bytes per passage", "disk: {}, bytes per passage", "disk: ours / txtai"),
)  # fmt: skip


def write(proof: Proof, docs: Path) -> None:
    """Replace the table in ``speed.md`` and draw ``speed.svg``."""
    page = docs / "speed.md"
    before, rest = page.read_text(encoding="utf-8").split(_BEGIN)
    _, after = rest.split(_END)
    page.write_text(f"{before}{_BEGIN}\n{table(proof)}\n{_END}{after}", encoding="utf-8")
    draw({figure.name: figure.value for figure in proof.figures}, docs / "speed.svg")


def table(proof: Proof) -> str:
    """Return the figures of a complete run as a Markdown table. Raises KeyError if a measure is missing."""
    figures = {figure.name: figure for figure in proof.figures}
    lines = [f"| | {' | '.join(_NAMES.values())} | ratio | bound | |", "|---" * (len(_NAMES) + 4) + "|"]
    for row in _ROWS:
        cells = [
            _shown(figures[name].value) if (name := row.figure.format(system)) in figures else "" for system in _NAMES
        ]
        ratio = figures[row.bounded]
        outcome = "holds" if ratio.holds else "short"
        lines.append(
            f"| {row.label} | {' | '.join(cells)} | {ratio.value:.2f} | {ratio.relation} {ratio.bound} | {outcome} |"
        )
    return "\n".join(lines)


def draw(values: Values, picture: Path) -> None:
    """Draw the figures as bars, with a scale for each measure."""
    import matplotlib as mpl  # it takes seconds to import
    from matplotlib.figure import Figure

    measures = [(row.label, numbers) for row in _ROWS if (numbers := _numbers(row, values))]
    heights = [_BAR * len(numbers) for _, numbers in measures]
    height = sum(heights) + _HEADING * len(heights)
    # The picture keeps text as text, and the same figures always produce the same file.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "speed", "font.size": 9}):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.subplots(len(measures), 1, height_ratios=heights, squeeze=False)[:, 0]
        for axis, (label, numbers) in zip(axes, measures, strict=True):
            names = [_NAMES[system] for system in numbers]
            colours = [_OUR_COLOUR if system == OURS else _OTHER_COLOUR for system in numbers]
            bars = axis.barh(names, list(numbers.values()), color=colours, height=0.75)
            axis.bar_label(bars, [_shown(number) for number in numbers.values()], padding=4)
            axis.set_title(label, loc="left", fontweight="bold", fontsize=9)
            axis.invert_yaxis()
            axis.margins(x=0.12)
            axis.xaxis.set_visible(False)
            axis.spines[["top", "right", "bottom"]].set_visible(False)
            axis.tick_params(left=False)
        title = "The figures of the table as bars"
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None, "Title": title})


def _numbers(row: _Row, values: Values) -> dict[str, float]:
    names = {system: row.figure.format(system) for system in _NAMES}
    return {system: float(values[name]) for system, name in names.items() if name in values}


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.2g}"
