"""Adds a note if the reports cited are not the latest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.types import OTHER_KINDS, Form, Kind, Report
from index.search.filtering import report_day
from qa_service.answering.facts.grades import graded
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import named_by_date, subject_of


def note_later_reports(
    question: Interpretation, cited: Sequence[Report], reports: Iterable[Report], *, grades: bool = False
) -> str:
    """Name the latest report on each authority that is named and cited, if it is newer or if the question asks for it.

    ``grades`` means that the answer shows grades. If it does, name a later report that gives grades first.

    Articles do not count, because each visit that they describe has a report of its own. Reports on area SEND
    inspections are compared only with each other. So are reports on a council's services, and reports of each kind that
    has no rules of its own, such as peer challenges.
    """
    candidates = [report for report in reports if report.form is not Form.ARTICLE]
    notes = []
    for name in dict.fromkeys(report.authority for report in cited if report.authority in question.authorities):
        subjects = {_subject(report) for report in cited if report.authority == name}
        subject = Kind.AREA_SEND if Kind.AREA_SEND in subjects else None if None in subjects else min(subjects, key=str)
        comparable = [r for r in candidates if r.authority == name and _subject(r) is subject]
        latest = max(comparable, key=report_day, default=None)
        newest_cited = max((report for report in cited if report.authority == name), key=report_day)
        if latest is None or not report_day(latest).year > 1:
            continue
        later = [report for report in comparable if report_day(report) > report_day(newest_cited)]
        regraded = max((r for r in later if grades and graded(r)), key=report_day, default=None)
        if regraded:
            notes.append(f"{name} was graded again at its {named_by_date(regraded)}.")
        if later and latest is not regraded:
            a_later = f"{'also ' if regraded else ''}a later report"
            notes.append(f"There is {a_later} about {name}, {subject_of(latest, 'its')}.")
        elif not later and question.latest:
            notes.append(f"The latest report about {name} is {subject_of(latest)}.")
    return " ".join(notes)


def _subject(report: Report) -> Kind | None:
    """Return the kind of a report if it is compared only with reports of the same kind.

    None for a report on a council's services.
    """
    return report.kind if report.kind is Kind.AREA_SEND or report.kind in OTHER_KINDS else None
