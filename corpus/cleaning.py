"""What is on a PDF's page but is not the report: glyph noise, running headers and footers, letterheads, contents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.pdf_lines import LINE_BREAK_HYPHEN, PdfLine, PdfPage
from corpus.types import Page

MARGIN = 0.13
"""Running headers and footers stand in this share of the page's height, at the top and at the bottom."""
_RUNNING_SHARE = 0.4
_APART = 2
"""Pages from one to the next with a running line: left and right pages may have different ones."""
_BULLETS = "•◼■▪●○◦∙‣⁃−"
_BULLET_START = re.compile(rf"^\s*(?:[{_BULLETS}\uf000-\uf0ff]|[-–—]\s|o\s(?=[a-z]))\s*")
_GLYPHS = {
    **dict.fromkeys((0x00AD, 0x200B, 0xFEFF, *range(0xF000, 0xF100))),  # soft hyphens, no width, private use: nothing
    **dict.fromkeys((ord(LINE_BREAK_HYPHEN), 0x02), "-"),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},  # ligatures
}
_NUMBER = re.compile(r"\d+")
_LONE_NUMBER = re.compile(r"^(?:page\s+)?(\d{1,3}|[ivxl]{1,5})(?:\s+of\s+\d+)?$", re.IGNORECASE)
_TRAILING_NUMBER = re.compile(r"(?:^|\s)(\d{1,3})$")
_CONTENTS_ENTRY = re.compile(r"(?:^|\s|\.\.)\d{1,3}$")
_SALUTATION = re.compile(r"^Dear\b")


@lru_cache(maxsize=4096)  # each step of reading a page asks for the same lines again
def clean(text: str) -> str:
    """Normalise one line's glyphs: spaces, ligatures, soft hyphens, line-break hyphens; a leading bullet as "•"."""
    return " ".join(_BULLET_START.sub("• ", text).translate(_GLYPHS).split())


def is_bullet(text: str) -> bool:
    """Whether a cleaned line opens a bulleted item."""
    return text.startswith("• ") or text == "•"


def page_label(page: PdfPage) -> str | None:
    """The page number printed in the page's margins, if there is one."""
    for line in sorted(_in_margins(page), key=lambda line: -line.baseline):
        text = clean(line.text)
        if found := _LONE_NUMBER.match(text) or _TRAILING_NUMBER.search(text):
            return found.group(1)
    return None


def labelled_pages(pages: Sequence[PdfPage]) -> tuple[Page, ...]:
    """Pages with their printed labels; a label that fits no run of its neighbours (a year, say) is dropped."""
    labels = [page_label(page) for page in pages]
    offsets = Counter(p.number - int(v) for p, v in zip(pages, labels, strict=True) if v and v.isdigit())
    usual = offsets.most_common(1)[0][0] if offsets else 0
    kept = (
        v if v and (not v.isdigit() or p.number - int(v) == usual) else None for p, v in zip(pages, labels, strict=True)
    )
    return tuple(Page(page.number, label) for page, label in zip(pages, kept, strict=True))


def without_running_lines(pages: Sequence[PdfPage]) -> list[list[PdfLine]]:
    """Each page's lines without running headers, footers and page numbers.

    A line runs when it stands in a margin and its words, numbers aside, stand in the margins of three pages (or of
    both pages of a short document), one after the other or on many of all: a heading may open a page here and there.
    A lone number in a margin always does.
    """
    seen: dict[str, list[int]] = {}
    for page in pages:
        for key in {_running_key(line) for line in _in_margins(page)}:
            seen.setdefault(key, []).append(page.number)
    needed = min(3, max(2, len(pages)))
    runs = {key for key, numbers in seen.items() if _runs(numbers, needed, len(pages))}

    def keep(line: PdfLine) -> bool:
        if not _in_margin(line):
            return True
        return _running_key(line) not in runs and not _LONE_NUMBER.match(clean(line.text))

    return [[line for line in page.lines if clean(line.text) and keep(line)] for page in pages]


def _runs(numbers: Sequence[int], needed: int, pages: int) -> bool:
    """Whether the pages that have a line are so many, or so near to each other, as a running line's are."""
    together = any(
        after - before <= _APART * (needed - 1) for before, after in zip(numbers, numbers[needed - 1 :], strict=False)
    )
    return len(numbers) >= needed and (together or len(numbers) >= _RUNNING_SHARE * pages)


def without_contents(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """A page's lines without a table of contents: "Contents" and the entries below it that end in a page number."""
    kept: list[PdfLine] = []
    inside, misses = False, 0
    for line in lines:
        text = clean(line.text)
        if text.lower() in ("contents", "table of contents"):
            inside, misses = True, 0
            continue
        if inside:
            misses = 0 if _CONTENTS_ENTRY.search(text) else misses + 1
            if misses < 3 and len(text) < 110 and not text.endswith("."):
                continue
            inside = False
        kept.append(line)
    return kept


def without_letterhead(pages: Sequence[list[PdfLine]]) -> list[list[PdfLine]]:
    """A letter's lines without what stands above its "Dear …": letterhead, date and address."""
    if not pages:
        return []
    first, *rest = pages
    salutation = next((line for line in first if _SALUTATION.match(clean(line.text))), None)
    if salutation is None:
        return list(pages)
    return [[line for line in first if line.baseline > salutation.baseline], *rest]


def _in_margins(page: PdfPage) -> Iterable[PdfLine]:
    return (line for line in page.lines if _in_margin(line))


def _in_margin(line: PdfLine) -> bool:
    return line.box.y1 < MARGIN or line.box.y0 > 1 - MARGIN


def _running_key(line: PdfLine) -> str:
    return _NUMBER.sub("#", clean(line.text).lower())
