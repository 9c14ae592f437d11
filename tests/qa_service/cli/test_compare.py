"""Tests of ``qa-service compare``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.storage.data_folder import DataFolder
from qa_service.cli.main import main


@pytest.fixture
def run(sample_index: DataFolder):
    """Run the command on the samples."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["compare", *arguments], env={"QA_DATA_DIR": str(sample_index.root)})

    return run


def test_each_authority_is_shown_with_its_grade_and_quotes(run) -> None:
    result = run("westmarsh", "Carrowby", "--theme", "caseloads", "--words", "xylophone lessons")
    assert result.exit_code == 0, result.output
    assert "Westmarsh (overall grade: Good in September 2023)" in result.output
    assert "Caseloads: " in result.output
    assert "Criticises: “" in " ".join(result.output.split())
    assert result.output.count("xylophone lessons: not stated in its reports") == 2
    assert "Each cell has at most two quotes" in " ".join(result.output.split())


def test_the_table_is_written(run, tmp_path: Path) -> None:
    out = tmp_path / "comparison.csv"
    result = run("Westmarsh", "Carrowby", "--theme", "caseloads", "--out", str(out))
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert result.output == f"Wrote {len(rows)} rows to {out}.\n"
    assert {row["Authority"] for row in rows} == {"Westmarsh", "Carrowby"}


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["Westmarsh", "--theme", "plans"], 2, "Give 2 to 20 authorities."),
        (["Westmarsh", "Carrowby"], 2, "Give 1 to 8 aspects"),
        (["Westmarsh", "Nowhere", "--theme", "plans"], 1, "“Nowhere”. “qa-service reports” lists the"),
        (["Westmarsh", "Carrowby", "--theme", "roads"], 1, "The themes are: supervision"),
        (["Westmarsh", "Carrowby", "--theme", "plans", "--out", "x.pdf"], 2, "must end in .csv or .xlsx"),
    ],
)
def test_a_wrong_option_is_explained(run, arguments: list[str], status: int, problem: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, problem in result.output) == (status, True), result.output
