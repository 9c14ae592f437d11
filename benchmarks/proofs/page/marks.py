"""Read quotes back from the pages that mark them, and compare the boxes drawn there with those of PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from benchmarks.harness.figures import Proof
from benchmarks.harness.golden_questions import unpacked
from benchmarks.harness.service import post
from benchmarks.proofs.page.browsing import answerable_questions
from corpus.pdf import pdf_file
from corpus.quotes.originals import locate
from corpus.quotes.verbatim import find_verbatim
from corpus.types import Box
from index.storage.data_folder import DataFolder

_QUOTES = 200
_SLACK = 0.004
"""Tolerance as a share of the page. The drawn boxes have rounded corners and are larger by two thousandths of the
page."""


def prove(proof: Proof, url: str, chromium: Browser, data: DataFolder) -> None:
    """Open the address of each quote and read what is marked there."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    read = same_words = covered = no_other_line = 0
    wrong = []
    for quote, passage in _quotes(url):
        if read == _QUOTES:
            break
        page.goto(urljoin(url, quote["url"]))
        read += 1
        marked = " ".join(page.locator("tspan.marked").all_text_contents())
        right = (
            bool(marked)
            and find_verbatim(quote["text"], marked) is not None
            and len(marked) < 1.2 * len(quote["text"]) + 4
        )
        same_words += right
        original = data.find_original(passage["report"]["sha256"])
        covers, only_quote = _drawn(page, quote, original) if original else (False, False)
        covered += covers
        no_other_line += only_quote
        if not (right and covers and only_quote):
            wrong.append(f"{quote['url'][:60]}: {quote['text'][:60]!r}, marked {marked[:60]!r}, {covers}, {only_quote}")
    page.close()
    proof.add("quotes from PDFs read back from their pages", read, "≥", _QUOTES)
    proof.add("quotes whose own words are marked", same_words, "=", read)
    proof.add("quotes with all of PDFium's boxes covered", covered, "=", read)
    proof.add("quotes with no other line covered", no_other_line, "=", read)
    for line in wrong[:10]:
        print("  ", line)


def _quotes(url: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each distinct quote in the answers that has boxes, together with the passage that it comes from."""
    seen = set()
    for question in (*answerable_questions(), *(q for q in unpacked() if q["gold"] and not q.get("history"))):
        _, reply = post(url, {"question": question["question"]})
        for statement in reply["answer"]:
            for quote in statement["quotes"] if statement["kind"] == "quote" else ():
                if quote["boxes"] and quote["url"] not in seen:
                    seen.add(quote["url"])
                    yield quote, reply["passages"][quote["citation"] - 1]


def _drawn(page: Page, quote: dict[str, Any], original: Path) -> tuple[bool, bool]:
    """Whether the drawn boxes cover all of PDFium's boxes for the quote, but not the middle of another line."""
    drawn = page.locator("figure.sheet rect").evaluate_all(
        """rects => rects.map(rect => {
            const at = rect.getBoundingClientRect(), sheet = rect.ownerSVGElement.getBoundingClientRect();
            return [(at.left - sheet.left) / sheet.width, (at.top - sheet.top) / sheet.height,
                    (at.right - sheet.left) / sheet.width, (at.bottom - sheet.top) / sheet.height];
        })"""
    )
    places = locate(quote["text"], original, pdf_file.MEDIA_TYPE, (quote["page"],))
    if not places:
        return False, False
    boxes = places[0].boxes
    covers = all(any(_covers(rect, box) for rect in drawn) for box in boxes)
    text = pdf_file.page_text(original, quote["page"])
    span = find_verbatim(quote["text"], text) or (0, 0)
    others = [
        line.box
        for line in pdf_file.page_lines(original, quote["page"])
        if line.end <= span[0] or line.start >= span[1]
    ]
    return covers, not any(_covers_middle(rect, box) for rect in drawn for box in others)


def _covers(rect: list[float], box: Box) -> bool:
    return (
        rect[0] <= box.x0 + _SLACK
        and rect[1] <= box.y0 + _SLACK
        and rect[2] >= box.x1 - _SLACK
        and rect[3] >= box.y1 - _SLACK
    )


def _covers_middle(rect: list[float], box: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return rect[0] < x < rect[2] and rect[1] < y < rect[3]
