"""Two inspection reports of one invented authority, added to a collection one after the other, for tests of news."""

from __future__ import annotations

from pathlib import Path

AUTHORITY = "Thornwick"
_REPORT = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Inspection of {name} local authority children’s services</title>
</head><body><main>
<h1>Inspection of {name} local authority children’s services</h1>
<p>Inspection dates: {dates}</p>
<table><tr><th>Judgement</th><th>Grade</th></tr>
<tr><td>The impact of leaders on social work practice with children and families</td><td>{grade}</td></tr>
<tr><td>Overall effectiveness</td><td>{grade}</td></tr></table>
<h2>What needs to improve</h2><ul>{items}</ul>
<h2>The impact of leaders</h2><p>{said}</p>
</main></body></html>
"""


def write_reports(folder: Path) -> list[Path]:
    """Write the two reports as web pages, the earlier one first, and return their paths."""
    return [
        _write(
            folder, "2019", "3 to 7 June 2019", "Inadequate", ["Supervision.", "Caseloads."], "Caseloads are too high."
        ),
        _write(folder, "2023", "4 to 15 September 2023", "Good", ["Homes."], "Supervision is regular and reflective."),
    ]


def write_reissue(folder: Path, grade: str = "Good") -> Path:
    """Write a later issue of the second report, which may correct the grade, and return its path."""
    said = "Supervision is regular and reflective. Caseloads are too high."
    return _write(folder, "2023-again", "4 to 15 September 2023", grade, ["Homes."], said)


def _write(folder: Path, year: str, dates: str, grade: str, items: list[str], said: str) -> Path:
    path = folder / f"thornwick-{year}.html"
    listed = "".join(f"<li>The quality of {item.lower()}</li>" for item in items)
    path.write_text(_REPORT.format(name=AUTHORITY, dates=dates, grade=grade, items=listed, said=said), encoding="utf-8")
    return path
