"""Measure how well we read the real reports next to the checkout: ``make prove-reading``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.harness.arguments import no_arguments
from benchmarks.harness.figures import Proof
from benchmarks.harness.reports import ReadFile, read_reports
from benchmarks.harness.service import ROOT, SHARED, require_real_reports
from benchmarks.proofs.reading import (
    facts,
    foreign,
    foreign_files,
    grade_tables,
    lists,
    producers,
    scans,
    text,
    witness,
)
from benchmarks.proofs.reading.limits import extract_text, measure, read_broken_files, read_whole
from benchmarks.proofs.reading.title_pages import spoiled_pages, title_pages
from corpus.programs import find_program
from corpus.types import Reading
from index.building.read_pool import TIME_LIMIT

CASES = SHARED / "cases"
"""A folder of small files that are hard to read. It may not exist."""
_BROKEN_FILES, _SCANS, _SEED = 5000, 20, 1
_TITLE_PAGES, _SPOILED_PAGES = 60, 200
_MADE_LISTS = 200
FOREIGN = ROOT / "var" / "foreign"
"""The folder for other people's PDFs, which we fetch from package registries. Git ignores it."""
_FOREIGN_FILES, _FOREIGN_PRODUCERS = 20, 12
_LINES_SHOWN = 12
"""The maximum number of faults of each kind to print. Each fault has a line."""


def main() -> None:
    """Read every file once, and then compare the results with other sources."""
    no_arguments(__doc__)
    require_real_reports()
    proof = Proof("reading")
    files = list(read_reports())
    proof.add("files read", len(files))
    proof.add("passages", sum(len(read.passages) for read in files))
    _text(proof, files)
    _facts(proof, files)
    _grade_tables(proof, files)
    _lists(proof, files)
    _made_lists(proof)
    _numbers(proof, files)
    _scans(proof)
    _producers(proof)
    _foreign(proof)
    pages_per_second = _speed(proof)
    _second_program(proof, files, pages_per_second)
    _broken(proof)
    proof.finish()


def _text(proof: Proof, files: Sequence[ReadFile]) -> None:
    misread = [passage for read in files for passage in text.misread(read)]
    faults = [passage for passage in misread if not passage.only_order_differs]
    passages = sum(len(read.passages) for read in files)
    _show("passages in which the other tool reads a table's cells in another order", [
        f"{passage.file} page {passage.page}" for passage in misread if passage.only_order_differs
    ])  # fmt: skip
    _show("passages with words that are not on the page", [f"{passage.file} page {passage.page}" for passage in faults])
    proof.add("passages whose table cells the other tool reads in another order", len(misread) - len(faults))
    proof.add("share of passages whose words are on their pages", 1 - len(faults) / passages, "=", 1.0)
    lines = [line for read in files for line in text.furniture(read)]
    _show("lines that are not part of the report's text", lines)
    proof.add("running lines, numbers, addresses and boilerplate in passages", len(lines), "=", 0)


def _facts(proof: Proof, files: Sequence[ReadFile]) -> None:
    for name, tally in facts.compare_facts(files).items():
        _show(f"values of {name} that differ from what people read", tally.wrong)
        proof.add(f"{name.replace('_', ' ')}: share right, of {tally.total} reports", tally.share, "≥", 0.99)
    cells, invented = facts.compare_judgements(files)
    _show("grade table cells that people read and we did not", cells.wrong)
    _show("judgements that no page prints", invented)
    proof.add(f"grade table cells read by people: share right, of {cells.total}", cells.share, "≥", 0.995)
    proof.add("grades invented, or previous grades taken for current ones", len(invented), "=", 0)
    other = facts.compare_other_tool(files)
    _show("values that differ from the other tool's", other.wrong)
    proof.add(f"the other tool's grades and dates: share that agree, of {other.total}", other.share, "≥", 0.995)


def _grade_tables(proof: Proof, files: Sequence[ReadFile]) -> None:
    lacking = [
        f"{read.path.name}: {', '.join(read.report.missing_areas)}" for read in files if read.report.missing_areas
    ]
    _show("reports that lack areas of their framework", lacking)
    proof.add("reports that lack areas of their framework", len(lacking))
    with tempfile.TemporaryDirectory(prefix="prove-reading-") as folder:
        printed = grade_tables.read_title_pages(title_pages(_TITLE_PAGES, _SEED), Path(folder))
        spoiled = grade_tables.read_title_pages(spoiled_pages(_SPOILED_PAGES, _SEED), Path(folder))
    _show("title pages with cells that we name as unread", [str(page) for page in printed if not page.is_right])
    right = sum(page.is_right for page in printed)
    proof.add(f"title pages of ours, of {_TITLE_PAGES}: all cells right", right, "≥", 0.95 * _TITLE_PAGES)
    honest = sum(page.is_honest for page in printed)
    proof.add("title pages of ours: all cells right, or named as unread", honest, "=", _TITLE_PAGES)
    silent = [page for page in spoiled if not page.tells_loss]
    _show("title pages with a cell that nobody can read, and that say nothing about it", [str(page) for page in silent])
    told = len(spoiled) - len(silent)
    proof.add("title pages with a cell that nobody can read: it is named", told, "=", _SPOILED_PAGES)


def _lists(proof: Proof, files: Sequence[ReadFile]) -> None:
    agreeing, extra, missing, wrong = facts.compare_improvements(files)
    _show("items that differ from what people read", wrong)
    proof.add("items to improve, read by people", agreeing + missing)
    proof.add("items to improve: recall", agreeing / (agreeing + missing), "≥", 0.99)
    proof.add("items to improve: precision", agreeing / (agreeing + extra), "≥", 0.99)


def _made_lists(proof: Proof) -> None:
    made = lists.read_made_lists(_MADE_LISTS, _SEED)
    counts = lists.outcomes(made)
    _show("made lists that were read wrongly, and nothing says so", [
        f"report {one.seed}: {one.name}" for one in made if one.outcome is lists.Outcome.WRONG
    ])  # fmt: skip
    proof.add(f"made lists of improvements read whole, of {len(made)}", counts[lists.Outcome.RIGHT], "≥", 195)
    proof.add("made lists not read whole, and said so", counts[lists.Outcome.TOLD])
    proof.add("made lists read wrongly, and nothing says so", counts[lists.Outcome.WRONG], "=", 0)
    proof.add("labels, introductions and headings among their items", lists.not_items(made), "=", 0)


def _numbers(proof: Proof, files: Iterable[ReadFile]) -> None:
    reports = [read for read in files if read.path.suffix == ".pdf"]
    counts = [text.labels(read) for read in reports]
    checked, right = sum(count[0] for count in counts), sum(count[1] for count in counts)
    _show("paragraph numbers that differ from the other tool's", [line for count in counts for line in count[2]])
    proof.add(f"paragraph numbers: share right, of {checked} passages", right / checked, "≥", 0.98)
    crossing = [located for read in reports for located in text.crossing(read)]
    proof.add("sentences that run over two pages", len(crossing), "≥", 100)
    proof.add("share of them with both pages, and boxes on each", sum(crossing) / len(crossing), "=", 1.0)


def _scans(proof: Proof) -> None:
    """Read scans of our own pages. Without Tesseract, the proof fails."""
    installed = find_program("tesseract") is not None
    if not installed:
        print("Tesseract is not installed, so no scans were read. Install it, and run this proof again.")
    proof.add("Tesseract is installed, so that scans can be read", int(installed), "=", 1)
    if not installed:
        return
    with tempfile.TemporaryDirectory(prefix="prove-reading-") as folder:
        outcome = scans.measure(list(scans.scans(Path(folder), _SCANS, _SEED)))
    _show("quotes from scans that were not found within a line of their place", outcome.faults)
    proof.add(f"words in {_SCANS} scans: share right, of {outcome.words}", outcome.right / outcome.words, "≥", 0.97)
    proof.add(f"quotes from scans: share within a line of their place, of {outcome.quotes}", outcome.share, "≥", 0.97)
    wrong = outcome.sure_and_wrong / outcome.sure
    proof.add("words in scans that are not marked as doubtful: share wrong or out of order", wrong, "≤", 0.02)
    proof.add("scans of which it is told that they were not wholly read", outcome.partly_read)


def _producers(proof: Proof) -> None:
    files = producers.read_files()
    _show("files of other programs that are not read in full", [
        f"{file.program}: {file.share:.4f} of the words, {file.whole} of {file.blocks} blocks"
        for file in files if file.share < 1 or file.whole < file.blocks
    ])  # fmt: skip
    proof.add("programs that printed the same text", len(files), "≥", 30)
    proof.add("share of their words read", sum(f.same for f in files) / sum(f.words for f in files), "≥", 0.995)
    proof.add("programs with at least .995 of the words", sum(file.share >= 0.995 for file in files))
    proof.add(
        "share of headings, paragraphs and items read", sum(f.whole for f in files) / sum(f.blocks for f in files)
    )


def _foreign(proof: Proof) -> None:
    """Compare three readers on PDFs by other people. Without the registries or pdftotext, the proof fails."""
    if find_program("pdftotext") is None:
        print("pdftotext is not installed, so no foreign files were read. Install poppler-utils, and run this again.")
        proof.add("files of other people that three programs read", 0, "≥", _FOREIGN_FILES)
        return
    compared: list[tuple[foreign_files.ForeignFile, foreign.ComparedFile]] = []
    missing: list[str] = []
    for file in foreign_files.listed():
        try:
            compared.append((file, foreign.compare(foreign_files.fetch(file, FOREIGN))))
        except foreign_files.NotFetched as error:
            missing.append(str(error))
    _show("files of other people that could not be fetched", missing)
    producers_of = {file.producer for file, _ in compared}
    proof.add("files of other people that three programs read", len(compared), "≥", _FOREIGN_FILES)
    proof.add("programs that made them", len(producers_of), "≥", _FOREIGN_PRODUCERS)
    if not compared:
        return
    for file, one in compared:
        print(
            f"    {file.name}: {one.given} words, {one.share_confirmed:.4f} confirmed, {one.share_kept:.4f} of theirs "
            f"read, {one.left_out} left out; pypdf {one.single[0]:.4f}, pdftotext {one.single[1]:.4f}"
        )
    _show("words that no other program gives", [f"{file.name} {w}" for file, one in compared for w in one.only_ours])
    _show("words that only we lack", [f"{file.name} {words}" for file, one in compared for words in one.only_theirs])
    low = [(file, one) for file, one in compared if min(one.share_confirmed, one.share_kept) < foreign.BOUND]
    _show("files below the bound, and why", [f"{file.name}: {file.short or 'no reason known'}" for file, _ in low])
    given, agreed = sum(one.given for _, one in compared), sum(one.agreed for _, one in compared)
    confirmed, kept = sum(one.confirmed for _, one in compared), sum(one.kept for _, one in compared)
    proof.add("share of our words that another program gives", confirmed / given, "≥", foreign.BOUND)
    proof.add("share of the words of both other programs that we give", kept / agreed, "≥", foreign.BOUND)
    proof.add("files of other people that meet this bound", len(compared) - len(low))
    proof.add("files below this bound for no known reason", sum(not file.short for file, _ in low), "=", 0)


def _second_program(proof: Proof, files: Sequence[ReadFile], pages_per_second: float) -> None:
    """Measure the second program. Reading reports takes ``pages_per_second`` of processor time."""
    found = witness.witness(files)
    _show("sentences that a second program does not confirm", found.unproved)
    proof.add("pages that a second program reads alike, as a share", found.same / found.pages)
    confirmed = found.counts[Reading.CONFIRMED] / found.sentences
    proof.add("sentences confirmed by a second program, as a share", confirmed, "≥", 0.999)
    proof.add("sentences not confirmed, each listed with its page", found.counts[Reading.NOT_CONFIRMED])
    proof.add("sentences contradicted, which are never quoted", found.counts[Reading.CONTRADICTED])
    ratio = found.seconds / found.pages * pages_per_second
    proof.add("time of the second program, as a multiple of reading", ratio)
    proof.add("files that are hard to read are there", int(CASES.is_dir()), "=", 1)
    if CASES.is_dir():
        with tempfile.TemporaryDirectory(prefix="prove-reading-") as folder:
            quoted, against = witness.shown_against_the_witness(CASES, Path(folder))
        _show("quotes shown that a second program contradicts", against)
        proof.add("quotes from files that are hard to read", quoted, "≥", 100)
        proof.add("quotes among them that a second program contradicts", len(against), "=", 0)


def _speed(proof: Proof) -> float:
    """Measure the speed of reading. Returns how many pages are read in a second of processor time."""
    plain, whole = measure(extract_text), measure(read_whole)
    proof.add("extracting text with pypdfium2: pages per CPU second", round(plain.pages))
    proof.add("reading text, structure and facts: pages per CPU second", round(whole.pages))
    proof.add("reading, as a share of the speed of extracting text", whole.pages / plain.pages, "≥", 1 / 3)
    proof.add("peak memory of extracting text, MB", round(plain.megabytes))
    proof.add("peak memory of reading, MB", round(whole.megabytes))
    return whole.pages


def _broken(proof: Proof) -> None:
    tests = ["tests/index/building/test_bad_files.py", "tests/corpus/test_reading.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(ended.stdout.strip().splitlines()[-1])
    proof.add("tests of bad files, each with its reason: exit status", ended.returncode, "=", 0)
    with tempfile.TemporaryDirectory(prefix="prove-reading-") as folder:
        outcomes, second, longest = read_broken_files(Path(folder), _BROKEN_FILES, _SEED)
    for outcome, count in sorted(outcomes.items()):
        proof.add(f"broken files: {outcome}", count)
    for outcome, count in sorted(second.items()):
        proof.add(f"broken files in the second program: {outcome}", count)
    proof.add("broken files that were read or refused", outcomes.total(), "=", _BROKEN_FILES)
    proof.add("longest wait for a broken file, seconds", longest, "≤", float(TIME_LIMIT))


def _show(what: str, lines: Sequence[str]) -> None:
    """Print the number of faults of one kind, and then the first few of those faults."""
    if lines:
        print(f"  {len(lines)} {what}:")
        print("\n".join(f"    {line}" for line in lines[:_LINES_SHOWN]))
        if len(lines) > _LINES_SHOWN:
            print(f"    … and {len(lines) - _LINES_SHOWN} more")


if __name__ == "__main__":
    main()
