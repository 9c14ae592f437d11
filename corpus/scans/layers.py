"""Mends the lines of pages whose text another program recognised in a picture, such as a copier.

Such a program gives each line a size of its own, and reads bullets as letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.pdf.lines import PdfLine, PdfPage
from corpus.scans.scanned_lines import even_sizes

_BULLET = re.compile(r"^\s*[e¢®©«»°*](?=\s+[A-Z])\s*")
"""What programs read in the place of a round bullet. No word of English is one of these signs."""
_FEWEST = 2
"""Fewest lines on the pages of a file that start with such a sign. A single one may be something else."""
_LEAST_POWER = 0.7
"""Letters are larger or smaller than those of the text from this share of a power of 1.2. Such a program rounds sizes
to whole points, so letters of 10 points may be called 9 or 11. Chosen by eye."""


def with_layers_mended(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Return the pages of a file, with even sizes and plain bullets where another program recognised the text."""
    lines = [line for page in pages if page.recognised for line in page.lines]
    if not lines:  # true of nearly all files
        return list(pages)
    has_bullets = sum(bool(_BULLET.match(line.text)) for line in lines) >= _FEWEST
    even = iter(even_sizes(lines, least=_LEAST_POWER))
    mended = {
        page.number: tuple(_with_bullet(next(even)) if has_bullets else next(even) for _ in page.lines)
        for page in pages
        if page.recognised
    }
    return [replace(page, lines=mended.get(page.number, page.lines)) for page in pages]


def _with_bullet(line: PdfLine) -> PdfLine:
    return replace(line, text=_BULLET.sub("• ", line.text))
