"""Makes drafts of blocks, which every reader returns, and joins them into a document with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.hyphens import hyphenates, only_breaks_word, whole_words
from corpus.types import Block, BlockKind, Box, Document, Judgement, Line, Page

_PRINTED = "\u2010"
"""The hyphen that browsers print where they break a word at the end of a line. It is not the one that people type."""
_PRINTED_BREAK = re.compile(rf"(?<=[^\W\d_]){_PRINTED}$")
_TYPED = re.compile(rf"{_PRINTED}(?=\S)")
"""The same hyphen within a line. It shows that the document also uses it in words."""
_SOFT = "\u00ad"
"""The character that stands for a hyphen that only breaks a word, until its two lines are joined."""
_DASHES = ("-", "–", "—")
_SUSPENDED = re.compile(r"(?:and|or|nor|but|to|&)\s")
"""A word after a hyphen that replaces the rest of another word: "16- and 17-year-olds"."""
_RANGE_END = re.compile(r"\d[–—]$")
"""The start of a range of numbers that continues on the next line: "2014–" and "15"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line of a page."""

    text: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A block whose offsets in the document are not known yet."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    label: str | None = None
    depth: int = 0
    names_columns: bool = False
    cells: tuple[str, ...] = ()
    """The text in each column, if the draft is a row of a table in a format without layout. If a cell spans several
    columns or rows, each of them has the cell's text."""
    table: int = 0
    """Number of the table in the document, from 1, if the draft has ``cells``."""

    @property
    def text(self) -> str:
        """The text that the block will have, if no hyphen is removed."""
        texts = [piece.text for piece in self.pieces]
        return texts[0] + "".join(f"{_joint(before, after)}{after}" for before, after in pairwise(texts))


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
    unread_areas: tuple[str, ...] = (),
    not_judged: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Document:
    """Join drafts into a document, and give each block and each line its span of the text."""
    drafts = _with_plain_breaks(drafts)
    parts: list[str] = []
    blocks: list[Block] = []
    lines: list[Line] = []
    at = 0
    broken = any(piece.text.endswith("-") for draft in drafts for piece in draft.pieces[:-1])
    words = whole_words(piece.text for draft in drafts for piece in draft.pieces) if broken else frozenset[str]()
    breaks = hyphenates(pair for draft in drafts for pair in _hyphenated(draft)) if broken else False
    for number, draft in enumerate(drafts):
        gap = "" if number == 0 else _gap(drafts[number - 1], draft)
        parts.append(gap)
        at += len(gap)
        start = at
        for joint, piece in _joined(draft, words, breaks_words=breaks):
            parts += (joint, piece.text)
            at += len(joint)
            lines.append(Line(at, at + len(piece.text), piece.page, piece.box))
            at += len(piece.text)
        cells = tuple(_cells(draft, "".join(parts[-2 * len(draft.pieces) :]), start)) if draft.cells else ()
        blocks.append(Block(draft.kind, start, at, draft.level, draft.label, draft.depth, draft.names_columns, cells))
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
        unread_areas=unread_areas,
        not_judged=not_judged,
        warnings=warnings,
    )


def _cells(draft: Draft, text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the span of each cell of a row that starts at ``start``. A cell that continues another one has no words."""
    at = 0
    for cell in draft.cells:
        found = text.find(cell, at) if cell else -1
        if found >= 0:
            at = found + len(cell)
            yield start + found, start + at


def _with_plain_breaks(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Return the drafts without the hyphens with which a browser broke words.

    If the document also uses that hyphen in its words, it becomes a plain one, and the words decide.
    """
    pieces = [piece for draft in drafts for piece in draft.pieces]
    if not any(_is_broken(piece.text) for piece in pieces):  # true of most documents
        return drafts
    sure = not any(_TYPED.search(piece.text) for piece in pieces)
    return [replace(draft, pieces=tuple(_without_breaks(draft, sure=sure))) for draft in drafts]


def _without_breaks(draft: Draft, *, sure: bool) -> Iterator[Piece]:
    following = (*draft.pieces[1:], None)
    for piece, after in zip(draft.pieces, following, strict=True):
        if not _is_broken(piece.text):
            yield piece
        elif sure and after and after.text[:1].islower():
            yield replace(piece, text=piece.text[:-1] + _SOFT)
        else:
            yield replace(piece, text=piece.text[:-1] + "-")


def _gap(before: Draft, after: Draft) -> str:
    same_list = before.kind is after.kind and after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE)
    return "\n" if same_list else "\n\n"


def _hyphenated(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield each line of a draft that ends in a hyphen, with the line after it."""
    for before, after in pairwise(draft.pieces):
        if before.text.endswith("-"):
            yield before.text, after.text


def _joined(draft: Draft, words: frozenset[str], *, breaks_words: bool) -> list[tuple[str, Piece]]:
    """Return each piece, preceded by the text that joins it to the previous piece.

    A hyphen that only breaks one of the document's words is removed.
    """
    joined = [("", draft.pieces[0])]
    for before, after in pairwise(draft.pieces):
        if before.text.endswith(_SOFT):
            joint, piece = joined[-1]
            joined[-1] = joint, replace(piece, text=piece.text[:-1])
            joined.append(("", after))
            continue
        if _is_hyphenated(before.text) and only_breaks_word(before.text, after.text, words, breaks_words=breaks_words):
            joint, piece = joined[-1]
            joined[-1] = joint, replace(piece, text=piece.text[:-1])
        joined.append((_joint(before.text, after.text), after))
    return joined


def _joint(before: str, after: str) -> str:
    """Return the text that joins two lines: a space, or nothing after a hyphen."""
    if not before.endswith(_DASHES):  # as most lines
        return "" if _is_broken(before) else " "
    if _is_hyphenated(before):
        return " " if _SUSPENDED.match(after) else ""
    return "" if after[:1].isdigit() and _RANGE_END.search(before) else " "


def _is_broken(text: str) -> bool:
    """Return whether a browser broke a word at the end of a line."""
    return (
        _PRINTED in text and _PRINTED_BREAK.search(text) is not None
    )  # few lines have such a hyphen, and searching is slow


def _is_hyphenated(text: str) -> bool:
    return text.endswith("-") and not text.endswith(" -") and text != "-"
