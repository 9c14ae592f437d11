"""Recognises the figures in the cells of tables.

A cell with words that goes over several rows is read once. A figure belongs to each of these rows, because the figures
after it would otherwise seem to be in the column before their own.
"""

from __future__ import annotations

import re

_FIGURE = re.compile(r"\s*[£(]?\d[\d.,]*\s?%?\)?(?:\s?\[\w{1,2}\])?\s*")


def is_figure(text: str) -> bool:
    """Return whether a cell is a figure, with or without the mark of a note."""
    return bool(_FIGURE.fullmatch(text))
