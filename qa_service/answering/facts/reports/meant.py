"""Works out which reports a question for a date or a person means, and says so if there are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import FULL_INSPECTIONS, Kind, Report
from index.search.filtering import report_day
from qa_service.answering.facts.changes import find_changes
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.reports.finding import find_reports, since_words
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.answering.facts.wording import kind_noun, report_words
from qa_service.types import Summary
from qa_service.understanding.conditions.assembly.fillers import OF_EACH
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import Conditions, GradeChange, Wanted
from qa_service.wording import in_list, subject_of

_ANY_REPORT = re.compile(r"\b(?:reports?|visited|inspected or visited|inspections? or visits?)\b", re.IGNORECASE)
_DATES = re.compile(r"\b(?:dates|days|inspectors|visits|inspections|when (?:were|have|are))\b")
"""Words that ask for several dates or people."""
SENTENCES = 5
"""Maximum number of sentences in a summary. We chose this value by judgement."""


def time_words(scope: FactScope, *, of_inspections: bool = False) -> str:
    """Return words for a time after "reports": "from 2024". After "inspections" or "visits", this is "in 2024"."""
    named_kinds = of_inspections or kind_noun(scope.question.conditions.kinds, 1) != "report"
    since = since_words(scope)
    if scope.question.conditions.since_inspection is not None:
        return since
    return f"{in_words(scope.question, of_reports=True, of_inspections=named_kinds)}{since}"


def about_whom(scope: FactScope) -> str:
    """Return the authorities that a question names, in words to put after "report"."""
    return f" about {in_list(named(scope))}" if named(scope) else ""


def of_each(scope: FactScope) -> bool:
    """Whether a question asks for the dates or people of all authorities: "of each authority"."""
    return not named(scope) and bool(OF_EACH.search(scope.question.text.lower()))


def which_authority(scope: FactScope) -> FactAnswer | None:
    """Ask which authority a question for one date or one person means. None if this is clear."""
    question = scope.question
    several = question.conditions.which or question.conditions.grades or _DATES.search(question.text.lower())
    if named(scope) or several or of_each(scope) or len(scope.authorities) == 1:
        return None
    sentence = "Your question does not say which authority you mean. Ask again with its name."
    return FactAnswer((), Summary(sentence), answered=False)


def none_of_that_time(scope: FactScope) -> FactAnswer | None:
    """Say that no report of that kind is from the time in the question, and which report is the latest."""
    about = reports_about(scope)
    if not about:
        return None
    none = f"We have no {report_words(scope.question.conditions.kinds, 1, named(scope))}"
    latest = f"The latest report{about_whom(scope)} is {subject_of(about[0])}."
    sentence = f"{none}{time_words(scope)}. {latest}"
    return FactAnswer((), Summary(sentence), answered=False)


def reports_meant(scope: FactScope) -> list[Report]:
    """Return the reports that a question for a date or a person means: the ones that it names, or else the latest."""
    question = scope.question
    changes = [c for c in question.conditions.grades if isinstance(c, GradeChange)]
    if changes:
        reports = [scope.report(pair.after) for pair in reversed(find_changes(scope, changes[0]))]
    else:
        reports = find_reports(scope) or visits_meant(scope)
    by_authority: dict[str | None, list[Report]] = {}
    for report in reports:
        by_authority.setdefault(report.authority, []).append(report)
    which = question.conditions.which
    closed = [period for period in question.periods if period.exact]
    chosen: list[Report] = []
    for listed in by_authority.values():
        if which and which.value == "each":
            chosen += listed
        elif which and which.value == "first":
            chosen += listed[-1:]
        elif which and which.value == "previous":
            chosen += listed[1:2]
        elif (question.conditions.grades or _DATES.search(question.text.lower())) and not which:
            chosen += listed
        elif closed and not which:
            chosen += _full_first(listed, question.conditions.kinds)
        else:
            chosen += (listed if means_any_report(scope) else _full_first(listed, question.conditions.kinds))[:1]
    several = question.conditions.grades or _DATES.search(question.text.lower()) or of_each(scope)
    return (
        chosen
        if named(scope) or several
        else _globally(chosen, which.value if which else "", question.conditions.wanted)
    )


def means_any_report(scope: FactScope) -> bool:
    """Whether a question asks for dates of reports of any kind: "the latest report of each authority"."""
    return not scope.question.conditions.kinds and bool(_ANY_REPORT.search(scope.question.text))


def visits_meant(scope: FactScope) -> list[Report]:
    """Return the reports of any kind that fit a question about inspections: "the 2025 inspection" may be a visit."""
    if tuple(scope.question.conditions.kinds) != INSPECTIONS:
        return []
    return find_reports(of_kinds(scope, ()))


def of_kinds(scope: FactScope, kinds: tuple[Kind, ...]) -> FactScope:
    """Return the scope of the same question about other types of inspection."""
    return with_conditions(scope, replace(scope.question.conditions, kinds=kinds))


def with_conditions(scope: FactScope, conditions: Conditions) -> FactScope:
    """Return the scope of the same question with other conditions."""
    return replace(scope, question=replace(scope.question, conditions=conditions))


def _globally(reports: list[Report], which: str, wanted: Wanted) -> list[Report]:
    """If a question names no authority, keep only the latest report, or the first if it asks for that."""
    if not reports or wanted not in (Wanted.DATE, Wanted.PERSON):
        return reports
    ordered = sorted(reports, key=report_day)
    return ordered[:1] if which == "first" else ordered[-1:]


def _full_first(reports: Sequence[Report], kinds: Sequence[Kind]) -> list[Report]:
    """Return only the full inspections if "inspection" may mean them, or else all the reports."""
    if kinds and tuple(kinds) != INSPECTIONS:
        return list(reports)
    full = [report for report in reports if report.kind in FULL_INSPECTIONS]
    return full or list(reports)


def reports_about(scope: FactScope) -> list[Report]:
    """Return all reports about the authorities that a question names, newest first."""
    names = named(scope)
    reports = [report for report in scope.reports if not names or report.authority in names]
    return sorted(reports, key=lambda report: (report_day(report), report.id), reverse=True)
