"""Groups texts of similar length, so that little time is spent on padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BatchShapes:
    """The shapes that batches may have. For each new shape, OpenVINO takes 5 to 9 ms and uses up to a megabyte."""

    rows: tuple[int, ...]
    """The numbers of texts that a batch may have, including padding. The first is 1."""
    step: int
    """With its padding, each text in a batch has a multiple of this number of word pieces."""
    overhead: int
    """Fixed cost of a batch, as the number of word pieces that we could compute in the same time."""
    max_pieces: int
    """Maximum number of word pieces in a batch of more than one text, including padding."""

    def __post_init__(self) -> None:
        if self.rows[:1] != (1,) or list(self.rows) != sorted(set(self.rows)):
            raise ValueError(f"{self.rows}: the numbers must rise from 1")

    def shape(self, lengths: Sequence[int]) -> tuple[int, int]:
        """Return the number of rows and columns in a batch of texts with these lengths."""
        return self._padded_rows(len(lengths)), self._padded_columns(max(lengths))

    def split(self, lengths: Sequence[int]) -> list[list[int]]:
        """Split texts into batches. Return the indexes of each batch's texts, shortest texts first.

        The texts are sorted by length, and divided where this makes the total cost lowest. The cost of a batch is the
        number of word pieces in it, including padding, plus the overhead.
        """
        order = sorted(range(len(lengths)), key=lambda number: (lengths[number], number))
        costs, starts = [0], [0]  # for the first n texts: their lowest cost, and where their last batch starts
        for end in range(1, len(order) + 1):
            columns = self._padded_columns(lengths[order[end - 1]])
            most_rows = max(rows for rows in self.rows if rows == 1 or rows * columns <= self.max_pieces)
            cost, start = min(
                (costs[end - count] + self._padded_rows(count) * columns + self.overhead, end - count)
                for count in range(1, min(end, most_rows) + 1)
            )
            costs.append(cost)
            starts.append(start)
        batches, end = [], len(order)
        while end:
            batches.append(order[starts[end] : end])
            end = starts[end]
        return batches[::-1]

    def _padded_columns(self, length: int) -> int:
        return -(-length // self.step) * self.step

    def _padded_rows(self, count: int) -> int:
        return next(rows for rows in self.rows if rows >= count)


TEXT_BATCHES = BatchShapes(rows=(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48), step=8, overhead=32, max_pieces=800)
"""The shapes for the encoder. 800 word pieces fill the processor's matrix unit, and the values between two layers stay
in its cache. Of the limits from 100 to 3,000, this is the fastest for both sentences and passages."""
PAIR_BATCHES = BatchShapes(rows=(1, 2, 4, 6, 8), step=16, overhead=150, max_pieces=700)
"""The shapes for the cross-encoder. Ten sentences make two batches, for two threads. There are few shapes, because we
score few sentences for a question. A new shape would cost more than the padding that it saves."""
CONTEXT_BATCHES = BatchShapes(rows=(1, 2), step=16, overhead=16, max_pieces=256)
"""The shapes for sentences in context. We read only four for a question, so that each of two threads gets two."""
