"""An item of a list while it is read, and the words in blocks that may be items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lists.marks import Mark, marks_in
from corpus.lists.titles import NO_LABEL, Label
from corpus.types import Block, BlockKind, Document

NONE = re.compile(
    r"^(?:the inspection|inspectors?|there (?:are|were|is))\b[^.]{0,40}\b(?:no|not (?:find|identify) any) "
    r"(?:areas?|recommendations?|priority actions?)\b|^(?:none|not applicable)\b",
    re.IGNORECASE,
)
"""Wording that a report prints instead of an empty list."""
NO_ITEM = re.compile(
    r"^(?:(?:ofsted|inspectors?|HMIs?|HMCI|h(?:is|er) majesty|the inspectorates?|the next|we|"
    r"this (?:letter|report|section))\b"
    r"|[^.]{0,60}\bwe (?:have )?(?:made|make)\b[^.]{0,30}\brecommendations?\b"
    r"|(?:the|these|this|following)\b[^.]{0,60}\b(?:are|is) (?:set out|listed|identified|based|summarised)\b"
    r"|[^.]{0,80}\b(?:action )?plan\b[^.]{0,60}\b(?:submitted|sent to|published|within \d+)\b)",
    re.IGNORECASE,
)
"""The beginning of a sentence that introduces or closes a list without bullets or numbers."""
DUE = re.compile(
    r"(?<=[.)])\s+(?:(?:This|These|It|They) (?:must|should|needs? to) be (?:done|completed|met|in place) "
    r"(?P<day>(?:by|within|no later than) [^.;:]{3,40})\.?|(?P<date>\d{1,2} [A-Z][a-z]{2,8} 20\d\d))$"
)
"""A sentence at the end of an item that gives its deadline."""
SENTENCE = re.compile(r"[.!?:]\)?$")
_BULLET = re.compile(r"^• ?")
_NUMBER = re.compile(r"^\d{1,3}[.)]?\s*")


@dataclass(slots=True)
class Item:
    """An item of a list, to which the text below it is still being added."""

    start: int
    spans: list[tuple[int, int]]
    """``[start, end)`` of each part of its text, without bullets and numbers."""
    first: Block
    number: str | None = None
    label: Label = NO_LABEL

    @property
    def end(self) -> int:
        """Where its text ends so far."""
        return self.spans[-1][1]


def item_of(document: Document, block: Block) -> Item:
    """Return the item that a block opens."""
    return Item(block.start, [words_of(document, block)], block, block.label)


def words_of(document: Document, block: Block) -> tuple[int, int]:
    """Return the span of a block's text without its bullet or number."""
    text, label = document.text[block.start : block.end], f"{block.label}. "
    if block.label and text.startswith(label):
        return block.start + len(label), block.end
    mark = (_NUMBER if block.label else _BULLET).match(text)
    return block.start + (mark.end() if mark and mark.end() < len(text) else 0), block.end


def text_of(document: Document, item: Item) -> str:
    """Return the text of an item."""
    return " ".join(document.text[start:end] for start, end in item.spans)


def marks_of(document: Document, blocks: Sequence[Block]) -> list[Mark]:
    """Return the letters and numbers in the paragraphs that may be marks of items."""
    return [
        mark
        for block in blocks
        if block.kind is not BlockKind.LIST_ITEM and block.label is None
        for mark in marks_in(
            document.text[block.start : block.end],
            block.start,
            (line.start for line in document.lines_in(block.start, block.end)),
        )
    ]
