"""Finds the pages of a PDF that are pictures, and reads them with Tesseract if it is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.errors import MissingProgram, NeedsTime, UnreadableReport
from corpus.pdf import pdf_file
from corpus.pdf.lines import PdfPage
from corpus.programs import ProgramFailed
from corpus.scans.ink import Rectangle, ink_of, unread_words
from corpus.scans.recognition import SECONDS, SeenWord, find_tesseract, recognise
from corpus.scans.scanned_lines import ScannedPage, even_sizes, read_words
from corpus.scans.tilt import straighten
from corpus.types import RecognisedPage

NO_TEXT = "the pages are pictures and contain no text"
INSTALL = (
    "Install Tesseract (the guide says how), then run “qa-service build”. Or run text recognition (OCR) on the file, "
    "and add the result."
)
_NO_FACTS = "Its dates and grades were not taken. Give them in a facts file (.toml)."
_LOOK_AT = "Some of its ink is no word that we read: a logo, a signature or text. Look at the page."
_SEVERAL = {"was": "were", "is": "are"}
_READ_AGAIN = "Run “qa-service build --again”."
_LOOK, _READ = 100, 300
"""Resolution of the pictures in which we look for ink, and of the pictures that Tesseract reads, in points per inch."""
_MOST_POINTS = 25_000_000
"""Largest picture that Tesseract reads. A sheet of A3 at 300 points per inch has 17 million. Larger sheets get fewer
points per inch."""
_USUAL_SECONDS = 20.0
"""Time allowed for each page on average. A page takes 2 seconds, or 10 on a busy machine."""
_MOST_PAGES = 300
"""Largest number of pages to read from pictures in one file. They take about 10 minutes."""
_BARE = 20
"""A page with fewer characters has no text. Chosen by eye."""
_STAMPED = 300
"""A page with at least this many characters is not a picture with a stamp or a heading on it. Chosen by eye."""
_LEAST_INK = 0.0002
"""Share of a page that the ink of a few words covers. Chosen by eye."""
_COVERED = 0.35
"""If the text of a page lies on less than this share of its ink, the page may be a picture. Chosen by eye."""
_FEW_UNREAD = 1
"""We do not report this many pieces of ink without a word, because one piece is often part of a rule. Chosen by eye."""
_LINE = 0.125
"""Height of a line of small text, in inches."""
_CERTAIN = 60
"""Words with less confidence do not show that a picture has text. Chosen by eye."""
_LEAST_WORDS, _MORE_WORDS = 3, 25
"""Number of words that show that a picture has text, and how many more they must be than the words of a page with text.
Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The pages of a PDF after its pictures were read, and what to tell people about those pages."""

    pages: list[PdfPage]
    recognised: tuple[RecognisedPage, ...] = ()
    warnings: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the pages that were read from pictures."""
        return tuple(page.number for page in self.recognised)


def with_pictures_read(path: Path, pages: Sequence[PdfPage], *, patient: bool) -> Recognised:
    """Read the pages that are pictures, and return all pages.

    Raises NeedsTime if there are any and we are not ``patient``. Raises MissingProgram if all pages are pictures and
    Tesseract is not installed or fails, or UnreadableReport if there are too many.
    """
    numbers = [page.number for page in pages if _may_be_picture(path, page)]
    if not numbers:
        return Recognised(list(pages))
    tesseract = find_tesseract()
    if tesseract is None:
        if _are_bare(pages):
            raise MissingProgram(path, NO_TEXT, INSTALL)
        numbers = [number for number in numbers if len(pages[number - 1].text.strip()) >= _BARE]
        return Recognised(list(pages), warnings=list(_told(numbers, "may be a picture that we did not read", INSTALL)))
    if len(numbers) > _MOST_PAGES:
        reason = f"{len(numbers)} of its pages are pictures, and we read at most {_MOST_PAGES} in one file"
        raise UnreadableReport(path, reason, "Split it into smaller files.")
    if not patient:
        raise NeedsTime(path, SECONDS + _USUAL_SECONDS * len(numbers))
    return _read(path, pages, numbers, tesseract)


def _read(path: Path, pages: Sequence[PdfPage], numbers: Sequence[int], tesseract: Path) -> Recognised:
    scanned: dict[int, ScannedPage] = {}
    partly, failed = [], dict[str, list[int]]()
    for number in numbers:
        try:
            page, is_whole = _seen(path, number, tesseract)
        except ProgramFailed as error:
            failed.setdefault(str(error), []).append(number)
            continue
        if not _has_text(page, pages[number - 1]):
            continue
        scanned[number] = page
        if not is_whole:
            partly.append(number)
    if failed and not scanned and _are_bare(pages):
        raise MissingProgram(path, f"{NO_TEXT}, and Tesseract could not read them ({next(iter(failed))})", _READ_AGAIN)
    result = [_page(page, scanned.get(page.number)) for page in _with_even_sizes(pages, scanned)]
    warnings = [*_told(scanned, "was read from a picture", _NO_FACTS), *_told(partly, "was not wholly read", _LOOK_AT)]
    for why, which in failed.items():
        warnings += _told(which, f"is a picture and could not be read ({why})", _READ_AGAIN)
    return Recognised(result, tuple(page.page for page in scanned.values()), warnings)


def _are_bare(pages: Sequence[PdfPage]) -> bool:
    """Return whether the pages together have hardly any text."""
    return sum(len(page.text.strip()) for page in pages) < _BARE * len(pages)


def _may_be_picture(path: Path, page: PdfPage) -> bool:
    """Return whether a page shows ink, and has little text where the ink is.

    A page with some text and no picture in it is not drawn for this, because a hostile page can take long to draw.
    """
    count = len(page.text.strip())
    if page.unchecked or count >= _STAMPED or (count >= _BARE and not page.has_pictures):
        return False
    picture = pdf_file.picture(path, page.number, _LOOK)
    ink = ink_of(picture)
    total = int(ink.sum())
    if count < _BARE:
        return total > _LEAST_INK * ink.size
    height, width = ink.shape
    covered = ink.copy()
    for line in page.lines:
        box = line.box
        covered[int(box.y0 * height) : int(box.y1 * height) + 2, int(box.x0 * width) : int(box.x1 * width) + 2] = False
    return total > 0 and 1 - int(covered.sum()) / total < _COVERED


def _seen(path: Path, number: int, tesseract: Path) -> tuple[ScannedPage, bool]:
    """Read the picture of a page, and return whether words were read wherever its ink looks like words."""
    width, height = pdf_file.page_size(path, number)
    inches = width * height / 72**2
    dpi = max(min(_READ, int((_MOST_POINTS / inches) ** 0.5)), 1)
    picture = pdf_file.picture(path, number, dpi)
    straight = straighten(picture, ink_of(picture))
    ink = ink_of(straight.picture)
    words = recognise(straight.picture, dpi, tesseract)
    is_whole = unread_words(ink, map(_rectangle, words), round(_LINE * dpi)) <= _FEW_UNREAD
    return read_words(words, ink, dpi, number, straight), is_whole


def _has_text(scanned: ScannedPage, page: PdfPage) -> bool:
    """Return whether words were read in a picture, and many more than the page has as text."""
    words = sum(word.confidence >= _CERTAIN and len(word.text) > 1 for word in scanned.page.words)
    had = len(page.text.split()) if len(page.text.strip()) >= _BARE else 0
    return words >= (2 * had + _MORE_WORDS if had else _LEAST_WORDS)


def _with_even_sizes(pages: Sequence[PdfPage], scanned: dict[int, ScannedPage]) -> Iterator[PdfPage]:
    """Yield the pages, with the lines that were read from pictures."""
    lines = iter(even_sizes([line for page in scanned.values() for line in page.lines]))
    for page in pages:
        found = scanned.get(page.number)
        yield replace(page, lines=tuple(next(lines) for _ in found.lines)) if found else page


def _page(page: PdfPage, scanned: ScannedPage | None) -> PdfPage:
    return replace(page, text=scanned.page.text) if scanned else page


def _rectangle(word: SeenWord) -> Rectangle:
    return Rectangle(round(word.left), round(word.top), round(word.right), round(word.bottom))


def _told(numbers: Iterable[int], what: str, remedy: str) -> Iterator[str]:
    """Yield a warning about one page or about several: "Page 3 was read from a picture. …"."""
    listed = [str(number) for number in numbers]
    if len(listed) == 1:
        yield f"Page {listed[0]} {what}. {remedy}"
    elif listed:
        verb, _, rest = what.partition(" ")
        several = f"{_SEVERAL.get(verb, verb)} {rest.replace('a picture', 'pictures')}"
        remedy = remedy.replace("Its", "Their").replace("its", "their").replace("the page", "the pages")
        yield f"Pages {', '.join(listed)} {several}. {remedy}"
