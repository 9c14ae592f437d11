"""Sentences that introduce a list or count of authorities.

They say which authorities fit, and which reports we used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.grades import OVERALL, Area, Grade, Relation, grade_of, relation
from corpus.types import FULL_INSPECTIONS, Report
from index.storage.fact_query import Pick
from qa_service.answering.facts.times import in_words, tense_of, windows
from qa_service.answering.facts.types import FactRow, FactScope
from qa_service.answering.facts.wording import (
    PICK_WORDS,
    kind_noun,
    number_of_noun,
    number_words,
    plural,
    share_words,
    used_words,
    with_article,
)
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import AreaComparison, AreaScope, Condition, GradeCondition, Truth
from qa_service.understanding.conditions.wording import (
    be,
    grade_noun,
    grade_words,
    had,
    opposite,
    sentence_words,
    without_area,
)
from qa_service.wording import number_of_verb

NONE = "None."
"""The start of an answer if nobody meets a condition such as "not good". After it, the answer says what is true of
all."""


def shared_words(scope: FactScope, conditions: Sequence[Condition], total: int, looked_at: int) -> str:
    """Say how many authorities meet the conditions: "2 of the 5 authorities with an overall grade are rated Good".

    If nobody meets a condition such as "not good", say instead what is true of all of them: "None. All 5 authorities …
    are rated Good".
    """
    single = len(conditions) == 1 and not scope.question.conditions.number
    of_all = opposite(conditions[0]) if single and not total else None
    count, said = (looked_at, [of_all]) if of_all else (total, conditions)
    whom = share_words(count, looked_at, f"with {grades_asked(conditions)}")
    none = f"{NONE} " if of_all else ""
    return f"{none}{whom} {_meeting_words(scope, said, number_of_verb(count, looked_at))}"


def of_each_grade(scope: FactScope, conditions: Sequence[Condition]) -> bool:
    """Whether a question asks about authorities with any grade, so that the answer lists each with its grade."""
    asked = scope.question.conditions
    if len(conditions) != 1 or asked.number or asked.counts or asked.share or asked.asserts:
        return False
    [condition] = conditions
    if not isinstance(condition, GradeCondition) or isinstance(condition.area, AreaScope):
        return False
    return condition.truth is Truth.PICKED and condition.grades == frozenset(Grade)


def _meeting_words(scope: FactScope, conditions: Sequence[Condition], count: int) -> str:
    """Return the second half of a sentence about authorities that meet the conditions: "are rated Good"."""
    asked, tense = scope.question.conditions, tense_of(scope.question)
    number, of_visits = asked.number, counts_visits(scope)
    counted = bool(number) and not of_visits
    said = [sentence_words(condition, count, tense, counted=counted) for condition in conditions]
    areas = areas_of_conditions(conditions)
    if len(areas) == 1 and not isinstance(areas[0], AreaScope):  # the sentence already names the area
        said = [without_area(words, areas[0]) for words in said]
    first, *others = said
    verb = f"{be(count, tense)} "
    if first.startswith(f"{verb}rated"):  # "is rated Good overall and rated Outstanding for leadership"
        others = [words.removeprefix(verb) for words in others]
    words = (" or " if asked.any_of else " and ").join((first, *others))
    if number and of_visits:
        noun = kind_noun(asked.kinds, number_of_noun(number))
        return f"{words} and {had(count, tense)} {number_words(number)} {noun}"
    if number:
        return f"{words} at {number_words(number)} {kind_noun(INSPECTIONS, number_of_noun(number))}"
    return words


def which_inspection(scope: FactScope, conditions: Sequence[Condition]) -> str:
    """Say which inspections were used."""
    from_then = " from that period" if scope.question.periods else ""
    return f"We used {used_words(_pick(scope, conditions), 'each authority’s')}{from_then}."


def _pick(scope: FactScope, conditions: Sequence[Condition]) -> Pick:
    """Return which inspections of each authority decide whether it meets the conditions."""
    over_time = any(isinstance(c, GradeCondition) and c.truth is not Truth.PICKED for c in conditions)
    if over_time or scope.question.conditions.number:
        return Pick.ALL
    return next((window.pick for window in windows(scope.question)), Pick.LATEST)


def includes_better(scope: FactScope, conditions: Sequence[Condition], fitting: Mapping[str, Sequence[FactRow]]) -> str:
    """Say how many of the authorities that are "not rated Good" have a better grade."""
    given = opposite(conditions[0]) if len(conditions) == 1 and not scope.question.conditions.number else None
    if given is None or len(given.grades) > 1 or given.grades == {list(Grade)[-1]}:
        return ""
    [denied] = given.grades
    grades = {name: grade_of(row.judgement) for name, rows in fitting.items() for row in rows if row.judgement}
    better = [grade for grade in grades.values() if relation(grade, denied) is Relation.BETTER]
    included = plural(len(better), "authority", "authorities")
    return f"This includes {included} rated {grade_words(better)}." if better else ""


def why_apart(scope: FactScope, conditions: Sequence[Condition], count: int) -> str:
    """Say which grades are missing from the reports on authorities that we did not count."""
    question, pick, areas = scope.question, _pick(scope, conditions), areas_of_conditions(conditions)
    limited = question.periods or question.times_left_out or question.conditions.led_by
    unnamed = pick is Pick.ALL or (pick is Pick.LATEST and limited)
    many = count > 1 or pick is Pick.ALL
    whose, which = "its" if count == 1 else "their", "" if unnamed else f"{PICK_WORDS[pick]} "
    reports = f"{whose} {which}report{'s' * many}{' from that time' if question.periods else ''}"
    if len(areas) > 1:
        return f"{reports} {'do' if many else 'does'} not give {'both' if len(areas) == 2 else 'all these'} grades"
    separate = "" if areas[0] is OVERALL else "separate "
    grade = "grades" if isinstance(areas[0], AreaScope) else f"{separate}{grade_noun(areas[0])}"
    return f"{reports} {'give' if many else 'gives'} no {grade}"


def why_unread(conditions: Sequence[Condition], count: int) -> str:
    """Say which grades we could not read in the reports of the authorities that were not counted."""
    areas = areas_of_conditions(conditions)
    whose = "its report" if count == 1 else "their reports"
    if len(areas) > 1 or isinstance(areas[0], AreaScope):
        return f"we could not read all of the grades in {whose}"
    return f"we could not read the {grade_noun(areas[0])} in {whose}"


def grades_asked(conditions: Sequence[Condition]) -> str:
    """Name the grades in some conditions, in words to put after "with": "an overall grade", "both grades"."""
    areas = areas_of_conditions(conditions)
    if len(areas) == 1:
        return "any grades" if isinstance(areas[0], AreaScope) else with_article(grade_noun(areas[0]))
    only_compared = len(areas) == 2 and all(isinstance(condition, AreaComparison) for condition in conditions)
    return "both grades" if only_compared else "the grades you asked about"


def areas_of_conditions(conditions: Sequence[Condition]) -> list[Area | AreaScope]:
    """Return the areas that are named in some conditions."""
    areas: list[Area | AreaScope] = []
    for condition in conditions:
        if isinstance(condition, AreaComparison):
            areas += [condition.first, condition.second]
        else:
            areas.append(condition.area or OVERALL)
    return list(dict.fromkeys(areas))


def inspected_words(scope: FactScope, count: int) -> str:
    """Return the second half of a sentence about authorities that were inspected: "had no visits in 2023"."""
    asked, question = scope.question.conditions, scope.question
    if asked.number:
        several = number_of_noun(asked.number) > 1
        any_kind = "inspections or visits" if several else "inspection or visit"
        what = f"{number_words(asked.number)} {kind_noun(asked.kinds, 1 + several) if asked.kinds else any_kind}"
    else:
        what = with_article(kind_noun(asked.kinds, 1)) if asked.kinds else "an inspection or a visit"
    since = f" since {'its' if count == 1 else 'their'} last full inspection" if asked.since_last_full else ""
    return f"{had(count, tense_of(question))} {what}{time_of_inspections(scope)}{since}"


def counts_visits(scope: FactScope) -> bool:
    """Whether the number in a question counts visits, which give no grades."""
    conditions = scope.question.conditions
    return bool(conditions.number and conditions.kinds) and not set(conditions.kinds) & set(FULL_INSPECTIONS)


def time_of_inspections(scope: FactScope) -> str:
    """Return the time that a question names, in words to put after "inspection"."""
    return in_words(scope.question, of_inspections=True)


def about_none(reports: Sequence[Report]) -> str:
    """Say how many reports are not about an authority that we recognise. Empty if there are no such reports."""
    count = sum(report.authority is None for report in reports)
    if not count:
        return ""
    reports_are = f"{plural(count, 'other report')} {'is' if count == 1 else 'are'}"
    return f"{reports_are} not about an authority that we recognise."
