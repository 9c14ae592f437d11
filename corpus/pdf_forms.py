"""Reads the values of a PDF's form fields, which PDFium does not count as text of the page.

PDFium can also draw the values into the page. It then puts them at wrong places, and loses the fonts of the page, if
the page takes its boxes or its resources from the pages above it. So we place the values ourselves.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_calls import Four

_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
"""The kinds of field whose values are words. A tick box or a signature draws signs."""
_CHOICES = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_UNSHOWN = raw.FPDF_ANNOT_FLAG_INVISIBLE | raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = raw.FPDF_FORMFLAG_TEXT_PASSWORD
_ROW = 4.0
"""Height of the rows into which we divide a page to find the text next to a field, in points. Chosen by eye."""


class Value(NamedTuple):
    """The words in a form field, one string for each line."""

    lines: tuple[str, ...]
    edges: Four
    """The edges of the field, in PDF units."""


class Printed(NamedTuple):
    """Where a line of the page is, in points from the top left, and where it ends in the page's text."""

    left: float
    right: float
    top: float
    bottom: float
    end: int


def open_forms(document: pdfium.PdfDocument) -> None:
    """Have PDFium read the form of a document, if it has one. Call this before the first page is loaded."""
    with suppress(pdfium.PdfiumError):  # without its form, the document can still be read
        document.init_forms()


def values_of(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[Value]:
    """Return the words in the fields of a page that can be seen and are not empty."""
    if not document.formenv:
        return []
    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation)
        if kind in _FIELDS and not raw.FPDFAnnot_GetFlags(annotation) & _UNSHOWN:
            words = "\n".join(_words(document.formenv, annotation, kind))
            lines = tuple(line.strip() for line in words.splitlines() if line.strip())
            edges = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, edges)
            if lines:
                found.append(Value(lines, (edges.left, edges.bottom, edges.right, edges.top)))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def places_of(fields: Sequence[Four], lines: Sequence[Printed]) -> Iterator[Printed | None]:
    """Yield the line that each field comes after: the nearest to its left, or else the nearest above it, or None.

    The edges of fields are those of lines: left, right, top and bottom.
    """
    rows: dict[int, list[tuple[float, int]]] = {}
    for number, line in enumerate(lines):
        for row in range(int(line.top / _ROW), int(line.bottom / _ROW) + 1):
            rows.setdefault(row, []).append((line.left, number))
    for row_lines in rows.values():
        row_lines.sort()
    falling = sorted((line.bottom, line.left, number) for number, line in enumerate(lines))
    for left, _, top, bottom in fields:
        middle = (top + bottom) / 2
        row_lines = rows.get(int(middle / _ROW), [])
        before = row_lines[: bisect_left(row_lines, (left, -1))]
        beside = next((n for _, n in reversed(before) if lines[n].top < middle < lines[n].bottom), None)
        if beside is not None:
            yield lines[beside]
            continue
        above = bisect_left(falling, (middle, -1.0, -1))
        yield lines[falling[above - 1][2]] if above else None


def _words(form: pdfium.PdfFormEnv, annotation: raw.FPDF_ANNOTATION, kind: int) -> Iterator[str]:
    """Yield the words of one field. A list shows the label of what is chosen, and not its value."""
    chosen = [
        _text(raw.FPDFAnnot_GetOptionLabel, form, annotation, option)
        for option in range(raw.FPDFAnnot_GetOptionCount(form, annotation) if kind in _CHOICES else 0)
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, option)
    ]
    secret = kind == raw.FPDF_FORMFIELD_TEXTFIELD and raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
    if not secret:
        yield from chosen or [_text(raw.FPDFAnnot_GetFormFieldValue, form, annotation)]


def _text(function: Callable[..., int], *arguments: Any) -> str:
    """Return the text that one of PDFium's functions writes, in UTF-16 with a zero at its end."""
    length = function(*arguments, None, 0)
    letters = ctypes.create_string_buffer(max(length, 2))
    function(*arguments, ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return letters.raw[: length - 2].decode("utf-16-le", "replace") if length > 2 else ""
