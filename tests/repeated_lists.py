"""Reports of one invented authority whose lists ask for the same improvement twice, for tests of the register."""

from __future__ import annotations

from pathlib import Path

AUTHORITY = "Dunsmere"
REPEATED = "The frequency and quality of the supervision of social workers."
_OTHERS = ("The timeliness of initial health assessments.", "The range of homes for children in care.")
_VISITS = (("3 to 7 June 2019", "9 July 2019", 0), ("9 to 13 May 2022", "20 June 2022", 1))
_STILL = "Supervision of social workers is still too infrequent, and its quality is poor."


def write_reports(folder: Path) -> list[Path]:
    """Write two inspection reports as web pages, and return their paths."""
    return [_write(folder, *visit) for visit in _VISITS]


def _write(folder: Path, days: str, published: str, number: int) -> Path:
    items = "".join(f"<li>{item}</li>" for item in (REPEATED, _OTHERS[number]))
    said = _STILL if number else "Leaders know their services well, and partners share what they know in good time."
    path = folder / f"dunsmere-{number}.html"
    path.write_text(
        f"<html><head><title>Inspection of {AUTHORITY} local authority children’s services</title></head><body><main>"
        f"<h1>Inspection of {AUTHORITY} local authority children’s services</h1><p>Inspection dates: {days}</p>"
        f"<p>Published: {published}</p><h2>What needs to improve</h2><ul>{items}</ul>"
        f"<h2>The impact of leaders</h2><p>{said} Staff are proud of the families whom they help.</p></main></body></html>",
        encoding="utf-8",
    )
    return path
