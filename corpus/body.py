"""Finds the body of a report, without the signature, the publisher's closing text and the clutter of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from corpus.drafts import Draft
from corpus.types import BlockKind

_SALUTATION = re.compile(r"^Dear\b.{2,60}$")
_VALEDICTION = re.compile(r"^Yours? (?:sincerely|faithfully)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"""^(?:
        The\ Office\ for\ Standards\ in\ Education,\ Children.s\ Services\ and\ Skills\ \(Ofsted\)
      | If\ you\ are\ not\ happy\ with\ the\ inspection
      | If\ you\ would\ like\ a\ copy\ of\ this\ (?:document|report|publication)
      | You\ may\ (?:re-?)?use\ this\ information
      | (?:This|The)\ (?:publication|report|document)\ is\ available\ (?:at|from|online)
      | To\ (?:receive|view)\ (?:regular|this)\ .*(?:licence|newsletter|email)
      | Interested\ in\ our\ work
      | Any\ complaints\ about\ the\ inspection
      | ©\ Crown\ copyright
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that may begin the publisher's closing text."""
_DEFINITIONS = re.compile(r"^What the inspection judge?ments mean", re.IGNORECASE)
"""The heading of a section that explains the grades. The text of the section is the same in every report."""
_DEFINED_BODY = re.compile(
    r"^(?:the )?(?:local authority|LSCB|local safeguarding children board.{0,10})$", re.IGNORECASE
)
"""A heading within the section that explains the grades."""
_LINK = re.compile(r"^(?:https?://|www\.)", re.IGNORECASE)
_LEGAL_NOTE = re.compile(r"^\d? ?Ofsted produces this report under its power to combine reports", re.IGNORECASE)
# "++" never backtracks. Without it, matching could take exponential time.
_WEB_NOISE = re.compile(
    r"""^(?:
        (?:(?:source|url|link|from)\s*:\s*+)?<?(?:(?:https?://|www\.)\S++|[\w-]+(?:\.[\w-]+)*\.(?:nhs|gov)\.uk(?!\S)|\s)++
      | Download\ [\d.,]+\ ?[KM]b\.?
      | Date\ conversion\s*[\d.]+
      | Size\s*[\d.,]+\ ?[KM]b\.?
      | (?:\d+\s+){2,}\d+
      | (?:skip\ to\ (?:main\ )?content|accept\ (?:all\ )?cookies|cookie\ (?:settings|policy)|privacy\ policy)
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_WEB_WORDS = re.compile(
    r"^(?:.*\b(?:website|web) design by\b.*|.*\bContact Us|.*\bTel:?\s*[\d\s()+-]{8,}.*)$", re.IGNORECASE
)
_MAYBE_WEB_WORDS = ("design by", "contact us", "tel")
"""One of these is in every text that ``_WEB_WORDS`` matches, in lower case. We look for them first to save time."""
_ADDRESS = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\.?$")
"""A postcode at the end of a line in an address."""
_EMPTY = re.compile(r"^\W*+\d{0,3}\W*+$")
"""A bullet, a paragraph number or a page number without text."""
_ROW_NUMBER = re.compile(r"^\d{1,2}[.)]?$")
_SENTENCE_END = re.compile(r"[.!?][’”'\")]*\d{0,2}$")
_FRONT = 25
"""Number of blocks, from the start of a letter, in which we look for "Dear …". Chosen by eye."""
_SHORT = 120
"""Maximum length of a line that is an address, a slogan or a name, in characters. Chosen by eye."""
_TAIL = 0.6
"""Share of the blocks that must come before the closing text. Chosen by eye."""


def body_of(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the blocks that belong to the report itself, in order."""
    start = next((i + 1 for i, d in enumerate(drafts[:_FRONT]) if _SALUTATION.match(d.text)), 0)
    body = list(_without_definitions(drafts[start : _end(drafts, start)]))
    kept = [d for d, after in zip_longest(body, body[1:]) if not _is_noise(d) or _numbers_row(d, after)]
    while kept and _is_trailing(kept[-1], kept[-2] if len(kept) > 1 else None):
        kept.pop()
    return kept


def _numbers_row(draft: Draft, after: Draft | None) -> bool:
    """Return whether a block is a number in the first cell of a table row, whose other cells may start higher up."""
    number, cell = draft.pieces[0].box, after.pieces[0].box if after else None
    if after is None or number is None or cell is None or not _ROW_NUMBER.match(draft.text):
        return False
    lowest = next((piece.box for piece in reversed(after.pieces) if piece.page == number.page and piece.box), cell)
    return number.page == cell.page and number.x1 < cell.x0 and cell.y0 <= number.y1 and number.y0 <= lowest.y1


def _without_definitions(drafts: Sequence[Draft]) -> Iterator[Draft]:
    inside = False
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            inside = bool(_DEFINITIONS.match(draft.text)) or (inside and bool(_DEFINED_BODY.match(draft.text)))
        if not inside:
            yield draft


def _is_trailing(draft: Draft, before: Draft | None) -> bool:
    """Return whether the last block is not part of the report: a heading without text, a name, a slogan or a link."""
    if draft.kind is BlockKind.HEADING:
        return True
    if before and before.kind is BlockKind.TABLE:  # the last row of a table
        return False
    unfinished = not _SENTENCE_END.search(draft.text)
    return draft.kind is BlockKind.PARAGRAPH and unfinished and len(draft.text) < _SHORT


def _end(drafts: Sequence[Draft], start: int) -> int:
    letter = any(_VALEDICTION.match(draft.text) for draft in drafts)
    for index in range(max(start, int(len(drafts) * _TAIL)), len(drafts)):
        text = drafts[index].text
        if _CLOSING.match(text) or (letter and _VALEDICTION.match(text)):
            return index
    return len(drafts)


def _is_noise(draft: Draft) -> bool:
    text = draft.text
    if draft.kind is BlockKind.TABLE and re.search(r"\d", text) and not _ADDRESS.search(text):
        return bool(_LINK.search(text))  # outside tables, figures by themselves are noise
    if _WEB_NOISE.match(text) or _has_web_words(text) or _LEGAL_NOTE.match(text) or _EMPTY.match(text):
        return True
    return len(text) < _SHORT and bool(_ADDRESS.search(text))


def _has_web_words(text: str) -> bool:
    small = text.lower()
    return any(words in small for words in _MAYBE_WEB_WORDS) and bool(_WEB_WORDS.match(text))
