"""Lists what is drawn on a PDF page: its pieces of text, pictures, lines and forms. A form is a drawing inside it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus import pdf_calls
from corpus.pdf_calls import Calls, Fill, Four, Handle, Matrix

_DEEPEST = 12
"""Number of forms inside each other that we look into. PDFium has a limit of its own too. Chosen by eye."""
_BLACK: Fill = (0, 0, 0, 255)
_SQUARE = 4.0
"""Length of the squares into which we divide a page to find texts that start near each other, in points. There are two
grids of them, because two texts may be on either side of an edge."""
_ROWS = 100_000
"""A number larger than the number of squares in a column of any page."""
_UNSCALED = (1.0, 0.0, 0.0, 1.0)
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TextObject(NamedTuple):
    """A piece of text, as the file draws it."""

    item: Handle
    matrix: Matrix
    """From the text's own units to those of the page. The last two numbers are where the text starts."""
    mode: int
    """How the letters are painted: PDFium's number for filled, outlined, invisible and so on."""
    fill: Fill
    marks: tuple[Handle, ...]
    """From the outermost to the innermost."""
    within: Matrix | None
    """From the units of its form to those of the page. None if the text is not in a form."""

    @property
    def darkest(self) -> int:
        """The smallest of the red, green and blue of the letters, from 0 to 255."""
        return min(self.fill[:3])


class Drawing(NamedTuple):
    """A picture, a path or a form."""

    item: Handle
    within: Matrix | None
    inside: frozenset[Handle] = frozenset()
    """The pieces of text in a form."""


@dataclass(slots=True)
class PageObjects:
    """What is drawn on one page, in the order in which it is drawn."""

    calls: Calls = field(default_factory=Calls)
    texts: list[TextObject] = field(default_factory=list)
    unusual: list[TextObject] = field(default_factory=list)
    """The texts that are not level, black and filled, as nearly all texts are."""
    near: list[tuple[TextObject, TextObject]] = field(default_factory=list)
    """Pairs of texts that start close together."""
    scaled: bool = False
    """Whether the matrix of any text scales, turns or slants it."""
    pictures: list[Drawing] = field(default_factory=list)
    paths: list[Drawing] = field(default_factory=list)
    forms: list[Drawing] = field(default_factory=list)
    """Only the forms that contain text."""
    _marks: set[tuple[Handle, ...]] = field(default_factory=set)
    _squares: tuple[dict[int, TextObject], dict[int, TextObject]] = field(default_factory=lambda: ({}, {}))
    _names: dict[Handle, str] = field(default_factory=dict)

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> PageObjects:
        """List the objects of a loaded page."""
        found = cls()
        handle = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
        items = map(pdf_calls.object_at, repeat(handle), range(pdf_calls.count_objects(handle)))
        found._take(items, None, 0)
        return found

    def bounds(self, one: TextObject | Drawing) -> Four:
        """Return the edges of an object in the units of the page."""
        edges = self.calls.bounds(one.item)
        return edges if one.within is None else _moved(edges, one.within)

    def leave_out(self, items: Iterable[Handle]) -> None:
        """Switch off pieces of text and forms. The page's text, if it is read after that, does not contain them."""
        gone = set(items)
        if gone:
            for item in gone:
                pdf_calls.set_active(item, 0)
            gone = gone.union(*(form.inside for form in self.forms if form.item in gone))
            self.texts = [text for text in self.texts if text.item not in gone]
            self.unusual = [text for text in self.unusual if text.item not in gone]
            self.near = [pair for pair in self.near if not gone.intersection((pair[0].item, pair[1].item))]

    def marked(self, chosen: Callable[[tuple[Handle, ...]], bool]) -> list[TextObject]:
        """Return the texts whose marks are chosen. Texts with the same marks are looked at once."""
        marks = {marks for marks in self._marks if chosen(marks)}
        return [text for text in self.texts if text.marks in marks] if marks else []

    def name(self, mark: Handle) -> str:
        """Return the name of a mark, such as "Span" or "OC"."""
        if mark not in self._names:
            self._names[mark] = self.calls.mark_name(mark)
        return self._names[mark]

    def _take(self, items: Iterator[Handle], within: Matrix | None, depth: int) -> None:
        calls, texts, note = self.calls, self.texts, self._note
        matrix_of, fill_of, marks_of = calls.matrix, calls.fill, calls.marks
        render_mode = pdf_calls.render_mode
        for item in items:
            mode = render_mode(item)
            if mode >= 0:  # it is text, as nearly all objects are
                matrix = matrix_of(item)
                whole = matrix if within is None else _product(matrix, within)
                note(TextObject(item, whole, mode, fill_of(item), marks_of(item), within), whole)
                continue
            kind = pdf_calls.object_type(item)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(Drawing(item, within))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self.paths.append(Drawing(item, within))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                before = len(texts)
                inner = (pdf_calls.form_object_at(item, i) for i in range(pdf_calls.count_form_objects(item)))
                self._take(inner, _product(calls.matrix(item), within or _SAME), depth + 1)
                if len(texts) > before:
                    inside = frozenset(text.item for text in texts[before:])
                    self.forms.append(Drawing(item, within, inside))

    def _note(self, text: TextObject, matrix: Matrix) -> None:
        """Add a text, and note what is special about it. This is called for hundreds of texts on every page."""
        self.texts.append(text)
        _, _, mode, fill, marks, _ = text
        self._marks.add(marks)
        if matrix[:4] != _UNSCALED:
            self.scaled = True
        if mode or fill != _BLACK or matrix[1]:
            self.unusual.append(text)
        first, second = self._squares
        x, y = matrix[4] / _SQUARE, matrix[5] / _SQUARE
        here = first.setdefault(int(x) * _ROWS + int(y), text)
        if here is text:
            here = second.setdefault(int(x + 0.5) * _ROWS + int(y + 0.5), text)
        if here is not text:
            self.near.append((here, text))


def _product(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does what ``first`` does and then what ``then`` does."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(edges: Four, matrix: Matrix) -> Four:
    left, bottom, right, top = edges
    a, b, c, d, e, f = matrix
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
