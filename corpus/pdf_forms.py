"""Draws the values of a PDF's form fields into its pages, so that they are read like the text around them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_calls import Four

_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
"""The kinds of field whose values are words. A tick box or a signature draws signs."""


def open_forms(document: pdfium.PdfDocument) -> None:
    """Have PDFium read the form of a document, if it has one. Call this before the first page is loaded."""
    with suppress(pdfium.PdfiumError):  # without its form, the document can still be read
        document.init_forms()


def draw_values(document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> pdfium.PdfPage:
    """Return a page with the values of its fields drawn on it, each after the text to its left or above it.

    The page is loaded again if it has any. Nothing is written to the file.
    """
    if not document.formenv or not _keep_only_fields(document, page):
        return page
    before = raw.FPDFPage_CountObjects(page)
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    page = document[index]
    for _ in range(raw.FPDFPage_CountObjects(page) - before):
        _put_in_order(page)
    return page


def _keep_only_fields(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> bool:
    """Remove a page's notes, links and other annotations. Return whether there are fields with words."""
    found = False
    for number in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in _FIELDS:
            found = True
        else:
            raw.FPDFPage_RemoveAnnot(page, number)
    return found


def _put_in_order(page: pdfium.PdfPage) -> None:
    """Move the values, which PDFium draws in one form at the end, to their places among the page's objects."""
    last = raw.FPDFPage_CountObjects(page) - 1
    drawn = raw.FPDFPage_GetObject(page, last)
    if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_FORM:
        return
    for value in list(_inside(drawn)):
        edges = _edges(value)
        place = _place_of(edges, _texts(page, last))
        if raw.FPDFFormObj_RemoveObject(drawn, value):
            raw.FPDFPage_InsertObjectAtIndex(page, value, place)
            last += 1


def _inside(form: raw.FPDF_PAGEOBJECT) -> Iterator[raw.FPDF_PAGEOBJECT]:
    for number in range(raw.FPDFFormObj_CountObjects(form)):
        yield raw.FPDFFormObj_GetObject(form, number)


def _texts(page: pdfium.PdfPage, end: int) -> list[tuple[int, Four]]:
    """Return the place among the objects, and the edges, of each text or value before ``end``."""
    items = ((number, raw.FPDFPage_GetObject(page, number)) for number in range(end))
    kinds = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)
    return [(number, _edges(item)) for number, item in items if raw.FPDFPageObj_GetType(item) in kinds]


def _place_of(field: Four, texts: Sequence[tuple[int, Four]]) -> int:
    """Return where a value belongs: after the nearest text to its left, or else after the nearest text above it."""
    left, bottom, _, top = field
    middle = (bottom + top) / 2
    beside = [(edges[2], number) for number, edges in texts if edges[1] < middle < edges[3] and edges[0] < left]
    if beside:
        return max(beside)[1] + 1
    above = [(-edges[1], number) for number, edges in texts if (edges[1] + edges[3]) / 2 > middle]
    return max(above)[1] + 1 if above else 0


def _edges(item: raw.FPDF_PAGEOBJECT) -> Four:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
