"""Makes lines of a page's characters: their text, box, size, weight and baseline.

The letters of words that nobody sees or that are struck out are replaced, and the values of form fields are put into
the text at their places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import pypdfium2 as pdfium

from corpus import ticks
from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.pdf.lines import PdfLine, PdfPage, PlacedLine
from corpus.pdf.sheets.bullets import Dot, with_bullets
from corpus.pdf.sheets.cells import Cell, CellCutter, probes
from corpus.pdf.sheets.characters import NEW_LINE, characters_of, physical_lines
from corpus.pdf.sheets.gaps import repaired, space_repairs
from corpus.pdf.sheets.letters import with_letters_joined
from corpus.pdf.sheets.raised_figures import with_raised_figures
from corpus.pdf.sheets.ruler import Ruler
from corpus.pdfium.forms import Printed, Value, places_of, rows_of
from corpus.pdfium.hiding.hidden_letters import HiddenLetters
from corpus.pdfium.pages import PageText
from corpus.pdfium.raw_calls import Four
from corpus.pdfium.strikes import STRUCK, Rule, Rules, Word, struck_out, words_in
from corpus.types import Box

_BOLD = 600
"""Fonts of at least this weight are bold. In CSS and OpenType, 400 is regular and 700 is bold."""


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
        recognised=loaded.recognised,
        unchecked=loaded.unchecked,
    )


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
        self._ruler = Ruler(text)
        self._calls = self._ruler.calls
        self._number = number
        self._width, self._height = text.size
        self._shown, self._upright = text.shown, text.upright
        self._drawn_twice = text.bold
        self._dots = text.dots
        self._slants = text.slants
        self._cutter = CellCutter(self._ruler, slants=text.slants)
        self.text = characters_of(text.textpage)
        if any("wingdings" in self._font_of(code.start()) for code in ticks.CODES.finditer(self.text)):
            self.text = ticks.with_ticks(self.text)
        self.text = with_raised_figures(self._calls, self.text, self._ruler.baseline)
        self._repairs = space_repairs(self._calls, self.text) if self._ruler.is_level else []
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
        for start, text in physical_lines(self.text):
            part = self._part(start)
            at = start - part.shift
            lines = [part.value] if part.value else self._read.get((at, len(text)), [])
            if not lines:
                unread.append((lines, at, text))
            printed.append((start, text, lines))
        rows = self._cutter.cells([(start, text) for _, start, text in unread])
        read = iter(self._lines([cell for cells in rows for cell in cells]))
        for (lines, _, _), cells in zip(unread, rows, strict=True):
            lines += islice(read, len(cells))
        return printed

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
                rects = self._ruler.rects(first - part.shift, last - first)
                found += self._shown.boxes(self._number, rects) if rects else []
        return found

    def _font_of(self, index: int) -> str:
        return self._calls.font_name(index).decode("latin-1").lower()

    def _black_out(self, hidden: HiddenLetters, textpage: pdfium.PdfTextPage) -> bool:
        """Replace the letters of words that a box hides completely or in part, and return whether there are any."""
        item_of, edges_of = self._calls.text_object, textpage.get_charbox
        words = [
            word
            for start, text in physical_lines(self.text)
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
            across = [self._ruler.across(*rect) for rect in self._ruler.rects(start + begin, end - begin)] or [
                self._ruler.across(x, y, x, y)
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
        if len(self._parts) == 1:  # true of nearly all pages
            return self._parts[0]
        return self._parts[bisect_right(self._starts, place) - 1]

    def _lines(self, cells: Sequence[Cell]) -> list[PdfLine]:
        """Return the line that each cell makes. PDFium is asked about all of them together, which is faster."""
        if not cells:
            return []
        firsts, middles, lasts = zip(*(probes(cell.start, cell.text) for cell in cells), strict=True)
        origins = self._calls.origins(middles).tolist()
        sizes = map(max, *map(self._calls.sizes, (firsts, middles, lasts)))
        edges = [cell.edges or (x, y, x, y) for cell, (x, y) in zip(cells, origins, strict=True)]
        boxes = self._shown.boxes(self._number, edges)
        frame, width = self._upright, self._width
        if frame is self._shown:
            sides = [(box.x0 * width, box.x1 * width) for box in boxes]
        else:
            sides = [self._ruler.across(*edge) for edge in edges]
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

    def _are_bold(self, indexes: Sequence[int]) -> list[bool]:
        """Return whether each character is bold: by the weight or the name of its font, or because it is drawn twice.

        Most programs other than Word give every font the same weight. If a weight is that of bold letters, the file
        says which fonts are bold, and we do not need their names.
        """
        twice, weights = self._drawn_twice, self._calls.weights(indexes)
        says = max(weights, default=0) >= _BOLD
        return [
            bool(twice and self._calls.text_object(index) in twice)
            or weight >= _BOLD
            or (not (says and weight > 0) and b"bold" in self._calls.font_name(index).lower())
            for index, weight in zip(indexes, weights, strict=True)
        ]
