"""What we can still answer when the encoder or the cross-encoder could not be loaded."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from safetensors import SafetensorError

from index.encoding.encoders import open_pair_scorer
from index.types import Encoder, PairScorer
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.improvements import Improvements
from qa_service.answering.kinds.items_on import ItemsOn
from qa_service.answering.kinds.kind import KindOfQuestion, Tools
from qa_service.answering.kinds.more_of_list import MoreOfList
from qa_service.answering.kinds.passages import Passages
from qa_service.answering.kinds.theme import Theme
from qa_service.answering.sentences.evidence import Evidence, is_own_list
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation

_LOG = logging.getLogger(__name__)
ENCODER, CROSS_ENCODER = "encoder", "cross_encoder"
_REASONS: Mapping[str, str] = {
    ENCODER: (
        "Search by meaning is not available at the moment. We found these passages only because they contain words "
        "from your question, so we do not give any of them as the answer. Read them yourself, or ask again later."
    ),
    CROSS_ENCODER: (
        "We cannot check how well sentences answer a question at the moment, so we do not give an answer. These "
        "passages are the nearest to your question. Read them yourself, or ask again later."
    ),
}
_NO_PASSAGES = (
    "Search by meaning is not available at the moment, and no passage contains the words in your question. The reports "
    "may still answer it. Ask again later, or use different words."
)


def open_cross_encoder(
    encoder: Encoder | None, open_scorer: Callable[[Encoder], PairScorer | None] = open_pair_scorer
) -> tuple[PairScorer | None, tuple[str, ...]]:
    """Open the cross-encoder that belongs to an encoder. Return it with the names of any models that do not load.

    Only the shipped encoder has a cross-encoder. With any other encoder, no model is missing, and similarity alone
    decides what to answer.
    """
    if encoder is None:
        return None, ()
    try:
        return open_scorer(encoder), ()
    except (ImportError, OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        _LOG.error("The cross-encoder does not load, so only grades and lists are answered: %s", error)
        return None, (CROSS_ENCODER,)


def degraded_kinds(kinds: Sequence[KindOfQuestion], missing: Sequence[str]) -> tuple[KindOfQuestion, ...]:
    """Return the kinds of question that need no model, followed by one that shows passages without an answer.

    The thresholds stay as they are. Similarity alone cannot tell an answer from a sentence that only sounds like one.
    The number of shared words tells us even less.
    """
    searching = tuple(kind for kind in kinds if isinstance(kind, MoreOfList | Theme | Passages | Improvements))
    certain = tuple(_without_models(kind) for kind in kinds if not isinstance(kind, MoreOfList | Theme | Passages))
    return (*certain, Unproved(searching, tuple(missing)))


def _without_models(kind: KindOfQuestion) -> KindOfQuestion:
    """Return a kind of question that answers only what is certain without a model."""
    if isinstance(kind, Improvements):
        return Improvements(accepts=is_certain_list)
    return ItemsOn(findings=None) if isinstance(kind, ItemsOn) else kind


def is_certain_list(question: Interpretation, evidence_by_part: Sequence[Sequence[Evidence]]) -> bool:
    """Whether a report's own list answers the whole question without a model.

    This is possible only if the question has a single part, which names an authority. The names and times in the
    question then show which report the question is about. Choosing between several lists would need a model.
    """
    if question.is_across_reports or len(evidence_by_part) != 1 or not question.parts[0].authorities:
        return False
    return is_own_list(question, evidence_by_part[0])


@dataclass(frozen=True, slots=True)
class Unproved:
    """Shows the nearest passages but no answer, because we cannot tell whether any sentence answers the question."""

    searching: tuple[KindOfQuestion, ...]
    """The kinds of question that search for passages. The first of these kinds that matches retrieves the passages."""
    missing: tuple[str, ...]

    def matches(self, question: Interpretation) -> bool:  # noqa: ARG002 - the protocol's signature
        """Match any question."""
        return True

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Retrieve passages in the same way as the question's own kind does."""
        kind = next(kind for kind in self.searching if kind.matches(state.interpretation))
        return kind.retrieve(state, tools)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Decide not to answer the question."""
        first = next(part for part in _REASONS if part in self.missing)
        reason = _REASONS[first] if state.passages or first != ENCODER else _NO_PASSAGES
        return replace(state, decision=Decision(AnswerStatus.LOW_CONFIDENCE, 0.0, reason))
