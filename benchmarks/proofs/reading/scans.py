"""Read pictures of pages that look like office scans, and compare the words with those that we printed.

The pages have several fonts and layouts, including a table of grades and two columns. They are drawn at 150 to 300
points per inch, tilted by up to 3 degrees, with grain, and saved as JPEG.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.chunking import chunk
from corpus.quotes.originals import locate
from corpus.quotes.recognised_text import SURE
from corpus.reading import read
from corpus.types import Box, RecognisedPage

_WIDTH, _HEIGHT = 595.0, 842.0
_LINE = 18.0
"""A quote may be off by this many points, about one line."""
_ALIKE = 0.8
"""A sentence that was read counts as a printed one only if the two are at least this similar."""
_FONTS = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"))
_SUBJECTS = (
    "Leaders", "Social workers", "Managers", "Independent reviewing officers", "Foster carers", "Personal advisers",
    "Practitioners in the front-door team", "Elected members", "Partner agencies", "Supervisors",
)  # fmt: skip
_VERBS = ("know", "understand", "record", "review", "discuss", "challenge", "support", "strengthen", "monitor", "plan")
_OBJECTS = (
    "the needs of children in care", "what life is like for each child", "the quality of assessments",
    "delays in 14 of the 236 cases that they looked at", "the reasons for placement moves", "visits to children",
    "plans for permanence", "the voices of brothers and sisters", "decisions made at strategy meetings",
    "return home interviews", "the work of the virtual school", "care leavers’ pathway plans",
)  # fmt: skip
_ENDS = (
    "and this helps children to make progress", "but not always quickly enough", "in most cases since March 2022",
    "although records do not yet show it", "so that risks are reduced", "with care and persistence",
    "because workloads have come down from 22 to 15 cases", "and parents say that this has made a difference",
)  # fmt: skip
_HEADINGS = (
    "The experiences and progress of children in care", "What needs to improve in this area of work",
    "The impact of leaders on social work practice", "Help and protection", "Care leavers", "Findings",
)  # fmt: skip
_AREAS = (
    ("The impact of leaders on social work practice with children and families", "Requires improvement to be good"),
    ("The experiences and progress of children who need help and protection", "Good"),
    ("The experiences and progress of children in care", "Good"),
    ("The experiences and progress of care leavers", "Outstanding"),
    ("Overall effectiveness", "Good"),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A word as printed, with its edges on the page in points, from the top left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """A page that is being printed, and its words in reading order."""

    canvas: Canvas
    chance: random.Random
    font: tuple[str, str]
    size: float
    words: list[Printed] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    """The index of the first word of each sentence, and the index after its last word."""

    def line(self, text: str, x: float, y: float, *, bold: bool = False, size: float = 0) -> None:
        """Print a line at ``y`` points from the top."""
        font, size = self.font[bold], size or self.size
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, _HEIGHT - y, text)
        space = stringWidth(" ", font, size)
        for word in text.split():
            width = stringWidth(word, font, size)
            self.words.append(Printed(word, x, y - 0.75 * size, x + width, y + 0.25 * size))
            x += width + space

    def wrapped(self, text: str, x: float, y: float, width: float, **style: bool) -> float:
        """Print a text in lines no longer than ``width``, and return where the next line would be."""
        font, row = self.font[style.get("bold", False)], list[str]()
        for word in text.split():
            if row and stringWidth(" ".join([*row, word]), font, self.size) > width:
                self.line(" ".join(row), x, y, **style)
                row, y = [], y + 1.35 * self.size
            row.append(word)
        self.line(" ".join(row), x, y, **style)
        return y + 1.35 * self.size

    def sentence(self) -> str:
        """Return a sentence of our own."""
        pick = self.chance.choice
        return f"{pick(_SUBJECTS)} {pick(_VERBS)} {pick(_OBJECTS)} {pick(_ENDS)}."

    def paragraph(self, x: float, y: float, width: float, count: int, before: str = "") -> float:
        """Print a paragraph of ``count`` sentences."""
        sentences = [self.sentence() for _ in range(count)]
        at = len(self.words) + len(before.split())
        y = self.wrapped(f"{before} {' '.join(sentences)}".strip(), x, y, width)
        for text in sentences:
            self.sentences.append((at, at + len(text.split())))
            at += len(text.split())
        return y + 0.6 * self.size


def report_page(sheet: Sheet) -> None:
    """Print headings and numbered paragraphs."""
    y = 80.0
    for section in range(3):
        sheet.line(sheet.chance.choice(_HEADINGS), 60, y, bold=True, size=sheet.size + 3)
        y += 26
        for number in range(2):
            y = sheet.paragraph(60, y, 470, 3, f"{2 * section + number + 1}.")
        y += 8


def letter(sheet: Sheet) -> None:
    """Print a letter with an address."""
    for row, text in enumerate(("Hilda Crannock", "Director of Children’s Services", "Wexmoor Council", "12 May 2023")):
        sheet.line(text, 60, 80 + row * 1.3 * sheet.size)
    sheet.line("Dear Hilda", 60, 170)
    y = 200.0
    for _ in range(6):
        y = sheet.paragraph(60, y, 470, 2)
    sheet.line("Yours sincerely", 60, y + 10)


def grade_table(sheet: Sheet) -> None:
    """Print a ruled table of grades, with text below it."""
    sheet.line("Judgement", 66, 100, bold=True)
    sheet.line("Grade", 390, 100, bold=True)
    y = 124.0
    for area, grade in _AREAS:
        sheet.canvas.line(60, _HEIGHT - y + 14, 535, _HEIGHT - y + 14)
        at = sheet.wrapped(area, 66, y, 300)
        y = max(at, sheet.wrapped(grade, 390, y, 140)) + 8
    sheet.canvas.rect(60, _HEIGHT - y + 12, 475, y - 96)
    sheet.canvas.line(380, _HEIGHT - y + 12, 380, _HEIGHT - 84)
    y += 24
    for _ in range(4):
        y = sheet.paragraph(60, y, 470, 3)


def columns(sheet: Sheet) -> None:
    """Print two columns."""
    sheet.line(sheet.chance.choice(_HEADINGS), 50, 80, bold=True, size=sheet.size + 4)
    for x in (50, 310):
        y = 115.0
        for _ in range(5):
            y = sheet.paragraph(x, y, 235, 2)


def bullets(sheet: Sheet) -> None:
    """Print a list."""
    sheet.line("What needs to improve?", 60, 90, bold=True, size=sheet.size + 2)
    y = 120.0
    for _ in range(9):
        sheet.canvas.circle(68, _HEIGHT - y + 0.3 * sheet.size, 0.16 * sheet.size, fill=1)
        y = sheet.paragraph(84, y, 440, 1)
    y += 10
    for _ in range(2):
        y = sheet.paragraph(60, y, 470, 3)


LAYOUTS = (report_page, letter, grade_table, columns, bullets)


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as a picture in a PDF, and what is printed on it."""

    path: Path
    words: tuple[Printed, ...]
    sentences: tuple[tuple[int, int], ...]
    tilt: float
    """In degrees, anticlockwise."""


def scans(folder: Path, count: int, seed: int) -> Iterator[Scan]:
    """Make ``count`` pictures of pages in turn, each in a PDF of its own."""
    chance = random.Random(seed)  # noqa: S311 - makes the same pages from the same seed
    for number in range(count):
        plain = io.BytesIO()
        canvas = Canvas(plain, pagesize=(_WIDTH, _HEIGHT))
        sheet = Sheet(canvas, chance, _FONTS[number // len(LAYOUTS) % 2], chance.choice((10.0, 11.0, 12.0)))
        LAYOUTS[number % len(LAYOUTS)](sheet)
        canvas.save()
        tilt = chance.uniform(-3, 3)
        picture = _scanned(plain.getvalue(), chance.choice((150, 200, 300)), tilt, chance)
        path = folder / f"scan-{number:02}.pdf"
        paper = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT))
        paper.drawImage(ImageReader(picture), 0, 0, _WIDTH, _HEIGHT)
        paper.save()
        yield Scan(path, tuple(sheet.words), tuple(sheet.sentences), tilt)


def _scanned(pdf: bytes, dpi: int, tilt: float, chance: random.Random) -> io.BytesIO:
    """Return a JPEG picture of a page: tilted, grey and with the grain of an office scanner."""
    with pdfium.PdfDocument(pdf) as document:
        clean = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    turned = clean.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=252)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(
        0, chance.uniform(4, 14), (turned.height, turned.width)
    )
    grey = np.clip(np.asarray(turned) * 0.9 + 15 + noise, 0, 255).astype(np.uint8)
    packed = io.BytesIO()
    Image.fromarray(grey).save(packed, "JPEG", quality=chance.choice((35, 50, 75)))
    packed.seek(0)
    return packed


@dataclass(slots=True)
class Outcome:
    """What was read from pictures, compared with what was printed."""

    words: int = 0
    right: int = 0
    quotes: int = 0
    located: int = 0
    sure: int = 0
    """Words with enough confidence that we do not ask people to check them."""
    sure_and_wrong: int = 0
    partly_read: int = 0
    """Pages that the reader says it did not read completely."""
    faults: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of the quotes that were found within a line of their place."""
        return self.located / self.quotes if self.quotes else 0.0


def measure(made: Sequence[Scan]) -> Outcome:
    """Read scans as a build does, and compare their words and the places of their sentences with what was printed."""
    outcome = Outcome()
    for scan in made:
        document = read(scan.path)
        outcome.partly_read += any("not wholly read" in warning for warning in document.warnings)
        seen = [word for page in document.recognised for word in page.words if word.text != "•"]
        matcher = SequenceMatcher(
            None, [word.text for word in scan.words], [word.text for word in seen], autojunk=False
        )
        matched = {block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}
        outcome.words += len(scan.words)
        outcome.right += len(matched)
        sure = [index for index, word in enumerate(seen) if word.confidence >= SURE]
        outcome.sure += len(sure)
        outcome.sure_and_wrong += sum(index not in matched for index in sure)
        recognised = {page.number: page for page in document.recognised}
        passages = chunk(document, report_id="0" * 16, title="", count=lambda text: len(text.split()), max_tokens=256)
        for passage in passages:
            for start, end in passage.sentences:
                _compare(passage.text[start:end], scan, recognised, outcome)
    return outcome


def _compare(quote: str, scan: Scan, recognised: Mapping[int, RecognisedPage], outcome: Outcome) -> None:
    """Compare the place of a sentence with that of the printed sentence that it resembles most, if there is one."""
    texts = [" ".join(word.text for word in scan.words[first:last]) for first, last in scan.sentences]
    ratios = [SequenceMatcher(None, text, quote, autojunk=False).ratio() for text in texts]
    if not ratios or max(ratios) < _ALIKE:
        return
    outcome.quotes += 1
    places = locate(quote, scan.path, "application/pdf", (1,), recognised)
    alike = [index for index, ratio in enumerate(ratios) if ratio > max(ratios) - 0.05]  # a sentence may come twice
    boxes = [box for place in places for box in place.boxes]
    if boxes and any(_is_near(Box.around(boxes), _printed_box(scan, *scan.sentences[index])) for index in alike):
        outcome.located += 1
    else:
        outcome.faults.append(f"{scan.path.name}: {quote}")


def _printed_box(scan: Scan, first: int, last: int) -> tuple[float, float, float, float]:
    """Return the edges of a printed sentence on the tilted page, in points."""
    angle = math.radians(scan.tilt)
    points = [
        (x - _WIDTH / 2, y - _HEIGHT / 2)
        for word in scan.words[first:last]
        for x in (word.x0, word.x1)
        for y in (word.y0, word.y1)
    ]
    xs = [_WIDTH / 2 + x * math.cos(angle) + y * math.sin(angle) for x, y in points]
    ys = [_HEIGHT / 2 - x * math.sin(angle) + y * math.cos(angle) for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_near(box: Box, printed: tuple[float, float, float, float]) -> bool:
    edges = (box.x0 * _WIDTH, box.y0 * _HEIGHT, box.x1 * _WIDTH, box.y1 * _HEIGHT)
    return all(abs(edge - true) <= _LINE for edge, true in zip(edges, printed, strict=True))
