"""Example questions made from what is indexed, so that each has something to answer it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Form, Kind, Report
from index.search.filtering import report_day


def example_questions(reports: Sequence[Report]) -> tuple[str, ...]:
    """Up to four questions over the latest reports: a finding, a grade, what to improve, a theme."""
    recent = sorted((r for r in reports if r.authority), key=lambda r: (report_day(r), r.id), reverse=True)
    graded = next((report for report in recent if report.judgements and report.kind is Kind.ILACS), None)
    visit = next((report for report in recent if report.form is Form.LETTER), None)
    questions = []
    if graded:
        questions.append(f"How was {graded.authority} rated at its latest inspection?")
        questions.append(f"How well are care leavers supported in {graded.authority}?")
    if visit:
        questions.append(f"What needs to improve in {visit.authority}?")
    if recent:
        questions.append("Where do care leavers get a personal adviser too late?")
    return tuple(questions)
