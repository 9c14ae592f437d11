"""Leaves out the text on a PDF page that no viewer shows, so that it cannot be quoted.

Such text is in a layer that is switched off, is invisible, has the colour of what is behind it, is cut off by a clip
path, or is beyond the page's edges. In doubt, text is kept: text is left out only if we know why nobody can see it. The
text that text recognition (OCR) lays over or under a picture is kept, because the picture shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_calls import Four
from corpus.pdf_clips import cut_off
from corpus.pdf_objects import PageObjects
from corpus.pdf_probe import PAPER, Probe

_LIGHT = 200
"""Letters whose red, green and blue are all at least this, of 255, may not show on white paper. Chosen by eye."""
_FAINT = 64
"""Letters of less opacity than this, of 255, may not show either. Chosen by eye."""
_SAME = 4
"""Largest difference in red, green or blue, of 255, between colours that look the same. Chosen by eye."""
_ON_PICTURE = 0.5
"""Share of a text's box that pictures cover if the text was recognised in them. Chosen by eye."""
_SQUARE = 2.0
"""Length of the squares into which we divide a page to find what pictures cover, in points. Chosen by eye."""
_MOST_SQUARES = 600
"""Number of such squares along the longer side of a page. On large pages, they are larger. Chosen by eye."""
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FILLED = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)


def leave_out_unseen(
    page: pdfium.PdfPage, objects: PageObjects, *, layers: bool, again: Callable[[], pdfium.PdfPage]
) -> None:
    """Leave out the texts that no viewer shows. ``again`` loads the page once more, if we need pictures of it.

    If there are no ``layers`` in the document, no text is in a layer that is off.
    """
    objects.leave_out({*_beyond(page, objects), *cut_off(objects)})
    if objects.plain and not layers:
        return
    invisible = [index for index in objects.left if objects.modes[index] in _INVISIBLE]
    pale = [index for index in objects.pale(_LIGHT, _FAINT) if objects.modes[index] in _FILLED]
    layered = list(_maybe_in_layers(objects)) if layers else []
    if invisible or pale:
        on_picture = set(_on_pictures(page, objects, [*invisible, *pale]))
        objects.leave_out(index for index in invisible if index not in on_picture)
        pale = [index for index in pale if index not in on_picture]
    if pale or layered:
        probe = Probe(again())
        unseen = [*_like_paper(probe, objects, pale), *_switched_off(probe, layered)]
        probe.close()
        objects.leave_out(unseen)


def _beyond(page: pdfium.PdfPage, objects: PageObjects) -> Iterator[int]:
    """Yield the texts that are beyond the edges of the page."""
    left, bottom, right, top = page.get_bbox()
    starts = objects.matrices[:, 4:].T
    inside = (starts[0] >= left) & (starts[0] <= right) & (starts[1] >= bottom) & (starts[1] <= top)
    if inside.all():
        return
    for index in np.flatnonzero(~inside).tolist():
        x0, y0, x1, y1 = objects.bounds(index)
        if x0 >= right or x1 <= left or y0 >= top or y1 <= bottom:
            yield index


def _maybe_in_layers(objects: PageObjects) -> Iterator[int]:
    """Yield the texts that have a layer, or are in a form, which may have one."""
    marked = set(objects.marked(lambda mark: objects.name(mark) == "OC"))
    yield from (index for index in objects.left if index in marked or objects.forms[index] is not None)


def _like_paper(probe: Probe, objects: PageObjects, pale: Sequence[int]) -> Iterator[int]:
    """Yield the texts that have the colour of what is behind all their letters, or that one can see through.

    The picture of the page must be the same with them as without them.
    """
    if not pale:
        return
    shown, behind = probe.picture(), probe.picture(without=pale)
    codes = probe.codes(pale)
    letters = probe.letters().places()
    for index in pale:
        places = letters.get(codes[index], ())
        *colour, opacity = objects.fills[index].tolist()
        same = all(_alike(shown.colour(place), behind.colour(place)) for place in places)
        if places and same and (opacity < _FAINT or all(_alike(behind.colour(place), colour) for place in places)):
            yield index


def _alike(one: Iterable[int], other: Iterable[int]) -> bool:
    return all(abs(first - second) <= _SAME for first, second in zip(one, other, strict=True))


def _switched_off(probe: Probe, layered: Sequence[int]) -> Iterator[int]:
    """Yield the texts that do not show because of the layer or the form that they are in.

    Where such a text would be if it were on its own, there is nothing, or only another text.
    """
    if not layered:
        return
    codes = probe.codes(layered)
    shown = probe.letters()
    seen = shown.places()
    missing = [index for index in layered if codes[index] not in seen]
    if missing:
        probe.take_out_of_layers(missing)
        others = {PAPER, *codes.values()}
        codes = probe.codes(missing)
        letters = probe.letters().places()
        for index in missing:
            places = letters.get(codes[index], ())
            if places and all(shown[place] in others for place in places):
                yield index


def _on_pictures(page: pdfium.PdfPage, objects: PageObjects, texts: Iterable[int]) -> Iterator[int]:
    """Yield the texts of which pictures, taken together, cover most."""
    if not objects.pictures:
        return
    cover = _Cover(page.get_bbox(), [objects.edges(picture) for picture in objects.pictures])
    yield from (index for index in texts if cover.share(objects.bounds(index)) >= _ON_PICTURE)


class _Cover:
    """The squares of a page whose middles are on pictures. Asking takes as long for many pictures as for one."""

    def __init__(self, edges: Four, pictures: Iterable[Four]) -> None:
        self._left, self._bottom, right, top = edges
        width, height = right - self._left, top - self._bottom
        self._square = max(_SQUARE, max(width, height) / _MOST_SQUARES)
        self._columns, self._rows = int(width / self._square) + 1, int(height / self._square) + 1
        changes = [[0] * (self._columns + 1) for _ in range(self._rows + 1)]
        for picture in pictures:
            x0, y0, x1, y1 = self._squares(picture)
            if x0 < x1 and y0 < y1:
                changes[y0][x0] += 1
                changes[y0][x1] -= 1
                changes[y1][x0] -= 1
                changes[y1][x1] += 1
        depth = above = [0] * (self._columns + 1)
        self._sums = [above]
        """The number of covered squares to the left of a column and below a row."""
        for row in changes[: self._rows]:
            depth = [before + here for before, here in zip(depth, accumulate(row), strict=True)]
            covered = accumulate((count > 0 for count in depth[: self._columns]), initial=0)
            above = [before + here for before, here in zip(above, covered, strict=True)]
            self._sums.append(above)

    def share(self, edges: Four) -> float:
        """Return the share of a rectangle that is covered."""
        x0, y0, x1, y1 = self._squares(edges)
        if x0 >= x1 or y0 >= y1:  # it is smaller than a square, so take the one that it is in
            x0, y0 = min(x0, self._columns - 1), min(y0, self._rows - 1)
            x1, y1 = x0 + 1, y0 + 1
        covered = self._sums[y1][x1] - self._sums[y0][x1] - self._sums[y1][x0] + self._sums[y0][x0]
        return covered / ((x1 - x0) * (y1 - y0))

    def _squares(self, edges: Four) -> tuple[int, int, int, int]:
        """Return the columns and rows of the squares whose middles are in a rectangle, as ranges without their ends."""
        left, bottom, right, top = edges
        return (
            self._nearest(left - self._left, self._columns),
            self._nearest(bottom - self._bottom, self._rows),
            self._nearest(right - self._left, self._columns),
            self._nearest(top - self._bottom, self._rows),
        )

    def _nearest(self, distance: float, most: int) -> int:
        squares = distance / self._square
        return 0 if not squares > 0 else most if squares >= most else round(squares)  # a hostile file has odd numbers
