"""Figures and their bounds, printed as a table and then as one line of JSON."""

from __future__ import annotations

import json
import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "≥": operator.ge,
    "≤": operator.le,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that was measured, with a bound if it must meet one."""

    name: str
    value: float | str
    relation: str = ""
    bound: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value meets its bound. A figure without a bound always passes."""
        if self.bound is None:
            return True
        return isinstance(self.value, int | float) and _COMPARE[self.relation](self.value, self.bound)


@dataclass(slots=True)
class Proof:
    """The figures that one command measures."""

    name: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, name: str, value: float | str, relation: str = "", bound: float | None = None) -> None:
        """Add a figure and print it at once, because a proof can take an hour."""
        figure = Figure(name, value, relation, bound)
        self.figures.append(figure)
        shown = f"{value:.4g}" if isinstance(value, float) else str(value)
        against = f"{relation} {bound}" if bound is not None else ""
        mark = "" if bound is None else "ok" if figure.holds else "SHORT"
        print(f"{name:<58}{shown:>16}  {against:<12}{mark}", flush=True)

    def finish(self) -> None:
        """Print all the figures as one line of JSON. Exit with status 0 only if every bound is met."""
        holds = all(figure.holds for figure in self.figures)
        values = {figure.name: figure.value for figure in self.figures}
        print(json.dumps({"proof": self.name, "holds": holds, "figures": values}, ensure_ascii=False))
        sys.exit(0 if holds else 1)
