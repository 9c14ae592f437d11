"""Finds the text that a clip path hides, such as the lines that do not fit into the cell of a table.

A clip path is a shape that a PDF draws through, like a window. We look only at rectangles and other simple shapes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from corpus.pdfium import raw_calls
from corpus.pdfium.objects import Form, PageObjects, moved_edges
from corpus.pdfium.raw_calls import Calls, Four, Handle

_MOST_POINTS = 12
"""We look at clip paths with up to this many points. A path with more points may have any shape. Chosen by eye."""
_MOST_PATHS = 8
"""Number of nested clip paths that we look at, starting from the innermost. Chosen by eye."""
_SLIVER = 0.5
"""Text counts as hidden if no more of it shows than this, in points. Chosen by eye."""
_EVERYWHERE: Four = (-math.inf, -math.inf, math.inf, math.inf)


def cut_off(objects: PageObjects) -> Iterator[int]:
    """Yield the index of each text that a clip path hides completely.

    The path may be its own or that of a form around it.
    """
    if not objects.items:
        return
    windows: dict[Handle, Four] = {}
    for index in _maybe_outside(objects):
        form = objects.forms[index]
        window = _meeting(_window(objects.items[index], form, objects.calls), _around(form, windows, objects.calls))
        left, bottom, right, top = objects.bounds(index)
        width, height = min(right, window[2]) - max(left, window[0]), min(top, window[3]) - max(bottom, window[1])
        if min(width, height) <= min(_SLIVER, (right - left) / 2, (top - bottom) / 2):
            yield index


def _maybe_outside(objects: PageObjects) -> Iterator[int]:
    """Yield the texts that may be hidden: those in forms, and those that start outside one of their clip paths.

    It looks at every text of every page. So it checks only two corners of each path, to save time.
    """
    items, forms, segment = objects.items, objects.forms, raw_calls.clip_segment
    counts = list(map(raw_calls.count_clip_paths, map(raw_calls.clip_of, items)))
    if max(counts) > 0:
        paths = [
            (index, raw_calls.clip_of(items[index]), path)
            for index, count in enumerate(counts)
            if count > 0 and forms[index] is None
            for path in range(max(0, count - _MOST_PATHS), count)
        ]
        texts = [index for index, _, _ in paths]
        starts = objects.matrices[texts, 4:].astype(np.float64)
        first = starts - raw_calls.points_of([segment(clip, path, 0) for _, clip, path in paths])
        third = starts - raw_calls.points_of([segment(clip, path, 2) for _, clip, path in paths])
        inside = (first * third <= 0).all(axis=1)
        yield from dict.fromkeys(texts[place] for place in np.flatnonzero(~inside).tolist())
    if any(forms):
        yield from (index for index, form in enumerate(forms) if form is not None)


def _around(form: Form | None, windows: dict[Handle, Four], calls: Calls) -> Four:
    """Return the area that the clip paths of a form, and of the forms around it, leave visible."""
    if form is None:
        return _EVERYWHERE
    if form.item not in windows:
        windows[form.item] = _meeting(_window(form.item, form.around, calls), _around(form.around, windows, calls))
    return windows[form.item]


def _window(item: Handle, form: Form | None, calls: Calls) -> Four:
    """Return the edges of the area that the clip paths of one object leave visible, in the units of the page."""
    clip = raw_calls.clip_of(item)
    count = raw_calls.count_clip_paths(clip)
    window = _EVERYWHERE
    for path in range(max(0, count - _MOST_PATHS), count):
        number = raw_calls.count_clip_points(clip, path)
        if 0 < number <= _MOST_POINTS:
            segments = [raw_calls.clip_segment(clip, path, place) for place in range(number)]
            xs, ys = zip(*map(calls.point, segments), strict=True)
            edges = min(xs), min(ys), max(xs), max(ys)
            window = _meeting(window, edges if form is None else moved_edges(edges, form.matrix))
    return window


def _meeting(one: Four, other: Four) -> Four:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
