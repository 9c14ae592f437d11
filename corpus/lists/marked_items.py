"""Finds the items that start with a number, a letter or a bullet, with the text below that belongs to each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.lists.items import NO_ITEM, SENTENCE, Item, item_of, marks_of, words_of
from corpus.lists.marks import Mark
from corpus.lists.places import Edges, boxes_of, hangs_below
from corpus.lists.titles import NO_LABEL, Label, label_of
from corpus.types import Block, BlockKind, Document

_END = re.compile(r"[.!?][’”\"')]*(?=\s+[A-Z])")


def marked_items(
    document: Document, blocks: Sequence[Block], edges: Edges, series: Sequence[Mark], *, in_rows: bool
) -> list[Item]:
    """Return the items that have a number, a letter or a bullet. ``series`` contains the marks of a series."""
    numbered = [block for block in blocks if block.label]
    if numbered:
        outermost = min(block.depth for block in numbered)
        return list(_headed(document, blocks, lambda b: b.label is not None and b.depth == outermost))
    if series:
        return list(_lettered(document, blocks, series))
    depths = [block.depth for block in blocks if block.kind is BlockKind.LIST_ITEM]
    if in_rows or not depths:
        return []
    depth = min(depths)
    return list(
        _headed(document, blocks, lambda b: b.kind is BlockKind.LIST_ITEM and b.depth == depth and edges.opens(b))
    )


def _headed(document: Document, blocks: Sequence[Block], opens: Callable[[Block], bool]) -> Iterator[Item]:
    """Yield the items that start with a number or a bullet, each with the blocks below that belong to it."""
    item: Item | None = None
    for block in blocks:
        if opens(block) and not (item and _is_below_lead_in(document, item, block)):
            if item:
                yield item
            item = item_of(document, block)
        elif item and (block.kind is BlockKind.LIST_ITEM or block.depth or _goes_on(document, item, block)):
            item.spans.append(words_of(document, block))
    if item:
        yield item


def _is_below_lead_in(document: Document, item: Item, block: Block) -> bool:
    """Return whether a bullet belongs to an item that ends in a colon, in a format without layout."""
    if block.kind is not BlockKind.LIST_ITEM or boxes_of(document, block):
        return False
    lead_in, before = document.text[slice(*item.spans[0])], document.text[slice(*item.spans[-1])]
    words = document.text[slice(*words_of(document, block))]
    ended = len(item.spans) > 1 and before.endswith(".")
    return lead_in.endswith(":") and words[:1].islower() and not ended


def _goes_on(document: Document, item: Item, block: Block) -> bool:
    """Return whether a paragraph below an item belongs to it.

    It then continues the item's sentence or has its indent.
    """
    text = document.text[block.start : block.end]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.TABLE) or block.label is not None:
        return False
    if text[0].islower() and not SENTENCE.search(document.text[slice(*item.spans[-1])]):
        return True
    if any(mark.start == block.start for mark in marks_of(document, [block])):
        return True
    return hangs_below(document, item.first, block) and not NO_ITEM.match(text)


def _lettered(document: Document, blocks: Sequence[Block], series: Sequence[Mark]) -> Iterator[Item]:
    """Yield the items that the marks of a series open. A mark may be at the start of a block or within it."""
    item: Item | None = None
    marks = list(series)
    label = NO_LABEL
    for block in blocks:
        inside = [mark for mark in marks if block.start <= mark.start < block.end]
        marks = marks[len(inside) :]
        if not inside:
            if item and (block.kind is BlockKind.LIST_ITEM or block.depth or _goes_on(document, item, block)):
                item.spans.append(words_of(document, block))
            continue
        ends = [*(mark.start for mark in inside[1:]), block.end]
        for mark, end in zip(inside, ends, strict=True):
            if item:
                yield item
            end = _sentence_end(document, mark.words, end) if mark.inside else end
            ended, below = _label_at_end(document, mark.words, end) if end < block.end else (end, None)
            words = document.text[mark.words : ended].rstrip()
            item = Item(mark.start, [(mark.words, mark.words + len(words))], block, mark.name, label)
            label = below or label
    if item:
        yield item


def _label_at_end(document: Document, start: int, end: int) -> tuple[int, Label | None]:
    """If the last line before the next item is a label, return the end of the item and this label."""
    last = document.lines_in(start, end)[-1]
    label = label_of(document.text[last.start : end].rstrip()) if last.start > start else None
    return (last.start, label) if label else (end, None)


def _sentence_end(document: Document, start: int, end: int) -> int:
    match = _END.search(document.text, start, end)
    return match.end() if match else end
