"""Answers about the authorities that a question names: grades, areas, yes or no, and who has the better grade."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.grades import AREAS, BOARD, OVERALL, Area, Grade, Relation, grade_of, is_unread, judgement_of, relation
from corpus.types import Judgement, Report
from index.search.filtering import report_day
from index.storage.fact_query import Change, Pick
from qa_service.answering.facts.authorities.list_sentences import NONE
from qa_service.answering.facts.authorities.lists import holds
from qa_service.answering.facts.changes import (
    change_rows,
    changes_in_more_steps,
    changes_in_time,
    changes_that_fit,
    is_since_inspection,
)
from qa_service.answering.facts.grades import ASKS_FOR_SEVERAL, areas_asked, graded
from qa_service.answering.facts.history import history_answer
from qa_service.answering.facts.inspections import fact_query, named, named_inspections
from qa_service.answering.facts.named.comparisons import best_of_answer
from qa_service.answering.facts.times import windows
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import (
    inspections_words,
    plural,
    share_words,
    unread_words,
    used_words,
    without_overall_words,
)
from qa_service.types import Summary
from qa_service.understanding.conditions.types import (
    Condition,
    GradeChange,
    GradeCondition,
    Steps,
    Truth,
    Which,
)
from qa_service.understanding.conditions.wording import (
    area_words,
    be,
    named_grades,
    sentence_words,
    without_area,
)
from qa_service.understanding.histories.types import Form, PastGrades
from qa_service.understanding.questions.grade_questions import asks_only_for_overall
from qa_service.understanding.times.wording import Tense
from qa_service.wording import capitalised, in_list, month_of, named_by_date, number_of_verb

Item = tuple[FactRow, ...]
_EVER = re.compile(r"\b(?:ever|at any (?:time|point)|at some (?:time|point))\b", re.IGNORECASE)
_YEAR = 366
"""Number of days in a leap year. If a question names a longer time, "grades" means the grades of each inspection."""


def grades_answer(scope: FactScope) -> FactAnswer | None:
    """Return the grades of the authorities named. None if no report from the time in the question gives them."""
    change = next((c for c in scope.question.conditions.grades if isinstance(c, GradeChange)), None)
    if change:
        return history_answer(scope, PastGrades(Form.RECORD, area=change.area))
    items: list[Item] = []
    sentences: list[str] = []
    of_all: list[Report] = []
    areas = areas_asked(scope.question.text)
    without_overall, overall_unread, overall_asked = 0, 0, asks_only_for_overall(scope.question.text)
    long = any((period.last - period.first).days > _YEAR for period in scope.question.periods)
    at_each = long and bool(ASKS_FOR_SEVERAL.search(scope.question.text)) and not scope.question.conditions.which
    all_of_them = at_each
    unread: list[str] = []
    for report in named_inspections(scope, all_of_them=all_of_them):
        judgements = _judgements(report, areas)
        if not overall_asked and (lost := _unread_areas(report, areas)):
            unread.append(unread_words(lost, report))
        if judgements:
            without_overall += overall_asked and judgement_of(report, OVERALL) is None
            overall_unread += overall_asked and is_unread(report, OVERALL)
            items.append(tuple(FactRow(report, judgement) for judgement in judgements))
            first = judgements[0]
            if len(judgements) == 1:
                sentences.append(
                    f"{report.authority} was rated {grade_of(first).capitalize()} {_area_of(first)} at the "
                    f"{named_by_date(report)}."
                )
            else:
                of_all.append(report)
    for name, reports in _by_authority(of_all).items():
        whose = "the" if len(reports) == 1 else "its"
        sentences.append(f"These are {name}’s grades from {whose} {inspections_words(reports)}.")
    if not items:
        return None
    note = without_overall_words(without_overall, len(items), overall_unread)
    if scope.question.periods and not without_overall:
        note = _inspections_used(scope, all_of_them=all_of_them)
    notes = filter(None, (note, *unread, *_times_without_inspection(scope)))
    return FactAnswer(tuple(items), Summary(" ".join(sentences[:5])), " ".join(notes))


def _inspections_used(scope: FactScope, *, all_of_them: bool) -> str:
    """Say which inspections were used: "We used the latest graded inspection that ended in 2019."."""
    chosen = windows(scope.question)
    named_times = [window for window in chosen if window.words]
    if not named_times:  # the times contradict each other, so only the most recent inspection remains
        return f"We used {used_words(Pick.LATEST)}."
    ended = "" if any(window.published for window in named_times) else "that ended "
    period = "in the period " if ended else ""
    times = in_list([f"{period * words.startswith('from ')}{words}" for words in (w.words for w in named_times)])
    latest = ", and the most recent one" if len(named_times) < len(chosen) else ""
    pick = Pick.ALL if all_of_them else next((window.pick for window in chosen), Pick.LATEST)
    return f"We used {used_words(pick, many=len(named_times) > 1)} {ended}{times}{latest}."


def _times_without_inspection(scope: FactScope) -> list[str]:
    """Name the times in a question that have no graded inspection, if the question names several times."""
    chosen = windows(scope.question)
    if len(chosen) < 2:
        return []
    name = in_list(named(scope))
    empty = [
        window.words
        for window in chosen
        if not scope.store.inspections(fact_query(scope, window, graded=True, authorities=named(scope)))
    ]
    return [f"We have no graded inspection of {name} {in_list(empty, last='or')}."] if empty else []


def areas_answer(scope: FactScope) -> FactAnswer | None:
    """Return the areas of one authority that meet the condition of a question."""
    conditions = scope.question.conditions.grades
    change = next((c for c in conditions if isinstance(c, GradeChange)), None)
    if change:
        return _areas_changed(scope, change)
    condition = next((c for c in conditions if isinstance(c, GradeCondition)), None)
    reports = named_inspections(scope)
    if condition is None or not reports:
        return None
    items: list[Item] = []
    sentences = []
    unread = [unread_words(report.missing_areas, report) for report in reports if report.missing_areas]
    reports = [report for report in reports if graded(report)]
    if not reports:
        return None
    for report in reports:
        areas = graded(report)
        fitting = [judgement for judgement in areas if grade_of(judgement) in condition.grades]
        items += [(FactRow(report, judgement),) for judgement in fitting]
        which = f"in the report on {report.authority}’s {named_by_date(report)}"
        sentences.append(_areas_words(condition, len(fitting), len(areas), which))
    total = len(items)
    if not items:  # show all the grades, so that readers can see that none fits
        items = [tuple(FactRow(report, judgement) for judgement in graded(report)) for report in reports]
    summary = Summary(" ".join(sentences), total, None, "areas")
    return FactAnswer(tuple(items), summary, " ".join(unread), total=total)


def _areas_words(condition: GradeCondition, count: int, areas: int, which: str) -> str:
    """Say how many grades in a report meet a condition: "None. All 4 grades in the report on … are Good."."""
    of_all = condition.denied and areas and not count
    total, denied = (areas, False) if of_all else (count, condition.denied)
    verb = be(number_of_verb(total, areas), Tense.PRESENT, "not" * denied)
    grades = share_words(total, areas, which, "grade", "grades")
    return f"{f'{NONE} ' if of_all else ''}{grades} {verb} {named_grades(condition)}."


def yes_or_no_answer(scope: FactScope) -> FactAnswer | None:
    """Return whether what a question says about the authorities named is true."""
    conditions = scope.question.conditions
    if conditions.relations:
        return best_of_answer(scope)
    change = next((c for c in conditions.grades if isinstance(c, GradeChange)), None)
    if change:
        return _whether_changed(scope, change)
    items: list[Item] = []
    sentences: list[str] = []
    verdicts: list[bool] = []
    picked, every = _by_authority(named_inspections(scope)), _by_authority(named_inspections(scope, all_of_them=True))
    grades = [_of_each(condition) if conditions.which is Which.EACH else condition for condition in conditions.grades]
    for name, reports in every.items():
        met = [holds(condition, picked.get(name, []), reports) for condition in grades]
        decided = [verdict for verdict, _ in met if verdict is not None]
        if len(decided) < len(met):
            continue
        verdicts.append(any(decided) if conditions.any_of else all(decided))
        rows = tuple(dict.fromkeys(row for _, shown_rows in met for row in shown_rows))
        items += [
            tuple(row for row in rows if row.report is report) for report in dict.fromkeys(r.report for r in rows)
        ]
        sentences.append(_verdict(name, rows, reports))
    if not verdicts:
        return None
    if len(set(verdicts)) == 1:
        sentence = f"{'Yes' if verdicts[0] else 'No'}. {' '.join(sentences)}"
        return FactAnswer(tuple(items), Summary(sentence, yes=verdicts[0]))
    return FactAnswer(tuple(items), Summary(" ".join(sentences)))


def _of_each(condition: Condition) -> Condition:
    """Return a condition that every inspection must meet, if it does not say which ones: "every report … good"."""
    if isinstance(condition, GradeCondition) and condition.truth is Truth.PICKED:
        return replace(condition, truth=Truth.ALWAYS)
    return condition


def _judgements(report: Report, areas: Sequence[Area]) -> list[Judgement]:
    """Return a report's judgements on the given areas.

    Return all its judgements if no area is given. Do the same if the only area is the overall one and the report does
    not grade it.
    """
    if not areas:
        return graded(report)
    found = [judgement for area in areas if (judgement := judgement_of(report, area))]
    if not found and list(areas) == [OVERALL]:
        return graded(report)
    return list(dict.fromkeys(found))


def _unread_areas(report: Report, areas: Sequence[Area]) -> list[str]:
    """Return the given areas of a report, or all areas if none is given, whose grade we could not read."""
    return [name for name in report.missing_areas if not areas or any(area.is_printed_as(name) for area in areas)]


def _whether_changed(scope: FactScope, change: GradeChange) -> FactAnswer | None:
    area = change.area or OVERALL
    everything = changes_in_time(scope, area, change)
    if not everything:
        return _nothing_later(scope, area) if is_since_inspection(scope.question) else None
    pairs = changes_that_fit(scope, change, everything)
    named_grades = len(change.before) < 4 or len(change.after) < 4
    if not named_grades and not scope.question.periods and not _EVER.search(scope.question.text):
        pairs = [pair for pair in pairs if pair.is_latest]
    if change.relations == frozenset(Relation) and not named_grades:
        return history_answer(scope, PastGrades(Form.RECORD, area=change.area))
    if not pairs and change.steps is not Steps.ONE and (longer := changes_in_more_steps(scope, change, everything)):
        return _changed_in_more_steps(scope, longer, area)
    of_all = named_grades or bool(scope.question.periods)  # a single pair does not show that there was no such change
    shown_pairs = pairs or (everything if of_all else everything[-1:])
    items = tuple(change_rows(scope, pair, area) for pair in shown_pairs)
    if pairs or len(shown_pairs) == 1:
        sentence = " ".join(_pair_words(scope, pair, area) for pair in shown_pairs)
    else:
        sentence = _records(scope, shown_pairs, area)
    return FactAnswer(items, Summary(f"{'Yes' if pairs else 'No'}. {sentence}", yes=bool(pairs), changes=True))


def _changed_in_more_steps(scope: FactScope, pairs: Sequence[Change], area: Area) -> FactAnswer:
    """Return the answer for changes that had another grade in between."""
    sentence = " ".join(f"{_pair_words(scope, pair, area)} It had another grade in between." for pair in pairs)
    items = tuple(change_rows(scope, pair, area) for pair in pairs)
    return FactAnswer(items, Summary(f"Yes. {sentence}", yes=True, changes=True))


def _nothing_later(scope: FactScope, area: Area) -> FactAnswer | None:
    """Return the grades of the inspection named in "since the … inspection", if no later inspection gave grades."""
    rows = [(report, judgement) for report in named_inspections(scope) if (judgement := judgement_of(report, area))]
    sentences = [
        f"We have no graded inspection of {report.authority} after the {named_by_date(report)}, when it was rated "
        f"{grade_of(judgement).capitalize()} {area_words(area)}."
        for report, judgement in rows
    ]
    items = tuple((FactRow(report, judgement),) for report, judgement in rows)
    return FactAnswer(items, Summary(" ".join(sentences))) if items else None


def _areas_changed(scope: FactScope, change: GradeChange) -> FactAnswer | None:
    """Return the areas whose grade changed at the latest inspection, or in the time that the question names."""
    items: list[Item] = []
    areas = 0
    for area in AREAS:
        if area in (BOARD, OVERALL):
            continue
        pairs = [pair for pair in changes_in_time(scope, area) if scope.question.periods or pair.is_latest]
        areas += bool(pairs)
        for pair in pairs:
            fits = pair.grade_before in change.before and pair.grade_after in change.after
            if fits and relation(pair.grade_after, pair.grade_before) in change.relations:
                items.append(change_rows(scope, pair, area))
    if not areas:
        return None
    total = len(items)
    name = in_list(named(scope))
    which = share_words(total, areas, f"graded at both inspections of {name}", "area", "areas")
    changed = without_area(sentence_words(change, number_of_verb(total, areas), Tense.PAST), OVERALL)
    sentence = f"{which} {changed}."
    if not items:
        items = [change_rows(scope, pair, OVERALL) for pair in changes_in_time(scope, OVERALL)[-1:]]
    return (
        FactAnswer(tuple(items), Summary(sentence, total, areas, "areas", changes=True), total=total) if items else None
    )


def _pair_words(scope: FactScope, pair: Change, area: Area) -> str:
    before, after = scope.report(pair.before), scope.report(pair.after)
    return (
        f"{pair.authority} was rated {pair.grade_before.capitalize()} {area_words(area)} at the "
        f"{named_by_date(before)}, and "
        f"{pair.grade_after.capitalize()} at the {named_by_date(after)}."
    )


def _records(scope: FactScope, pairs: Sequence[Change], area: Area) -> str:
    """Return the grades of the inspections in some pairs, in one sentence for each authority."""
    sentences = []
    for name in dict.fromkeys(pair.authority for pair in pairs):
        own = [pair for pair in pairs if pair.authority == name]
        given = {each.before: each.grade_before for each in own} | {each.after: each.grade_after for each in own}
        by_day = sorted(given, key=lambda report: (report_day(scope.report(report)), report))
        sentences.append(_record(name, [(given[each], scope.report(each)) for each in by_day], area_words(area)))
    return " ".join(sentences)


def _record(name: str, given: Sequence[tuple[Grade, Report]], area: str) -> str:
    """Return each grade with its month: "Overall, Orle was rated Good in June 2018 and Outstanding in May 2022."."""
    said = in_list([f"{grade.capitalize()} {month_of(report)}" for grade, report in given])
    return f"{capitalised(area)}, {name} was rated {said}."


def _by_authority(reports: Sequence[Report]) -> dict[str, list[Report]]:
    """Group reports by authority, in the order given."""
    grouped: dict[str, list[Report]] = {}
    for report in reports:
        grouped.setdefault(str(report.authority), []).append(report)
    return grouped


def _verdict(name: str, rows: Sequence[FactRow], inspections: Sequence[Report]) -> str:
    """Say why the answer about one authority is yes or no."""
    graded_areas = {_area_of(row.judgement) for row in rows if row.judgement}
    if len({row.report.id for row in rows}) > 1 and len(graded_areas) == 1:
        given = [(grade_of(row.judgement), row.report) for row in rows if row.judgement]
        return _record(name, given, graded_areas.pop())
    if len({row.report.id for row in rows}) > 1:
        count = plural(len(inspections), "graded inspection")
        return f"We have {count} of {name}. The ones that answer your question are listed."
    judgements = [row.judgement for row in rows if row.judgement]
    grades = in_list(list(dict.fromkeys(f"{grade_of(j).capitalize()} {_area_of(j)}" for j in judgements)))
    return f"{name} was rated {grades} at the {named_by_date(rows[0].report)}."


def _area_of(judgement: Judgement) -> str:
    return "overall" if OVERALL.is_printed_as(judgement.area) else f"for “{judgement.area}”"
