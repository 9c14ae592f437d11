"""Mends the marks of text that a PDF gives other words for, such as an abbreviation and its long form ("ActualText").

PDFium returns the words once for a run of texts with the same marks. If a mark is inside the one with the words, the
marks of the run differ, and PDFium returns the words again.
"""

from __future__ import annotations

from corpus.pdf_calls import Four, Handle
from corpus.pdf_objects import PageObjects

_WORDS = b"ActualText"


def mend_actual_text(objects: PageObjects) -> list[Four]:
    """Take away the marks inside a mark that gives the words, because the words stand for everything inside it.

    Return the edges of what each such mark contains. PDFium gives the words the place of the first letters only.
    """
    places: dict[Handle, Four] = {}
    for text in objects.marked(lambda marks: _outer(marks, objects) is not None):
        outer = _outer(text.marks, objects) or 0
        for mark in reversed(text.marks[outer + 1 :]):
            objects.calls.remove_mark(text.item, mark)
        edges, before = objects.bounds(text), places.get(text.marks[outer])
        places[text.marks[outer]] = around(before, edges) if before and _on_one_line(before, edges) else edges
    return list(places.values())


def around(one: Four, other: Four) -> Four:
    """Return the edges of the rectangle around two others."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _on_one_line(one: Four, other: Four) -> bool:
    """Return whether two rectangles overlap in height, or in width for lines that run up or down the page."""
    return (one[1] < other[3] and other[1] < one[3]) or (one[0] < other[2] and other[0] < one[2])


def _outer(marks: tuple[Handle, ...], objects: PageObjects) -> int | None:
    """Return the place of the outermost mark that gives the words."""
    return next((place for place, mark in enumerate(marks) if objects.calls.has_value(mark, _WORDS)), None)
