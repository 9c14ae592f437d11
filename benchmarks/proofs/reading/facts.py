"""Compare the facts that we read from each report with what people read by eye, and with another tool's grades."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.harness.reports import ReadFile, digest, fold, golden_facts
from benchmarks.harness.service import SHARED
from corpus.types import Judgement, Report

FACTS = ("authority", "form", "kind", "inspected_from", "inspected_to", "published", "published_source")
_OTHER_TOOLS_AREAS = (
    ("in_care", "in care"),
    ("care_leavers", "care leavers"),
    ("help_and_protection", "help and protection"),
    ("leaders", "leaders"),
    ("overall", "overall"),
)
"""The other tool's name for each area, and the words that reports since 2018 use for it. The first match is used."""
_NO_GRADE = ("not_reported", "inspection_pre_dates")
"""How the other tool's values begin when a report does not grade an area."""


@dataclass(slots=True)
class Tally:
    """How many comparisons agreed, and which ones did not."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def take(self, description: str, *, agrees: bool) -> None:
        """Count one comparison."""
        self.total += 1
        self.right += agrees
        if not agrees:
            self.wrong.append(description)

    @property
    def share(self) -> float:
        """The share of comparisons that agreed."""
        return self.right / self.total if self.total else 0.0


def compare_facts(files: Iterable[ReadFile]) -> dict[str, Tally]:
    """Compare each fact about the reports that people have read by eye."""
    truth = golden_facts("facts.jsonl")
    tallies = {name: Tally() for name in (*FACTS, "lead_inspector")}
    for read in files:
        if known := truth.get(read.report.sha256):
            for name in FACTS:
                have, want = _text(getattr(read.report, name)), known[name]
                tallies[name].take(f"{read.path.name}: {name} {have}, by eye {want}", agrees=have == want)
            lead = read.report.lead_inspector
            agrees = (digest(lead) if lead else None) == known["lead_inspector"]
            tallies["lead_inspector"].take(f"{read.path.name}: lead inspector {lead}", agrees=agrees)
    return tallies


def compare_judgements(files: Iterable[ReadFile]) -> tuple[Tally, list[str]]:
    """Compare the cells of each grade table, and list the judgements that are not printed on any page."""
    truth = golden_facts("facts.jsonl")
    cells, invented = Tally(), []
    for read in files:
        if known := truth.get(read.report.sha256):
            have = Counter(_cell(judgement) for judgement in read.report.judgements)
            want = Counter((_plain(row["area"]), _plain(row["grade"]), row["page"]) for row in known["judgements"])
            for cell, count in want.items():
                for place in range(count):
                    cells.take(f"{read.path.name}: not read {cell}", agrees=have[cell] > place)
            invented += [f"{read.path.name}: {cell}" for cell in have - want]
    return cells, invented


def compare_other_tool(files: Iterable[ReadFile]) -> Tally:
    """Compare the grades and dates that another tool collected from inspections since 2018."""
    lines = (SHARED / "eval" / "judgements-dev.jsonl").read_text(encoding="utf-8").splitlines()
    truth: dict[str, dict[str, Any]] = {row["file"]: row for row in map(json.loads, lines)}
    cells = Tally()
    for read in files:
        if known := truth.get(read.path.name):
            have = dict(_other_tools_cells(read.report))
            for area, value in known["grades"].items():
                want = None if value.startswith(_NO_GRADE) else value
                cells.take(f"{read.path.name}: {area} {have.get(area)}, not {value}", agrees=have.get(area) == want)
            for name in ("inspected_from", "inspected_to"):
                date = _text(getattr(read.report, name))
                cells.take(f"{read.path.name}: {name} {date}, not {known[name]}", agrees=date == known[name])
    return cells


def compare_improvements(files: Iterable[ReadFile]) -> tuple[int, int, int, list[str]]:
    """Compare the items in the lists of improvements.

    Returns how many items agree, how many of ours are not printed on any page, how many we missed, and the items that
    differ.
    """
    truth = golden_facts("improvements.jsonl")
    agreeing = extra = missing = 0
    wrong: list[str] = []
    for read in files:
        if known := truth.get(read.report.sha256):
            have = Counter((i.kind.value, i.label, i.page, digest(fold(i.text))) for i in read.report.improvements)
            want = Counter((i["kind"], i["label"], i["page"], i["digest"]) for i in known["items"])
            agreeing += (have & want).total()
            extra, missing = extra + (have - want).total(), missing + (want - have).total()
            wrong += [f"{read.path.name}: {item}" for item in (have - want) + (want - have)]
    return agreeing, extra, missing, wrong


def _other_tools_cells(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the area and the grade of each judgement, in the other tool's words."""
    for judgement in report.judgements:
        area = judgement.area.lower()
        name = next((name for name, words in _OTHER_TOOLS_AREAS if words in area), area)
        yield name, judgement.grade.lower().removesuffix(" to be good")


def _cell(judgement: Judgement) -> tuple[str, str, int]:
    return _plain(judgement.area), _plain(judgement.grade), judgement.page


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).lower()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
