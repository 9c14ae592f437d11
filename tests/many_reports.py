"""Short reports about many invented authorities, for tests of long lists."""

from __future__ import annotations

from pathlib import Path

AUTHORITIES = (
    "Ambleford", "Brackenby", "Cindermoor", "Dunfold", "Elverton", "Farrowdale", "Gildersby", "Hexworthy", "Inglestow",
    "Jarnham", "Kelverdale", "Lindmoor", "Marlethorpe", "Nettlesby", "Oxendale", "Pemberwick", "Quillerton", "Rushmere",
    "Stavelock", "Thornwick", "Ulverby", "Venmoor", "Winterfold", "Yaxby",
)  # fmt: skip
"""The authorities, each with one report of a full inspection in 2023, graded Good overall."""
CHANGED = "Dunfold"
"""An authority that was judged inadequate in 2019, before it was judged good."""
_REPORT = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Inspection of {name} local authority children’s services</title>
</head><body><main>
<h1>Inspection of {name} local authority children’s services</h1>
<p>Inspection dates: {dates}</p>
<p>Lead inspector: Ada Quill, His Majesty’s Inspector</p>
<table><tr><th>Judgement</th><th>Grade</th></tr>
<tr><td>The impact of leaders on social work practice with children and families</td><td>{grade}</td></tr>
<tr><td>Overall effectiveness</td><td>{grade}</td></tr></table>
<h2>The impact of leaders</h2>
<p>Supervision in {name} takes place every month, and managers record what was agreed.</p>
</main></body></html>
"""


def write_reports(folder: Path) -> Path:
    """Write all reports, and return their folder. Only the file names contain the dates of publication."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(AUTHORITIES, 1):
        _write(folder, name, f"{number} to {number + 4} September 2023", "Good", "20 October 2023")
    _write(folder, CHANGED, "6 to 17 May 2019", "Inadequate", "1 July 2019")
    return folder


def _write(folder: Path, name: str, dates: str, grade: str, published: str) -> None:
    file = f"{name}-childrens-services-inspection-{published}.html".lower().replace(" ", "-")
    (folder / file).write_text(_REPORT.format(name=name, dates=dates, grade=grade), encoding="utf-8")
