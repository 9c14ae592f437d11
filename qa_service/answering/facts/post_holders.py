"""Who held the post of director on the day of a letter or a report that names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.dates import in_words
from corpus.types import Form, Kind, Report
from index.search.filtering import report_day
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.types import FactName, Summary
from qa_service.understanding.interpretation import Part
from qa_service.understanding.report_preference import reports_of_time
from qa_service.understanding.times.wording import from_when
from qa_service.wording import capitalised, in_list, subject_of, the_reports

_SENTENCES = 5
"""Maximum number of sentences in a summary. We chose this value by judgement."""
_NOT_NOW = "This shows who held the post on that date. It does not show who holds it now."


def post_holder_answer(scope: FactScope, *, every: bool) -> FactAnswer | None:
    """Return the people whom letters and reports about the named authorities name as directors.

    If ``every`` is true, all of them count, and not only the latest from the time in the question. The result is None
    if none of them names anyone.
    """
    naming = [report for report in scope.reports if report.post_holder and report.authority in named(scope)]
    if not naming:
        return None
    then = reports_of_time(Part(named(scope), scope.question.periods), naming)
    chosen: list[Report] = []
    for name in named(scope):
        of_time = [report for report in naming if report.authority == name and (then is None or report.id in then)]
        of_time.sort(key=_day, reverse=True)
        chosen += of_time if every else of_time[:1]
    if not chosen:
        return _none_of_that_time(scope, naming)
    sentences = [_sentence(report) for report in chosen[:_SENTENCES]]
    items = tuple((FactRow(report, fact=FactName.POST_HOLDER),) for report in chosen)
    notes = [_NOT_NOW, *(_later_words(scope, report) for report in chosen if not every)]
    return FactAnswer(items, Summary(" ".join(sentences)), " ".join(filter(None, notes)))


def _sentence(report: Report) -> str:
    """Say which person a report names. The report does not show that this person is still in post."""
    whom = f"{report.post_holder}, {report.post_held}" if report.post_held else f"{report.post_holder}"
    if report.form is not Form.LETTER:
        return f"{capitalised(the_reports([report]))} names {whom}, for the local authority."
    dated = f"The letter of {in_words(report.published)}" if report.published else "An undated letter"
    post = "" if report.post_held else ". The letter gives no post"
    return f"{dated} about {report.authority} is addressed to {whom}{post}."


def _later_words(scope: FactScope, shown: Report) -> str:
    """If an authority has a report that is later than an area SEND report that names someone, name the latest.

    The pipeline does this for other reports, but compares area SEND inspections only with each other.
    """
    later = [r for r in scope.reports if r.authority == shown.authority and _day(r) > _day(shown)]
    if shown.kind is not Kind.AREA_SEND or not later:
        return ""
    return f"There is a later report about {shown.authority}, {subject_of(max(later, key=_day), 'its')}."


def _none_of_that_time(scope: FactScope, naming: Sequence[Report]) -> FactAnswer:
    """Say that no report from the time in the question names anyone, and give the dates of the reports that do."""
    days = in_list([in_words(_day(report)[0]) for report in sorted(naming, key=_day)])
    times = in_list(list(dict.fromkeys(map(from_when, scope.question.periods))))
    sentence = (
        f"We have no letter or report about {in_list(named(scope), last='or')} {times} that names the director. Those "
        f"that do are dated {days}."
    )
    return FactAnswer((), Summary(sentence), answered=False)


def _day(report: Report) -> tuple[date, str]:
    return report.published or report_day(report), report.id
