"""Tests of ``qa-service themes``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.cli.main import main


@pytest.fixture
def run(sample_index: DataFolder):
    """Run the command on the samples."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["themes", *arguments], env={"QA_DATA_DIR": str(sample_index.root)})

    return run


def words(result: Result) -> str:
    return " ".join(result.output.split())


def test_the_themes_are_listed_with_their_counts(run, answerer: Answerer) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert all(theme in result.output for theme in answerer.index.remarks.themes)
    assert len(answerer.index.remarks.themes) >= 12
    assert "of 10" in result.output
    assert "A report counts as criticising a theme" in words(result)


def test_a_theme_is_shown_with_years_and_quotes(run) -> None:
    result = run("caseloads", "--authority", "Carrowby", "--kind", "single-inspection", "--stance", "weakness")
    assert result.exit_code == 0, result.output
    assert "Caseloads: criticised by 1 of 1 reports" in result.output
    assert "2015  1        1          0" in result.output
    assert "Criticises: “Caseloads are too high.” (page 9)" in result.output


def test_years_and_dates_limit_the_reports(run) -> None:
    assert "criticised by 1 of 1 reports" in run("caseloads", "--since", "2015", "--until", "2015-12-31").output
    assert "No report matches." in run("--since", "2090").output
    assert "No report matches." in run("plans", "--until", "1999").output


def test_newest_first(run) -> None:
    days = [line for line in run("plans", "--newest").output.splitlines() if " · " in line]
    assert len(days) >= 5
    years = [int(line.rsplit(" ", 1)[1]) for line in days]
    assert years == sorted(years, reverse=True)


def test_the_whole_list_is_written_as_csv(run, tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    result = run("plans", "--csv", str(file))
    assert result.exit_code == 0, result.output
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert f"Wrote {len({row['Report'] + row['Date'] for row in rows})} reports to" in words(result)
    assert all(row["Text"] and row["Page"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing"], "There is no theme “nothing” in the index. The themes are: supervision,"),
        (["--newest"], "need the ID of a theme"),
        (["plans", "--since", "2023", "--until", "2020"], "--until 2020-12-31 is before --since 2023-01-01."),
        (["--since", "spring"], "“spring” is not a date. Give a year such as 2022"),
        (["--kind", "party"], "party"),
    ],
)
def test_a_wrong_option_is_explained(run, arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert message in words(result)
