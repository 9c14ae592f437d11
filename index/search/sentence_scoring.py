"""Scores sentences by reading each one together with the question, which shows more than words and vectors alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.types import Passage
from index.search.anaphora import refers_back
from index.search.search_index import SearchIndex
from index.types import PairScorer, ScoredPassage, SentenceInContext

_Pair = tuple[str, int, int, float]
"""A question, the row of a passage, the index of a sentence in it, and the cosine of question and sentence."""
_HEADING = 80
"""Number of characters of a heading that the cross-encoder reads with a sentence. It is the same in training."""


@dataclass(frozen=True, slots=True)
class SentenceScorer:
    """The cross-encoder, used for one question. It scores each sentence only once."""

    cross_encoder: PairScorer
    index: SearchIndex
    """The index that contains the vectors that the cross-encoder also reads."""
    _logits: dict[_Pair, float] = field(default_factory=dict)
    _close_logits: dict[_Pair, float] = field(default_factory=dict)

    def logits(
        self, question: str, sentences: Sequence[tuple[ScoredPassage, int]], cosines: Sequence[float]
    ) -> list[float]:
        """Return a logit for each sentence.

        A sentence is given as a passage and an index. A logit above 0 suggests an answer.
        """
        pairs = _pairs(question, sentences, cosines)
        if new := _new(pairs, sentences, self._logits):
            texts = [under_heading(passage, *passage.sentences[number]) for (*_, number, _), passage in new.items()]
            places = [(row, number) for _, row, number, _ in new]
            vectors = self.index.pair_vectors(question, places, [cosine for *_, cosine in new])
            logits = self.cross_encoder.scores(question, texts, vectors)
            self._logits.update((pair, float(logit)) for pair, logit in zip(new, logits, strict=True))
        return [self._logits[pair] for pair in pairs]

    def close_logits(
        self, question: str, sentences: Sequence[tuple[ScoredPassage, int]], cosines: Sequence[float]
    ) -> list[float]:
        """Return a logit for each sentence from a close reading in its context. This takes about ten times as long."""
        pairs = _pairs(question, sentences, cosines)
        if new := _new(pairs, sentences, self._close_logits):
            texts = [in_context(passage, number) for (*_, number, _), passage in new.items()]
            logits = self.cross_encoder.scores_in_context(question, texts, [cosine for *_, cosine in new])
            self._close_logits.update((pair, float(logit)) for pair, logit in zip(new, logits, strict=True))
        return [self._close_logits[pair] for pair in pairs]


def _pairs(question: str, sentences: Sequence[tuple[ScoredPassage, int]], cosines: Sequence[float]) -> list[_Pair]:
    return [(question, scored.row, number, cosine) for (scored, number), cosine in zip(sentences, cosines, strict=True)]


def _new(
    pairs: Sequence[_Pair], sentences: Sequence[tuple[ScoredPassage, int]], known: Mapping[_Pair, float]
) -> dict[_Pair, Passage]:
    """Return the pairs that have not been scored, with the passage of each."""
    return {pair: scored.passage for pair, (scored, _) in zip(pairs, sentences, strict=True) if pair not in known}


def in_context(passage: Passage, number: int) -> SentenceInContext:
    """Return a sentence of a passage with the nearest heading, and with the sentence before it if it refers back."""
    text = passage.text[slice(*passage.sentences[number])]
    before = passage.text[slice(*passage.sentences[number - 1])] if number and refers_back(text) else ""
    return SentenceInContext(text, passage.section[-1][:_HEADING] if passage.section else "", before)


def under_heading(passage: Passage, start: int, end: int) -> str:
    """Return ``[start, end)`` of a passage, preceded by the nearest heading, as the cross-encoder reads it."""
    text = passage.text[start:end]
    return f"{passage.section[-1][:_HEADING]}: {text}" if passage.section else text
