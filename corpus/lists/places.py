"""Compares the places of a list's blocks on the page, to find bullets that start items and cells that form a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.types import Block, BlockKind, Box, Document

_INDENT = 0.01
"""Largest indent of a bullet that starts an item, as a share of the page's width. Chosen by eye."""
_DEEPER = 0.15
"""Largest extra indent of a bullet that belongs to an item in the previous column, as a share of the page's width.
Chosen by eye."""
_HANGING = 0.012
"""Largest difference between the left edge of an item's lines and that of a paragraph in the item, as a share of the
page's width. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The left edges of bullets that open items. Each column of a list has its own. The keys are starts of blocks."""

    of_bullet: dict[int, float]
    left: dict[int, float]

    @classmethod
    def of(cls, document: Document, blocks: Sequence[Block]) -> Edges:
        """Return the edges of a list's bullets.

        Margins differ between pages, and a column starts where a bullet is higher up.
        """
        left = {b.start: _left(document, b) for b in blocks if b.kind is BlockKind.LIST_ITEM}
        of_bullet: dict[int, float] = {}
        column: list[Block] = []
        for block in (b for b in blocks if b.start in left):
            if column and _starts_column(document, column[-1], block):
                of_bullet |= _edges_in(document, column, left, of_bullet)
                column = []
            column.append(block)
        return cls(of_bullet | _edges_in(document, column, left, of_bullet), left)

    def opens(self, block: Block) -> bool:
        """Return whether a bullet opens an item. One that is further right belongs to the item above it."""
        return self.left[block.start] <= self.of_bullet[block.start] + _INDENT


def _starts_column(document: Document, before: Block, block: Block) -> bool:
    """Return whether a bullet is higher up than the one before, to the right of it, or on another page."""
    first, second = boxes_of(document, before), boxes_of(document, block)
    if not first or not second:
        return page_of(document, before) != page_of(document, block)
    beside = second[0].x0 > max(box.x1 for box in first)
    return first[0].page != second[0].page or second[0].y0 < first[0].y0 or beside


def _edges_in(
    document: Document, column: Sequence[Block], left: Mapping[int, float], before: Mapping[int, float]
) -> dict[int, float]:
    """Return the edge of a column's bullets. It is the leftmost, unless the column continues further right."""
    edge = min((left[block.start] for block in column), default=0.0)
    if before and column:
        last = max(before)
        words = document.text[last : column[0].start].rstrip()
        is_below = words.endswith(":") or (left[last] > before[last] + _INDENT and words[-1] not in ".?!")
        if is_below and 0 < edge - before[last] - _INDENT < _DEEPER:
            edge = before[last]
    return dict.fromkeys((block.start for block in column), edge)


def is_left_of(document: Document, block: Block, other: Block) -> bool:
    """Return whether one block is to the left of another in the same row."""
    left, right = boxes_of(document, block), boxes_of(document, other)
    if not left or not right or left[0].page != right[0].page:
        return False
    overlap = min(left[-1].y1, right[-1].y1) - max(left[0].y0, right[0].y0)
    return max(box.x1 for box in left) <= min(box.x0 for box in right) and overlap > 0


def is_in_column(document: Document, block: Block, other: Block) -> bool:
    """Return whether a block is below another one, on the same page and with the same left edge."""
    above, below = boxes_of(document, block), boxes_of(document, other)
    if not above or not below or above[0].page != below[0].page:
        return False
    return below[0].y0 >= above[-1].y0 and abs(below[0].x0 - above[0].x0) < _HANGING


def hangs_below(document: Document, first: Block, block: Block) -> bool:
    """Return whether a block is below the first block of an item and has the indent of that block's later lines."""
    item, boxes = boxes_of(document, first), boxes_of(document, block)
    if len(item) < 2 or not boxes or boxes[0].page != item[-1].page or boxes[0].y0 < item[-1].y0:
        return False
    hanging = item[1].x0
    return hanging > item[0].x0 + _INDENT and abs(boxes[0].x0 - hanging) < _HANGING


def page_of(document: Document, block: Block) -> int:
    """Return the page on which a block starts."""
    return document.lines_in(block.start, block.end)[0].page


def boxes_of(document: Document, block: Block) -> list[Box]:
    """Return the box of each line of a block. Empty if the format has no layout."""
    return [line.box for line in document.lines_in(block.start, block.end) if line.box]


def _left(document: Document, block: Block) -> float:
    return next((box.x0 for box in boxes_of(document, block)), 0.0)
