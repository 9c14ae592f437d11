"""Tests of saving questions with the command line, and of finding out that their answers are different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from qa_service.cli.main import main
from tests.growing_collection import AUTHORITY, write_reports

pytestmark = pytest.mark.thorough
QUESTION = f"How was {AUTHORITY} rated overall at its latest inspection?"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(main, list(arguments), env={"QA_DATA_DIR": str(tmp_path / "data")})


def test_a_question_is_saved_compared_read_and_deleted(
    encoder: PassageEncoder, tmp_path: Path, run: Callable[..., Result]
) -> None:
    data = DataFolder.prepare(tmp_path / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    first, second = write_reports(tmp_path)
    builder.build([first])
    assert run("saved").output == "There are no saved questions. Save one with “qa-service save”.\n"
    assert "Saved questions" not in run("new").output
    assert "Saved. The answer has" in run("save", QUESTION).output
    assert run("saved").output == f"1. {QUESTION}\n"
    assert "Saved questions: 1, none different." in run("new").output
    builder.build([first, second])
    new = run("new").output
    assert f"1. {QUESTION}\n" in new
    assert f"  {AUTHORITY}, overall: Good. Before, it was Inadequate.\n" in new
    assert f"  - {AUTHORITY}, " in new
    assert run("saved", "--read", "1").exit_code == 0
    assert "Saved questions: 1, none different." in run("new").output
    missing = run("saved", "--delete", "2")
    assert (missing.exit_code, "There is no saved question 2." in missing.output) == (1, True)
    assert run("saved", "--delete", "1").output == "Deleted.\n"
    assert "There are no saved questions." in run("saved").output
