from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.chunking import chunk
from corpus.errors import MissingProgram, NeedsTime
from corpus.facts.metadata import describe
from corpus.programs import find_program
from corpus.quotes.originals import locate
from corpus.quotes.recognised_text import SURE
from corpus.reading import read
from corpus.types import Grading

TEXT = (
    ("Helvetica-Bold", 18, ("Inspection of Westmarsh local authority", "children’s services")),
    ("Helvetica", 11, ("Inspection dates: 4 March 2024 to 15 March 2024", "Lead inspector: Hilda Crannock")),
    ("Helvetica-Bold", 11, ("Judgement                                                       Grade",)),
    ("Helvetica", 11, ("Overall effectiveness                                           Good",)),
    ("Helvetica", 11, (
        "Children in Westmarsh receive help that is well matched to their needs. Social workers",
        "visit often, and they know the children they work with. Managers review decisions, and",
        "they challenge delays.",
    )),
)  # fmt: skip
needs_tesseract = pytest.mark.skipif(find_program("tesseract") is None, reason="Tesseract is not installed")


def typed(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = 760
    for font, size, lines in TEXT:
        canvas.setFont(font, size)
        for line in lines:
            left, _, right = line.partition("     ")
            canvas.drawString(60, y, left)
            canvas.drawString(400, y, right.strip())
            y -= int(1.4 * size)
        y -= 14
    canvas.save()
    return path


@pytest.fixture
def scan(tmp_path):
    """A function that makes a PDF of pictures of a page, with any pages of text before it."""

    def make(*before: str, stamp: str = "") -> Path:
        with pypdfium2.PdfDocument(typed(tmp_path / "typed.pdf")) as document:
            picture = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L").rotate(1, fillcolor=255)
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=60)
        canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=(595, 842))
        for text in before:
            canvas.drawString(60, 700, text)
            canvas.drawString(
                60, 680, "This page has words enough for a page of text, so nobody takes it for a picture."
            )
            canvas.showPage()
        canvas.drawImage(ImageReader(data), 0, 0, 595, 842)
        canvas.drawString(300, 820, stamp)
        canvas.save()
        return tmp_path / "scan.pdf"

    return make


@pytest.fixture
def no_programs(monkeypatch, tmp_path):
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


def test_without_tesseract_a_scan_is_named_with_what_to_install(scan, no_programs):
    with pytest.raises(MissingProgram, match=r"pages are pictures .* Install Tesseract"):
        read(scan())


def test_without_tesseract_the_typed_pages_are_read_and_the_picture_is_named(scan, no_programs):
    document = read(scan("Inspection of Westmarsh"))
    assert "Westmarsh" in document.text
    assert any("Page 2 has no text" in warning for warning in document.warnings)
    assert document.recognised == ()


def test_without_tesseract_a_picture_with_a_stamp_is_named(scan, no_programs):
    document = read(scan("Inspection of Westmarsh", stamp="Received on 12 May 2024 by post"))
    assert any("Page 2 may be a picture that we did not read" in warning for warning in document.warnings)


def test_a_page_of_text_needs_no_program(tmp_path, no_programs):
    document = read(typed(tmp_path / "typed.pdf"), patient=False)
    assert document.recognised == ()
    assert not any("picture" in warning for warning in document.warnings)


@needs_tesseract
def test_a_scan_is_not_read_by_somebody_who_cannot_wait(scan):
    with pytest.raises(NeedsTime) as raised:
        read(scan(), patient=False)
    assert raised.value.seconds > 0


@needs_tesseract
@pytest.mark.thorough
def test_a_scan_with_a_stamp_is_read_whole_and_no_date_or_grade_is_taken(scan):
    path = scan(stamp="Received on 12 May 2024 by post")
    document = read(path)
    report = describe(document, file="scan.pdf", sha256="0" * 64)
    assert "visit often, and they know the children they work with" in document.text
    assert report.recognised == (1,)
    assert report.authority in ("Westmarsh", None)
    assert report.judgements == ()
    assert report.grading is Grading.UNREADABLE
    assert (report.inspected_from, report.published, report.lead_inspector) == (None, None, None)
    assert any("Page 1 was read from a picture" in warning for warning in document.warnings)


@needs_tesseract
@pytest.mark.thorough
def test_a_quote_from_a_scan_is_found_with_boxes_and_its_passage_is_marked(scan):
    path = scan()
    document = read(path)
    passages = chunk(document, report_id="0" * 16, title="", count=lambda text: len(text.split()), max_tokens=256)
    recognised = {page.number: page for page in document.recognised}
    quotes = [passage.text[start:end] for passage in passages for start, end in passage.sentences]
    assert any(quote.startswith("Social workers visit") for quote in quotes)
    for quote in quotes:
        (place,) = locate(quote, path, "application/pdf", (1,), recognised)
        assert place.recognised
        assert place.boxes
    assert all(passage.recognised == (1,) for passage in passages)
    assert sum(word.confidence >= SURE for word in recognised[1].words) > 0.8 * len(recognised[1].words)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts no shell scripts")
def test_a_scan_that_tesseract_fails_to_read_says_so_and_is_tried_again(scan, tmp_path, monkeypatch):
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'eng.traineddata is missing' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(MissingProgram, match=r"Tesseract could not read them \(.*eng\.traineddata is missing"):
        read(scan())
