"""Blocks on their way to a document: pieces of text with their places, put together with exact offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Block, BlockKind, Box, Document, Judgement, Line, Page


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
    for number, draft in enumerate(drafts):
        gap = "" if number == 0 else _gap(drafts[number - 1], draft)
        parts.append(gap)
        at += len(gap)
        start = at
        for joint, piece in _joined(draft):
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


def _joined(draft: Draft) -> list[tuple[str, Piece]]:
    """Each piece with what joins it to the one before: nothing after a hyphen that ends a line, else a space."""
    joints = [""]
    for before in draft.pieces[:-1]:
        hyphenated = before.text.endswith("-") and not before.text.endswith(" -")
        joints.append("" if hyphenated else " ")
    return list(zip(joints, draft.pieces, strict=True))
