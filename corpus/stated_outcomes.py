"""Reads judgements that a report states in a sentence or a heading, as well as in a table or instead of one.

Reports before 2018 state the overall judgement and the judgement on the safeguarding board. Area SEND reports state one
of three outcomes. A judgement must be a block of its own, so a sentence about an earlier inspection is never read as
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.grades import AREA_SEND, BOARD, OVERALL, STATED_GRADE
from corpus.types import Block, BlockKind, Box, Document, Judgement, Kind

_GRADE = rf"(?P<grade>{STATED_GRADE})"
_BODY = r"(?:(?!\b(?:no|not|never|longer|yet|was|were|been|previously|formerly)\b)[^\d\n])+?"
"""The name of an authority, without words that refer to another time or say the opposite."""
_OVERALL = re.compile(
    rf"^(?:The overall judgement is (?:that {_BODY} (?:are )?)?|Children.s services in {_BODY} (?:are )?)"
    rf"{_GRADE}\.?$",
    re.IGNORECASE,
)
_BOARD = re.compile(
    rf"^The (?:effectiveness of the )?Local Safeguarding Children Board(?: \(LSCB\))?(?: is)? {_GRADE}\.?$",
    re.IGNORECASE,
)
_BLOCK_ROWS = re.compile(r"^Children who need help and protection$")
"""The first row of the numbered block. In reports with that block, the overall judgement is a sentence."""
_OUTCOMES = re.compile(
    rf"(?P<grade>{'|'.join(AREA_SEND.outcomes)}) (?:for|of) children and young people",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:previous|last|earlier|in 20\d\d)\b", re.IGNORECASE)
_OUTCOME_SECTION = "Inspection outcome"
_OUTCOME_WITHIN = 2000
"""A report must state its outcome within this many characters of its start. Chosen by eye."""


def all_judgements(document: Document, kind: Kind | None) -> tuple[Judgement, ...]:
    """Return the judgements in a document's table and in its sentences, in the order that reports use."""
    judgements = document.judgements
    if judgements and _BLOCK_ROWS.match(judgements[0].area):
        judgements = (*_first(document, _OVERALL, OVERALL.title, page=judgements[0].page), *judgements)
    judgements = (*judgements, *_first(document, _BOARD, BOARD.title))
    return judgements or (tuple(_outcome(document)) if kind is Kind.AREA_SEND else ())


def _first(document: Document, pattern: re.Pattern[str], area: str, page: int | None = None) -> tuple[Judgement, ...]:
    for block in document.blocks:
        stated = pattern.match(document.text[block.start : block.end])
        if stated and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE):
            judgement = _judgement(document, block, area, stated["grade"])
            if page in (None, judgement.page):
                return (judgement,)
    return ()


def _outcome(document: Document) -> Iterator[Judgement]:
    """Yield the outcome from its own section, or the first outcome if there is no such section."""
    texts = [document.text[block.start : block.end] for block in document.blocks]
    section = next((index for index, text in enumerate(texts) if text == _OUTCOME_SECTION), -1)
    for block, text in list(zip(document.blocks, texts, strict=True))[section + 1 :]:
        stated = _OUTCOMES.search(text)
        if stated and block.start < _OUTCOME_WITHIN and not _EARLIER.search(text[: stated.end()]):
            yield _judgement(document, block, _OUTCOME_SECTION, stated["grade"])
            return


def _judgement(document: Document, block: Block, area: str, grade: str) -> Judgement:
    lines = document.lines_in(block.start, block.end)
    page = lines[0].page
    boxes = [line.box for line in lines if line.box and line.page == page]
    return Judgement(area, grade, page, Box.around(boxes) if boxes else None)
