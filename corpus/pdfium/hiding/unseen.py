"""Leaves out the text on a PDF page that no viewer shows, so that it cannot be quoted.

The text may be in a layer that is switched off, be invisible, have the colour of its background, be covered by a box,
be cut off by a clip path, or be beyond the page's edges. We leave text out only if we know why nobody can see it. We
keep the text that text recognition (OCR) puts over or under a picture, because the picture shows the words. But we
leave it out if a box of one colour covers the picture as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium.hiding.clips import cut_off
from corpus.pdfium.hiding.covers import NO_COVERS, Covers, maybe_covered, maybe_on_own_colour, replaced
from corpus.pdfium.hiding.hidden_letters import HiddenLetters
from corpus.pdfium.hiding.probe import PAPER, Picture, Probe
from corpus.pdfium.objects import PageObjects
from corpus.pdfium.raw_calls import Four

_LIGHT = 200
"""Letters may be invisible on white paper if their red, green and blue values are all at least this, out of 255. Chosen
by eye."""
_FAINT = 64
"""Letters may also be invisible if their opacity is less than this, out of 255. Chosen by eye."""
_SAME = 4
"""Largest difference in red, green or blue, out of 255, between colours that look the same. Chosen by eye."""
_ON_PICTURE = 0.5
"""Text counts as recognised in pictures if pictures cover at least this share of its box. Chosen by eye."""
_SQUARE = 2.0
"""Length of the squares into which we divide a page to find the area under pictures, in points. Chosen by eye."""
_MOST_SQUARES = 600
"""Maximum number of such squares along the longer side of a page. On large pages, the squares are larger. Chosen by
eye."""
_MOST_COPIES = 3
"""Maximum number of texts at the same place under a box that we look at. Chosen by eye."""
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FILLED = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)


class Unseen(NamedTuple):
    """What a page contains that nobody sees."""

    covered: bool = False
    """Whether we left out texts because a box covers them."""
    letters: HiddenLetters | None = None
    """The letters that a box hides in texts that we keep on the page."""


def leave_out_unseen(
    page: pdfium.PdfPage,
    objects: PageObjects,
    *,
    layers: bool,
    again: Callable[[], pdfium.PdfPage] | None,
) -> Unseen:
    """Leave out the texts that no viewer shows, and return what boxes hide.

    ``layers`` says whether the document may have layers. ``again`` loads a second copy of the page, or is None if the
    page must not be drawn. Then we leave out only the texts for which we need no picture of the page.
    """
    objects.leave_out({*_beyond(page, objects), *cut_off(objects)})
    covers = maybe_covered(page, objects) if again else NO_COVERS
    on_own_colour = maybe_on_own_colour(page, objects) if again else NO_COVERS
    under, masked = covers.whole, on_own_colour.whole
    if objects.plain and not layers and not covers.part and not on_own_colour.part:
        return Unseen()
    invisible = [index for index in objects.left if objects.modes[index] in _INVISIBLE]
    maybe_pale = sorted({*objects.pale(_LIGHT, _FAINT), *masked})
    pale = [index for index in maybe_pale if objects.modes[index] in _FILLED]
    layered = list(_maybe_in_layers(objects)) if layers else []
    part = sorted({*covers.part, *on_own_colour.part})
    on_picture: set[int] = set()
    if invisible or pale or part:
        on_picture = set(_on_pictures(page, objects, [*invisible, *pale, *part]))
        objects.leave_out(index for index in invisible if index not in on_picture)
        pale = [index for index in pale if index not in on_picture]
        under = [index for index in under if index not in objects.gone]
    if not again or not (pale or layered or part):
        return Unseen()
    probe = Probe(again())
    shown = probe.picture() if pale or part else None
    covered: set[int] = set()
    unseen: set[int] = set()
    letters: HiddenLetters | None = None
    if shown:
        without_pale = probe.picture(without=pale) if pale else shown
        hidden = [index for index in under if index not in on_picture]
        without_hidden = probe.picture(without=hidden) if hidden else shown
        printed = [index for index in part if index not in on_picture and index not in objects.gone]
        # The probe cannot draw the page once it has painted the letters.
        without_part = without_hidden if printed == hidden else probe.picture(without=printed)
        covered.update(index for index in under if index in on_picture and shown.is_flat(probe.corners(index), _SAME))
        covered.update(_hidden(probe, shown, without_hidden, hidden))
        unseen.update(_like_paper(probe, objects, shown, without_pale, pale))
        left = [index for index in part if index not in objects.gone | covered | unseen]
        letters = _letters(probe, objects, (shown, without_part), covers, left, on_picture) if left else None
    switched_off = set(_switched_off(probe, layered))
    probe.close()
    covered = (covered | (unseen & set(masked))) - switched_off
    objects.leave_out((unseen | switched_off) - covered)
    # Covered words stay until their letters are replaced, so that no quote goes over them. But words that others
    # replace at the same place would join these.
    objects.leave_out(replaced(page, objects, covered))
    kept = [objects.items[index] for index in covered if index not in objects.gone]
    if kept:
        letters = (letters or HiddenLetters()).with_whole(kept)
    return Unseen(bool(covered), letters)


def was_recognised(objects: PageObjects) -> bool:
    """Return whether all text of a page was recognised in a picture (OCR), so that a viewer shows only the picture."""
    if objects.plain or not objects.pictures:  # true of nearly all pages
        return False
    left = list(objects.left)
    return bool(left) and all(objects.modes[index] in _INVISIBLE for index in left)


def _letters(
    probe: Probe,
    objects: PageObjects,
    pictures: tuple[Picture, Picture],
    covers: Covers,
    part: Sequence[int],
    on_picture: AbstractSet[int],
) -> HiddenLetters | None:
    """Return the hidden letters of the texts that a box covers in part, or None if all the letters show.

    The pictures show the page with and without these texts.
    """
    shown, behind = pictures
    printed = [index for index in part if index not in on_picture]
    pictured = {objects.items[index]: index for index in part if index in on_picture and index in covers.part}
    probe.codes(printed)
    items = [objects.items[index] for index in printed]
    found = HiddenLetters.of(shown, behind, probe.smooth_letters(), most=_SAME, printed=items)
    return found.with_pictured(pictured, covers) if found.are_any or pictured else None


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
    """Yield the texts that have a layer, and the texts in forms, which may have one."""
    marked = set(objects.marked(lambda mark: objects.name(mark) == "OC"))
    yield from (index for index in objects.left if index in marked or objects.forms[index] is not None)


def _hidden(probe: Probe, shown: Picture, behind: Picture, under: Sequence[int]) -> Iterator[int]:
    """Yield the texts that do not show at all.

    The picture of the page, ``shown``, must be the same as ``behind``, the picture without these texts. If copies of a
    text hide each other, we look again at those that remain.
    """
    for _ in range(_MOST_COPIES):
        if not under:
            return
        codes = probe.codes(under)
        letters = probe.letters().places()
        for index in under:
            places = letters.get(codes[index], ())
            if places and all(_alike(shown.colour(place), behind.colour(place)) for place in places):
                yield index
        under = [index for index in under if codes[index] not in letters]


def _like_paper(
    probe: Probe, objects: PageObjects, shown: Picture, behind: Picture, pale: Sequence[int]
) -> Iterator[int]:
    """Yield the texts that have the same colour as their background, or that are transparent.

    The picture of the page, ``shown``, must be the same as ``behind``, the picture without these texts.
    """
    if not pale:
        return
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

    At the place of such a text, the page shows nothing, or only another text.
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
    """Yield the texts that are mostly covered by pictures. Several pictures may cover a text together."""
    if not objects.pictures:
        return
    cover = _Cover(page.get_bbox(), [objects.edges(picture) for picture in objects.pictures])
    yield from (index for index in texts if cover.share(objects.bounds(index)) >= _ON_PICTURE)


class _Cover:
    """The squares of a page whose centres are on pictures. A look-up takes the same time for any number of pictures."""

    def __init__(self, edges: Four, pictures: Iterable[Four]) -> None:
        self._left, self._bottom, right, top = edges
        width, height = right - self._left, top - self._bottom
        self._square = max(_SQUARE, max(width, height) / _MOST_SQUARES)
        self._columns, self._rows = int(width / self._square) + 1, int(height / self._square) + 1
        changes = np.zeros((self._rows + 1, self._columns + 1), np.int32)
        for picture in pictures:
            x0, y0, x1, y1 = self._squares(picture)
            if x0 < x1 and y0 < y1:
                changes[y0, x0] += 1
                changes[y0, x1] -= 1
                changes[y1, x0] -= 1
                changes[y1, x1] += 1
        depth = changes[:-1, :-1].cumsum(axis=0).cumsum(axis=1)
        self._sums = np.zeros_like(changes)
        """The number of covered squares to the left of a column and below a row."""
        self._sums[1:, 1:] = (depth > 0).cumsum(axis=0).cumsum(axis=1)

    def share(self, edges: Four) -> float:
        """Return the share of a rectangle that is covered."""
        x0, y0, x1, y1 = self._squares(edges)
        if x0 >= x1 or y0 >= y1:  # the rectangle is smaller than a square, so take the square around it
            x0, y0 = min(x0, self._columns - 1), min(y0, self._rows - 1)
            x1, y1 = x0 + 1, y0 + 1
        covered = int(self._sums[y1, x1] - self._sums[y0, x1] - self._sums[y1, x0] + self._sums[y0, x0])
        return covered / ((x1 - x0) * (y1 - y0))

    def _squares(self, edges: Four) -> tuple[int, int, int, int]:
        """Return the columns and rows of the squares whose centres are in a rectangle, as half-open ranges."""
        left, bottom, right, top = edges
        return (
            self._nearest(left - self._left, self._columns),
            self._nearest(bottom - self._bottom, self._rows),
            self._nearest(right - self._left, self._columns),
            self._nearest(top - self._bottom, self._rows),
        )

    def _nearest(self, distance: float, most: int) -> int:
        squares = distance / self._square
        return 0 if not squares > 0 else most if squares >= most else round(squares)  # a hostile file may do this
