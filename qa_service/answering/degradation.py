"""What is still answered where a model that reads questions could not be loaded."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from safetensors import SafetensorError

from index.encoding.encoders import open_pair_scorer
from index.types import Encoder, PairScorer
from qa_service.answering import evidence
from qa_service.answering.abstention import Verdict
from qa_service.answering.evidence import Evidence
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation

_LOG = logging.getLogger(__name__)
ENCODER, CROSS_ENCODER = "encoder", "cross_encoder"
_REASONS: Mapping[str, str] = {
    ENCODER: (
        "Search by meaning is not available just now, so these passages were found by their words alone and nothing is "
        "stated as the answer. Read them for yourself, or ask again later."
    ),
    CROSS_ENCODER: (
        "What tells whether a sentence answers the question is not available just now, so nothing is stated as the "
        "answer. These are the passages nearest to it: read them for yourself, or ask again later."
    ),
}
_NOTHING_FOUND = (
    "Search by meaning is not available just now, and no passage was found by the question’s words alone. That does "
    "not show that the reports say nothing of it: ask again later, or in other words."
)


def open_cross(
    encoder: Encoder | None, opened: Callable[[Encoder], PairScorer | None] = open_pair_scorer
) -> tuple[PairScorer | None, tuple[str, ...]]:
    """The cross-encoder beside an encoder, and what is lacking where there should be one and it does not load.

    Another encoder than the shipped one has none, and lacks nothing by it: its answers rest on likeness.
    """
    if encoder is None:
        return None, ()
    try:
        return opened(encoder), ()
    except (ImportError, OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        _LOG.error("The cross-encoder does not load, so that only grades and lists are answered: %s", error)
        return None, (CROSS_ENCODER,)


def is_list(question: Interpretation, by_part: Sequence[Sequence[Evidence]]) -> bool:
    """Whether a report's own list of what must improve answers: of an authority named, and the whole question.

    Which report it is of then follows from the question's names and times. Of several lists, meaning tells which count.
    """
    if question.across or len(by_part) != 1 or not question.parts[0].authorities:
        return False
    return evidence.is_list(question, by_part[0])


def unproved(degraded: Sequence[str], *, found: bool) -> Verdict:
    """That nothing is stated, as nothing can be proved to answer; ``found`` says whether there are passages to show.

    The bars of evidence stay where they are: likeness alone does not tell an answer from what only sounds like one,
    and words in common tell still less.
    """
    first = next(lacking for lacking in _REASONS if lacking in degraded)
    reason = _REASONS[first] if found or first != ENCODER else _NOTHING_FOUND
    return Verdict(AnswerStatus.LOW_CONFIDENCE, 0.0, reason)
