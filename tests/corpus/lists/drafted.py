"""Makes the lists of reports from drafts of blocks."""

from __future__ import annotations

from corpus.drafts import Draft, Piece, assemble
from corpus.lists.improvements import find_improvements, unread_lists
from corpus.types import BlockKind, Box, Page


def heading(text, level=2):
    return Draft(BlockKind.HEADING, (Piece(text, 1),), level=level)


def paragraph(text, label=None):
    return Draft(BlockKind.PARAGRAPH, (Piece(text, 1),), label=label)


def bullet(text, left=None, top=0.5, page=1):
    box = None if left is None else Box(page, left, top, left + 0.3, top + 0.02)
    return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", page, box),))


def placed(text, left, top, width=0.3, kind=BlockKind.TABLE, height=0.02):
    return Draft(kind, (Piece(text, 1, Box(1, left, top, left + width, top + height)),))


def whole(*drafts):
    opening = heading("Inspection of Orle", level=1), paragraph("Children are safe.")
    return assemble([*opening, *drafts], pages=(Page(1), Page(2)), media_type="application/pdf", opening="")


def read(*drafts):
    return [(i.label, i.body, i.deadline, i.text) for i in find_improvements(whole(*drafts))]


def unread(*drafts):
    return [(u.section, u.items) for u in unread_lists(whole(*drafts))]
