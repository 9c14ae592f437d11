"""Finds the thin lines and annotations that may strike out words on a PDF page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium.annotations import annotations_of, edges_of, is_shown
from corpus.pdfium.hiding.covers import Grid
from corpus.pdfium.objects import Drawing, PageObjects
from corpus.pdfium.raw_calls import Floats, Four, Handle
from corpus.pdfium.strikes import HIGHEST, LOWEST

_FLAT = 4.0
"""Largest height of a line through words, in points. Chosen by eye."""
_LARGEST = 60.0
"""Largest size of letters that a line may strike out, in points. Chosen by eye."""
_THICKEST = 1.2
"""Largest height of a thick line through words, as a share of the size of the largest letters. Higher boxes cover the
words. Chosen by eye."""
_REACH = 2.0
"""The edges of a text are no further from its baseline than this, in multiples of the size of the largest letters.
Chosen by eye."""
_UNDER = 0.5
"""A line is under the texts if at least this share of the texts that it crosses are drawn later. Chosen by eye."""


def striking_lines(page: pdfium.PdfPage, objects: PageObjects) -> list[Four]:
    """Return the positions of a page's flat paths and annotations, in PDF units, if any may strike words out.

    Nearly all pages have flat paths, but few have one at the height of letters. So we compare the heights first.
    """
    if not objects.items:
        return []
    paths = [
        (path, edges)
        for path, edges in zip(objects.paths, objects.path_edges(), strict=True)
        if _runs_across(edges) or not objects.level  # no line that runs up the page strikes out level words
    ]
    flat = [(path, edges) for path, edges in paths if _is_flat(edges)]
    thick = [
        (path, edges)
        for path, edges in paths
        if _is_thick(edges, _THICKEST * _LARGEST) and path.item not in objects.behind
    ]
    if objects.level:
        if not _at_letters(objects, _heights(edges for _, edges in (*flat, *thick))):
            return list(_struck(page))  # true of nearly all pages
        flat, thick = (some if _at_letters(objects, _heights(e for _, e in some)) else [] for some in (flat, thick))
    opaque = _opaque(page, objects, thick)
    thin = (
        _drawn(path, edges, objects)
        for path, edges in flat
        if path.item not in opaque and objects.calls.is_painted(path.item)
    )
    return [*thin, *opaque.values(), *_struck(page)]


def _opaque(page: pdfium.PdfPage, objects: PageObjects, paths: Sequence[tuple[Drawing, Four]]) -> dict[Handle, Four]:
    """Return, by path, a flat line in the middle of each opaque line that is drawn over texts.

    The lines of highlighters are under the texts, or one can see through them. Lines too thin to hide half of the
    letters and too thick for :func:`corpus.pdfium.strikes.struck_out` would otherwise leave the words in place.
    """
    if not paths:
        return {}
    largest = float(objects.sizes(list(objects.left)).max(initial=0.0))
    most = _THICKEST * min(_LARGEST, largest)
    middles = [
        (path, _middle(_drawn(path, edges, objects)))
        for path, edges in paths
        if _is_thick(edges, most) and objects.calls.is_solid(path.item)
    ]
    if not middles or (
        objects.level and not _at_letters(objects, np.array([edges[1] for _, edges in middles], np.float32))
    ):
        return {}
    order = objects.order()
    texts = Grid(page.get_bbox())
    near = _at_height(objects, [edges for _, edges in middles], _REACH * largest)
    for place, index in sorted((order[objects.items[index]], index) for index in near):
        texts.paint(objects.bounds(index), place)
    return {
        path.item: edges
        for path, edges in middles
        if texts.share_after(edges, order[path.item]) < _UNDER * texts.share_after(edges, 0)
    }


def _at_height(objects: PageObjects, lines: Iterable[Four], reach: float) -> Iterable[int]:
    """Return the texts with a baseline within ``reach`` of a flat line. If not all texts are level, return all."""
    if not objects.level:
        return objects.left
    heights, baselines = np.sort(np.array([bottom for _, bottom, _, _ in lines], np.float32)), objects.matrices[:, 5]
    first = np.searchsorted(heights, baselines - reach, "left")
    last = np.searchsorted(heights, baselines + reach, "right")
    return [index for index in np.flatnonzero(last > first).tolist() if index not in objects.gone]


def _runs_across(edges: Four) -> bool:
    left, bottom, right, top = edges
    return right - left >= top - bottom


def _is_thick(edges: Four, most: float) -> bool:
    left, bottom, right, top = edges
    short, long = sorted((right - left, top - bottom))
    return 0 < short <= 2 * most and short < long


def _drawn(path: Drawing, edges: Four, objects: PageObjects) -> Four:
    """Return the edges of a path as it is drawn. PDFium adds the whole width of a line on each of its sides."""
    if objects.calls.is_filled(path.item):
        return edges
    left, bottom, right, top = edges
    around = min(right - left, top - bottom) / 4
    return left + around, bottom + around, right - around, top - around


def _middle(edges: Four) -> Four:
    """Return the flat line in the middle of a box, along its longer side."""
    left, bottom, right, top = edges
    if _runs_across(edges):
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top


def _heights(places: Iterable[Four]) -> Floats:
    """Return the height of the middle of each level line."""
    level = ((bottom, top) for left, bottom, right, top in places if right - left > top - bottom)
    return np.array([(bottom + top) / 2 for bottom, top in level], np.float32)


def _at_letters(objects: PageObjects, heights: Floats) -> bool:
    """Return whether a line at one of the heights may strike out level text."""
    heights = np.sort(heights)
    baselines = objects.matrices[:, 5]
    above = np.append(heights, np.inf)[np.searchsorted(heights, baselines, "right")]
    texts = np.flatnonzero(above - baselines <= HIGHEST * _LARGEST)
    if not texts.size:
        return False
    baselines, sizes = baselines[texts], objects.sizes(texts.tolist())
    lowest = np.searchsorted(heights, baselines + LOWEST * sizes, "left")
    return bool((np.searchsorted(heights, baselines + HIGHEST * sizes, "right") > lowest).any())


def _is_flat(edges: Four) -> bool:
    left, bottom, right, top = edges
    return min(right - left, top - bottom) <= _FLAT < max(right - left, top - bottom)


def _struck(page: pdfium.PdfPage) -> Iterator[Four]:
    """Yield a flat line in the middle of each annotation that strikes out words."""
    for annotation in annotations_of(page):
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT and is_shown(annotation):
            for left, bottom, right, top in _struck_lines(annotation):
                yield left, (bottom + top) / 2, right, (bottom + top) / 2


def _struck_lines(annotation: raw.FPDF_ANNOTATION) -> Iterator[Four]:
    """Yield the position of each line of words that an annotation marks. If it marks none, yield its own position."""
    count = raw.FPDFAnnot_CountAttachmentPoints(annotation)
    for number in range(count):
        quad = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)
    if not count:
        yield edges_of(annotation)
