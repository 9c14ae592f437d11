"""The hostile inputs, each of which is a test: how many there are, and how many get through."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import ROOT

INPUTS, INSTRUCTIONS = 500, 100


def prove(proof: Proof, folder: Path) -> None:
    """Run the tests of hostile inputs, and count them by what they are."""
    record = folder / "hostile.xml"
    command = [sys.executable, "-m", "pytest", "tests/hostile", "-q", f"--junitxml={record}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    cases = list(ET.parse(record).iter("testcase"))  # noqa: S314 - written by pytest a moment ago
    told = [case for case in cases if "test_instructions" in case.get("classname", "")]
    instructing = [case for case in told if "[" in case.get("name", "")]
    others = [case for case in cases if case not in told]
    proof.add("hostile inputs, each a test", len(others), "≥", INPUTS)
    proof.add("hostile inputs that got through", sum(map(_failed, others)), "=", 0)
    proof.add("reports with instructions or markup", len(instructing), "≥", INSTRUCTIONS)
    proof.add("of them, changed an answer, or how anything is shown", sum(map(_failed, told)), "=", 0)
    if run.returncode:
        print(run.stdout[-3000:])


def _failed(case: ET.Element) -> bool:
    return any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
