"""Lists and counts of reports, the dates of inspections, and who led them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.facts.report_days import inspected_words, published_words
from corpus.grades import AREAS, OVERALL, Area, grade_of, judgement_of
from corpus.types import FULL_INSPECTIONS, Judgement, Kind, Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import last_full_of
from qa_service.answering.facts.changes import change_rows, changes_in_time, changes_that_fit, find_changes
from qa_service.answering.facts.grades import meets_all, shown
from qa_service.answering.facts.inspections import after_last_full, fact_query, named
from qa_service.answering.facts.list_sentences import grades_asked
from qa_service.answering.facts.times import Window, in_words, windows
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import kind_noun, plural, preposition_of, report_words, share_words
from qa_service.answering.facts.years import numbers_words
from qa_service.report_facts import is_only_signed
from qa_service.types import FactName, Summary
from qa_service.understanding.conditions.assembly.fillers import OF_EACH
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import (
    Condition,
    Conditions,
    CountCondition,
    GradeChange,
    GradeCondition,
    Wanted,
    Which,
)
from qa_service.understanding.conditions.wording import area_words, given_words, sentence_words
from qa_service.understanding.times.wording import Tense
from qa_service.wording import (
    KIND_WORDS,
    capitalised,
    in_list,
    named_by_date,
    number_of_verb,
    share_of,
    subject_of,
    the_reports,
    whose,
)

REPORTS = "reports"
_DATES = re.compile(r"\b(?:dates|days|inspectors|visits|inspections|when (?:were|have|are))\b")
"""Words that ask for several dates or people."""
_GRADES = re.compile(r"\b(?:grades|ratings|judge?ments)\b", re.IGNORECASE)
_RESULTS = re.compile(r"\b(?:outcomes?|results?|grades?|ratings?|verdicts?|judge?ments?)\b", re.IGNORECASE)
_ALL_INSPECTORS = re.compile(r"\binspectors\b|\binspection team\b|\bwho inspected\b", re.IGNORECASE)
"""Words that ask for everyone who inspected, and not only for the leader."""
_SENTENCES = 5
"""Maximum number of sentences in a summary. We chose this value by judgement."""
_SINGLE: Mapping[Which | None, bool] = {Which.LATEST: False, Which.FIRST: True}
"""The words that ask for a single report. True if they mean the first report, False if they mean the last one."""


def list_reports(scope: FactScope) -> FactAnswer | None:
    """Return the reports that a question asks for, newest first. None if we have no report about its authorities."""
    question = scope.question
    about = _about(scope)
    if not about:
        return None
    change = next((c for c in question.conditions.grades if isinstance(c, GradeChange)), None)
    if change:
        return _list_changes(scope, change)
    reports = find_reports(scope)
    if not reports and question.conditions.led_by and (visits := _visits_meant(scope)):
        kinds = tuple(dict.fromkeys(report.kind for report in visits if report.kind))
        scope, reports = _of_kinds(scope, kinds), visits
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
    searched = f"{sentence} {_looked_at(scope, about)}"
    return FactAnswer(_items(about), Summary(searched, 0, len(about), REPORTS), total=0)


def _single(scope: FactScope, reports: Sequence[Report], *, first: bool) -> FactAnswer:
    """Return the first or the last of the reports."""
    report = _one(reports, first=first)
    sentence = _single_words(scope, report, "earliest" if first else "latest")
    return FactAnswer(_items([report], _fact_that_fits(scope)), Summary(sentence, 1, len(reports), REPORTS), total=1)


def _looked_at(scope: FactScope, about: Sequence[Report]) -> str:
    """Say how many reports we looked at, if none of them fits. They are listed below this sentence."""
    return f"We looked at {plural(len(about), 'report')}{_about_whom(scope)}."


def _newest(scope: FactScope, reports: Sequence[Report]) -> FactAnswer:
    """Return as many of the newest reports as a question asks for, newest first."""
    asked = scope.question.conditions
    newest = reports[: asked.newest or asked.newest_that_fit]
    noun, that = report_words(asked.kinds, len(reports), named(scope)), that_give(asked, len(reports))
    sentence = f"We have {len(reports)} {noun}{_time_words(scope)}{that}."
    if len(newest) < len(reports):
        these = "This is the newest" if len(newest) == 1 else f"These are the {len(newest)} newest"
        sentence = f"{these} of our {len(reports)} {noun}{_time_words(scope)}{that}, by the {day_words(scope)}."
    note = _without_publication(scope, newest)
    summary = Summary(sentence, len(newest), len(reports), REPORTS)
    return FactAnswer(_fitting_items(scope, newest), summary, note, total=len(newest))


def _newest_with_grades(scope: FactScope) -> FactAnswer | None:
    """Return how many of the newest reports give the grades that a question names. None if we have no such reports."""
    asked = scope.question.conditions
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    reports = find_reports(_with_conditions(scope, replace(asked, grades=())))[: asked.newest]
    if not reports:
        return None
    met = {report.id: meets_all(report, conditions, any_of=asked.any_of) for report in reports}
    fitting = [report for report in reports if met[report.id]]
    count, of = len(fitting), len(reports)
    one, many = (f"newest {report_words(asked.kinds, number, named(scope))}" for number in (1, 2))
    joint = " or " if asked.any_of else " and "
    give = joint.join(given_words(c, number_of_verb(count, of)) for c in conditions)
    sentence = f"{share_of(count, of, one, many)}{_time_words(scope)}, by the {day_words(scope)}, {give}."
    if asked.share and of > 1:
        sentence = f"{sentence} That is {round(100 * count / of)} per cent."
    lacking = sum(fits is None for fits in met.values())
    note = f"{plural(lacking, 'of them gives', 'of them give')} no grade for this." if lacking else ""
    items = tuple(_graded_rows(report, conditions) for report in in_order(scope, fitting or reports))
    return FactAnswer(items, Summary(sentence, count, of, REPORTS), note, total=count)


def _graded_rows(report: Report, conditions: Sequence[Condition]) -> tuple[FactRow, ...]:
    """Return the grades that show if a report meets some conditions, or the days of its inspection if it has none."""
    judgements = shown(report, conditions)
    return tuple(FactRow(report, judgement) for judgement in judgements) or (FactRow(report, fact=FactName.INSPECTED),)


def _without_publication(scope: FactScope, reports: Sequence[Report]) -> str:
    """Name the reports that a question about publication includes because of the day of their inspection."""
    asked = scope.question.conditions
    of_publication = asked.is_new or asked.newest or asked.newest_that_fit
    lacking = [r for r in reports if not r.published] if of_publication else []
    if not lacking or not _is_of_publication(scope):
        return ""
    used = "its inspection" if len(lacking) == 1 else "their inspections"
    return f"We could not find a publication date for {the_reports(lacking)}, so we used the date of {used}."


def _count_words(scope: FactScope, count: int) -> str:
    """Say how many reports fit a question: "We have 2 reports on Brent from 2021 that give Good overall."."""
    asked = scope.question.conditions
    reports = report_words(asked.kinds, count, named(scope))
    return f"We have {count or 'no'} {reports}{_time_words(scope)}{that_give(asked, count)}."


def _outcomes_words(scope: FactScope, reports: Sequence[Report]) -> str:
    """Say that area SEND inspections give no grade, if a list of them was asked for with their results."""
    if not reports or scope.question.conditions.kinds[:1] != (Kind.AREA_SEND,):
        return ""
    if not _RESULTS.search(scope.question.text):
        return ""
    return "Area SEND inspections give no grades. Each report says in words what its outcome is, so read the report."


def _of_how_many(scope: FactScope, fitting: Sequence[Report]) -> str:
    """Say how many reports give the grade that a count is about, so that the count has a whole. Empty for a list."""
    asked = scope.question.conditions
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    if not conditions or not fitting or not (asked.counts or asked.share):
        return ""
    every = find_reports(_with_conditions(scope, replace(asked, grades=())))
    judged = sum(meets_all(report, conditions, any_of=asked.any_of) is not None for report in every)
    if judged < 2:
        return ""
    share = f", or {round(100 * len(fitting) / judged)} per cent" if asked.share else ""
    return f" That is {len(fitting)} of the {judged} with {grades_asked(conditions)}{share}."


def that_give(asked: Conditions, count: int) -> str:
    """Return words for the grades that a number of reports give: " that give Good overall".

    Empty if the question asks for no grades.
    """
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    joint = " or " if asked.any_of else " and "
    return f" that {joint.join(given_words(c, count) for c in conditions)}" if conditions else ""


def _single_words(scope: FactScope, report: Report, which: str) -> str:
    """Say which report is the latest or the earliest that fits a question."""
    noun, time = kind_noun(scope.question.conditions.kinds, 1), _time_words(scope)
    if noun == "report":
        return f"The {which} report{_about_whom(scope)}{time} is {subject_of(report)}."
    whom = f" {preposition_of(noun)} {in_list(named(scope))}" if named(scope) else ""
    name = named_by_date(report)
    one = f"one{name.removeprefix(noun)}" if name.startswith(f"{noun} of") else name
    return f"In our reports, the {which} {noun}{whom}{time} is the {one}."


def _time_words(scope: FactScope, *, of_inspections: bool = False) -> str:
    """Return words for a time after "reports": "from 2024". After "inspections" or "visits", this is "in 2024"."""
    named_kinds = of_inspections or kind_noun(scope.question.conditions.kinds, 1) != "report"
    since = since_words(scope)
    if scope.question.conditions.since_inspection is not None:
        return since
    return f"{in_words(scope.question, of_reports=True, of_inspections=named_kinds)}{since}"


def _about_whom(scope: FactScope) -> str:
    return f" about {in_list(named(scope))}" if named(scope) else ""


def _grade_items(scope: FactScope, reports: Sequence[Report]) -> tuple[tuple[FactRow, ...], ...]:
    """Return the grades of the area that a question names, if it asks for the grades in the given reports."""
    areas = [area for area in AREAS if area.is_asked_in(scope.question.text)]
    if scope.question.conditions.counts or len(areas) != 1 or not _GRADES.search(scope.question.text):
        return ()
    judgements = ((report, judgement_of(report, areas[0])) for report in reports)
    return tuple((FactRow(report, judgement),) for report, judgement in judgements if judgement)


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
        f"We compared each graded inspection of {whom}{_time_words(scope, of_inspections=True)} with the one before "
        f"it. We found {plural(len(pairs), 'inspection')} at which {who} {sentence_words(change, 1, Tense.PAST)}."
    )
    return FactAnswer(items, Summary(sentence, len(pairs), len(everything), "changes", changes=True), total=len(pairs))


def _whether_reports(scope: FactScope, reports: Sequence[Report], about: Sequence[Report]) -> FactAnswer:
    """Answer a yes-or-no question about whether there are reports that fit it."""
    number = scope.question.conditions.number or CountCondition(least=1)
    yes = number.allows(len(reports))
    names_few = yes and 0 < len(reports) <= _SENTENCES and named(scope) and not scope.question.conditions.number
    held = f"We have {the_reports(reports)}." if names_few else _count_words(scope, len(reports))
    looked_at = "" if reports else f" {_looked_at(scope, about)}"
    sentence = f"{'Yes' if yes else 'No'}. {held}{looked_at}"
    summary = Summary(sentence, len(reports), len(about), REPORTS, yes)
    note = _without_publication(scope, reports)
    return FactAnswer(_fitting_items(scope, reports) or _items(about), summary, note, total=len(reports))


def _whether_all(scope: FactScope, fitting: Sequence[Report], about: Sequence[Report]) -> FactAnswer:
    """Answer a yes-or-no question about whether all reports give a grade. Those without the grade do not count."""
    asked = scope.question.conditions
    conditions = [c for c in asked.grades if not isinstance(c, GradeChange)]
    question = replace(scope.question, conditions=replace(asked, grades=()))
    in_scope = find_reports(replace(scope, question=question))
    judged = [report for report in in_scope if meets_all(report, conditions) is not None]
    count, of = len(fitting), len(judged)
    if not judged:
        return _whether_reports(scope, fitting, about)
    one, many = (report_words(asked.kinds, number, named(scope)) for number in (1, 2))
    whom = share_words(count, of, f"{_time_words(scope).strip()} with {grades_asked(conditions)}".strip(), one, many)
    given = " and ".join(given_words(each, number_of_verb(count, of)) for each in conditions)
    sentence = f"{'Yes' if count == of else 'No'}. {whom} {given}."
    items = _fitting_items(scope, fitting) or _items(judged)
    return FactAnswer(items, Summary(sentence, count, of, REPORTS, count == of), total=count)


def find_reports(scope: FactScope) -> list[Report]:
    """Return the reports that meet all conditions of a question, newest first.

    They are in order of the day of inspection or, if the question is about publication, of the day of publication.
    """
    if scope.question.conditions.since_inspection is not None:
        return _after_inspection(scope)
    question = scope.question
    conditions = [c for c in question.conditions.grades if not isinstance(c, GradeChange)]
    reports: dict[str, Report] = {}
    for window in windows(question):
        query = fact_query(scope, window.whole, graded=bool(conditions), authorities=named(scope))
        reports.update((report.id, report) for report in scope.store.inspections(query))
        if question.conditions.is_new and window.published:
            reports.update((report.id, report) for report in _inspected_then(scope, window))
    if not reports and question.periods and all(period.exact for period in question.periods):
        reports = _published_then(scope)
    if question.conditions.since_last_full:
        reports = after_last_full(scope, reports)
    fitting = [
        r for r in reports.values() if not conditions or meets_all(r, conditions, any_of=question.conditions.any_of)
    ]
    return sorted(fitting, key=lambda report: (day_of(scope, report), report.id), reverse=True)


def newest_asked(conditions: Conditions, reports: Sequence[Report]) -> list[Report]:
    """Return the newest reports that a question asks for, or all of them. They must come newest first."""
    if not conditions.newest_of_each:
        return list(reports[: conditions.newest])
    newest: dict[str, Report] = {}
    for report in reports:
        if report.authority:
            newest.setdefault(report.authority, report)
    return list(newest.values())


def _after_inspection(scope: FactScope) -> list[Report]:
    """Return the reports after the inspection that a question names by its time, newest first."""
    anchors = {name: _inspection_named(scope, name) for name in named(scope)}
    question = scope.question
    conditions = replace(question.conditions, since_inspection=None)
    timeless = replace(scope, question=replace(question, conditions=conditions, periods=()))
    return [
        report
        for report in find_reports(timeless)
        if (anchor := anchors.get(report.authority or "")) and report_day(report) > report_day(anchor)
    ]


def _inspection_named(scope: FactScope, name: str) -> Report | None:
    """Return the inspection of an authority at the time in a question. A full inspection comes before a visit.

    If none ended then, "the 2023 inspection" means the one whose report was published then. None if we have no such
    report either.
    """
    kinds = scope.question.conditions.since_inspection
    period = scope.question.periods[0]
    of_kind = [r for r in scope.reports if r.authority == name and (not kinds or r.kind in kinds)]
    for day in (report_day, lambda report: report.published or date.min):
        then = [report for report in of_kind if period.first <= day(report) <= period.last]
        if then:
            return max(then, key=lambda report: (report.kind in FULL_INSPECTIONS, report_day(report)))
    return None


def since_words(scope: FactScope) -> str:
    """Name the inspection that a list starts from: the last full one, or one that a question names by its time.

    Empty if the question names no kind.
    """
    if (kinds := scope.question.conditions.since_inspection) is not None:
        noun, then = kind_noun(kinds or INSPECTIONS, 1), scope.question.periods[0].words
        if len(named(scope)) != 1:
            return f" since the {noun} of each in {then}"
        one = _inspection_named(scope, named(scope)[0])
        return f" since its {named_by_date(one)}" if one else f" since its {noun} of {then}, which we do not have"
    if not scope.question.conditions.since_last_full:
        return ""
    if len(named(scope)) != 1:
        return " since the last full inspection of each authority"
    full = last_full_of(report for report in scope.reports if report.authority in named(scope))
    return f" since its {named_by_date(full)}" if full else " since its last full inspection, which we do not have"


def day_of(scope: FactScope, report: Report) -> date:
    """Return the day that decides the order of a list: the day of publication, if a question asks what came out."""
    return (report.published or report_day(report)) if _is_of_publication(scope) else report_day(report)


def day_words(scope: FactScope) -> str:
    """Name the day that decides which reports are the newest."""
    return "date of publication" if _is_of_publication(scope) else "last day of the inspection or visit"


def _is_of_publication(scope: FactScope) -> bool:
    """Whether a question asks for the reports that were published in a time, or for the last ones published."""
    asked = scope.question.conditions
    of_reports = asked.by_year or asked.newest or asked.newest_that_fit or asked.newest_of_each
    return any(period.published for period in scope.question.periods) or (
        bool(of_reports) and asked.date_of == "published"
    )


def _inspected_then(scope: FactScope, window: Window) -> list[Report]:
    """Return the reports without a date of publication whose inspection ended in the days of a window."""
    query = fact_query(scope, replace(window.whole, published=False), graded=False, authorities=named(scope))
    return [report for report in scope.store.inspections(query) if not report.published]


def date_answer(scope: FactScope) -> FactAnswer | None:
    """Return the date that a question asks for. None if we have no report about its authorities."""
    if unclear := _which_authority(scope):
        return unclear
    published = scope.question.conditions.date_of == "published"
    reports = _meant(scope)
    if not reports:
        return _none_of_that_time(scope)
    fact = FactName.PUBLISHED if published else FactName.INSPECTED
    dated = [r for r in reports if (r.published if published else r.inspected_to or r.inspected_from)]
    lacking = [report for report in reports if report not in dated]
    note = f"We could not find a publication date for {the_reports(lacking)}." if lacking and published else ""
    latest = scope.question.conditions.which is Which.LATEST and not scope.question.periods
    rated = {report.id: _grades_asked(scope, report) for report in dated}
    sentences = [
        " ".join((_date_sentence(report, published=published, latest=latest), *_rated_words(report, rated[report.id])))
        for report in dated[:_SENTENCES]
    ]
    if _of_each(scope) and len(dated) > _SENTENCES:
        dated = sorted(dated, key=lambda report: str(report.authority))
        count = len({report.authority for report in dated})
        kinds = scope.question.conditions.kinds
        what = "report was published" if published else f"{kind_noun(kinds or INSPECTIONS, 1)} took place"
        sentences = [f"We list when the latest {what} for each of {plural(count, 'authority', 'authorities')}."]
    items = tuple(
        (FactRow(report, fact=fact), *(FactRow(report, judgement) for _, judgement in rated[report.id]))
        for report in dated
    )
    return FactAnswer(items, Summary(" ".join(sentences) or note), note if dated else "", answered=bool(dated))


def _grades_asked(scope: FactScope, report: Report) -> list[tuple[Area, Judgement]]:
    """Return the judgements of a report on the areas for which a question names grades: "When was it first good?"."""
    conditions = (c for c in scope.question.conditions.grades if isinstance(c, GradeCondition | GradeChange))
    areas = [area for c in conditions if isinstance(area := c.area or OVERALL, Area)]
    judgements = ((area, judgement_of(report, area)) for area in dict.fromkeys(areas))
    return [(area, judgement) for area, judgement in judgements if judgement]


def _rated_words(report: Report, rated: Sequence[tuple[Area, Judgement]]) -> list[str]:
    return [f"{report.authority} was rated {grade_of(one).capitalize()} {area_words(area)}." for area, one in rated]


def person_answer(scope: FactScope) -> FactAnswer | None:
    """Return who led the inspections that a question is about. None if we have no report about its authorities."""
    if unclear := _which_authority(scope):
        return unclear
    meant = _meant(scope)
    if not meant:
        return _none_of_that_time(scope)
    reports = [report for report in meant if report.lead_inspector]
    if not reports:
        do = "does" if len(meant) == 1 else "do"
        sentence = f"{capitalised(the_reports(meant))} {do} not name a lead inspector."
        return FactAnswer((), Summary(sentence), answered=False)
    sentences = [_leader_words(report) for report in reports[:_SENTENCES]]
    if _ALL_INSPECTORS.search(scope.question.text):
        sentences.append("We hold no other names. The reports may name other inspectors.")
    items = tuple((FactRow(report, fact=FactName.LEAD_INSPECTOR),) for report in reports)
    return FactAnswer(items, Summary(" ".join(sentences)))


def _leader_words(report: Report) -> str:
    """Say who led an inspection, or who signed the letter about it."""
    if is_only_signed(report):
        return f"{report.lead_inspector} signed the letter on {whose(report)} {named_by_date(report)}."
    return f"The lead inspector of {whose(report)} {named_by_date(report)} was {report.lead_inspector}."


def _of_each(scope: FactScope) -> bool:
    """Whether a question for dates or people asks for those of all authorities: "of each authority"."""
    return not named(scope) and bool(OF_EACH.search(scope.question.text.lower()))


def _which_authority(scope: FactScope) -> FactAnswer | None:
    """Ask which authority a question for one date or one person means. None if this is clear."""
    question = scope.question
    several = question.conditions.which or question.conditions.grades or _DATES.search(question.text.lower())
    if named(scope) or several or _of_each(scope) or len(scope.authorities) == 1:
        return None
    sentence = "Your question does not say which authority you mean. Ask again with its name."
    return FactAnswer((), Summary(sentence), answered=False)


def _none_of_that_time(scope: FactScope) -> FactAnswer | None:
    """Say that no report of that kind is from the time in the question, and which report is the latest."""
    about = _about(scope)
    if not about:
        return None
    none = f"We have no {report_words(scope.question.conditions.kinds, 1, named(scope))}"
    latest = f"The latest report{_about_whom(scope)} is {subject_of(about[0])}."
    sentence = f"{none}{_time_words(scope)}. {latest}"
    return FactAnswer((), Summary(sentence), answered=False)


def _meant(scope: FactScope) -> list[Report]:
    """Return the reports that a question for a date or a person means: those that it names, or else the latest."""
    question = scope.question
    changes = [c for c in question.conditions.grades if isinstance(c, GradeChange)]
    if changes:
        reports = [scope.report(pair.after) for pair in reversed(find_changes(scope, changes[0]))]
    else:
        reports = find_reports(scope) or _visits_meant(scope)
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
            chosen += _full_first(listed, question.conditions.kinds)[:1]
    several = question.conditions.grades or _DATES.search(question.text.lower()) or _of_each(scope)
    return (
        chosen
        if named(scope) or several
        else _globally(chosen, which.value if which else "", question.conditions.wanted)
    )


def _visits_meant(scope: FactScope) -> list[Report]:
    """Return the reports of any kind that fit a question about inspections: "the 2025 inspection" may be a visit."""
    if tuple(scope.question.conditions.kinds) != INSPECTIONS:
        return []
    return find_reports(_of_kinds(scope, ()))


def _of_kinds(scope: FactScope, kinds: tuple[Kind, ...]) -> FactScope:
    """Return the scope of the same question about other types of inspection."""
    return _with_conditions(scope, replace(scope.question.conditions, kinds=kinds))


def _with_conditions(scope: FactScope, conditions: Conditions) -> FactScope:
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


def _published_then(scope: FactScope) -> dict[str, Report]:
    """Return the reports published in the times named, because "the 2019 report" may be on a visit in 2018."""
    found: dict[str, Report] = {}
    for window in windows(scope.question):
        by_publication = replace(window.whole, published=True)
        for report in scope.store.inspections(
            fact_query(scope, by_publication, graded=False, authorities=named(scope))
        ):
            found[report.id] = report
    return found


def _about(scope: FactScope) -> list[Report]:
    names = named(scope)
    reports = [report for report in scope.reports if not names or report.authority in names]
    return sorted(reports, key=lambda report: (report_day(report), report.id), reverse=True)


def _one(reports: Sequence[Report], *, first: bool) -> Report:
    return reports[-1] if first else reports[0]


def _items(reports: Sequence[Report], fact: FactName = FactName.INSPECTED) -> tuple[tuple[FactRow, ...], ...]:
    return tuple((FactRow(report, fact=fact),) for report in reports)


def _fitting_items(scope: FactScope, reports: Sequence[Report]) -> tuple[tuple[FactRow, ...], ...]:
    """Return a row for each report, with its date of publication if the question is about that date.

    They come newest first, unless the question asks for another order.
    """
    fact, dated = _fact_that_fits(scope), _is_of_publication(scope) and not scope.question.conditions.led_by
    return tuple(
        (FactRow(report, fact=FactName.PUBLISHED if dated and report.published else fact),)
        for report in in_order(scope, reports)
    )


def in_order(scope: FactScope, reports: Sequence[Report]) -> Sequence[Report]:
    """Return reports, which come newest first, in the order that the question asks for."""
    order = scope.question.conditions.order
    return reports if order is None or order.newest_first else reports[::-1]


def _fact_that_fits(scope: FactScope) -> FactName:
    """Return the fact to show for a report that fits a question: the lead inspector, if the question names one."""
    return FactName.LEAD_INSPECTOR if scope.question.conditions.led_by else FactName.INSPECTED


def _visits_too(scope: FactScope, counted: Sequence[Report]) -> str:
    """Say how many visits a count of inspections leaves out."""
    if tuple(scope.question.conditions.kinds) != INSPECTIONS or not named(scope):
        return ""
    visits = [r for r in _about(scope) if r not in counted and r.kind in (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT)]
    if not visits or scope.question.periods:
        return ""
    if len(visits) == 1:
        return "We also have 1 report on a visit, which we do not count as an inspection."
    return f"We also have {len(visits)} reports on visits, which we do not count as inspections."


def _date_sentence(report: Report, *, published: bool, latest: bool) -> str:
    if published and report.published:
        verb = published_words(report, "published on")
        return f"{capitalised(the_reports([report]))} was {verb}."
    days = inspected_words(report) or ""
    what = KIND_WORDS[report.kind] if report.kind else "inspection or visit"
    when = f"{'from' if ' to ' in days else 'on'} {days}"
    return f"{capitalised(whose(report))} {'latest ' * latest}{what} took place {when}."
