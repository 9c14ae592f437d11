"""Joins letters that PDFium reads as one line each.

If a page has few lines and draws each letter as an object of its own, PDFium reads the lines as columns of letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.types import Box

if TYPE_CHECKING:
    from corpus.pdf.lines import PdfLine

_FEWEST = 10
"""We look only at pages with at least this many lines of one letter. Chosen by eye."""
_SPACE = 0.15
"""Smallest gap between two words, as a share of the size of the letters. Chosen by eye."""
_LEVEL = 1.0
"""Largest distance between the baselines of letters on one line, in points. Chosen by eye."""
_FAR = 1.0
"""Largest gap within a line, as a share of the size of the letters. Chosen by eye."""


def with_letters_joined(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return a page's lines. If most of them are single letters, join the letters that follow each other on a line."""
    single = sum(len(line.text.strip()) == 1 for line in lines)
    if single < _FEWEST or single < len(lines) / 2:
        return list(lines)
    joined: list[PdfLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        gap = line.left - before.right if before else 0.0
        if before and abs(line.baseline - before.baseline) <= _LEVEL and -_SPACE < gap / max(1, line.size) <= _FAR:
            space = " " if gap > _SPACE * line.size else ""
            text = f"{before.text.rstrip()}{space}{line.text.strip()}"
            joined[-1] = replace(before, text=text, right=line.right, box=Box.around([before.box, line.box]))
        else:
            joined.append(line)
    return joined
