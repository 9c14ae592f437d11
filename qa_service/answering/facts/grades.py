"""Decides whether the grades of an inspection meet the conditions of a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.grades import AREAS, OVERALL, Area, grade_named, grade_of, is_unread, judgement_of, relation
from corpus.types import Judgement, Report
from qa_service.understanding.conditions.types import (
    AreaComparison,
    AreaScope,
    Condition,
    GradeCondition,
)


def any_unread(report: Report, areas: Iterable[Area | AreaScope]) -> bool:
    """Return whether a report should grade any of the areas, but we could not read that grade."""
    return any(bool(report.missing_areas) if isinstance(area, AreaScope) else is_unread(report, area) for area in areas)


def graded(report: Report) -> list[Judgement]:
    """Return the judgements of a report that give a grade."""
    return [judgement for judgement in report.judgements if grade_named(judgement.grade)]


def meets(report: Report, condition: Condition) -> bool | None:
    """Whether a report meets a condition about one inspection.

    None if it gives no grade for the area in the condition.
    """
    if isinstance(condition, AreaComparison):
        first = judgement_of(report, condition.first, alone=True)
        second = judgement_of(report, condition.second, alone=True)
        if first is None or second is None:
            return None
        return relation(grade_of(first), grade_of(second)) in condition.relations
    if not isinstance(condition, GradeCondition):
        raise TypeError(f"one inspection cannot meet {condition}")
    if isinstance(condition.area, AreaScope):
        fits = [grade_of(judgement) in condition.grades for judgement in graded(report)]
        decisive = condition.area is AreaScope.ANY
        if not fits or (report.missing_areas and decisive not in fits):  # an area that we could not read may decide
            return None
        return any(fits) if decisive else all(fits)
    judgement = judgement_of(report, condition.area or OVERALL, alone=True)
    return grade_of(judgement) in condition.grades if judgement else None


def meets_all(report: Report, conditions: Sequence[Condition], *, any_of: bool = False) -> bool | None:
    """Whether a report meets all the conditions, or any one of them.

    None if the report lacks a grade that we need to decide.
    """
    met = [meets(report, condition) for condition in conditions]
    if any_of:
        return True if True in met else None if None in met else False
    return False if False in met else None if None in met else True


def shown(report: Report, conditions: Sequence[Condition]) -> list[Judgement]:
    """Return the judgements that show whether a report meets some conditions."""
    found: list[Judgement] = []
    for condition in conditions:
        if isinstance(condition, AreaComparison):
            areas: Sequence[Area] = (condition.first, condition.second)
        elif isinstance(condition.area, AreaScope):
            every = condition.area is AreaScope.EVERY
            judgements = graded(report)
            found += judgements if every else [j for j in judgements if grade_of(j) in condition.grades] or judgements
            continue
        else:
            areas = (condition.area or OVERALL,)
        found += [judgement for area in areas if (judgement := judgement_of(report, area))]
    return list(dict.fromkeys(found))


ASKS_FOR_SEVERAL = re.compile(r"\b(?:grades|ratings|judge?ments)\b", re.IGNORECASE)
"""Words that ask for several grades."""
_EVERY_AREA = re.compile(
    r"\b(?:each|every|all)(?: of)?(?: (?:the|its|their|graded|judged|four|five|other))* "
    r"(?:areas?|judge?ments?|strands?|grades?|ratings?|parts?|categor(?:y|ies))\b|\b(?:grades|ratings|judge?ments)\b|"
    r"\b(?:which|one|what) (?:areas?|strands?|parts?|bits?)\b",
    re.IGNORECASE,
)
"""Words that ask for the grades of all areas."""


def areas_asked(text: str) -> list[Area]:
    """Return the areas that the text of a question names, or else the overall grade. Empty if it asks for all."""
    areas = [area for area in AREAS if area.is_asked_in(text)]
    if areas and (areas != [OVERALL] or ASKS_FOR_SEVERAL.search(text)):
        return areas
    return [] if _EVERY_AREA.search(text) else [OVERALL]
