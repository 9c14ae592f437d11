"""What a question takes for given about a grade, held against the grades that the reports print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.dates import in_words
from corpus.types import Judgement, Kind, Report
from index.search.filtering import report_day
from index.storage.store import Store
from qa_service.answering.kinds.grade import Grade, asks_of_others, printed_grades
from qa_service.understanding.grade_claims import claimed_grade, grade_of
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.periods import closeness

_SAYS_SO = (
    r"(?:judged|rated|graded|judge?ment|grade|rating|found to be)[^.]{{0,60}}\b{grade}|"
    r"\b{grade}[^.]{{0,40}}(?:judge?ment|grade|rating|inspection)"
)
_MOST = 4
"""Reports whose grade is told where the question names no time."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A grade taken for given that no report prints: what the reports print instead, and that in words."""

    grades: tuple[Grade, ...]
    reason: str


def correct_premise(question: Interpretation, reports: Sequence[Report], store: Store) -> Corrected | None:
    """What a question about one authority wrongly takes for given about its grade; None where nothing is wrong.

    A claim is wrong only where the reports of the time named are held and graded, and neither they nor, where no time
    is named, the text of any report on the authority gives that grade.
    """
    claimed = _claimed(question)
    if claimed is None:
        return None
    meant = [r for r in _meant(question, reports) if r.judgements]
    printed = [judgement for report in meant for judgement in report.judgements]
    if not meant or any(_is(judgement, claimed) for judgement in printed):
        return None
    if not _timed(question) and _told_elsewhere(question, claimed, reports, store):
        return None
    grades = tuple(grade for report in meant[:_MOST] for grade in _told(question, report, store))
    return Corrected(grades, _reason(question, claimed, meant)) if grades else None


def _claimed(question: Interpretation) -> str | None:
    """The grade taken for given about one authority, by its first letters."""
    if len(question.authorities) != 1 or asks_of_others(question.text) or question.kinds == (Kind.AREA_SEND,):
        return None
    return claimed_grade(question.text)


def _timed(question: Interpretation) -> bool:
    return question.latest or any(period.exact for period in question.periods)


def _meant(question: Interpretation, reports: Iterable[Report]) -> list[Report]:
    """The authority's graded reports of the time named, else its latest, else all; newest first."""
    held = [
        report
        for report in reports
        if report.authority in question.authorities
        and report.judgements
        and report.kind not in (Kind.AREA_SEND, Kind.LSCB_REVIEW)
    ]
    held.sort(key=report_day, reverse=True)
    exact = [period for period in question.periods if period.exact]
    if exact:
        return [report for report in held if any(closeness(report, period) for period in exact)]
    return held[:1] if question.latest else held


def _is(judgement: Judgement, claimed: str) -> bool:
    return grade_of(judgement.grade) == claimed


def _told_elsewhere(question: Interpretation, claimed: str, reports: Iterable[Report], store: Store) -> bool:
    """Whether a report on the authority speaks of such a grade, as letters on visits do of the inspection before."""
    says_so = re.compile(_SAYS_SO.format(grade=claimed), re.IGNORECASE)
    about = (report for report in reports if report.authority in question.authorities)
    return any(says_so.search(p.passage.text) for report in about for p in store.passages_of(report.id))


def _told(question: Interpretation, report: Report, store: Store) -> list[Grade]:
    """A report's grade for the area asked about, else its overall one, else all that it prints."""
    return printed_grades(report, question.text, store)


def _reason(question: Interpretation, claimed: str, meant: Sequence[Report]) -> str:
    whose = question.authorities[0]
    when = (
        f"the inspection that ended on {in_words(report_day(meant[0]))}"
        if len(meant) == 1
        else "any inspection held here"
    )
    word = {"outst": "outstanding", "inade": "inadequate", "requi": "requires improvement", "good": "good"}[claimed]
    return f"{whose} was not judged {word} at {when}. These are the grades that the reports print."
