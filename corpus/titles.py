"""What is a heading among a PDF's blocks, and how deep it is: by size and weight, and by what every report calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grades import STATED_GRADE
from corpus.pdf_lines import PdfLine
from corpus.tables import GRADE_CELL

Rank = tuple[int, bool]
"""Size in points and whether it is bold: the greater, the higher a heading stands."""
_FACT_LINE = re.compile(
    r"^(?:(?:re-?)?inspection dates?|lead inspector|report published|dates? of (?:previous|last))\b", re.IGNORECASE
)
_LIST_TITLE = re.compile(
    r"^(?:what needs to improve\b.{0,50}|areas? for (?:priority action|improvement)|recommendations)[?:]?$",
    re.IGNORECASE,
)
"""Titles of the lists of what a report asks for; some letters set them as plain text."""
_GRADED_TITLE = re.compile(rf"^[^.]{{15,140}}\b{STATED_GRADE}\.$", re.IGNORECASE)
_FAMILIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"section \d",
        r"the experiences and progress of|the impact of leaders|leadership, management and governance",
        r"the graded judge?ment",
        r"what needs to improve|areas? for (?:priority action|improvement)|recommendations|findings$|overview$",
    )
)
"""Titles of sections that are siblings in every report, though some set one of them larger than another."""
_HEADING_LENGTH = 220
_LARGER = 0.9
"""Points by which a heading is larger than the text, where its size makes it one."""


def title_rank(text: str, lines: Sequence[PdfLine], body: float) -> Rank | None:
    """The rank of a heading, or None for a block that is none; ``body`` is the size of the text in points."""
    size = max(line.size for line in lines)
    large = size > body + _LARGER
    # A grade may end a title in another weight.
    bold = lines[0].bold if large else all(line.bold for line in lines)
    if _LIST_TITLE.match(text):
        return round(size), True
    if _FACT_LINE.match(text) or GRADE_CELL.match(text) or len(text) > _HEADING_LENGTH:
        return None
    if not (bold or large) or text.endswith((",", ";")) or not re.search(r"[A-Za-z]{2}", text):
        return None
    # A bold sentence is emphasis, unless it is set as a heading too, or says how its section is graded.
    if text.endswith(".") and not (bold and large) and not _GRADED_TITLE.match(text):
        return None
    return round(size), bold


def title_levels(titles: Sequence[tuple[str, Rank]]) -> list[int]:
    """The level of each heading, from 1: those of one rank share it, and so do siblings of every report."""
    order = {rank: level for level, rank in enumerate(sorted({rank for _, rank in titles}, reverse=True), 1)}
    levels = [order[rank] for _, rank in titles]
    for family in _FAMILIES:
        alike = [index for index, (text, _) in enumerate(titles) if family.match(text)]
        top = min((levels[index] for index in alike), default=0)
        for index in alike:
            levels[index] = top
    return levels
