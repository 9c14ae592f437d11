"""Write copies of the real reports under invented names, so that lists are longer than with the real reports alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import islice, product
from pathlib import Path

from benchmarks.proofs.questions.key import load
from corpus.types import Kind, Report
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store

SETS = 6
_BEGINNINGS = ("Aln", "Bram", "Corv", "Dran", "Elv", "Fosk", "Grin", "Hask", "Ister", "Jarl", "Kolv", "Lunt")
_ENDINGS = ("beck", "croft", "fell", "garth", "holme", "mere", "rigg", "shaw", "stow", "thwaite", "wick", "worth")
_TITLES = {
    Kind.FOCUSED_VISIT: "Focused visit to {name} local authority children’s services",
    Kind.AREA_SEND: "Area SEND inspection of {name} Local Area Partnership",
}
_TITLE = "Inspection of {name} local authority children’s services"


def invented_names(count: int) -> list[str]:
    """Return names that no authority has."""
    return [first + last for first, last in islice(product(_BEGINNINGS, _ENDINGS), count)]


def write_copies(data: Path, folder: Path) -> int:
    """Write six copies, under different names, of each report that people read by eye. Return the number of copies."""
    store = Store(DataFolder(data).current() / STORE)
    known = {report.sha256 for report in load()}
    reports = [report for report in store.reports if report.sha256 in known and report.authority]
    names = sorted({str(report.authority) for report in reports})
    invented = iter(invented_names(SETS * len(names)))
    folder.mkdir(parents=True)
    for number in range(SETS):
        renamed = {name: next(invented) for name in names}
        for report in reports:
            texts = [(p.passage.section, p.passage.text) for p in store.passages_of(report.id)]
            page = _page(report, renamed[str(report.authority)], texts)
            (folder / f"{number}-{report.id}.html").write_text(page, encoding="utf-8")
    return SETS * len(reports)


def _page(report: Report, name: str, passages: Sequence[tuple[Sequence[str], str]]) -> str:
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Report</title></head><body><main>',
            *_title_page(report, name),
            *_text(str(report.authority), name, passages),
            "</main></body></html>\n",
        )
    )


def _title_page(report: Report, name: str) -> Iterator[str]:
    yield f"<h1>{_TITLES.get(report.kind or Kind.ILACS, _TITLE).format(name=name)}</h1>"
    if report.inspected_from and report.inspected_to:
        yield f"<p>Inspection dates: {_in_words(report.inspected_from)} to {_in_words(report.inspected_to)}</p>"
    if report.lead_inspector:
        yield f"<p>Lead inspector: {escape(report.lead_inspector)}, His Majesty’s Inspector</p>"
    if report.published:
        yield f"<p>Published {_in_words(report.published)}</p>"
    if report.judgements:
        cells = [(judgement.area, judgement.grade) for judgement in report.judgements]
        rows = "".join(f"<tr><td>{escape(area)}</td><td>{escape(grade)}</td></tr>" for area, grade in cells)
        yield f"<table><tr><th>Judgement</th><th>Grade</th></tr>{rows}</table>"


def _text(old: str, new: str, passages: Sequence[tuple[Sequence[str], str]]) -> Iterator[str]:
    heading = ""
    for section, text in passages:
        if section and section[-1] != heading:
            heading = section[-1]
            yield f"<h2>{escape(heading.replace(old, new))}</h2>"
        for paragraph in text.replace(old, new).split("\n\n"):
            yield f"<p>{escape(paragraph)}</p>"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
