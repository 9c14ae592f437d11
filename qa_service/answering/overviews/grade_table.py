"""Grades over time as tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from corpus.grades import Area
from corpus.types import Report
from index.search.filtering import report_day
from qa_service.addresses import page_url
from qa_service.analysis.grade_history import GradeHistory, Movement, months_between, publication_delay
from qa_service.export.references import DATE_ORIGINS, dated
from qa_service.export.tables import Cell, Table
from qa_service.wording import MOVEMENTS, capitalised, kind_words

NOT_READ = "We could not read this grade"
_GRADE_COLUMNS = (
    "Authority", "Area", "Grade", "Change", "New framework", "Type", "Framework", "Inspected", "Inspection ended",
    "Published", "Published date from", "Days to publication", "Last full inspection", "Months since then", "Report",
    "Page", "Link", "Build",
)  # fmt: skip
_MOVEMENT_COLUMNS = (
    "Authority", "Area", "Change", "From", "To", "New framework", "Latest", "Earlier inspection", "Earlier page",
    "Earlier link", "Later inspection", "Later inspection ended", "Later page", "Later link", "Build",
)  # fmt: skip


def history_table(histories: Iterable[GradeHistory], area: Area, today: date, host: str, build: str) -> Table:
    """Return a table with a row for each grade. ``host`` is the start of each link, or empty for no links."""
    rows = [row for history in histories for row in _history_rows(history, area, today, host, build)]
    return Table(_GRADE_COLUMNS, tuple(rows))


def movement_table(movements: Sequence[Movement], area: Area, host: str, build: str) -> Table:
    """Return a table with a row for each movement. ``host`` is the start of each link, or empty for no links."""
    return Table(_MOVEMENT_COLUMNS, tuple(_movement_row(each, area, host, build) for each in movements))


def _history_rows(history: GradeHistory, area: Area, today: date, host: str, build: str) -> Iterator[tuple[Cell, ...]]:
    last = report_day(history.last_full) if history.last_full else None
    for each in history.inspections:
        report, given, change = each.report, each.given, each.movement
        page = given.judgement.page if given else None
        yield (
            history.authority,
            area.name,
            capitalised(given.judgement.grade) if given else NOT_READ,
            MOVEMENTS[change.relation] if change else None,
            _yes(change.has_new_framework) if change else None,
            kind_words(report),
            report.framework,
            dated(report),
            report_day(report),
            report.published,
            DATE_ORIGINS.get(report.published_source or ""),
            publication_delay(report),
            last,
            months_between(last, today) if last else None,
            report.title,
            page,
            _link(host, report, page or 1),
            build,
        )


def _movement_row(movement: Movement, area: Area, host: str, build: str) -> tuple[Cell, ...]:
    before, after = movement.before, movement.after
    return (
        movement.authority,
        area.name,
        MOVEMENTS[movement.relation],
        capitalised(before.judgement.grade),
        capitalised(after.judgement.grade),
        _yes(movement.has_new_framework),
        _yes(movement.is_latest),
        dated(before.report),
        before.judgement.page,
        _link(host, before.report, before.judgement.page),
        dated(after.report),
        after.day,
        after.judgement.page,
        _link(host, after.report, after.judgement.page),
        build,
    )


def _yes(value: bool) -> str:
    return "Yes" if value else "No"


def _link(host: str, report: Report, page: int) -> str:
    return f"{host.rstrip('/')}{page_url(report.id, page)}" if host else ""
