"""Which authorities have a grade: a list over the grades that all reports print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Kind, Report
from index.search.filtering import report_day
from index.storage.store import Store
from qa_service.answering.kinds.grade import Grade, asks_of_others, names_graded_area, printed_grades
from qa_service.understanding.grade_claims import grade_of
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.periods import closeness

SHOWN = 8
"""Authorities on the first page of a list."""
_GRADE = re.compile(r"\b(outstanding|good|requir(?:es?|ing) improvement|inadequate)\b", re.IGNORECASE)
_LISTS = re.compile(
    r"\b(?:which|what|how many|any|list|name|who)\b.{0,60}?\b(?:councils?|authorit(?:y|ies)|LAs?|boroughs?|areas?|"
    r"places|services|ones|(?:was|were|is|are|has been|have been|got|get))\b",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:judged|rated|graded|given|got|get|have|has|are|were|is|was|been|a|an|with)\s+(?:\w+\s+){0,2}?"
    r"(?:outstanding|good|requir(?:es?|ing) improvement|inadequate)\b"
    r"(?!\s+(?:practice|work|support|quality|at\b|example))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GradeList:
    """The first of the grades found, how many there are, among how many authorities, and that in words."""

    grades: tuple[Grade, ...]
    total: int
    reason: str


def list_grades(question: Interpretation, reports: Sequence[Report], store: Store) -> GradeList | None:
    """The authorities whose report of the time asked about, else whose latest, has the grade asked for.

    None where the question asks for no such list.
    """
    wanted = _GRADE.search(question.text)
    if not (question.across and wanted and _LISTS.search(question.text) and _RATED.search(question.text)):
        return None
    if asks_of_others(question.text):
        return None
    meant = _latest_of_each(question, reports)
    asked = _GRADE.sub(" ", question.text)  # the grade of its area is read, not those that are so
    read = [grade for report in meant for grade in printed_grades(report, asked, store)[:1]]
    overall = re.search(r"\boverall\b", asked, re.IGNORECASE)
    if overall or not names_graded_area(asked):  # some reports print no overall grade: another is not taken for it
        read = [grade for grade in read if "overall" in grade.judgement.area.lower()]
    found = [grade for grade in read if grade_of(grade.judgement.grade) == grade_of(wanted.group())]
    when = "of the time named" if any(period.exact for period in question.periods) else "latest that are graded"
    reason = (
        f"{len(found)} of {len(read)} authorities whose reports ({when}) print a grade for this have the one asked "
        "for; an authority counts once."
    )
    return GradeList(tuple(found[:SHOWN]), len(found), reason) if read else None


def _latest_of_each(question: Interpretation, reports: Sequence[Report]) -> list[Report]:
    """Each authority's latest graded report, of the times named where there are any; by authority."""
    exact = [period for period in question.periods if period.exact]
    latest: dict[str, Report] = {}
    for report in reports:
        name = report.authority
        graded = bool(report.judgements) and report.kind not in (Kind.AREA_SEND, Kind.LSCB_REVIEW)
        timely = not exact or any(closeness(report, period) for period in exact)
        if name and graded and timely and (name not in latest or report_day(report) > report_day(latest[name])):
            latest[name] = report
    return [latest[name] for name in sorted(latest)]
