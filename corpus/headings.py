"""Finds the section that each block of a document is in."""

from __future__ import annotations

import re

from corpus.note_marks import RAISED
from corpus.types import BlockKind, Document

_TITLE = re.compile(
    r"^(?:area SEND|joint .{0,30}|focus+ed|monitoring)\s+(?:inspection|visit)\s+(?:of|to)\b", re.IGNORECASE
)
"""A report's own title, which may follow a line of text instead of opening the document."""
_SUMMARY = re.compile(r"^summary$", re.IGNORECASE)
_NOTE_MARK = re.compile(rf"(?<=[^\W\d][?!.)]|[^\W\d]{{2}})[\d{RAISED}]{{1,2}}$")
"""The number of a footnote after the last word of a heading."""
PDF = "application/pdf"


def section_paths(document: Document) -> list[tuple[str, ...]]:
    """Return, for each block, the headings above it, from the outermost inwards.

    The path of a heading ends with the heading itself. No path contains the report's title. The title is the first
    heading of the document. In a PDF it is every heading before the first text, because on a title page the authority
    and the inspection are separate headings.
    """
    paths: list[tuple[str, ...]] = []
    above: list[tuple[int, str]] = []
    first_text = next((i for i, b in enumerate(document.blocks) if b.kind is not BlockKind.HEADING), 0)
    titles = max(1, first_text) if document.media_type == PDF else 1
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            title = index < titles or bool(_TITLE.match(document.text[block.start : block.end]))
            above = [(level, text) for level, text in above if level < block.level]
            words = _NOTE_MARK.sub("", document.text[block.start : block.end])
            if not title and not (above and above[-1][1] == words):  # tables often repeat the heading above them
                above.append((block.level, words))
        elif block.label and above and _SUMMARY.match(above[-1][1]):
            above.pop()  # a boxed summary ends where numbered paragraphs begin
        paths.append(tuple(text for _, text in above))
    return paths
