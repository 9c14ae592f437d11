"""Answers about an authority's grades over time: each grade, when it began and ended, and which grade came next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.grades import (
    AREAS,
    CARE_LEAVERS,
    OVERALL,
    Area,
    Grade,
    Relation,
    gives_grades,
    grade_of,
    judgement_of,
    relation,
)
from corpus.types import Judgement, Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import GivenGrade, GradeHistory, grade_histories, months_between
from qa_service.answering.facts.grades import graded
from qa_service.answering.facts.inspections import named, named_inspections
from qa_service.answering.facts.types import REPORTS, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import plural, unread_words, with_article
from qa_service.types import Summary
from qa_service.understanding.conditions.wording import area_words, grade_noun, grade_words
from qa_service.understanding.histories.types import Form, PastGrades
from qa_service.wording import in_list, is_dated, length_of_time, month_of, named_by_date

_NEW_FRAMEWORK = "The two inspections followed different frameworks, so compare these grades with care."
KEEPS_GRADE = "An authority keeps its grade until its next graded inspection. Visits in between are not graded."


@dataclass(frozen=True, slots=True)
class _Told:
    """What an answer says about one authority."""

    sentence: str
    yes: bool | None = None
    """The answer to a yes-or-no question, if the grades give one."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What the inspections of one authority say about an area, oldest first."""

    authority: str
    grades: tuple[GivenGrade, ...]
    """The grades for this area alone."""
    apart: tuple[Report, ...]
    """Inspections that gave grades, but none for this area alone."""
    unread: tuple[Report, ...]
    """Inspections that graded the area, but whose grade we could not read."""
    undated: tuple[tuple[Report, Judgement], ...]
    """Inspections that graded the area but have no date, so we do not know where they come in the order."""

    @classmethod
    def of(cls, history: GradeHistory, reports: Iterable[Report], area: Area) -> _Own:
        """Make a history from an authority's grades, and from the reports that gave no grade for the area alone."""
        grades = tuple(given for given in history.grades if not given.shared)
        have = {given.report.id for given in grades} | {report.id for report in history.unread}
        others = [r for r in reports if r.authority == history.authority and r.id not in have and gives_grades(r)]
        others.sort(key=lambda report: (report_day(report), report.id))
        undated = [
            (r, judgement) for r in others if not is_dated(r) and (judgement := judgement_of(r, area, alone=True))
        ]
        apart = tuple(report for report in others if report not in [report for report, _ in undated])
        return cls(history.authority, grades, apart, history.unread, tuple(undated))


@dataclass(frozen=True, slots=True)
class _Run:
    """Successive inspections of an authority that gave grades that a question names."""

    grades: tuple[GivenGrade, ...]
    before: GivenGrade | None
    after: GivenGrade | None

    @property
    def words(self) -> str:
        """The grades of the run in a sentence: "Inadequate"."""
        return grade_words(each.grade for each in self.grades)


def history_answer(scope: FactScope, past: PastGrades) -> FactAnswer | None:
    """Return the grades of the authorities named at each inspection, and what a question asks about them.

    None if no report gives a grade for the area.
    """
    area = past.area or OVERALL
    reports = named_inspections(scope, all_of_them=True)
    if past.form is Form.RECORD:
        reports += [report for report in _published_then(scope) if report not in reports]
    if past.form is Form.CHANGED:
        return _last_change(scope, reports)
    if past.form is Form.MOVED:
        return _move(scope, past)
    histories = {history.authority: history for history in grade_histories(reports, area)}
    found = [_Own.of(histories[name], reports, area) for name in named(scope) if name in histories]
    found = [own for own in found if own.grades]
    if not found:
        return None
    about_each = [_about(own, past, area) for own in found]
    verdicts = {each.yes for each in about_each}
    yes = verdicts.pop() if len(verdicts) == 1 else None
    said = [f"{'Yes' if yes else 'No'}."] if yes is not None else []
    items: list[tuple[FactRow, ...]] = []
    notes: list[str] = []
    for own in found:
        items += [(FactRow(given.report, given.judgement),) for given in own.grades]
        items += [tuple(FactRow(report, judgement) for judgement in graded(report)) for report in own.apart]
        items += [(FactRow(report, judgement),) for report, judgement in own.undated]
        notes += [_apart_words(report, area) for report in own.apart]
        notes += [_undated_words(report, judgement, area) for report, judgement in own.undated]
        notes += [unread_words(filter(area.is_printed_as, report.missing_areas), report) for report in own.unread]
    lacking = [name for name in named(scope) if name not in {own.authority for own in found}]
    then = "from that time " * bool(scope.question.periods)
    notes += [f"No report about {name} {then}gives {with_article(grade_noun(area))}." for name in lacking]
    if past.form in (Form.LASTED, Form.BEGAN):
        notes.append(KEEPS_GRADE)
    sentence = " ".join((*said, *(each.sentence for each in about_each)))
    if past.form is Form.NUMBER and len(found) == 1:  # the rows prove the count, so the list has no other rows
        fitting = _grades_of_runs(_runs(found[0].grades, past.grades))
        items = [(FactRow(given.report, given.judgement),) for given in fitting or found[0].grades]
        summary = Summary(sentence, len(fitting), len(found[0].grades), REPORTS)
        return FactAnswer(tuple(items), summary, " ".join(dict.fromkeys(notes)), total=len(fitting))
    return FactAnswer(tuple(items), Summary(sentence, yes=yes), " ".join(dict.fromkeys(notes)))


def _published_then(scope: FactScope) -> list[Report]:
    """Return the graded inspections whose report came out in the time that a question names.

    "Its grades since 2017" may begin with a report of January 2017, although the inspection was in the year before.
    """
    periods, names = scope.question.periods, named(scope)
    return [
        report
        for report in scope.reports
        if report.authority in names and report.published and is_dated(report) and gives_grades(report)
        if not report.superseded_by
        if any(period.first <= report.published <= period.last for period in periods if not period.excluded)
    ]


def _about(own: _Own, past: PastGrades, area: Area) -> _Told:
    """Return what to say about one authority."""
    graded_at = record(own.authority, own.grades, area)
    if past.form in (Form.HIGHEST, Form.LOWEST):
        return _Told(_extreme(own, past.form, area))
    if past.form is Form.RECORD:
        moved = {given.grade for given in own.grades}
        return _Told(f"{graded_at}{' The grade has not changed.' * (len(own.grades) > len(moved) == 1)}")
    runs = _runs(own.grades, past.grades)
    named_grades = grade_words(past.grades)
    if past.form in (Form.NUMBER, Form.SEVERAL):
        return _number(own, past, runs, area)
    if past.form is Form.STILL:
        return _still(own, past, area)
    if not runs:
        never = f"No graded inspection in our reports rated {own.authority} {named_grades} {area_words(area)}."
        is_no = past.form is Form.EVER
        return _Told(graded_at if is_no else f"{never} {graded_at}", yes=False if is_no else None)
    if past.form is Form.EVER:
        since = f" {_since(own, runs[-1], area).sentence}" if past.and_since else ""
        return _Told(f"{graded_at}{since}", yes=True)
    if past.form in (Form.SINCE, Form.LEFT):
        last, what_followed = runs[-1].grades[-1], _since(own, runs[-1], area)
        rated = f"{own.authority} was last rated {last.grade.capitalize()} {area_words(area)} {month_of(last.report)}."
        yes = runs[-1].after is not None if past.form is Form.LEFT else what_followed.yes
        return _Told(f"{rated} {what_followed.sentence}", yes)
    if past.form is Form.BEGAN:
        return _Told(_began(own.authority, runs[-1], area))
    return _Told(" ".join(_duration_words(own, run, area) for run in runs))


def record(authority: str, grades: Iterable[GivenGrade], area: Area) -> str:
    """Return each grade with its month: "Overall, Orle was rated Good in June 2018 and Outstanding in May 2022."."""
    said = in_list([f"{given.grade.capitalize()} {month_of(given.report)}" for given in grades])
    return f"{area_words(area).capitalize()}, {authority} was rated {said}."


def _runs(grades: Sequence[GivenGrade], wanted: frozenset[Grade]) -> list[_Run]:
    """Return each run of successive inspections that gave certain grades, oldest first."""
    runs: list[_Run] = []
    at = 0
    for fits, series in groupby(grades, lambda given: given.grade in wanted):
        members = tuple(series)
        end = at + len(members)
        if fits:
            before = grades[at - 1] if at else None
            runs.append(_Run(members, before, grades[end] if end < len(grades) else None))
        at = end
    return runs


def _since(own: _Own, run: _Run, area: Area) -> _Told:
    """Say if the grade has improved since the last run of inspections that gave certain grades."""
    last = run.grades[-1]
    later = own.grades[own.grades.index(last) + 1 :]
    if not later:
        return _Told(
            f"We have no later report that gives {with_article(grade_noun(area))}, so the grades do not show if it has "
            "improved since."
        )
    moved = relation(later[-1].grade, last.grade)
    words = {Relation.BETTER: "It has improved since", Relation.WORSE: "It has got worse since"}[moved]
    then = in_list([f"{given.grade.capitalize()} {month_of(given.report)}" for given in later])
    return _Told(f"{words}: {then}.", yes=moved is Relation.BETTER)


def _still(own: _Own, past: PastGrades, area: Area) -> _Told:
    """Say if the latest inspection gave certain grades. If it gave no grade for the area, the answer is unknown."""
    graded_at = record(own.authority, own.grades, area)
    latest = own.grades[-1]
    later = [r for r in (*own.apart, *own.unread) if report_day(r) > latest.day]
    return _Told(graded_at, yes=None if later else latest.grade in past.grades)


def _extreme(own: _Own, form: Form, area: Area) -> str:
    """Say which grade was the highest or the lowest, and at which inspections."""
    order = tuple(Grade) if form is Form.HIGHEST else tuple(reversed(Grade))
    grade = min((given.grade for given in own.grades), key=order.index)
    when = in_list([month_of(given.report) for given in own.grades if given.grade is grade])
    return f"The {form.value} {grade_noun(area)} of {own.authority} was {grade.capitalize()}, {when}."


def _last_change(scope: FactScope, in_time: Sequence[Report]) -> FactAnswer | None:
    """Return the grades of the last two inspections of each authority, and how each area changed.

    ``in_time`` are the inspections from the time that the question names. The later of the two must be one of them.
    None if no authority has two.
    """
    items: list[tuple[FactRow, ...]] = []
    sentences: list[str] = []
    notes: list[str] = []
    graded_ones = [each for each in scope.reports if is_dated(each) and gives_grades(each) and not each.superseded_by]
    graded_ones.sort(key=lambda report: (report_day(report), report.id))
    ids = {report.id for report in in_time}
    for name in named(scope):
        own = [report for report in graded_ones if report.authority == name]
        place = max((at for at, report in enumerate(own) if report.id in ids), default=0)
        if place:
            before, after = own[place - 1], own[place]
            items += [tuple(FactRow(each, judgement) for judgement in graded(each)) for each in (before, after)]
            sentences.append(_change_words(before, after))
            notes += [_NEW_FRAMEWORK] if before.framework != after.framework else []
        else:
            notes.append(f"We do not have two graded inspections of {name} to compare.")
    return FactAnswer(tuple(items), Summary(" ".join(sentences)), " ".join(dict.fromkeys(notes))) if items else None


def _move(scope: FactScope, past: PastGrades) -> FactAnswer | None:
    """Return the grades of the two inspections between which each authority went from one overall grade to another.

    If it did so more than once, the last time counts. None if no authority did.
    """
    items: list[tuple[FactRow, ...]] = []
    sentences: list[str] = []
    notes: list[str] = []
    for name in named(scope):
        own = [each for each in scope.reports if each.authority == name and is_dated(each) and gives_grades(each)]
        own = sorted(
            (each for each in own if not each.superseded_by), key=lambda report: (report_day(report), report.id)
        )
        graded_at = [(each, judgement) for each in own if (judgement := judgement_of(each, OVERALL))]
        moves = [
            (first, second)
            for (first, was), (second, now) in pairwise(graded_at)
            if grade_of(was) in past.grades and grade_of(now) in past.after
        ]
        if not moves:
            notes.append(f"{name} never went straight from {grade_words(past.grades)} to {grade_words(past.after)}.")
            continue
        before, after = moves[-1]
        items += [tuple(FactRow(each, judgement) for judgement in graded(each)) for each in (before, after)]
        sentences.append(_change_words(before, after))
        notes += [_NEW_FRAMEWORK] if before.framework != after.framework else []
    return FactAnswer(tuple(items), Summary(" ".join(sentences)), " ".join(dict.fromkeys(notes))) if items else None


def _change_words(before: Report, after: Report) -> str:
    """Say how the grade of each area changed from one inspection to the next."""
    pairs = [(area, judgement_of(before, area, alone=True), judgement_of(after, area, alone=True)) for area in AREAS]
    said = []
    for area, first, second in pairs:
        if first and second:
            was, now = grade_of(first).capitalize(), grade_of(second).capitalize()
            said.append(f"{area.name} {f'stayed {now}' if was == now else f'went from {was} to {now}'}")
    start = f"From {before.authority}’s {named_by_date(before)} to its {named_by_date(after)}"
    apart = _apart_at_one(before, after)
    return f"{start}: {in_list(said)}.{apart}" if said else f"{start}, no area was graded at both.{apart}"


def _apart_at_one(before: Report, after: Report) -> str:
    """Say which grade care leavers had, if one of two inspections graded them with children in care. Empty if not."""
    first, second = (judgement_of(each, CARE_LEAVERS, alone=True) for each in (before, after))
    own, other, words = (first, after, ("earlier", "later")) if first else (second, before, ("later", "earlier"))
    shared = judgement_of(other, CARE_LEAVERS)
    if (first and second) or not (own and shared):
        return ""
    return (
        f" Care leavers had a grade of their own only at the {words[0]} inspection: {grade_of(own).capitalize()}. The "
        f"{words[1]} inspection graded them with children in care: {grade_of(shared).capitalize()}."
    )


def _began(authority: str, run: _Run, area: Area) -> str:
    """Say at which inspection the last run of certain grades began."""
    first = run.grades[0]
    earlier = (
        f" It was rated {run.before.grade.capitalize()} before that, {month_of(run.before.report)}."
        if run.before
        else " We have no earlier report that gives this grade."
    )
    later = f" It was rated {run.after.grade.capitalize()} {month_of(run.after.report)}." if run.after else ""
    return (
        f"{authority} was rated {run.words} {area_words(area)} from its {named_by_date(first.report)}.{earlier}{later}"
    )


def _duration_words(own: _Own, run: _Run, area: Area) -> str:
    """Say at which inspections an authority began and stopped having certain grades, and how long it had them."""
    first, last = run.grades[0], run.grades[-1]
    start = f"{own.authority} was rated {run.words} {area_words(area)} at its {named_by_date(first.report)}"
    if run.after:
        length = length_of_time(months_between(first.day, run.after.day))
        until = f"until its {named_by_date(run.after.report)}, which rated it {run.after.grade.capitalize()}"
        return f"{start}, and had this grade {until}: {length} later."
    again = f", and again at its {named_by_date(last.report)}" if last is not first else ""
    return f"{start}{again}. This is the latest grade {area_words(area)} that we have for it."


def _number(own: _Own, past: PastGrades, runs: Sequence[_Run], area: Area) -> _Told:
    """Say how many of an authority's inspections gave certain grades."""
    fitting = _grades_of_runs(runs)
    count, of = len(fitting), len(own.grades)
    times = f"at {count or 'none'} of its {plural(of, 'graded inspection')}"
    when = f": {in_list([month_of(given.report) for given in fitting])}" if fitting else ""
    sentence = f"{own.authority} was rated {grade_words(past.grades)} {area_words(area)} {times}{when}."
    return _Told(sentence, yes=count >= past.least if past.form is Form.SEVERAL else None)


def _grades_of_runs(runs: Iterable[_Run]) -> list[GivenGrade]:
    """Return the grades of all runs, oldest first."""
    return [given for run in runs for given in run.grades]


def _apart_words(report: Report, area: Area) -> str:
    """Say that an inspection gave no grade for the area alone, and that its other grades are listed."""
    separate = "separate " * bool(judgement_of(report, area))
    return f"{report.authority}’s {named_by_date(report)} gave no {separate}{grade_noun(area)}, so we list its grades."


def _undated_words(report: Report, judgement: Judgement, area: Area) -> str:
    """Say which grade an inspection without a date gave."""
    return (
        f"{report.authority}’s {named_by_date(report)} gave {grade_of(judgement).capitalize()} {area_words(area)}. We "
        "do not know if it came before or after the others."
    )
