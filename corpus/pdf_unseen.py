"""Leaves out the text on a PDF page that no viewer shows, so that it cannot be quoted.

Such text is in a layer that is switched off, is invisible, has the colour of what is behind it, or is beyond the page's
edges. The text that text recognition lays over or under a picture is kept, because the picture shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_calls import Four, Handle, set_active
from corpus.pdf_frame import Frame
from corpus.pdf_objects import PageObjects, TextObject

_LIGHT = 200
"""Letters whose red, green and blue are all at least this, of 255, may not show on white paper. Chosen by eye."""
_FAINT = 64
"""Letters of less opacity than this, of 255, may not show either. Chosen by eye."""
_SHOWS = 8
"""A difference in grey, of 255, that a person can see. Chosen by eye."""
_SCALE = 1.5
"""Pixels to a point in the pictures that we compare. Chosen by eye."""
_LONGEST = 2400
"""Maximum length in pixels of such a picture's sides."""
_ON_PICTURE = 0.5
"""Share of a text's box that a picture covers if the text was recognised in the picture. Chosen by eye."""
_MOST_PICTURES = 40
"""Number of layers and pale texts that we look at one by one if they overlap. Chosen by eye, to limit the time."""

_Group = tuple[list[Handle], list[Four]]
"""Objects that are either all shown or all hidden, and their edges."""


def leave_out_unseen(page: pdfium.PdfPage, objects: PageObjects) -> None:
    """Leave out the objects that no viewer shows."""
    groups = [([form.item], [objects.bounds(form)]) for form in objects.forms]
    unseen = _beyond(page, objects)
    for text in objects.unusual:
        invisible = text.mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        if (invisible or text.darkest >= _LIGHT or text.fill[3] < _FAINT) and not _is_on_picture(text, objects):
            if invisible:
                unseen.append(text.item)
            else:
                groups.append(([text.item], [objects.bounds(text)]))
    layers: dict[tuple[Handle, ...], list[TextObject]] = {}
    alone = {item for items, _ in groups for item in items}
    for text in objects.marked(lambda marks: any(objects.name(mark) == "OC" for mark in marks)):
        if text.item not in alone:
            layers.setdefault(tuple(mark for mark in text.marks if objects.name(mark) == "OC"), []).append(text)
    groups += (([one.item for one in group], [objects.bounds(one) for one in group]) for group in layers.values())
    objects.leave_out([*unseen, *(item for items in _unseen(page, groups) for item in items)])


def _beyond(page: pdfium.PdfPage, objects: PageObjects) -> list[Handle]:
    """Return the texts that are beyond the edges of the page."""
    left, bottom, right, top = edges = page.get_bbox()
    outside = [
        text for text in objects.texts if not (left <= text[1][4] <= right and bottom <= text[1][5] <= top)
    ]  # the matrix; by number, because pages have hundreds of texts
    return [text.item for text in outside if not _meet(objects.bounds(text), edges)]


def _unseen(page: pdfium.PdfPage, groups: Sequence[_Group]) -> list[list[Handle]]:
    """Return the groups that make no difference to a picture of the page."""
    if not groups:
        return []
    camera = _Camera(page, [box for _, boxes in groups for box in boxes])
    everything = camera.picture()
    for items, _ in groups:
        _switch(items, on=False)
    nothing = camera.picture()
    unseen = []
    for number, (items, boxes) in enumerate(groups):
        seen = camera.differ(everything, nothing, boxes)
        others = [box for index, (_, found) in enumerate(groups) if index != number for box in found]
        if seen and len(groups) <= _MOST_PICTURES and any(_meet(box, other) for box in boxes for other in others):
            _switch(items, on=True)
            seen = camera.differ(camera.picture(), nothing, boxes)
            _switch(items, on=False)
        if not seen:
            unseen.append(items)
    for items, _ in groups:
        _switch(items, on=True)
    return unseen


def _switch(items: Iterable[Handle], *, on: bool) -> None:
    for item in items:
        set_active(item, int(on))


class _Pixels(NamedTuple):
    """The shades of grey of a picture, row by row, and the length of a row."""

    grey: bytes
    width: int


class _Camera:
    """Takes pictures of the part of a page that is around some boxes."""

    def __init__(self, page: pdfium.PdfPage, boxes: Iterable[Four]) -> None:
        self._page, self._frame = page, Frame.of(page)
        width, height = page.get_size()
        places = [self._frame.place(*box) for box in boxes]
        self._left = max(0.0, min(x0 for x0, _, _, _ in places) * width - 1)
        self._top = max(0.0, min(y0 for _, y0, _, _ in places) * height - 1)
        right = min(width, max(x1 for _, _, x1, _ in places) * width + 1)
        bottom = min(height, max(y1 for _, _, _, y1 in places) * height + 1)
        self._crop = (self._left, height - bottom, width - right, self._top)
        self._is_empty = right - self._left < 1 or bottom - self._top < 1
        self._scale = min(_SCALE, _LONGEST / max(width, height))
        self._width, self._height = width, height

    def picture(self) -> _Pixels:
        """Return the pixels of the part, in shades of grey."""
        if self._is_empty:
            return _Pixels(b"", 0)
        options = {"grayscale": True, "draw_annots": False, "may_draw_forms": False}
        bitmap = self._page.render(scale=self._scale, crop=self._crop, **options)
        pixels = _Pixels(bytes(bitmap.buffer), bitmap.stride)
        bitmap.close()
        return pixels

    def differ(self, one: _Pixels, other: _Pixels, boxes: Iterable[Four]) -> bool:
        """Return whether two pictures differ within any of the boxes."""
        for box in boxes:
            x0, y0, x1, y1 = self._frame.place(*box)
            left, right = self._pixels(x0 * self._width - self._left, x1 * self._width - self._left)
            for row in range(*self._pixels(y0 * self._height - self._top, y1 * self._height - self._top)):
                start, end = row * one.width + left, row * one.width + min(right, one.width)
                before, after = one.grey[start:end], other.grey[start:end]
                if before != after and any(abs(x - y) >= _SHOWS for x, y in zip(before, after, strict=True)):
                    return True
        return False

    def _pixels(self, start: float, end: float) -> tuple[int, int]:
        return max(0, int(start * self._scale) - 1), max(0, int(end * self._scale) + 2)


def _meet(one: Four, other: Four) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _is_on_picture(text: TextObject, objects: PageObjects) -> bool:
    """Return whether a picture covers most of a text."""
    left, bottom, right, top = objects.bounds(text)
    area = (right - left) * (top - bottom)
    return any(
        max(0.0, min(right, one[2]) - max(left, one[0])) * max(0.0, min(top, one[3]) - max(bottom, one[1]))
        >= _ON_PICTURE * area
        for one in map(objects.bounds, objects.pictures)
    )
