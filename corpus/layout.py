"""A PDF's pages into a document: the steps from lines with boxes to headings, paragraphs and items."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus import cleaning, judgements, paragraphs, pdf
from corpus.body import body_of
from corpus.drafts import Draft, assemble
from corpus.errors import UnreadableReport
from corpus.types import Document, Judgement

_GRADE_PAGES = 3
"""The grade table stands on the first page; a long title page may push it to the next two."""
_MIN_CHARACTERS_A_PAGE = 20
"""Below this, on average, the pages are pictures of text."""


def read_pdf(path: Path) -> Document:
    """Read a PDF. Raises UnreadableReport where it cannot be opened or holds no text."""
    pages = pdf.read_pages(path)
    if sum(len(page.text.strip()) for page in pages) < _MIN_CHARACTERS_A_PAGE * len(pages):
        raise UnreadableReport(
            path, "the pages are pictures and hold no text", "Run text recognition (OCR) on it and add the result."
        )
    flows = cleaning.without_letterhead(cleaning.without_running_lines(pages))
    found, flow = _with_grades([cleaning.without_contents(lines) for lines in flows])
    drafts = body_of(paragraphs.to_drafts(flow))
    if not drafts:
        raise UnreadableReport(path, "nothing but headers and footers was found", "Check that it is a whole report.")
    return assemble(
        drafts,
        pages=cleaning.labelled_pages(pages),
        media_type=pdf.MEDIA_TYPE,
        opening="\n".join(cleaning.clean(line.text) for page in pages[:2] for line in page.lines),
        judgements=tuple(found),
    )


def _with_grades(
    pages: Sequence[Sequence[pdf.PdfLine]],
) -> tuple[list[Judgement], list[Sequence[pdf.PdfLine | Draft]]]:
    """Read the grade table from the first of the opening pages that has one."""
    flow: list[Sequence[pdf.PdfLine | Draft]] = list(pages)
    for index in range(min(_GRADE_PAGES, len(pages))):
        found, lines = judgements.read_grades(pages[index])
        if found:
            flow[index] = lines
            return found, flow
    return [], flow
