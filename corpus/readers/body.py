"""Finds the body of a report, without the signature, the publisher's closing text and the clutter of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest

from corpus.drafts import Draft
from corpus.glyphs import TICKS
from corpus.grades import GRADE_WORDS
from corpus.note_marks import RAISED
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
_PUBLISHER = re.compile(
    r"\bOfsted\b|Office for Standards in Education|Crown copyright|Open Government Licence|National Archives",
    re.IGNORECASE,
)
"""Words in the publisher's closing text. The words that begin it may also be in the text of other papers."""
_DEFINITIONS = re.compile(r"^What the inspection judge?ments mean", re.IGNORECASE)
"""The heading of a section that explains the grades. The text of the section is the same in every report."""
_DEFINED_BODY = re.compile(
    r"^(?:the )?(?:local authority|LSCB|local safeguarding children board.{0,10})$", re.IGNORECASE
)
"""A heading within the section that explains the grades."""
_LINK = re.compile(r"^(?:https?://|www\.|file:///)", re.IGNORECASE)
_LEGAL_NOTE = re.compile(r"^\d? ?Ofsted produces this report under its power to combine reports", re.IGNORECASE)
# "++" never backtracks. Without it, matching could take exponential time.
_LINKS = re.compile(
    r"^(?:(?:source|url|link|from)\s*:\s*+)?"
    r"<?(?:(?:https?://|www\.|file:///)\S++|[\w-]+(?:\.[\w-]+)*\.(?:nhs|gov)\.uk(?!\S)|\s)++$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"\b(?:Tel|TEL|tel):?\s*[\d\s()+-]{8,}")
_WEB_DESIGN = re.compile(r"^.*\b(?:website|web) design by\b.*$", re.IGNORECASE)
_WEB_PARTS = re.compile(
    r"""^(?:
        (?:[^|.]{1,30}\|\ ?)*+Contact\ Us
      | (?:skip\ to\ (?:main\ )?content|accept\ (?:all\ )?cookies|cookie\ (?:settings|policy)|privacy\ policy)
      | (?:main\ page|back\ to\ top|send\ (?:a\ )?message|share\ this\ page|print\ this\ page)
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Parts of a web page that are not text of the report."""
_FILE_FACTS = re.compile(
    r"^(?:Download [\d.,]+ ?[KM]b\.?|Date conversion\s*[\d.]+|Size\s*[\d.,]+ ?[KM]b\.?|(?:\d+\s+){2,}\d+)$",
    re.IGNORECASE,
)
_SLOGAN = re.compile(
    r"^(?:raising standards,? improving lives|home|menu|search|site ?map|accessibility(?: statement)?|cookies|"
    r"terms and conditions)$",
    re.IGNORECASE,
)
"""A last line that is not text of the report."""
_ROLE = re.compile(r"^[^:.]{0,40}\b(?:inspectors?|manager|analyst|advisers?|observers?)\s*:", re.IGNORECASE)
"""The start of a line that names people, such as "Lead inspector:"."""
_NAME_WORD = re.compile(r"^(?:of|for|and|the|de|van|von|&)$|^[(‘“'\"]?[^\W\d_a-z][^\d]*$")
_MOST_NAME_WORDS = 8
"""Maximum number of words in a person's name, job or organisation on one line. Chosen by eye."""
_SMALL_WORDS = frozenset({"and", "at", "by", "c/o", "for", "in", "near", "of", "off", "on", "or", "the", "to", "upon"})
"""Words in small letters that addresses contain."""
_ADDRESS = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\.?$")
"""A postcode at the end of a line in an address."""
_EMPTY = re.compile(rf"^[^\w{TICKS}]*+\d{{0,3}}[^\w{TICKS}]*+$")
"""A bullet, a paragraph number or a page number without text. Ticks do not match, because they have a meaning, like
figures in a table."""
_PAGE_MARK = re.compile(r"^\W*page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?\W*$", re.IGNORECASE)
"""A page number between the paragraphs of a text, where the pages met."""
_ROW_NUMBER = re.compile(r"^\d{1,2}[.)]?$")
_SENTENCE_END = re.compile(rf"[.!?][’”'\")]*[\d{RAISED}]{{0,2}}$")
_FRONT = 25
"""Number of blocks, from the start of a letter, in which we look for "Dear …". Chosen by eye."""
_SHORT = 120
"""Maximum length of a line that is an address, a slogan or a name, in characters. Chosen by eye."""
_TAIL = 0.6
"""Share of the blocks that must come before the closing text. Chosen by eye."""
_LONGEST_CLOSING = 12
"""Maximum number of blocks in the closing text. 153 reports have at most 6. Chosen by eye."""
_PROSE = 4
"""Smallest number of words in small letters in a sentence of the report's text. Chosen by eye."""
_ANNEX = 3
"""Smallest number of sentences after a signature that make an annex without a heading. Chosen by eye."""
_SIGNATURE = 3
"""Maximum number of lines in a signature without "Yours sincerely". Chosen by eye."""


def body_of(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the blocks that belong to the report itself, in order."""
    start = _start(drafts)
    end = _end(drafts, start)
    annex = _annex(drafts, end)
    parts = [*drafts[start:end], *drafts[annex : _end(drafts, annex, letter=False)]]
    body = list(_without_definitions(parts))
    kept = [d for d, after in zip_longest(body, body[1:]) if not _is_noise(d) or _numbers_row(d, after)]
    while kept and kept[-1].kind is BlockKind.HEADING:  # a heading without text
        kept.pop()
    on_site = any(_is_web_part(draft.text) and not _is_prose(draft.text) for draft in body[-_LONGEST_CLOSING:])
    del kept[len(kept) - _trailing(kept, on_site=on_site) :]
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    return kept


def has_salutation(drafts: Sequence[Draft]) -> bool:
    """Return whether the blocks of a text start with a letterhead and "Dear …", which its body leaves out."""
    return _start(drafts) > 0


def _start(drafts: Sequence[Draft]) -> int:
    """Return the index of the first block after "Dear …", unless the text before it is more than a letterhead."""
    for index, draft in enumerate(drafts[:_FRONT]):
        if _SALUTATION.match(draft.text):
            return 0 if any(_is_prose(before.text) for before in drafts[:index]) else index + 1
    return 0


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


def _trailing(kept: Sequence[Draft], *, on_site: bool) -> int:
    """Return the number of last blocks that are not part of the report: names, roles, slogans and links.

    A sentence or an item of a list stays, even if it has no full stop. ``on_site`` says if parts of a web page come
    after the text. If so, the last line may be any slogan.
    """
    run = list(takewhile(_is_unfinished, reversed(kept)))
    before = kept[-len(run) - 1] if len(run) < len(kept) else None
    if run and before and before.kind is BlockKind.TABLE:  # the last line of a cell
        run.pop()
    elif before and before.text.endswith(":"):  # the items of a list
        return 0
    if len(run) <= _SIGNATURE and all(_is_clutter(draft.text) or _is_name(draft.text) for draft in run):
        return len(run)
    sure = sum(1 for _ in takewhile(lambda draft: _is_clutter(draft.text), run))
    return max(sure, int(on_site and bool(run)))


def _is_unfinished(draft: Draft) -> bool:
    short = draft.kind is BlockKind.PARAGRAPH and len(draft.text) < _SHORT
    return short and not _SENTENCE_END.search(draft.text)


def _is_clutter(text: str) -> bool:
    return bool(_ROLE.match(text) or _SLOGAN.match(text) or _LINK.match(text))


def _is_name(text: str) -> bool:
    """Return whether a line may be the name of a person, a job or an organisation. A grade is not one of these."""
    words = text.split()
    named = 1 < len(words) <= _MOST_NAME_WORDS and all(map(_NAME_WORD.match, words))
    return named and not re.search(rf"\b(?:{GRADE_WORDS})\b", text, re.IGNORECASE)


def _end(drafts: Sequence[Draft], start: int, *, letter: bool = True) -> int:
    """Return the index of the first block of the closing text. A letter ends with its signature."""
    for index in range(start, len(drafts)):
        text = drafts[index].text
        at_end = index >= int(len(drafts) * _TAIL)
        if letter and _VALEDICTION.match(text) and (at_end or all(map(_is_unfinished, drafts[index + 1 :]))):
            return index
        is_short = at_end and len(drafts) - index <= _LONGEST_CLOSING
        if is_short and _CLOSING.match(text) and any(_PUBLISHER.search(draft.text) for draft in drafts[index:]):
            return index
    return len(drafts)


def _annex(drafts: Sequence[Draft], end: int) -> int:
    """Return the index of the first block of the annex after a letter's signature, or the number of blocks."""
    if end == len(drafts) or not _VALEDICTION.match(drafts[end].text):
        return len(drafts)
    until = _end(drafts, end + 1, letter=False)
    prose = [index for index in range(end + 1, until) if _is_prose(drafts[index].text)]
    titles = [index for index in range(end + 1, until) if drafts[index].kind is BlockKind.HEADING]
    if titles and prose and prose[-1] > titles[0]:
        return titles[0]
    return prose[0] if len(prose) >= _ANNEX else len(drafts)


def _is_prose(text: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and _small_words(text) >= _PROSE


def _small_words(text: str) -> int:
    return sum(word[0].islower() for word in text.split())


def _is_noise(draft: Draft) -> bool:
    text = draft.text
    if draft.kind is BlockKind.TABLE and re.search(r"\d", text) and not _ADDRESS.search(text):
        return bool(_LINK.search(text))  # outside tables, figures by themselves are noise
    if _LINKS.match(text) or _LEGAL_NOTE.match(text) or _EMPTY.match(text) or _PAGE_MARK.match(text):
        return True
    if _is_web_part(text) or _FILE_FACTS.match(text):
        return not _is_prose(text)
    # Few texts have these letters, and the search is slow.
    if any(letters in text for letters in ("Tel", "tel", "TEL")) and _TELEPHONE.search(text):
        return _small_words(text) < _PROSE
    return len(text) < _SHORT and bool(_ADDRESS.search(text)) and not _has_verbs(text)


def _is_web_part(text: str) -> bool:
    designed = "design by" in text.lower() and _WEB_DESIGN.match(text)
    return bool(designed or _WEB_PARTS.match(text))


def _has_verbs(text: str) -> bool:
    """Return whether a line that ends with a postcode is a sentence. An address has few words in small letters."""
    return sum(word[0].islower() and word not in _SMALL_WORDS for word in text.split()) > 1
