"""Finds the labels in a part of a list, which say who must act or by when, and the blocks below each label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.lists.items import words_of
from corpus.lists.parts import Part
from corpus.lists.places import boxes_of, is_left_of
from corpus.lists.titles import Label, label_of
from corpus.types import Block, BlockKind, Document


def labelled_runs(document: Document, part: Part) -> Iterator[tuple[Label, list[Block]]]:
    """Yield each label in a list with the blocks below it. The blocks do not include the labels."""
    label, run = part.label, list[Block]()
    depth = -1
    for place, block in enumerate(part.blocks):
        found = _label(document, part.blocks, place) or _item_as_label(document, part.blocks, place)
        ends = block.kind is BlockKind.LIST_ITEM and block.depth < depth
        if found is None and not ends:
            run.append(block)
            continue
        if run:
            yield label, run
        label, run = (_under(label, found, part.label), []) if found else (part.label, [block])
        depth = part.blocks[place + 1].depth if found and block.kind is BlockKind.LIST_ITEM else -1
    if run:
        yield label, run


def _under(label: Label, found: Label, heading: Label) -> Label:
    """Return the label for the items below a new label. A new body or deadline replaces only one of the same sort."""
    if found.body and found.deadline:
        return found
    if found.body:
        return Label(found.body, label.deadline)
    return Label(heading.body, found.deadline)


def _label(document: Document, blocks: Sequence[Block], place: int) -> Label | None:
    """Return a block as a label, or None if it is not one. A cell with another cell next to it is not a label."""
    block = blocks[place]
    if block.kind is BlockKind.LIST_ITEM or block.label is not None or place + 1 == len(blocks):
        return None
    beside = [b for b in (*blocks[max(place - 1, 0) : place], blocks[place + 1]) if b.kind is not BlockKind.LIST_ITEM]
    if any(is_left_of(document, block, b) or is_left_of(document, b, block) for b in beside):
        return None
    return label_of(document.text[block.start : block.end])


def _item_as_label(document: Document, blocks: Sequence[Block], place: int) -> Label | None:
    """Return an item that only says who must act, if the items below it say what to do, in a format without layout."""
    block = blocks[place]
    text = document.text[slice(*words_of(document, block))]
    if block.kind is not BlockKind.LIST_ITEM or not text.endswith(":") or boxes_of(document, block):
        return None
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    goes_on = below is not None and below.kind is BlockKind.LIST_ITEM and below.depth >= block.depth
    return label_of(text) if goes_on else None
