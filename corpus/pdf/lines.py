"""Reads the lines of a PDF page from PDFium's data on its characters: text, box, size, weight and baseline.

Only ``corpus.pdfium``, this module and :mod:`corpus.pdf.pdf_file`, which holds the lock, import pypdfium2.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from operator import sub
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus import ticks
from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.measures import CELL_GAP, SAME_LINE
from corpus.pdf.bullets import Dot, with_bullets
from corpus.pdf.control_codes import without_control_codes
from corpus.pdf.gaps import Repair, place_before, repaired, space_repairs
from corpus.pdf.letters import with_letters_joined
from corpus.pdf.raised_figures import with_raised_figures
from corpus.pdf.runs import TWO_LINES, plain_lines
from corpus.pdfium.forms import Printed, Value, places_of, rows_of
from corpus.pdfium.hiding.hidden_letters import HiddenLetters
from corpus.pdfium.pages import PageText
from corpus.pdfium.raw_calls import Four, TextCalls
from corpus.pdfium.strikes import STRUCK, Rule, Rules, Word, struck_out, words_in
from corpus.types import Box

_LETTER = re.compile(r"[^\W\d_]")
_LABEL = re.compile(r"\W*+(?:(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:\.\d{1,2})?[.)]?)?\W*+$|.*:\s*$", re.IGNORECASE)
"""A number, bullet or label with a colon, which belongs with the text after the gap."""
_PAGE_NUMBER = re.compile(r"\W*+\d{0,3}\W*+$")
"""The page number of an entry in a table of contents, which belongs with the text before the gap."""
_ENDS_IN_NUMBER = re.compile(r"\W*+\d{1,3}\W*+$")
_LEAST_GAP = 5.0
"""Smallest gap that may separate cells, in points, however small the letters are. Chosen by eye."""
_NEXT_LINE = 0.7
"""Smallest step down to another line, as a share of the size of its letters. Footnote marks are closer to their line.
Chosen by eye."""
_BACK = 3.0
"""Smallest step back to the left that starts another line, in multiples of the size of the letters. Chosen by eye."""
_BOLD = 600
"""Fonts of at least this weight are bold. In CSS and OpenType, 400 is regular and 700 is bold."""
_TO_HYPHEN = re.compile(rf"[^{LINE_BREAK_HYPHEN}]*{LINE_BREAK_HYPHEN}|[^{LINE_BREAK_HYPHEN}]+")
"""A line that ends at a line-break hyphen, or what is left after the last one."""
NEW_LINE = "\r\n"
"""The characters that PDFium returns between lines."""
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The codes that UTF-16 uses in pairs for characters beyond the first 65,536, such as emoji."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line as printed on the page. Sizes and places are in points, and ``baseline`` is measured from the top."""

    text: str
    box: Box
    size: float
    bold: bool
    left: float
    right: float
    baseline: float
    figure_gap: tuple[float, float] | None = None
    """The edges of a wide gap before a number that ends the line, if there is one. The number may be a cell of a
    table."""
    column: int = 0
    """Number of the column of running text that the line is in, from 1. It is 0 if the page has no such columns."""
    slanted: bool = False
    """Whether the line is slanted, as the words of a stamp are, on a page of mostly level text."""
    is_value: bool = False
    """Whether the line is in a form field."""
    repairs: tuple[Repair, ...] = ()
    """The spaces that only this text or only PDFium's text has. Their places are counted from the line's start."""

    @property
    def length_in_text(self) -> int:
        """Number of characters that the line has in PDFium's text of the page."""
        return place_before(len(self.text), self.repairs)

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return self.box.page


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its lines in the order of its content, its size in points, and its text exactly as PDFium returns it."""

    number: int
    width: float
    height: float
    text: str
    lines: tuple[PdfLine, ...]
    struck: bool = False
    """Whether words are struck out. Each of their letters is the character ``STRUCK`` in the text and the lines."""
    covered: bool = False
    """Whether we left out words because a box covers them."""
    has_pictures: bool = True
    """Whether the page contains a picture. True if we do not know."""
    unchecked: bool = False
    """Whether we could not look for words that nobody sees, because the page takes too long to draw."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page: ``[start, end)`` of the page's text, and the line's box."""

    start: int
    end: int
    box: Box


def placed_lines(sheet: Sheet) -> Iterator[PlacedLine]:
    """Yield the lines of a page with their places in its text. Each cell of a row is a line."""
    for start, line in sheet.lines():
        yield PlacedLine(start, start + line.length_in_text, line.box)


def read_page(loaded: PageText, number: int) -> PdfPage:
    """Read one loaded page and close it."""
    try:
        width, height = loaded.page.get_size()
        sheet = Sheet(loaded, number)
        read = [line for _, line in sheet.lines()]
        lines = tuple(with_bullets(with_letters_joined(read), sheet.dots()))
    finally:
        loaded.close()
    return PdfPage(
        number,
        width,
        height,
        sheet.text,
        lines,
        struck=sheet.struck,
        covered=loaded.covered or sheet.covered,
        has_pictures=loaded.has_pictures,
        unchecked=loaded.unchecked,
    )


def _characters(textpage: pdfium.PdfTextPage) -> str:
    """Return a page's text, in which character i is PDFium's character i.

    The text from PDFium's own call may differ.
    """
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return without_control_codes(text)
    codes = [raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    around = zip([0, *codes[:-1]], codes, [*codes[1:], 0], strict=True)
    return without_control_codes("".join(_character(code, before, after) for before, code, after in around))


def _character(code: int, before: int, after: int) -> str:
    """Return the text for one of PDFium's codes, given the codes next to it. A code may be half of a pair."""
    if code in _FIRST_HALVES:
        return chr(0x10000 + ((code - 0xD800) << 10) + (after - 0xDC00)) if after in _SECOND_HALVES else "\ufffd"
    if code in _SECOND_HALVES:
        return "\u200b" if before in _FIRST_HALVES else "\ufffd"
    return chr(code) if code else " "


def _physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and text of each line that is not blank. A line also ends at a line-break hyphen."""
    start = 0
    for row in text.replace("\r", "\n").split("\n"):
        for line in _TO_HYPHEN.findall(row) if LINE_BREAK_HYPHEN in row else (row,):
            if line and not line.isspace():
                yield start, line
            start += len(line)
        start += 1


class _Cell(NamedTuple):
    """A part of a printed line between wide gaps.

    ``start`` is its offset in PDFium's text. Its edges are in PDF units. They are None if PDFium gives it no place.
    """

    start: int
    text: str
    edges: Four | None
    figure_gap: tuple[float, float] | None = None
    """The edges of a wide gap before a number that ends the line, if there is one."""


class _Part(NamedTuple):
    """A part of a page's text: the value of a form field, or a part of PDFium's text.

    ``start`` is its offset in the page's text. ``shift`` is the difference between this offset and that in PDFium's
    text.
    """

    start: int
    shift: int
    value: PdfLine | None


class Sheet:
    """One loaded page, and PDFium's data on its characters, in fractions of the page as displayed.

    The page's ``text`` is that of PDFium, with the values of form fields inserted at their places. The letters of words
    that are ``struck`` out are replaced, so that no quote contains such words or goes over them.
    """

    def __init__(self, text: PageText, number: int) -> None:
        self._calls = TextCalls(text.textpage, scaled=text.scaled)
        self._number = number
        self._width, self._height = text.size
        self._shown, self._upright = text.shown, text.upright
        self._spoken, self._drawn_twice = text.spoken, text.bold
        self._dots = text.dots
        self._slants = text.slants
        self.text = _characters(text.textpage)
        if any("wingdings" in self._font_of(code.start()) for code in ticks.CODES.finditer(self.text)):
            self.text = ticks.with_ticks(self.text)
        is_level = self._upright.of_y == 0 and self._upright.by_x > 0
        self.text = with_raised_figures(self._calls, self.text, self._baseline)
        self._repairs = space_repairs(self._calls, self.text) if is_level else []
        self._parts = [_Part(0, 0, None)]
        self._read: dict[tuple[int, int], list[PdfLine]] = {}
        """The lines that we read to find struck-out words, by their position in PDFium's text."""
        self.covered = text.hidden is not None and self._black_out(text.hidden, text.textpage)
        self.struck = bool(text.rules) and self._strike_out(text.rules)
        if text.values:
            self._insert(text.values)
        self._starts = [part.start for part in self._parts]

    def lines(self) -> list[tuple[int, PdfLine]]:
        """Return the lines of the page, each with its offset in the page's text. Each cell of a row is a line."""
        found: list[tuple[int, PdfLine]] = []
        for start, _, lines in self._printed():
            at = start
            for line in lines:
                found.append((at, line))
                at += line.length_in_text
        return found

    def _printed(self) -> list[tuple[int, str, list[PdfLine]]]:
        """Return each printed line: its offset in the page's text, its text, and the lines of its cells."""
        printed: list[tuple[int, str, list[PdfLine]]] = []
        unread: list[tuple[list[PdfLine], int, str]] = []
        for start, text in _physical_lines(self.text):
            part = self._part(start)
            at = start - part.shift
            lines = [part.value] if part.value else self._read.get((at, len(text)), [])
            if not lines:
                unread.append((lines, at, text))
            printed.append((start, text, lines))
        rows = self._cells([(start, text) for _, start, text in unread])
        read = iter(self._lines([cell for cells in rows for cell in cells]))
        for (lines, _, _), cells in zip(unread, rows, strict=True):
            lines += islice(read, len(cells))
        return printed

    def _cells(self, lines: Sequence[tuple[int, str]]) -> list[list[_Cell]]:
        """Return the parts between wide gaps of each printed line, which are the cells of a row.

        PDFium may join two lines if the first one is short. We separate these first.
        """
        if self._slants:
            return [
                [
                    cell
                    for begin, run in self._by_slant(start, text)
                    for cell in self._cells_of_run(begin, run, self._rects(begin, len(run)))
                ]
                for start, text in lines
            ]
        least = self._least_gap()
        if self._spoken or least is None:
            return [self._cells_of_run(start, text, self._rects(start, len(text))) for start, text in lines]
        rects, counts = self._calls.rects_of([(start, len(text)) for start, text in lines])
        plain = plain_lines(rects, counts, least)
        found: list[list[_Cell]] = []
        for (start, text), edges, count, end in zip(lines, plain, counts, accumulate(counts), strict=True):
            if edges:  # as for most lines
                found.append([_Cell(start, text, edges)])
            else:
                runs = [(left, bottom, right, top) for left, bottom, right, top in rects[end - count : end].tolist()]
                found.append(self._cells_of_run(start, text, runs))
        return found

    def _cells_of_run(self, start: int, text: str, rects: list[Four]) -> list[_Cell]:
        if len(rects) > 1 and _are_below_each_other(rects):
            lines = [(at, words, self._rects(at, len(words))) for at, words in self._by_baseline(start, text)]
            return [cell for line in lines for cell in self._between_gaps(*line)]
        return self._between_gaps(start, text, rects)

    def _by_slant(self, start: int, text: str) -> Iterator[tuple[int, str]]:
        """Split a text where level words meet slanted ones, such as those of a stamp that the file draws next."""
        begin, before = 0, None
        for place, character in enumerate(text):
            if character.isspace():
                continue
            slanted = self._calls.is_slanted(start + place)
            if before is not None and slanted != before:
                yield start + begin, text[begin:place]
                begin = place
            before = slanted
        yield start + begin, text[begin:]

    def _by_baseline(self, start: int, text: str) -> Iterator[tuple[int, str]]:
        """Split a text at each step down to another line.

        A small step is enough if the text goes back to the left, as it does from one column to another.
        """
        begin, before, right = 0, None, 0.0
        for place, character in enumerate(text):
            if character.isspace():
                continue
            x, y = self._calls.origin(start + place)
            baseline = self._upright.down(x, y) * self._height
            left, size = self._across(x, y, x, y)[0], self._calls.size(start + place)
            least = SAME_LINE if left < right - _BACK * size else _NEXT_LINE * size
            if before is not None and baseline - before > least:
                yield start + begin, text[begin:place]
                begin = place
            before, right = baseline, left
        yield start + begin, text[begin:]

    def _between_gaps(self, start: int, text: str, rects: list[Four]) -> list[_Cell]:
        gaps = self._gaps(rects, start, text)
        if not gaps:
            return [_Cell(start, text, _around(rects))]
        ends: list[tuple[int, float]] = []
        begin = index = 0
        number_gap: float | None = None
        for gap in gaps:
            index = self._first_right_of(gap, start, text, index)
            if are_cells(text, begin, index):
                ends.append((index, gap))
                begin = index
            elif _ENDS_IN_NUMBER.match(text, index) and _LETTER.search(text, begin, index):
                number_gap = gap
        cells: list[list[Four]] = [[] for _ in range(len(ends) + 1)]
        edges = [gap for _, gap in ends]
        for rect in rects:
            cells[bisect_right(edges, self._across(*rect)[0])].append(rect)
        borders = [0, *(end for end, _ in ends), len(text)]
        found = [
            _Cell(start + begin, text[begin:end], _around(cell))
            for (begin, end), cell in zip(pairwise(borders), cells, strict=True)
        ]
        if number_gap is not None:
            runs = [self._across(*rect) for rect in cells[-1]]
            found[-1] = found[-1]._replace(figure_gap=_edges_of(runs, number_gap))
        return found

    def dots(self) -> list[Dot]:
        """Return the small shapes on the page that may be bullets."""
        width, height = self._width, self._height
        places = (self._upright.place(*edges) for edges in self._dots)
        return [Dot(x0 * width, x1 * width, (y0 + y1) / 2 * height) for x0, y0, x1, y1 in places]

    def boxes(self, start: int, count: int) -> list[Box]:
        """Return the boxes of the runs in characters ``[start, start + count)``."""
        found: list[Box] = []
        starts = self._starts
        for place in range(bisect_right(starts, start) - 1, len(starts)):
            part, ends = self._parts[place], starts[place + 1] if place + 1 < len(starts) else len(self.text)
            first, last = max(start, part.start), min(start + count, ends)
            if first >= start + count:
                break
            if part.value:
                found.append(part.value.box)
            else:
                rects = self._rects(first - part.shift, last - first)
                found += self._shown.boxes(self._number, rects) if rects else []
        return found

    def _font_of(self, index: int) -> str:
        return self._calls.font_name(index).decode("latin-1").lower()

    def _black_out(self, hidden: HiddenLetters, textpage: pdfium.PdfTextPage) -> bool:
        """Replace the letters of words that a box hides completely or in part, and return whether there are any."""
        item_of, edges_of = self._calls.text_object, textpage.get_charbox
        words = [
            word
            for start, text in _physical_lines(self.text)
            for word in hidden.words(start, text, item_of, edges_of, self._shown.place)
        ]
        if not any(has_letters for _, _, has_letters in words):
            return False
        self._replace_letters((start, end) for start, end, _ in words)
        return True

    def _replace_letters(self, words: Iterable[tuple[int, int]]) -> None:
        letters = list(self.text)
        for start, end in words:
            for place in range(start, end):
                letters[place] = STRUCK if letters[place] != LINE_BREAK_HYPHEN else LINE_BREAK_HYPHEN
        self.text = "".join(letters)

    def _strike_out(self, places: Sequence[Four]) -> bool:
        """Replace the letters of the words that lines strike out, and return whether there are any."""
        width, height = self._width, self._height
        edges = (self._upright.place(*place) for place in places)
        rules = Rules(
            Rule(x0 * width, x1 * width, (y0 + y1) / 2 * height, (y1 - y0) * height) for x0, y0, x1, y1 in edges
        )
        near: list[tuple[list[Word], list[Rule]]] = []
        for start, text, cells in self._printed():
            self._read[start, len(text)] = cells
            left, right = min(cell.left for cell in cells), max(cell.right for cell in cells)
            rows = {(cell.baseline, cell.size) for cell in cells}
            if found := sorted({rule for row in rows for rule in rules.near(left, right, *row)}):
                near.append((self._words(start, text), found))
        chosen = rules.without_ruling(
            rule for words, found in near for _, over in struck_out(words, found) for rule in over
        )
        if not chosen:
            return False
        self._replace_letters(
            (word.start, word.end)
            for words, found in near
            for word, _ in struck_out(words, [rule for rule in found if rule in chosen])
        )
        self._read.clear()
        return True

    def _words(self, start: int, text: str) -> list[Word]:
        """Return the words of a printed line and their positions, from left to right."""
        words = []
        for begin, end, has_letters in words_in(text):
            x, y = self._calls.origin(start + begin)
            baseline = self._upright.down(x, y) * self._height
            across = [self._across(*rect) for rect in self._rects(start + begin, end - begin)] or [
                self._across(x, y, x, y)
            ]
            left, right = min(left for left, _ in across), max(right for _, right in across)
            size = self._calls.size(start + begin)
            words.append(Word(start + begin, start + end, left, right, baseline, size, has_letters))
        return sorted(words, key=lambda word: word.left)

    def _insert(self, values: Sequence[Value]) -> None:
        """Put the values of form fields into the text, each on lines of its own."""
        printed = [
            Printed(line.left, line.right, line.baseline, line.size, start, start + line.length_in_text)
            for start, line in self.lines()
        ]
        width, height = self._width, self._height
        places = [self._upright.place(*value.edges) for value in values]
        fields = [(x0 * width, x1 * width, y0 * height, y1 * height) for x0, y0, x1, y1 in places]
        chosen = list(places_of(fields, printed, [value.is_box for value in values]))
        ends = [(before.start if is_first else before.end) if before else 0 for before, is_first in chosen]
        order = sorted(range(len(values)), key=lambda number: (ends[number], fields[number][2], fields[number][0]))
        pieces: list[str] = []
        length = done = 0
        for number in order:
            end, value, field = ends[number], values[number], fields[number]
            pieces.append(self.text[done:end])
            length += end - done
            done = end
            for row, line in enumerate(self._lines_of(value, field, chosen[number][0])):
                piece = f"{'' if row else NEW_LINE}{line.text}{NEW_LINE}"
                self._parts.append(_Part(length, 0, line))
                pieces.append(piece)
                length += len(piece)
            self._parts.append(_Part(length, length - end, None))
        pieces.append(self.text[done:])
        self.text = "".join(pieces)

    def _lines_of(self, value: Value, field: Four, near: Printed | None) -> Iterator[PdfLine]:
        """Yield the lines of a form field. ``near`` is the printed line next to which it is."""
        left, right, *_ = field
        box = self._shown.box(self._number, *value.edges)
        for text, baseline, size in rows_of(value, field, near):
            yield PdfLine(text, box, size, False, left, right, baseline, is_value=not value.is_box)

    def _part(self, place: int) -> _Part:
        """Return the part of the text that contains the given offset."""
        if len(self._parts) == 1:  # as on nearly all pages
            return self._parts[0]
        return self._parts[bisect_right(self._starts, place) - 1]

    def _rects(self, start: int, count: int) -> list[Four]:
        rects = self._calls.rects(start, count)
        if self._spoken:
            items = {self._calls.text_object(index) for index in range(start, start + count)}
            rects += {self._spoken[item] for item in items if item in self._spoken}
        return rects

    def _lines(self, cells: Sequence[_Cell]) -> list[PdfLine]:
        """Return the line that each cell makes. PDFium is asked about all of them together, which is faster."""
        if not cells:
            return []
        firsts, middles, lasts = zip(*(_probes(cell.start, cell.text) for cell in cells), strict=True)
        origins = self._calls.origins(middles).tolist()
        sizes = map(max, *map(self._calls.sizes, (firsts, middles, lasts)))
        edges = [cell.edges or (x, y, x, y) for cell, (x, y) in zip(cells, origins, strict=True)]
        boxes = self._shown.boxes(self._number, edges)
        frame, width = self._upright, self._width
        if frame is self._shown:
            sides = [(box.x0 * width, box.x1 * width) for box in boxes]
        else:
            sides = [self._across(*edge) for edge in edges]
        lines = []
        for cell, box, size, starts_bold, middle, (left, right), (x, y) in zip(
            cells, boxes, sizes, self._are_bold(firsts), middles, sides, origins, strict=True
        ):
            text, repairs = repaired(cell.text, cell.start, self._repairs) if self._repairs else (cell.text, ())
            line = PdfLine(
                text=text,
                box=box,
                size=round(size, 1),
                bold=starts_bold and self._are_bold([middle])[0],
                left=left,
                right=right,
                baseline=frame.down(x, y) * self._height,
                figure_gap=cell.figure_gap,
                slanted=self._slants and self._calls.is_slanted(middle),
                repairs=repairs,
            )
            lines.append(line)
        return lines

    def _gaps(self, rects: Sequence[Four], start: int, text: str) -> list[float]:
        """Return the middle of each gap between runs that is wide enough to separate cells, from left to right."""
        if len(rects) < 2:
            return []
        least = self._least_gap()
        if least is not None and not _has_gap(rects, least):
            return []  # as on most lines
        runs = sorted([self._across(*rect) for rect in rects])
        edges = accumulate((right for _, right in runs), max)
        gaps = [(edge, left) for edge, (left, _) in zip(edges, runs[1:], strict=False) if left - edge > _LEAST_GAP]
        if not gaps:
            return []
        width = CELL_GAP * max(self._calls.size(index) for index in _probes(start, text))
        return [(edge + left) / 2 for edge, left in gaps if left - edge > width]

    def _least_gap(self) -> float | None:
        """Return the smallest gap that may separate cells, in PDF units. None if the text does not run along a row."""
        frame = self._upright
        return _LEAST_GAP / (frame.by_x * self._width) if frame.of_y == 0 and frame.by_x > 0 else None

    def _first_right_of(self, x: float, start: int, text: str, since: int) -> int:
        """Return the position, from ``since``, of a line's first visible character that starts at or beyond ``x``."""
        for place in range(since, len(text)):
            at = self._calls.origin(start + place)
            if not text[place].isspace() and self._across(*at, *at)[0] >= x:
                return place
        return len(text)

    def _baseline(self, index: int) -> float:
        """Return the distance of a character's baseline from the top of the page, in points."""
        return self._upright.down(*self._calls.origin(index)) * self._height

    def _across(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
        """Return the left and right edges on the page as displayed, in points."""
        frame = self._upright
        one = frame.x + left * frame.by_x + bottom * frame.of_y
        two = frame.x + right * frame.by_x + top * frame.of_y
        return (one * self._width, two * self._width) if one <= two else (two * self._width, one * self._width)

    def _are_bold(self, indexes: Sequence[int]) -> list[bool]:
        """Return whether each character is bold: by the weight or the name of its font, or because it is drawn twice.

        Most programs other than Word give every font the same weight.
        """
        twice = self._drawn_twice
        return [
            bool(twice and self._calls.text_object(index) in twice)
            or weight >= _BOLD
            or b"bold" in self._calls.font_name(index).lower()
            for index, weight in zip(indexes, self._calls.weights(indexes), strict=True)
        ]


def _edges_of(runs: Sequence[tuple[float, float]], gap: float) -> tuple[float, float]:
    """Return the left and right edges of the gap between runs that has the given middle."""
    before = max((right for left, right in runs if left < gap), default=gap)
    return before, min((left for left, _ in runs if left > gap), default=gap)


def _probes(start: int, text: str) -> tuple[int, int, int]:
    """Return the positions of a line's first letter, and of its middle and last visible characters.

    They show the line's size and weight. One character is not enough, because a line may have a large bullet or a tiny
    footnote mark.
    """
    last = start + len(text.rstrip()) - 1
    if text[0].isalpha():  # as on most lines
        first = 0
    else:
        letter = _LETTER.search(text)
        first = letter.start() if letter else len(text) - len(text.lstrip())
    return start + first, (start + last) // 2, last


def are_cells(text: str, begin: int, end: int) -> bool:
    """Return whether the parts of a line from ``begin`` and from ``end`` are cells.

    A label and its text are not cells, nor are an entry and its page number.
    """
    return end < len(text) and not _LABEL.match(text, begin, end) and not _PAGE_NUMBER.match(text, end)


def _has_gap(rects: Sequence[Four], least: float) -> bool:
    """Return whether any gap between rectangles is wider than ``least``.

    The rectangles are ordered from left to right.
    """
    start, _, edge, _ = rects[0]
    for left, _, right, _ in rects:
        if left < start:
            return _has_gap(sorted(rects), least)
        if left - edge > least:
            return True
        start = left
        if right > edge:
            edge = right
    return False


def _around(rects: Sequence[Four]) -> Four | None:
    """Return the edges of the rectangle that encloses others, or None if there are none."""
    if len(rects) < 2:
        return rects[0] if rects else None
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _are_below_each_other(rects: Sequence[Four]) -> bool:
    """Return whether rectangles together are as high as two lines."""
    _, bottoms, _, tops = zip(*rects, strict=True)
    extent: float = max(tops) - min(bottoms)
    if extent <= TWO_LINES * (tops[0] - bottoms[0]):  # as on nearly all lines
        return False
    largest: float = max(map(sub, tops, bottoms))
    return extent > TWO_LINES * largest
