"""The stored files that reports were read from: their pages' own text, where a quote stands on it, and its picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus import pdf
from corpus.reading import read
from corpus.types import Box
from corpus.verbatim import find_verbatim, split_over


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a quote on one page: ``[start, end)`` of the quote, and its boxes where the format has a layout."""

    start: int
    end: int
    page: int
    boxes: tuple[Box, ...]


def page_text(original: Path, media_type: str, page: int) -> str:
    """The text of one page, read from the file itself. Formats without pages have one."""
    return _page_text(original, _version(original), media_type, page)


def locate(quote: str, original: Path, media_type: str, pages: tuple[int, ...]) -> tuple[Place, ...]:
    """Where a quote stands word for word on the pages named: on one, or across two; empty where it does not."""
    for page in pages:
        if found := find_verbatim(quote, page_text(original, media_type, page)):
            return (Place(0, len(quote), page, _boxes(original, media_type, page, found)),)
    for first, second in pairwise(pages):
        texts = [page_text(original, media_type, page) for page in (first, second)]
        at = split_over(quote, *texts)
        if at is not None:
            head, tail = quote[:at].rstrip(), quote[at:]
            spans = [find_verbatim(part, text) for part, text in zip((head, tail), texts, strict=True)]
            return tuple(
                Place(start, end, page, _boxes(original, media_type, page, span))
                for start, end, page, span in ((0, len(head), first, spans[0]), (at, len(quote), second, spans[1]))
                if span
            )
    return ()


def _version(original: Path) -> tuple[int, int]:
    """What changes when a file's content does: a cached page of a former content proves nothing."""
    status = original.stat()
    return status.st_mtime_ns, status.st_size


def _boxes(original: Path, media_type: str, page: int, span: tuple[int, int]) -> tuple[Box, ...]:
    return _text_boxes(original, _version(original), page, *span) if media_type == pdf.MEDIA_TYPE else ()


@lru_cache(maxsize=1024)
def _page_text(original: Path, version: tuple[int, int], media_type: str, page: int) -> str:
    return pdf.page_text(original, page) if media_type == pdf.MEDIA_TYPE else _whole_text(original, version)


@lru_cache(maxsize=1024)
def _text_boxes(original: Path, version: tuple[int, int], page: int, start: int, end: int) -> tuple[Box, ...]:  # noqa: ARG001 - a part of the key
    return pdf.text_boxes(original, page, start, end)


@lru_cache(maxsize=64)
def _whole_text(original: Path, version: tuple[int, int]) -> str:  # noqa: ARG001 - a part of the key
    return read(original).text
