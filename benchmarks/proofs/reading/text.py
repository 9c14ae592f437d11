"""Check that passages contain what is on their pages and nothing else, with the right paragraph numbers and pages.

We compare them with the text of each page that an independent tool extracted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.harness.reports import ReadFile, fold, independent_pages, scorer
from corpus.quotes.originals import locate
from corpus.types import Passage

_GENUINE = 0.85
"""The scorer's own limit for the share of a passage's words that must be on its page."""
_RUNNING_SHARE = 0.4
"""A line is a running header or footer if it is at the top or bottom of at least this share of a file's pages."""
_RUNNING_LENGTH = 10
_EDGE_LINES = 3
_BOILERPLATE = re.compile(
    r"open government licen|national ?archives|piccadilly gate|0300 123|enquiries@|ofsted\.gov\.uk|gov\.uk/ofsted|"
    r"textphone|crown copyright|in large print or|\bsubscribe\b|sign up (?:for|to)|follow us|cookie|privacy policy|https?://|"
    r"\bwww\.|^tel\b|website design|skip to (?:main )?content|all rights reserved",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_SALUTATION = re.compile(r"^(?:Dear (?:Mr|Ms|Mrs|Dr|Sir|Madam)\b|Yours (?:sincerely|faithfully))")
_LONE_NUMBER = re.compile(r"^\W*(?:page )?\d{1,3}\W*$", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"^\s*(\d{1,3})\.?\s*[‘“'\"(]?$")
_FIRST_WORDS = 40
_NUMBERED_REPORT = 10
"""The minimum number of numbered paragraphs in a report that numbers its paragraphs."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A passage whose words are not in the independent text in the same order."""

    file: str
    page: int
    only_order_differs: bool
    """Whether each line of the passage is on the page. If so, only the order of a table's cells differs."""


def misread(read: ReadFile) -> Iterator[Misread]:
    """Yield the passages that the scorer does not find in the independent text of their pages."""
    pages = independent_pages(read.path.stem)
    for passage in read.passages:
        text = "\n".join(pages[number - 1] for number in passage.pages)
        if scorer().covered(passage.text, text) < _GENUINE:
            yield Misread(read.path.name, passage.pages[0], _holds_every_line(read, passage, text))


def furniture(read: ReadFile) -> Iterator[str]:
    """Yield the lines in passages that are running headers or footers, page numbers, addresses or boilerplate."""
    running = _running_lines(independent_pages(read.path.stem))
    for passage in read.passages:
        for line in read.document.lines_in(passage.start, passage.end):
            text = read.document.text[line.start : line.end]
            edge = line.box is not None and not 0.13 < (line.box.y0 + line.box.y1) / 2 < 0.87
            patterns = (_BOILERPLATE, _SALUTATION, _POSTCODE)
            if (edge and _key(text) in running) or any(pattern.search(text) for pattern in patterns):
                yield f"{read.path.name} page {line.page}: {text[:80]}"
        for block in read.document.blocks:
            text = read.document.text[block.start : block.end]
            if passage.start <= block.start < passage.end and _LONE_NUMBER.match(text):
                yield f"{read.path.name} page {passage.pages[0]}: the number {text}"


def labels(read: ReadFile) -> tuple[int, int, list[str]]:
    """Check the paragraph numbers of a report that numbers its paragraphs.

    In the independent text, the number comes before the passage's first words, on the same line. A passage that
    continues a paragraph has the number of the passage before it. Returns how many passages were checked, how many were
    right, and a line for each that was wrong.
    """
    checked, wrong = 0, []
    expected: str | None = None
    before: Passage | None = None
    numbered = sum(block.label is not None for block in read.document.blocks) >= _NUMBERED_REPORT
    for passage in read.passages if numbered else ():
        if not _continues(read, before, passage):
            line = _line_before(read, passage)
            if line is None:
                continue
            number = _NUMBER_BEFORE.search(line)
            expected = number.group(1) if number else None
        before = passage
        checked += 1
        if expected != passage.label:
            where = f"{read.path.name} page {passage.pages[0]}"
            wrong.append(f"{where}: {passage.label}, not {expected}: {passage.text[:50]!r}")
    return checked, checked - len(wrong), wrong


def crossing(read: ReadFile) -> Iterator[bool]:
    """For each sentence that runs over two pages, yield whether we locate it with boxes on both pages."""
    pages = [fold(page) for page in independent_pages(read.path.stem)]
    for passage in read.passages:
        if len(passage.pages) != 2:
            continue
        first, second = passage.pages
        for start, end in passage.sentences:
            sentence = passage.text[start:end]
            words = fold(sentence)
            if len(words) < 60 or words in pages[first - 1] or words in pages[second - 1]:
                continue
            head, tail = words[:25], words[-25:]
            if head in pages[first - 1] and tail in pages[second - 1] and head not in pages[second - 1]:
                places = locate(sentence, read.path, read.document.media_type, passage.pages)
                yield [place.page for place in places] == [first, second] and all(place.boxes for place in places)


def _holds_every_line(read: ReadFile, passage: Passage, page: str) -> bool:
    lines = read.document.lines_in(passage.start, passage.end)
    folded = fold(page)
    return all(fold(read.document.text[line.start : line.end]) in folded for line in lines)


def _running_lines(pages: Sequence[str]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        counts.update({_key(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])})
    needed = max(3, _RUNNING_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= needed and len(key) >= _RUNNING_LENGTH}


def _key(text: str) -> str:
    """Replace numbers with a symbol, so that lines that differ only in their page number become the same."""
    return re.sub(r"\d+", "#", text.lower()).replace(" ", "")


def _continues(read: ReadFile, before: Passage | None, passage: Passage) -> bool:
    """Whether a passage continues the paragraph in which the passage before it ended."""
    return before is not None and not any(block.start == passage.start for block in read.document.blocks)


def _line_before(read: ReadFile, passage: Passage) -> str | None:
    """Return what comes before a passage's first words on their line of the independent text.

    None if they are missing.
    """
    if not passage.sentences:
        return None
    start, end = passage.sentences[0]
    words = fold(re.sub(r"^(?:• ?|\d{1,3}\.?\s*)", "", passage.text[start:end]))[:_FIRST_WORDS]
    for number in passage.pages:
        page = independent_pages(read.path.stem)[number - 1]
        letters = [index for index, character in enumerate(page) if fold(character)]
        at = "".join(fold(page[index]) for index in letters).find(words)
        if at >= 0:
            first = letters[at]
            return page[page.rfind("\n", 0, first) + 1 : first]
    return None
