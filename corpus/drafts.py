"""Blocks on their way to a document: pieces of text with their places, put together with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.hyphens import is_set_hyphen, words_of
from corpus.types import Block, BlockKind, Box, Document, Judgement, Line, Page

_RANGE_END = re.compile(r"\d[–—]$")
"""A range of numbers that goes on in the next line: "2014–" and "15"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands on one line of a page."""

    text: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its offsets are known."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    label: str | None = None

    @property
    def text(self) -> str:
        """The text that the block will have."""
        return "".join(joint + piece.text for joint, piece in _joined(self))


def assemble(
    drafts: Sequence[Draft],
    *,
    pages: tuple[Page, ...],
    media_type: str,
    opening: str,
    closing: str = "",
    judgements: tuple[Judgement, ...] = (),
    title: str | None = None,
    source_url: str | None = None,
    unread_grades: bool = False,
    warnings: tuple[str, ...] = (),
) -> Document:
    """Join drafts into a document, giving every block and line its span of the text."""
    parts: list[str] = []
    blocks: list[Block] = []
    lines: list[Line] = []
    at = 0
    words = words_of(piece.text for draft in drafts for piece in draft.pieces)
    for number, draft in enumerate(drafts):
        gap = "" if number == 0 else _gap(drafts[number - 1], draft)
        parts.append(gap)
        at += len(gap)
        start = at
        for joint, piece in _joined(draft, words):
            parts += (joint, piece.text)
            at += len(joint)
            lines.append(Line(at, at + len(piece.text), piece.page, piece.box))
            at += len(piece.text)
        blocks.append(Block(draft.kind, start, at, draft.level, draft.label))
    return Document(
        text="".join(parts),
        pages=pages,
        lines=tuple(lines),
        blocks=tuple(blocks),
        media_type=media_type,
        opening=opening,
        closing=closing,
        judgements=judgements,
        title=title,
        source_url=source_url,
        unread_grades=unread_grades,
        warnings=warnings,
    )


def _gap(before: Draft, after: Draft) -> str:
    same_list = before.kind is after.kind and after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE)
    return "\n" if same_list else "\n\n"


def _joined(draft: Draft, words: frozenset[str] | None = None) -> list[tuple[str, Piece]]:
    """Each piece with what joins it to the one before: nothing after a hyphen that ends a line, else a space.

    Given the document's words, a hyphen that only breaks one of them goes.
    """
    joined = [("", draft.pieces[0])]
    for before, after in pairwise(draft.pieces):
        hyphenated = before.text.endswith("-") and not before.text.endswith(" -")
        if words is not None and hyphenated and is_set_hyphen(before.text, after.text, words):
            joint, piece = joined[-1]
            joined[-1] = joint, replace(piece, text=piece.text[:-1])
        in_range = bool(_RANGE_END.search(before.text)) and after.text[:1].isdigit()
        joined.append(("" if hyphenated or in_range else " ", after))
    return joined
