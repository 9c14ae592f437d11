"""Splits a question and a sentence in its context into the word pieces that the cross-encoder reads closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from index.encoding.pair_weights import shortened
from index.types import SentenceInContext

MAX_PIECES = 128
"""Maximum number of word pieces in a pair of a question and a sentence with its context. One pair in a hundred has over
120."""
_QUESTION = 64
"""Maximum number of word pieces in a question. The rest of a pair is for the sentence and its context."""
_BEFORE = 40
"""Maximum number of word pieces in the sentence before. If it has more, we keep the last ones."""
_SMALLEST_ROOM = 3
"""If there is room for no more than this number of word pieces, we leave out the sentence before."""


@dataclass(frozen=True, slots=True)
class ContextPieces:
    """Word pieces with their types: 0 for the question, and 1 for the sentence and its context."""

    ids: list[int]
    type_ids: list[int]

    @property
    def attention_mask(self) -> list[int]:
        """The attention mask, which is 1 for each word piece."""
        return [1] * len(self.ids)


def context_pieces(tokenizer: Tokenizer, question: str, sentences: Sequence[SentenceInContext]) -> list[ContextPieces]:
    """Split a question and each of several sentences into word pieces.

    The order is question, heading, sentence, sentence before. The sentence before comes last, so that it is cut first.
    The tokenizer must not truncate or pad.
    """
    start, end = tokenizer.encode("").ids  # an empty text has only the two special tokens
    texts = [shortened(question)]
    for sentence in sentences:
        texts += [f"{sentence.heading}: {sentence.text}" if sentence.heading else sentence.text, sentence.before]
    first, *others = (list(split.ids) for split in tokenizer.encode_batch(texts, add_special_tokens=False))
    first = [start, *first[:_QUESTION], end]
    pieces = []
    for text, before in zip(others[::2], others[1::2], strict=True):
        second = [*text[: MAX_PIECES - len(first) - 1], end]
        room = MAX_PIECES - len(first) - len(second) - 1
        if before and room > _SMALLEST_ROOM:
            second += [*before[-min(_BEFORE, room) :], end]
        pieces.append(ContextPieces(first + second, [0] * len(first) + [1] * len(second)))
    return pieces
