"""Reads judgements that a report states in a sentence or a heading, as well as in a table or instead of one.

Reports before 2018 state the overall judgement and the judgement on the safeguarding board. Area SEND reports state one
of three outcomes. A judgement must be a block of its own, so we never mistake a sentence about an earlier inspection
for a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.graded_areas import framework_areas
from corpus.grades import AREA_SEND, BOARD, EARLIER_GRADE, OVERALL, PRINTED_GRADE
from corpus.types import Block, BlockKind, Box, Document, Judgement, Kind

_GRADE = rf"(?P<grade>{PRINTED_GRADE})"
_BODY = r"(?:(?!\b(?:no|not|never|longer|yet|was|were|been|previously|formerly)\b)[^\d\n])+?"
"""The name of an authority, without words that refer to another time or say the opposite."""
_OVERALL = re.compile(
    rf"^(?:The overall judgement is (?:that {_BODY} (?:are )?)?|Children.s services in {_BODY} (?:are )?)"
    rf"{_GRADE}\.?$",
    re.IGNORECASE,
)
_BOARD_NAME = (
    r"(?:(?:the )?(?:overall )?effectiveness of )?(?:the |\w+(?: \w+)? )?"
    r"(?:Local Safeguarding Children(?:[’']s)? Board|LSCB)(?: ?\(LSCB\))?"
)
_BOARD = re.compile(
    rf"^(?:\d\.? )?(?:{_BOARD_NAME}(?:(?:,| is| are|:| [-–—])?(?: judged (?:to be|as))?) {_GRADE}|"
    rf"(?:inspectors|we) judged? {_BOARD_NAME} (?:to be|as) {_GRADE.replace('grade', 'judged')}|"
    rf"the (?:overall )?judgement (?:of|on|about) {_BOARD_NAME} is(?: that it(?: is)?)? "
    rf"{_GRADE.replace('grade', 'said')})"
    r"(?:\.|(?:,? because|;|,? as|,? and it) .*)?$",
    re.IGNORECASE,
)
_BOARD_ALONE = re.compile(rf"^{_BOARD_NAME}:?$", re.IGNORECASE)
"""The name of the board, alone in a heading. The block below it may be its grade."""
_GRADE_ALONE = re.compile(rf"^(?:is )?{_GRADE}\.?$", re.IGNORECASE)
_BLOCK_ROWS = re.compile(
    r"^(?:Children who need help and protection|Children looked after and achieving permanence|Adoption performance|"
    r"Leadership, management and governance)$"
)
"""The rows of the numbered block. In reports with this block, the overall judgement is a sentence."""
_OUTCOMES = re.compile(
    rf"(?P<grade>{'|'.join(AREA_SEND.outcomes)}) (?:for|of) children and young people",
    re.IGNORECASE,
)
_STATING = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE)
"""The blocks that may state a judgement. Items of lists and footnotes do not state judgements."""
_EARLIER = re.compile(r"\b(?:previous|last|earlier|in 20\d\d)\b", re.IGNORECASE)
_OUTCOME_SECTION = "Inspection outcome"
_OUTCOME_WITHIN = 2000
"""A report must state its outcome within this many characters of its start. Chosen by eye."""


def all_judgements(document: Document, kind: Kind | None) -> tuple[Judgement, ...]:
    """Return the judgements in a document's table and in its sentences, in the order in which reports give them."""
    judgements = document.judgements
    numbered = next((judgement for judgement in judgements if _BLOCK_ROWS.match(judgement.area)), None)
    if numbered and not any(OVERALL.is_printed_as(judgement.area) for judgement in judgements):
        judgements = (*_first(document, _OVERALL, OVERALL.title, page=numbered.page), *judgements)
    if not any(BOARD.is_printed_as(judgement.area) for judgement in judgements):
        judgements = (*judgements, *(_first(document, _BOARD, BOARD.title) or _below_name(document)))
    if kind is Kind.LOOKED_AFTER:
        judgements = (*judgements, *_headed(document, {judgement.area for judgement in judgements}))
    return judgements or (tuple(_outcome(document)) if kind is Kind.AREA_SEND else ())


def _first(document: Document, pattern: re.Pattern[str], area: str, page: int | None = None) -> tuple[Judgement, ...]:
    for block in document.blocks:
        stated = pattern.match(document.text[block.start : block.end])
        if stated and block.kind in _STATING:
            grade = next(words for words in stated.groupdict().values() if words)
            judgement = _judgement(document, block, area, grade)
            if page in (None, judgement.page):
                return (judgement,)
    return ()


def _below_name(document: Document) -> tuple[Judgement, ...]:
    """Return the board's judgement if its name and its grade are separate blocks, one below the other."""
    for name, block in pairwise(document.blocks):
        stated = _GRADE_ALONE.match(document.text[block.start : block.end])
        if stated and name.kind in _STATING and _BOARD_ALONE.match(document.text[name.start : name.end]):
            return (_judgement(document, block, BOARD.title, stated["grade"]),)
    return ()


def _headed(document: Document, known: set[str]) -> Iterator[Judgement]:
    """Yield the judgements on the scale used until 2013 whose area is printed as a heading or on the same line."""
    names = [name for table in framework_areas() if Kind.LOOKED_AFTER in table.kinds for name in table.areas]
    pattern = re.compile(
        rf"^(?P<area>{'|'.join(map(re.escape, names))})(?: is|:| [-–—])? (?P<grade>{EARLIER_GRADE})\.?$", re.IGNORECASE
    )
    for block in document.blocks:
        stated = pattern.match(document.text[block.start : block.end])
        if stated and block.kind in _STATING and stated["area"] not in known:
            known.add(stated["area"])
            yield _judgement(document, block, stated["area"], stated["grade"])


def _outcome(document: Document) -> Iterator[Judgement]:
    """Yield the outcome from the section for it, or the first outcome if there is no such section."""
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
