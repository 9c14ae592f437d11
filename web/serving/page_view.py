"""What a browser shows of the original files: the text of pages, the positions of quotes, and pictures of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.pdf import pdf_file
from corpus.quotes.originals import locate, page_text
from corpus.quotes.recognised_text import lines_of
from corpus.quotes.verbatim import find_verbatim
from corpus.types import Box, Report
from index.search.search_index import SearchIndex
from web.contract.problems import OriginalMissing
from web.serving.highlighting import Stretch, stretches

WIDTHS = range(600, 1601)
"""The widths in pixels of the pictures that we can draw."""


@dataclass(frozen=True, slots=True)
class MarkedQuote:
    """The place of a quote, as seen from one page."""

    boxes: tuple[Box, ...]
    span: tuple[int, int] | None
    """Where the quote starts and ends in the page's text."""
    elsewhere: int | None
    """Another page that contains the quote, if this page does not."""

    @property
    def found(self) -> bool:
        """Whether the quote is on this page."""
        return bool(self.boxes or self.span)


def has_pictures(report: Report) -> bool:
    """Return whether a report's format has a page layout to draw."""
    return report.media_type == pdf_file.MEDIA_TYPE


def original_of(index: SearchIndex, report: Report) -> Path:
    """Return the original file of a report. Raises OriginalMissing."""
    path = index.data.find_original(report.sha256)
    if path is None:
        raise OriginalMissing(f"The original file of “{report.title}” is missing from the data folder.")
    return path


def proof_of(index: SearchIndex, report: Report) -> Path:
    """Return the file in which the quotes of a report are found. Raises OriginalMissing.

    It is the original or, if that had to be converted, the Word document made from it.
    """
    path = index.data.find_original(report.proof)
    if path is None:
        raise OriginalMissing(f"The file that “{report.title}” was read from is missing from the data folder.")
    return path


def text_of_page(index: SearchIndex, report: Report, number: int) -> str:
    """Return a page's text. PDFium's marks for hyphens at line ends become hyphens, and offsets do not change."""
    if recognised := index.store.recognised_pages(report.id).get(number):
        return recognised.text
    return page_text(proof_of(index, report), report.media_type, number).replace(LINE_BREAK_HYPHEN, "-")


@dataclass(frozen=True, slots=True)
class LayerLine:
    """A line of text on a page and its position. The text lies over the picture so that people can select it."""

    box: Box
    stretches: tuple[Stretch, ...]


def text_layer(
    index: SearchIndex, report: Report, number: int, spans: Sequence[tuple[int, int]]
) -> tuple[LayerLine, ...]:
    """Return the lines of a page, with the given spans of its text marked."""
    text = text_of_page(index, report, number)
    recognised = index.store.recognised_pages(report.id).get(number)
    places: Iterable[tuple[int, int, Box]]
    if recognised:
        places = (
            (line[0].start, line[-1].end, Box.around([word.word.box for word in line])) for line in lines_of(recognised)
        )
    else:
        places = ((line.start, line.end, line.box) for line in pdf_file.page_lines(proof_of(index, report), number))
    return tuple(LayerLine(box, tuple(stretches(text, start, end, spans))) for start, end, box in places)


def find_quote(quote: str, index: SearchIndex, report: Report, number: int) -> MarkedQuote:
    """Find a quote on a page, or on the pages before and after it."""
    nearby = tuple(page for page in (number - 1, number, number + 1) if 1 <= page <= report.page_count)
    path, recognised = proof_of(index, report), index.store.recognised_pages(report.id)
    places = next(
        filter(None, (locate(quote, path, report.media_type, pages, recognised) for pages in ((number,), nearby))), ()
    )
    on_page = [place for place in places if place.page == number]
    if not on_page:
        return MarkedQuote((), None, places[0].page if places else None)
    part = quote[on_page[0].start : on_page[0].end]
    return MarkedQuote(on_page[0].boxes, find_verbatim(part, text_of_page(index, report, number)), None)


@lru_cache(maxsize=4096)
def page_shape(path: Path, number: int) -> float:
    """Return the height of a page as a multiple of its width."""
    width, height = pdf_file.page_size(path, number)
    return height / width
