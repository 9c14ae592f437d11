"""Texts of several lengths, put together so that little is computed of what is padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BatchShapes:
    """In which shapes texts are computed: for each new one OpenVINO takes 5 to 9 ms, and keeps up to a megabyte."""

    rows: tuple[int, ...]
    """Texts of a batch, padding among them; 1 first."""
    step: int
    """Word pieces of a text, padding among them, by this step."""
    each: int
    """Word pieces that could be computed in what a batch takes whatever is in it."""
    most: int
    """Word pieces computed together, where there is more than one text."""

    def __post_init__(self) -> None:
        if self.rows[:1] != (1,) or list(self.rows) != sorted(set(self.rows)):
            raise ValueError(f"{self.rows}: numbers that rise from 1")

    def shape(self, lengths: Sequence[int]) -> tuple[int, int]:
        """Rows and columns of a batch of texts so long."""
        return self._rows_for(len(lengths)), self._rounded(max(lengths))

    def split(self, lengths: Sequence[int]) -> list[list[int]]:
        """The numbers of texts in batches of like length, at most :attr:`most` word pieces each with their padding.

        Of all ways to cut them, in order of length, the one with the least to compute: padding, and what each batch
        costs besides.
        """
        order = sorted(range(len(lengths)), key=lambda number: (lengths[number], number))
        least, starts = [0], [0]  # for the first so many: what they cost, and where the last batch of them starts
        for end in range(1, len(order) + 1):
            columns = self._rounded(lengths[order[end - 1]])
            most = max(rows for rows in self.rows if rows == 1 or rows * columns <= self.most)
            cost, start = min(
                (least[end - count] + self._rows_for(count) * columns + self.each, end - count)
                for count in range(1, min(end, most) + 1)
            )
            least.append(cost)
            starts.append(start)
        batches, end = [], len(order)
        while end:
            batches.append(order[starts[end] : end])
            end = starts[end]
        return batches[::-1]

    def _rounded(self, length: int) -> int:
        return -(-length // self.step) * self.step

    def _rows_for(self, count: int) -> int:
        return next(rows for rows in self.rows if rows >= count)


TEXT_BATCHES = BatchShapes(rows=(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48), step=8, each=32, most=800)
"""For the encoder: enough to fill the processor's matrix unit, and few enough that what is between two layers stays in
its cache (of 100 to 3,000, sentences and passages are both quickest there)."""
PAIR_BATCHES = BatchShapes(rows=(1, 2, 4, 6, 8), step=16, each=150, most=700)
"""For the cross-encoder: ten sentences are two batches, for two threads. There are so few at a time that new shapes
would cost more than padding does."""
