"""Whether to answer, and if not, why not, in words a person can act on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.types import Report
from index.filtering import report_day
from qa_service.evidence import Evidence
from qa_service.query import Interpretation
from qa_service.types import AnswerStatus

THRESHOLD = 0.5
"""Confidence from which an answer is shown."""
_CENTRE, _SLOPE = 0.54, 12.0
"""Where support gives even odds, and how fast confidence changes there: set on questions with known evidence."""
_OUT_OF_SCOPE = 0.28
"""Below this similarity nothing in the reports is even about the question's subject."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a question ends, how sure that is, and the reason in words."""

    status: AnswerStatus
    confidence: float
    reason: str


def before_search(question: Interpretation, reports: Sequence[Report]) -> Verdict | None:
    """What can be said without searching: an authority, or a time, that no report is about."""
    held = {report.authority for report in reports}
    missing = [name for name in question.authorities if name not in held]
    if missing and len(missing) == len(question.authorities):
        thematic = any(report.authority is None for report in reports)
        if not thematic:
            return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.02, f"No report about {_listed(missing)} is in the index.")
    about = [report for report in reports if not question.authorities or report.authority in question.authorities]
    latest = max((max(report_day(report), report.published or date.min) for report in about), default=None)
    future = [period for period in question.periods if latest and period.first > latest]
    if latest and future and len(future) == len(question.periods):
        whose = f"of {_listed(list(question.authorities))} " if question.authorities else ""
        reason = f"The latest report {whose}in the index is of {latest:%-d %B %Y}, before the time you name."
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.03, reason)
    return None


def after_search(question: Interpretation, ranked: Sequence[Evidence]) -> Verdict:
    """Judge the best evidence found."""
    where = f"the reports on {_listed(list(question.authorities))}" if question.authorities else "the reports"
    if not ranked:
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.0, f"Nothing in {where} matches the question.")
    confidence = confidence_of(ranked)
    if confidence >= THRESHOLD:
        return Verdict(AnswerStatus.ANSWERED, confidence, "The sentences below are the reports’ own words.")
    if ranked[0].similarity < _OUT_OF_SCOPE:
        reason = "The question is about something that inspection reports of children’s services do not cover."
        return Verdict(AnswerStatus.OUT_OF_SCOPE, confidence, reason)
    return Verdict(
        AnswerStatus.NOT_IN_REPORTS, confidence, f"Nothing in {where} answers this closely enough to be quoted."
    )


def confidence_of(ranked: Sequence[Evidence]) -> float:
    """A share from how near the best sentence is in meaning and how many of the question's words it holds."""
    best = max(evidence.similarity + 0.35 * evidence.overlap for evidence in ranked[:10])
    return 1 / (1 + math.exp(-_SLOPE * (best - _CENTRE)))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
