"""Measures that several readers share: distances on the pages of PDFs, and how much of a text to look at."""

from __future__ import annotations

SAME_LINE = 2.0
"""Lines whose baselines are less than this far apart, in points, stand on one line of the page."""
CELL_GAP = 1.25
"""A gap of this many times the size of the letters separates the cells of a row."""
ROW_STEP = 1.7
"""The lines of a cell follow each other within this many times their size. A larger step starts something new."""
INDENT = 4.0
"""Lines whose left edges differ by less than this, in points, are not indented from each other."""
SAME_SIZE = 0.6
"""Letters whose sizes differ by no more than this, in points, have the same size."""
OTHER_SIZE = 0.9
"""Letters that differ by more than this from the size of the text, in points, are headings or small print."""
OPENING = 6000
"""Characters at the start of a file without pages from which facts are read. In a PDF, the first pages count."""
CLOSING = 4000
"""Characters at the end of a Word document from which a signature is read."""
ARTICLE_OPENING = 3000
"""Characters at the start of an article in which it says what it is about."""
