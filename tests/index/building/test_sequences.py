"""A short version of two parts of ``make prove-index``: random sequences of changes, and a full disk."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.harness.figures import Proof
from benchmarks.proofs.index import disk
from benchmarks.proofs.index.sequences import Sequence


@pytest.mark.parametrize("seed", [1, 2])
def test_the_index_holds_the_reports_that_were_added_and_not_removed(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.proofs.index.sequences.STEPS", 5)
    sequence = Sequence(tmp_path / "sequence", random.Random(seed))  # noqa: S311 - the same sequence each time
    assert sequence.run() == 0
    assert sequence.remains() == 0
    assert sequence.steps == 5


@pytest.mark.thorough
def test_a_full_disk_leaves_only_the_old_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_FREE", (0, 256))
    monkeypatch.setattr(disk, "_FEWEST_FULL", 2)
    proof = Proof("disk")
    disk.prove(proof, tmp_path)
    if proof.figures[0].name == "a tmpfs could be mounted":
        pytest.skip("a tmpfs cannot be mounted here: this check did not run")
    assert [figure.name for figure in proof.figures if not figure.holds] == []
