"""Tests of ``qa-service grades``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from index.storage.data_folder import DataFolder
from qa_service.cli.main import main


@pytest.fixture
def run(sample_index: DataFolder):
    """Run the command on the samples."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["grades", *arguments], env={"QA_DATA_DIR": str(sample_index.root)})

    return run


def test_each_authority_has_its_grades_oldest_first(run) -> None:
    result = run("--authority", "westmarsh")
    assert result.exit_code == 0, result.output
    lines = [line.strip() for line in result.output.splitlines()]
    assert lines[:2] == ["Overall", ""]
    at = lines.index("Westmarsh")
    assert lines[at + 1].endswith("Requires improvement to be good (page 1)")
    assert "2019" in lines[at + 1]
    assert lines[at + 2].endswith("Good (page 1)")
    assert "2023" in lines[at + 2]
    assert lines[at + 3].startswith("Last full inspection: ")
    assert "Each grade comes from the table of grades" in " ".join(lines)


def test_movements_can_be_limited(run) -> None:
    assert "Westmarsh: Requires improvement to be good (" in run("--change", "better").output
    assert "Westmarsh" not in run("--change", "worse").output
    assert "Westmarsh" in run("--from", "requires improvement", "--to", "good", "--latest").output
    assert "Nothing matches." in run("--movements", "--until", "2000").output
    assert "We compare each inspection" in run("--movements").output


def test_the_table_is_written_in_both_formats(run, tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx"):
        result = run("--out", str(tmp_path / f"grades.{suffix}"))
        assert result.output.startswith("Wrote "), result.output
    rows = list(csv.DictReader(io.StringIO((tmp_path / "grades.csv").read_text(encoding="utf-8-sig"))))
    sheet = openpyxl.load_workbook(tmp_path / "grades.xlsx").active
    assert [cell.value for cell in sheet[1]] == list(rows[0])
    assert sheet.max_row == len(rows) + 1
    assert {"Westmarsh", "Northwold"} & {row["Authority"] for row in rows}
    assert all(row["Page"] and row["Grade"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--out", "grades.txt"], "must end in .csv or .xlsx"),
        (["--since", "2020", "--until", "2019"], "Exchange the two"),
        (["--area", "roads"], "care-leavers"),
        (["--from", "adequate"], "requires improvement"),
        (["--since", "x"], "is not a date"),
    ],
)
def test_a_wrong_option_is_explained(run, arguments: list[str], problem: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert problem in result.output
