"""Groups the lines of a PDF into blocks: headings, paragraphs, list items, rows of tables and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.drafts import Draft, Piece
from corpus.glyphs import TICKS, clean, is_bullet, starts_option
from corpus.measures import CELL_GAP, INDENT, OTHER_SIZE, SAME_LINE, SAME_SIZE
from corpus.note_marks import RAISED
from corpus.pdf.lines import PdfLine
from corpus.pdf.tables import Cells, find_cells
from corpus.pdf.titles import title_levels, title_rank
from corpus.types import BlockKind

_LABEL = re.compile(r"^(\d{1,3})(?:\.\s*(?=[A-Z‘“'\"(])|\.\s+(?=\d)|\s+(?=[A-Z‘“'\"(]))")
_NUMBER_AND_TEXT = re.compile(r"(\d{1,3}\.)(?=\S)")
"""A paragraph number followed by a tab. PDFium leaves out the tab."""
_SENTENCE_END = re.compile(rf"[.!?:;][’”'\")]?[\d{RAISED}]{{0,2}}$")
_GAP = 1.3
"""A step down that starts a new block, in multiples of the usual distance between baselines.

Chosen by eye. With 1.2 or 1.4, at least one of 153 reports changes.
"""
_WIDE_GAP = 2.0
"""A step down that starts a new block even if the sentence continues. It has the same unit as ``_GAP``.

Chosen by eye. Any value from 1.8 to 4.0 gives the same results for 153 reports.
"""
_PARAGRAPH_START = re.compile(r"[‘“'\"(]?[A-Z0-9]")
_FULL_STOP = re.compile(r"[.!?:;][’”'\")]?$")
_FIRST_LINE = 4.0
"""Largest indent of a paragraph's first line, in multiples of the size of its letters. Chosen by eye."""
_SPARE = 4
"""A line ends early if it has room for the next word and this many more letters. Chosen by eye."""
_FULL_LINE = 0.9
"""A line that ends beyond this share of the rightmost edge on its page continues on the next line. Chosen by eye."""
_LONGEST = 0.7
"""We estimate the right edge of a column so that this share of a page's lines end before it. Chosen by eye."""
_FIRST_DRAWN = 100
"""The number that we give to the first column, if a file draws whole columns one after another. It is larger than the
numbers of other columns."""
_MOST_COLUMNS = 8
"""Maximum number of columns of running text that we look for on a page. Chosen by eye."""
_COLUMN = 2.5
"""Smallest step up from the last line of a column to the first of the next, in multiples of the size of the letters.
Chosen by eye."""
_TICK_GAP = 2.0
"""Largest gap between a box and its label, in multiples of the size of the label's letters. Chosen by eye."""
_FIELD_BELOW, _FIELD_INDENT = 2.5, 8.0
"""Largest step from a label down to its form field, in multiples of the size of the label's letters, and the largest
distance between their left edges, in points. Chosen by eye."""
_NOTES_FROM = 0.4
"""Footnotes are always further down the page than this share of its height. Chosen by eye."""
_LABEL_STEP = 3
"""Largest step from one paragraph number to the next. It is more than 1 because we may miss some numbers. Chosen by
eye."""
_OPEN_END = re.compile(
    r"\b(?:the|an?|of|to|in|for|with|by|and|or|from|at|on|that|than|their|its|his|her|our|your|as|is|are|was|were)$"
)
"""A last word that ends neither a sentence nor the label of a row."""


@dataclass(slots=True)
class _OpenBlock:
    """A block to which lines are still being added."""

    lines: list[PdfLine]
    texts: list[str]
    label: str | None = None
    item: bool = False
    note: bool = False
    cell: bool = False
    names_column: bool = False
    """True if the block names a column. Such a block is bold, but it does not start a section."""
    hanging: float | None = field(default=None)
    """Left edge of the lines after the first."""
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.right = self.last.left, self.last.right

    @property
    def last(self) -> PdfLine:
        return self.lines[-1]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def may_be_title(self) -> bool:
        in_row = self.cell and not self.lines[0].bold
        return not (self.note or self.names_column or self.item or self.label or in_row or self.lines[0].slanted)

    def add(self, line: PdfLine, text: str) -> None:
        if self.hanging is None and line.baseline - self.lines[-1].baseline > 1:
            self.hanging = line.left
        self.lines.append(line)
        self.texts.append(text)
        self.left, self.right = min(self.left, line.left), max(self.right, line.right)


@dataclass(frozen=True, slots=True)
class Typography:
    """The usual size of a document's text, and the usual distance between baselines, in points."""

    size: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[PdfLine]]) -> Typography:
        """Return the most common size, by characters, and the most common distance between lines of a paragraph.

        If most paragraphs have one line, the most common distance of all would be that between paragraphs.
        """
        sizes: Counter[float] = Counter()
        pitches: Counter[float] = Counter()
        within: Counter[float] = Counter()
        for lines in pages:
            for line in lines:
                sizes[line.size] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 12.0
        for lines in pages:
            edge = _FULL_LINE * max([line.right for line in lines], default=0.0)
            for before, after in pairwise(lines):
                if before.size == after.size == size:
                    step = round((after.baseline - before.baseline) * 2) / 2
                    if 0.8 * size < step < 2 * size:
                        pitches[step] += 1
                        within[step] += before.right > edge or after.text[0].islower()
        steps = +within or pitches
        most = max(steps.values(), default=0)
        return cls(size, min((step for step, count in steps.items() if count == most), default=1.2 * size))


def to_drafts(pages: Sequence[Sequence[PdfLine | Draft]]) -> list[Draft]:
    """Group lines into blocks, which may continue on the next page. Footnotes follow the block that they interrupt.

    Slanted words, such as those of a stamp across the text, also follow it. A draft among the lines is a row of the
    grade table, and stays where it is.
    """
    only_lines = [[item for item in page if isinstance(item, PdfLine)] for page in pages]
    usual = Typography.of(only_lines)
    gatherer = _Gatherer(usual)
    for page, lines in zip(pages, only_lines, strict=True):
        notes = {id(line) for line in (*_footnotes(lines, usual), *(line for line in lines if line.slanted))}
        items = [item for item in page if id(item) not in notes]
        gatherer.page(
            items,
            [line for line in lines if id(line) in notes],
            find_cells([line for line in lines if not line.slanted]),
        )
    return _drafts(gatherer.finish(), usual.size)


class _Gatherer:
    """Takes lines in order, and closes a block when the page shows that a new one starts."""

    def __init__(self, usual: Typography) -> None:
        self._usual = usual
        self._blocks: list[_OpenBlock | Draft] = []
        self._open: _OpenBlock | None = None
        self._notes: list[PdfLine] = []
        self._last_label = 0
        self._cells = Cells(frozenset(), frozenset())
        self._edges: dict[int, float] = {}
        self._columns: dict[int, int] = {}

    def page(self, items: Sequence[PdfLine | Draft], notes: Sequence[PdfLine], cells: Cells) -> None:
        """Take the lines of one page.

        If a block continues on the next page, the footnotes come after the end of that block.
        """
        self._cells = cells
        lines = [item for item in items if isinstance(item, PdfLine)]
        self._columns = _columns_of(lines)
        columns: dict[int, list[PdfLine]] = {}
        for line in lines:
            columns.setdefault(self._columns[id(line)], []).append(line)
        self._edges = {column: _right_edge(in_column, self._usual) for column, in_column in columns.items()}
        for item in items:
            if isinstance(item, Draft):
                self._close()
                self._blocks.append(item)
            else:
                self._take(item)
        self._notes.extend(notes)

    def finish(self) -> list[_OpenBlock | Draft]:
        """Close the last block, and return all blocks in order."""
        self._close()
        return self._blocks

    def _take(self, line: PdfLine) -> None:
        text = clean(line.text)
        label = self._label(line, text)
        if self._open and not label and not is_bullet(text) and self._continues(self._open, line, text):
            self._open.add(line, text)
            return
        self._close()
        if label and (number := _NUMBER_AND_TEXT.match(text)):
            text = f"{number.group(1)} {text[number.end() :]}"
        cell, names_column = id(line) in self._cells.cells, id(line) in self._cells.column_names
        self._open = _OpenBlock([line], [text], label, is_bullet(text), cell=cell, names_column=names_column)
        if label:
            self._last_label = int(label)

    def _close(self) -> None:
        if self._open:
            self._blocks.append(self._open)
            self._open = None
        notes, self._notes = self._notes, []
        note: _OpenBlock | None = None
        for line in notes:
            text = clean(line.text)
            if note and _is_same_note(note.last, line, text):
                note.add(line, text)
            else:
                note = _OpenBlock([line], [text], note=not line.slanted)
                self._blocks.append(note)

    def _label(self, line: PdfLine, text: str) -> str | None:
        """Return the number of a paragraph that starts here. Numbers that do not fit the sequence are read as text."""
        match = _LABEL.match(text)
        if not match or line.size > self._usual.size + SAME_SIZE:
            return None
        number = int(match.group(1))
        dotted = text[match.end(1)] == "."
        gap = self._open is None or self._open.last.page != line.page or self._is_gap(self._open.last, line)
        follows = number in (1, self._last_label + 1)
        hangs = self._open is not None and self._open.hanging is not None and line.left < self._open.hanging - INDENT
        # A list may leave no gaps, and no item of it may be longer than a line.
        below = self._open is not None and self._open.label and abs(line.left - self._open.lines[0].left) < INDENT
        in_count = follows or (self._last_label < number <= self._last_label + _LABEL_STEP)
        return match.group(1) if dotted and (gap or hangs or below) and in_count else None

    def _is_gap(self, before: PdfLine, line: PdfLine) -> bool:
        scale = max(1.0, line.size / self._usual.size)
        return line.baseline - before.baseline > _GAP * self._usual.pitch * scale

    def _continues(self, block: _OpenBlock, line: PdfLine, text: str) -> bool:
        before = block.last
        same_page = line.page == before.page
        same_row = same_page and abs(line.baseline - before.baseline) < SAME_LINE
        if starts_option(text) and not same_row:
            return False
        if same_row and line.left > before.left and _is_choice(block, line, text):
            return True
        if line.is_value and not before.is_value and _is_value_of(before, line):
            return True
        if same_page and _starts_column(block, line):
            goes_on = not _SENTENCE_END.search(block.texts[-1]) and line.size == before.size
            # In columns of running text, a sentence may continue with a name. If so, its last line fills the column.
            fills = line.bold == before.bold and not self._ends_early(before, line, text)
            # The label of a row would not end in the middle of a sentence.
            is_prose = bool(_OPEN_END.search(block.texts[-1])) or (before.column > 0 and line.column > 0)
            return goes_on and (text[0].islower() or (fills and is_prose and not (block.cell or line.bold)))
        if same_page and not _in_column(block, line):
            return False
        changed = line.bold != before.bold and len(text) > 3 and line.size <= self._usual.size + OTHER_SIZE
        if self._opens_table(block, line, text):
            return False
        # In a sentence, a line may start with a bold word or be slightly lower than usual.
        unfinished = text[0].islower() and not _SENTENCE_END.search(block.texts[-1])
        if (changed and not unfinished) or abs(line.size - before.size) > SAME_SIZE:
            return False
        if same_page:
            step = line.baseline - before.baseline
            if step < -2 or self._is_new_paragraph(block, line, text):
                return False
            return not self._is_gap(before, line) or (unfinished and step < _WIDE_GAP * self._usual.pitch)
        return self._runs_over(block, line, text)

    def _opens_table(self, block: _OpenBlock, line: PdfLine, text: str) -> bool:
        """Return whether a line is the first cell of a table directly below a paragraph that has ended."""
        if id(line) not in self._cells.cells or block.cell:
            return False
        below = line.page == block.last.page and line.baseline - block.last.baseline >= SAME_LINE
        return below and bool(_FULL_STOP.search(block.texts[-1])) and bool(_PARAGRAPH_START.match(text))

    def _is_new_paragraph(self, block: _OpenBlock, line: PdfLine, text: str) -> bool:
        """Return whether a line starts a paragraph although it is no further down than any other line.

        Some programs indent the first line of a paragraph instead of leaving a space above it. Other programs do
        neither. Then the line before ends early: it has room for the first word of this line.
        """
        before = block.last
        if text[0].islower():  # true of most lines that continue a sentence
            return False
        if not _PARAGRAPH_START.match(text) or not _FULL_STOP.search(block.texts[-1]) or id(line) in self._cells.cells:
            return False
        if abs(line.baseline - before.baseline) < SAME_LINE:
            return False
        is_plain = not (block.item or block.label or block.note)
        indented = line.left - (before.left if block.hanging is None else block.hanging)
        if is_plain and INDENT <= indented <= _FIRST_LINE * line.size:
            return True
        return self._ends_early(before, line, text)

    def _ends_early(self, before: PdfLine, line: PdfLine, text: str) -> bool:
        """Return whether a line has room for the first word of the next line, whose cleaned text is given."""
        letter = (line.right - line.left) / max(1, len(text))
        word = (len(text.split(maxsplit=1)[0]) + _SPARE) * letter
        return before.right + word < self._edge(before)

    def _edge(self, line: PdfLine) -> float:
        """Return the right edge of the column that a line is in."""
        return self._edges[self._columns[id(line)]] if id(line) in self._columns else line.right

    def _runs_over(self, block: _OpenBlock, line: PdfLine, text: str) -> bool:
        """Return whether a block continues at the top of the next page."""
        if line.page != block.last.page + 1 or block.last.size > self._usual.size + SAME_SIZE:
            return False
        if block.cell and abs(line.left - (block.hanging or block.lines[0].left)) > INDENT:
            return False  # the next page starts with another cell
        if not _SENTENCE_END.search(block.texts[-1]):
            hangs = block.item or (block.hanging is not None and block.lines[0].left < block.hanging - INDENT)
            return not (hangs and line.left < (block.hanging or block.last.left) - INDENT) or text[0].islower()
        indented = block.hanging is not None and block.lines[0].left < block.hanging - INDENT
        return bool(block.label) and indented and block.hanging is not None and abs(line.left - block.hanging) < INDENT


def _is_same_note(last: PdfLine, line: PdfLine, text: str) -> bool:
    """Return whether a line continues a footnote, or the words of a stamp."""
    starts_note = not line.slanted and re.match(r"^\d{1,3}\s", text)
    return line.page == last.page and line.slanted == last.slanted and not starts_note


def _is_choice(block: _OpenBlock, line: PdfLine, text: str) -> bool:
    """Return whether a line is a tick in the row of a block, or the label of the tick at the block's end."""
    labels_tick = block.texts[-1] in TICKS and line.left - block.last.right < _TICK_GAP * line.size
    return text in TICKS or labels_tick


def _is_value_of(label: PdfLine, value: PdfLine) -> bool:
    """Return whether a value in a form field is next to its label, or directly below it."""
    if value.page != label.page:
        return False
    step = value.baseline - label.baseline
    if abs(step) < SAME_LINE:
        return value.left > label.left
    return 0 < step < _FIELD_BELOW * label.size and abs(value.left - label.left) < _FIELD_INDENT


def _columns_of(lines: Sequence[PdfLine]) -> dict[int, int]:
    """Return the number of each line's column, by the ``id`` of the line.

    A file may draw one column of running text after another. The first line of a column is higher on the page than the
    line before it, and to the right of all lines that it is next to. Other lines are in column 0, or already have a
    number.
    """
    numbers = {id(line): line.column for line in lines}
    last = _FIRST_DRAWN
    start = 0
    for place, (before, line) in enumerate(pairwise(lines), 1):
        if line.column or not (before.baseline - line.baseline > _COLUMN * line.size and line.left > before.right):
            continue
        beside = [other for other in lines[start:place] if other.baseline > line.baseline - line.size]
        start = place
        if all(other.right < line.left for other in beside):
            numbers.update((id(other), last) for other in beside)
            last += 1
            end = next((at for at in range(place, len(lines)) if lines[at].left < line.left - INDENT), len(lines))
            numbers.update((id(other), last) for other in lines[place:end])
        if last == _FIRST_DRAWN + _MOST_COLUMNS:  # so that the time is proportional to the number of lines
            break
    return numbers


def _right_edge(lines: Sequence[PdfLine], usual: Typography) -> float:
    """Return the right edge of the text's column. Most lines end there or before it."""
    rights = sorted(line.right for line in lines if abs(line.size - usual.size) <= SAME_SIZE)
    return rights[int(_LONGEST * (len(rights) - 1))] if rights else 0.0


def _in_column(block: _OpenBlock, line: PdfLine) -> bool:
    """Return whether a line is below a block's lines or continues the last one, and is not in another cell."""
    last = block.last
    if abs(line.baseline - last.baseline) < SAME_LINE:
        return line.left - last.left >= 0 and line.left - last.right < CELL_GAP * line.size
    return line.left < block.right and line.right > block.left


def _starts_column(block: _OpenBlock, line: PdfLine) -> bool:
    """Return whether a line is at the top of a column to the right of a block."""
    higher = block.last.baseline - line.baseline > _COLUMN * line.size
    return higher and line.left > block.right


def _footnotes(lines: Sequence[PdfLine], usual: Typography) -> list[PdfLine]:
    """Return the small print at the foot of a page: the smaller lines below the last line of the usual size."""
    body = [line.baseline for line in lines if line.size >= usual.size - OTHER_SIZE and not line.slanted]
    floor = max(body, default=0.0)
    small = (line for line in lines if line.size < usual.size - OTHER_SIZE)
    return [line for line in small if line.baseline > floor and line.box.y0 > _NOTES_FROM]


def _drafts(blocks: list[_OpenBlock | Draft], body: float) -> list[Draft]:
    """Turn blocks into drafts, and give headings their levels."""
    ranks = {
        id(block): rank
        for block in blocks
        if isinstance(block, _OpenBlock) and block.may_be_title and (rank := title_rank(block.text, block.lines, body))
    }
    titles = [block for block in blocks if isinstance(block, _OpenBlock) and id(block) in ranks]
    title_numbers = title_levels([(block.text, ranks[id(block)]) for block in titles])
    levels = {id(block): level for block, level in zip(titles, title_numbers, strict=True)}
    return [block if isinstance(block, Draft) else _draft(block, levels.get(id(block))) for block in blocks]


def _draft(block: _OpenBlock, level: int | None) -> Draft:
    pieces = tuple(Piece(text, line.page, line.box) for text, line in zip(block.texts, block.lines, strict=True))
    if block.note:
        return Draft(BlockKind.FOOTNOTE, pieces)
    if level:
        return Draft(BlockKind.HEADING, pieces, level=level)
    kind = BlockKind.LIST_ITEM if block.item else BlockKind.TABLE if block.cell else BlockKind.PARAGRAPH
    return Draft(kind, pieces, label=block.label)
