"""Wording that several messages share."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.dates import in_words
from corpus.types import Kind, Report
from index.search.filtering import report_day

KIND_WORDS = {
    Kind.ILACS: "inspection",
    Kind.SINGLE_INSPECTION: "inspection",
    Kind.SHORT: "inspection",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.AREA_SEND: "area SEND inspection",
    Kind.JOINT_TARGETED: "joint targeted area inspection",
    Kind.LSCB_REVIEW: "safeguarding board review",
}
"""What each kind of inspection is called in a sentence."""


def in_list(names: Sequence[str], last: str = "and") -> str:
    """Join names as in a sentence: "Dudley, Brent and Bolton"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def named_with_authorities(reports: Sequence[Report]) -> str:
    """Name reports by their authorities, kinds and dates: "Brent’s focused visit of 3 June 2021"."""
    return in_list([f"{report.authority}’s {named_by_date(report)}" for report in reports])


def named_by_date(report: Report) -> str:
    """Name a report by its kind and date: "focused visit of 3 June 2021"."""
    kind = KIND_WORDS.get(report.kind, "report") if report.kind else "report"
    return f"{kind} of {in_words(report_day(report))}"
