"""Measures that several readers share: distances on the pages of PDFs, and amounts of text to search.

We chose all of them by eye. Where a note says "same results", values in that range give the same text, blocks and facts
for 153 reports. We tried values from half to twice the one in use.
"""

from __future__ import annotations

SAME_LINE = 2.0
"""Lines whose baselines are less than this far apart, in points, are on the same line of the page.

Same results: 1.0 to 4.0.
"""
CELL_GAP = 1.25
"""A gap of this many times the size of the letters separates the cells of a row.

Same results: 1.13 to 1.25. With 1.0 or 1.38, at least one report changes.
"""
ROW_STEP = 1.7
"""Consecutive lines in one cell are no further apart than this many times the size of their letters.

Same results: 1.53 to 2.12. With 1.28 or 2.55, at least one report changes.
"""
INDENT = 4.0
"""Lines whose left edges differ by less than this, in points, have the same indent.

Same results: 2.0 to 8.0.
"""
SAME_SIZE = 0.6
"""Letters whose sizes differ by no more than this, in points, have the same size.

Same results: 0.3 to 1.2.
"""
OTHER_SIZE = 0.9
"""Letters whose size differs from that of the text by more than this, in points, are in headings or small print.

Same results: 0.45 to 0.99. With 1.13, at least one report changes.
"""
OPENING = 6000
"""Number of characters that we search for facts, from the start of a file without pages. In a PDF, we search the first
pages."""
CLOSING = 4000
"""Number of characters that we search for a signature, at the end of a file without pages."""
ARTICLE_OPENING = 3000
"""An article says what it is about within this many characters of its start."""
