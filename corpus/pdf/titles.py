"""Distinguishes headings from other blocks in a PDF, and finds their levels, by size, weight and well-known titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grades import GRADE_CELL, PRINTED_GRADE
from corpus.lists.titles import is_plain_title
from corpus.measures import OTHER_SIZE
from corpus.pdf.lines import PdfLine

Rank = tuple[int, bool]
"""Size of a heading in points, and whether it is bold. A higher rank means a higher level."""
_FACT_LINE = re.compile(
    r"^(?:(?:re-?)?inspection dates?|lead inspector|report published|dates? of (?:previous|last)|"
    r"(?:overall )?judge?ment at (?:the )?last inspection|enforcement action since)\b",
    re.IGNORECASE,
)
_GRADED_TITLE = re.compile(rf"^[^.]{{15,140}}\b{PRINTED_GRADE}\.$", re.IGNORECASE)
_FAMILIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"section \d",
        r"the experiences and progress of|the impact of leaders|leadership, management and governance",
        r"the graded judge?ment",
        r"what needs to improve|areas? for (?:priority action|improvement)|recommendations|findings$|overview$",
    )
)
"""Titles of sections that have the same level in every report, even if one is printed larger than another."""
_HEADING_LENGTH = 220
"""Maximum length of a heading, in characters. Chosen by eye."""


def title_rank(text: str, lines: Sequence[PdfLine], body: float) -> Rank | None:
    """Return the rank of a heading, or None if the block is not one. ``body`` is the size of the text, in points."""
    size = max(line.size for line in lines)
    large = size > body + OTHER_SIZE
    # A title may end in a grade that is printed in another weight.
    bold = lines[0].bold if large else all(line.bold for line in lines)
    if is_plain_title(text):  # some letters print the titles of lists as plain text
        return round(size), True
    if _FACT_LINE.match(text) or GRADE_CELL.match(text) or len(text) > _HEADING_LENGTH:
        return None
    if not (bold or large) or text.endswith((",", ";")) or not re.search(r"[A-Za-z]{2}", text):
        return None
    # A bold sentence is only emphasised text, unless it is also large or gives the grade of its section.
    if text.endswith(".") and not (bold and large) and not _GRADED_TITLE.match(text):
        return None
    return round(size), bold


def title_levels(titles: Sequence[tuple[str, Rank]]) -> list[int]:
    """Return the level of each heading, from 1. Headings of the same rank or the same family share a level."""
    order = {rank: level for level, rank in enumerate(sorted({rank for _, rank in titles}, reverse=True), 1)}
    levels = [order[rank] for _, rank in titles]
    for family in _FAMILIES:
        members = [index for index, (text, _) in enumerate(titles) if family.match(text)]
        highest = min((levels[index] for index in members), default=0)
        for index in members:
            levels[index] = highest
    return levels
