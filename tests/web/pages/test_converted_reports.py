"""A report in an old format, from the file to the page and to the proof. It needs LibreOffice."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

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
    pytest.mark.skipif(find_program("soffice") is None, reason="LibreOffice is not installed"),
]
RTF = rb"""{\rtf1\ansi{\fonttbl{\f0 Arial;}}\fs22
{\b\fs32 Visit to Westmarsh children\rquote s services}\par
Managers in Westmarsh challenge delays in adoption plans every month.\par
Children are seen often, and their social workers know them well.\par}"""
ASKED = "Do managers challenge delays in adoption plans?"


@pytest.fixture(scope="module")
def converted(tmp_path_factory, encoder):
    """An answerer whose only report is an RTF file, and the folder of the report."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "visit.rtf").write_bytes(RTF)
    data = DataFolder.prepare(tmp_path_factory.mktemp("old_data"))
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    assert builder.build(find_sources([folder])).manifest.failures == ()
    return Answerer.open(data, encoder, remembered=0), folder


def test_a_quote_is_confirmed_by_a_second_reading_of_the_word_document(converted):
    index = converted[0].index
    (report,) = index.store.reports
    assert report.converted
    assert [reading.same for reading in index.store.second_readings(report.id).values()] == [True]
    (quote,) = converted[0].answer(Question(ASKED)).statements[0].quotes
    assert (quote.text, quote.reading) == (
        "Managers in Westmarsh challenge delays in adoption plans every month.",
        Reading.CONFIRMED,
    )


def test_the_page_says_that_the_file_was_converted(converted):
    client = create_app(converted[0]).test_client()
    (report,) = converted[0].index.store.reports
    assert "was converted to a Word document" in client.get(f"/reports/{report.id}").get_data(as_text=True)
    with client.get(f"/reports/{report.id}/file") as original:
        assert original.data == RTF


def test_the_quote_is_proved_by_converting_the_file_again(converted, tmp_path):
    answerer, folder = converted
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer_json(answerer.answer(Question(ASKED)), 1.0)))
    result = CliRunner().invoke(main, ["verify-citations", str(saved), "--reports", str(folder)])
    assert result.exit_code == 0, result.output
