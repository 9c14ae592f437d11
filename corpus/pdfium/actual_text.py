"""Mends the marks of text that a PDF gives replacement words for ("ActualText"), such as a long form.

PDFium returns the replacement words once for a run of texts with the same marks. If there is another mark inside the
one with the words, the marks of the texts differ, and PDFium returns the words again.
"""

from __future__ import annotations

from corpus.pdfium.objects import PageObjects
from corpus.pdfium.raw_calls import Four, Handle, remove_mark

_WORDS = b"ActualText"


def mend_actual_text(objects: PageObjects) -> dict[Handle, Four]:
    """Remove the marks inside each mark that gives replacement words, because the words stand for all its content.

    Return the edges of the content of each such mark, by each of its texts. We need them because PDFium places the
    words at the first letters only.
    """
    giving: dict[Handle, bool] = {}

    def gives(mark: Handle) -> bool:
        if mark not in giving:
            giving[mark] = objects.calls.has_value(mark, _WORDS)
        return giving[mark]

    places: dict[Handle, Four] = {}
    texts: list[tuple[Handle, Handle]] = []
    for index in objects.marked(gives):
        if index not in objects.gone:
            marks, item = objects.marks(index), objects.items[index]
            outer = next(place for place, mark in enumerate(marks) if gives(mark))
            for mark in reversed(marks[outer + 1 :]):
                remove_mark(item, mark)
            edges, before = objects.bounds(index), places.get(marks[outer])
            places[marks[outer]] = around(before, edges) if before and _on_one_line(before, edges) else edges
            texts.append((item, marks[outer]))
    return {item: places[mark] for item, mark in texts}


def around(one: Four, other: Four) -> Four:
    """Return the edges of the rectangle that encloses two others."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _on_one_line(one: Four, other: Four) -> bool:
    """Return whether two rectangles overlap in height, or in width for lines that run up or down the page."""
    return (one[1] < other[3] and other[1] < one[3]) or (one[0] < other[2] and other[0] < one[2])
