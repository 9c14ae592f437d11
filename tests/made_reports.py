"""Makes reports with given facts, and stores that contain them, for tests of answers that need only facts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from corpus.types import Form, Grading, Judgement, Kind, Report
from index.storage.rows import StoredReport
from index.storage.store import Store

AREAS = {
    "overall": "Overall effectiveness",
    "leaders": "The impact of leaders on social work practice with children and families",
    "help": "The experiences and progress of children who need help and protection",
    "care": "The experiences and progress of children in care",
    "leavers": "The experiences and progress of care leavers",
    "joint": "The experiences and progress of children in care and care leavers",
}
"""The areas of an inspection as reports print them, by short name."""
GRADES = {"o": "Outstanding", "g": "Good", "r": "Requires improvement to be good", "i": "Inadequate"}


def inspection(
    authority: str,
    ended: str,
    grades: str = "",
    *,
    kind: Kind = Kind.ILACS,
    published: str = "",
    lead: str = "",
    unread: str = "",
) -> Report:
    """Return the report of an inspection. An example of ``grades`` is "overall=g leaders=r".

    ``unread`` has the areas whose grades could not be read, such as "care leavers".
    """
    key = f"{authority} {ended} {kind} {grades} {published} {unread}"
    sha256 = hashlib.sha256(key.encode()).hexdigest()
    pairs = (pair.split("=") for pair in grades.split())
    judgements = tuple(Judgement(AREAS[area], GRADES[grade], 1) for area, grade in pairs)
    return Report(
        id=sha256[:16],
        file=f"{authority.lower()}-{ended}.pdf",
        title=f"Inspection of {authority}",
        form=Form.REPORT if kind is Kind.ILACS else Form.LETTER,
        media_type="application/pdf",
        page_count=8,
        sha256=sha256,
        authority=authority,
        kind=kind,
        inspected_from=date.fromisoformat(ended),
        inspected_to=date.fromisoformat(ended),
        published=date.fromisoformat(published) if published else None,
        published_source="text" if published else None,
        lead_inspector=lead or None,
        judgements=judgements,
        missing_areas=tuple(AREAS[area] for area in unread.split()),
        grading=Grading.GRADED if judgements else Grading.NOT_JUDGED,
    )


def store_of(reports: Sequence[Report], folder: Path) -> Store:
    """Return a store of reports without passages."""
    path = folder / "store.sqlite"
    Store.write(path, [StoredReport(report, (), (), None, "2026-01-01T00:00:00+00:00") for report in reports])
    return Store(path)
