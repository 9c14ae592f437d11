"""Pages about grades over time: each authority's grades, and how they changed from one inspection to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from corpus.grades import ADOPTION, AREAS_BY_KEY, BOARD, MAIN_AREAS, OVERALL, Area, Grade, Relation
from index.search.filtering import report_day
from index.types import Filters
from qa_service.analysis.grade_history import (
    HOW_COMPARED,
    HOW_READ,
    GradeHistory,
    HistoryOrder,
    MovementQuery,
    YearOfGrades,
    grade_histories,
    grades_by_year,
    months_between,
    movements_among,
    publication_delay,
)
from qa_service.answering.overviews.grade_table import history_table, movement_table
from qa_service.wording import MOVEMENTS, length_of_time
from web.guard.security import public_url
from web.pages.filters import filter_panel, read_filters
from web.pages.overviews.bar_chart import BarChart, Share, bars_by_year
from web.pages.overviews.downloads import table_download
from web.serving.index_service import answerer
from web.serving.overviews.chosen_reports import matching_reports, visible_collections

grades = Blueprint("grades", __name__)
AREA_CHOICES: tuple[Area, ...] = (*MAIN_AREAS, ADOPTION, BOARD)
_ORDERS: dict[str, str] = {
    HistoryOrder.AUTHORITY: "Authority",
    HistoryOrder.GRADE: "Latest grade, best first",
    HistoryOrder.LONGEST: "Time since last full inspection, longest first",
}
_CHANGES: dict[str, str] = {"": "Any change, or none", **{key.value: words for key, words in MOVEMENTS.items()}}


@dataclass(frozen=True, slots=True)
class GradesQuery:
    """What a person chose in the form above the grades. Values that our form cannot send are ignored."""

    area: Area
    filters: Filters
    """The authorities to choose from, and the years in which the later inspection of a movement may be."""
    collection: str | None
    order: HistoryOrder
    before: Grade | None
    after: Grade | None
    change: Relation | None
    latest: bool

    @classmethod
    def read(cls) -> GradesQuery:
        """Read the choices from the address of the page."""
        sent = request.args.get
        order, change = sent("order", ""), sent("change", "")
        before, after = sent("before", ""), sent("after", "")
        read = read_filters(request.args)
        return cls(
            area=AREAS_BY_KEY.get(sent("area", ""), OVERALL),
            filters=Filters(
                authority=read.authority, inspected_from=read.inspected_from, inspected_to=read.inspected_to
            ),
            collection=sent("collection") or None,
            order=HistoryOrder(order) if order in set(HistoryOrder) else HistoryOrder.AUTHORITY,
            before=Grade(before) if before in set(Grade) else None,
            after=Grade(after) if after in set(Grade) else None,
            change=Relation(change) if change in set(Relation) else None,
            latest=bool(sent("latest")),
        )

    @property
    def limits(self) -> dict[str, Any]:
        """The parameters that choose authorities and an area, for links between the pages about grades."""
        chosen = {
            "area": self.area.key if self.area is not OVERALL else None,
            "authority": list(self.filters.authority),
            "collection": self.collection,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def all_limits(self) -> dict[str, Any]:
        """All parameters, for links to downloads of what the page shows."""
        first, last = self.filters.inspected_from, self.filters.inspected_to
        chosen = {
            **self.limits,
            "order": self.order.value if self.order is not HistoryOrder.AUTHORITY else None,
            "before": self.before and self.before.value,
            "after": self.after and self.after.value,
            "change": self.change and self.change.value,
            "from": first.year if first else None,
            "to": last.year if last else None,
            "latest": 1 if self.latest else None,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def movements(self) -> MovementQuery:
        """The limits on movements from one grade to another."""
        return MovementQuery(
            before=[self.before] if self.before else (),
            after=[self.after] if self.after else (),
            relations=[self.change] if self.change else (),
            since=self.filters.inspected_from,
            until=self.filters.inspected_to,
            latest_only=self.latest,
        )


@grades.get("/grades")
def catalogue() -> str:
    """List the authorities with their grades over time, and count the grades by year."""
    query, today = GradesQuery.read(), _today()
    histories = _histories(query)
    years = grades_by_year(histories)
    return render_template(
        "grades.html",
        rows=[_row(history, today) for history in histories],
        latest=_latest_counts(histories),
        charts=_charts(years),
        years=years,
        orders=_ORDERS,
        today=today,
        rule=(HOW_READ, HOW_COMPARED),
        **_shared(query),
    )


@grades.get("/grades/movements")
def movements() -> str:
    """List the movements from one grade to another, with both inspections."""
    query = GradesQuery.read()
    found = movements_among(_histories(query), query.movements)
    return render_template(
        "movements.html",
        movements=found,
        authorities=len({movement.authority for movement in found}),
        changes=_CHANGES,
        rule=(HOW_READ, HOW_COMPARED),
        **_shared(query),
    )


@grades.get("/grades.<any(csv, xlsx):suffix>")
def download(suffix: str) -> Response:
    """Download the grades over time."""
    query = GradesQuery.read()
    build = answerer().index.manifest.build
    table = history_table(_histories(query), query.area, _today(), f"{public_url()}/", build)
    return table_download(table, suffix, f"grades-{query.area.key}", f"Grades: {query.area.name}")


@grades.get("/grades/movements.<any(csv, xlsx):suffix>")
def download_movements(suffix: str) -> Response:
    """Download the movements."""
    query = GradesQuery.read()
    build = answerer().index.manifest.build
    found = movements_among(_histories(query), query.movements)
    table = movement_table(found, query.area, f"{public_url()}/", build)
    return table_download(table, suffix, f"movements-{query.area.key}", f"Movements: {query.area.name}")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One authority in the table of grades."""

    history: GradeHistory
    last_full: date | None
    since: str
    """The time since the last full inspection, in words. Empty if there was no full inspection."""
    delay: int | None
    """Number of days from the end of the last full inspection to the publication of its report."""


def _row(history: GradeHistory, today: date) -> HistoryRow:
    full = history.last_full
    return HistoryRow(
        history,
        last_full=report_day(full) if full else None,
        since=length_of_time(months_between(report_day(full), today)) if full else "",
        delay=publication_delay(full) if full else None,
    )


def _histories(query: GradesQuery) -> list[GradeHistory]:
    reports = matching_reports(answerer().index, Filters(authority=query.filters.authority), query.collection)
    return grade_histories(reports, query.area, query.order)


def _latest_counts(histories: list[GradeHistory]) -> list[tuple[Grade, int]]:
    """Return how many authorities have each grade at their latest inspection."""
    latest = [history.latest.grade for history in histories if history.latest]
    return [(grade, latest.count(grade)) for grade in Grade]


def _charts(years: Sequence[YearOfGrades]) -> dict[Grade, BarChart]:
    """Return a chart for each grade: how many of the authorities with a grade had this one at the end of each year."""
    charts = {
        grade: bars_by_year([Share(each.year, each.authorities, dict(each.counts)[grade]) for each in years])
        for grade in Grade
    }
    return {grade: chart for grade, chart in charts.items() if chart}


def _shared(query: GradesQuery) -> dict[str, Any]:
    """Return what both pages need for their forms and links."""
    reports = matching_reports(answerer().index, Filters(), query.collection)
    return {
        "query": query,
        "panel": filter_panel(reports, Filters(authority=query.filters.authority)),
        "collections": visible_collections(),
        "areas": {area.key: area.name for area in AREA_CHOICES},
        "grade_choices": {"": "Any grade", **{grade.value: grade.value.capitalize() for grade in Grade}},
        "url_of": lambda endpoint, **more: url_for(endpoint, **{**query.all_limits, **more}),
    }


def _today() -> date:
    return datetime.now(UTC).date()
