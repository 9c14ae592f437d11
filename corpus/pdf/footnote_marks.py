"""Joins each footnote mark that PDFium returns as a separate line to the word before it or the note after it.

After a word, the mark becomes a raised figure, as it is printed.

PDFium may also end a line at a mark, and start the next line with the comma or full stop after it. We join these too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.glyphs import clean
from corpus.note_marks import raised
from corpus.pdf.lines import PdfLine
from corpus.types import Box

_MARK = re.compile(r"^\d{1,2}$")
_STOP = re.compile(r"[,.;:!?)\]’”](?:\s|$)")
"""The punctuation that follows a word without a space."""
_CLOSE = 0.3
"""Punctuation belongs to a mark if the gap between them is less than this many times the size of the letters. Chosen by
eye."""
_SMALL = 0.8
"""A mark is smaller than this share of the size of the letters next to it. Chosen by eye."""
_RISE = 0.8
"""A mark is above the baseline of the line next to it by less than this share of that line's letter size. Chosen by
eye."""
_REACH = 1.0
"""The gap between a mark and the line next to it is less than this many times the line's letter size. Chosen by eye."""


def join_footnote_marks(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return a page's lines, with each lone mark joined to the line that it ends or starts."""
    joined: list[PdfLine] = []
    waiting: PdfLine | None = None
    for index, line in enumerate(lines):
        if waiting:
            joined.append(_join(waiting, line, " "))
            waiting = None
            continue
        if line.text[:2].isalpha():  # most lines start with a word
            joined.append(line)
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if joined and _continues(joined[-1], line):
            joined[-1] = _join(joined[-1], line, "")
            continue
        if _MARK.match(clean(line.text)):
            if joined and _is_next_to(line, joined[-1], line.left - joined[-1].right):
                joined[-1] = _join(joined[-1], replace(line, text=raised(line.text)), "")
                continue
            if following and _is_next_to(line, following, following.left - line.right):
                waiting = line
                continue
        joined.append(line)
    return joined


def _is_next_to(mark: PdfLine, line: PdfLine, distance: float) -> bool:
    raised = 0 <= line.baseline - mark.baseline < _RISE * line.size
    return mark.size < _SMALL * line.size and raised and abs(distance) < _REACH * line.size


def _continues(before: PdfLine, line: PdfLine) -> bool:
    """Return whether a line starts with punctuation that directly follows the line before.

    The dots that lead to the next cell of a row do not count. Each may be a line of its own.
    """
    if not _STOP.match(line.text) or line.text.strip() == "." or line.text[1:].lstrip().startswith("."):
        return False
    is_level = abs(before.baseline - line.baseline) < _RISE * min(before.size, line.size)
    return is_level and abs(line.left - before.right) < _CLOSE * line.size


def _join(first: PdfLine, second: PdfLine, joint: str) -> PdfLine:
    whole = second if joint else first
    return replace(
        whole,
        text=f"{first.text.rstrip()}{joint}{second.text.lstrip()}",
        box=Box.around([first.box, second.box]),
        left=min(first.left, second.left),
        right=max(first.right, second.right),
    )
