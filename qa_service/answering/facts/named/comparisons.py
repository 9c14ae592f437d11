"""Compares the grades of the authorities that a question names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from corpus.grades import OVERALL, Area, Grade, Relation, grade_of, is_unread, judgement_of, relation
from corpus.types import Report
from qa_service.analysis.grade_history import GivenGrade, grade_histories
from qa_service.answering.facts.grades import areas_asked, graded
from qa_service.answering.facts.history import KEEPS_GRADE, record
from qa_service.answering.facts.inspections import named, named_inspections
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import unread_words
from qa_service.types import Summary
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conditions.wording import (
    area_words,
    grade_noun,
)
from qa_service.wording import capitalised, in_list, month_of, the_reports

_EVER = re.compile(r"\b(?:ever|at any (?:time|point|stage))\b", re.IGNORECASE)


def best_of_answer(scope: FactScope) -> FactAnswer | None:
    """Return which of several authorities has the better grade, or whether the first one does."""
    conditions = scope.question.conditions
    areas = areas_asked(scope.question.text) or [OVERALL]
    area = areas[0]
    latest = {str(report.authority): report for report in named_inspections(scope)}
    names = [name for name in named(scope) if name in latest and judgement_of(latest[name], area)]
    lacking = [name for name in named(scope) if name not in names]
    asserts = conditions.wanted is Wanted.YES_OR_NO
    if asserts and len(named(scope)) == 2 and not scope.question.periods and _EVER.search(scope.question.text):
        return _whether_ever(scope, area)
    if len(names) < 2 or (asserts and lacking):
        return _not_comparable(scope, latest, area)
    judgements = {name: judgement_of(latest[name], area) for name in names}
    grades = {name: grade_of(judgement) for name, judgement in judgements.items() if judgement}
    items = tuple((FactRow(latest[name], judgement),) for name, judgement in judgements.items() if judgement)
    note = _lacking_words(scope, [name for name in lacking if name in latest], lacking, area)
    said = _rated_words(grades, latest)
    if asserts:
        yes = all(relation(grades[names[0]], grades[other]) in conditions.relations for other in names[1:])
        sentence = f"{'Yes' if yes else 'No'}. {area_words(area).capitalize()}, {said}."
        return FactAnswer(items, Summary(sentence, yes=yes), note)
    if len(set(grades.values())) == 1:
        neither = "Neither. " if len(named(scope)) == 2 else ""
        sentence = f"{neither}{in_list(names)} have the same {grade_noun(area)}. {said}."
        return FactAnswer(items, Summary(sentence), note)
    worse = conditions.relations == frozenset({Relation.WORSE})
    order = list(type(next(iter(grades.values()))))
    chosen = (max if worse else min)(order.index(grade) for grade in grades.values())
    winners = [name for name in names if order.index(grades[name]) == chosen]
    said = _rated_words({name: grades[name] for name in dict.fromkeys((*winners, *names))}, latest)
    which = ("lower" if worse else "better") if len(names) == 2 else ("lowest" if worse else "best")
    have = "has" if len(winners) == 1 else "have"
    return FactAnswer(items, Summary(f"{in_list(winners)} {have} the {which} {grade_noun(area)}. {said}."), note)


def _whether_ever(scope: FactScope, area: Area) -> FactAnswer | None:
    """Return whether the first of two authorities ever had a better (or worse) grade than the other.

    A grade is valid until the next one. None if an authority has no grade for the area, or one that we could not read.
    """
    reports = named_inspections(scope, all_of_them=True)
    histories = {history.authority: history for history in grade_histories(reports, area)}
    if any(name not in histories or histories[name].unread for name in named(scope)):
        return None
    first, other = ([given for given in histories[name].grades if not given.shared] for name in named(scope))
    if not (first and other):
        return None
    days = sorted({given.day for given in (*first, *other)})
    pairs = [(_standing(first, day), _standing(other, day)) for day in days]
    relations = scope.question.conditions.relations
    matching = [(one, two) for one, two in pairs if one and two and relation(one.grade, two.grade) in relations]
    records = [record(name, given, area) for name, given in zip(named(scope), (first, other), strict=True)]
    items = tuple((FactRow(given.report, given.judgement),) for given in (*first, *other))
    when = f" {_both_words(*matching[-1])}" if matching else ""
    sentence = f"{'Yes' if matching else 'No'}.{when} {' '.join(records)} {KEEPS_GRADE}"
    return FactAnswer(items, Summary(sentence, yes=bool(matching)))


def _standing(grades: Sequence[GivenGrade], day: date) -> GivenGrade | None:
    """Return the latest grade on a day."""
    return next((given for given in reversed(grades) if given.day <= day), None)


def _both_words(one: GivenGrade, two: GivenGrade) -> str:
    """Name two grades that were valid at the same time: "In June 2018, Orle was Good and Hesk was Inadequate."."""
    later = max((one, two), key=lambda given: given.day)
    said = in_list([f"{given.report.authority} was {given.grade.capitalize()}" for given in (one, two)])
    return f"{capitalised(month_of(later.report))}, {said}."


def _rated_words(grades: Mapping[str, Grade], latest: Mapping[str, Report]) -> str:
    """Return the grades of some authorities in words: "Orle was rated Good in June 2023 and Hesk was …"."""
    return in_list(
        [f"{name} was rated {grade.capitalize()} {month_of(latest[name])}" for name, grade in grades.items()]
    )


def _lacking_words(scope: FactScope, ungraded: Sequence[str], lacking: Sequence[str], area: Area) -> str:
    """Name the authorities without the grade to compare, and those without a graded inspection."""
    unseen = [name for name in lacking if name not in ungraded]
    then = in_words(scope.question, of_inspections=True)
    notes = (
        f"We have no {grade_noun(area)} from the latest graded inspection of {in_list(ungraded)}." if ungraded else "",
        f"We have no graded inspection of {in_list(unseen, last='or')}{then}." if unseen else "",
    )
    return " ".join(filter(None, notes))


def _not_comparable(scope: FactScope, latest: Mapping[str, Report], area: Area) -> FactAnswer | None:
    """Say which reports do not give the grade to compare. None if an authority has no graded inspection at all.

    A report may give the grade in a table that we could not read.
    """
    if len(latest) < max(2, len(named(scope))):
        return None
    lacking = [report for report in latest.values() if not judgement_of(report, area)]
    unread = [report for report in lacking if is_unread(report, area)]
    without = [report for report in lacking if report not in unread]
    sentences = [f"We cannot compare {in_list(named(scope))}."]
    sentences += (unread_words(filter(area.is_printed_as, report.missing_areas), report) for report in unread)
    if without:
        does = "does" if len(without) == 1 else "do"
        grade = f"{'an' if area is OVERALL else 'a'} {grade_noun(area)}"
        sentences.append(f"{capitalised(the_reports(without))} {does} not give {grade}.")
        sentences += ["Ask about one area, such as care leavers."] if area is OVERALL else []
    rows = (tuple(FactRow(report, judgement) for judgement in graded(report)) for report in latest.values())
    return FactAnswer(tuple(filter(None, rows)), Summary(" ".join(sentences)), answered=False)
