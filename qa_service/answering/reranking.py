"""Sentences read together with the question: what their words and their vectors alone do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.types import Passage
from index.search.search_index import SearchIndex
from index.types import PairScorer, ScoredPassage

_Pair = tuple[str, int, int, float]
"""A question, a sentence by its passage's row and its number there, and how near they are taken to be."""
_HEADING = 80
"""Characters of a heading that are read with a sentence, as in training."""


@dataclass(frozen=True, slots=True)
class PairReader:
    """A cross-encoder beside the index that has its vectors: of one inquiry, it reads nothing twice."""

    cross: PairScorer
    index: SearchIndex
    _read: dict[_Pair, float] = field(default_factory=dict)

    def logits(
        self, question: str, sentences: Sequence[tuple[ScoredPassage, int]], cosines: Sequence[float]
    ) -> list[float]:
        """How far each sentence, given by its passage and its number there, answers: more than 0 speaks for it."""
        pairs: list[_Pair] = [
            (question, scored.row, number, cosine) for (scored, number), cosine in zip(sentences, cosines, strict=True)
        ]
        new = {
            pair: scored.passage for pair, (scored, _) in zip(pairs, sentences, strict=True) if pair not in self._read
        }
        if new:
            texts = [under_heading(passage, *passage.sentences[number]) for (*_, number, _), passage in new.items()]
            places = [(row, number) for _, row, number, _ in new]
            sides = self.index.pair_vectors(question, places, [cosine for *_, cosine in new])
            logits = self.cross.scores(question, texts, sides)
            self._read.update((pair, float(logit)) for pair, logit in zip(new, logits, strict=True))
        return [self._read[pair] for pair in pairs]


def under_heading(passage: Passage, start: int, end: int) -> str:
    """Words of a passage below the nearest heading, as the cross-encoder reads them."""
    text = passage.text[start:end]
    return f"{passage.section[-1][:_HEADING]}: {text}" if passage.section else text
