"""Reads PDFs a second time, with pypdf. Only this module imports pypdf."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from pypdf import PageObject, PdfReader

from corpus.witness import Witness

logging.getLogger("pypdf").addHandler(logging.NullHandler())
"""pypdf warns about each oddity in a file. Without a handler, Python would print these warnings."""

_REPLACED = "the page gives other characters for some of those that it draws, and pypdf reads the drawn ones"
"""ActualText, which PDFium reads and pypdf does not."""


def open_pdf(path: Path) -> Witness:
    """Open a PDF. Raises any error of pypdf."""
    reader = PdfReader(path)

    def text(number: int) -> str:
        page = reader.pages[number - 1]
        return "\n".join([page.extract_text(), *_values(page)])

    def caution(number: int) -> str:
        contents = reader.pages[number - 1].get_contents()
        return _REPLACED if contents is not None and b"/ActualText" in contents.get_data() else ""

    return Witness(text, caution)


def _values(page: PageObject) -> Iterator[str]:
    """Yield what is filled in in the fields of a form. A field's text is no part of the page's own text."""
    for annotation in page.annotations or ():
        field = annotation.get_object()
        if field.get("/Subtype") != "/Widget":
            continue
        value = field.get("/V", field.get("/Parent", {}).get("/V"))
        if isinstance(value, str):
            yield str(value)
