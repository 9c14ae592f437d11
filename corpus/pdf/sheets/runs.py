"""Finds the edges of the lines of a page, all of them together, because that is much faster than one at a time.

PDFium gives the edges of runs of characters. Nearly all lines consist of runs on one baseline without wide gaps. The
few others are taken apart one at a time, in :mod:`corpus.pdf.sheets.cells`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.pdfium.raw_calls import Doubles, Four

TWO_LINES = 1.7
"""Smallest height of two lines together, as a multiple of the height of their tallest run. Chosen by eye."""


def plain_lines(rects: Doubles, counts: Sequence[int], least_gap: float) -> list[Four | None]:
    """Return the edges of each line whose runs are next to each other, or None for a line that needs a closer look.

    ``rects`` has the edges of the runs of all lines, and ``counts`` the number of runs of each line. A line needs a
    closer look if it has no runs, if they are as high as two lines, if they are not ordered from left to right, or if
    the gap between two of them may be wider than ``least_gap``.
    """
    found: list[Four | None] = [None] * len(counts)
    lines = [number for number, count in enumerate(counts) if count]
    if not lines:
        return found
    firsts = np.cumsum([0, *(counts[number] for number in lines[:-1])])
    left, bottom, right, top = rects.T
    with np.errstate(invalid="ignore", over="ignore"):  # a hostile file may have infinite numbers
        edges = np.stack(
            (
                np.minimum.reduceat(left, firsts),
                np.minimum.reduceat(bottom, firsts),
                np.maximum.reduceat(right, firsts),
                np.maximum.reduceat(top, firsts),
            ),
            axis=1,
        )
        is_high = edges[:, 3] - edges[:, 1] > TWO_LINES * np.maximum.reduceat(top - bottom, firsts)
        apart = (left[1:] - right[:-1] > least_gap) | (left[1:] < left[:-1])
    apart[firsts[1:] - 1] = False  # these are steps from one line to the next
    lines_apart = np.searchsorted(firsts, np.flatnonzero(apart), "right") - 1
    unusual = {*np.flatnonzero(is_high).tolist(), *lines_apart.tolist()}
    for place, (number, edge) in enumerate(zip(lines, edges.tolist(), strict=True)):
        if place not in unusual:
            found[number] = tuple(edge)
    return found
