"""Finds the lists that we did not read completely, so that nobody thinks that they are complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.lists.items import NONE, SENTENCE, Item, words_of
from corpus.lists.parts import Part
from corpus.lists.places import page_of
from corpus.lists.rows import NAME_LENGTH, has_cells
from corpus.lists.titles import list_kind, number_in_list
from corpus.types import Block, BlockKind, Document

_PRINTED_NUMBER = re.compile(r"^(?:(?:recommendation|action|priority)\s+)?\(?(\d{1,2})[.):]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnreadList:
    """A list, announced by a heading, from which we read no items, or fewer than its printed numbers show."""

    section: str
    page: int
    items: int
    """Number of its items that we read."""


def find_unread(document: Document, found: Iterable[Part]) -> tuple[UnreadList, ...]:
    """Return the lists that we did not read completely. ``found`` contains their parts, with the items read."""
    lists: dict[int, list[Part]] = {}
    for part in found:
        if not part.optional:
            lists.setdefault(part.heading, []).append(part)
    unread: list[UnreadList] = []
    has_items: set[str] = set()
    for heading, parts in lists.items():
        items = [item for part in parts for item in part.items]
        has_items |= {parts[0].section} if items else set()
        is_empty = not any(part.blocks for part in parts)
        repeats_title = is_empty and (parts[0].section in has_items or _has_titles_below(document, heading))
        others = any(part.items for other, group in lists.items() if other != heading for part in group)
        if parts[0].announced and others:
            continue  # the sentence is in a summary, and the list has a title of its own
        is_short = len(items) < parts[0].announced
        if not repeats_title and (is_short or not _is_whole(document, heading, parts, items)):
            page = page_of(document, document.blocks[heading])
            unread.append(UnreadList(parts[0].section, page, len(items)))
    return tuple(unread)


def _has_titles_below(document: Document, heading: int) -> bool:
    """Return whether the next block is the title of a list within the list."""
    below = document.blocks[heading + 1 : heading + 2]
    titles = (document.text[block.start : block.end] for block in below if block.kind is BlockKind.HEADING)
    return any(list_kind(title) or number_in_list(title) for title in titles)


def _is_whole(document: Document, heading: int, parts: Sequence[Part], items: Sequence[Item]) -> bool:
    """Return whether we read all of a list. It then has items without missing numbers, or says that it has none."""
    texts = [(block, document.text[block.start : block.end]) for part in parts for block in part.blocks]
    if not items:
        return any(NONE.search(document.text[slice(*words_of(document, block))]) for block, _ in texts)
    read = {start for item in items for start in (item.start, *(start for start, _ in item.spans))}
    if any(block.start not in read and _belongs_to_item(document, block) for block, _ in texts):
        return False
    if any(_is_torn(item.first, document.text[item.start : item.end]) and not item.label.body for item in items):
        return False
    if any(_goes_on_counting(document, item) for item in items):
        return False
    if any(len(item.label.body or "") > NAME_LENGTH and SENTENCE.search(item.label.body or "") for item in items):
        return False  # the label is an item in a column next to the others
    if len({item.number is None for item in items}) > 1:
        return False  # some numbers were not read
    before = next((b.label for b in reversed(document.blocks[:heading]) if b.label), None)
    last = int(before) if before and before.isdigit() else 0
    for number in (int(item.number) for item in items if item.number and item.number.isdigit()):
        if number not in (1, last, last + 1):
            return False
        last = number
    return True


def _belongs_to_item(document: Document, block: Block) -> bool:
    """Return whether a block must be an item, or part of one.

    It has a printed number, is the rest of an item that may continue in another column, or is a row of a table whose
    cells we cannot tell apart.
    """
    text = document.text[block.start : block.end]
    return bool(_PRINTED_NUMBER.match(text)) or _is_torn(block, text) or not has_cells(document, block)


def _is_torn(block: Block, text: str) -> bool:
    """Return whether a paragraph starts in the middle of a sentence."""
    return block.kind is not BlockKind.LIST_ITEM and block.label is None and text[0].islower()


def _goes_on_counting(document: Document, item: Item) -> bool:
    """Return whether the text of an item contains the mark of the next item."""
    if item.number is None or item.first.label is not None:
        return False
    after = chr(ord(item.number[-1]) + 1) if len(item.number) == 1 else ""
    return bool(after) and any(f"({after})" in document.text[start:end] for start, end in item.spans)
