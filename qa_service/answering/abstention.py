"""Decides after a search whether to answer, and gives a reason that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.types import Report
from qa_service import calibration
from qa_service.answering.searched import reports_searched
from qa_service.answering.sentences.confidence import confidence_of, supports_part
from qa_service.answering.sentences.evidence import Evidence
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.mentions import Alternatives, names_of
from qa_service.understanding.polarity import Polarity, polarity_asked
from qa_service.understanding.questions.asked import Asked
from qa_service.understanding.requirements import Requirements
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.wording import from_when
from qa_service.wording import in_list, own_words

NOTHING_MORE = "We found nothing more about this in the reports that matches your question closely enough to quote."
_STATES = {
    Asked.PERSON: "names the person",
    Asked.CHAIR: "says who chairs it",
    Asked.LEADER: "says who leads or runs it",
    Asked.GIVER: "says who gave it",
    Asked.DATE: "says when",
    Asked.FUTURE: "says when",
    Asked.TIME: "says when",
    Asked.NAME: "gives a name",
    Asked.THING: "says which one",
    Asked.CAUSE: "says why",
    Asked.PURPOSE: "says why",
    Asked.MOST: "says which is the most or the least",
}
"""What the sentences that we found do not do, as words after "none that"."""
_PERCENTAGE = re.compile(r"%|\b(?:percentage|per ?cent|proportion|share)\b", re.IGNORECASE)
_NOT_COVERED = "No sentence in our reports is close in meaning to your question."


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a question, how sure we are, and the reason in words."""

    status: AnswerStatus
    confidence: float
    reason: str
    note: str = ""
    """What the answer leaves out, such as a part of a comparison that no report states."""
    not_applied: tuple[str, ...] = ()
    """Words of the question that we could not apply, if the reason or the note already says so."""


def decide(
    question: Interpretation,
    evidence_by_part: Sequence[Sequence[Evidence]],
    requirements: Requirements,
    reports: Sequence[Report],
    nearest: Callable[[], float],
    is_mentioned: bool = True,
    near_by_part: Sequence[Sequence[Evidence]] | None = None,
    *,
    filtered: bool = False,
) -> Decision:
    """Judge the best evidence for each part of a question.

    ``is_mentioned`` is whether any passage mentions the people, bodies and things that the question mentions.
    ``filtered`` is whether the person set filters. ``nearest`` returns the cosine of the nearest sentence in any
    report, on any authority. If sentences that do not
    state what the question asks for were left out, ``near_by_part`` has all of them. If we answer, the reason depends
    on the sentences quoted, so :func:`in_own_words` gives it later.
    """
    ranked = sorted((evidence for part in evidence_by_part for evidence in part), key=lambda e: -e.score)
    missing = authorities_without_reports(question, reports)
    about = [name for name in question.authorities if name not in missing]
    where = reports_searched(question, about, reports, filtered=filtered)
    no_reports = f"We have no reports about {in_list(missing, last='or')}" if missing else ""
    if not ranked and not no_reports and requirements.mentions and not is_mentioned:
        names = names_of(requirements.mentions)
        named = tuple(name for name in names if name in question.names)
        return Decision(
            AnswerStatus.NOT_IN_REPORTS, 0.0, _not_mentioned(requirements.mentions, where), not_applied=named
        )
    if not ranked and not no_reports and requirements.counts and is_mentioned:
        what = "percentage" if _PERCENTAGE.search(question.text) else "number"
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.0, _no_number(what, where))
    if not ranked:
        reason = _why_not(no_reports, about, where, anything=bool(requirements.mentions))
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.0, reason)
    confidence = confidence_of(ranked, of_subject=question.reads_change)
    if near_by_part is not None:
        confidence = _of_those_stating(confidence, _confidence_of_all(near_by_part))
    if not any(requirements.has_quantity(evidence.text) for evidence in ranked[: calibration.SENTENCES_SHOWN]):
        confidence = min(confidence, calibration.NO_QUANTITY_CONFIDENCE)
    if confidence >= calibration.ANSWER_THRESHOLD:
        note = f"{no_reports}." if no_reports else _uncovered_parts_words(question, evidence_by_part)
        others = missing if len(missing) < len(question.authorities) else ()
        return Decision(AnswerStatus.ANSWERED, confidence, "", note, others)
    if nearest() < calibration.OUT_OF_SCOPE_SIMILARITY:
        return Decision(AnswerStatus.OUT_OF_SCOPE, confidence, _NOT_COVERED)
    return Decision(AnswerStatus.NOT_IN_REPORTS, confidence, _why_not(no_reports, about, where, anything=True))


def decide_on_stance(
    question: Interpretation, decision: Decision, reports: Sequence[Report], *, filtered: bool = False
) -> Decision:
    """Say what we did not find, if a question asks only for criticism, or only for praise, and we do not answer."""
    polarity = polarity_asked(question.text)
    if decision.status is not AnswerStatus.NOT_IN_REPORTS or polarity is None:
        return decision
    where = reports_searched(question, question.authorities, reports, filtered=filtered)
    takes, opposite = ("praises", "criticise") if polarity is Polarity.STRENGTHS else ("criticises", "praise")
    reason = (
        f"We found no sentence in {where} that {takes} this. Others may {opposite} it: read the nearest passages, or "
        "ask how good it is."
    )
    return replace(decision, reason=reason)


def with_unmentioned(decision: Decision, requirements: Requirements, quoted: Sequence[Evidence]) -> Decision:
    """Say what the question mentions but no quote does.

    The headings of a quote and the sentences before it count too.
    """
    shown = " ".join(evidence.near_text for evidence in quoted)
    unnamed = names_of(requirements.not_mentioned(shown))
    if not unnamed or decision.status is not AnswerStatus.ANSWERED:
        return decision
    do = "The sentence that we quote does" if len(quoted) == 1 else "The sentences that we quote do"
    note = f"{decision.note} {do} not mention {in_list(unnamed, last='or')}.".strip()
    return replace(decision, confidence=min(decision.confidence, calibration.NOT_APPLIED_CONFIDENCE), note=note)


def _no_number(what: str, where: str) -> str:
    """Say that no sentence gives the number that a question asks for."""
    return (
        f"The nearest passages in {where} give no {what} for this. Ask what the reports say about it, or read the "
        "nearest passages."
    )


def _why_not(no_reports: str, about: Sequence[str], where: str, *, anything: bool) -> str:
    """Say why nothing is quoted, and what to do next. ``anything`` is true if the search found passages.

    ``where`` says which reports we searched.
    """
    if no_reports and not about:
        return (
            f"{no_reports}, and our other reports do not answer this. See the list of reports for the authorities that "
            "we have."
        )
    reason = (
        f"No sentence in {where} matches your question closely enough to quote. Try different words, or read the "
        "nearest passages."
        if anything
        else f"Nothing in {where} matches your question. Try different words."
    )
    return f"{no_reports}. {reason}" if no_reports else reason


def _confidence_of_all(evidence_by_part: Sequence[Sequence[Evidence]]) -> float:
    ranked = sorted((evidence for part in evidence_by_part for evidence in part), key=lambda e: -e.score)
    return confidence_of(ranked) if ranked else 0.0


def _of_those_stating(stating: float, near: float) -> float:
    """Return the confidence of the sentences that state what is asked for, given the confidence of all sentences."""
    if stating < calibration.STATING_THRESHOLD:
        return min(stating, near)
    return min(near, max(stating, calibration.ANSWER_THRESHOLD))


def say_what_is_unstated(
    decision: Decision,
    asked: Asked | None,
    near_by_part: Sequence[Sequence[Evidence]] | None,
    where: str,
) -> Decision:
    """If we abstain for this reason, say that sentences are close to a question but do not state what it asks for."""
    if asked is None or near_by_part is None or decision.status is not AnswerStatus.NOT_IN_REPORTS:
        return decision
    if _confidence_of_all(near_by_part) < calibration.ANSWER_THRESHOLD:
        return decision
    reason = (
        f"Sentences in {where} are close to your question, but we found none that {_STATES[asked]}. Ask what the "
        "reports say about it, or read the nearest passages."
    )
    return replace(decision, reason=reason, confidence=min(decision.confidence, calibration.NO_QUANTITY_CONFIDENCE))


def _not_mentioned(groups: Sequence[Alternatives], where: str) -> str:
    """Say that no passage mentions the people, bodies and things that the question mentions."""
    names = names_of(groups)
    whom = in_list(names, "or") if len(groups) == 1 else f"all of these: {in_list(names)}"
    return (
        f"None of the nearest passages in {where} mentions {whom}. Ask about something else, or read the nearest "
        "passages."
    )


def in_own_words(quoted: Sequence[Evidence], *, further: bool = False) -> str:
    """Say that the sentences are the reports' own words. ``further`` means that other sentences were quoted before."""
    one, words = len(quoted) == 1, own_words([evidence.scored.report for evidence in quoted])
    if further:
        these = "This is a further sentence" if one else "These are further sentences"
        return f"{these} on the same subject, in {words}."
    return f"{'This sentence is' if one else 'These sentences are'} in {words}."


def decide_on_more(
    question: Interpretation, decision: Decision, evidence_by_part: Sequence[Sequence[Evidence]]
) -> Decision:
    """Judge the evidence for a question that refers to an earlier answer. ``decision`` comes from :func:`decide`.

    If sentences on the subject were quoted before, another one need not contain the quantity that the question asks
    for.
    """
    ranked = [evidence for part in evidence_by_part for evidence in part]
    confidence = confidence_of(ranked) if ranked else 0.0
    if question.told and confidence >= calibration.ANSWER_THRESHOLD:
        return Decision(AnswerStatus.ANSWERED, confidence, "", decision.note)
    if decision.status is AnswerStatus.ANSWERED:
        return decision
    reason = f"{NOTHING_MORE} Read the nearest passages, or ask about one thing that you want to know more about."
    return Decision(AnswerStatus.NOT_IN_REPORTS, confidence, reason)


def decide_unsupported_theme(confidence: float, reason: str, nearest: Callable[[], float]) -> Decision:
    """Abstain from answering a question across all reports, because no report has a close enough sentence."""
    confidence = min(confidence, calibration.UNSUPPORTED_THEME_CONFIDENCE)
    if nearest() < calibration.OUT_OF_SCOPE_SIMILARITY:
        return Decision(AnswerStatus.OUT_OF_SCOPE, confidence, _NOT_COVERED)
    return Decision(AnswerStatus.NOT_IN_REPORTS, confidence, reason)


def from_times(periods: Sequence[Period]) -> str:
    """Describe which reports a question means: "from 2019", "published in 2019 and since 2021"."""
    return in_list(list(dict.fromkeys(map(from_when, periods))))


def authorities_without_reports(question: Interpretation, reports: Sequence[Report]) -> tuple[str, ...]:
    """Return the authorities that a question names but that no report is about."""
    with_reports = {report.authority for report in reports}
    return tuple(name for name in question.authorities if name not in with_reports)


def _uncovered_parts_words(question: Interpretation, evidence_by_part: Sequence[Sequence[Evidence]]) -> str:
    """Say which parts of a comparison the reports do not cover."""
    if len(evidence_by_part) < 2:
        return ""
    silent = [
        part
        for part, ranked in zip(question.parts, evidence_by_part, strict=True)
        if not supports_part(ranked, of_subject=question.reads_change)
    ]
    latest = [
        f"The latest report about {in_list(part.authorities)} does not say."
        for part in silent
        if part.latest and not part.after
    ]
    names = list(filter(None, (_about_part(part) for part in silent if part.after or not part.latest)))
    return " ".join((*([f"The reports {in_list(names)} do not say."] if names else []), *latest))


def _about_part(part: Part) -> str:
    """Describe which reports a part of a question is about: "about Brent from 2019"."""
    whom = [f"about {in_list(part.authorities)}"] if part.authorities else []
    after = [f"after {from_when(part.after).removeprefix('from ')}"] if part.after else []
    return " ".join((*whom, *map(from_when, part.periods), *after))
