"""Turns the words in the picture of a page into lines like those of any PDF, in reading order.

Tesseract's own order is different from the order of a report: it puts paragraph numbers into a block of their own, and
a grade after the first line of its row. So lines are put in order by their places on the page. The rest of the reader
then finds headings, paragraphs, tables and page furniture as it does on other pages.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from corpus.measures import CELL_GAP
from corpus.pdf.lines import PdfLine
from corpus.pdf.sheets.cells import are_cells
from corpus.scans.ink import Ink, Rectangle, is_bullet_mark, stroke
from corpus.scans.recognition import SeenWord
from corpus.scans.tilt import Straight
from corpus.types import Box, RecognisedPage, RecognisedWord

_POINTS = 72
"""Points of a PDF in an inch."""
_RULE = re.compile(r"^[|¦_—–\-=~]+$")
"""What Tesseract makes of a line that is ruled on the page."""
_LEAST_LINE = 40
"""A line is left out if its words are less certain than this on average: it is a logo or a signature. Chosen by eye."""
_SAME_ROW = 0.5
"""Lines are in the same row if their baselines differ by less than this share of the size of their letters."""
_TILT_WORDS = 4
"""Number of words that a line must have to show the tilt of a page."""
_PROSE = 3
"""Number of words that a line of running text has in a column, at least. Chosen by eye."""
_COLUMN_ROWS = 4
"""Number of rows with running text on both sides of a gap that make columns. Chosen by eye."""
_NEXT_LINE = 1.7
"""Lines of a column are no further apart than this many times the size of their letters. Chosen by eye."""
_TALL, _LOW, _BOTH = 0.73, 0.53, 0.94
"""Height of a word with tall letters, with low letters only, and with tall letters and tails, as a share of the size of
its font. These are about right for Arial, Calibri and Times."""
_TAILS = frozenset("gjpqyQ,;()[]")
_TALL_LETTERS = re.compile(r"[A-Zbdfhklti\d()\[\]’‘“”'\"?!/£%&]")
_TAIL = 0.21
"""How far tails reach below the baseline, as a share of the size of the font."""
_STEP = 1.2
"""Sizes are rounded to powers of this number times the size of the text, because measured sizes vary by 5%."""
_BOLD = 1.3
"""Bold strokes are at least this many times as long as those of the text. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its place on the upright page, in points, and its box on the page as it is."""

    text: str
    confidence: int
    left: float
    right: float
    middle: float
    baseline: float
    size: float
    stroke: float
    line: tuple[int, int, int]
    box: Box
    is_mark: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    """A line, or one cell of a line."""

    words: tuple[_Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def baseline(self) -> float:
        return statistics.median(word.baseline for word in self.words)

    @property
    def size(self) -> float:
        return statistics.median(word.size for word in self.words if not word.is_mark or len(self.words) == 1)

    @property
    def stroke(self) -> float:
        return statistics.median(word.stroke for word in self.words)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page that was read from its picture, as lines for the reader and as words for the index."""

    lines: tuple[PdfLine, ...]
    page: RecognisedPage


def read_words(words: Sequence[SeenWord], ink: Ink, dpi: int, number: int, straight: Straight) -> ScannedPage:
    """Return the lines and words of page ``number``. The words were seen in a straight picture with this ink."""
    upright = _upright(words, ink, dpi, [_box(word, straight, number) for word in words])
    rows = _rows([line for line in _lines(upright) if _is_text(line)])
    segments = list(_in_order([_segments(row) for row in rows]))
    lines = tuple(_line(segment) for segment in segments)
    kept = tuple(
        RecognisedWord(word.text, word.confidence, word.box, ends_line=index == len(segment.words) - 1)
        for segment in segments
        for index, word in enumerate(segment.words)
    )
    return ScannedPage(_with_weights(lines, segments), RecognisedPage(number, kept))


def even_sizes(lines: Sequence[PdfLine], *, least: float = 0.5) -> list[PdfLine]:
    """Round the sizes of a document's lines, so that lines in the same font have the same size.

    The size of the text stays as measured. Other sizes become that size times a power of 1.2. Lines that are less than
    ``least`` of a power larger or smaller have the size of the text.
    """
    if not lines:
        return []
    text = _weighted_median([(line.size, len(line.text)) for line in lines])
    powers = (math.log(line.size / text, _STEP) for line in lines)
    steps = (0 if abs(power) < least else round(power) for power in powers)
    return [replace(line, size=round(text * _STEP**step, 1)) for line, step in zip(lines, steps, strict=True)]


def _turns(words: Sequence[SeenWord]) -> int:
    """Return how many quarter turns, anticlockwise, make the page upright. The order of words in lines shows it."""
    across = down = 0.0
    for before, after in pairwise(words):
        if before.line == after.line:
            across += (after.left + after.right) - (before.left + before.right)
            down += (after.top + after.bottom) - (before.top + before.bottom)
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 2
    return 1 if down > 0 else 3


def _upright(words: Sequence[SeenWord], ink: Ink, dpi: int, boxes: Sequence[Box]) -> list[_Word]:
    """Return words as they are on the upright page, without the tilt that is left. ``boxes`` are theirs on the page."""
    height, width = ink.shape
    turns = _turns(words)
    turned = np.rot90(ink, turns)
    places = [_turned(word, turns, width, height) for word in words]
    slope = _slope([(word.line, place) for word, place in zip(words, places, strict=True)])
    scale = _POINTS / dpi
    upright = []
    for word, place, box in zip(words, places, boxes, strict=True):
        size, tail = _size_and_tail(word.text, place.bottom - place.top)
        middle, bottom = (place.left + place.right) / 2, place.bottom
        upright.append(
            _Word(
                text="•" if len(word.text) == 1 and is_bullet_mark(turned, place) else word.text,
                confidence=word.confidence,
                left=(place.left + slope * bottom) * scale,
                right=(place.right + slope * bottom) * scale,
                middle=middle * scale,
                baseline=(bottom - tail - slope * middle) * scale,
                size=size * scale,
                stroke=stroke(turned, place) * scale,
                line=word.line,
                box=box,
                is_mark=len(word.text) == 1 and is_bullet_mark(turned, place),
            )
        )
    return upright


def _turned(word: SeenWord, turns: int, width: int, height: int) -> Rectangle:
    left, top, right, bottom = word.left, word.top, word.right, word.bottom
    for _ in range(turns):
        left, top, right, bottom = top, width - right, bottom, width - left
        width, height = height, width
    return Rectangle(round(left), round(top), round(right), round(bottom))


def _slope(places: Sequence[tuple[tuple[int, int, int], Rectangle]]) -> float:
    """Return how far lines go down for each point that they go to the right. The median line counts."""
    slopes = []
    for _, group in groupby(places, key=lambda place: place[0]):
        line = [rectangle for _, rectangle in group]
        if len(line) >= _TILT_WORDS:
            xs = np.array([(one.left + one.right) / 2 for one in line])
            ys = np.array([one.bottom for one in line])
            if xs.max() > xs.min():
                slopes.append(float(np.polyfit(xs, ys, 1)[0]))
    return statistics.median(slopes) if slopes else 0.0


def _size_and_tail(text: str, height: float) -> tuple[float, float]:
    """Return the size of a word's font and how far it reaches below the baseline, given the height of its box."""
    tall, tails = bool(_TALL_LETTERS.search(text)), any(letter in _TAILS for letter in text)
    if tails:
        size = height / (_BOTH if tall else _LOW + _TAIL)
        return size, _TAIL * size
    return height / (_TALL if tall else _LOW), 0.0


def _box(word: SeenWord, straight: Straight, number: int) -> Box:
    left, top, right, bottom = straight.back(word.left, word.top, word.right, word.bottom)
    edges = left / straight.width, top / straight.height, right / straight.width, bottom / straight.height
    return Box(number, *(round(min(max(edge, 0.0), 1.0), 5) for edge in edges))


def _lines(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Yield Tesseract's lines, without the rules of tables."""
    for _, group in groupby(words, key=lambda word: word.line):
        shown = (word for word in group if not _RULE.match(word.text) or _is_dash(word))
        line = sorted(shown, key=lambda word: word.left)
        if line:
            yield line


def _is_dash(word: _Word) -> bool:
    """Return whether a word is a dash in a sentence, and not a rule."""
    return word.text in ("-", "–", "—") and word.right - word.left < 2 * word.size


def _is_text(line: Sequence[_Word]) -> bool:
    letters = sum(len(word.text) for word in line)
    certain = sum(word.confidence * len(word.text) for word in line) / letters
    return certain >= _LEAST_LINE and any(character.isalnum() for word in line for character in word.text)


def _rows(lines: Sequence[list[_Word]]) -> list[list[_Word]]:
    """Put lines with the same baseline into one row, and sort the rows from top to bottom."""
    rows: list[list[_Word]] = []
    at = 0.0
    for line in sorted(lines, key=lambda line: _Segment(tuple(line)).baseline):
        segment = _Segment(tuple(line))
        if rows and segment.baseline - at < _SAME_ROW * segment.size and not _overlaps(rows[-1], line):
            rows[-1] += line
        else:
            rows.append(list(line))
            at = segment.baseline
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _overlaps(row: Sequence[_Word], line: Sequence[_Word]) -> bool:
    """Return whether a line lies over words of a row, so that it cannot be part of the row."""
    first, last = min(word.left for word in line), max(word.right for word in line)
    return any(word.left < last - word.size and word.right > first + word.size for word in row) and not _fits(row, line)


def _fits(row: Sequence[_Word], line: Sequence[_Word]) -> bool:
    """Return whether the words of a line lie in the gaps between the words of a row."""
    spans = sorted([(word.left, word.right) for word in (*row, *line)])
    return all(after[0] > before[1] - 1 for before, after in pairwise(spans))


def _segments(row: Sequence[_Word]) -> list[_Segment]:
    """Cut a row into cells at its wide gaps."""
    segments: list[list[_Word]] = [[row[0]]]
    size = _Segment(tuple(row)).size
    for before, word in pairwise(row):
        wide = word.left - before.right > CELL_GAP * size
        cell = " ".join(one.text for one in segments[-1])
        rest = " ".join(other.text for other in row if other.left >= word.left)
        if wide and are_cells(f"{cell} {rest}", 0, len(cell)):
            segments.append([])
        segments[-1].append(word)
    return [_Segment(tuple(words)) for words in segments]


def _in_order(rows: Sequence[list[_Segment]]) -> Iterator[_Segment]:
    """Yield segments row by row, but column by column where several rows have running text on both sides of a gap."""
    index = 0
    while index < len(rows):
        end, edge = _columns(rows, index)
        if end > index:
            for side in (_left_of, _right_of):
                yield from _in_order([part for row in rows[index:end] if (part := side(row, edge))])
            index = end
        else:
            yield from rows[index]
            index += 1


def _left_of(row: Sequence[_Segment], edge: float) -> list[_Segment]:
    return [segment for segment in row if segment.left < edge]


def _right_of(row: Sequence[_Segment], edge: float) -> list[_Segment]:
    return [segment for segment in row if segment.left >= edge]


def _columns(rows: Sequence[list[_Segment]], start: int) -> tuple[int, float]:
    """Return where the columns that start in a row end, and the middle of the gap between the first two.

    The end is ``start`` if no columns start there.
    """
    low, high = float("-inf"), float("inf")
    end, prose = start, 0
    for index in range(start, len(rows)):
        gap = next(_prose_gaps(rows[index], low, high), None)
        if gap:
            low, high, prose, end = max(low, gap[0]), min(high, gap[1]), prose + 1, index + 1
        elif prose == 0 or not _on_one_side(rows[index], low, high):
            break
        elif end == index and _goes_on(rows[index - 1], rows[index], (low + high) / 2):
            end = index + 1
    return (end, (low + high) / 2) if prose >= _COLUMN_ROWS else (start, 0.0)


def _prose_gaps(row: Sequence[_Segment], low: float, high: float) -> Iterator[tuple[float, float]]:
    """Yield the parts between two edges of the gaps in a row that have running text on both sides."""
    for before, after in pairwise(row):
        gap = max(low, before.right), min(high, after.left)
        if gap[0] < gap[1] and len(before.words) >= _PROSE and len(after.words) >= _PROSE:
            yield gap


def _on_one_side(row: Sequence[_Segment], low: float, high: float) -> bool:
    """Return whether no segment of a row crosses the gap between two edges."""
    return not any(segment.left < low and segment.right > high for segment in row)


def _goes_on(before: Sequence[_Segment], row: Sequence[_Segment], edge: float) -> bool:
    """Return whether a row without running text on both sides continues the columns: it is just below a line."""
    if any(segment.left < edge for segment in row) and any(segment.left >= edge for segment in row):
        return True
    return row[0].baseline - before[0].baseline < _NEXT_LINE * row[0].size


def _line(segment: _Segment) -> PdfLine:
    return PdfLine(
        text=segment.text,
        box=Box.around([word.box for word in segment.words]),
        size=round(segment.size, 2),
        bold=False,
        left=segment.left,
        right=segment.right,
        baseline=segment.baseline,
    )


def _with_weights(lines: Sequence[PdfLine], segments: Sequence[_Segment]) -> tuple[PdfLine, ...]:
    """Mark the lines whose strokes are longer, for their size, than those of the text."""
    if not lines:
        return ()
    shares = [segment.stroke / segment.size for segment in segments]
    usual = _weighted_median([(share, len(line.text)) for share, line in zip(shares, lines, strict=True)])
    return tuple(replace(line, bold=share > _BOLD * usual) for line, share in zip(lines, shares, strict=True))


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    total, half = 0, sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        total += weight
        if total >= half:
            return value
    return values[-1][0]
