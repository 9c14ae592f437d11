"""Run the tests of hostile inputs, and count the inputs and those that do harm."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import ROOT

INPUTS, INSTRUCTIONS = 500, 100


def prove(proof: Proof, folder: Path) -> None:
    """Run the tests in ``tests/hostile`` and count them by kind of input."""
    record = folder / "hostile.xml"
    command = [sys.executable, "-m", "pytest", "tests/hostile", "-q", f"--junitxml={record}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    cases = list(ET.parse(record).iter("testcase"))  # noqa: S314 - pytest wrote it just now
    instructions = [case for case in cases if "test_instructions" in case.get("classname", "")]
    planted = [case for case in instructions if "[" in case.get("name", "")]
    others = [case for case in cases if case not in instructions]
    proof.add("hostile inputs with a test each", len(others), "≥", INPUTS)
    proof.add("hostile inputs that got through", sum(map(_failed, others)), "=", 0)
    proof.add("reports with instructions or markup", len(planted), "≥", INSTRUCTIONS)
    proof.add("such reports that changed an answer or the page", sum(map(_failed, instructions)), "=", 0)
    if run.returncode:
        print(run.stdout[-3000:])


def _failed(case: ET.Element) -> bool:
    return any(case.find(outcome) is not None for outcome in ("failure", "error", "skipped"))
