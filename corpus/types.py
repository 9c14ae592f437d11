"""What a report is once it has been read. Start here: everything else passes these around."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

REPORT_ID_LENGTH = 16
"""Hexadecimal digits of a report's sha256 that make its id: 64 bits, no collision among millions."""


class Form(StrEnum):
    """What sort of document it is, apart from what it is about."""

    REPORT = "report"
    LETTER = "letter"
    ARTICLE = "article"
    THEMATIC = "thematic"


OWN_ACCOUNT = (Form.REPORT, Form.LETTER)
"""The forms that inspectors write. Articles and thematic reports only tell about inspections."""


class Kind(StrEnum):
    """The type of inspection that a document reports on."""

    ILACS = "ilacs"
    SINGLE_INSPECTION = "single-inspection"
    SHORT = "short"
    FOCUSED_VISIT = "focused-visit"
    MONITORING_VISIT = "monitoring-visit"
    AREA_SEND = "area-send"
    JOINT_TARGETED = "joint-targeted"
    LSCB_REVIEW = "lscb-review"


FULL_INSPECTIONS = (Kind.ILACS, Kind.SINGLE_INSPECTION, Kind.SHORT)
"""Inspections of all of an authority's services for children, under any framework."""
VISITS = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT)
"""Shorter calls on one part of them; they print no grades."""


class Grading(StrEnum):
    """Why a report has judgements, or none: decided by what it prints, never by its date."""

    GRADED = "graded"
    """It prints grades, or an outcome. An area that is no row of its table was not judged under its framework."""
    NOT_JUDGED = "not-judged"
    """Its kind of inspection gives no grades: visits, thematic reports."""
    NOT_PRINTED = "not-printed"
    """Its kind of inspection gives grades, and this document does not print them: an article, an extract."""
    UNREADABLE = "unreadable"
    """It prints a table of grades that could not be read."""


class ImprovementKind(StrEnum):
    """The sort of list in which a report asks for something."""

    IMPROVEMENT = "improvement"
    PRIORITY = "priority-action"
    RECOMMENDATION = "recommendation"


class BlockKind(StrEnum):
    """The role of a block of text on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE = "table"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: fractions of the page as displayed, origin top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError(f"page numbers start at 1, not {self.page}")
        if not (0 <= self.x0 <= self.x1 <= 1 and 0 <= self.y0 <= self.y1 <= 1):
            raise ValueError(f"a box lies within its page, from top left to bottom right: {self}")

    @classmethod
    def around(cls, boxes: Sequence[Box]) -> Box:
        """The smallest box around some of one page."""
        edges = min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
        return cls(boxes[0].page, *edges)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number in the file, from 1, and the label printed on it, if any."""

    number: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The span of a document's text that stands on one line of a page; no box where the format has no layout."""

    start: int
    end: int
    page: int
    box: Box | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a line has text: {self}")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table or footnote: a span of a document's text."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Depth of a heading from 1; 0 for anything else."""
    label: str | None = None
    """A paragraph's or item's number as printed, without its full stop."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a block has text: {self}")
        if (self.level > 0) != (self.kind is BlockKind.HEADING):
            raise ValueError(f"a heading, and only a heading, has a level: {self}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A graded area, as the report itself prints it."""

    area: str
    grade: str
    page: int
    box: Box | None = None

    def __post_init__(self) -> None:
        if not self.area or not self.grade:
            raise ValueError(f"a judgement names its area and its grade: {self}")


@dataclass(frozen=True, slots=True)
class Improvement:
    """One thing that a report asks for: an item of "What needs to improve", "Recommendations" and the like."""

    kind: ImprovementKind
    text: str
    page: int
    """Where it begins."""
    section: str
    """The heading of its list, as printed."""
    start: int
    end: int
    """Its span of the document's text, bullet or number included."""
    label: str | None = None
    """Its number as printed."""
    body: str | None = None
    """Who is to act, where a table says so."""

    def __post_init__(self) -> None:
        if not self.text.strip() or not 0 <= self.start < self.end:
            raise ValueError(f"an improvement has words: {self}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: clean text, and where on its pages each part of that text stands.

    Blocks and lines are in order and do not overlap; blocks are separated by blank lines.
    """

    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    media_type: str
    opening: str
    """Text of the first pages before cleaning: title page, address block and all. Facts are read from it."""
    closing: str = ""
    """Text of the last pages before cleaning: a letter's signature, the inspection team."""
    judgements: tuple[Judgement, ...] = ()
    title: str | None = None
    """The title that the format itself declares (HTML title, DOCX property), if any."""
    source_url: str | None = None
    """The address that the file itself says it comes from."""
    unread_grades: bool = False
    """Whether a table of grades is printed whose rows could not be read."""
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        all_spans: tuple[Sequence[Block | Line], ...] = (self.blocks, self.lines)
        for spans in all_spans:
            for before, after in pairwise(spans):
                if before.end > after.start:
                    raise ValueError(f"spans overlap or are out of order: {before}, {after}")
            if spans and spans[-1].end > len(self.text):
                raise ValueError(f"{spans[-1]} ends beyond the text ({len(self.text)} characters)")

    def lines_in(self, start: int, end: int) -> tuple[Line, ...]:
        """The lines that hold any character of ``[start, end)``."""
        first = bisect_right(self.lines, start, key=lambda line: line.end)
        return self.lines[first : bisect_left(self.lines, end, lo=first, key=lambda line: line.start)]


@dataclass(frozen=True, slots=True)
class Report:
    """The facts of one report. What is unknown is ``None``, never guessed."""

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
    published_source: str | None = None
    lead_inspector: str | None = None
    judgements: tuple[Judgement, ...] = ()
    grading: Grading = Grading.NOT_PRINTED
    improvements: tuple[Improvement, ...] = ()
    source_url: str | None = None
    visit: str | None = None
    """Which visit an article is about, as it says ("sixth monitoring visit")."""
    follows_judgement: str | None = None
    """The judgement that the visit in an article follows, as it says ("inadequate in June 2016")."""
    corrected: tuple[str, ...] = ()
    """Names of the facts that a sidecar file gives; it wins over what was read."""
    superseded_by: str | None = None
    """Id of the corrected re-issue of the same inspection that answers in its place."""

    def __post_init__(self) -> None:
        if not self.sha256.startswith(self.id) or len(self.id) != REPORT_ID_LENGTH:
            raise ValueError(f"a report's id is the first {REPORT_ID_LENGTH} digits of its sha256: {self.id}")
        if (self.published is None) != (self.published_source is None):
            raise ValueError(f"a publication date comes with its source: {self.file}")
        if self.inspected_from and self.inspected_to and self.inspected_from > self.inspected_to:
            raise ValueError(f"{self.file}: inspected from {self.inspected_from} to {self.inspected_to}")


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved and cited: whole blocks of one section, or whole sentences of a long block."""

    report_id: str
    ordinal: int
    text: str
    start: int
    end: int
    section: tuple[str, ...]
    label: str | None
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]
    sentences: tuple[tuple[int, int], ...]
    """Spans of its sentences within ``text``; headings belong to none."""

    def __post_init__(self) -> None:
        if len(self.text) != self.end - self.start:
            raise ValueError(f"text and span differ in length: {self.start} to {self.end}, {len(self.text)} characters")
        if not self.pages:
            raise ValueError("a passage stands on at least one page")
        if any(not 0 <= s < e <= len(self.text) for s, e in self.sentences):
            raise ValueError(f"a sentence lies outside its passage: {self.sentences}")

    @property
    def digest(self) -> str:
        """sha256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def id(self) -> str:
        """Report, place and words: the same in every build that cuts the same passage."""
        return f"{self.report_id}-{self.start}-{self.digest[:8]}"
