"""Footnote marks that a PDF sets as lines of their own, put back where they stand: after a word, or before a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.cleaning import clean
from corpus.pdf_lines import PdfLine
from corpus.types import Box

_MARK = re.compile(r"^\d{1,2}$")
_SMALL = 0.8
"""A mark's letters are smaller than this share of those beside it."""
_RISE = 0.8
"""A mark stands higher than the line beside it by less than this share of that line's size."""
_REACH = 1.0
"""… and no further from it, in that line's size."""


def with_marks(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """A page's lines, each lone mark joined to the line that it ends or opens."""
    joined: list[PdfLine] = []
    waiting: PdfLine | None = None
    for index, line in enumerate(lines):
        if waiting:
            joined.append(_join(waiting, line, " "))
            waiting = None
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _MARK.match(clean(line.text)):
            if joined and _beside(line, joined[-1], line.left - joined[-1].right):
                joined[-1] = _join(joined[-1], line, "")
                continue
            if following and _beside(line, following, following.left - line.right):
                waiting = line
                continue
        joined.append(line)
    return joined


def _beside(mark: PdfLine, line: PdfLine, distance: float) -> bool:
    raised = 0 <= line.baseline - mark.baseline < _RISE * line.size
    return mark.size < _SMALL * line.size and raised and abs(distance) < _REACH * line.size


def _join(first: PdfLine, second: PdfLine, joint: str) -> PdfLine:
    whole = second if joint else first
    return replace(
        whole,
        text=f"{first.text.rstrip()}{joint}{second.text.lstrip()}",
        box=Box.around([first.box, second.box]),
        left=min(first.left, second.left),
        right=max(first.right, second.right),
    )
