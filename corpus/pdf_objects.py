"""Lists what is drawn on a PDF page: its pieces of text, pictures, lines and forms. A form is a drawing inside it.

A page has hundreds of pieces of text. They are kept in columns, because few of them need a closer look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus import pdf_calls
from corpus.pdf_calls import BLACK, Calls, Floats, Four, Handle, Integers, Matrix, Point

_DEEPEST = 12
"""Number of forms inside each other that we look into. PDFium has a limit of its own too. Chosen by eye."""
_UNSCALED = (1.0, 0.0, 0.0, 1.0)


class Form(NamedTuple):
    """A form that contains what is drawn, and the forms around it."""

    item: Handle
    matrix: Matrix
    """From the units of what is inside to those of the page."""
    around: Form | None
    """The form that it is in. None if it is directly on the page."""


class Drawing(NamedTuple):
    """A picture, a path or a shade of colours, and the form that it is in."""

    item: Handle
    form: Form | None


@dataclass(slots=True)
class PageObjects:
    """What is drawn on one page. The columns have an entry for each piece of text, which its index refers to.

    The texts of a form come after those of what the form is in.
    """

    calls: Calls = field(default_factory=Calls)
    items: list[Handle] = field(default_factory=list)
    matrices: Floats = field(default_factory=lambda: np.empty((0, 6), np.float32))
    """From a text's own units to those of the page. The last two numbers are where the text starts."""
    modes: list[int] = field(default_factory=list)
    """How letters are painted: PDFium's number for filled, outlined, invisible and so on."""
    fills: Integers = field(default_factory=lambda: np.empty((0, 4), np.uint32))
    """The red, green, blue and opacity of letters, from 0 to 255."""
    mark_counts: list[int] = field(default_factory=list)
    forms: list[Form | None] = field(default_factory=list)
    """The innermost form that each text is in."""
    pictures: list[Drawing] = field(default_factory=list)
    paths: list[Drawing] = field(default_factory=list)
    shades: list[Drawing] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    """The texts that are left out."""
    level: bool = True
    """Whether all texts run from left to right."""
    plain: bool = True
    """Whether all texts are level, black and filled, as on most pages."""
    scaled: bool = False
    """Whether the matrix of any text scales, turns or slants it."""
    _names: dict[Handle, str] = field(default_factory=dict)

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> PageObjects:
        """List the objects of a loaded page."""
        found = cls()
        found._take(pdf_calls.objects_of(page), None, 0)
        return found

    @property
    def left(self) -> Iterable[int]:
        """The indexes of the texts that are not left out."""
        everything = range(len(self.items))
        return (index for index in everything if index not in self.gone) if self.gone else everything

    def bounds(self, index: int) -> Four:
        """Return the edges of a text in the units of the page."""
        return _placed(self.calls.bounds(self.items[index]), self.forms[index])

    def edges(self, drawing: Drawing) -> Four:
        """Return the edges of a drawing in the units of the page."""
        return _placed(self.calls.bounds(drawing.item), drawing.form)

    def corners(self, index: int) -> list[Point]:
        """Return the corners of a text, which turn with it, in the units of the page."""
        corners, form = self.calls.corners(self.items[index]), self.forms[index]
        return corners if form is None else [moved(point, form.matrix) for point in corners]

    def size(self, index: int) -> float:
        """Return the size of a text's letters as they are drawn."""
        a, b, c, d, *_ = self.matrices[index].tolist()
        along = (a * a + b * b) ** 0.5
        return self.calls.font_size(self.items[index]) * (abs(a * d - b * c) / along if along else 0.0)

    def pale(self, least: int, opacity: int) -> list[int]:
        """Return the texts whose red, green and blue are all at least ``least``, or that are less opaque."""
        pale = (self.fills[:, :3].min(axis=1) >= least) | (self.fills[:, 3] < opacity)
        return [index for index in np.flatnonzero(pale).tolist() if index not in self.gone]

    def leave_out(self, indexes: Iterable[int]) -> None:
        """Switch off pieces of text. The page's text, if it is read after that, does not contain them."""
        for index in indexes:
            pdf_calls.set_active(self.items[index], 0)
            self.gone.add(index)

    def name(self, mark: Handle) -> str:
        """Return the name of a mark, such as "Span" or "OC"."""
        if mark not in self._names:
            self._names[mark] = self.calls.mark_name(mark)
        return self._names[mark]

    def marks(self, index: int) -> tuple[Handle, ...]:
        """Return the marks of a text, from the outermost to the innermost."""
        return tuple(pdf_calls.mark_at(self.items[index], place) for place in range(self.mark_counts[index]))

    def marked(self, chosen: Callable[[Handle], bool]) -> list[int]:
        """Return the indexes of the texts that have a chosen mark. Texts with the same mark are looked at once."""
        if not any(self.mark_counts):
            return []
        outermost = list(map(pdf_calls.mark_at, self.items, repeat(0)))
        marks = {mark for mark in set(outermost) if mark and chosen(mark)}
        found = [index for index, mark in enumerate(outermost) if mark in marks] if marks else []
        if max(self.mark_counts) > 1:
            deep = [index for index, count in enumerate(self.mark_counts) if count > 1]
            found = sorted({*found, *(index for index in deep if any(map(chosen, self.marks(index))))})
        return found

    def _take(self, items: list[Handle], form: Form | None, depth: int) -> None:
        modes = list(map(pdf_calls.render_mode, items))  # -1 for what is no text
        texts = items
        if -1 in modes:
            others = list(compress(items, [mode < 0 for mode in modes]))
            texts = list(compress(items, [mode >= 0 for mode in modes]))
            modes = [mode for mode in modes if mode >= 0]
        else:
            others = []
        if texts:
            matrices, fills = pdf_calls.matrices_of(texts), pdf_calls.fills_of(texts)
            if form is not None:
                matrices = products(matrices, form.matrix)
            shapes = matrices[:, :4]
            self.scaled = self.scaled or bool((shapes != _UNSCALED).any())
            if self.scaled:
                self.level = self.level and not (shapes[:, 1].any() or (shapes[:, 0] < 0).any())
            self.plain = self.plain and self.level and not any(modes) and bool((fills == BLACK).all())
            self.matrices = np.concatenate((self.matrices, matrices)) if self.items else matrices
            self.fills = np.concatenate((self.fills, fills)) if self.items else fills
            self.items += texts
            self.modes += modes
            self.mark_counts += map(pdf_calls.count_marks, texts)
            self.forms += repeat(form, len(texts))
        for item in others:
            self._take_other(item, form, depth)

    def _take_other(self, item: Handle, form: Form | None, depth: int) -> None:
        kind = pdf_calls.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                own = pdf_calls.matrices_of([item])
                [matrix] = (own if form is None else products(own, form.matrix)).tolist()
                inner = Form(item, tuple(matrix), form)
                self._take(pdf_calls.objects_in(item), inner, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(Drawing(item, form))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self.paths.append(Drawing(item, form))
        else:
            self.shades.append(Drawing(item, form))


def products(first: Floats, then: Matrix) -> Floats:
    """Return the matrices that do what each of some matrices does, and then what ``then`` does."""
    a, b, c, d, e, f = first.T
    p, q, r, s, t, u = then
    columns = (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
    return np.stack(columns, axis=1).astype(np.float32)


def moved(point: Point, matrix: Matrix) -> Point:
    """Return where a matrix moves a point."""
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def moved_edges(edges: Four, matrix: Matrix) -> Four:
    """Return the edges of the upright rectangle around a rectangle that a matrix moves."""
    left, bottom, right, top = edges
    corners = [moved(point, matrix) for point in ((left, bottom), (left, top), (right, bottom), (right, top))]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _placed(edges: Four, form: Form | None) -> Four:
    return edges if form is None else moved_edges(edges, form.matrix)
