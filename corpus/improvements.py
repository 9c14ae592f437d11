"""Finds what a report asks for: the items in its lists of improvements, priority actions and recommendations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.headings import section_paths
from corpus.types import Block, BlockKind, Box, Document, Improvement, ImprovementKind

_LISTS: tuple[tuple[re.Pattern[str], ImprovementKind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"^(?:areas? for )?priority (?:and immediate )?actions?\W*$", ImprovementKind.PRIORITY),
        (r"^recommendations?\W*$", ImprovementKind.RECOMMENDATION),
        (r"^what needs to improve\b", ImprovementKind.IMPROVEMENT),
        (r"^areas? for (?:improvement|development)\W*$", ImprovementKind.IMPROVEMENT),
    )
)
_OTHER_SECTION = re.compile(
    r"^(?:inspection (?:findings|judge?ments?)|(?:key |main )?findings|(?:executive )?summary|overview|"
    r"information about|the (?:experiences|impact|effectiveness|local safeguarding))\b",
    re.IGNORECASE,
)
"""Headings that end a list, even if they are smaller than the heading of the list."""
_NONE = re.compile(
    r"^(?:the inspection|inspectors?|there (?:are|were|is))\b[^.]{0,40}\b(?:no|not (?:find|identify) any) "
    r"(?:areas?|recommendations?)\b",
    re.IGNORECASE,
)
"""Wording that a report prints instead of an empty list."""
_BULLET = re.compile(r"^• ?")
_NUMBER = re.compile(r"^\d{1,3}[.)]?\s*")
_SENTENCE = re.compile(r"[.!?:]\)?$")
_NAME_LENGTH = 90
"""Maximum length, in characters, of a cell that only names a column or says who must act. Such a cell has no full stop.
Chosen by eye."""
_ROW = 0.02
"""Largest difference between the tops of a row's cells, as a share of the page's height. Chosen by eye."""
_INDENT = 0.01
"""Largest indent of a bullet that starts an item, as a share of the page's width. Chosen by eye."""


@dataclass(slots=True)
class _OpenItem:
    """An item to which the bullets below it are still being added."""

    blocks: list[Block]
    body: str | None = None


def find_improvements(document: Document) -> tuple[Improvement, ...]:
    """Return the items of all lists in which the report asks for something, in order."""
    paths = section_paths(document)
    improvements: list[Improvement] = []
    index = 0
    while index < len(document.blocks):
        title = _title(paths[index])
        end = index + 1
        while end < len(document.blocks) and paths[end] == paths[index]:
            end += 1
        if title:
            blocks = [b for b in document.blocks[index:end] if b.kind not in (BlockKind.HEADING, BlockKind.FOOTNOTE)]
            # Under a theme, which is a heading within the list, only blocks with a number or a bullet are items.
            items = _items(document, blocks) if title[0] == paths[index][-1] else _marked(document, blocks)
            read = (_improvement(document, item, *title) for item in items)
            improvements += [improvement for improvement in read if not _NONE.search(improvement.text)]
        index = end
    return tuple(improvements)


def _title(path: Sequence[str]) -> tuple[str, ImprovementKind] | None:
    """Return the nearest heading that names such a list, and the kind of list."""
    for heading in reversed(path):
        if _OTHER_SECTION.match(heading):
            return None
        for pattern, kind in _LISTS:
            if pattern.match(heading):
                return heading, kind
    return None


def _items(document: Document, blocks: Sequence[Block]) -> list[_OpenItem]:
    """Return the items with a number or a bullet. If there are none, return the rows of a table or the paragraphs."""
    return [] if not blocks else _marked(document, blocks) or list(_table_rows(document, blocks))


def _marked(document: Document, blocks: Sequence[Block]) -> list[_OpenItem]:
    numbered = [block for block in blocks if block.label]
    if numbered:
        outermost = min(block.depth for block in numbered)
        return list(_headed(blocks, lambda block: block.label is not None and block.depth == outermost))
    bullets = [block for block in blocks if block.kind is BlockKind.LIST_ITEM]
    if not bullets or _are_rows(blocks):
        return []
    depth = min(block.depth for block in bullets)
    edges: dict[int, float] = {}  # the leftmost bullet of each page, because margins may differ
    for block in bullets:
        edges[_page(document, block)] = min(_left(document, block), edges.get(_page(document, block), 1.0))

    def opens(block: Block) -> bool:
        edge = edges.get(_page(document, block), 0.0)
        outer = block.depth == depth and _left(document, block) <= edge + _INDENT
        return block.kind is BlockKind.LIST_ITEM and outer

    return list(_headed(blocks, opens))


def _headed(blocks: Sequence[Block], opens: Callable[[Block], bool]) -> Iterator[_OpenItem]:
    """Yield the items that start with a number or a bullet, each with the bullets below it."""
    item: _OpenItem | None = None
    for block in blocks:
        if opens(block):
            if item:
                yield item
            item = _OpenItem([block])
        elif item and (block.kind is BlockKind.LIST_ITEM or block.depth):
            item.blocks.append(block)
    if item:
        yield item


def _are_rows(blocks: Sequence[Block]) -> bool:
    """Return whether the blocks are rows with bullets below them. Two blocks without bullets do not make a table."""
    return sum(block.kind is not BlockKind.LIST_ITEM for block in blocks) > 2


def _table_rows(document: Document, blocks: Sequence[Block]) -> Iterator[_OpenItem]:
    """Yield rows of one cell, or of two: who must act and what they must do. A row of column names is left out."""
    item: _OpenItem | None = None
    body: str | None = None
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.LIST_ITEM:
            if item:
                item.blocks.append(block)
        elif following and _is_left_of(document, block, following):
            body = text
        elif _SENTENCE.search(text) or len(text) > _NAME_LENGTH:
            if item:
                yield item
            item, body = _OpenItem([block], body), None
        else:
            body = None
    if item:
        yield item


def _is_left_of(document: Document, block: Block, other: Block) -> bool:
    """Return whether one block is to the left of another in the same row."""
    left, right = _boxes(document, block), _boxes(document, other)
    if not left or not right or left[0].page != right[0].page:
        return False
    return max(box.x1 for box in left) <= right[0].x0 and abs(left[0].y0 - right[0].y0) < _ROW


def _page(document: Document, block: Block) -> int:
    return document.lines_in(block.start, block.end)[0].page


def _left(document: Document, block: Block) -> float:
    return next((box.x0 for box in _boxes(document, block)), 0.0)


def _boxes(document: Document, block: Block) -> list[Box]:
    return [line.box for line in document.lines_in(block.start, block.end) if line.box]


def _improvement(document: Document, item: _OpenItem, section: str, kind: ImprovementKind) -> Improvement:
    first, last = item.blocks[0], item.blocks[-1]
    texts = [document.text[block.start : block.end] for block in item.blocks]
    if first.label:
        number = f"{first.label}. "
        texts[0] = texts[0].removeprefix(number) if texts[0].startswith(number) else _NUMBER.sub("", texts[0], count=1)
    return Improvement(
        kind=kind,
        text=" ".join(_BULLET.sub("", text) for text in texts),
        page=_page(document, first),
        section=section,
        start=first.start,
        end=last.end,
        label=first.label,
        body=item.body,
    )
