"""Leaves out watermarks: words such as "DRAFT" that a PDF draws across the text of a page.

Large letters are a watermark only if they cross other text. Slanted words of any size are a watermark if most pages
have them at the same place. So we keep pale headings, large figures, the words of a stamp and the labels of an axis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium

from corpus.pdfium.objects import PageObjects
from corpus.pdfium.raw_calls import LITTLE_SLANT, Four, Point

_SLANT = 0.17
"""Letters are slanted if their baseline is this far from level and from upright: the sine of 10 degrees. Chosen
by eye."""
_LARGE = 24.0
"""Smallest size of the letters in a watermark that appears on few pages, in points. Chosen by eye."""
_PALE = 140
"""Letters whose red, green and blue are all at least this, out of 255, are pale. Chosen by eye."""
_THIN = 160
"""Letters of at most this opacity, out of 255, are pale too. Chosen by eye."""
_ACROSS = 2
"""A watermark crosses at least this many lines of other text. Chosen by eye."""
_MOST = 40
"""A page with more pieces of large text than this is a map or a chart, so we keep them. Chosen by eye, and to limit
the time."""
_FEWEST_PAGES, _FEWEST_PAGES_IF_LARGE = 3, 2
"""Slanted words are a watermark only if at least this many pages have them. Large words count as a watermark on fewer
pages. Chosen by eye."""

_Shape = tuple[str, ...]
"""The corners of a text, in whole points. Texts on different pages that have the same corners count as the same
words."""


class SlantedWords:
    """The slanted words of all pages of a document.

    We read the other pages only when the first slanted words are found.
    """

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._pages: Counter[_Shape] | None = None

    def are_on_most_pages(self, shape: _Shape, *, large: bool) -> bool:
        """Return whether most pages have slanted words with these corners. Two pages are enough for large words."""
        if self._pages is None:
            self._pages = Counter()
            for index in range(len(self._document)):
                self._pages.update(_shapes_of(self._document, index))
        fewest = _FEWEST_PAGES_IF_LARGE if large else _FEWEST_PAGES
        return self._pages[shape] >= max(fewest, len(self._document) // 2 + 1)


def leave_out_watermarks(objects: PageObjects, slanted: SlantedWords) -> None:
    """Leave out large text across other text, and slanted words that most pages have."""
    if objects.plain:
        return
    turned = _slanted(objects)
    unusual = sorted({*turned, *objects.pale(_PALE, _THIN)})
    large = [index for index in unusual if objects.size(index) >= _LARGE]
    sizes = frozenset(large)
    repeated = {i for i in turned if slanted.are_on_most_pages(_shape(objects, i), large=i in sizes)}
    large = [index for index in large if index not in repeated]
    across = _across(objects, large) if 0 < len(large) <= _MOST else iter(())
    objects.leave_out([*repeated, *across])


def has_slanted_words(objects: PageObjects) -> bool:
    """Return whether some words left on a page are slanted, such as those of a stamp, but most are not."""
    if objects.level:
        return False
    left = list(objects.left)
    a, b = np.abs(objects.matrices[left, :2].T)
    slanted = int(np.count_nonzero(np.minimum(a, b) >= LITTLE_SLANT * np.hypot(a, b)))
    return 0 < slanted < len(left) / 2


def _shapes_of(document: pdfium.PdfDocument, index: int) -> set[_Shape]:
    try:
        page = document[index]
    except pdfium.PdfiumError:  # the page is damaged, and reading it reports that
        return set()
    objects = PageObjects.of(page)
    shapes = {_shape(objects, text) for text in _slanted(objects)}
    page.close()
    return shapes


def _slanted(objects: PageObjects) -> list[int]:
    if objects.level:
        return []
    a, b = np.abs(objects.matrices[:, :2].T)
    slanted = np.minimum(a, b) >= _SLANT * np.hypot(a, b)
    return [index for index in np.flatnonzero(slanted & (a > 0)).tolist() if index not in objects.gone]


def _shape(objects: PageObjects, index: int) -> _Shape:
    return tuple(f"{number:.0f}" for point in objects.corners(index) for number in point)


def _across(objects: PageObjects, large: Sequence[int]) -> Iterator[int]:
    """Yield the texts that lie across the lines of smaller texts."""
    shapes = [(index, objects.corners(index)) for index in large]
    found: dict[int, set[str]] = {index: set() for index in large}
    for other in objects.left:
        if other in found or objects.size(other) >= _LARGE:
            continue
        edges = objects.bounds(other)
        for index, corners in shapes:
            if _crosses(edges, corners):
                # Texts on the same line count once.
                _, along, _, _, x, y = objects.matrices[other].tolist()
                found[index].add(f"{x if along else y:.0f}")
    return (index for index, lines in found.items() if len(lines) >= _ACROSS)


def _crosses(edges: Four, corners: Sequence[Point]) -> bool:
    """Return whether part of a text's middle line, along its longer side, is inside a four-sided shape."""
    left, bottom, right, top = edges
    if top - bottom > right - left:
        left, bottom, right, top = bottom, left, top, right
        corners = [(y, x) for x, y in corners]
    crossings = list(_crossings((bottom + top) / 2, corners))
    return len(crossings) > 1 and min(crossings) < right and left < max(crossings)


def _crossings(y: float, corners: Sequence[Point]) -> Iterable[float]:
    """Yield the places at which the sides of a shape cross the height ``y``."""
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y0 > y) != (y1 > y):
            yield x0 + (y - y0) / (y1 - y0) * (x1 - x0)
