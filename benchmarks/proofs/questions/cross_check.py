"""Compare the facts that the key uses with the grades that another tool collected."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.proofs.questions.key import CARE_LEAVERS, GRADES, HELP, IN_CARE, LEADERS, OVERALL, Inspected, load

_AREAS = {
    "overall": OVERALL,
    "leaders": LEADERS,
    "help_and_protection": HELP,
    "in_care": IN_CARE,
    "care_leavers": CARE_LEAVERS,
}
_LEAST_AGREEING = 0.995


def prove(proof: Proof, path: Path) -> None:
    """Compare each grade that both sources contain. Values that are not grades are left out."""
    if not path.is_file():
        proof.add("key: grades that another tool collected", "not there")
        return
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    differences, compared = differing(rows, load())
    proof.add("key: grades that another tool also collected", compared, "≥", 1)
    share = 1 - len(differences) / compared if compared else 0.0
    proof.add("key: share of them that agree", share, "≥", _LEAST_AGREEING)
    print("\n".join(f"    {difference}" for difference in differences))


def differing(rows: list[dict[str, object]], reports: tuple[Inspected, ...]) -> tuple[list[str], int]:
    """Return the grades that differ, and how many were compared. Inspections are matched by authority and last day."""
    by_place = {(_folded(report.authority), report.last): report for report in reports if report.is_graded}
    differences, compared = [], 0
    for row in rows:
        report = by_place.get((_folded(str(row["authority"])), str(row["inspected_to"])))
        grades = row["grades"]
        if report is None or not isinstance(grades, dict):
            continue
        for name, theirs in grades.items():
            ours = report.grade(_AREAS[name]) if name in _AREAS else None
            if theirs in GRADES and ours is not None:
                compared += 1
                if ours != theirs:
                    differences.append(f"{report.authority} {report.last}, {name}: {ours}, the other tool: {theirs}")
    return differences, compared


def _folded(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalpha())
