"""Whether what is cited is the latest that is held, said in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.dates import in_words
from corpus.types import Form, Kind, Report
from index.search.filtering import report_day
from qa_service.understanding.interpretation import KIND_WORDS, Interpretation


def standing_of(question: Interpretation, told: Sequence[Report], held: Iterable[Report]) -> str:
    """For each authority named and cited, the latest report held, where a later one is or the latest was asked for."""
    # An article is written on a visit that has a report of its own.
    reports = [report for report in held if report.form is not Form.ARTICLE]
    notes = []
    for name in dict.fromkeys(report.authority for report in told if report.authority in question.authorities):
        # An inspection of an area's arrangements for SEND is no later word on a council's services, nor the other way.
        areal = any(r.kind is Kind.AREA_SEND for r in told if r.authority == name)
        about = (r for r in reports if r.authority == name and (r.kind is Kind.AREA_SEND) == areal)
        latest = max(about, key=report_day, default=None)
        cited = max((r for r in told if r.authority == name), key=report_day)
        if latest is None or not report_day(latest).year > 1:
            continue
        what = f"{KIND_WORDS.get(latest.kind, 'report') if latest.kind else 'report'} of {in_words(report_day(latest))}"
        if report_day(latest) > report_day(cited):
            notes.append(f"A later report on {name} is held: the {what}.")
        elif question.latest:
            notes.append(f"The latest report held on {name} is the {what}.")
    return " ".join(notes)
