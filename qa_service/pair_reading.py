"""Sentences read together with the question: what their words and their vectors alone do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Passage
from index.search_index import SearchIndex
from index.types import PairScorer, ScoredPassage

_HEADING = 80
"""Characters of a heading that are read with a sentence, as in training."""


@dataclass(frozen=True, slots=True)
class PairReader:
    """A cross-encoder, and the index that has the vectors of what it reads."""

    cross: PairScorer
    index: SearchIndex

    def logits(
        self, question: str, sentences: Sequence[tuple[ScoredPassage, int]], cosines: Sequence[float]
    ) -> list[float]:
        """How far each sentence, given by its passage and its number there, answers: more than 0 speaks for it."""
        texts = [under_heading(scored.passage, *scored.passage.sentences[number]) for scored, number in sentences]
        sides = self.index.sides(question, [(scored.row, number) for scored, number in sentences], cosines)
        return [float(logit) for logit in self.cross.scores(question, texts, sides)]


def under_heading(passage: Passage, start: int, end: int) -> str:
    """Words of a passage below the nearest heading, as the cross-encoder reads them."""
    text = passage.text[start:end]
    return f"{passage.section[-1][:_HEADING]}: {text}" if passage.section else text
