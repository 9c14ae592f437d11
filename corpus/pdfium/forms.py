"""Reads the values and the ticks of a PDF's form fields, which PDFium does not treat as text of the page.

PDFium can also draw the values into the page. But if the page inherits its boxes or its resources, PDFium puts the
values in the wrong places and loses the fonts of the page. So we insert the values ourselves.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium.annotations import annotations_of, edges_of, is_shown
from corpus.pdfium.raw_calls import Four

_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
"""The kinds of field whose values are words."""
_BOXES = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
TICKED, EMPTY = "☑", "☐"
"""What we read for a box or a button that is chosen, and for one that is not. It does not depend on the shape drawn."""
_CHOICES = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_PASSWORD = raw.FPDF_FORMFLAG_TEXT_PASSWORD
_ROW = 4.0
"""Height of the rows into which we divide a page to find the text next to a field, in points. Chosen by eye."""
_LABEL = 2.0
"""Largest gap between a box and its label, in multiples of the size of the label's letters. Chosen by eye."""
_ABOVE, _BELOW = 0.8, 0.2
"""The height of letters above and below their baseline, as shares of their size. Chosen by eye."""
_MIDDLE = 0.35
"""The middle of letters is above their baseline by this share of their size. Chosen by eye."""
_USUAL = 11.0
"""The size of a field's letters, in points, if there is no text before it."""


class Value(NamedTuple):
    """The words in a form field, one string for each line."""

    lines: tuple[str, ...]
    edges: Four
    """The edges of the field, in PDF units."""
    is_box: bool = False
    """Whether it is a box to tick or a button to choose."""


class Printed(NamedTuple):
    """Where a line of the page is, in points from the top left, and ``[start, end)`` of the page's text."""

    left: float
    right: float
    baseline: float
    size: float
    start: int
    end: int

    @property
    def top(self) -> float:
        """The upper edge of its letters."""
        return self.baseline - _ABOVE * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.baseline + _BELOW * self.size


class Row(NamedTuple):
    """A line of the words in a form field, with its baseline and the size of its letters in points."""

    text: str
    baseline: float
    size: float


def open_forms(document: pdfium.PdfDocument) -> None:
    """Have PDFium read the form of a document, if it has one. Call this before the first page is loaded."""
    with suppress(pdfium.PdfiumError):  # we can still read the document without its form
        document.init_forms()


def values_of(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[Value]:
    """Return the words in the visible fields of a page that are not empty, and its boxes to tick."""
    if not document.formenv:
        return []
    found = []
    for annotation in annotations_of(page):
        kind = raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation)
        is_box = kind in _BOXES
        if (kind in _FIELDS or is_box) and is_shown(annotation):
            if is_box:
                words = TICKED if raw.FPDFAnnot_IsChecked(document.formenv, annotation) else EMPTY
            else:
                words = "\n".join(_words(document.formenv, annotation, kind))
            lines = tuple(line.strip() for line in words.splitlines() if line.strip())
            if lines:
                found.append(Value(lines, edges_of(annotation), is_box))
    return found


def places_of(
    fields: Sequence[Four], lines: Sequence[Printed], labelled: Sequence[bool]
) -> Iterator[tuple[Printed | None, bool]]:
    """Yield a line for each field, and whether the field comes before it.

    A field comes after the nearest line to its left or, if there is none, after the nearest line above it. If there is
    no such line either, it comes before everything. If a field may have a label on its right (``labelled``), as a box
    to tick may, it comes before the next line to its right if that is near. The edges of a field are left, right, top
    and bottom, in points from the top left of the page.
    """
    rows: dict[int, list[tuple[float, int]]] = {}
    for number, line in enumerate(lines):
        for row in range(int(line.top / _ROW), int(line.bottom / _ROW) + 1):
            rows.setdefault(row, []).append((line.left, number))
    for row_lines in rows.values():
        row_lines.sort()
    falling = sorted((line.bottom, line.left, number) for number, line in enumerate(lines))
    for (left, right, top, bottom), on_right in zip(fields, labelled, strict=True):
        middle = (top + bottom) / 2
        row_lines = rows.get(int(middle / _ROW), [])
        place = bisect_left(row_lines, (left, -1))
        following = (lines[n] for _, n in row_lines[place:])
        label = next((line for line in following if line.top < middle < line.bottom), None) if on_right else None
        if label and label.left - right < _LABEL * label.size:
            yield label, True
            continue
        beside = next((n for _, n in reversed(row_lines[:place]) if lines[n].top < middle < lines[n].bottom), None)
        if beside is not None:
            yield lines[beside], False
            continue
        above = bisect_left(falling, (middle, -1.0, -1))
        yield (lines[falling[above - 1][2]] if above else None), False


def rows_of(value: Value, field: Four, near: Printed | None) -> Iterator[Row]:
    """Yield the lines of a field's words, which divide its height equally.

    They get the letter size of the line ``near`` the field. A single line next to its label gets the label's baseline.
    """
    _, _, top, bottom = field
    size = near.size if near else _USUAL
    step = (bottom - top) / len(value.lines)
    for number, text in enumerate(value.lines):
        baseline = top + (number + 0.5) * step + _MIDDLE * size
        if len(value.lines) == 1 and near and near.top < (top + bottom) / 2 < near.bottom:
            baseline = near.baseline
        yield Row(text, baseline, size)


def _words(form: pdfium.PdfFormEnv, annotation: raw.FPDF_ANNOTATION, kind: int) -> Iterator[str]:
    """Yield the words of one field. For a list, these are the label of the choice, and not its value."""
    chosen = [
        _text(raw.FPDFAnnot_GetOptionLabel, form, annotation, option)
        for option in range(raw.FPDFAnnot_GetOptionCount(form, annotation) if kind in _CHOICES else 0)
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, option)
    ]
    secret = kind == raw.FPDF_FORMFIELD_TEXTFIELD and raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
    if not secret:
        yield from chosen or [_text(raw.FPDFAnnot_GetFormFieldValue, form, annotation)]


def _text(function: Callable[..., int], *arguments: Any) -> str:
    """Return the text that one of PDFium's functions writes, as UTF-16 with a zero at its end."""
    length = function(*arguments, None, 0)
    letters = ctypes.create_string_buffer(max(length, 2))
    function(*arguments, ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return letters.raw[: length - 2].decode("utf-16-le", "replace") if length > 2 else ""
