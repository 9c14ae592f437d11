"""Lists what is drawn on a PDF page: its pieces of text, pictures, lines and forms. A form is a drawing inside it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus import pdf_calls
from corpus.pdf_calls import Calls, Four, Handle, Matrix

_DEEPEST = 12
"""Number of forms inside each other that we look into. PDFium has a limit of its own too. Chosen by eye."""
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TextObject(NamedTuple):
    """A piece of text, as the file draws it."""

    item: Handle
    matrix: Matrix
    """From the text's own units to those of the page. The last two numbers are where the text starts."""
    mode: int
    """How the letters are painted: PDFium's number for filled, outlined, invisible and so on."""
    fill: tuple[int, int]
    """The darkest of red, green and blue, and the opacity, from 0 to 255."""
    marks: tuple[Handle, ...]
    within: Matrix | None
    """From the units of its form to those of the page. None if the text is not in a form."""


class Drawing(NamedTuple):
    """A picture, a path or a form."""

    item: Handle
    within: Matrix | None


@dataclass(slots=True)
class PageObjects:
    """What is drawn on one page, in the order in which it is drawn."""

    calls: Calls = field(default_factory=Calls)
    texts: list[TextObject] = field(default_factory=list)
    pictures: list[Drawing] = field(default_factory=list)
    paths: list[Drawing] = field(default_factory=list)
    forms: list[Drawing] = field(default_factory=list)
    """Only the forms that contain text."""

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> PageObjects:
        """List the objects of a loaded page."""
        found = cls()
        handle = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
        items = (pdf_calls.object_at(handle, index) for index in range(pdf_calls.count_objects(handle)))
        found._take(items, None, 0)
        return found

    def bounds(self, one: TextObject | Drawing) -> Four:
        """Return the edges of an object in the units of the page."""
        edges = self.calls.bounds(one.item)
        return edges if one.within is None else _moved(edges, one.within)

    def _take(self, items: Iterator[Handle], within: Matrix | None, depth: int) -> None:
        calls, texts = self.calls, self.texts
        matrix_of, fill_of, marks_of = calls.matrix, calls.fill, calls.marks
        object_type, render_mode = pdf_calls.object_type, pdf_calls.render_mode
        for item in items:
            kind = object_type(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                matrix = matrix_of(item)
                whole = matrix if within is None else _product(matrix, within)
                texts.append(TextObject(item, whole, render_mode(item), fill_of(item), marks_of(item), within))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(Drawing(item, within))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self.paths.append(Drawing(item, within))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                before = len(texts)
                inner = (pdf_calls.form_object_at(item, i) for i in range(pdf_calls.count_form_objects(item)))
                self._take(inner, _product(calls.matrix(item), within or _SAME), depth + 1)
                if len(texts) > before:
                    self.forms.append(Drawing(item, within))


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
