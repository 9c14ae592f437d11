"""Tests that benchmarks/README.md names only commands that exist, and names all the proofs."""

from __future__ import annotations

import re
from importlib.util import find_spec

from benchmarks.harness.service import ROOT

README = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")


def test_each_module_that_the_readme_runs_exists() -> None:
    modules = re.findall(r"-m (benchmarks[\w.]+)", README)
    assert modules
    assert [name for name in modules if find_spec(name) is None] == []


def test_each_proof_has_a_make_target_and_a_line_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    proofs = {path.stem for path in (ROOT / "benchmarks" / "proofs").glob("prove_*.py")}
    assert set(re.findall(r"-m benchmarks\.proofs\.(\w+)", makefile)) == proofs
    assert {f"prove_{name}" for name in re.findall(r"^\| `make prove-(\w+)`", README, re.MULTILINE)} == proofs
