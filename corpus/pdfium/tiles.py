"""Finds out whether a PDF has patterns of tiny tiles, which take PDFium very long to draw."""

from __future__ import annotations

import re
from pathlib import Path

_STEP = re.compile(rb"/[XY]Step\s*+[-+]?(\d{0,9}\.?\d{0,9})")
_LEAST = 0.5
"""Smallest distance between tiles that we draw, in the units of the pattern. A page with smaller ones may have millions
of them. Chosen by eye."""


def has_tiny_tiles(path: Path) -> bool:
    """Return whether a PDF has a pattern whose tiles are very close together.

    A pattern is a stream, and the facts about a stream are never compressed, so they are in the file as plain text.
    """
    return any(_number(step[1]) < _LEAST for step in _STEP.finditer(path.read_bytes()))


def _number(digits: bytes) -> float:
    """Return a step as a number, or one that is large enough if the step is not written as a number."""
    try:
        return float(digits)
    except ValueError:
        return _LEAST
