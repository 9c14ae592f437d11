"""Answers about the grades of the parts of an inspection: the highest, those below the overall grade, those named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus.grades import BOARD, OVERALL, Area, Grade, Relation, grade_of, is_unread, judgement_of, relation
from corpus.types import Judgement, Report
from index.search.filtering import report_day
from qa_service.answering.facts.grades import graded
from qa_service.answering.facts.inspections import named, named_inspections
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import share_words, unread_words
from qa_service.types import Summary
from qa_service.understanding.conditions.wording import area_words, be, grade_words
from qa_service.understanding.graded_parts.types import Choice, GradedParts
from qa_service.understanding.times.period import closeness
from qa_service.understanding.times.wording import Tense
from qa_service.wording import capitalised, in_list, named_by_date, number_of_verb

_RELATIONS = {
    Choice.ABOVE: frozenset({Relation.BETTER}),
    Choice.BELOW: frozenset({Relation.WORSE}),
    Choice.SAME: frozenset({Relation.SAME}),
    Choice.DIFFERENT: frozenset({Relation.BETTER, Relation.WORSE}),
}
"""How an area's grade must compare with the overall one."""
_COMPARED = {
    Choice.ABOVE: "a higher grade than",
    Choice.BELOW: "a lower grade than",
    Choice.SAME: "the same grade as",
    Choice.DIFFERENT: "another grade than",
}


def parts_answer(scope: FactScope, parts: GradedParts) -> FactAnswer | None:
    """Return the grades of the areas that a question names or chooses.

    None if no inspection that it means is graded, or if the person removed the authority from the question.
    """
    if not named(scope):
        return None
    found = [_of_report(report, of_report) for report, of_report in _inspections(scope, parts)]
    if not found:
        return None
    items = [rows for rows, _ in found if rows]
    note = _narrower_words(parts) if items else ""
    sentence = " ".join(sentence for _, sentence in found)
    yes = {_yes_or_no(True): True, _yes_or_no(False): False}.get(sentence[: sentence.find(" ") + 1])
    summary = Summary(sentence, yes=yes if len(found) == 1 else None)
    return FactAnswer(tuple(items), summary, note, answered=bool(items))


def _inspections(scope: FactScope, parts: GradedParts) -> list[tuple[Report, GradedParts]]:
    """Return the inspections that a question is about, each with the parts that it asks about.

    Each of several authorities may have a time of its own.
    """
    found: list[tuple[Report, GradedParts]] = []
    timed = [part for part in scope.question.parts if part.periods]
    for part in timed or scope.question.parts:
        own = replace(scope.question, authorities=part.authorities, periods=part.periods)
        paired = len(scope.question.authorities) > 1
        reports = named_inspections(replace(scope, question=own if paired else scope.question))
        reviews = _reviews(replace(scope, question=own), reports) if BOARD in parts.areas else ()
        if not set(reviews) - set(reports):
            found += [(report, parts) for report in reviews or reports]
            continue
        of_council = tuple(area for area in parts.areas if area is not BOARD)
        found += [(report, replace(parts, areas=of_council)) for report in reports if of_council]
        found += [(report, replace(parts, areas=(BOARD,))) for report in reviews]
    return list({report.id: (report, of_report) for report, of_report in found}.values())


def _reviews(scope: FactScope, inspections: Sequence[Report]) -> Sequence[Report]:
    """Return the report that grades an authority's board, from the time in the question.

    A review of a board is a report of its own, which is no inspection of the authority. If no report from that time
    grades the board, return the inspections, so that the answer can say so.
    """
    exact = [period for period in scope.question.periods if period.exact]
    reviews = [
        report
        for report in scope.reports
        if report.authority in scope.question.authorities and (judgement_of(report, BOARD) or is_unread(report, BOARD))
    ]
    if exact:
        reviews = [report for report in reviews if any(closeness(report, period) for period in exact)]
    return sorted(reviews, key=report_day)[-1:] or inspections


def _of_report(report: Report, parts: GradedParts) -> tuple[tuple[FactRow, ...], str]:
    """Return the rows for one report, and a sentence about them."""
    judgements, sentence = _named(report, parts) if parts.areas else _chosen(report, parts)
    if not parts.areas and report.missing_areas:
        sentence += f" {unread_words(report.missing_areas, report)}"
    return tuple(FactRow(report, judgement) for judgement in judgements), sentence


def _named(report: Report, parts: GradedParts) -> tuple[list[Judgement], str]:
    """Return the judgements on the areas that a question names, and say which of these areas were not graded."""
    areas = parts.areas
    given = [(area, judgement) for area in areas if (judgement := judgement_of(report, area))]
    judgements = list(dict.fromkeys(judgement for _, judgement in given))
    lacking = [area for area in areas if not judgement_of(report, area)]
    unread = [name for name in report.missing_areas if any(area.is_printed_as(name) for area in lacking)]
    ungraded = [area for area in lacking if not is_unread(report, area)]
    inspection = f"the {named_by_date(report)}"
    sentences = []
    if judgements:
        grades = in_list([f"{grade_of(judgement).capitalize()} {area_of(judgement)}" for judgement in judgements])
        verdict = (
            _yes_or_no(all(grade_of(judgement) in parts.grades for judgement in judgements)) if parts.grades else ""
        )
        sentences.append(f"{verdict}{report.authority} was rated {grades} at {inspection}.")
    if unread:
        sentences.append(unread_words(unread, report))
    if ungraded:
        names = in_list([_for_area(area) for area in ungraded], last="or")
        sentences.append(f"{capitalised(inspection)} of {report.authority} gave no grade {names}.")
    return judgements, " ".join(sentences)


def _chosen(report: Report, parts: GradedParts) -> tuple[list[Judgement], str]:
    """Return the judgements on the areas that a question chooses, and a sentence that says how they compare."""
    areas = [judgement for judgement in graded(report) if not OVERALL.is_printed_as(judgement.area)]
    overall = judgement_of(report, OVERALL)
    if not areas:
        return [], f"The report on {report.authority}’s {named_by_date(report)} grades no separate areas."
    if parts.choice in _RELATIONS:
        return _compared(report, parts, areas, overall)
    return _WITHOUT_OVERALL[parts.choice](report, areas, parts)


def _compared(
    report: Report, parts: GradedParts, areas: list[Judgement], overall: Judgement | None
) -> tuple[list[Judgement], str]:
    """Return the areas whose grade compares with the overall one in a certain way, after the overall one."""
    if overall is None:
        sentence = (
            f"The report on {report.authority}’s {named_by_date(report)} does not give an overall grade, so we show "
            "all its grades."
        )
        return areas, sentence
    fitting = [j for j in areas if relation(grade_of(j), grade_of(overall)) in _RELATIONS[parts.choice]]
    which = f"graded at {report.authority}’s {named_by_date(report)}"
    has = "has" if number_of_verb(len(fitting), len(areas)) == 1 else "have"
    share = share_words(len(fitting), len(areas), which, "area", "areas")
    sentence = (
        f"{_whether_any(parts, fitting)}{share} {has} {_COMPARED[parts.choice]} the overall one, which is "
        f"{grade_of(overall).capitalize()}{_listed(fitting)}."
    )
    return [overall, *(fitting or areas)], sentence


def _extreme(report: Report, areas: list[Judgement], parts: GradedParts) -> tuple[list[Judgement], str]:
    order = list(Grade)
    highest = parts.choice is Choice.HIGHEST
    chosen = (min if highest else max)((grade_of(judgement) for judgement in areas), key=order.index)
    fitting = [judgement for judgement in areas if grade_of(judgement) is chosen]
    inspection = f"{report.authority}’s {named_by_date(report)}"
    if len(fitting) == len(areas):
        return areas, _all_alike(areas, inspection)
    word = "highest" if highest else "lowest"
    which = in_list([area_of(judgement) for judgement in fitting])
    return fitting, f"The {word} grade at {inspection} was {chosen.capitalize()}, {which}."


def _alone(report: Report, areas: list[Judgement], parts: GradedParts) -> tuple[list[Judgement], str]:  # noqa: ARG001
    (usual, count), *_ = Counter(grade_of(judgement) for judgement in areas).most_common()
    inspection = f"{report.authority}’s {named_by_date(report)}"
    fitting = [judgement for judgement in areas if grade_of(judgement) is not usual]
    if not fitting:
        return areas, _all_alike(areas, inspection)
    if count <= len(fitting):
        return areas, f"No grade was given to most areas at {inspection}, so we show all its grades."
    was = "was" if len(fitting) == 1 else "were"
    given = in_list([f"{grade_of(judgement).capitalize()} {area_of(judgement)}" for judgement in fitting])
    return fitting, f"Most areas graded at {inspection} were {usual.capitalize()}. The others {was} rated {given}."


def _every(report: Report, areas: list[Judgement], parts: GradedParts) -> tuple[list[Judgement], str]:  # noqa: ARG001
    return graded(report), f"These are {report.authority}’s grades from the {named_by_date(report)}."


def _alike(report: Report, areas: list[Judgement], parts: GradedParts) -> tuple[list[Judgement], str]:  # noqa: ARG001
    inspection = f"{report.authority}’s {named_by_date(report)}"
    grades = dict.fromkeys(grade_of(judgement) for judgement in areas)
    if len(grades) == 1:
        return graded(report), f"Yes. {_all_alike(areas, inspection)}"
    given = [f"{sum(grade_of(j) is grade for j in areas)} {grade.capitalize()}" for grade in grades]
    return graded(report), f"No. Of the {len(areas)} areas graded at {inspection}, {in_list(given)}."


def _graded(report: Report, areas: list[Judgement], parts: GradedParts) -> tuple[list[Judgement], str]:
    fitting = [judgement for judgement in areas if grade_of(judgement) in parts.grades]
    which = f"graded at {report.authority}’s {named_by_date(report)}"
    share = share_words(len(fitting), len(areas), which, "area", "areas")
    verb = be(number_of_verb(len(fitting), len(areas)), Tense.PAST)
    whether = _whether_any(parts, fitting)
    return fitting or areas, f"{whether}{share} {verb} rated {grade_words(parts.grades)}{_listed(fitting)}."


_WITHOUT_OVERALL: dict[Choice, Callable[[Report, list[Judgement], GradedParts], tuple[list[Judgement], str]]] = {
    Choice.EVERY: _every,
    Choice.HIGHEST: _extreme,
    Choice.LOWEST: _extreme,
    Choice.ALONE: _alone,
    Choice.ALIKE: _alike,
    Choice.GRADED: _graded,
}
"""What answers each choice that the overall grade does not matter for."""


def _for_area(area: Area) -> str:
    """Return words for an area that was not graded: "for care leavers", "for the safeguarding board"."""
    return f"for the {area.name.lower()}" if area is BOARD else area_words(area)


def area_of(judgement: Judgement) -> str:
    """Return words for the area of a judgement, after its grade: "overall", "for “Adoption performance”"."""
    return "overall" if OVERALL.is_printed_as(judgement.area) else f"for “{judgement.area}”"


def _whether_any(parts: GradedParts, fitting: Sequence[Judgement]) -> str:
    """Return "Yes." or "No." if a question asks whether any area fits. Otherwise empty."""
    return _yes_or_no(bool(fitting)) if parts.asserts else ""


def _yes_or_no(yes: bool) -> str:
    return "Yes. " if yes else "No. "


def _listed(judgements: Iterable[Judgement]) -> str:
    """Return the areas and grades of some judgements, after a sentence. Empty if there are none."""
    given = [f"“{judgement.area}” ({grade_of(judgement).capitalize()})" for judgement in judgements]
    return f": {in_list(given)}" if given else ""


def _all_alike(areas: Sequence[Judgement], inspection: str) -> str:
    count = "Both areas" if len(areas) == 2 else f"All {len(areas)} areas"
    if len(areas) == 1:
        return f"The only area graded at {inspection} was rated {grade_of(areas[0]).capitalize()}."
    return f"{count} graded at {inspection} were rated {grade_of(areas[0]).capitalize()}."


def _narrower_words(parts: GradedParts) -> str:
    """Say that something which the question names has no grade of its own. Empty if this is not so."""
    if not parts.narrower:
        return ""
    names = in_list([f"“{words}”" for words in dict.fromkeys(parts.narrower)], last="or")
    return f"Inspections do not give a separate grade for {names}. This grade covers more than that."
