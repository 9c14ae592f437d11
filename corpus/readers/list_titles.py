"""Finds the titles of lists of improvements in formats whose files do not mark all their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.drafts import Draft
from corpus.lists.titles import is_plain_title
from corpus.types import BlockKind

_LOWEST = 6


def with_list_titles(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the blocks of a report with the titles of its lists as headings, below the headings above them."""
    titled: list[Draft] = []
    level = 1
    for draft, below in zip_longest(drafts, drafts[1:]):
        if draft.kind is BlockKind.HEADING:
            level = draft.level
        elif _is_title(draft, below) and titled:
            draft = replace(draft, kind=BlockKind.HEADING, level=min(level + 1, _LOWEST))
        titled.append(draft)
    return titled


def _is_title(draft: Draft, below: Draft | None) -> bool:
    if draft.kind is not BlockKind.PARAGRAPH or draft.label is not None or draft.depth:
        return False
    followed = below is not None and below.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE)
    return followed and is_plain_title(draft.text)
