"""The types that this package passes around. Start here.

A reader turns a file into a ``Document``: clean text, and the place of each block and line on the pages. The facts in a
document make up a ``Report``. Chunking cuts a document into ``Passage`` objects, which the index stores and answers
cite.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from corpus.kind_list import kind_entries

REPORT_ID_LENGTH = 16
"""Number of hexadecimal digits in a report's id. The id is the first 64 bits of the sha256 of the report's file. They
are enough to make collisions very unlikely."""


class Form(StrEnum):
    """The form in which a report is written."""

    REPORT = "report"
    LETTER = "letter"
    ARTICLE = "article"
    THEMATIC = "thematic"


OWN_ACCOUNT = (Form.REPORT, Form.LETTER)
"""The forms that inspectors write about one inspection. Facts and improvements are read only from these."""


class Kind(StrEnum):
    """The kind of inspection, review or decision that a report is about.

    The members below are the kinds that have their own rules in the code. All others come from ``data/kinds.toml``, so
    anyone can add a kind there. Every member has an entry in that file.
    """

    _ignore_ = "_members _entry"

    ILACS = "ilacs"
    SINGLE_INSPECTION = "single-inspection"
    SHORT = "short"
    FOCUSED_VISIT = "focused-visit"
    MONITORING_VISIT = "monitoring-visit"
    AREA_SEND = "area-send"
    JOINT_TARGETED = "joint-targeted"
    LSCB_REVIEW = "lscb-review"
    LOOKED_AFTER = "looked-after"
    _members = vars()
    for _entry in kind_entries().values():
        if _entry.member not in _members:
            _members[_entry.member] = _entry.key


FULL_INSPECTIONS = (Kind.ILACS, Kind.SINGLE_INSPECTION, Kind.SHORT)
"""Inspections of all the services that an authority provides for children, under any framework."""
VISITS = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT)
"""Shorter inspections of only some of these services. They give no grades."""
OF_SERVICES = (*FULL_INSPECTIONS, *VISITS, Kind.JOINT_TARGETED)
"""Inspections of an authority's services for children. Only these inspections grade the services."""
OTHER_KINDS = tuple(kind for kind in Kind if kind not in (*OF_SERVICES, Kind.AREA_SEND, Kind.LSCB_REVIEW))
"""The kinds that questions name only by the words in ``data/kinds.toml``. They never grade an authority's services."""


class Grading(StrEnum):
    """Why a report has judgements or has none. This depends on what is printed in the report, never on its date."""

    GRADED = "graded"
    """The report gives grades or an outcome. ``Report.missing_areas`` names the areas that we could not read."""
    NOT_JUDGED = "not-judged"
    """This kind of inspection gives no grades. Thematic reports give no grades either."""
    NOT_PRINTED = "not-printed"
    """This kind of inspection gives grades, but the report does not give them. It may be an article or an extract."""
    UNREADABLE = "unreadable"
    """The report has a table of grades that we could not read."""


class ImprovementKind(StrEnum):
    """The list in which a report asks for an improvement."""

    IMPROVEMENT = "improvement"
    PRIORITY = "priority-action"
    RECOMMENDATION = "recommendation"


class Reading(StrEnum):
    """What a second program found at the place where the first program read words on a page."""

    CONFIRMED = "confirmed"
    """It found the same words."""
    NOT_CONFIRMED = "not confirmed"
    """It found neither the words nor others in their place. This proves nothing."""
    CONTRADICTED = "contradicted"
    """It found other words in their place. Such words are never shown."""
    FROM_PICTURE = "read from the picture"
    """The page is a picture, and text recognition found the words in it. Only a person can compare them."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What a second program read on one page of a file. The first program is the reader of the index.

    A format without pages has one page.
    """

    same: bool
    """Whether both programs read the same characters, apart from white space."""
    text: str = ""
    """What the second program read. Empty if both read the same, or if it could not read the page."""
    problem: str = ""
    """Why the second program could not read all of the page. Empty if it could."""
    unconfirmed: int = 0
    """Number of sentences on the page that it did not confirm."""
    contradicted: int = 0
    """Number of sentences on the page for which it read different words."""

    def __post_init__(self) -> None:
        if self.same and (self.text or self.problem or self.unconfirmed or self.contradicted):
            raise ValueError(f"readings that are the same have nothing else to say: {self}")


class BlockKind(StrEnum):
    """The role of a block of text on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE = "table"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions of the page as displayed, from its top left corner."""

    page: int
    """Number of the page in the file, from 1."""
    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError(f"page numbers start at 1, so {self.page} is not one")
        if not (0 <= self.x0 <= self.x1 <= 1 and 0 <= self.y0 <= self.y1 <= 1):
            raise ValueError(f"a box must lie within its page and run from top left to bottom right: {self}")

    @classmethod
    def around(cls, boxes: Sequence[Box]) -> Box:
        """Return the smallest box that contains all the given boxes, which are on the same page."""
        edges = min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
        return cls(boxes[0].page, *edges)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document."""

    number: int
    """Its number in the file, from 1."""
    label: str | None = None
    """The page number that is printed on it, if there is one."""


@dataclass(frozen=True, slots=True)
class Line:
    """The part of a document's text that is on one line of a page: ``[start, end)`` of the text."""

    start: int
    end: int
    page: int
    box: Box | None = None
    """Its place on the page, or None if the format has no layout."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a line has text, so it must end after it starts: {self}")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, row of a table or footnote: the part ``[start, end)`` of a document's text."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Depth of a heading, from 1. The depth of any other block is 0."""
    label: str | None = None
    """The number printed before a paragraph or an item, without its full stop."""
    depth: int = 0
    """Number of items around an item in a nested list. It is 0 in formats that show nesting only by the place on the
    page."""
    names_columns: bool = False
    """Whether the block is the row of a table of figures that names the columns."""
    cells: tuple[tuple[int, int], ...] = ()
    """``[start, end)`` of each cell, if the block is a row of a table in a format without layout."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a block has text, so it must end after it starts: {self}")
        if (self.level > 0) != (self.kind is BlockKind.HEADING):
            raise ValueError(f"headings have a level and other blocks have none: {self}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A graded area and its grade, in the report's own words."""

    area: str
    grade: str
    page: int
    box: Box | None = None

    def __post_init__(self) -> None:
        if not self.area or not self.grade:
            raise ValueError(f"a judgement must name its area and its grade: {self}")


@dataclass(frozen=True, slots=True)
class Improvement:
    """One improvement that a report asks for, such as an item under "What needs to improve" or "Recommendations"."""

    kind: ImprovementKind
    text: str
    page: int
    """The page on which it starts."""
    section: str
    """The heading of its list, as printed."""
    start: int
    end: int
    """``[start, end)`` of the document's text, including the bullet or number."""
    label: str | None = None
    """Its number, as printed."""
    body: str | None = None
    """Who must act, as printed, if a label or a table says so. It is not part of the text."""
    deadline: str | None = None
    """The deadline, as printed, if a label or a table gives one: "Within three months". It is not part of the text."""

    def __post_init__(self) -> None:
        if not self.text.strip() or not 0 <= self.start < self.end:
            raise ValueError(f"an improvement has text, so it must end after it starts: {self}")


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word that a program read from the picture of a page."""

    text: str
    confidence: int
    """How sure the program is of the word, from 0 to 100."""
    box: Box
    ends_line: bool = False
    """Whether it is the last word of its line, or of its cell."""

    def __post_init__(self) -> None:
        if not self.text or not 0 <= self.confidence <= 100:
            raise ValueError(f"a recognised word has letters, and a confidence from 0 to 100: {self}")


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page that was read from its picture: its words in reading order. ``corpus.quotes`` finds quotes in them."""

    number: int
    words: tuple[RecognisedWord, ...]

    @property
    def text(self) -> str:
        """The page's text, with one line of the page on each line."""
        return "".join(f"{word.text}{chr(10) if word.ends_line else ' '}" for word in self.words)


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file: clean text, and the place of each part of it on the pages.

    Blocks and lines are in order and do not overlap. Blank lines separate the blocks.
    """

    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    media_type: str
    opening: str
    """Text of the first pages before cleaning, with the title page and the addresses. Facts are read from it."""
    closing: str = ""
    """Text of the last pages before cleaning. A letter's signature and the inspection team are read from it."""
    judgements: tuple[Judgement, ...] = ()
    title: str | None = None
    """The title that the file declares, such as an HTML title or a property of a Word document."""
    source_url: str | None = None
    """The address that the file says it comes from."""
    unread_grades: bool = False
    """True if the report has a table of grades, but we could not read any of its rows."""
    unread_areas: tuple[str, ...] = ()
    """Areas in the table of grades whose grade we could not read, as printed."""
    not_judged: tuple[str, ...] = ()
    """Areas that the table of grades says were not judged, as printed."""
    warnings: tuple[str, ...] = ()
    recognised: tuple[RecognisedPage, ...] = ()
    """The pages that were read from their pictures."""
    pictured: str = ""
    """Text of the first pages that was read from pictures. ``opening`` and ``closing`` leave it out, because no day may
    be taken from it."""
    converted: bytes | None = None
    """The Word file that was read instead, if the file's own format had to be converted first."""

    def __post_init__(self) -> None:
        all_spans: tuple[Sequence[Block | Line], ...] = (self.blocks, self.lines)
        for spans in all_spans:
            for before, after in pairwise(spans):
                if before.end > after.start:
                    raise ValueError(f"two spans overlap or are out of order: {before}, {after}")
            if spans and spans[-1].end > len(self.text):
                raise ValueError(f"{spans[-1]} ends beyond the text, which has {len(self.text)} characters")

    def lines_in(self, start: int, end: int) -> tuple[Line, ...]:
        """Return the lines that contain any character of ``[start, end)``."""
        first = bisect_right(self.lines, start, key=lambda line: line.end)
        return self.lines[first : bisect_left(self.lines, end, lo=first, key=lambda line: line.start)]


@dataclass(frozen=True, slots=True)
class Report:
    """The facts of one report. A fact that we do not know is ``None``. We never guess a fact."""

    id: str
    file: str
    title: str
    form: Form
    media_type: str
    page_count: int
    sha256: str
    authority: str | None = None
    kind: Kind | None = None
    framework: str | None = None
    inspected_from: date | None = None
    inspected_to: date | None = None
    published: date | None = None
    inspected_as: str | None = None
    """The days of the inspection as printed, if the report gives only a week or a month: "March 2023". The two days
    above are then the first and last day of that week or month."""
    published_source: str | None = None
    """Where the date of publication comes from: "text", "file name" or "sidecar". It is "other date" if the main date
    of this kind of report is another one, such as the date of a decision."""
    replaces: date | None = None
    """The date of publication of an earlier issue, if the report says that it replaces that issue."""
    lead_inspector: str | None = None
    post_holder: str | None = None
    """The addressee of a letter, or the person whom an area SEND report names for the local authority, as printed."""
    post_held: str | None = None
    """The post that the report gives that person, as printed: "Director of Children’s Services"."""
    judgements: tuple[Judgement, ...] = ()
    grading: Grading = Grading.NOT_PRINTED
    missing_areas: tuple[str, ...] = ()
    """Areas that inspections of this kind and date grade, but whose grade we could not read in this report."""
    not_judged: tuple[str, ...] = ()
    """Areas that the report says were not judged, as printed."""
    improvements: tuple[Improvement, ...] = ()
    unread_lists: tuple[str, ...] = ()
    """The headings of lists of improvements from which we read no items, or fewer than their printed numbers show."""
    source_url: str | None = None
    visit: str | None = None
    """For an article: the visit that it is about, in the article's own words ("sixth monitoring visit")."""
    follows_judgement: str | None = None
    """For an article: the judgement that led to the visit, in the article's own words ("inadequate in June 2016")."""
    corrected: tuple[str, ...] = ()
    """Names of the facts that come from a sidecar instead of the report."""
    superseded_by: str | None = None
    """Id of a later, corrected issue of this report, if there is one. Answers use that issue instead of this one."""
    recognised: tuple[int, ...] = ()
    """Numbers of the pages that were read from their pictures. No date or grade comes from them."""
    converted: str | None = None
    """The sha256 of the Word file that was read instead, if the file's own format had to be converted first."""

    @property
    def proof(self) -> str:
        """The sha256 of the file that quotes are found in."""
        return self.converted or self.sha256

    def improvement_at(self, offset: int) -> int | None:
        """Return the index of the improvement at an offset of the document's text, or None if no item is there."""
        return next((at for at, item in enumerate(self.improvements) if item.start <= offset < item.end), None)

    def __post_init__(self) -> None:
        if not self.sha256.startswith(self.id) or len(self.id) != REPORT_ID_LENGTH:
            raise ValueError(f"a report's id must be the first {REPORT_ID_LENGTH} digits of its sha256: {self.id}")
        if (self.published is None) != (self.published_source is None):
            raise ValueError(f"a date of publication and its source must come together: {self.file}")
        if self.inspected_from and self.inspected_to and self.inspected_from > self.inspected_to:
            days = f"inspected from {self.inspected_from} to {self.inspected_to}"
            raise ValueError(f"an inspection cannot end before it starts: {days}")


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that we retrieve and cite: whole blocks from one section, or whole sentences from a long block."""

    report_id: str
    ordinal: int
    """Its place among the report's passages, from 0."""
    text: str
    start: int
    end: int
    """``[start, end)`` of the document's text."""
    section: tuple[str, ...]
    """The headings above it, from the outermost inwards."""
    label: str | None
    """The number printed before its first numbered paragraph."""
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]
    """The box of each line in the passage. Empty if the format has no layout."""
    sentences: tuple[tuple[int, int], ...]
    """``[start, end)`` of each sentence in ``text``. Headings are not sentences."""
    recognised: tuple[int, ...] = ()
    """The numbers of its pages that were read from their pictures."""

    def __post_init__(self) -> None:
        if len(self.text) != self.end - self.start:
            raise ValueError(f"the span {self.start} to {self.end} does not fit {len(self.text)} characters of text")
        if not self.pages:
            raise ValueError("a passage must stand on at least one page")
        if any(not 0 <= s < e <= len(self.text) for s, e in self.sentences):
            raise ValueError(f"a sentence lies outside its passage: {self.sentences}")

    @property
    def digest(self) -> str:
        """The sha256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def id(self) -> str:
        """An id made from the report, place and words. Every build that makes the same passage gives it the same id."""
        return f"{self.report_id}-{self.start}-{self.digest[:8]}"
