"""Finds the items in the rows of a table, with the facts in the cells next to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.lists.items import DUE, NO_ITEM, SENTENCE, Item, item_of, text_of, words_of
from corpus.lists.places import boxes_of, is_in_column, is_left_of
from corpus.lists.titles import introduces_list, label_of
from corpus.types import Block, BlockKind, Document

_LONE_NUMBER = re.compile(r"^\W?(\d{1,3})[.)]?$")
_ROW_NUMBER = re.compile(r"(\d{1,2})[.)]? (?=[A-Z‘“])")
_UNFINISHED = 40
"""Fewest characters of the first lines of a cell that go on in the next row. A shorter cell may be a name. Chosen by
eye."""
NAME_LENGTH = 90
"""Maximum length, in characters, of a cell that only names a column or says who must act, without a full stop. Chosen
by eye."""


def row_items(document: Document, blocks: Sequence[Block]) -> Iterator[Item]:
    """Yield the items in the rows of a table. The cells give a number, who must act, what they must do, and by when.

    A row of column names is left out. So are rows whose cells we cannot tell apart, and the text below such rows. In a
    format without layout, text around the table is not part of it.
    """
    item: Item | None = None
    if any(block.cells for block in blocks):
        blocks = [block for block in blocks if block.cells]
    placeless = [place for place, block in enumerate(blocks) if not has_cells(document, block)]
    if placeless:
        blocks = [block for block in blocks[: placeless[-1] + 1] if has_cells(document, block)]
    rows = list(_rows(document, blocks))
    if not rows:
        return
    for above, row, following in zip([[], *rows[:-1]], rows, [*rows[1:], None], strict=True):
        if row[0].kind is BlockKind.LIST_ITEM or (item and _ends_cell(document, item, row)):
            _take_rest(document, item, row[0])
            continue
        found = _of_row(document, row)
        text = text_of(document, found) if found else ""
        leads_in = following is not None and following[0].kind is BlockKind.LIST_ITEM
        is_around = len(row) == 1 and (introduces_list(text) or NO_ITEM.match(text))
        if found is None or (text.endswith(":") and not leads_in) or is_around:
            continue
        _take_start(document, found, above)
        if item:
            yield item
        item = found
    if item:
        yield item


def _take_start(document: Document, item: Item, above: Sequence[Block]) -> None:
    """Add the first lines of an item if the row above has only these, as in widely spaced tables."""
    if len(above) != 1 or above[0].kind is not BlockKind.TABLE or not text_of(document, item)[:1].islower():
        return
    [start] = above
    text = document.text[start.start : start.end]
    unfinished = len(text) >= _UNFINISHED and text[:1].isupper() and not SENTENCE.search(text)
    if unfinished and is_in_column(document, start, item.first):
        item.start, item.first = start.start, start
        item.spans.insert(0, words_of(document, start))


def _ends_cell(document: Document, item: Item, row: Sequence[Block]) -> bool:
    """Return whether a row has only the last words of an item, which close a bracket."""
    text = text_of(document, item)
    opened = text.count("(") > text.count(")")
    return (
        opened and len(row) == 1 and document.text[row[0].start] == "(" and is_in_column(document, item.first, row[0])
    )


def _take_rest(document: Document, item: Item | None, rest: Block) -> None:
    """Add a bullet or the last words of its cell to an item. A day before such words is by when it must be done."""
    if item is None:
        return
    start, end = item.spans[-1]
    due = DUE.search(document.text, start, end)
    if due and due["date"] and due.start() > start and rest.kind is not BlockKind.LIST_ITEM:
        item.spans[-1] = start, due.start()
        item.label = replace(item.label, deadline=due["date"])
    item.spans.append(words_of(document, rest))


def has_cells(document: Document, block: Block) -> bool:
    """Return whether we can tell the cells of a block apart, if it is a row of a table."""
    return block.kind is not BlockKind.TABLE or bool(block.cells) or bool(boxes_of(document, block))


def without_numbers(document: Document, items: list[Item]) -> list[Item]:
    """Remove numbers from the texts of rows if each row has one.

    The cell with the number is read with the next cell.
    """
    numbers = [_ROW_NUMBER.match(document.text, item.spans[0][0]) for item in items]
    if len(items) > 1 and all(item.number or number for item, number in zip(items, numbers, strict=True)):
        for item, number in zip(items, numbers, strict=True):
            if number and not item.number:
                item.number, item.spans[0] = number[1], (number.end(), item.spans[0][1])
    return items


def _rows(document: Document, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the cells of each row. A bullet is a row of its own."""
    row: list[Block] = []
    for block in blocks:
        if block.cells:
            if row:
                yield row
            yield [Block(block.kind, start, end) for start, end in block.cells]
            row = []
            continue
        cells = row and BlockKind.LIST_ITEM not in (row[-1].kind, block.kind)
        if not (cells and is_left_of(document, row[-1], block)):
            if row:
                yield row
            row = []
        row.append(block)
    if row:
        yield row


def _of_row(document: Document, row: Sequence[Block]) -> Item | None:
    """Return the item in a row, with the facts in the cells next to it. Return None if the row has no item."""
    texts = [document.text[block.start : block.end] for block in row]
    ended = [bool(SENTENCE.search(text) or DUE.search(text)) for text in texts]
    asks = [i for i, text in enumerate(texts) if len(text) > NAME_LENGTH or (ended[i] and " " in text)]
    if not asks:
        return None
    place = max(asks, key=lambda i: len(texts[i]))
    item = item_of(document, row[place])
    for other, text in enumerate(texts):
        number, label = _LONE_NUMBER.match(text), label_of(text)
        if other == place:
            continue
        if number:
            item.number = number[1]
        elif label and label.deadline:
            item.label = replace(item.label, deadline=text)
        elif other < place or label:
            item.label = replace(item.label, body=text)
    return item
