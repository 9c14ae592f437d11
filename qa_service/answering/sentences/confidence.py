"""Computes how sure we are that the evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa_service import calibration
from qa_service.answering.sentences.evidence import Evidence
from qa_service.calibration import Gate


def confidence_of(ranked: Sequence[Evidence], *, of_subject: bool = False) -> float:
    """Return a confidence from 0 to 1, based on the nearest sentence, the best passage and the cross-encoder's logits.

    The number of words in common does not count. People often use a report's own words to ask for facts that it does
    not give, and use different words to ask for facts that it gives. ``of_subject`` means that the words of each
    sentence show that it is about the subject.
    """
    best = ranked[: calibration.CONFIDENCE_SENTENCES]
    similarity = max(evidence.similarity for evidence in best)
    passage_score = max(evidence.scored.score for evidence in best)
    logits = [evidence.logit for evidence in ranked if evidence.logit is not None]
    close_logits = [evidence.close_logit for evidence in ranked if evidence.close_logit is not None]
    gates = [calibration.SUBJECT_GATE, calibration.ANSWER_GATE] if logits else [calibration.UNSCORED_GATE]
    if of_subject and close_logits:
        gates = [calibration.ANSWER_GATE]
    if close_logits:
        gates.append(calibration.CLOSE_GATE)
    return min(_confidence(gate, similarity, passage_score, logits, close_logits) for gate in gates)


def supports_part(ranked: Sequence[Evidence], *, of_subject: bool = False) -> bool:
    """Whether the evidence for one part of a question is strong enough to be shown with the other parts."""
    return bool(ranked) and confidence_of(ranked, of_subject=of_subject) >= calibration.PART_THRESHOLD


def _confidence(
    gate: Gate, similarity: float, passage_score: float, logits: Sequence[float], close_logits: Sequence[float]
) -> float:
    """Return the confidence that a gate gives. All logits count, because any scored sentence may contain the answer."""
    support = (
        gate.similarity * similarity
        + gate.passage * passage_score
        + gate.logits * _together(logits)
        + gate.close_logits * _together(close_logits)
    )
    return 1 / (1 + math.exp(-gate.slope * (support - gate.centre)))


def _together(logits: Sequence[float]) -> float:
    return math.log(sum(math.exp(logit) for logit in logits)) if logits else 0.0
