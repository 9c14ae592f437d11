"""Reads PDFs a second time, with pypdf. Only this module imports pypdf."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader

from corpus import ticks
from corpus.witness.second_reading import Witness

logging.getLogger("pypdf").addHandler(logging.NullHandler())
"""pypdf warns about each oddity in a file. Without a handler, Python would print these warnings."""

_REPLACED = "the page gives other characters for some of those that it draws, and pypdf reads the drawn ones"
"""ActualText, which PDFium reads and pypdf does not."""

_UNSHOWN = 1 | 2 | 32
"""The flags of a field that is invisible or hidden, or that shows only on paper."""
_PUSH_BUTTON = 1 << 16
"""The flag of a button that starts an action and has no value."""


def open_pdf(path: Path) -> Witness:
    """Open a PDF. Raises any error of pypdf."""
    reader = PdfReader(path)

    def text(number: int) -> str:
        page = reader.pages[number - 1]
        values = list(_values(page))
        text = _with_values(page, values) if values else page.extract_text()
        return ticks.with_ticks(text) if ticks.CODES.search(text) and _has_wingdings(page) else text

    def caution(number: int) -> str:
        contents = reader.pages[number - 1].get_contents()
        return _REPLACED if contents is not None and b"/ActualText" in contents.get_data() else ""

    return Witness(text, caution)


def _has_wingdings(page: PageObject) -> bool:
    fonts = page.get("/Resources", {}).get("/Font", {})
    return any("Wingdings" in str(font.get_object().get("/BaseFont", "")) for font in fonts.values())


def _values(page: PageObject) -> Iterator[tuple[str, float, float]]:
    """Yield the value of each filled form field, with the field's left edge and the middle of its height.

    The page's own text does not contain these values. A box is ticked or empty.
    """
    for annotation in page.annotations or ():
        field = annotation.get_object()
        if field.get("/Subtype") != "/Widget" or int(field.get("/F", 0)) & _UNSHOWN:
            continue
        parent = field.get("/Parent", {})
        value = field.get("/V", parent.get("/V"))
        if field.get("/FT", parent.get("/FT")) == "/Btn":
            pressed = int(field.get("/Ff", parent.get("/Ff", 0))) & _PUSH_BUTTON
            value = "" if pressed else "☐" if field.get("/AS", "/Off") == "/Off" else "☑"
        if isinstance(value, str) and value.strip():
            left, low, right, high = (float(edge) for edge in field["/Rect"])
            yield str(value), min(left, right), (low + high) / 2


def _with_values(page: PageObject, values: Sequence[tuple[str, float, float]]) -> str:
    """Return the text of a page with each value placed after the last text above it or to its left."""
    parts: list[tuple[str, float, float]] = []

    def collect(text: str, matrix: list[float], text_matrix: list[float], _font: object, size: float) -> None:
        x, y = text_matrix[4], text_matrix[5]
        place = (x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5])
        parts.append((text, place[0], place[1] + size / 2))

    page.extract_text(visitor_text=collect)
    after: dict[int, list[str]] = {}
    for value, left, middle in values:
        before = (
            at
            for at, (text, x, y) in enumerate(parts)
            if text.strip() and (y > middle + 6 or (abs(y - middle) <= 6 and x < left))
        )
        after.setdefault(max(before, default=-1), []).append(value)
    texts = ["", *(text for text, _, _ in parts)]
    return "".join(
        "\n".join([text, *after.get(at, ()), *([""] if at in after else [])]) for at, text in enumerate(texts, -1)
    )
