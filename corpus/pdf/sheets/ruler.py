"""Measures where the characters of a page are, on the page as displayed, turned so that its text is level."""

from __future__ import annotations

from corpus.pdfium.pages import PageText
from corpus.pdfium.raw_calls import Four, TextCalls

LEAST_GAP = 5.0
"""Smallest gap that may separate cells, in points, however small the letters are. Chosen by eye."""


class Ruler:
    """The places of one page's characters, in points from its left and top edges."""

    def __init__(self, text: PageText) -> None:
        self.calls = TextCalls(text.textpage, scaled=text.scaled)
        self.frame = text.upright
        self.width, self.height = text.size
        self.spoken = text.spoken
        self.is_level = self.frame.of_y == 0 and self.frame.by_x > 0
        """Whether the text runs along a row of the page, from left to right."""
        self.least_gap = LEAST_GAP / (self.frame.by_x * self.width) if self.is_level else None
        """The smallest gap that may separate cells, in PDF units. None if the text is not level."""

    def rects(self, start: int, count: int) -> list[Four]:
        """Return the edges of the runs of characters ``[start, start + count)``, in PDF units."""
        rects = self.calls.rects(start, count)
        if self.spoken:
            items = {self.calls.text_object(index) for index in range(start, start + count)}
            rects += {self.spoken[item] for item in items if item in self.spoken}
        return rects

    def across(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
        """Return the left and right edges on the page as displayed, in points."""
        frame = self.frame
        one = frame.x + left * frame.by_x + bottom * frame.of_y
        two = frame.x + right * frame.by_x + top * frame.of_y
        return (one * self.width, two * self.width) if one <= two else (two * self.width, one * self.width)

    def baseline(self, index: int) -> float:
        """Return the distance of a character's baseline from the top of the page, in points."""
        return self.frame.down(*self.calls.origin(index)) * self.height
