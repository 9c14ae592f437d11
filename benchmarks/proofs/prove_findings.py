"""Measure figures across reports on the real reports next to the checkout: ``make prove-findings``.

If you have a data folder with an index of the real reports, name it. The labels are of reports about authorities that
the model never learned from.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import mean

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import build_real_reports, require_real_reports
from benchmarks.remarks.labels import TEST, labelled_reports
from benchmarks.remarks.measure import Cells, agreement, found_cells, reader_cells, stances_right_of
from index.encoding.encoders import open_encoder
from index.storage.data_folder import DataFolder
from index.types import Stance
from qa_service.analysis.remarks import counts_by_year, quoted, remarks_by_report
from qa_service.answering.pipeline import Answerer
from qa_service.types import Question

QUESTIONS = (
    "How many full inspections since 2022 criticise supervision?",
    "Which authorities have been praised for return home interviews since 2021?",
    "Which reports raise concerns about caseloads?",
    "How many focused visits criticise pathway plans?",
)
_LEAST, _STANCE, _SECONDS = 0.9, 0.92, 1.0


def main() -> None:
    """Run all the measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, nargs="?", help="data folder with an index of the real reports")
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
        _counts(proof, answerer)
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
        proof.add(
            "    answered with a count", int(answer.summary is not None and answer.summary.count is not None), "=", 1
        )


def _counts(proof: Proof, answerer: Answerer) -> None:
    """Check the quotes behind every count: each counted report has a quote, and each quote is in its own report."""
    index, wrong, opened = answerer.index, 0, 0
    for theme in index.remarks.themes:
        remarks = remarks_by_report(index, index.store.reports, [theme])
        years = counts_by_year(index.store.reports, remarks)
        for stance in Stance:
            fitting = [report_id for report_id, each in remarks.items() if any(r.stance is stance for r in each)]
            best = [next(r for r in remarks[report_id] if r.stance is stance) for report_id in fitting]
            for report_id, quote in zip(fitting, quoted(index, best), strict=True):
                opened += 1
                wrong += quote.report.id != report_id or not quote.text.strip()
            dated = [
                r for r in fitting if (report := index.store.report(r)) and (report.inspected_to or report.published)
            ]
            counted = sum(year.strengths if stance is Stance.STRENGTH else year.weaknesses for year in years)
            wrong += counted != len(dated)
    proof.add("counts opened to their quotes", opened)
    proof.add("counts that differ from their list, or quotes from another report", wrong, "=", 0)


if __name__ == "__main__":
    main()
