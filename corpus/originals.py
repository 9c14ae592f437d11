"""The stored files that reports were read from: their pages' own text, where a quote stands on it, and its picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Generic, Self, TypeVar

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


_Version = tuple[int, int]
K = TypeVar("K")
V = TypeVar("V")
_MOST = 1024
"""Texts of pages, and boxes of quotes, that are remembered."""


class Originals:
    """Stored files as an answer is proved by them: each is opened once, and none stays open."""

    def __init__(self) -> None:
        self._opened: dict[tuple[Path, _Version], pdf.OpenedPdf] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for opened in self._opened.values():
            opened.close()

    def page_text(self, original: Path, media_type: str, page: int) -> str:
        """The text of one page, read from the file itself. Formats without pages have one."""
        version = _version(original)
        if media_type != pdf.MEDIA_TYPE:
            return _whole_text(original, version)
        return _texts.get((original, version, page), lambda: self._pdf(original, version).text(page))

    def locate(self, quote: str, original: Path, media_type: str, pages: tuple[int, ...]) -> tuple[Place, ...]:
        """Where a quote stands word for word on the pages named: on one, or across two; empty where it does not."""
        for page in pages:
            if found := find_verbatim(quote, self.page_text(original, media_type, page)):
                return (Place(0, len(quote), page, self._boxes(original, media_type, page, found)),)
        for first, second in pairwise(pages):
            texts = [self.page_text(original, media_type, page) for page in (first, second)]
            at = split_over(quote, *texts)
            if at is not None:
                head, tail = quote[:at].rstrip(), quote[at:]
                spans = [find_verbatim(part, text) for part, text in zip((head, tail), texts, strict=True)]
                return tuple(
                    Place(start, end, page, self._boxes(original, media_type, page, span))
                    for start, end, page, span in ((0, len(head), first, spans[0]), (at, len(quote), second, spans[1]))
                    if span
                )
        return ()

    def _boxes(self, original: Path, media_type: str, page: int, span: tuple[int, int]) -> tuple[Box, ...]:
        if media_type != pdf.MEDIA_TYPE:
            return ()
        version = _version(original)
        return _boxes.get((original, version, page, span), lambda: self._pdf(original, version).boxes(page, *span))

    def _pdf(self, original: Path, version: _Version) -> pdf.OpenedPdf:
        """The file as it is now: what was opened before it changed says nothing of it."""
        key = (original, version)
        if key not in self._opened:
            self._opened[key] = pdf.OpenedPdf(original)
        return self._opened[key]


def page_text(original: Path, media_type: str, page: int) -> str:
    """The text of one page; see :class:`Originals`."""
    with Originals() as originals:
        return originals.page_text(original, media_type, page)


def locate(quote: str, original: Path, media_type: str, pages: tuple[int, ...]) -> tuple[Place, ...]:
    """Where a quote stands word for word; see :class:`Originals`."""
    with Originals() as originals:
        return originals.locate(quote, original, media_type, pages)


class _Recent(Generic[K, V]):
    """What was made lately, by what it was made of: for any thread."""

    def __init__(self) -> None:
        self._kept: dict[K, V] = {}
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """What was made for a key, or is made now; what was wanted least lately goes."""
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
        return made


_texts = _Recent[tuple[Path, _Version, int], str]()
_boxes = _Recent[tuple[Path, _Version, int, tuple[int, int]], tuple[Box, ...]]()


def _version(original: Path) -> _Version:
    """What changes when a file's content does: a cached page of a former content proves nothing."""
    status = original.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _whole_text(original: Path, version: _Version) -> str:  # noqa: ARG001 - a part of the key
    return read(original).text
