"""Fixtures for the tests of corpus: functions that make PDFs, the sample reports, and the encoder's word pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import corpus
from corpus.formats import SUFFIXES
from corpus.pdf.lines import PdfLine
from corpus.reading import read
from corpus.types import Box, Document
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import WordPieces
from tests.corpus.word_files import END, word_file

WIDTH, HEIGHT = A4
BOLD = "Vera-Bold"
"""A bold font that comes with ReportLab. Our PDFs embed it, as reports embed their fonts."""
MakePdf = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a file of text or bytes and returns its path."""

    def write(data: str | bytes, name: str = "news.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


@pytest.fixture
def read_word(tmp_path: Path) -> Callable[..., Document]:
    """A function that writes a Word document, as ``word_file`` does, and reads it.

    The function adds a paragraph at the end of the document.
    """

    def read_it(inner: str, **parts: Any) -> Document:
        path = tmp_path / "made.docx"
        path.write_bytes(word_file(inner + END, **parts))
        return read(path)

    return read_it


@pytest.fixture(scope="session")
def sample_paths() -> dict[str, Path]:
    """The paths of the sample reports, by short names such as "westmarsh-2019" and "carrowby-news"."""
    short = {
        "aldermere-2024": "aldermere-childrens-services-focused-visit-18-june-2024.pdf",
        "aldermere-2026": "aldermere-childrens-services-inspection-14-august-2026.pdf",
        "carrowby-2015": "carrowby-childrens-services-inspection-27-november-2015.pdf",
        "carrowby-2023": "carrowby-childrens-services-monitoring-visit-16-march-2023.docx",
        "carrowby-news": "carrowby-monitoring-visit-news-22-march-2023.txt",
        "kinship": "kinship-care-six-local-areas-thematic-report.html",
        "northwold-2025": "northwold-childrens-services-focused-visit-08-april-2025.pdf",
        "pellbrook-send": "pellbrook-area-send-full-inspection-26-april-2024.pdf",
        "westmarsh-2019": "westmarsh-childrens-services-inspection-08-november-2019.pdf",
        "westmarsh-2023": "westmarsh-childrens-services-inspection-03-november-2023.pdf",
    }
    folder = Path(corpus.__file__).parent / "samples"
    files = {p.name for p in folder.iterdir() if p.suffix in SUFFIXES and p.stem != "README"}
    assert set(short.values()) == files, "a sample was added or removed, so change the names here"
    return {name: folder / file for name, file in short.items()}


@pytest.fixture(scope="session")
def sample_documents(sample_paths: dict[str, Path]) -> dict[str, Document]:
    return {name: read(path) for name, path in sample_paths.items()}


@pytest.fixture(scope="session")
def count() -> Callable[[str], int]:
    """The encoder's function that counts word pieces."""
    return WordPieces.open(default_folder()).count


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """A function that writes a PDF. Each A4 page is a list of (left, top, text, size = 11, bold = False), in points."""

    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))

    def make(*pages: Sequence[tuple[Any, ...]], name: str = "made.pdf", rotation: int = 0, **options: Any) -> Path:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=A4, **options)
        for page in pages:
            if rotation:
                canvas.setPageRotation(rotation)
            for left, top, text, *style in page:
                size, bold = style[0] if style else 11, len(style) > 1 and style[1]
                canvas.setFont(BOLD if bold else "Helvetica", size)
                canvas.drawString(left, HEIGHT - top, text)
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def raw_pdf(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a PDF from the operators of its pages. Use it for pages that ReportLab cannot draw.

    Helvetica is F1 and Helvetica-Bold is F2. ``page`` and ``catalog`` are added to every page's dictionary and to the
    catalog's. ``objects`` are more objects by number, from 50. ``above`` is added to the node above the pages, which
    then inherit their box and their resources.
    """

    def make(
        *contents: str,
        page: str = "",
        catalog: str = "",
        resources: str = "",
        above: str = "",
        objects: dict[int, str] | None = None,
    ) -> Path:
        numbers = range(10, 10 + 2 * len(contents), 2)
        kids = " ".join(f"{number} 0 R" for number in numbers)
        fonts = "/Font << /F1 3 0 R /F2 4 0 R >>"
        bodies = {
            1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} {above} >>",
            3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            **(objects or {}),
        }
        for number, content in zip(numbers, contents, strict=True):
            box = "" if "/MediaBox" in above else "/MediaBox [0 0 595 842]"
            own = "" if "/Resources" in above else f"/Resources << {fonts} {resources} >>"
            bodies[number] = f"<< /Type /Page /Parent 2 0 R {box} /Contents {number + 1} 0 R {own} {page} >>"
            bodies[number + 1] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
        data, places = b"%PDF-1.7\n", {}
        for number, body in sorted(bodies.items()):
            places[number] = len(data)
            data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        start, size = len(data), max(places) + 1
        data += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
        for number in range(1, size):
            data += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        data += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        path = tmp_path / f"raw{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(data)
        return path

    return make


@pytest.fixture
def pdf_line() -> Callable[..., PdfLine]:
    """A function that makes a line like one from PDFium, ``top`` points from the top of an A4 page."""

    def make(
        text: str, top: float, *, page: int = 1, left: float = 72, size: float = 11, bold: bool = False
    ) -> PdfLine:
        right = min(left + 0.5 * size * len(text), WIDTH)
        box = Box(page, left / WIDTH, (top - size * 0.8) / HEIGHT, right / WIDTH, (top + size * 0.2) / HEIGHT)
        return PdfLine(text, box, size, bold, left, right, top)

    return make
