"""Lengths of time: since an inspection, or from an inspection to the publication of its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.dates import in_words as day_in_words
from corpus.facts.report_days import FILE_NAME, OTHER_DATE
from corpus.types import FULL_INSPECTIONS, OWN_ACCOUNT, Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import months_between, publication_delay
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.lengths.gaps import gap_answer
from qa_service.answering.facts.lengths.wait_words import bound_words, is_general, noun_of, time_words
from qa_service.answering.facts.reports.finding import find_reports
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import AUTHORITIES, REPORTS, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import apart_words, plural, share_words, with_article
from qa_service.types import FactName, Summary
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import Which
from qa_service.understanding.waits.parts import ANY_INSPECTION
from qa_service.understanding.waits.types import Measure, Order, Wait
from qa_service.wording import (
    capitalised,
    in_list,
    kind_words,
    length_of_time,
    number_of_verb,
    share_of,
    the_reports,
    whose,
)

_WHICH_AUTHORITY = "Your question does not say which authority you mean. Ask again with its name."
_SENTENCES = 5
"""Maximum number of sentences in a summary. We chose this value by judgement."""
_PICKED: Mapping[Which, slice] = {Which.LATEST: slice(1), Which.FIRST: slice(-1, None), Which.PREVIOUS: slice(1, 2)}
"""The slice that each choice takes from an authority's reports, newest first."""
_ADJECTIVES: Mapping[Which, str] = {Which.LATEST: "last", Which.FIRST: "first", Which.PREVIOUS: "last but one"}


@dataclass(frozen=True, slots=True)
class _Delay:
    """A report, and how many days after the end of its inspection it was published."""

    report: Report
    days: int


def wait_answer(scope: FactScope, wait: Wait, today: date) -> FactAnswer | None:
    """Return the answer to a question about a length of time. None if there are no reports to answer it from.

    Times since an inspection are counted to ``today`` or to an earlier day in the question.
    """
    if not scope.reports:
        return None
    if not wait.lists and not named(scope) and len(scope.authorities) != 1:
        return FactAnswer((), Summary(_WHICH_AUTHORITY), answered=False)
    if wait.measure is Measure.GAP:
        return gap_answer(scope, wait, _by_authority(scope, wait))
    if wait.measure is Measure.DELAY:
        return _list_delays(scope, wait) if wait.lists else _delays(scope, wait)
    until = wait.counted_to(today)
    return _list_waits(scope, wait, until) if wait.lists else _waits(scope, wait, until)


def _waits(scope: FactScope, wait: Wait, today: date) -> FactAnswer:
    """Answer for the authorities that a question names, in that order."""
    by_authority = _by_authority(scope, wait)
    chosen = {name: reports[_PICKED[wait.which]] for name, reports in by_authority.items()}
    asked = named(scope) or scope.authorities
    reports = [report for name in asked for report in chosen.get(name, ())]
    lacking = [name for name in asked if not chosen.get(name)]
    none = _none_words(scope, wait, lacking)
    if not reports:
        return FactAnswer((), Summary(none), answered=False)
    sentences = [_since_words(scope, wait, report, today) for report in reports[:_SENTENCES]]
    return FactAnswer(tuple((_row(report, wait),) for report in reports), Summary(" ".join(sentences)), none)


def _list_waits(scope: FactScope, wait: Wait, today: date) -> FactAnswer:
    """List authorities by the time since their last inspection. If none is within a limit, list all that we checked."""
    by_authority = _by_authority(scope, wait)
    asked = named(scope) or [name for name in scope.authorities if name not in scope.question.conditions.excluded]
    lacking = [name for name in asked if name not in by_authority]
    compared = [by_authority[name][0] for name in sorted(by_authority)]
    compared.sort(key=lambda report: _day(report, wait), reverse=wait.order is Order.SHORTEST)
    what = f"{'a report on ' if wait.measure is Measure.SINCE_PUBLICATION else ''}{with_article(noun_of(wait))}"
    if not compared:
        return FactAnswer((), Summary(_none_words(scope, wait, asked), 0, 0, AUTHORITIES), total=0, answered=False)
    note = apart_words(lacking, f"we have no dated {_reportnoun_of(scope, wait)} for {_them(lacking)}")
    of = len(compared)
    which = f"with {what}{time_words(scope)}"
    first = _since_words(scope, wait, compared[0], today)
    if wait.single:
        chosen = [report for report in compared if _day(report, wait) == _day(compared[0], wait)]
        names = in_list([str(report.authority) for report in chosen])
        have = "has" if len(chosen) == 1 else "have"
        if of == 1:
            sentence = f"{names} is the only authority {which}. {first}"
        else:
            ago = "waited longest" if wait.order is Order.LONGEST else "waited the shortest time"
            sentence = f"Of the {of} authorities {which}, {names} {have} {ago}. {first}"
        items = tuple((_row(report, wait),) for report in chosen)
        return FactAnswer(items, Summary(sentence, len(chosen), of, AUTHORITIES), note, total=len(chosen))
    starting = "starting with the longest wait" if wait.order is Order.LONGEST else "starting with the shortest wait"
    if wait.bound is None:
        verb = "is" if of == 1 else "are"
        sentence = f"{share_words(of, of, which)} {verb} listed{f', {starting}' * (of > 1)}. {first}"
        items = tuple((_row(report, wait),) for report in compared)
        return FactAnswer(items, Summary(sentence, of, of, AUTHORITIES), note, total=of)
    fitting = [report for report in compared if wait.bound.allows(_day(report, wait), today)]
    share = share_words(len(fitting), of, which)
    last = "its last one" if number_of_verb(len(fitting), of) == 1 else "their last one"
    length = bound_words(wait.bound)
    sentence = f"{share} had {last} {length} before {day_in_words(today)}."
    if fitting:
        sentence += f" {_since_words(scope, wait, fitting[0], today)}"
    items = tuple((_row(report, wait),) for report in fitting or compared)
    return FactAnswer(items, Summary(sentence, len(fitting), of, AUTHORITIES), note, total=len(fitting))


def _delays(scope: FactScope, wait: Wait) -> FactAnswer:
    """Say how long after the inspection the reports that a question is about were published."""
    by_authority = _by_authority(scope, wait)
    asked = named(scope) or scope.authorities
    closed = any(period.exact for period in scope.question.periods)
    reports: list[Report] = []
    for name in asked:
        meant = _full_first(by_authority.get(name, ()), wait)
        reports += meant if closed and wait.which is Which.LATEST else meant[_PICKED[wait.which]]
    lacking = [name for name in asked if name not in by_authority]
    none = _none_words(scope, wait, lacking)
    if not reports:
        return FactAnswer((), Summary(none), answered=False)
    sentences = [_delay_words(report) for report in reports[:_SENTENCES]]
    items = tuple(rows for report in reports if (rows := _dated_rows(report)))
    known = any(publication_delay(report) is not None for report in reports)
    return FactAnswer(items if known else (), Summary(" ".join(sentences)), none, answered=known)


def _list_delays(scope: FactScope, wait: Wait) -> FactAnswer:
    """List reports by the time from the inspection to publication.

    If none is within a limit, list all that we checked.
    """
    reports = [report for report in _accounts(scope, wait) if not named(scope) or report.authority in named(scope)]
    found = [_Delay(report, days) for report in reports if (days := publication_delay(report)) is not None]
    found.sort(key=lambda each: (each.days if wait.order is Order.SHORTEST else -each.days, each.report.id))
    unknown = len(reports) - len(found)
    note = ""
    if unknown:
        them = "it does" if unknown == 1 else "they do"
        note = (
            f"We did not count {plural(unknown, 'other report')}, because {them} not give both the last day of the "
            "inspection and a later day of publication."
        )
    noun = f"report{_on_kinds(wait)}"
    if not found:
        none = f"We have no {noun}{time_words(scope)} that gives the days of the inspection and of publication."
        return FactAnswer((), Summary(none, 0, 0, REPORTS), total=0, answered=False)
    of, time = len(found), time_words(scope)
    first = _delay_words(found[0].report)
    named_by_file = [each for each in found if each.report.published_source == FILE_NAME]
    if named_by_file and found[0] not in named_by_file:
        note = " ".join((_file_names(len(named_by_file)), note)).strip()
    many = f"reports{_on_kinds(wait)}"
    if wait.single:
        chosen = [each for each in found if each.days == found[0].days]
        which = "longest" if wait.order is Order.LONGEST else "shortest"
        only = f"We have only one {noun}{time} with both days."
        share = "That is" if len(chosen) == 1 else f"{len(chosen)} reports share"
        rank = f"{share} the {which} delay of the {of} {many}{time} with both days." if of > 1 else only
        sentence = f"{first} {rank}"
    elif wait.bound:
        chosen = [each for each in found if wait.bound.allows(*_days(each.report))]
        share = share_of(len(chosen), of, f"{noun}{time} with both days", f"{many}{time} with both days")
        came = "was" if number_of_verb(len(chosen), of) == 1 else "were"
        sentence = f"{share} {came} published {bound_words(wait.bound)} after the inspection ended."
        sentence += f" {_delay_words(chosen[0].report)}" if chosen else ""
    else:
        chosen = found
        order = "longest" if wait.order is Order.LONGEST else "shortest"
        share = share_of(of, of, f"{noun}{time} with both days", f"{many}{time} with both days")
        verb = "is" if of == 1 else "are"
        sentence = f"{share} {verb} listed{f', the {order} delay first' * (of > 1)}. {first}"
    items = tuple(rows for each in chosen or found if (rows := _dated_rows(each.report)))
    return FactAnswer(items, Summary(sentence, len(chosen), of, REPORTS), note, total=len(chosen))


def _accounts(scope: FactScope, wait: Wait) -> list[Report]:
    """Return the inspectors' own accounts that a question is about, newest first. They all have a date."""
    reports = find_reports(scope)
    if not reports and wait.kinds == INSPECTIONS and not wait.lists:  # "the 2025 inspection" may be a visit
        conditions = replace(scope.question.conditions, kinds=ANY_INSPECTION)
        reports = find_reports(replace(scope, question=replace(scope.question, conditions=conditions)))
    own = [report for report in reports if report.form in OWN_ACCOUNT and report_day(report) > date.min]
    if wait.measure is Measure.SINCE_PUBLICATION:
        own = [report for report in own if report.published and report.published_source != OTHER_DATE]
    return sorted(own, key=lambda report: (_day(report, wait), report.id), reverse=True)


def _by_authority(scope: FactScope, wait: Wait) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for report in _accounts(scope, wait):
        if report.authority:
            found.setdefault(report.authority, []).append(report)
    return found


def _full_first(reports: Sequence[Report], wait: Wait) -> list[Report]:
    """Return only the full inspections if the question names no more exact kind, or else all the reports."""
    if wait.kinds and wait.kinds != INSPECTIONS:
        return list(reports)
    return [report for report in reports if report.kind in FULL_INSPECTIONS] or list(reports)


def _day(report: Report, wait: Wait) -> date:
    """Return the day from which the time is counted."""
    if wait.measure is Measure.SINCE_PUBLICATION and report.published:
        return report.published
    return report_day(report)


def _days(report: Report) -> tuple[date, date]:
    return report.inspected_to or date.min, report.published or date.min


def _row(report: Report, wait: Wait) -> FactRow:
    """Return the row with the date from which the time is counted."""
    published = wait.measure is Measure.SINCE_PUBLICATION or report.inspected_to is None
    return FactRow(report, fact=FactName.PUBLISHED if published else FactName.INSPECTED)


def _dated_rows(report: Report) -> tuple[FactRow, ...]:
    rows: list[FactRow] = []
    if report.inspected_to:
        rows.append(FactRow(report, fact=FactName.INSPECTED))
    if report.published:
        rows.append(FactRow(report, fact=FactName.PUBLISHED))
    return tuple(rows)


def _since_words(scope: FactScope, wait: Wait, report: Report, today: date) -> str:
    """Say when an inspection ended, or when its report was published, and how long ago that was."""
    day, adjective = _day(report, wait), _ADJECTIVES[wait.which]
    time = in_words(scope.question, of_reports=True, of_inspections=True)
    owner = capitalised(whose(report))
    when = f"{day_in_words(day)}, {_before(day, today)}"
    if wait.measure is Measure.SINCE_PUBLICATION:
        return _with_source(f"{capitalised(the_reports([report]))} was published on {when}.", report)
    if report.inspected_to is None:
        subject = f"The report on {whose(report)} {adjective} {noun_of(wait)}{time}"
        words = f"{subject} does not give the days of the inspection. It was published on {when}."
        return _with_source(words, report)
    subject = f"{owner} {adjective} {noun_of(wait)}{time}"
    verb = "ended on"
    if is_general(wait) and kind_words(report) != noun_of(wait):
        kind = "full inspection" if report.kind in FULL_INSPECTIONS else kind_words(report)
        subject, verb = f"{subject} was {with_article(kind)}", "that ended on"
    if report.inspected_as:
        took = "took place" if verb == "ended on" else "that took place"
        about = f"The report gives no exact days. The last possible day is {when}."
        return f"{subject} {took} in the time “{report.inspected_as}”. {about}"
    return f"{subject} {verb} {when}."


def _before(day: date, today: date) -> str:
    """Say how long before today a day was: "3 years before 30 November 2026"."""
    then = day_in_words(today)
    if day == today:
        return "which is today"
    if day > today:
        return f"which is after {then}"
    months = months_between(day, today)
    length = length_of_time(months) if months else plural((today - day).days, "day")
    return f"{length} before {then}"


def _delay_words(report: Report) -> str:
    """Say when an inspection ended and when its report was published, or which of the two we do not know."""
    subject = capitalised(the_reports([report]))
    days = publication_delay(report)
    ended, published = _days(report)
    if days is not None:
        event = "visit" if kind_words(report).endswith("visit") else "inspection"
        after = f"{plural(days, 'day')} after the {event} ended on {day_in_words(ended)}"
        if days == 0:
            after = f"the day on which the {event} ended"
        return _with_source(f"{subject} was published on {day_in_words(published)}, {after}.", report)
    if not report.published or report.published_source == OTHER_DATE:
        return f"We could not find a publication date for {the_reports([report])}."
    if not report.inspected_to or report.inspected_as:
        return f"{subject} does not give the last day of the inspection, so we do not know how long it took."
    before = f"{day_in_words(published)}, before the inspection ended on {day_in_words(ended)}"
    return f"{subject} gives dates that cannot both be right. They say that it was published on {before}."


def _with_source(sentence: str, report: Report) -> str:
    """If a date of publication comes from the name of the file, say so."""
    from_name = report.published_source == FILE_NAME
    return f"{sentence} The date of publication comes from the name of the file." if from_name else sentence


def _file_names(count: int) -> str:
    reports, files = ("1 report", "its file") if count == 1 else (f"{count} reports", "their files")
    return f"The date of publication of {reports} comes from the name of {files}."


def _on_kinds(wait: Wait) -> str:
    """Return the words after "report" for the inspections that count. Empty if all reports count."""
    if not wait.kinds:
        return ""
    return " on a full inspection" if wait.kinds == FULL_INSPECTIONS else f" on {with_article(noun_of(wait))}"


def _reportnoun_of(scope: FactScope, wait: Wait) -> str:
    return f"report on {with_article(noun_of(wait))}{time_words(scope)}"


def _none_words(scope: FactScope, wait: Wait, lacking: Sequence[str]) -> str:
    """Say for which authorities we have no dated report. Empty if we have one for every authority."""
    if not lacking:
        return ""
    return f"We have no dated {_reportnoun_of(scope, wait)} for {in_list(list(lacking))}."


def _them(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
