"""The stored originals as a browser can show them: page text, where a quote stands, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus import pdf
from corpus.originals import locate, page_text
from corpus.pdf_lines import LINE_BREAK_HYPHEN
from corpus.types import Box, Report
from corpus.verbatim import find_verbatim
from index.search.search_index import SearchIndex
from web.contract.problems import OriginalMissing
from web.serving.highlighting import Stretch, stretches

WIDTHS = range(600, 1601)
"""Pixels that a picture may be wide."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a quote stands, seen from one page."""

    boxes: tuple[Box, ...]
    span: tuple[int, int] | None
    """Of the page's text."""
    elsewhere: int | None
    """Another page that holds it, where this one does not."""

    @property
    def found(self) -> bool:
        """Whether it stands on this page."""
        return bool(self.boxes or self.span)


def has_pictures(report: Report) -> bool:
    """Whether the format has a layout to draw."""
    return report.media_type == pdf.MEDIA_TYPE


def original_of(index: SearchIndex, report: Report) -> Path:
    """The kept file of a report. Raises OriginalMissing."""
    path = index.data.find_original(report.sha256)
    if path is None:
        raise OriginalMissing(f"The original file of “{report.title}” is missing from the data folder.")
    return path


def text_of_page(path: Path, report: Report, number: int) -> str:
    """A page's text with PDFium's mark for a hyphen at a line's end shown as one; offsets stay."""
    return page_text(path, report.media_type, number).replace(LINE_BREAK_HYPHEN, "-")


@dataclass(frozen=True, slots=True)
class LayerLine:
    """A line of a page's text where it is printed, to lie over the picture so that it can be selected."""

    box: Box
    stretches: tuple[Stretch, ...]


def text_layer(path: Path, report: Report, number: int, spans: Sequence[tuple[int, int]]) -> tuple[LayerLine, ...]:
    """A page's lines with the spans of its text marked."""
    text = text_of_page(path, report, number)
    return tuple(
        LayerLine(line.box, tuple(stretches(text, line.start, line.end, spans)))
        for line in pdf.page_lines(path, number)
    )


def mark(quote: str, path: Path, report: Report, number: int) -> Marked:
    """Where a quote stands on a page, or across it and a page beside it."""
    around = tuple(page for page in (number - 1, number, number + 1) if 1 <= page <= report.page_count)
    places = locate(quote, path, report.media_type, (number,)) or locate(quote, path, report.media_type, around)
    here = [place for place in places if place.page == number]
    if not here:
        return Marked((), None, places[0].page if places else None)
    part = quote[here[0].start : here[0].end]
    return Marked(here[0].boxes, find_verbatim(part, text_of_page(path, report, number)), None)


@lru_cache(maxsize=4096)
def page_shape(path: Path, number: int) -> float:
    """Height of a page as a share of its width."""
    width, height = pdf.page_size(path, number)
    return height / width
