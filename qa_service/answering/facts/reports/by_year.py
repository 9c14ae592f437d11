"""Numbers of grades by year: how many of each year's graded inspections gave a certain grade."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from corpus.grades import AREAS, CARE_LEAVERS, OVERALL, Area, Grade, gives_grades, is_unread, judgement_of
from corpus.types import FULL_INSPECTIONS, OWN_ACCOUNT, Kind, Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import GivenGrade, grade_histories
from qa_service.answering.facts.inspections import all_inspections, named
from qa_service.answering.facts.reports.years import years_asked
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import REPORTS, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import kind_noun, plural, preposition_of, with_article
from qa_service.types import Summary
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import Extreme, GradeCondition
from qa_service.understanding.conditions.wording import grade_noun, named_grades
from qa_service.wording import in_list

_AUTHORITIES = re.compile(r"\b(?:authorit(?:y|ies)|councils?|boroughs?|las)\b", re.IGNORECASE)
"""Words that show that a question counts authorities."""
_NOUNS = {Kind.SHORT: "short inspection", Kind.SINGLE_INSPECTION: "SIF inspection", Kind.ILACS: "ILACS inspection"}
_NAMED = 5
"""Maximum number of inspections that a note names one by one. We chose this value by judgement."""
_RUN = 3
"""If at least this many years are in a row, a note names only the first and the last. We chose this by judgement."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """The grades of an area, oldest first, and the inspections whose grade we could not count."""

    area: Area
    by_publication: bool
    grades: tuple[GivenGrade, ...]
    apart: tuple[Report, ...]

    def day(self, report: Report) -> date:
        """Return the day that decides the year of an inspection. It is the earliest date if we do not know it."""
        return _day(report, by_publication=self.by_publication)

    def by_year(self) -> list[tuple[int, list[GivenGrade]]]:
        """Return the grades of each year that has any."""
        return [(year, list(of)) for year, of in groupby(self.grades, lambda given: self.day(given.report).year)]


def by_year_answer(scope: FactScope) -> FactAnswer | None:
    """Return how many inspections gave the grade that a question names in each year, or how many gave each grade."""
    conditions = scope.question.conditions
    condition = next((each for each in conditions.grades if isinstance(each, GradeCondition)), None)
    area = _area(scope, condition)
    if area is None:
        return None
    counted = _count(scope, area)
    whole = f"{_inspections(scope)} that gave {with_article(grade_noun(area))}"
    note = " ".join(filter(None, (_years_without(scope, counted), *_apart_words(counted))))
    if not counted.grades:
        sentence = f"We do not have any {whole}."
        return FactAnswer((), Summary(sentence, 0, 0, REPORTS), note, total=0, answered=False)
    fitting = [given for given in counted.grades if condition is None or given.grade in condition.grades]
    years = counted.by_year()
    if condition is None:
        numbers = "; ".join(f"{_each_grade(given)} in {year}" for year, given in years)
        what = f"The {_inspections(scope)} gave these {grade_noun(area).replace('grade', 'grades', 1)}"
    else:
        numbers = in_list([_number_words(given, condition, year, share=conditions.share) for year, given in years])
        rated = f"{'not ' * condition.denied}rated {named_grades(condition)}"
        what = f"Of the {whole}, these were {rated}"
    extreme = ""
    if condition and conditions.extreme:
        extreme = _extreme_words(years, condition, conditions.extreme, share=conditions.share)
    sentence = f"{extreme}{what}: {numbers}. {' '.join(_which_year(scope, counted))}"
    # If no inspection fits, list the ones that we checked, to show this.
    listed = fitting or list(counted.grades)
    if conditions.order and conditions.order.newest_first:
        listed.reverse()
    items = tuple((FactRow(given.report, given.judgement),) for given in listed)
    summary = Summary(sentence, len(fitting), len(counted.grades), REPORTS)
    return FactAnswer(items, summary, note, total=len(fitting))


def _area(scope: FactScope, condition: GradeCondition | None) -> Area | None:
    """Return the area to count: the one that the question names, or else the overall one. None if it names several."""
    if condition:
        area = condition.area or OVERALL
        return area if isinstance(area, Area) else None
    areas = [area for area in AREAS if area.is_asked_in(scope.question.text)] or [OVERALL]
    return areas[0] if len(areas) == 1 else None


def _count(scope: FactScope, area: Area) -> _Counted:
    """Find the grades of an area in reports of the kinds, authorities and times that a question names."""
    conditions = scope.question.conditions
    if conditions.kinds == INSPECTIONS:  # "inspections" means all that give grades, even if we do not know their kind
        conditions = replace(conditions, kinds=())
        scope = replace(scope, question=replace(scope.question, conditions=conditions))
    reports = all_inspections(scope)
    by_publication = conditions.date_of == "published"
    dated = {report.id: day for report in reports if (day := _day(report, by_publication=by_publication)) > date.min}
    given = (given for history in grade_histories(reports, area) for given in history.grades)
    grades = [each for each in given if not each.shared and each.report.id in dated]
    grades.sort(key=lambda each: (dated[each.report.id], each.report.id))
    found = {each.report.id for each in grades}
    apart = [report for report in reports if report.id not in found and _is_graded(report)]
    apart.sort(key=lambda report: (report_day(report), report.id))
    return _Counted(area, by_publication, tuple(grades), tuple(apart))


def _day(report: Report, *, by_publication: bool) -> date:
    """Return the day of publication or, if ``by_publication`` is false, the day that the page of grades uses."""
    return (report.published or date.min) if by_publication else report_day(report)


def _is_graded(report: Report) -> bool:
    """Whether a report gives grades, or should give them."""
    return gives_grades(report) or (report.kind in FULL_INSPECTIONS and report.form in OWN_ACCOUNT)


def _inspections(scope: FactScope) -> str:
    """Name the inspections that a question is about: "inspections of Brent since 2018"."""
    conditions = scope.question.conditions
    noun = _noun(conditions.kinds, 2)
    whose = f" {preposition_of(noun)} {in_list(named(scope))}" if named(scope) else ""
    reports = " with reports" if any(period.published for period in scope.question.periods) else ""
    return f"{noun}{whose}{reports}{in_words(scope.question, of_reports=True, of_inspections=True)}"


def _noun(kinds: Sequence[Kind], count: int) -> str:
    """Return the noun for inspections of the given kinds. It distinguishes kinds that are "inspections" elsewhere."""
    if tuple(kinds) == FULL_INSPECTIONS:
        return f"full inspection{'s' * (count != 1)}"
    if len(kinds) == 1 and kinds[0] in _NOUNS:
        return f"{_NOUNS[kinds[0]]}{'s' * (count != 1)}"
    return kind_noun(kinds or INSPECTIONS, count)


def _number_words(given: Sequence[GivenGrade], condition: GradeCondition, year: int, *, share: bool) -> str:
    """Say how many of the inspections of a year meet a condition: "3 of 8 (38 per cent) in 2018"."""
    of = len(given)
    count = sum(each.grade in condition.grades for each in given)
    per_cent = f" ({round(100 * count / of)} per cent)" if share else ""
    return f"{count or 'none'} of {of}{per_cent} in {year}"


def _extreme_words(
    years: Sequence[tuple[int, Sequence[GivenGrade]]], condition: GradeCondition, extreme: Extreme, *, share: bool
) -> str:
    """Say in which years the number or the share was highest or lowest: "The highest number was 4, in 2018."."""
    counts = {year: (sum(each.grade in condition.grades for each in given), len(given)) for year, given in years}
    values = {year: count / of if share else count for year, (count, of) in counts.items()}
    value = max(values.values()) if extreme is Extreme.MOST else min(values.values())
    rank = "highest" if extreme is Extreme.MOST else "lowest"
    shown = f"share was {round(100 * value)} per cent" if share else f"number was {value:g}"
    when = in_list([str(year) for year, each in values.items() if each == value])
    return f"The {rank} {shown}, in {when}. "


def _each_grade(given: Iterable[GivenGrade]) -> str:
    """Return the number of each grade that was given: "1 Outstanding and 4 Good"."""
    counts = Counter(each.grade for each in given)
    return in_list([f"{counts[grade]} {str(grade).capitalize()}" for grade in Grade if counts[grade]])


def _which_year(scope: FactScope, counted: _Counted) -> Iterable[str]:
    """Say in which year an inspection is counted."""
    if counted.by_publication:
        yield "We counted each inspection in the year in which its report was published."
    else:
        yield "We counted each inspection in the year in which it ended."
        if any(given.report.inspected_to is None for given in counted.grades):
            yield "If we do not know when it ended, we used the year in which its report was published."
    if _AUTHORITIES.search(scope.question.text):
        yield "These are numbers of inspections, so we count an authority only in the years in which it had one."


def _years_without(scope: FactScope, counted: _Counted) -> str:
    """Name the years that the question asks about but that have no inspection to count, up to our latest report."""
    days = [counted.day(report) for report in scope.reports if counted.day(report) > date.min]
    if not days or not counted.grades:
        return ""
    asked = years_asked(scope, counted.day(counted.grades[0].report), days)
    asked -= {year for year, _ in counted.by_year()}
    apart = {counted.day(report).year for report in counted.apart}
    none, not_counted = (sorted(years) for years in (asked - apart, asked & apart))
    one = _one_inspection(scope)
    from_then = "with a report published in" if counted.by_publication else "from"
    said = f"We have no graded {one} {from_then} {in_list(_runs(none), 'or')}." if none else ""
    then = in_list(_runs(not_counted), "or") if not_counted else ""
    could_not = f"We could not count any {one} {from_then} {then}." if then else ""
    return " ".join(filter(None, (said, could_not)))


def _one_inspection(scope: FactScope) -> str:
    """Name one of the inspections that a question is about, without a time: "inspection of Brent led by Ann Bell"."""
    conditions = scope.question.conditions
    noun = _noun(conditions.kinds, 1)
    whose = f" {preposition_of(noun)} {in_list(named(scope), 'or')}" if named(scope) else ""
    return f"{noun}{whose}{f' led by {conditions.led_by}' if conditions.led_by else ''}"


def _runs(years: Sequence[int]) -> list[str]:
    """Return years in words. If several are in a row, give only the first and the last: "2012", "2015 to 2019"."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [
        words
        for run in runs
        for words in ([f"{run[0]} to {run[-1]}"] if len(run) >= _RUN else [str(year) for year in run])
    ]


def _apart_words(counted: _Counted) -> Iterable[str]:
    """Say which inspections we did not count, and why."""
    by_reason: dict[str, list[Report]] = {}
    for report in counted.apart:
        by_reason.setdefault(_why_apart(report, counted), []).append(report)
    for why, reports in by_reason.items():
        words = plural(len(reports), "inspection")
        if len(reports) <= _NAMED:
            words += f" ({in_list([_short_name(report) for report in reports])})"
        theirs, give = ("its report", "gives") if len(reports) == 1 else ("their reports", "give")
        yield f"We did not count {words}, because {why.format(report=theirs, give=give)}."


def _why_apart(report: Report, counted: _Counted) -> str:
    """Return the reason why we did not count inspections, with gaps for the words that depend on their number."""
    noun = grade_noun(counted.area)
    if is_unread(report, counted.area):
        return f"we could not read the {noun} in {{report}}"
    judgement = judgement_of(report, counted.area)
    if judgement is None or (counted.area is CARE_LEAVERS and judgement_of(report, counted.area, alone=True) is None):
        return f"{{report}} {{give}} no {'separate ' * bool(judgement)}{noun}"
    if report.authority is None:
        return "we do not know which authority {report} is about"
    return f"we do not know the date {'of publication ' * counted.by_publication}of {{report}}"


def _short_name(report: Report) -> str:
    """Name an inspection in a few words: "Brent in 2026"."""
    day = report_day(report)
    return f"{report.authority or report.title}{f' in {day.year}' if day > date.min else ''}"
