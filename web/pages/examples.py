"""Example questions about the reports in the index."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Form, Kind, Report
from index.search.filtering import report_day


def example_questions(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return up to four questions: about a grade, a finding, what must improve, and a theme across all reports.

    The first three are about authorities with recent reports that contain the answers.
    """
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
