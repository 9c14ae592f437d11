"""Judgements that a report states in a sentence or a heading of its own, beside or instead of a table.

Reports before 2018 state the overall judgement and that on the safeguarding board; area SEND reports state one of three
outcomes. Each is believed only as a whole block, so that a sentence about an earlier inspection is never one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.grades import AREA_SEND, BOARD, OVERALL, STATED_GRADE
from corpus.types import Block, BlockKind, Box, Document, Judgement, Kind

_GRADE = rf"(?P<grade>{STATED_GRADE})"
_BODY = r"(?:(?!\b(?:no|not|never|longer|yet|was|were|been|previously|formerly)\b)[^\d\n])+?"
"""The name of a body: none of the words with which a sentence speaks of another time, or says the opposite."""
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
"""The first row of the numbered block, beside which the overall judgement is a sentence."""
_OUTCOMES = re.compile(
    rf"(?P<grade>{'|'.join(AREA_SEND.outcomes)}) (?:for|of) children and young people",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:previous|last|earlier|in 20\d\d)\b", re.IGNORECASE)
_OUTCOME_SECTION = "Inspection outcome"
_OUTCOME_WITHIN = 2000
"""Characters from a report's beginning in which its outcome stands."""


def with_stated(document: Document, kind: Kind | None) -> tuple[Judgement, ...]:
    """The judgements of a document's table, and those that it states, in the order in which reports print them."""
    judgements = document.judgements
    if judgements and _BLOCK_ROWS.match(judgements[0].area):
        judgements = (*_first(document, _OVERALL, OVERALL.title, page=judgements[0].page), *judgements)
    judgements = (*judgements, *_first(document, _BOARD, BOARD.title))
    return judgements or (tuple(_outcome(document)) if kind is Kind.AREA_SEND else ())


def _first(document: Document, pattern: re.Pattern[str], area: str, page: int | None = None) -> tuple[Judgement, ...]:
    for block in document.blocks:
        found = pattern.match(document.text[block.start : block.end])
        if found and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE):
            judgement = _judgement(document, block, area, found["grade"])
            if page in (None, judgement.page):
                return (judgement,)
    return ()


def _outcome(document: Document) -> Iterator[Judgement]:
    """The outcome stated in the section of that name, or where there is none, first of all; never an earlier one."""
    texts = [document.text[block.start : block.end] for block in document.blocks]
    section = next((index for index, text in enumerate(texts) if text == _OUTCOME_SECTION), -1)
    for block, text in list(zip(document.blocks, texts, strict=True))[section + 1 :]:
        found = _OUTCOMES.search(text)
        if found and block.start < _OUTCOME_WITHIN and not _EARLIER.search(text[: found.end()]):
            yield _judgement(document, block, _OUTCOME_SECTION, found["grade"])
            return


def _judgement(document: Document, block: Block, area: str, grade: str) -> Judgement:
    lines = document.lines_in(block.start, block.end)
    page = lines[0].page
    boxes = [line.box for line in lines if line.box and line.page == page]
    return Judgement(area, grade, page, Box.around(boxes) if boxes else None)
