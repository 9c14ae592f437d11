"""Run again what the reading of reports must show, on the real reports beside the checkout. “make prove-reading”."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.reports import ReadFile, read_corpus
from benchmarks.harness.service import ROOT, SHARED
from benchmarks.proofs.reading import facts as reading_facts
from benchmarks.proofs.reading import text as reading_text
from benchmarks.proofs.reading.limits import fuzz, measure, plain, whole
from index.building.read_pool import TIME_LIMIT

_FUZZED, _SEED = 5000, 1
_SHOWN = 12
"""Of what is wrong, as many lines are printed."""


def main() -> None:
    """Read every file once, then compare what was read with what others read."""
    if not (SHARED / "reports").is_dir():
        sys.exit(f"The real reports are not at {SHARED}: this proof needs them.")
    proof = Proof("reading")
    files = list(read_corpus())
    proof.add("files read", len(files))
    proof.add("passages", sum(len(read.passages) for read in files))
    _text(proof, files)
    _facts(proof, files)
    _lists(proof, files)
    _numbers(proof, files)
    _speed(proof)
    _broken(proof)
    proof.finish()


def _text(proof: Proof, files: Sequence[ReadFile]) -> None:
    misread = [one for read in files for one in reading_text.misread(read)]
    faults = [one for one in misread if not one.witness_fault]
    passages = sum(len(read.passages) for read in files)
    _tell("the witness reads a table's cells in another order; each line stands there", [
        f"{one.file} page {one.page}" for one in misread if one.witness_fault
    ])  # fmt: skip
    _tell("not the page's words", [f"{one.file} page {one.page}" for one in faults])
    proof.add("passages that the witness reads in another order", len(misread) - len(faults))
    proof.add("genuine: passages whose words are on their pages", 1 - len(faults) / passages, "=", 1.0)
    found = [line for read in files for line in reading_text.furniture(read)]
    _tell("no text of a report", found)
    proof.add("running lines, numbers, addresses, boilerplate in passages", len(found), "=", 0)


def _facts(proof: Proof, files: Sequence[ReadFile]) -> None:
    for name, tally in reading_facts.compare_facts(files).items():
        _tell(f"{name} unlike what was read by eye", tally.wrong)
        proof.add(f"{name.replace('_', ' ')}: right of {tally.of} reports", tally.share, "≥", 0.99)
    cells, invented = reading_facts.compare_judgements(files)
    _tell("cells read by eye that were not read", cells.wrong)
    _tell("judgements that no page prints", invented)
    proof.add(f"cells of grade tables read by eye: right of {cells.of}", cells.share, "≥", 0.995)
    proof.add("grades invented, or a previous one taken for current", len(invented), "=", 0)
    other = reading_facts.compare_other_tool(files)
    _tell("unlike another tool's", other.wrong)
    proof.add(f"cells of another tool's tables: agreeing of {other.of}", other.share, "≥", 0.995)


def _lists(proof: Proof, files: Sequence[ReadFile]) -> None:
    agreeing, extra, missing, wrong = reading_facts.compare_improvements(files)
    _tell("items unlike what was read by eye", wrong)
    proof.add("items asked for, read by eye", agreeing + missing)
    proof.add("items: recall", agreeing / (agreeing + missing), "≥", 0.99)
    proof.add("items: precision", agreeing / (agreeing + extra), "≥", 0.99)


def _numbers(proof: Proof, files: Iterable[ReadFile]) -> None:
    reports = [read for read in files if read.path.suffix == ".pdf"]
    counts = [reading_text.labels(read) for read in reports]
    checked, right = sum(count[0] for count in counts), sum(count[1] for count in counts)
    _tell("paragraph number unlike the witness's", [line for count in counts for line in count[2]])
    proof.add(f"paragraph number: right of {checked} passages", right / checked, "≥", 0.98)
    crossing = [both for read in reports for both in reading_text.crossing(read)]
    proof.add("sentences that run over a page", len(crossing), "≥", 100)
    proof.add("of them, both pages given, with boxes on each", sum(crossing) / len(crossing), "=", 1.0)


def _speed(proof: Proof) -> None:
    bare, read = measure(plain), measure(whole)
    proof.add("plain pypdfium2 extraction: pages a CPU second", round(bare.pages))
    proof.add("reading with structure and facts: pages a CPU second", round(read.pages))
    proof.add("reading, as a share of plain extraction's speed", read.pages / bare.pages, "≥", 1 / 3)
    proof.add("peak memory of plain extraction, MB", round(bare.megabytes))
    proof.add("peak memory of reading, MB", round(read.megabytes))


def _broken(proof: Proof) -> None:
    tests = ["tests/index/building/test_bad_files.py", "tests/corpus/test_reading.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(ended.stdout.strip().splitlines()[-1])
    proof.add("bad files of every sort, each with its reason: tests' exit", ended.returncode, "=", 0)
    with tempfile.TemporaryDirectory(prefix="prove-reading-") as folder:
        outcomes, longest = fuzz(Path(folder), _FUZZED, _SEED)
    for sort, count in sorted(outcomes.items()):
        proof.add(f"broken files: {sort}", count)
    proof.add("broken files, each read or refused", outcomes.total(), "=", _FUZZED)
    proof.add("longest wait for one, seconds", longest, "≤", float(TIME_LIMIT))


def _tell(what: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"  {len(lines)} {what}:")
        print("\n".join(f"    {line}" for line in lines[:_SHOWN]))
        if len(lines) > _SHOWN:
            print(f"    … and {len(lines) - _SHOWN} more")


if __name__ == "__main__":
    main()
