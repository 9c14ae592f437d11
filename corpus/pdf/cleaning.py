"""Removes lines that are not part of a PDF report: headers, footers, letterheads and contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from corpus.glyphs import clean
from corpus.measures import OTHER_SIZE, SAME_LINE
from corpus.pdf.lines import PdfLine, PdfPage
from corpus.types import Page

MARGIN = 0.13
"""Headers and footers are no further than this from the top or bottom of the page, as a share of the page's height.

Chosen by eye. Any value from 0.12 to 0.19 gives the same results for 153 reports.
"""
_RUNNING_SHARE = 0.4
"""A line is a running line if at least this share of the pages have it in their margins.

Chosen by eye. Any value from 0.2 to 0.8 gives the same results for 153 reports.
"""
_APART = 2
"""Largest distance between two pages with the same running line. It is 2 because left and right pages may differ."""
_OUTER_NUMBER = re.compile(r"^(?:(?P<first>\d{1,3})\s+\D{3,80}|\D{3,80}\s(?P<last>\d{1,3}))$")
"""A short line whose only number is at its start or at its end."""
_MOST_PAGES = 0.6
"""Share of the pages that have such a line, if it is a running line. Chosen by eye."""
_CONTENTS_LENGTH = 110
"""Maximum length of a line in a table of contents, in characters. Chosen by eye."""
_CONTENTS_MISSES = 3
"""A table of contents ends after this many consecutive lines without a page number. Chosen by eye."""
_NUMBER = re.compile(r"\d{1,9}")
"""A number, or a part of a long row of digits, which ``int`` would refuse."""
_FIGURE = re.compile(r"\d\s?%|£\s?\d|\d\.\d")
_LONE_NUMBER = re.compile(r"^(?:page\s+)?(\d{1,3}|[ivxl]{1,5})(?:\s+of\s+\d+)?$", re.IGNORECASE)
_TRAILING_NUMBER = re.compile(r"(?:^|\s)(\d{1,3})$")
_CONTENTS_ENTRY = re.compile(r"(?:^|\s|\.\.)\d{1,3}$")
_PRINTED_ON = re.compile(
    r"^\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d,? \d{1,2}:\d\d(?: ?[ap]m)?\b|"
    r"\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d,? \d{1,2}:\d\d(?: ?[ap]m)?$",
    re.IGNORECASE,
)
"""The day and time at which a browser printed a page, on one side of a line."""
_ADDRESS = re.compile(r"(?:https?|file|about):")
_PRINTED_FROM = re.compile(r"^(?:\d{1,3}/\d{1,3}\s)?(?:https?:|file:|about:)\S+(?:\s\d{1,3}/\d{1,3})?$", re.IGNORECASE)
"""The address from which a browser printed a page, with or without the number of the page."""
_SALUTATION = re.compile(r"^Dear\b")
_SENTENCE = re.compile(r"(?:\b[a-z]+,?\s+){4}")
"""Four words in small letters, which the lines of a letterhead do not have."""


def without_print_marks(page: PdfPage) -> PdfPage:
    """Return a page without what a browser prints around a web page: day and time, title, address and number.

    The day is that of printing, so it must not be read as a fact of the report.
    """
    if ":" not in page.text or not _ADDRESS.search(page.text):  # true of most pages
        return page
    margins = [(line, clean(line.text)) for line in _in_margins(page)]
    addresses = [line for line, text in margins if _PRINTED_FROM.match(text)]
    stamps = [line for line, text in margins if addresses and _PRINTED_ON.search(text)]
    if not stamps:
        return page
    levels = [line.baseline for line in (*addresses, *stamps)]
    marks = {id(line) for line, _ in margins if any(abs(line.baseline - level) < SAME_LINE for level in levels)}
    return replace(page, lines=tuple(line for line in page.lines if id(line) not in marks))


def page_label(page: PdfPage) -> str | None:
    """Return the page number that is printed in a page's margins, if there is one."""
    for line in sorted(_in_margins(page), key=lambda line: -line.baseline):
        text = clean(line.text)
        if number := _LONE_NUMBER.match(text) or _TRAILING_NUMBER.search(text):
            return number.group(1)
    return None


def labelled_pages(pages: Sequence[PdfPage]) -> tuple[Page, ...]:
    """Return pages with the numbers printed on them.

    Numbers that do not fit the sequence, such as years, are dropped.
    """
    labels = [page_label(page) for page in pages]
    labelled = list(zip(pages, labels, strict=True))
    offsets = Counter(page.number - int(label) for page, label in labelled if label and label.isdigit())
    usual = offsets.most_common(1)[0][0] if offsets else 0

    def fits(page: PdfPage, label: str | None) -> bool:
        return label is not None and (not label.isdigit() or page.number - int(label) == usual)

    return tuple(Page(page.number, label if fits(page, label) else None) for page, label in labelled)


def without_running_lines(pages: Sequence[PdfPage]) -> list[list[PdfLine]]:
    """Return each page's lines without running headers, footers and page numbers.

    A line in a margin is a running line if the margins of three pages contain the same words, and the same numbers
    apart from the number of the page. In a document of two pages, both must contain them. These pages must be close
    together or make up a large share of all pages. Otherwise the line may be an ordinary heading, which also appears at
    the top of a page now and then. Numbered titles in large letters and rows of figures are not running lines either. A
    number on its own in a margin is always removed.
    """
    needed = min(3, max(2, len(pages)))
    in_margins = [line for page in pages for line in _in_margins(page)]
    margins = {(line.page, text) for line in in_margins if not _is_figures(text := clean(line.text).lower())}
    largest = _usual_size(pages) + OTHER_SIZE
    titles = {
        (line.page, clean(line.text).lower()) for line in in_margins if line.size > largest and line.box.y1 < MARGIN
    }
    running = _running_texts(margins, titles, needed, len(pages)) | _beside_page_numbers(
        in_margins, largest, len(pages)
    )

    def keep(line: PdfLine) -> bool:
        if not _in_margin(line):
            return True
        return (line.page, clean(line.text).lower()) not in running and not _LONE_NUMBER.match(clean(line.text))

    return [[line for line in page.lines if clean(line.text) and keep(line)] for page in pages]


def _is_figures(text: str) -> bool:
    """Return whether a line is a row of figures in a table, such as "58% 63%"."""
    return bool(_FIGURE.search(text)) and not any(character.isalpha() for character in text)


def _usual_size(pages: Sequence[PdfPage]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _running_texts(
    margins: Iterable[tuple[int, str]], titles: AbstractSet[tuple[int, str]], needed: int, pages: int
) -> set[tuple[int, str]]:
    """Return the running lines among the texts in the margins. Each text comes with the number of its page.

    ``titles`` are those in large letters at the top of pages. They are not running lines if they are numbered:
    "Locality 1", "Locality 2".
    """
    alike: dict[str, list[tuple[int, str]]] = {}
    for page, text in sorted(margins):
        alike.setdefault(_NUMBER.sub("#", text), []).append((page, text))
    running: set[tuple[int, str]] = set()
    for lines in alike.values():
        same: dict[tuple[object, ...], list[tuple[int, str]]] = {}
        for line, numbers in zip(lines, _apart_from_page_numbers(lines), strict=True):
            same.setdefault(numbers, []).append(line)
        for numbers, group in same.items():
            is_numbered = any(isinstance(number, tuple) for number in numbers) and titles >= set(group)
            if _is_running([page for page, _ in group], needed, pages) and not is_numbered:
                running.update(group)
    return running


def _beside_page_numbers(lines: Sequence[PdfLine], largest: float, pages: int) -> set[tuple[int, str]]:
    """Return the running lines of left and right pages: the number of the page is at the outer edge of each.

    The other words may differ from page to page, such as the name of a chapter. No line is larger than ``largest``, and
    the lines are at the same height on most pages.
    """
    groups: dict[tuple[int, int, bool], dict[int, str]] = {}
    for line in lines:
        text = clean(line.text).lower()
        if found := _OUTER_NUMBER.match(text) if line.size <= largest else None:
            number = int(found["first"] or found["last"])
            left_page = (line.page % 2 == 0) == bool(found["first"])
            groups.setdefault((number - line.page, round(line.baseline / SAME_LINE), left_page), {})[line.page] = text
    return {
        line
        for group in groups.values()
        if len({page % 2 for page in group}) == 2 and len(group) > _MOST_PAGES * pages
        for line in group.items()
    }


def _apart_from_page_numbers(lines: Sequence[tuple[int, str]]) -> list[tuple[object, ...]]:
    """Return the numbers in each line.

    For a number that grows with the page number, return the difference between the two.
    """
    rows = [[(int(number), int(number) - page) for number in _NUMBER.findall(text)] for page, text in lines]
    values = [Counter(value for value, _ in column) for column in zip(*rows, strict=True)]
    steps = [Counter(step for _, step in column) for column in zip(*rows, strict=True)]
    return [
        tuple(("page", step) if steps[at][step] >= values[at][value] else value for at, (value, step) in enumerate(row))
        for row in rows
    ]


def _is_running(numbers: Sequence[int], needed: int, pages: int) -> bool:
    """Return whether a line is on enough pages, or on pages that are close enough together, to be a running line."""
    together = any(
        after - before <= _APART * (needed - 1) for before, after in zip(numbers, numbers[needed - 1 :], strict=False)
    )
    return len(numbers) >= needed and (together or len(numbers) >= _RUNNING_SHARE * pages)


def without_contents(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return a page's lines without "Contents" and the entries below it, each of which ends in a page number.

    A line without a page number is part of an entry only if another entry follows.
    """
    kept: list[PdfLine] = []
    doubtful: list[PdfLine] = []
    inside = False
    for line in lines:
        text = clean(line.text)
        if text.lower() in ("contents", "table of contents"):
            inside = True
            continue
        if not inside:
            kept.append(line)
            continue
        short = len(text) < _CONTENTS_LENGTH and not text.endswith(".")
        if short and _CONTENTS_ENTRY.search(text):
            doubtful.clear()
            continue
        doubtful.append(line)
        if not short or len(doubtful) >= _CONTENTS_MISSES:
            inside = False
            kept += doubtful
            doubtful = []
    return [*kept, *doubtful]


def without_letterhead(pages: Sequence[list[PdfLine]]) -> list[list[PdfLine]]:
    """Return a letter's lines without the letterhead, date and address above "Dear …".

    If there is a sentence above it, such as a summary, the page is kept as it is.
    """
    if not pages:
        return []
    first, *rest = pages
    salutation = next((line for line in first if _SALUTATION.match(clean(line.text))), None)
    if salutation is None:
        return list(pages)
    above = [clean(line.text) for line in first if line.baseline <= salutation.baseline]
    if any(_SENTENCE.search(text) for text in above):
        return list(pages)
    return [[line for line in first if line.baseline > salutation.baseline], *rest]


def _in_margins(page: PdfPage) -> Iterable[PdfLine]:
    return (line for line in page.lines if _in_margin(line))


def _in_margin(line: PdfLine) -> bool:
    return line.box.y1 < MARGIN or line.box.y0 > 1 - MARGIN
