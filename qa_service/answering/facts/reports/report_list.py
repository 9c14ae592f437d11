"""Lists and counts of reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.grades import AREAS, OVERALL, judgement_of
from corpus.types import Kind, Report
from qa_service.answering.facts.authorities.list_sentences import grades_asked
from qa_service.answering.facts.changes import change_rows, changes_in_time, changes_that_fit
from qa_service.answering.facts.grades import meets_all, shown
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.reports.finding import day_words, find_reports, in_order, is_of_publication
from qa_service.answering.facts.reports.meant import (
    SENTENCES,
    about_whom,
    of_kinds,
    reports_about,
    time_words,
    visits_meant,
    with_conditions,
)
from qa_service.answering.facts.reports.years import numbers_words
from qa_service.answering.facts.types import REPORTS, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import kind_noun, plural, preposition_of, report_words, share_words
from qa_service.types import FactName, Summary
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import Condition, Conditions, CountCondition, GradeChange, Which
from qa_service.understanding.conditions.wording import given_words, sentence_words
from qa_service.understanding.times.wording import Tense
from qa_service.wording import in_list, named_by_date, number_of_verb, share_of, subject_of, the_reports

_GRADES = re.compile(r"\b(?:grades|ratings|judge?ments)\b", re.IGNORECASE)
_RESULTS = re.compile(r"\b(?:outcomes?|results?|grades?|ratings?|verdicts?|judge?ments?)\b", re.IGNORECASE)
_SINGLE: Mapping[Which | None, bool] = {Which.LATEST: False, Which.FIRST: True}
"""The words that ask for a single report. True if they mean the first report, False if they mean the last one."""

_SEND_OUTCOMES = (
    (
        "typically positive experiences and outcomes",
        re.compile(r"\btypically\b.*\bpositive\b", re.IGNORECASE | re.DOTALL),
    ),
    ("inconsistent experiences and outcomes", re.compile(r"\binconsistent\b", re.IGNORECASE)),
    ("widespread or systemic failings", re.compile(r"\b(?:widespread|systemic)\b", re.IGNORECASE)),
)
"""The three outcomes that an area SEND inspection may have, and the words that show each in a report."""


def list_reports(scope: FactScope) -> FactAnswer | None:
    """Return the reports that a question asks for, newest first. None if we have no report about its authorities."""
    question = scope.question
    about = reports_about(scope)
    if not about:
        return None
    change = next((c for c in question.conditions.grades if isinstance(c, GradeChange)), None)
    if change:
        return _list_changes(scope, change)
    reports = find_reports(scope)
    if not reports and question.conditions.led_by and (visits := visits_meant(scope)):
        kinds = tuple(dict.fromkeys(report.kind for report in visits if report.kind))
        scope, reports = of_kinds(scope, kinds), visits
    if question.conditions.asserts:
        whether = _whether_all if question.conditions.of_all else _whether_reports
        return whether(scope, reports, about)
    which = question.conditions.which
    if which in _SINGLE and reports and not question.conditions.counts:
        return _single(scope, reports, first=_SINGLE[which])
    if question.conditions.newest and question.conditions.grades and (graded := _newest_with_grades(scope)):
        return graded
    if (question.conditions.newest or question.conditions.newest_that_fit) and reports:
        return _newest(scope, reports)
    sentence = f"{_count_words(scope, len(reports))}{_of_how_many(scope, reports)}"
    if question.conditions.by_year:
        sentence = numbers_words(scope, reports, sentence)
    notes = (_visits_too(scope, reports), _without_publication(scope, reports), _outcomes_words(scope, reports))
    note = " ".join(filter(None, notes))
    if not reports:
        return _none_of(scope, sentence, about)
    items = _grade_items(scope, reports) or _fitting_items(scope, reports)
    return FactAnswer(items, Summary(sentence, len(reports), len(about), REPORTS), note, total=len(reports))


def _none_of(scope: FactScope, sentence: str, about: Sequence[Report]) -> FactAnswer:
    """Say that no report fits, and list those that we looked at, which prove it."""
    searched = f"{sentence} {_looked_at_words(scope, about)}"
    return FactAnswer(_items(about), Summary(searched, 0, len(about), REPORTS), total=0)


def _single(scope: FactScope, reports: Sequence[Report], *, first: bool) -> FactAnswer:
    """Return the first or the last of the reports."""
    report = _first_or_last(reports, first=first)
    sentence = _single_words(scope, report, "earliest" if first else "latest")
    return FactAnswer(_items([report], _fact_that_fits(scope)), Summary(sentence, 1, len(reports), REPORTS), total=1)


def _looked_at_words(scope: FactScope, about: Sequence[Report]) -> str:
    """Say how many reports we looked at, if none of them fits. They are listed below this sentence."""
    return f"We looked at {plural(len(about), 'report')}{about_whom(scope)}."


def _newest(scope: FactScope, reports: Sequence[Report]) -> FactAnswer:
    """Return as many of the newest reports as a question asks for, newest first."""
    asked = scope.question.conditions
    newest = reports[: asked.newest or asked.newest_that_fit]
    noun, that = report_words(asked.kinds, len(reports), named(scope)), that_give(asked, len(reports))
    sentence = f"We have {len(reports)} {noun}{time_words(scope)}{that}."
    if len(newest) < len(reports):
        these = "This is the newest" if len(newest) == 1 else f"These are the {len(newest)} newest"
        sentence = f"{these} of our {len(reports)} {noun}{time_words(scope)}{that}, by the {day_words(scope)}."
    note = _without_publication(scope, newest)
    summary = Summary(sentence, len(newest), len(reports), REPORTS)
    return FactAnswer(_fitting_items(scope, newest), summary, note, total=len(newest))


def _newest_with_grades(scope: FactScope) -> FactAnswer | None:
    """Return how many of the newest reports give the grades that a question names. None if we have no such reports."""
    asked = scope.question.conditions
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    reports = find_reports(with_conditions(scope, replace(asked, grades=())))[: asked.newest]
    if not reports:
        return None
    met = {report.id: meets_all(report, conditions, any_of=asked.any_of) for report in reports}
    fitting = [report for report in reports if met[report.id]]
    count, of = len(fitting), len(reports)
    one, many = (f"newest {report_words(asked.kinds, number, named(scope))}" for number in (1, 2))
    joint = " or " if asked.any_of else " and "
    give = joint.join(given_words(c, number_of_verb(count, of)) for c in conditions)
    sentence = f"{share_of(count, of, one, many)}{time_words(scope)}, by the {day_words(scope)}, {give}."
    if asked.share and of > 1:
        sentence = f"{sentence} That is {round(100 * count / of)} per cent."
    lacking = sum(fits is None for fits in met.values())
    note = f"{plural(lacking, 'of them gives', 'of them give')} no grade for this." if lacking else ""
    items = tuple(_graded_rows(report, conditions) for report in in_order(scope, fitting or reports))
    return FactAnswer(items, Summary(sentence, count, of, REPORTS), note, total=count)


def _graded_rows(report: Report, conditions: Sequence[Condition]) -> tuple[FactRow, ...]:
    """Return the grades that show if a report meets some conditions or, if it has none, the days of its inspection."""
    judgements = shown(report, conditions)
    return tuple(FactRow(report, judgement) for judgement in judgements) or (FactRow(report, fact=FactName.INSPECTED),)


def _without_publication(scope: FactScope, reports: Sequence[Report]) -> str:
    """Name the reports that a question about publication includes because of the day of their inspection."""
    asked = scope.question.conditions
    of_publication = asked.is_new or asked.newest or asked.newest_that_fit
    lacking = [r for r in reports if not r.published] if of_publication else []
    if not lacking or not is_of_publication(scope):
        return ""
    used = "its inspection" if len(lacking) == 1 else "their inspections"
    return f"We could not find a publication date for {the_reports(lacking)}, so we used the date of {used}."


def _count_words(scope: FactScope, count: int) -> str:
    """Say how many reports fit a question: "We have 2 reports on Brent from 2021 that give Good overall."."""
    asked = scope.question.conditions
    reports = report_words(asked.kinds, count, named(scope))
    return f"We have {count or 'no'} {reports}{time_words(scope)}{that_give(asked, count)}."


def _outcomes_words(scope: FactScope, reports: Sequence[Report]) -> str:
    """Say that area SEND inspections give no grade, if a list of them was asked for with their results."""
    if not reports or scope.question.conditions.kinds[:1] != (Kind.AREA_SEND,):
        return ""
    if not _RESULTS.search(scope.question.text):
        return ""
    said = "Area SEND inspections give no grades. Each report says in words what its outcome is"
    if not _outcomes(scope, reports):
        return f"{said}, so read the report."
    return f"{said}. {_split_of_outcomes(reports)}".strip()


def _split_of_outcomes(reports: Sequence[Report]) -> str:
    """Say how many area SEND inspections had each of the three outcomes. Empty if we know only some of them."""
    found = Counter(_outcome_of(report) for report in reports)
    if len(reports) < 2 or None in found:
        return ""
    return f"{in_list([f'{found[words]} found {words}' for words, _ in _SEND_OUTCOMES if found[words]])}."


def _outcome_of(report: Report) -> str | None:
    """Return the outcome of an area SEND inspection. None if its words fit none of the three, or more than one."""
    printed = " ".join(judgement.grade for judgement in report.judgements)
    fitting = [words for words, expression in _SEND_OUTCOMES if expression.search(printed)]
    return fitting[0] if len(fitting) == 1 else None


def _of_how_many(scope: FactScope, fitting: Sequence[Report]) -> str:
    """Say how many reports grade the area that a count is about, so that people can see what the count is out of.

    Empty for a list.
    """
    asked = scope.question.conditions
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    if not conditions or not fitting or not (asked.counts or asked.share):
        return ""
    every = find_reports(with_conditions(scope, replace(asked, grades=())))
    judged = sum(meets_all(report, conditions, any_of=asked.any_of) is not None for report in every)
    if judged < 2:
        return ""
    share = f", or {round(100 * len(fitting) / judged)} per cent" if asked.share else ""
    return f" That is {len(fitting)} of the {judged} with {grades_asked(conditions)}{share}."


def that_give(asked: Conditions, count: int) -> str:
    """Return words for the grades that a number of reports give: " that give Good overall". Empty if none are asked."""
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    joint = " or " if asked.any_of else " and "
    return f" that {joint.join(given_words(c, count) for c in conditions)}" if conditions else ""


def _single_words(scope: FactScope, report: Report, which: str) -> str:
    """Say which report is the latest or the earliest that fits a question."""
    noun, time = kind_noun(scope.question.conditions.kinds, 1), time_words(scope)
    if noun == "report":
        return f"The {which} report{about_whom(scope)}{time} is {subject_of(report)}."
    whom = f" {preposition_of(noun)} {in_list(named(scope))}" if named(scope) else ""
    name = named_by_date(report)
    one = f"one{name.removeprefix(noun)}" if name.startswith(f"{noun} of") else name
    return f"In our reports, the {which} {noun}{whom}{time} is the {one}."


def _grade_items(scope: FactScope, reports: Sequence[Report]) -> tuple[tuple[FactRow, ...], ...]:
    """If a question asks for the grades in the given reports, return the grades of the area that it names."""
    if outcomes := _outcomes(scope, reports):
        return outcomes
    areas = [area for area in AREAS if area.is_asked_in(scope.question.text)]
    if scope.question.conditions.counts or len(areas) != 1 or not _GRADES.search(scope.question.text):
        return ()
    judgements = ((report, judgement_of(report, areas[0])) for report in reports)
    return tuple((FactRow(report, judgement),) for report, judgement in judgements if judgement)


def _outcomes(scope: FactScope, reports: Sequence[Report]) -> tuple[tuple[FactRow, ...], ...]:
    """Return what each report says the outcome of its area SEND inspection is, if a question asks for results.

    Empty if we could not read the outcome of one of them.
    """
    if scope.question.conditions.kinds != (Kind.AREA_SEND,) or not _RESULTS.search(scope.question.text):
        return ()
    rows = [tuple(FactRow(report, judgement) for judgement in report.judgements) for report in reports]
    return tuple(rows) if rows and all(rows) else ()


def _list_changes(scope: FactScope, change: GradeChange) -> FactAnswer | None:
    """Return each change of grade that a question asks for or counts, with the grades before and after."""
    area = change.area or OVERALL
    everything = changes_in_time(scope, area, change)
    pairs = changes_that_fit(scope, change, everything)
    if not everything:
        return None
    items = tuple(change_rows(scope, pair, area) for pair in pairs or everything[-1:])
    names = sorted({pair.authority for pair in everything})
    whom = in_list(names) if named(scope) else "each authority"
    who = names[0] if len(names) == 1 else "one of them" if named(scope) else "an authority"
    sentence = (
        f"We compared each graded inspection of {whom}{time_words(scope, of_inspections=True)} with the one before "
        f"it. We found {plural(len(pairs), 'inspection')} at which {who} {sentence_words(change, 1, Tense.PAST)}."
    )
    return FactAnswer(items, Summary(sentence, len(pairs), len(everything), "changes", changes=True), total=len(pairs))


def _whether_reports(scope: FactScope, reports: Sequence[Report], about: Sequence[Report]) -> FactAnswer:
    """Answer a yes-or-no question about whether there are reports that fit it."""
    number = scope.question.conditions.number or CountCondition(least=1)
    yes = number.allows(len(reports))
    names_few = yes and 0 < len(reports) <= SENTENCES and named(scope) and not scope.question.conditions.number
    reports_words = f"We have {the_reports(reports)}." if names_few else _count_words(scope, len(reports))
    looked_at = "" if reports else f" {_looked_at_words(scope, about)}"
    sentence = f"{'Yes' if yes else 'No'}. {reports_words}{looked_at}"
    summary = Summary(sentence, len(reports), len(about), REPORTS, yes)
    note = _without_publication(scope, reports)
    return FactAnswer(_fitting_items(scope, reports) or _items(about), summary, note, total=len(reports))


def _whether_all(scope: FactScope, fitting: Sequence[Report], about: Sequence[Report]) -> FactAnswer:
    """Answer a yes-or-no question about whether all reports give a grade. Reports without the grade do not count."""
    asked = scope.question.conditions
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    question = replace(scope.question, conditions=replace(asked, grades=()))
    in_scope = find_reports(replace(scope, question=question))
    judged = [report for report in in_scope if meets_all(report, conditions) is not None]
    count, of = len(fitting), len(judged)
    if not judged:
        return _whether_reports(scope, fitting, about)
    one, many = (report_words(asked.kinds, number, named(scope)) for number in (1, 2))
    whom = share_words(count, of, f"{time_words(scope).strip()} with {grades_asked(conditions)}".strip(), one, many)
    given = " and ".join(given_words(each, number_of_verb(count, of)) for each in conditions)
    sentence = f"{'Yes' if count == of else 'No'}. {whom} {given}."
    items = _fitting_items(scope, fitting) or _items(judged)
    return FactAnswer(items, Summary(sentence, count, of, REPORTS, count == of), total=count)


def _first_or_last(reports: Sequence[Report], *, first: bool) -> Report:
    return reports[-1] if first else reports[0]


def _items(reports: Sequence[Report], fact: FactName = FactName.INSPECTED) -> tuple[tuple[FactRow, ...], ...]:
    return tuple((FactRow(report, fact=fact),) for report in reports)


def _fitting_items(scope: FactScope, reports: Sequence[Report]) -> tuple[tuple[FactRow, ...], ...]:
    """Return a row for each report, with its date of publication if the question is about that date.

    They come newest first, unless the question asks for another order.
    """
    fact, dated = _fact_that_fits(scope), is_of_publication(scope) and not scope.question.conditions.led_by
    return tuple(
        (FactRow(report, fact=FactName.PUBLISHED if dated and report.published else fact),)
        for report in in_order(scope, reports)
    )


def _fact_that_fits(scope: FactScope) -> FactName:
    """Return the fact to show for a report that fits a question: the lead inspector, if the question names one."""
    return FactName.LEAD_INSPECTOR if scope.question.conditions.led_by else FactName.INSPECTED


def _visits_too(scope: FactScope, counted: Sequence[Report]) -> str:
    """Say how many visits a count of inspections leaves out."""
    if tuple(scope.question.conditions.kinds) != INSPECTIONS or not named(scope):
        return ""
    visits = [
        r for r in reports_about(scope) if r not in counted and r.kind in (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT)
    ]
    if not visits or scope.question.periods:
        return ""
    if len(visits) == 1:
        return "We also have 1 report on a visit, which we do not count as an inspection."
    return f"We also have {len(visits)} reports on visits, which we do not count as inspections."
