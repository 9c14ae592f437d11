"""The list of reports, filtered, sorted, counted and described in the same way for the page and the JSON interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.grades import OVERALL, grade_named
from corpus.types import Report, SecondReading
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import IndexedPassage
from web.contract import report_responses, requests

_FACETS = ("authority", "kind", "form")


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list of reports, and the number of reports for each value of each field."""

    reports: tuple[Report, ...]
    """All matching reports, in order."""
    shown: tuple[Report, ...]
    """The reports on the requested page."""
    facets: report_responses.Facets


def list_reports(reports: Sequence[Report], query: requests.ReportsRequest) -> Listing:
    """Return the reports that match the parameters, in order, and those on the requested page."""
    matching = sorted((report for report in reports if _matches(report, query)), key=_ORDERS[query.sort])
    start = (query.page - 1) * query.limit
    facets = {
        name: _facet([r for r in reports if _matches(r, query, ignoring=name)], name)
        for name in (*_FACETS, "year", "grade")
    }
    return Listing(tuple(matching), tuple(matching[start : start + query.limit]), report_responses.Facets(**facets))


def report_row(report: Report, passages: int) -> report_responses.ReportRow:
    """Return a report as a row of the list."""
    return report_responses.ReportRow(
        id=report.id,
        file=report.file,
        title=report.title,
        authority=report.authority,
        kind=report.kind,
        framework=report.framework,
        inspected_from=report.inspected_from,
        inspected_to=report.inspected_to,
        inspected_as=report.inspected_as,
        published=report.published,
        judgements=[
            report_responses.ReportJudgement(area=j.area, grade=j.grade, page=j.page) for j in report.judgements
        ],
        missing_areas=list(report.missing_areas),
        pages=report.page_count,
        passages=passages,
    )


def improvements(report: Report) -> list[report_responses.ImprovementModel]:
    """Return what a report says must improve, in the order used in the report."""
    return [
        report_responses.ImprovementModel(
            kind=item.kind,
            label=item.label,
            text=item.text,
            section=item.section,
            page=item.page,
            body=item.body,
            deadline=item.deadline,
            recognised=item.page in report.recognised,
        )
        for item in report.improvements
    ]


def sections(passages: Sequence[IndexedPassage]) -> list[report_responses.SectionModel]:
    """Return a report's sections in reading order, each with its first page."""
    first: dict[tuple[str, ...], int] = {}
    for indexed in passages:
        if indexed.passage.section:
            first.setdefault(indexed.passage.section, indexed.passage.pages[0])
    return [report_responses.SectionModel(path=list(path), page=page) for path, page in first.items()]


def differing_pages(report: Report, readings: Mapping[int, SecondReading]) -> list[report_responses.DifferingPage]:
    """Return, in order, the pages of a report that a second program reads differently.

    Pages that were read from their pictures are left out, because a second program says nothing about them.
    """
    return [
        report_responses.DifferingPage(
            page=page,
            unconfirmed=reading.unconfirmed,
            contradicted=reading.contradicted,
            problem=reading.problem,
        )
        for page, reading in sorted(readings.items())
        if not reading.same and page not in report.recognised
    ]


def passage_count(index: SearchIndex, report: Report) -> int:
    """Return the number of passages in a report."""
    return index.store.passage_counts().get(report.id, 0)


def _matches(report: Report, query: requests.ReportsRequest, ignoring: str = "") -> bool:
    """Return whether a report matches all parameters, apart from the one named ``ignoring``."""
    for name in _FACETS:
        values = {str(value).casefold() for value in getattr(query, name)}
        if name != ignoring and values and _value(report, name).casefold() not in values:
            return False
    if ignoring != "year" and query.year and report_day(report).year != query.year:
        return False
    return ignoring == "grade" or not query.grade or _value(report, "grade") == query.grade.casefold()


def overall_grade(report: Report) -> str:
    """Return a report's overall grade in lower case, in the same words for all frameworks.

    Empty if the report has no overall grade.
    """
    printed = next((j.grade for j in report.judgements if OVERALL.is_printed_as(j.area)), "")
    return grade_named(printed) or printed.casefold()


def _value(report: Report, name: str) -> str:
    """Return a report's value for a facet, or an empty string if it has none."""
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
    """Return a sort key: authority (reports without one come last), date (latest first) and file (to break ties)."""
    return (report.authority is None, report.authority or "", -report_day(report).toordinal(), report.file)


_ORDERS: dict[requests.Sort, Callable[[Report], tuple[Any, ...]]] = {
    requests.Sort.AUTHORITY: _order,
    requests.Sort.INSPECTED: lambda report: (-report_day(report).toordinal(), *_order(report)),
    requests.Sort.PUBLISHED: lambda report: (-(report.published or date.min).toordinal(), *_order(report)),
    requests.Sort.KIND: lambda report: (report.kind is None, str(report.kind), *_order(report)),
}
