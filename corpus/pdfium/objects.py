"""Lists the objects that are drawn on a PDF page: pieces of text, pictures, lines and forms.

A form is a drawing inside the page. A page has hundreds of pieces of text. We keep their properties in columns, because
few pieces need a closer look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import compress, count, repeat, takewhile
from operator import not_
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium import raw_calls
from corpus.pdfium.raw_calls import BLACK, Calls, Floats, Four, Handle, Integers, Matrix, Point

_DEEPEST = 12
"""Maximum number of nested forms that we look into. PDFium has a limit of its own too. Chosen by eye."""
_UNSCALED = (1.0, 0.0, 0.0, 1.0)


class Form(NamedTuple):
    """A form that contains drawn objects, and the forms around it."""

    item: Handle
    matrix: Matrix
    """Converts the units of the form's content to those of the page."""
    around: Form | None
    """The form that contains this form. None if it is directly on the page."""


class Drawing(NamedTuple):
    """A picture, a path or a gradient, and the form that contains it."""

    item: Handle
    form: Form | None


@dataclass(slots=True)
class PageObjects:
    """The objects drawn on one page. Each column has an entry for each piece of text, at the index of the piece.

    The texts of a form come after those of the page or form that contains it.
    """

    calls: Calls = field(default_factory=Calls)
    items: list[Handle] = field(default_factory=list)
    matrices: Floats = field(default_factory=lambda: np.empty((0, 6), np.float32))
    """Converts each text's own units to those of the page. The last two numbers give the start of the text."""
    modes: list[int] = field(default_factory=list)
    """How letters are painted: PDFium's number for filled, outlined, invisible and so on."""
    fills: Integers = field(default_factory=lambda: np.empty((0, 4), np.uint32))
    """The red, green, blue and opacity of letters, from 0 to 255."""
    mark_counts: list[int] = field(default_factory=list)
    forms: list[Form | None] = field(default_factory=list)
    """The innermost form that contains each text."""
    pictures: list[Drawing] = field(default_factory=list)
    paths: list[Drawing] = field(default_factory=list)
    shades: list[Drawing] = field(default_factory=list)
    behind: set[Handle] = field(default_factory=set)
    """What is drawn before all texts, and cannot cover any."""
    gone: set[int] = field(default_factory=set)
    """The indexes of the texts that are left out."""
    level: bool = True
    """Whether all texts run from left to right."""
    plain: bool = True
    """Whether all texts are level, black and filled, as on most pages."""
    scaled: bool = False
    """Whether the matrix of any text scales, turns or slants it."""
    _all: list[Handle] = field(default_factory=list)
    """All objects directly on the page, as they are drawn."""
    _forms: set[Handle] = field(default_factory=set)
    """The forms that we look into."""
    _order: dict[Handle, int] | None = None
    _names: dict[Handle, str] = field(default_factory=dict)
    _path_edges: list[Four] | None = None

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> PageObjects:
        """List the objects of a loaded page."""
        found = cls(_all=raw_calls.objects_of(page))
        found._take(found._all, None, 0)
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

    def path_edges(self) -> list[Four]:
        """Return the edges of each path in the units of the page."""
        if self._path_edges is None:
            self._path_edges = [self.edges(path) for path in self.paths]
        return self._path_edges

    def order(self) -> dict[Handle, int]:
        """Return the place of each object in the order in which the page's objects are drawn, from 1.

        What is inside a form is drawn after what comes before the form, and before what comes after it.
        """
        if self._order is None:
            self._order = {}
            _place(self._all, self._forms, 0, self._order)
        return self._order

    def corners(self, index: int) -> list[Point]:
        """Return the corners of a text, which turn with it, in the units of the page."""
        corners, form = self.calls.corners(self.items[index]), self.forms[index]
        return corners if form is None else [moved(point, form.matrix) for point in corners]

    def size(self, index: int) -> float:
        """Return the size of a text's letters as they are drawn."""
        a, b, c, d, *_ = self.matrices[index].tolist()
        along = (a * a + b * b) ** 0.5
        return self.calls.font_size(self.items[index]) * (abs(a * d - b * c) / along if along else 0.0)

    def sizes(self, indexes: Sequence[int]) -> Floats:
        """Return the sizes of the letters of some texts as they are drawn."""
        sizes = raw_calls.font_sizes_of([self.items[index] for index in indexes])
        if not self.scaled:
            return sizes
        a, b, c, d = self.matrices[indexes, :4].T
        along = np.hypot(a, b)
        scales: Floats = np.abs(a * d - b * c) / np.where(along > 0, along, np.float32(1))
        return sizes * scales

    def pale(self, least: int, opacity: int) -> list[int]:
        """Return the texts whose red, green and blue are all at least ``least``, or whose opacity is too low."""
        pale = (self.fills[:, :3].min(axis=1) >= least) | (self.fills[:, 3] < opacity)
        return [index for index in np.flatnonzero(pale).tolist() if index not in self.gone]

    def leave_out(self, indexes: Iterable[int]) -> None:
        """Switch off pieces of text. Text that is read from the page later does not contain them."""
        for index in indexes:
            raw_calls.set_active(self.items[index], 0)
            self.gone.add(index)

    def name(self, mark: Handle) -> str:
        """Return the name of a mark, such as "Span" or "OC"."""
        if mark not in self._names:
            self._names[mark] = self.calls.mark_name(mark)
        return self._names[mark]

    def marks(self, index: int) -> tuple[Handle, ...]:
        """Return the marks of a text, from the outermost to the innermost."""
        return tuple(raw_calls.mark_at(self.items[index], place) for place in range(self.mark_counts[index]))

    def marked(self, chosen: Callable[[Handle], bool]) -> list[int]:
        """Return the indexes of the texts that have a chosen mark. Each mark is checked once, for all its texts."""
        if not any(self.mark_counts):
            return []
        outermost = list(map(raw_calls.mark_at, self.items, repeat(0)))
        marks = {mark for mark in set(outermost) if mark and chosen(mark)}
        found = [index for index, mark in enumerate(outermost) if mark in marks] if marks else []
        if max(self.mark_counts) > 1:
            deep = [index for index, count in enumerate(self.mark_counts) if count > 1]
            found = sorted({*found, *(index for index in deep if any(map(chosen, self.marks(index))))})
        return found

    def _take(self, items: list[Handle], form: Form | None, depth: int) -> None:
        modes = list(map(raw_calls.render_mode, items))  # -1 for objects that are not text
        texts, others = items, list[Handle]()
        if -1 in modes:
            is_text = list(map((0).__le__, modes))
            others = list(compress(items, map(not_, is_text)))
            if form is None:
                first = is_text.index(True) if len(others) < len(items) else len(items)
                self.behind.update(takewhile(_is_no_form, others[:first]))
            texts, modes = list(compress(items, is_text)), list(compress(modes, is_text))
        if texts:
            matrices, fills = raw_calls.matrices_of(texts), raw_calls.fills_of(texts)
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
            self.mark_counts += map(raw_calls.count_marks, texts)
            self.forms += repeat(form, len(texts))
        for item in others:
            self._take_other(item, form, depth)

    def _take_other(self, item: Handle, form: Form | None, depth: int) -> None:
        kind = raw_calls.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                own = raw_calls.matrices_of([item])
                [matrix] = (own if form is None else products(own, form.matrix)).tolist()
                inner = Form(item, tuple(matrix), form)
                self._forms.add(item)
                self._take(raw_calls.objects_in(item), inner, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(Drawing(item, form))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self.paths.append(Drawing(item, form))
        else:
            self.shades.append(Drawing(item, form))


def _place(items: list[Handle], forms: AbstractSet[Handle], depth: int, order: dict[Handle, int]) -> None:
    if forms.isdisjoint(items):
        order.update(zip(items, count(len(order) + 1)))
        return
    for item in items:
        order[item] = len(order) + 1
        if item in forms and depth < _DEEPEST:
            _place(raw_calls.objects_in(item), forms, depth + 1, order)


def products(first: Floats, then: Matrix) -> Floats:
    """Return the products of the given matrices and ``then``, which is applied last."""
    a, b, c, d, e, f = first.T
    p, q, r, s, t, u = then
    columns = (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
    return np.stack(columns, axis=1).astype(np.float32)


def moved(point: Point, matrix: Matrix) -> Point:
    """Return the place to which a matrix moves a point."""
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def moved_edges(edges: Four, matrix: Matrix) -> Four:
    """Return the edges of the upright rectangle that encloses a rectangle after a matrix moves it."""
    left, bottom, right, top = edges
    corners = [moved(point, matrix) for point in ((left, bottom), (left, top), (right, bottom), (right, top))]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_no_form(item: Handle) -> bool:
    return bool(raw_calls.object_type(item) != raw.FPDF_PAGEOBJ_FORM)


def _placed(edges: Four, form: Form | None) -> Four:
    return edges if form is None else moved_edges(edges, form.matrix)
