"""Looks up pages and quotes in the stored files from which reports were read."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Self

from corpus.pdf import pdf_file
from corpus.pdf.printed_order import PrintedOrder, printed_order
from corpus.quotes.recognised_text import find_recognised
from corpus.quotes.verbatim import find_verbatim, split_over
from corpus.reading import read
from corpus.recent import Recent
from corpus.types import Box, RecognisedPage


@dataclass(frozen=True, slots=True)
class Place:
    """The part ``[start, end)`` of a quote that is on one page, with its boxes."""

    start: int
    end: int
    page: int
    boxes: tuple[Box, ...]
    """Empty if the format has no layout."""
    recognised: bool = False
    """Whether the page was read from its picture. The words may then be wrong, and nothing is proved."""
    unsure: tuple[tuple[int, int], ...] = ()
    """``[start, end)`` in the whole quote of each recognised word that the program was not sure of."""
    rearranged: bool = False
    """Whether the file draws other words between the words of the quote. Only their positions on the page show their
    order."""


_Version = tuple[int, int]
_KEPT = 1024
"""Number of page texts that we keep in memory."""
_KEPT_PLACES = 4096
"""Number of quotes whose places we keep in memory. Each quote takes about 1 KB. To list 40 grades, we look up 80
quotes."""
_KEPT_BYTES = 32_000_000
"""Number of bytes that we keep in memory for whole texts, in formats without pages. Compression reduces each text
to about a third, so about 1,000 long reports fit."""


class Originals:
    """Opens stored files to prove the quotes in an answer. Each file is opened once, and all are closed at the end."""

    def __init__(self) -> None:
        self._opened: dict[tuple[Path, _Version], pdf_file.OpenedPdf] = {}
        self._whole: dict[tuple[Path, _Version], str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for opened in self._opened.values():
            opened.close()

    def page_text(self, original: Path, media_type: str, page: int) -> str:
        """Return the text of one page, read from the file itself. A format without pages has one page."""
        version = _version(original)
        if media_type != pdf_file.MEDIA_TYPE:
            return self._whole_text(original, version)
        return _texts.get((original, version, page), lambda: self._pdf(original, version).text(page))

    def locate(
        self,
        quote: str,
        original: Path,
        media_type: str,
        pages: tuple[int, ...],
        recognised: Mapping[int, RecognisedPage] = MappingProxyType({}),
    ) -> tuple[Place, ...]:
        """Return where a quote appears word for word on one of the given pages or across two, or () if it does not.

        ``recognised`` are the pages that were read from their pictures, by number. On these pages, we look in the words
        that were recognised.
        """
        if any(page in recognised for page in pages):
            return self._locate_recognised(quote, original, media_type, pages, recognised)
        key = (original, _version(original), pages, quote)
        return _places.get(key, lambda: self._locate(quote, original, media_type, pages))

    def _locate(self, quote: str, original: Path, media_type: str, pages: tuple[int, ...]) -> tuple[Place, ...]:
        for page in pages:
            if span := find_verbatim(quote, self.page_text(original, media_type, page)):
                return (Place(0, len(quote), page, self._boxes(original, media_type, page, span)),)
        for first, second in pairwise(pages):
            texts = [self.page_text(original, media_type, page) for page in (first, second)]
            at = split_over(quote, *texts)
            if at is not None:
                head, tail = quote[:at].rstrip(), quote[at:]
                spans = [find_verbatim(part, text) for part, text in zip((head, tail), texts, strict=True)]
                parts = ((0, len(head), first, spans[0]), (at, len(quote), second, spans[1]))
                return tuple(
                    Place(start, end, page, self._boxes(original, media_type, page, part))
                    for start, end, page, part in parts
                    if part
                )
        for page in pages if media_type == pdf_file.MEDIA_TYPE else ():
            if boxes := self._boxes_in_printed_order(quote, original, page):
                return (Place(0, len(quote), page, boxes, rearranged=True),)
        return ()

    def _boxes_in_printed_order(self, quote: str, original: Path, page: int) -> tuple[Box, ...]:
        """Return the boxes of a quote if the file does not draw its lines in the order of reading, or else ()."""
        version = _version(original)
        opened = self._pdf(original, version)
        order = _orders.get((original, version, page), lambda: printed_order(opened.lines(page)))
        span = find_verbatim(quote, order.text) if order else None
        if order is None or span is None:
            return ()
        return tuple(box for start, end in order.places(*span) for box in opened.boxes(page, start, end))

    def _locate_recognised(
        self,
        quote: str,
        original: Path,
        media_type: str,
        pages: tuple[int, ...],
        recognised: Mapping[int, RecognisedPage],
    ) -> tuple[Place, ...]:
        def text(page: int) -> str:
            return recognised[page].text if page in recognised else self.page_text(original, media_type, page)

        def place(start: int, end: int, page: int) -> Place | None:
            if page not in recognised:
                at = self._locate(quote[start:end], original, media_type, (page,))
                return replace(at[0], start=start, end=end) if at else None
            found = find_recognised(quote[start:end], recognised[page])
            unsure = tuple((start + first, start + last) for first, last in found.unsure) if found else ()
            return Place(start, end, page, found.boxes, recognised=True, unsure=unsure) if found else None

        for page in pages:
            if whole := place(0, len(quote), page):
                return (whole,)
        for first, second in pairwise(pages):
            at = split_over(quote, text(first), text(second))
            if at is not None:
                parts = place(0, len(quote[:at].rstrip()), first), place(at, len(quote), second)
                return tuple(part for part in parts if part)
        return ()

    def _whole_text(self, original: Path, version: _Version) -> str:
        key = (original, version)
        if key not in self._whole:
            packed = _whole_texts.get(key, lambda: zlib.compress(read(original).text.encode(), level=1))
            self._whole[key] = zlib.decompress(packed).decode()
        return self._whole[key]

    def _boxes(self, original: Path, media_type: str, page: int, span: tuple[int, int]) -> tuple[Box, ...]:
        if media_type != pdf_file.MEDIA_TYPE:
            return ()
        return self._pdf(original, _version(original)).boxes(page, *span)

    def _pdf(self, original: Path, version: _Version) -> pdf_file.OpenedPdf:
        """Return the file's current version as an open PDF. If the file has changed, we open it again."""
        key = (original, version)
        if key not in self._opened:
            self._opened[key] = pdf_file.OpenedPdf(original)
        return self._opened[key]


def page_text(original: Path, media_type: str, page: int) -> str:
    """Return the text of one page. See :class:`Originals`."""
    with Originals() as originals:
        return originals.page_text(original, media_type, page)


def locate(
    quote: str,
    original: Path,
    media_type: str,
    pages: tuple[int, ...],
    recognised: Mapping[int, RecognisedPage] = MappingProxyType({}),
) -> tuple[Place, ...]:
    """Return where a quote appears word for word. See :class:`Originals`."""
    with Originals() as originals:
        return originals.locate(quote, original, media_type, pages, recognised)


_texts = Recent[tuple[Path, _Version, int], str](_KEPT)
_orders = Recent[tuple[Path, _Version, int], PrintedOrder | None](_KEPT)
_whole_texts = Recent[tuple[Path, _Version], bytes](_KEPT_BYTES, len)
_places = Recent[tuple[Path, _Version, tuple[int, ...], str], tuple[Place, ...]](_KEPT_PLACES)


def _version(original: Path) -> _Version:
    """Return a file's modification time and size, so that an earlier version of a page cannot prove a quote."""
    status = original.stat()
    return status.st_mtime_ns, status.st_size
