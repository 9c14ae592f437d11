"""The facts of reports as tables, so that queries can list and count them. A build writes them with its reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.grades import Grade, areas_of, gives_grades, grade_named
from corpus.types import Report

SCHEMA = """
CREATE TABLE report_facts (
    report_id TEXT PRIMARY KEY REFERENCES reports(id), authority TEXT, form TEXT NOT NULL, kind TEXT,
    graded INTEGER NOT NULL, day TEXT NOT NULL, published TEXT, lead_inspector TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE grade_facts (
    report_id TEXT NOT NULL REFERENCES reports(id), area TEXT NOT NULL, position INTEGER NOT NULL,
    rank INTEGER, shared INTEGER NOT NULL, words TEXT NOT NULL, page INTEGER NOT NULL,
    PRIMARY KEY (report_id, area, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE improvement_facts (
    report_id TEXT NOT NULL REFERENCES reports(id), position INTEGER NOT NULL, kind TEXT NOT NULL, label TEXT,
    PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_facts_by_day ON report_facts(authority, day);
CREATE VIEW graded_inspections AS SELECT * FROM report_facts WHERE graded = 1;
"""
"""A rank is 0 for the best grade, and NULL for an outcome, which is not a grade.

A row is ``shared`` if the report grades its area together with others. ``day`` is the last day of the inspection or,
if that is unknown, the day of publication."""
_RANKS = {grade: rank for rank, grade in enumerate(Grade)}


def write_facts(connection: sqlite3.Connection, reports: Iterable[Report]) -> None:
    """Fill the tables with the facts of the reports that can be used for answers."""
    for report in reports:
        if report.superseded_by is not None:
            continue
        connection.execute("INSERT INTO report_facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _report_row(report))
        connection.executemany("INSERT INTO grade_facts VALUES (?, ?, ?, ?, ?, ?, ?)", _grade_rows(report))
        improvements = (
            (report.id, position, str(improvement.kind), improvement.label)
            for position, improvement in enumerate(report.improvements)
        )
        connection.executemany("INSERT INTO improvement_facts VALUES (?, ?, ?, ?)", improvements)


def _report_row(report: Report) -> tuple[Any, ...]:
    day = report.inspected_to or report.published
    return (
        report.id,
        report.authority,
        str(report.form),
        str(report.kind) if report.kind else None,
        int(gives_grades(report)),
        day.isoformat() if day else "",
        report.published.isoformat() if report.published else None,
        report.lead_inspector,
    )


def _grade_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each area of each judgement, and a row without an area for a judgement that covers none."""
    for position, judgement in enumerate(report.judgements):
        grade, areas = grade_named(judgement.grade), areas_of(judgement)
        rank = _RANKS[grade] if grade else None
        for area in areas:
            yield report.id, area.key, position, rank, int(len(areas) > 1), judgement.grade, judgement.page
        if not areas:
            yield report.id, "", position, rank, 0, judgement.grade, judgement.page
