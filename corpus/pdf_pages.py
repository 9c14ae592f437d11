"""Loads pages of PDFs, and leaves out what is drawn on them but is not part of their text."""

from __future__ import annotations

import pypdfium2 as pdfium

from corpus.pdf_doubles import leave_out_copies
from corpus.pdf_objects import PageObjects
from corpus.pdf_unseen import leave_out_unseen
from corpus.pdf_watermarks import leave_out_watermarks


def load_text(page: pdfium.PdfPage) -> pdfium.PdfTextPage:
    """Return the text of a loaded page. Everything that reads a page's text calls this, so offsets are always the same.

    A page whose text has been loaded must not be drawn, because some of its objects are switched off.
    """
    objects = PageObjects.of(page)
    leave_out_unseen(page, objects)
    leave_out_watermarks(objects)
    leave_out_copies(page, objects)
    return page.get_textpage()
