from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus import formats
from corpus.errors import CorpusError, UnreadableReport
from corpus.formats import SUFFIXES
from corpus.reading import read

HTML = b"<!DOCTYPE html><html><body><h1>404</h1><p>Not found</p></body></html>"
NOBODY = 65534


@pytest.fixture
def refused(tmp_path):
    """A function that reads bytes as a file with a given name, and returns the UnreadableReport that this raises."""

    def refused(name: str, data: bytes) -> UnreadableReport:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UnreadableReport) as raised:
            read(path)
        assert raised.value.path == path
        return raised.value

    return refused


def pdf_bytes(draw, **options):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def zip_bytes(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rewritten(docx, change):
    """Return a Word file with each part changed by ``change(name, bytes)``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(docx) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return buffer.getvalue()


def scan(canvas):
    """Draw a page that is a picture. It is small, because text is recognised in its picture."""
    canvas.setPageSize((200, 220))
    canvas.drawImage(ImageReader(Image.new("RGB", (80, 80), "grey")), 25, 45, 150, 150)


@pytest.mark.parametrize(
    ("sample", "media_type", "pages"),
    [
        ("westmarsh-2023", "application/pdf", 8),
        ("carrowby-2023", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 1),
        ("kinship", "text/html", 1),
        ("carrowby-news", "text/plain", 1),
    ],
)
def test_each_format_is_recognised_by_its_content(sample_documents, sample, media_type, pages):
    document = sample_documents[sample]
    assert (document.media_type, len(document.pages)) == (media_type, pages)
    assert len(document.text) > 2500
    assert len(document.blocks) > 10


def test_markdown_and_upper_case_file_types_are_read(tmp_path):
    (tmp_path / "A.MD").write_text("# Title\n\nChildren are safe.\n")
    assert read(tmp_path / "A.MD").media_type == "text/markdown"


def test_every_error_of_reading_is_a_corpus_error_with_file_reason_and_remedy():
    error = UnreadableReport(Path("some/a.pdf"), "the reason", "The remedy.")
    assert isinstance(error, CorpusError)
    assert str(error) == "a.pdf: the reason. The remedy."


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.txt", "a.md"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_an_empty_file_is_called_empty(refused, name, data):
    error = refused(name, data)
    assert "empty" in error.reason
    assert "again" in error.remedy


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n  ", b"<!-- error -->\n"])
def test_a_web_page_named_pdf_is_called_a_web_page(refused, start):
    error = refused("report.pdf", start + HTML)
    assert "PDF" in error.reason
    assert "web page" in error.reason
    assert "Download" in error.remedy


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_pdf_is_called_incomplete(refused, sample_paths, share):
    data = sample_paths["northwold-2025"].read_bytes()
    error = refused("report.pdf", data[: int(len(data) * share)])
    assert "incomplete" in error.reason
    assert "Download it again" in error.remedy


def test_an_encrypted_pdf_is_called_encrypted(refused):
    error = refused(
        "report.pdf", pdf_bytes(lambda canvas: canvas.drawString(72, 700, "Hidden words"), encrypt="secret")
    )
    assert "encrypted" in error.reason
    assert "without a password" in error.remedy


def test_a_pdf_of_pictures_contains_no_text(refused):
    error = refused("report.pdf", pdf_bytes(scan))
    assert "pictures" in error.reason
    assert "OCR" in error.remedy


def test_a_scan_with_page_numbers_contains_no_text_either(refused):
    def pages(canvas):
        for number in range(1, 3):
            scan(canvas)
            canvas.drawString(85, 20, f"Page {number}")
            canvas.showPage()

    assert "pictures" in refused("report.pdf", pdf_bytes(pages)).reason


def test_a_zip_archive_named_docx_is_called_a_zip_archive(refused):
    error = refused("report.docx", zip_bytes(**{"a.txt": "words"}))
    assert "ZIP" in error.reason
    assert "correct the file's name" in error.remedy


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_a_truncated_word_document_is_called_damaged(refused, sample_paths, share):
    data = sample_paths["carrowby-2023"].read_bytes()
    error = refused("report.docx", data[: int(len(data) * share)])
    assert "damaged" in error.reason
    assert "Open it in Word" in error.remedy


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_a_word_document_with_a_damaged_part_is_called_damaged(refused, sample_paths, part):
    data = rewritten(sample_paths["carrowby-2023"], lambda name, xml: xml[: len(xml) // 2] if name == part else xml)
    assert "damaged" in refused("report.docx", data).reason


def test_a_word_document_with_damaged_bytes_is_called_damaged(refused, sample_paths):
    data = bytearray(sample_paths["carrowby-2023"].read_bytes())
    at = data.find(b"word/document.xml") + 60
    data[at : at + 140] = b"\x55" * 140
    assert "damaged" in refused("report.docx", bytes(data)).reason


def test_a_word_document_without_words_contains_no_text(refused, tmp_path):
    import docx

    docx.Document().save(str(tmp_path / "none.docx"))
    assert "no text" in refused("report.docx", (tmp_path / "none.docx").read_bytes()).reason


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, bytes(b % 255 + 1 for b in range(7, 60007, 7))], ids=["nul", "noise"]
)
def test_binary_data_named_txt_is_not_text(refused, data):
    error = refused("report.txt", data)
    assert "binary data" in error.reason or "not text" in error.reason
    assert "correct the file's name" in error.remedy or "Save it" in error.remedy


@pytest.mark.parametrize("name", ["report.xlsx", "report.csv", "report.zip", "report"])
def test_an_unknown_file_type_is_refused_with_the_known_ones(refused, name):
    error = refused(name, b"a,b\n1,2\n")
    assert Path(name).suffix in error.reason
    assert all(suffix in error.remedy for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "a PDF"), ("a.html", "a PDF"), ("a.docx", "a PDF"), ("a.md", "a PDF")]
)
def test_a_pdf_with_another_name_is_called_a_pdf(refused, sample_paths, name, content):
    assert content in refused(name, sample_paths["northwold-2025"].read_bytes()).reason


def test_a_web_page_without_main_text_is_refused(refused):
    error = refused("a.html", b"<html><body></body></html>")
    assert "no main text" in error.reason
    assert "article" in error.remedy


def test_a_text_with_only_headings_is_not_a_report(refused):
    assert "no text" in refused("a.txt", b"Inspection reports\n\nHome\n").reason


def test_a_file_over_the_limit_is_refused_before_it_is_read(refused, monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 1 << 20)
    error = refused("a.txt", b"words " * 200_000)
    assert "over the limit of 1 MB" in error.reason
    assert error.remedy == "Split it into smaller files."


@pytest.mark.skipif(
    os.name != "posix", reason="chmod and seteuid, by which the test takes its own right to read away, are POSIX's"
)
def test_a_file_that_cannot_be_opened_is_refused_with_the_reason():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "a.txt"
        path.write_text("Children are safe.")
        path.chmod(0)
        root = os.geteuid() == 0
        if root:  # root can open any file, so we switch to another user for a moment
            os.seteuid(NOBODY)
        try:
            with pytest.raises(UnreadableReport, match=r"(?i)permission"):
                read(path)
        finally:
            if root:
                os.seteuid(0)


def test_a_web_page_that_starts_with_a_long_comment_is_a_web_page(tmp_path):
    path = tmp_path / "a.html"
    article = "<h1>Title</h1><p>Children in Westmarsh are safe, and inspectors said that they are well cared for.</p>"
    path.write_text(
        f"<!-- {'saved from the web ' * 80} -->\n<html><body><article>{article * 3}</article></body></html>"
    )
    assert read(path).media_type == "text/html"
