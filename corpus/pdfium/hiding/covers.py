"""Finds the texts on a PDF page that a box, such as a redaction, may hide completely or in part.

The box may be drawn after the text, or before it in the colour of the letters. An annotation may draw it too. These
texts are candidates. Only a picture of the page shows whether they are really hidden.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium import raw_calls
from corpus.pdfium.annotations import annotations_of, edges_of
from corpus.pdfium.objects import Drawing, PageObjects
from corpus.pdfium.raw_calls import Four, Integers

_LEAST = 3.0
"""Least width and height of a box that covers words, in points. Chosen by eye."""
_UNDER = 0.5
"""A text is a candidate if later boxes cover at least this share of its own box. The share is low because a text may
end with spaces. Chosen by eye."""
_REPLACED = 0.4
"""Other words replace a text if they are printed over this share of it. Chosen by eye."""
_LEAST_COLUMNS = 2
"""A box may hide a letter if it covers this many columns of squares of the text. Chosen by eye."""
_LOWER = 6.0
"""Letters may start this far below a box that hides them, in points. Chosen by eye."""
_SCANNED = 0.5
"""Pictures may be scans, whose words the text repeats, if they cover at least this share of a page. Chosen by eye."""
_FEW = 8
"""Up to this number of boxes, we compare each one with the texts of a page. Most pages have no more. Chosen by eye."""
_SQUARE = 2.0
"""Length of the squares into which we divide a page, in points. Chosen by eye."""
_MOST_SQUARES = 600
"""Number of such squares along the longer side of a page. On large pages, they are larger. Chosen by eye."""
_SHADE = 16
"""Smallest step in red, green or blue, from 0 to 255, between colours that we distinguish. Chosen by eye."""
_HIDING = frozenset(
    (
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_REDACT,
    )
)
"""The annotations that people draw over words. A picture of the page shows whether they hide the words."""
_BEYOND = np.array([0, 0, 1, 1], np.int32)
"""The right and top edges of a range of squares are the numbers of the next ones."""
_BLACK_ONLY = np.zeros((1, 3), np.uint32)


@dataclass(frozen=True, slots=True)
class Covers:
    """The texts that may lie under boxes which are drawn later."""

    whole: Sequence[int] = ()
    """The texts that boxes cover enough to hide completely."""
    part: Sequence[int] = ()
    """These texts, and the texts in which boxes cover only a few letters."""
    _grid: Grid | None = None
    _places: Mapping[int, int] = field(default_factory=dict)
    """The position of each of these texts in the order of drawing."""
    _last_picture: int = 0
    """The position of the last picture in the order of drawing."""

    def is_under(self, index: int, edges: Four) -> bool:
        """Return whether boxes that are drawn after a text and all pictures cover most of a rectangle in the text."""
        place = max(self._places[index], self._last_picture)
        return self._grid is not None and self._grid.share_after(edges, place) >= _UNDER


NO_COVERS = Covers()


def maybe_covered(page: pdfium.PdfPage, objects: PageObjects) -> Covers:
    """Return the texts that lie under opaque boxes: filled paths, thick lines, pictures and annotations drawn later.

    If pictures cover most of a page, we ignore them, because they may be scans.
    """
    if not objects.items:
        return NO_COVERS
    paths = list(_opaque_paths(objects))
    notes = list(_drawn_by_notes(page))
    later = [picture for picture in objects.pictures if picture.item not in objects.behind]
    pictures = [(picture, edges) for picture in later if _is_box(edges := objects.edges(picture))]
    boxes = [*paths, *pictures]
    if not boxes and not notes:
        return NO_COVERS
    texts = _next_to([*(edges for _, edges in boxes), *notes], objects)
    if not notes:  # nothing covers the texts that are drawn after all boxes, as on most pages with boxes
        order = objects.order()
        last = max(order[box.item] for box, _ in boxes)
        texts = [index for index in texts if order[objects.items[index]] < last]
    bounds = {
        index: edges for index in texts if index not in objects.gone and _has_letters(edges := objects.bounds(index))
    }
    if not bounds:
        return NO_COVERS
    found = _under(page, bounds, objects, boxes, notes)
    if found.part and pictures:
        grid = Grid(page.get_bbox())
        for picture in objects.pictures:
            grid.paint(objects.edges(picture), 1)
        if grid.share_of_page() >= _SCANNED:
            found = _under(page, bounds, objects, paths, notes)
    return found


def maybe_on_own_colour(page: pdfium.PdfPage, objects: PageObjects) -> Covers:
    """Return the texts on filled paths that have nearly the same colour as some letters on the page."""
    if not objects.items:
        return NO_COVERS
    boxes = [(path.item, edges) for path, edges in _paths(objects) if _is_box(edges)]
    if not boxes:
        return NO_COVERS
    letters = _shades(_BLACK_ONLY if objects.plain else np.unique(objects.fills[:, :3], axis=0))
    fills = raw_calls.fills_of([item for item, _ in boxes])[:, :3]
    chosen = [
        edges
        for (item, edges), shades in zip(boxes, _shades_of_each(fills), strict=True)
        if not letters.isdisjoint(shades) and objects.calls.is_solid(item)
    ]
    if not chosen:
        return NO_COVERS
    grid = Grid(page.get_bbox())
    for edges in chosen:
        grid.paint(edges, 1)
    texts = (index for index in _next_to(chosen, objects) if index not in objects.gone)
    bounds = {index: edges for index in texts if _has_letters(edges := objects.bounds(index))}
    return grid.covers(bounds, dict.fromkeys(bounds, 0))


def replaced(page: pdfium.PdfPage, objects: PageObjects, covered: AbstractSet[int]) -> list[int]:
    """Return the covered texts that later texts at the same place replace."""
    if not covered:
        return []
    order = objects.order()
    places = {index: order[objects.items[index]] for index in objects.left}
    grid = Grid(page.get_bbox())
    for index in sorted(places.keys() - covered, key=places.__getitem__):
        edges = objects.bounds(index)
        if _has_letters(edges):
            grid.paint(edges, places[index])
    return [index for index in covered if grid.share_after(objects.bounds(index), places[index]) >= _REPLACED]


def _paths(objects: PageObjects) -> Iterator[tuple[Drawing, Four]]:
    return zip(objects.paths, objects.path_edges(), strict=True)


def _shades_of_each(colours: Integers) -> Iterator[list[tuple[int, ...]]]:
    """Yield two shades of each colour. Two colours that are nearly the same share at least one shade.

    The shades are steps in red, green and blue, counted from two different starts.
    """
    steps = (colours // _SHADE, (colours + _SHADE // 2) // _SHADE)
    for first, second in zip(*(step.tolist() for step in steps), strict=True):
        yield [(0, *first), (1, *second)]


def _shades(colours: Integers) -> set[tuple[int, ...]]:
    return {shade for shades in _shades_of_each(colours) for shade in shades}


def _next_to(boxes: Sequence[Four], objects: PageObjects) -> list[int]:
    """Return the texts that may be in a box, at least in part.

    If all texts run from left to right, they start at the height of the box, in it or to its left. If there are many
    boxes, or if texts run in other directions, return all texts, to save time.
    """
    if len(boxes) > _FEW or not objects.level:
        return list(range(len(objects.items)))
    xs, ys = objects.matrices[:, 4], objects.matrices[:, 5]
    found: set[int] = set()
    for _, bottom, right, top in boxes:
        inside = (xs < right + _SQUARE) & (ys > bottom - _LOWER) & (ys < top + _SQUARE)
        found.update(inside.nonzero()[0].tolist())
    return sorted(found)


def _under(
    page: pdfium.PdfPage,
    texts: Mapping[int, Four],
    objects: PageObjects,
    boxes: Sequence[tuple[Drawing, Four]],
    notes: Iterable[Four],
) -> Covers:
    """Return the texts that boxes drawn later, taken together, cover to a sufficient extent."""
    order = objects.order()
    grid = Grid(page.get_bbox())
    for place, edges in sorted((order[box.item], edges) for box, edges in boxes):
        grid.paint(edges, place)
    for edges in notes:
        grid.paint(edges, len(order) + 1)
    last_picture = max((order[picture.item] for picture in objects.pictures), default=0)
    return grid.covers(texts, {index: order[objects.items[index]] for index in texts}, last_picture)


def _drawn_by_notes(page: pdfium.PdfPage) -> Iterator[Four]:
    """Yield the positions of the annotations that may hide words. They are drawn after the page."""
    for annotation in annotations_of(page):
        if raw.FPDFAnnot_GetSubtype(annotation) in _HIDING and _is_box(edges := edges_of(annotation)):
            yield edges


def _opaque_paths(objects: PageObjects) -> Iterator[tuple[Drawing, Four]]:
    """Yield the paths that may hide what is behind them, with their edges."""
    calls = objects.calls
    for path, edges in _paths(objects):
        if _is_box(edges) and path.item not in objects.behind and calls.is_solid(path.item):
            yield path, edges


def _has_letters(edges: Four) -> bool:
    """Return whether the edges of a text enclose anything. The edges of spaces do not."""
    left, bottom, right, top = edges
    return right > left and top > bottom


def _is_box(edges: Four) -> bool:
    left, bottom, right, top = edges
    return right - left >= _LEAST and top - bottom >= _LEAST


class Grid:
    """The squares of a page. Each has the place, in the order of drawing, of the last box that touches it, or 0.

    The time to paint a box or to look up a text does not depend on how many the page has.
    """

    def __init__(self, edges: Four) -> None:
        self._left, self._bottom, right, top = edges
        width, height = right - self._left, top - self._bottom
        self._square = max(_SQUARE, max(width, height) / _MOST_SQUARES)
        self._columns, self._rows = math.ceil(width / self._square), math.ceil(height / self._square)
        self._last = np.zeros((self._rows, self._columns), np.int32)

    def paint(self, edges: Four, place: int) -> None:
        """Draw a box over the boxes that were drawn before."""
        self._last[self._squares(edges)] = place

    def share_after(self, edges: Four, place: int) -> float:
        """Return the share of a rectangle that is covered by boxes drawn after a position in the order."""
        squares = self._last[self._squares(edges)]
        return np.count_nonzero(squares > place) / squares.size if squares.size else 0.0

    def covers(self, texts: Mapping[int, Four], places: Mapping[int, int], last_picture: int = 0) -> Covers:
        """Return the texts, with their edges, that are covered by boxes drawn after them."""
        near = self._touched(texts)
        part = [index for index in near if self._columns_after(texts[index], places[index]) >= _LEAST_COLUMNS]
        whole = [index for index in part if self.share_after(texts[index], places[index]) >= _UNDER]
        return Covers(whole, part, self, places, last_picture)

    def _touched(self, texts: Mapping[int, Four]) -> Iterable[int]:
        """Return the texts that touch a row and a column of squares with a box.

        Most texts do not. We look at all of them at once, which is much faster.
        """
        if not texts:
            return ()
        rows, columns = (np.cumsum([0, *(self._last.max(axis=axis) > 0)]) for axis in (1, 0))
        corners = np.array(list(texts.values())) - [self._left, self._bottom, self._left, self._bottom]
        most = [self._columns, self._rows, self._columns, self._rows]
        squares = (
            np.nan_to_num(corners / self._square, nan=0.0).clip(0, most).astype(np.int32)
        )  # hostile files may do this
        left, bottom, right, top = np.minimum(squares + _BEYOND, most).T
        touched = (rows[top] > rows[bottom]) & (columns[right] > columns[left])
        return compress(texts, touched.tolist())

    def _columns_after(self, edges: Four, place: int) -> int:
        """Return the number of columns, or of rows, of a rectangle's squares that such boxes cover enough.

        We count along its longer side, which is the direction of the text.
        """
        covered = self._last[self._squares(edges)] > place
        if not np.count_nonzero(covered):  # true of most texts, and this check is much faster than counting in columns
            return 0
        short = int(covered.shape[0] > covered.shape[1])
        return int(np.count_nonzero(covered.mean(axis=short) >= _UNDER))

    def share_of_page(self) -> float:
        """Return the share of the page that boxes cover."""
        return np.count_nonzero(self._last) / self._last.size

    def _squares(self, edges: Four) -> tuple[slice, slice]:
        """Return the rows and columns that a rectangle touches."""
        left, bottom, right, top = edges
        return (
            slice(self._whole(bottom - self._bottom, 0, self._rows), self._whole(top - self._bottom, 1, self._rows)),
            slice(self._whole(left - self._left, 0, self._columns), self._whole(right - self._left, 1, self._columns)),
        )

    def _whole(self, distance: float, more: int, most: int) -> int:
        squares = distance / self._square
        return (
            0 if not squares > 0 else most if squares >= most else int(squares) + more
        )  # odd numbers in hostile files
