"""Measure figures across reports on the real reports next to the checkout: ``make prove-findings``.

If you have a data folder with an index of the real reports, name it. The labels are for reports about authorities that
the model did not learn from.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import mean, median

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import build_real_reports, require_real_reports
from benchmarks.proofs.findings import scale
from benchmarks.remarks.labels import TEST, labelled_reports
from benchmarks.remarks.measure import Cells, agreement, found_cells, reader_cells, stances_right_of
from corpus.grades import MAIN_AREAS, OVERALL
from corpus.quotes.originals import Originals
from index.encoding.encoders import open_encoder
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Stance
from qa_service.analysis.grade_history import MovementQuery, grade_histories, movements_among
from qa_service.analysis.remarks import YearCount
from qa_service.analysis.themes import ThemeCount, study_theme, themes_of
from qa_service.answering.overviews.comparison import Aspect, CellQuote, compare
from qa_service.answering.overviews.register import find_register
from qa_service.answering.overviews.remark_quotes import quote_remarks
from qa_service.answering.pipeline import Answerer
from qa_service.types import Question

QUESTIONS = (
    "How many full inspections since 2022 criticise supervision?",
    "Which authorities have been praised for return home interviews since 2021?",
    "Which reports raise concerns about caseloads?",
    "How many focused visits criticise pathway plans?",
)
_LEAST, _STANCE, _SECONDS, _UNQUOTED = 0.9, 0.92, 1.0, 0.001
_COMPARED, _COMPARE_SECONDS = 20, 3.0


def main() -> None:
    """Run all the measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, nargs="?", help="data folder with an index of the real reports")
    parser.add_argument("--scale", action="store_true", help="also time every figure over 918 reports (half an hour)")
    parser.add_argument("--before", type=Path, help="an earlier checkout, to compare the memory of its workers")
    arguments = parser.parse_args()
    require_real_reports()
    proof = Proof("findings")
    with tempfile.TemporaryDirectory(prefix="prove-findings-") as name:
        data = arguments.data or Path(name) / "data"
        if arguments.data is None:
            proof.add("build: exit status", build_real_reports(data).returncode, "=", 0)
        answerer = Answerer.open(DataFolder(data), open_encoder())
        _themes(proof, answerer)
        _times(proof, answerer)
        _registers(proof, answerer)
        _counts(proof, answerer)
        _grades(proof, answerer)
        _compare(proof, answerer)
        if arguments.scale:
            scale.prove(proof, data, Path(name) / "scale", arguments.before)
    proof.finish()


def _themes(proof: Proof, answerer: Answerer) -> None:
    """Compare the remarks with what two readers found in the same reports."""
    read = list(labelled_reports(TEST))
    readers = sorted({each.reader for each in read})
    found = found_cells(answerer.index, read)
    wanted = [reader_cells(read, reader) for reader in readers]
    proof.add("themes: reports read by two readers", len({each.report for each in read}))
    first, second = wanted
    proof.add("themes: cells on which both readers agree, as a share", len(first & second) / len(first | second))
    for name, chosen in (("all", None), *((str(stance), stance) for stance in Stance)):
        compared = [agreement(_of(found, chosen), _of(cells, chosen)) for cells in wanted]
        bound = ("≥", _LEAST) if chosen is None else ("", None)
        proof.add(f"themes: precision, {name}", mean(each.precision for each in compared), *bound)
        proof.add(f"themes: recall, {name}", mean(each.recall for each in compared), *bound)
    for theme in answerer.index.remarks.themes:
        of_theme = [agreement({c for c in found if c[1] == theme}, {c for c in e if c[1] == theme}) for e in wanted]
        values = f"{mean(each.precision for each in of_theme):.2f}, {mean(each.recall for each in of_theme):.2f}"
        proof.add(f"themes: precision and recall, {theme}", values)
    right, of = stances_right_of(answerer.index, read)
    proof.add("themes: strength told from weakness, as a share", right / of, "≥", _STANCE)


def _of(cells: Cells, stance: Stance | None) -> Cells:
    return cells if stance is None else {cell for cell in cells if cell[2] is stance}


def _times(proof: Proof, answerer: Answerer) -> None:
    for question in QUESTIONS:
        started = time.perf_counter()
        answer = answerer.answer(Question(question))
        proof.add(f"seconds: {question[:48]}", time.perf_counter() - started, "≤", _SECONDS)
        counted = answer.summary is not None and answer.summary.count is not None
        proof.add(f"counted: {question[:48]}", int(counted), "=", 1)


def _counts(proof: Proof, answerer: Answerer) -> None:
    """Open every count: its list must be as long as it says, and each report in it must have a proved quote."""
    index, wrong, cells, without, quotes = answerer.index, 0, 0, 0, 0
    for theme in themes_of(index):
        findings = study_theme(index, theme, index.store.reports)
        for stance in Stance:
            listed = [each for each in findings.listed if each.count(stance)]
            dated = sum(report_day(each.report) != date.min for each in listed)
            wrong += len(listed) != _taking(findings.count, stance)
            wrong += dated != sum(_taking(year, stance) for year in findings.years)
        for each in quote_remarks(index, findings.listed):
            taken = {stance for stance in Stance if each.found.count(stance)}
            cells += len(taken)
            without += len(taken - {quote.remark.stance for quote in each.quotes})
            quotes += len(each.quotes)
            wrong += sum(quote.citation.report.id != each.report.id for quote in each.quotes)
    proof.add("counts: cells, each a report, a theme and a stance", cells)
    proof.add("counts: quotes proved in their reports", quotes)
    proof.add("counts: cells without a proved quote, as a share", without / cells, "≤", _UNQUOTED)
    proof.add("counts that differ from their list, or quotes from another report", wrong, "=", 0)


def _taking(count: ThemeCount | YearCount, stance: Stance) -> int:
    return count.strengths if stance is Stance.STRENGTH else count.weaknesses


def _grades(proof: Proof, answerer: Answerer) -> None:
    """Compare the grades and the movements with those that a person read from the title pages."""
    read = json.loads((Path(__file__).parents[1] / "golden/grade_movements.json").read_text(encoding="utf-8"))
    reports = answerer.index.store.reports
    found = {
        (given.report.sha256, area.key): f"{'shared:' if given.shared else ''}{given.grade}"
        for area in MAIN_AREAS
        for history in grade_histories(reports, area)
        for given in history.grades
    }
    cells = {(each["report"], area.key): each[area.key] for each in read["inspections"] for area in MAIN_AREAS}
    proof.add("grades: cells read by hand", len(cells))
    proof.add("grades: cells that differ", sum(found.get(cell) != grade for cell, grade in cells.items()), "=", 0)
    moved = {
        (str(each.before.grade), str(each.after.grade), each.before.report.sha256, each.after.report.sha256)
        for each in movements_among(grade_histories(reports, OVERALL), MovementQuery())
    }
    by_hand = {(each["from"], each["to"], each["before"], each["after"]) for each in read["movements"]}
    proof.add("movements: read by hand", len(by_hand))
    proof.add("movements: missed or invented", len(moved ^ by_hand), "=", 0)


def _compare(proof: Proof, answerer: Answerer) -> None:
    """Compare 20 authorities on five aspects, and look for each quote in its file."""
    index = answerer.index
    names = sorted({report.authority for report in index.store.reports if report.authority})[:_COMPARED]
    aspects = [*(Aspect.of_theme(theme) for theme in themes_of(index)[:3]), Aspect("kinship care"), Aspect("neglect")]
    started = time.perf_counter()
    rows = compare(index, index.store.reports, names, aspects)
    proof.add("comparison: authorities", len(rows), "=", _COMPARED)
    proof.add("comparison: seconds for five aspects", time.perf_counter() - started, "≤", _COMPARE_SECONDS)
    cells = [cell for row in rows for cell in row.cells]
    quotes = [quote for cell in cells for quote in cell.quotes]
    proof.add("comparison: cells with a quote", sum(bool(cell.quotes) for cell in cells))
    proof.add("comparison: quotes", len(quotes))
    with Originals() as originals:
        missing = sum(not _is_on_its_page(originals, index, quote) for quote in quotes)
    proof.add("comparison: quotes that are not on their pages", missing, "=", 0)


def _is_on_its_page(originals: Originals, index: SearchIndex, quote: CellQuote) -> bool:
    """Return whether each part of a quote is word for word on the page that it names in the stored original."""
    report = quote.citation.report
    original = index.source(report).original
    return original is not None and all(
        originals.locate(part.text, original, report.media_type, (part.page,)) for part in quote.statement.quotes
    )


def _registers(proof: Proof, answerer: Answerer) -> None:
    """Time the register of each authority, as if for the first question about it."""
    index, took = answerer.index, []
    for authority in sorted({report.authority for report in index.store.reports if report.authority}):
        started = time.process_time()
        find_register(index, authority)
        took.append(time.process_time() - started)
    proof.add("registers: authorities", len(took))
    proof.add("registers: processor seconds, median", median(took), "≤", _SECONDS)
    proof.add("registers: processor seconds, longest", max(took))


if __name__ == "__main__":
    main()
