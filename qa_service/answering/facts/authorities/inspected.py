"""Lists of authorities by the inspections that they had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.types import Kind, Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import last_full_of
from qa_service.answering.facts.authorities.list_sentences import about_none, inspected_words, time_of_inspections
from qa_service.answering.facts.inspections import all_inspections
from qa_service.answering.facts.times import tense_of
from qa_service.answering.facts.types import AUTHORITIES, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import apart_words, kind_noun, plural, report_words, share_words, with_article
from qa_service.types import FactName, Summary
from qa_service.understanding.conditions.types import Which
from qa_service.understanding.conditions.wording import had
from qa_service.wording import in_list, number_of_verb


def by_inspection(scope: FactScope) -> FactAnswer | None:
    """List the authorities that were inspected as often as a question says, or not at all."""
    conditions = scope.question.conditions
    if conditions.each_of_kinds:
        return _by_each_kind(scope)
    if conditions.by_authority:
        return _numbers(scope)
    number = conditions.number
    by_authority: dict[str, list[Report]] = {}
    for report in all_inspections(scope):
        if report.authority:
            by_authority.setdefault(report.authority, []).append(report)
    everyone = [name for name in scope.authorities if name not in conditions.excluded]
    never_full = [name for name in everyone if conditions.since_last_full and not _last_full(scope, name)]
    everyone = [name for name in everyone if name not in never_full]
    if number:
        fitting = [name for name in everyone if number.allows(len(by_authority.get(name, ())))]
    else:
        fitting = sorted(by_authority)
    if conditions.which in (Which.LATEST, Which.FIRST) and not number:
        dated = [report for listed in by_authority.values() for report in listed if report_day(report) != date.min]
        if dated:
            return _most_recent(dated, first=conditions.which is Which.FIRST, time=time_of_inspections(scope))
    latest = {name: _latest(scope, name) for name in fitting}
    shown_reports = {name: by_authority.get(name) or [latest[name]] for name in fitting}
    items = tuple((FactRow(shown_reports[name][-1], fact=FactName.INSPECTED),) for name in fitting)
    is_limited = bool(number or conditions.kinds or scope.question.periods or conditions.since_last_full)
    if not is_limited:
        about = plural(len(fitting), "authority", "authorities")
        sentence = f"We have reports about {about}. We list the latest report about each."
    else:
        whom = share_words(len(fitting), len(everyone), "in our reports")
        sentence = f"{whom} {inspected_words(scope, number_of_verb(len(fitting), len(everyone)))}."
    if not fitting:  # list all that we checked, to show that nothing fits
        searched = [_latest(scope, name) for name in everyone]
        items = tuple((FactRow(report, fact=FactName.INSPECTED),) for report in searched)
    summary = Summary(sentence, len(fitting), len(everyone), AUTHORITIES)
    them = "it" if len(never_full) == 1 else "them"
    note = apart_words(never_full, f"we have no full inspection of {them}")
    note = note if is_limited else about_none(scope.reports)
    others = tuple(name for name in everyone if name not in fitting)
    return FactAnswer(items, summary, note, total=len(fitting), answered=bool(items), others=others)


def _by_each_kind(scope: FactScope) -> FactAnswer:
    """List the authorities that had an inspection of each of several kinds, with the latest of each kind."""
    groups = scope.question.conditions.each_of_kinds
    latest: dict[str, dict[tuple[Kind, ...], Report]] = {}
    for report in sorted(all_inspections(scope), key=report_day):
        for kinds in groups:
            if report.authority and report.kind in kinds:
                latest.setdefault(report.authority, {})[kinds] = report
    everyone = [name for name in scope.authorities if name not in scope.question.conditions.excluded]
    fitting = [name for name in everyone if len(latest.get(name, {})) == len(set(groups))]
    shown_names = fitting or [name for name in everyone if name in latest]
    items = tuple(
        tuple(FactRow(report, fact=FactName.INSPECTED) for report in latest[name].values()) for name in shown_names
    )
    what = in_list([with_article(kind_noun(kinds, 1)) for kinds in groups])
    had_words = had(number_of_verb(len(fitting), len(everyone)), tense_of(scope.question))
    whom = share_words(len(fitting), len(everyone), "in our reports")
    summary = Summary(
        f"{whom} {had_words} {what}{time_of_inspections(scope)}.", len(fitting), len(everyone), AUTHORITIES
    )
    others = tuple(name for name in everyone if name not in fitting)
    return FactAnswer(items, summary, total=len(fitting), answered=bool(items), others=others)


def _numbers(scope: FactScope) -> FactAnswer:
    """Say how many inspections each authority had, and list the latest of each."""
    asked = scope.question.conditions
    everyone = [name for name in scope.authorities if name not in asked.excluded]
    by_authority: dict[str, list[Report]] = {name: [] for name in everyone}
    for report in sorted(all_inspections(scope), key=report_day):
        if report.authority in by_authority:
            by_authority[report.authority].append(report)
    sign = -1 if asked.by_authority == "most" else 1
    listed = sorted(everyone, key=lambda name: (sign * len(by_authority[name]), name))
    numbers = {len(by_authority[name]) for name in everyone}
    number_phrases = [
        f"{number or 'none'} for {in_list([name for name in everyone if len(by_authority[name]) == number])}"
        for number in sorted(numbers, reverse=sign < 0)
    ]
    noun = report_words(asked.kinds, 2, ())
    sentence = f"We have these numbers of {noun}{time_of_inspections(scope)}: {'; '.join(number_phrases)}."
    items = tuple((FactRow(by_authority[name][-1], fact=FactName.INSPECTED),) for name in listed if by_authority[name])
    note = "For each authority, we list the latest."
    return FactAnswer(items, Summary(sentence, len(items), len(everyone), AUTHORITIES), note, total=len(items))


def _latest(scope: FactScope, name: str) -> Report:
    """Return the latest report on an authority, if possible of a kind that the question names."""
    own = [report for report in scope.reports if report.authority == name]
    of_kind = [report for report in own if report.kind in scope.question.conditions.kinds]
    return max(of_kind or own, key=report_day)


def _last_full(scope: FactScope, name: str) -> Report | None:
    """Return the last full inspection of an authority. None if we have none."""
    return last_full_of(report for report in scope.reports if report.authority == name)


def _most_recent(reports: Sequence[Report], *, first: bool, time: str) -> FactAnswer:
    pick = min if first else max
    day = pick(report_day(report) for report in reports)
    chosen = [report for report in reports if report_day(report) == day]
    items = tuple((FactRow(report, fact=FactName.INSPECTED),) for report in chosen)
    names = in_list(sorted({str(report.authority) for report in chosen}))
    which = "earliest" if first else "most recent"
    sentence = f"{names} had the {which} inspection or visit{time}, according to our reports."
    return FactAnswer(items, Summary(sentence, len(items), len(reports), "reports"), total=len(items))
