"""The list of reports: chosen, ordered, counted and described. The page and the JSON show the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.types import Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import IndexedPassage
from web.contract import report_responses, requests

_FACETS = ("authority", "kind", "form")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
"""From the best down. A grade that begins with one of these ("requires improvement to be good") is that."""
OVERALL = "overall"
"""How the area of the overall grade begins, in small letters."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The reports that were asked for, and how many of all there are by field."""

    reports: tuple[Report, ...]
    """All of them, in order."""
    shown: tuple[Report, ...]
    """Those of the page asked for."""
    facets: report_responses.Facets


def listing(reports: Sequence[Report], wanted: requests.ReportsRequest) -> Listing:
    """The reports that meet the request: by authority, the latest inspection first."""
    met = sorted((report for report in reports if _meets(report, wanted)), key=_ORDERS[wanted.sort])
    start = (wanted.page - 1) * wanted.limit
    facets = {
        name: _facet([r for r in reports if _meets(r, wanted, but=name)], name) for name in (*_FACETS, "year", "grade")
    }
    return Listing(tuple(met), tuple(met[start : start + wanted.limit]), report_responses.Facets(**facets))


def row(report: Report, passages: int) -> report_responses.ReportRow:
    """A report as a line of the list."""
    return report_responses.ReportRow(
        id=report.id,
        file=report.file,
        title=report.title,
        authority=report.authority,
        kind=report.kind,
        framework=report.framework,
        inspected_from=report.inspected_from,
        inspected_to=report.inspected_to,
        published=report.published,
        judgements=[
            report_responses.ReportJudgement(area=j.area, grade=j.grade, page=j.page) for j in report.judgements
        ],
        pages=report.page_count,
        passages=passages,
    )


def improvements(report: Report) -> list[report_responses.ImprovementModel]:
    """What a report asks for, in its order."""
    return [
        report_responses.ImprovementModel(
            kind=one.kind, label=one.label, text=one.text, section=one.section, page=one.page, body=one.body
        )
        for one in report.improvements
    ]


def sections(passages: Sequence[IndexedPassage]) -> list[report_responses.SectionModel]:
    """A report's sections in reading order, each with its first page."""
    first: dict[tuple[str, ...], int] = {}
    for indexed in passages:
        if indexed.passage.section:
            first.setdefault(indexed.passage.section, indexed.passage.pages[0])
    return [report_responses.SectionModel(path=list(path), page=page) for path, page in first.items()]


def passage_count(index: SearchIndex, report: Report) -> int:
    """How many passages a report was cut into."""
    return index.store.passage_counts().get(report.id, 0)


def _meets(report: Report, wanted: requests.ReportsRequest, but: str = "") -> bool:
    for name in _FACETS:
        values = {str(value).casefold() for value in getattr(wanted, name)}
        if name != but and values and _value(report, name).casefold() not in values:
            return False
    if but != "year" and wanted.year and report_day(report).year != wanted.year:
        return False
    return but == "grade" or not wanted.grade or _value(report, "grade") == wanted.grade.casefold()


def overall_grade(report: Report) -> str:
    """A report's overall grade in small letters, as all frameworks have it; empty where it prints none."""
    printed = (j.grade.casefold() for j in report.judgements if j.area.casefold().startswith(OVERALL))
    grade = next(printed, "")
    return next((known for known in GRADES if grade.startswith(known)), grade)


def _value(report: Report, name: str) -> str:
    """A report's value of a facet; empty where it has none."""
    if name == "grade":
        return overall_grade(report)
    if name == "year":
        day = report_day(report)
        return str(day.year) if day > date.min else ""
    return str(getattr(report, name) or "")


def _facet(reports: Sequence[Report], name: str) -> list[report_responses.Facet]:
    counts = Counter(value for report in reports if (value := _value(report, name)))
    return [report_responses.Facet(value=value, count=count) for value, count in sorted(counts.items())]


def _order(report: Report) -> tuple[bool, str, int, str]:
    """By authority, those without one last; then the latest first; then by file, so that ties never wander."""
    return (report.authority is None, report.authority or "", -report_day(report).toordinal(), report.file)


_ORDERS: dict[requests.Sort, Callable[[Report], tuple[Any, ...]]] = {
    requests.Sort.AUTHORITY: _order,
    requests.Sort.INSPECTED: lambda report: (-report_day(report).toordinal(), *_order(report)),
    requests.Sort.PUBLISHED: lambda report: (-(report.published or date.min).toordinal(), *_order(report)),
    requests.Sort.KIND: lambda report: (report.kind is None, str(report.kind), *_order(report)),
}
