"""Removes lines that plain text repeats at the top or foot of each page, and joins text that runs over two pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PAGE = "\f"
_NUMBER = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:;][’”\"')\]]*$")
_MOST_LINES = 3
"""We look for repeated lines among this many at the top and at the foot of each page. Chosen by eye."""


def without_running_heads(text: str) -> str:
    """Return a text whose form feeds part its pages, without the lines that nearly every page repeats.

    The first page keeps its own. A sentence that continues on the next page stays in one paragraph.
    """
    pages = [page.splitlines() for page in text.split(_PAGE)]
    pages = [page for page in pages if any(line.strip() for line in page)]
    if len(pages) < 2:
        return text
    tops, feet = _repeated(pages, top=True), _repeated(pages, top=False)
    joined: list[str] = []
    for number, page in enumerate(pages):
        lines = _trimmed(page)
        while lines and number and _shape(lines[0]) in tops:
            lines = _trimmed(lines[1:])
        while lines and _shape(lines[-1]) in feet:
            lines = _trimmed(lines[:-1])
        if not lines:
            continue
        goes_on = joined and not _ENDED.search(joined[-1].rstrip()) and lines[0].strip()[:1].islower()
        joined += [*([] if goes_on or not joined else [""]), *lines]
    return "\n".join(joined)


def _repeated(pages: Sequence[Sequence[str]], *, top: bool) -> frozenset[str]:
    """Return the shapes of the first or last lines that most pages have, and at least two."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line.strip()]
        counts.update({_shape(line) for line in (lines[:_MOST_LINES] if top else lines[-_MOST_LINES:])})
    return frozenset(shape for shape, count in counts.items() if count > max(1, len(pages) // 2))


def _shape(line: str) -> str:
    """Return a line without the numbers of pages, so that the heads of two pages are alike."""
    return _NUMBER.sub("#", " ".join(line.casefold().split()))


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Return lines without the blank ones at both ends."""
    shown = [number for number, line in enumerate(lines) if line.strip()]
    return list(lines[shown[0] : shown[-1] + 1]) if shown else []
