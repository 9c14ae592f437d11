"""Whether to answer, and if not, why not, in words a person can act on."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import in_words
from corpus.types import Report
from index.search.filtering import allowed_reports, report_day
from index.types import Filters
from qa_service.answering.evidence import Evidence
from qa_service.types import AnswerStatus, Choice
from qa_service.understanding.interpretation import MOST_PARTS, Interpretation
from qa_service.understanding.periods import closeness
from qa_service.understanding.report_preference import reports_of_time
from qa_service.understanding.requirements import asks_for_writing, demands_of

THRESHOLD = 0.5
"""Confidence from which an answer is shown."""


@dataclass(frozen=True, slots=True)
class _Gate:
    """What must be passed to be answered: support that gives even odds at its centre, and how fast that changes."""

    centre: float
    slope: float
    standing: float
    """What a passage's own score adds to the cosine of its nearest sentence."""
    read: float = 0.0
    """What the logits of the cross-encoder add."""

    def confidence(self, similarity: float, standing: float, logits: Sequence[float]) -> float:
        """A share; ``logits`` are of all sentences read, as any of them may hold the answer."""
        together = math.log(sum(math.exp(logit) for logit in logits)) if logits else 0.0
        support = similarity + self.standing * standing + self.read * together
        return 1 / (1 + math.exp(-self.slope * (support - self.centre)))


_UNREAD = _Gate(centre=0.64, slope=12.0, standing=0.1)
"""Where no cross-encoder reads the sentences."""
_ABOUT = _Gate(centre=0.47, slope=12.0, standing=0.15, read=0.06)
_ANSWERS = _Gate(centre=-2.0, slope=2.0, standing=0.05, read=0.6)
"""Where one does, both gates: whether the reports are about the subject at all, which likeness tells best, and whether
they answer, which the logits tell best. Of the settings that let 95 of 100 development questions with an answer through
these refuse the most training questions without one, and the most that are on other subjects (docs/adr/0024)."""
_SHOWN, _WITHOUT_QUANTITY = 5, 0.45
"""Sentences that are shown, and confidence at most where a quantity is asked for and none of them has one."""
_BESIDE = 0.3
"""Confidence from which one side of a comparison is shown beside another."""
_MOST_DAYS = 8
"""Days of reports that are told one by one."""
_OUT_OF_SCOPE = 0.38
"""Where not even the nearest sentence of all reports is so like the question, none is about its subject: so it is with
half of 70 questions on other subjects, and with 7 of 2,077 that reports were asked (cosines, over 153 reports)."""
_NOT_COVERED = "Nothing in any report in the index is about the subject of the question."
_NONE_SPEAKS = 0.3
"""Confidence, at most, where a question asks across all reports and none of them is counted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a question ends, how sure that is, and the reason in words."""

    status: AnswerStatus
    confidence: float
    reason: str


def before_search(
    question: Interpretation, wanted: Filters, reports: Sequence[Report], is_known: Callable[[str], bool]
) -> Verdict | None:
    """What can be said without searching: an authority, a place or a time that no report is about.

    ``is_known`` says whether any passage holds a word.
    """
    if asks_for_writing(question.text):
        reason = "This service quotes inspection reports; it writes nothing itself. Ask what the reports say."
        return Verdict(AnswerStatus.OUT_OF_SCOPE, 0.02, reason)
    most = max(len(question.authorities), len({period for period in question.periods if period.exact}))
    if most > MOST_PARTS:
        reason = f"The question names {most} authorities or times; at most {MOST_PARTS} are looked up. Name fewer."
        return Verdict(AnswerStatus.LOW_CONFIDENCE, 0.0, reason)
    if shut_out := _shut_out(question, wanted, reports):
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.02, shut_out)
    missing = not_held(question, reports)
    nothing_thematic = all(report.authority is not None for report in reports)  # one may still tell of it
    if missing and len(missing) == len(question.authorities) and nothing_thematic:
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.02, f"No report about {listed(missing)} is in the index.")
    unheard = [name for name in question.names if not is_known(name)]
    if unheard:
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.03, f"No report in the index mentions {listed(unheard)}.")
    return _too_late(question, reports) or _none_of_that_time(question, reports)


def _shut_out(question: Interpretation, wanted: Filters, reports: Sequence[Report]) -> str:
    """Why a person's filters leave nothing that could answer, in words; empty where they leave something."""
    if not wanted.any:
        return ""
    through = [report for report, passes in zip(reports, allowed_reports(reports, wanted), strict=True) if passes]
    if not through:
        return "No report in the index passes the filters that are set. Take one of them off."
    if not question.authorities:
        return ""
    if wanted.authority and not {name.casefold() for name in wanted.authority} & {
        name.casefold() for name in question.authorities
    }:
        return (
            f"The question is about {listed(question.authorities)}, but the filter lets only "
            f"{listed(wanted.authority)} through. Take one of them off."
        )
    kept_out = not_held(question, through)
    held = set(question.authorities) - set(not_held(question, reports))
    if held and set(kept_out) == set(question.authorities) and all(report.authority for report in through):
        return f"The filters that are set let no report on {listed(kept_out)} through. Take one of them off."
    return ""


def ambiguous(choices: Sequence[Choice]) -> Verdict:
    """A question that may mean any of several things, and nothing says which."""
    names = listed([choice.label for choice in choices])
    return Verdict(AnswerStatus.CLARIFICATION, 0.0, f"This may be about {names}. Which do you mean?")


def not_held(question: Interpretation, reports: Sequence[Report]) -> tuple[str, ...]:
    """The authorities that a question names and no report is about."""
    held = {report.authority for report in reports}
    return tuple(name for name in question.authorities if name not in held)


def _too_late(question: Interpretation, reports: Sequence[Report]) -> Verdict | None:
    about = [report for report in reports if not question.authorities or report.authority in question.authorities]
    latest = max((max(report_day(report), report.published or date.min) for report in about), default=None)
    if latest is None or not question.periods or any(period.first <= latest for period in question.periods):
        return None
    whose = f"on {listed(question.authorities)} " if question.authorities else ""
    reason = f"The latest report {whose}in the index is of {in_words(latest)}, before the time you name."
    return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.03, reason)


def _none_of_that_time(question: Interpretation, reports: Sequence[Report]) -> Verdict | None:
    """Where every report named by its time is one that is not held."""
    for part in question.parts:
        named = [period for period in part.periods if period.exact and period.of_report]
        if not named or reports_of_time(part, reports):
            return None
    periods = list(dict.fromkeys(period.words for period in question.periods if period.exact))
    about = [report for report in reports if not question.authorities or report.authority in question.authorities]
    days = sorted({report_day(report) for report in about} - {date.min})
    if not periods or not days:
        return None
    whose = f"on {listed(question.authorities)} " if question.authorities else ""
    held = listed([f"{day:%B %Y}" for day in days])
    if len(days) > _MOST_DAYS:
        held = f"{days[0]:%B %Y} to {days[-1]:%B %Y}"
    reason = f"The index holds no report {whose}of {listed(periods)}. Those held are of {held}."
    return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.05, reason)


def without_grade(question: Interpretation, reports: Sequence[Report]) -> Verdict | None:
    """Why a question about a grade of a named authority has none: no such report, or nothing graded in it."""
    about = [report for report in reports if report.authority in question.authorities]
    if not about:
        return None
    whose = listed(question.authorities)
    exact = [period for period in question.periods if period.exact]
    if exact and not any(closeness(report, period) for report in about for period in exact):
        times = listed([period.words for period in exact])
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.05, f"The index holds no report on {whose} of {times}.")
    reason = f"No report on {whose} in the index prints a grade for that: visits are not graded, nor is every area."
    return Verdict(AnswerStatus.NOT_JUDGED, 0.1, reason)


def after_search(
    question: Interpretation,
    by_part: Sequence[Sequence[Evidence]],
    reports: Sequence[Report],
    nearest: Callable[[], float],
) -> Verdict:
    """Judge the best evidence found for each part of a question.

    ``nearest`` gives the cosine of the nearest sentence of all reports, of whichever authority.
    """
    missing = not_held(question, reports)
    ranked = sorted((e for part in by_part for e in part), key=lambda e: -e.score)
    where = f"the reports on {listed(question.authorities)}" if question.authorities else "the reports"
    if not ranked:
        return Verdict(AnswerStatus.NOT_IN_REPORTS, 0.0, f"Nothing in {where} matches the question.")
    confidence = confidence_of(ranked)
    if not any(demands_of(question.text).has_quantity(evidence.text) for evidence in ranked[:_SHOWN]):
        confidence = min(confidence, _WITHOUT_QUANTITY)
    if confidence >= THRESHOLD:
        also = f" No report about {listed(missing)} is in the index." if missing else _unstated(question, by_part)
        return Verdict(AnswerStatus.ANSWERED, confidence, f"The sentences are the reports’ own words.{also}")
    if nearest() < _OUT_OF_SCOPE:
        return Verdict(AnswerStatus.OUT_OF_SCOPE, confidence, _NOT_COVERED)
    reason = f"Nothing in {where} answers this closely enough to be quoted."
    return Verdict(AnswerStatus.NOT_IN_REPORTS, confidence, reason)


def none_counted(confidence: float, reason: str, nearest: Callable[[], float]) -> Verdict:
    """A question across all reports of which none speaks: of something else altogether, or of what none says."""
    confidence = min(confidence, _NONE_SPEAKS)
    if nearest() < _OUT_OF_SCOPE:
        return Verdict(AnswerStatus.OUT_OF_SCOPE, confidence, _NOT_COVERED)
    return Verdict(AnswerStatus.NOT_IN_REPORTS, confidence, reason)


def is_stated(ranked: Sequence[Evidence]) -> bool:
    """Whether the evidence for one part of a question is near enough to be shown beside that for the others."""
    return bool(ranked) and confidence_of(ranked) >= _BESIDE


def _unstated(question: Interpretation, by_part: Sequence[Sequence[Evidence]]) -> str:
    """Which sides of a comparison the reports do not state, in words."""
    if len(by_part) < 2:
        return ""
    silent = [part for part, ranked in zip(question.parts, by_part, strict=True) if not is_stated(ranked)]
    names = [", ".join((*part.authorities, *(period.words for period in part.periods))) for part in silent]
    return f" Not stated in the reports on {listed(names)}." if any(names) else ""


def confidence_of(ranked: Sequence[Evidence]) -> float:
    """A share from the nearest sentence, its passage's standing, and what the cross-encoder makes of the sentences.

    Words in common count for nothing: what a report does not say is often asked in its own words, and what it says in
    others.
    """
    similarity = max(evidence.similarity for evidence in ranked[:10])
    standing = max(evidence.scored.score for evidence in ranked[:10])
    logits = [evidence.logit for evidence in ranked if evidence.logit is not None]
    gates = (_ABOUT, _ANSWERS) if logits else (_UNREAD,)
    return min(gate.confidence(similarity, standing, logits) for gate in gates)


def listed(names: Sequence[str]) -> str:
    """Names in a row: "Dudley, Brent and Bolton"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
