"""Answers with the dates of inspections and reports."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.report_days import inspected_words, published_words
from corpus.grades import OVERALL, Area, grade_of, judgement_of
from corpus.types import Judgement, Report
from qa_service.answering.facts.history import history_answer
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.reports.meant import (
    SENTENCES,
    means_any_report,
    none_of_that_time,
    of_each,
    reports_meant,
    which_authority,
)
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import kind_noun, plural
from qa_service.types import FactName, Summary
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import AreaScope, GradeChange, GradeCondition, Which
from qa_service.understanding.conditions.wording import area_words
from qa_service.understanding.histories.types import Form, PastGrades
from qa_service.wording import KIND_WORDS, capitalised, the_reports, whose


def date_answer(scope: FactScope) -> FactAnswer | None:
    """Return the date that a question asks for. None if we have no report about its authorities."""
    if unclear := which_authority(scope):
        return unclear
    published = scope.question.conditions.date_of == "published"
    reports = reports_meant(scope)
    if not reports:
        return _never_rated(scope) or none_of_that_time(scope)
    fact = FactName.PUBLISHED if published else FactName.INSPECTED
    dated = [r for r in reports if (r.published if published else r.inspected_to or r.inspected_from)]
    lacking = [report for report in reports if report not in dated]
    note = f"We could not find a publication date for {the_reports(lacking)}." if lacking and published else ""
    latest = scope.question.conditions.which is Which.LATEST and not scope.question.periods
    rated = {report.id: _grades_asked(scope, report) for report in dated}
    sentences = [
        " ".join((_date_sentence(report, published=published, latest=latest), *_rated_words(report, rated[report.id])))
        for report in dated[:SENTENCES]
    ]
    if of_each(scope) and len(dated) > SENTENCES:
        dated = sorted(dated, key=lambda report: str(report.authority))
        count = len({report.authority for report in dated})
        kinds = scope.question.conditions.kinds
        noun = "inspection or visit" if means_any_report(scope) else kind_noun(kinds or INSPECTIONS, 1)
        what = "report was published" if published else f"{noun} took place"
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


def _never_rated(scope: FactScope) -> FactAnswer | None:
    """Say that no inspection gave the grade whose date the question asks for.

    None if the question names no grade, or also names a time.
    """
    rated = [c for c in scope.question.conditions.grades if isinstance(c, GradeCondition)]
    if len(rated) != 1 or not named(scope) or scope.question.periods:
        return None
    [one] = rated
    if isinstance(one.area, AreaScope):
        return None
    return history_answer(scope, PastGrades(Form.BEGAN, one.grades, one.area))


def _date_sentence(report: Report, *, published: bool, latest: bool) -> str:
    if published and report.published:
        verb = published_words(report, "published on")
        return f"{capitalised(the_reports([report]))} was {verb}."
    days = inspected_words(report) or ""
    what = KIND_WORDS[report.kind] if report.kind else "inspection or visit"
    when = f"{'from' if ' to ' in days else 'on'} {days}"
    return f"{capitalised(whose(report))} {'latest ' * latest}{what} took place {when}."
