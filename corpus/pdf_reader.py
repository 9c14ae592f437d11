"""A PDF's pages into a document: the steps from lines with boxes to headings, paragraphs and items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import cleaning, judgements, paragraphs, pdf
from corpus.body import body_of
from corpus.drafts import Draft, assemble
from corpus.errors import UnreadableReport
from corpus.footnote_marks import with_marks
from corpus.judgements import GradedPage
from corpus.pdf_lines import PdfLine, PdfPage
from corpus.tables import with_titles
from corpus.types import Document

_GRADE_PAGES = 3
"""The grade table stands on the first page; a long title page may push it to the next two."""
_OPENING_PAGES, _CLOSING_PAGES = 2, 3
"""Facts are read from the first pages; a signature or an inspection team may stand before an annex."""
_MIN_CHARACTERS_A_PAGE = 20
"""Below this, on average, the pages are pictures of text."""


def read_pdf(path: Path) -> Document:
    """Read a PDF. Raises UnreadableReport where it cannot be opened or holds no text."""
    pages = [replace(page, lines=tuple(with_marks(page.lines))) for page in pdf.read_pages(path)]
    if sum(len(page.text.strip()) for page in pages) < _MIN_CHARACTERS_A_PAGE * len(pages):
        raise UnreadableReport(
            path, "the pages are pictures and hold no text", "Run text recognition (OCR) on it and add the result."
        )
    flows = cleaning.without_letterhead(cleaning.without_running_lines(pages))
    grades, flow = _with_grades([with_titles(cleaning.without_contents(lines)) for lines in flows])
    drafts = body_of(paragraphs.to_drafts(flow))
    if not drafts:
        raise UnreadableReport(path, "nothing but headers and footers was found", "Check that it is a whole report.")
    return assemble(
        drafts,
        pages=cleaning.labelled_pages(pages),
        media_type=pdf.MEDIA_TYPE,
        opening=_printed(pages[:_OPENING_PAGES]),
        closing=_printed(pages[-_CLOSING_PAGES:]),
        judgements=grades.judgements if grades else (),
        unread_grades=bool(grades and grades.unread),
        warnings=tuple(_warnings(pages)),
    )


def _printed(pages: Sequence[PdfPage]) -> str:
    return "\n".join(cleaning.clean(line.text) for page in pages for line in page.lines)


def _warnings(pages: Sequence[PdfPage]) -> Iterator[str]:
    bare = [str(page.number) for page in pages if len(page.text.strip()) < _MIN_CHARACTERS_A_PAGE]
    if bare:
        yield f"no text on page {', '.join(bare)}: a picture, or blank"
    unknown = sum(page.text.count("\ufffd") for page in pages)
    if unknown:
        yield f"{unknown} characters that the PDF does not say how to read"


def _with_grades(
    pages: Sequence[Sequence[PdfLine]],
) -> tuple[GradedPage | None, list[Sequence[PdfLine | Draft]]]:
    """Read the grade table from the first of the opening pages that has one."""
    flow: list[Sequence[PdfLine | Draft]] = list(pages)
    unread: GradedPage | None = None
    for index in range(min(_GRADE_PAGES, len(pages))):
        page = judgements.read_grades(pages[index])
        if page.judgements:
            flow[index] = page.flow
            return page, flow
        unread = page if page.unread else unread
    return unread, flow
