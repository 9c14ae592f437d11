"""Keeps the sentences that meet the limits in a question: "at weekends", "over the age of 60"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.types import Passage
from qa_service import calibration
from qa_service.answering.sentences.confidence import confidence_of
from qa_service.answering.sentences.context import with_subject
from qa_service.answering.sentences.evidence import Evidence
from qa_service.understanding.conditions.types import Limit
from qa_service.understanding.quantities import quantities_in, terms_with_units

EvidenceByPart = tuple[tuple[Evidence, ...], ...]


def within_limits(
    evidence_by_part: EvidenceByPart,
    limits: Sequence[Limit],
    subject: Mapping[str, float],
    read: Callable[[Sequence[Evidence]], Sequence[Evidence]],
) -> tuple[EvidenceByPart, tuple[Limit, ...]]:
    """Return the evidence that meets the limits, and the limits that were applied.

    ``subject`` gives the question's search terms, and how rare each term is. A limit is applied only if sentences that
    meet it are also about the rest of the question. They must also be strong enough for an answer, after ``read`` has
    read the best of them closely. Other limits have no effect, so the answer must say so.
    """
    applied: list[Limit] = []
    for limit in limits:
        rest = {term: weight for term, weight in subject.items() if term not in limit.words}
        within = tuple(
            tuple(e for e in part if meets(e.scored.passage, e.number, limit) and _is_about(e, rest))
            for part in evidence_by_part
        )
        ranked = sorted((e for part in within for e in read(part)), key=lambda evidence: -evidence.score)
        if ranked and confidence_of(ranked) >= calibration.LIMIT_CONFIDENCE:
            evidence_by_part = within
            applied.append(limit)
    return evidence_by_part, tuple(applied)


def _is_about(evidence: Evidence, subject: Mapping[str, float]) -> bool:
    """Whether a sentence and its context contain enough of a subject's words."""
    words = set(_words_in_context(evidence.scored.passage, evidence.number))
    share = sum(weight for term, weight in subject.items() if term in words) / (sum(subject.values()) or 1.0)
    return share >= calibration.SUBJECT_SHARE or not any(subject.values())


def meets(passage: Passage, number: int, limit: Limit) -> bool:
    """Whether a sentence meets a limit.

    The words of its headings and of a sentence that it refers to also count. Numbers must be in the sentence itself.
    """
    text = passage.text[slice(*passage.sentences[number])]
    return limit.is_met_by(frozenset(_words_in_context(passage, number)), quantities_in(text))


def _words_in_context(passage: Passage, number: int) -> list[str]:
    """Return the terms of a sentence, of its headings, and of the sentence before it, if it refers back to that one."""
    return terms_with_units(" ".join((*passage.section, with_subject(passage, number))))
