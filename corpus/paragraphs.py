"""Lines of a PDF into blocks: where a paragraph begins and ends, what is a heading, an item, a footnote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.cleaning import clean, is_bullet
from corpus.drafts import Draft, Piece
from corpus.pdf_lines import CELL_GAP, PdfLine
from corpus.tables import SAME_LINE, Cells, find_cells
from corpus.titles import title_levels, title_rank
from corpus.types import BlockKind

_LABEL = re.compile(r"^(\d{1,3})(?:\.\s*(?=[A-Z‘“'\"(])|\.\s+(?=\d)|\s+(?=[A-Z‘“'\"(]))")
_NUMBER_AND_TEXT = re.compile(r"^(\d{1,3}\.)(?=\S)")
"""A number that a tab sets apart from its paragraph, which PDFium gives without a space."""
_SENTENCE_END = re.compile(r"[.!?:;][’”'\")]?\d{0,2}$")
_GAP = 1.3
"""A distance between baselines this many times the usual one starts a new block."""
_WIDE_GAP = 2.0
"""… unless it is less than this many times, and a sentence goes on in lower case."""


@dataclass(slots=True)
class _Open:
    """The block being gathered."""

    lines: list[PdfLine]
    texts: list[str]
    label: str | None = None
    item: bool = False
    note: bool = False
    cell: bool = False
    head: bool = False
    """Whether it names a column, and so opens no section though it is bold."""
    hanging: float | None = field(default=None)
    """Left edge of the lines after the first."""

    @property
    def last(self) -> PdfLine:
        return self.lines[-1]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def may_be_title(self) -> bool:
        return not (self.note or self.head or self.item or self.label)

    def add(self, line: PdfLine, text: str) -> None:
        if self.hanging is None and line.baseline - self.lines[-1].baseline > 1:
            self.hanging = line.left
        self.lines.append(line)
        self.texts.append(text)


@dataclass(frozen=True, slots=True)
class Typography:
    """A document's usual text size and distance between baselines, in points."""

    size: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[PdfLine]]) -> Typography:
        """Measure the commonest of each, weighted by characters."""
        sizes: Counter[float] = Counter()
        pitches: Counter[float] = Counter()
        for lines in pages:
            for line in lines:
                sizes[line.size] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 12.0
        for lines in pages:
            for before, after in pairwise(lines):
                step = round((after.baseline - before.baseline) * 2) / 2
                if before.size == after.size == size and 0.8 * size < step < 2 * size:
                    pitches[step] += 1
        return cls(size, pitches.most_common(1)[0][0] if pitches else 1.2 * size)


def to_drafts(pages: Sequence[Sequence[PdfLine | Draft]]) -> list[Draft]:
    """Group lines into blocks, across pages where a block runs over; footnotes follow the block they interrupt.

    A draft among the lines (a row of a table already read) stays where it is.
    """
    only_lines = [[item for item in page if isinstance(item, PdfLine)] for page in pages]
    usual = Typography.of(only_lines)
    gatherer = _Gatherer(usual)
    for page, lines in zip(pages, only_lines, strict=True):
        notes = {id(line) for line in _footnotes(lines, usual)}
        items = [item for item in page if id(item) not in notes]
        gatherer.page(items, [line for line in lines if id(line) in notes], find_cells(lines))
    return _drafts(gatherer.finish(), usual.size)


class _Gatherer:
    """Takes lines in order and closes a block wherever the page shows that a new one begins."""

    def __init__(self, usual: Typography) -> None:
        self._usual = usual
        self._done: list[_Open | Draft] = []
        self._open: _Open | None = None
        self._waiting: list[PdfLine] = []
        self._last_label = 0
        self._cells = Cells(frozenset(), frozenset())

    def page(self, items: Sequence[PdfLine | Draft], notes: Sequence[PdfLine], cells: Cells) -> None:
        """Take one page's lines; its footnotes wait until the block that runs over it has ended."""
        self._cells = cells
        for item in items:
            if isinstance(item, Draft):
                self._close()
                self._done.append(item)
            else:
                self._take(item)
        self._waiting.extend(notes)

    def finish(self) -> list[_Open | Draft]:
        """The blocks in order."""
        self._close()
        return self._done

    def _take(self, line: PdfLine) -> None:
        text = clean(line.text)
        label = self._label(line, text)
        if self._open and not label and not is_bullet(text) and self._continues(self._open, line, text):
            self._open.add(line, text)
            return
        self._close()
        if label:
            text = _NUMBER_AND_TEXT.sub(r"\1 ", text)
        is_cell, is_head = id(line) in self._cells.cells, id(line) in self._cells.heads
        self._open = _Open([line], [text], label, is_bullet(text), cell=is_cell, head=is_head)
        if label:
            self._last_label = int(label)

    def _close(self) -> None:
        if self._open:
            self._done.append(self._open)
            self._open = None
        waiting, self._waiting = self._waiting, []
        block: _Open | None = None
        for line in waiting:
            text = clean(line.text)
            if block and not re.match(r"^\d{1,3}\s", text) and line.page == block.last.page:
                block.add(line, text)
            else:
                block = _Open([line], [text], note=True)
                self._done.append(block)

    def _label(self, line: PdfLine, text: str) -> str | None:
        """A paragraph number, told from a number that merely begins a line by its place in the count."""
        found = _LABEL.match(text)
        if not found or line.size > self._usual.size + 0.6:
            return None
        number = int(found.group(1))
        dotted = text[found.end(1)] == "."
        gap = self._open is None or self._open.last.page != line.page or self._is_gap(self._open.last, line)
        follows = number in (1, self._last_label + 1)
        hangs = self._open is not None and self._open.hanging is not None and line.left < self._open.hanging - 4
        in_count = follows or (self._last_label < number <= self._last_label + 3)
        return found.group(1) if dotted and (gap or hangs) and in_count else None

    def _is_gap(self, before: PdfLine, line: PdfLine) -> bool:
        scale = max(1.0, line.size / self._usual.size)
        return line.baseline - before.baseline > _GAP * self._usual.pitch * scale

    def _continues(self, block: _Open, line: PdfLine, text: str) -> bool:
        before = block.last
        if line.page == before.page and not _in_column(block.lines, line):
            return False
        changed = line.bold != before.bold and len(text) > 3 and line.size <= self._usual.size + 0.9
        # A word of a sentence may be set in bold at a line's beginning, or a line a little further down.
        unfinished = text[0].islower() and not _SENTENCE_END.search(block.texts[-1])
        if (changed and not unfinished) or abs(line.size - before.size) > 0.6:
            return False
        if line.page == before.page:
            step = line.baseline - before.baseline
            if step < -2:
                return False
            return not self._is_gap(before, line) or (unfinished and step < _WIDE_GAP * self._usual.pitch)
        return self._runs_over(block, line, text)

    def _runs_over(self, block: _Open, line: PdfLine, text: str) -> bool:
        """Whether a block goes on at the top of the next page."""
        if line.page != block.last.page + 1 or block.last.size > self._usual.size + 0.6:
            return False
        if not _SENTENCE_END.search(block.texts[-1]):
            return not (block.item and line.left < (block.hanging or block.last.left) - 4) or text[0].islower()
        indented = block.hanging is not None and block.lines[0].left < block.hanging - 4
        return bool(block.label) and indented and block.hanging is not None and abs(line.left - block.hanging) < 4


def _in_column(block: Sequence[PdfLine], line: PdfLine) -> bool:
    """Whether a line stands below a block's lines, or goes on beside the last of them: not in another cell of a row."""
    last = block[-1]
    if abs(line.baseline - last.baseline) < SAME_LINE:
        return line.left - last.left >= 0 and line.left - last.right < CELL_GAP * line.size
    return line.left < max(each.right for each in block) and line.right > min(each.left for each in block)


def _footnotes(lines: Sequence[PdfLine], usual: Typography) -> list[PdfLine]:
    """Small print at the foot of a page: smaller lines below the last line of the usual size."""
    body = [line.baseline for line in lines if line.size >= usual.size - 0.9]
    floor = max(body, default=0.0)
    return [line for line in lines if line.size < usual.size - 0.9 and line.baseline > floor and line.box.y0 > 0.4]


def _drafts(blocks: list[_Open | Draft], body: float) -> list[Draft]:
    """Turn gathered blocks into drafts, headings with their level."""
    ranks = {
        id(block): rank
        for block in blocks
        if isinstance(block, _Open) and block.may_be_title and (rank := title_rank(block.text, block.lines, body))
    }
    titles = [block for block in blocks if isinstance(block, _Open) and id(block) in ranks]
    found = title_levels([(block.text, ranks[id(block)]) for block in titles])
    levels = {id(block): level for block, level in zip(titles, found, strict=True)}
    return [block if isinstance(block, Draft) else _draft(block, levels.get(id(block))) for block in blocks]


def _draft(block: _Open, level: int | None) -> Draft:
    pieces = tuple(Piece(text, line.page, line.box) for text, line in zip(block.texts, block.lines, strict=True))
    if block.note:
        return Draft(BlockKind.FOOTNOTE, pieces)
    if level:
        return Draft(BlockKind.HEADING, pieces, level=level)
    kind = BlockKind.LIST_ITEM if block.item else BlockKind.TABLE if block.cell else BlockKind.PARAGRAPH
    return Draft(kind, pieces, label=block.label)
