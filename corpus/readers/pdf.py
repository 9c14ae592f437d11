"""Reads PDFs: the steps from the lines of each page to headings, paragraphs and list items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.glyphs import clean
from corpus.grade_tables import judgements
from corpus.grade_tables.judgements import GradedPage
from corpus.pdf import cleaning, paragraphs, pdf_file
from corpus.pdf.footnote_marks import join_footnote_marks
from corpus.pdf.lines import PdfLine, PdfPage
from corpus.pdf.table_rows import tables_as_rows
from corpus.pdf.tables import mark_titles_in_cells
from corpus.pdf.text_columns import by_columns
from corpus.pdfium.strikes import STRUCK, without_struck
from corpus.readers.body import body_of
from corpus.scans.layers import with_layers_mended
from corpus.scans.scanned_pages import NO_TEXT, with_pictures_read
from corpus.types import Document

_GRADE_PAGES = 3
"""Number of opening pages that we search for the grade table. The table may follow a long title page."""
_OPENING_PAGES = 2
"""Number of opening pages that we search for facts. Chosen by eye."""
_CLOSING_PAGES = 3
"""Number of closing pages that we search for a signature or an inspection team. It is more than 1 because an annex may
follow. Chosen by eye."""
_MIN_CHARACTERS_A_PAGE = 20
"""Smallest average number of characters per page in a PDF that contains text. If there are fewer, the pages are
pictures. Chosen by eye."""


def read_pdf(path: Path, *, patient: bool = True) -> Document:
    """Read a PDF. Raises UnreadableReport if it cannot be opened or contains no text.

    Raises NeedsTime if some pages have to be read from their pictures and we are not ``patient``.
    """
    scans = with_pictures_read(path, with_layers_mended(pdf_file.read_pages(path)), patient=patient)
    bare = map(cleaning.without_print_marks, scans.pages)
    pages = [replace(page, lines=tuple(join_footnote_marks(page.lines))) for page in bare]
    if sum(len(page.text.strip()) for page in pages) < _MIN_CHARACTERS_A_PAGE * len(pages):
        raise UnreadableReport(path, NO_TEXT, "Run text recognition (OCR) on it, and add the result.")
    flows = [by_columns(lines) for lines in cleaning.without_letterhead(cleaning.without_running_lines(pages))]
    grades, flow = _with_grades([mark_titles_in_cells(cleaning.without_contents(lines)) for lines in flows])
    drafts = body_of(list(_without_struck(paragraphs.to_drafts(tables_as_rows(flow)))))
    if not drafts:
        raise UnreadableReport(path, "it contains only headers and footers", "Check that it is a complete report.")
    opening, closing = pages[:_OPENING_PAGES], pages[-_CLOSING_PAGES:]
    judgements = grades.judgements if grades else ()
    seen = any(judgement.page in scans.numbers for judgement in judgements)  # no grade is taken from a picture
    return replace(
        assemble(
            drafts,
            pages=cleaning.labelled_pages(pages),
            media_type=pdf_file.MEDIA_TYPE,
            opening=_printed(page for page in opening if page.number not in scans.numbers),
            closing=_printed(page for page in closing if page.number not in scans.numbers),
            judgements=() if seen else judgements,
            unread_grades=seen or bool(grades and grades.unread),
            unread_areas=grades.unread_areas if grades and not seen else (),
            not_judged=grades.not_judged if grades and not seen else (),
            warnings=(*scans.warnings, *_warnings(pages)),
        ),
        recognised=scans.recognised,
        pictured=_printed(page for page in opening if page.number in scans.numbers),
    )


def _printed(pages: Iterable[PdfPage]) -> str:
    return "\n".join(without_struck(clean(line.text)) for page in pages for line in page.lines)


def _without_struck(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the drafts that still have words when struck-out words are left out.

    We keep these words until the lines are grouped, because a paragraph continues below a struck-out line.
    """
    for draft in drafts:
        if not any(STRUCK in piece.text for piece in draft.pieces):
            yield draft
            continue
        left: list[Piece] = []
        for piece in draft.pieces:
            if text := without_struck(piece.text, left[-1].text if left else ""):
                left.append(replace(piece, text=text))
        if left:
            yield replace(draft, pieces=tuple(left))


def _warnings(pages: Sequence[PdfPage]) -> Iterator[str]:
    bare = [page.number for page in pages if len(page.text.strip()) < _MIN_CHARACTERS_A_PAGE]
    if bare:
        yield f"{_have(bare)} no text. If the file shows text there, run text recognition (OCR) on it."
    struck = [page.number for page in pages if page.struck]
    if struck:
        yield (
            f"{_have(struck)} words that are struck out. We left them out, and answers quote no sentence that goes "
            "over them. Check that the report is the final one."
        )
    layers = [page.number for page in pages if page.recognised]
    if layers:
        yield (
            f"{_have(layers)} words that the program that made the file recognised in a picture. Some may be wrong. "
            "Compare quotes, dates and grades with the picture."
        )
    covered = [page.number for page in pages if page.covered]
    if covered:
        yield f"{_have(covered)} words that a box covers. We left them out."
    for page in pages:
        if page.unchecked:
            yield (
                f"Page {page.number} could not be checked for words that nobody sees, such as blacked-out words, "
                "because it takes too long to draw. Compare it with the file before you quote it."
            )
    unknown = sum(page.text.count("\ufffd") for page in pages)
    if unknown:
        characters = "1 character" if unknown == 1 else f"{unknown} characters"
        yield f"{characters} could not be read, because the PDF does not say what they are. Look for a better copy."


def _have(pages: Sequence[int]) -> str:
    return f"Page {pages[0]} has" if len(pages) == 1 else f"Pages {', '.join(map(str, pages))} have"


def _with_grades(
    pages: Sequence[Sequence[PdfLine]],
) -> tuple[GradedPage | None, list[Sequence[PdfLine | Draft]]]:
    """Read the grade table from the first page that has a whole one, and turn each of its rows into a block.

    If no table can be read as a whole, read the one with the most grades. The table may go on at the top of the next
    page.
    """
    flow: list[Sequence[PdfLine | Draft]] = list(pages)
    unread: GradedPage | None = None
    best: tuple[int, GradedPage] | None = None
    for index in range(min(_GRADE_PAGES, len(pages))):
        page = judgements.read_grades(pages[index])
        if page.judgements and (best is None or len(page.judgements) > len(best[1].judgements)):
            best = index, page
        if page.judgements and page.is_whole:
            break
        unread = page if page.unread else unread
    if best is None:
        return unread, flow
    at, grades = best
    flow[at] = grades.flow
    while at + 1 < len(pages) and (rest := judgements.read_rest(grades, pages[at + 1])):
        at, grades = at + 1, judgements.joined(grades, rest)
        flow[at] = rest.flow
    return grades, flow
