"""A report that is a scan, from the file to the page. It needs Tesseract."""

from __future__ import annotations

import io
import json

import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.programs import find_program
from corpus.types import Reading
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.cli.main import main
from qa_service.types import Question
from web.app import create_app

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(find_program("tesseract") is None, reason="Tesseract is not installed"),
]
LINES = (
    "Social workers visit children often and know what they need.",
    "Managers in Westmarsh challenge delays in adoption plans every month.",
    "Care leavers are offered a home of their own when they are ready.",
)
ASKED = "Do managers challenge delays in adoption plans?"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory, encoder):
    """An answerer whose only report is a scan, and the folder of the report."""
    folder = tmp_path_factory.mktemp("scans")
    typed = io.BytesIO()
    canvas = Canvas(typed, pagesize=(595, 842))
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(LINES):
        canvas.drawString(60, 700 - 40 * number, line)
    canvas.save()
    with pypdfium2.PdfDocument(typed.getvalue()) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.save()
    data = DataFolder.prepare(tmp_path_factory.mktemp("scans_data"))
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    assert builder.build(find_sources([folder])).manifest.failures == ()
    return Answerer.open(data, encoder, remembered=0), folder


def test_a_quote_is_read_from_the_picture_and_its_boxes_are_on_its_line(pictured):
    answer = pictured[0].answer(Question(ASKED))
    (quote,) = answer.statements[0].quotes
    assert quote.text == LINES[1]
    assert quote.reading is Reading.FROM_PICTURE
    assert quote.boxes
    assert all(abs(box.y1 - (842 - 660) / 842) < 12 / 842 for box in quote.boxes)
    assert answer.citations[0].scored.passage.recognised == (1,)


def test_the_page_shows_the_cut_out_and_says_that_the_page_is_a_picture(pictured):
    client = create_app(pictured[0]).test_client()
    report = pictured[0].index.store.reports[0]
    page = client.get(f"/reports/{report.id}/pages/1", query_string={"quote": LINES[1]}).get_data(as_text=True)
    assert "This page is a picture." in page
    assert "Marked on this page" in page
    cut = client.get(f"/reports/{report.id}/pages/1/cutout.png", query_string={"quote": LINES[1]})
    assert cut.status_code == 200
    with Image.open(io.BytesIO(cut.data)) as picture:
        assert picture.width > 8 * picture.height
    again = client.get(cut.request.full_path, headers={"If-None-Match": cut.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/reports/{report.id}/pages/1/cutout.png?quote=no+such+words").status_code == 404
    facts = client.get(f"/api/v1/reports/{report.id}").get_json()
    assert facts["recognised"] == [1]
    assert client.get(f"/api/v1/reports/{report.id}/pages/1").get_json()["recognised"] is True


def test_the_quote_is_not_called_proved(pictured, tmp_path):
    answerer, folder = pictured
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer_json(answerer.answer(Question(ASKED)), 1.0)))
    result = CliRunner().invoke(main, ["verify-citations", str(saved), "--reports", str(folder)])
    assert result.exit_code == 4
    assert "read from the picture of page 1, not proven" in " ".join(result.output.split())
