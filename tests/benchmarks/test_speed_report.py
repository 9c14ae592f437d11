from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import ROOT
from benchmarks.proofs.speed import report
from benchmarks.proofs.speed.processes import OURS


@pytest.fixture
def proof() -> Proof:
    """A run in which each measure is 0.5 for our system and 1,234 for all others."""
    run = Proof("speed")
    for row in report._ROWS:
        for system in report._NAMES:
            run.add(row.figure.format(system), 0.5 if system == OURS else 1234.0)
        run.add(row.bounded, 2.0, "≥", 2.5)
    return run


def test_the_table_has_every_measure_and_says_what_falls_short(proof: Proof) -> None:
    lines = report.table(proof).splitlines()[2:]
    assert len(lines) == len(report._ROWS)
    assert all(line.endswith("| 0.5 | 1,234 | 1,234 | 1,234 | 1,234 | 2.00 | ≥ 2.5 | short |") for line in lines)


@pytest.mark.thorough
def test_the_same_figures_draw_the_same_picture(proof: Proof, tmp_path: Path) -> None:
    values = {figure.name: figure.value for figure in proof.figures}
    for name in ("first.svg", "second.svg"):
        report.draw(values, tmp_path / name)
    picture = (tmp_path / "first.svg").read_text()
    assert picture == (tmp_path / "second.svg").read_text()
    assert all(row.label in picture for row in report._ROWS)


def test_writing_replaces_only_the_table(proof: Proof, tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text(f"Before.\n{report._BEGIN}\nold\n{report._END}\nAfter.\n", encoding="utf-8")
    report.write(proof, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text == f"Before.\n{report._BEGIN}\n{report.table(proof)}\n{report._END}\nAfter.\n"
    assert (tmp_path / "speed.svg").stat().st_size


def test_the_document_has_the_labels_of_the_report() -> None:
    table = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8").split(report._BEGIN)[1]
    labels = re.findall(r"^\| ([^|]+) \|", table.split(report._END)[0], re.MULTILINE)
    assert [label for label in labels if label.strip()] == [row.label for row in report._ROWS]
