"""Reports and passages in an SQLite file. A build writes them once, and everything else only reads them."""

from __future__ import annotations

import copy
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.grades import Area
from corpus.recent import Recent
from corpus.types import Passage, RecognisedPage, Report, SecondReading
from index.errors import DamagedIndex
from index.storage import fact_query
from index.storage.fact_query import Change, FactQuery
from index.storage.fact_tables import SCHEMA as FACTS_SCHEMA
from index.storage.fact_tables import write_facts
from index.storage.manifest import REBUILD_HINT
from index.storage.rows import (
    StoredPassage,
    StoredReport,
    read_recognised,
    read_report,
    read_second,
    recognised_columns,
    report_columns,
    second_columns,
)
from index.types import IndexedPassage, Rows

_SCHEMA = """
CREATE TABLE reports (id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL UNIQUE, facts TEXT NOT NULL,
    sidecar TEXT, added TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, first_sentence INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    report_id TEXT NOT NULL REFERENCES reports(id), ordinal INTEGER NOT NULL, sentences INTEGER NOT NULL,
    packed BLOB NOT NULL, digest BLOB NOT NULL);
CREATE INDEX passages_of_report ON passages(report_id, ordinal);
CREATE TABLE pages (report_id TEXT NOT NULL REFERENCES reports(id), number INTEGER NOT NULL, label TEXT,
    PRIMARY KEY (report_id, number)) WITHOUT ROWID;
CREATE TABLE second_readings (
    report_id TEXT PRIMARY KEY REFERENCES reports(id), packed BLOB NOT NULL, digest BLOB NOT NULL);
CREATE TABLE recognised_pages (report_id TEXT NOT NULL REFERENCES reports(id), number INTEGER NOT NULL,
    packed BLOB NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (report_id, number));
"""

_REPORTS = "SELECT id, facts, sidecar, added, digest FROM reports ORDER BY ordinal"
_KEPT_LABELS = 1024
"""Number of reports whose page labels we keep in memory."""
_KEPT_SECOND = 1024
"""Number of reports whose second readings we keep in memory. Few readings differ, and only those take up space."""
_KEPT_RECOGNISED = 32
"""Number of reports whose recognised words we keep in memory. A report of 20 pages takes about 2 MB."""
_KEPT_CHANGES = 16
"""Number of lists of changes that we keep in memory. There is one list for each area and each set of reports that
people may see."""
_INSERT = f"INSERT INTO passages VALUES ({', '.join('?' * 8)})"  # noqa: S608 - only question marks are inserted


class Store:
    """The reports and passages of one build. Passages have row numbers, and reports have ordinals.

    Every row is checked against its digest when it is read. Methods raise DamagedIndex if the row has changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._labels = Recent[str, Mapping[int, str | None]](_KEPT_LABELS)
        self._second = Recent[str, Mapping[int, SecondReading]](_KEPT_SECOND)
        self._recognised = Recent[str, Mapping[int, RecognisedPage]](_KEPT_RECOGNISED)
        self._changes = Recent[tuple[FactQuery, Area], tuple[Change, ...]](_KEPT_CHANGES)
        stored = [self._report(columns) for columns in self._query(_REPORTS)]
        self._by_id = {report.id: report for report, *_ in stored}
        self.reports: tuple[Report, ...] = tuple(report for report, *_ in stored if report.superseded_by is None)
        """The reports that can be used for answers. A report replaced by a later issue can be found only by its id."""
        self._origins = {report.id: (sidecar, added) for report, sidecar, added in stored}
        ordinals = {report.id: ordinal for ordinal, report in enumerate(self.reports)}
        passages = self._query("SELECT report_id, first_sentence FROM passages ORDER BY row")
        try:
            self.report_of_row: Rows = np.array([ordinals[report_id] for report_id, _ in passages], dtype=np.int64)
        except KeyError as error:
            raise DamagedIndex(f"{path} contains a passage that belongs to no report. {REBUILD_HINT}") from error
        self.first_sentence: Rows = np.array([first for _, first in passages], dtype=np.int64)
        self.visible: npt.NDArray[np.bool_] = np.ones(len(passages), dtype=bool)
        """For each row, whether its passage may be shown."""

    def without(self, hidden: frozenset[str]) -> Store:
        """Return a view of the store for somebody who must not see the given reports. It contains nothing from them.

        Rows keep their numbers, and a hidden row belongs to report -1. A report does not name a hidden issue that
        replaces it. The replaced report still cannot be used for answers, because the build did not keep its passages.
        """
        view = copy.copy(self)  # the view reads the same file through the same connections
        by_id = {r.id: _without_hidden_reissue(r, hidden) for r in self.all_reports() if r.id not in hidden}
        view._by_id = by_id  # noqa: SLF001 - this is an instance of the same class
        view.reports = tuple(by_id[report.id] for report in self.reports if report.id in by_id)
        ordinals = {report.id: ordinal for ordinal, report in enumerate(view.reports)}
        new_ordinals = np.array([ordinals.get(report.id, -1) for report in self.reports], dtype=np.int64)
        view.report_of_row = np.append(new_ordinals, -1)[self.report_of_row]
        view.visible = view.report_of_row >= 0
        return view

    @staticmethod
    def write(path: Path, reports: Sequence[StoredReport]) -> None:
        """Write a new store. The passages get row numbers in the order of the reports."""
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript(_SCHEMA + FACTS_SCHEMA)
            rows = _passage_rows(reports)
            for ordinal, stored in enumerate(reports):
                report_id, *facts = report_columns(stored)
                connection.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)", (report_id, ordinal, *facts))
                labels = [(report_id, number, label) for number, label in enumerate(stored.page_labels, 1)]
                connection.executemany("INSERT INTO pages VALUES (?, ?, ?)", labels)
                connection.execute("INSERT INTO second_readings VALUES (?, ?, ?)", second_columns(stored))
                connection.executemany(_INSERT, islice(rows, len(stored.passages)))
                recognised = (recognised_columns(report_id, page) for page in stored.recognised)
                connection.executemany("INSERT INTO recognised_pages VALUES (?, ?, ?, ?)", recognised)
            write_facts(connection, (stored.report for stored in reports))

    def all_reports(self) -> Iterable[Report]:
        """Return all reports, including those replaced by a later issue."""
        return self._by_id.values()

    def stored(self, *, verified: bool = False) -> Iterator[StoredReport]:
        """Yield everything in the store, report by report, in the order of rows. Replaced reports are included.

        ``verified`` means that the digest of the whole file has been checked, so the rows are not checked again.
        """
        read = (lambda columns: StoredPassage(*columns[2:])) if verified else self._stored_passage
        labels: dict[str, list[str | None]] = {}
        for report_id, label in self._query("SELECT report_id, label FROM pages ORDER BY report_id, number"):
            labels.setdefault(report_id, []).append(label)
        second = dict(self._query("SELECT report_id, packed FROM second_readings"))
        for report_id, report in self._by_id.items():
            rows = self._query("SELECT * FROM passages WHERE report_id = ? ORDER BY ordinal", [report_id])
            passages = tuple(map(read, rows))
            yield StoredReport(
                report,
                tuple(labels.get(report_id, ())),
                passages,
                *self._origins[report_id],
                second.get(report_id, b""),
                tuple(self.recognised_pages(report_id).values()),
            )

    def additions(self) -> Iterator[tuple[Report, str]]:
        """Yield all reports, each with the time at which it was first indexed."""
        for report_id, report in self._by_id.items():
            yield report, self._origins[report_id][1]

    def report(self, report_id: str) -> Report | None:
        """Return the report with the given id."""
        return self._by_id.get(report_id)

    def passages(self, rows: Sequence[int]) -> list[IndexedPassage]:
        """Return passages by row, in the order of ``rows``. Raises KeyError for a row that is hidden or missing."""
        if not rows:
            return []
        marks = ", ".join("?" * len(rows))
        sql = f"SELECT * FROM passages WHERE row IN ({marks})"  # noqa: S608 - only question marks are inserted
        values = self._query(sql, [int(row) for row in rows])
        by_row = {columns[0]: self._passage(columns) for columns in values if self.visible[columns[0]]}
        return [by_row[int(row)] for row in rows]

    def passages_of(self, report_id: str) -> list[IndexedPassage]:
        """Return the passages in one report, in reading order."""
        if report_id not in self._by_id:
            return []
        rows = self._query("SELECT * FROM passages WHERE report_id = ? ORDER BY ordinal", [report_id])
        return [self._passage(columns) for columns in rows]

    def first_passages_of(self, report_id: str, count: int) -> list[IndexedPassage]:
        """Return the first passages of one report, in reading order. Its title page is among them."""
        if report_id not in self._by_id:
            return []
        sql = "SELECT * FROM passages WHERE report_id = ? AND ordinal < ? ORDER BY ordinal"
        return [self._passage(columns) for columns in self._query(sql, [report_id, count])]

    def inspections(self, query: FactQuery) -> list[Report]:
        """Return the reports that a query over facts finds, ordered by authority and then by day."""
        return [self._by_id[report_id] for report_id in fact_query.inspections(query, self._query)]

    def changes(self, query: FactQuery, area: Area) -> list[Change]:
        """Return the changes in an area's grade for which the later inspection is within the query's limit on time."""
        of_all = query.of_all_authorities_and_times()
        pairs = self._changes.get((of_all, area), lambda: tuple(fact_query.changes(of_all, area, self._query)))
        return [pair for pair in pairs if query.covers(self._by_id[pair.after])]

    def passage_counts(self) -> dict[str, int]:
        """Return the number of passages in each report that has any."""
        return self._totals("count(*)")

    def sentence_counts(self) -> dict[str, int]:
        """Return the number of sentences in each report that has passages."""
        return self._totals("sum(sentences)")

    def page_labels(self, report_id: str) -> Mapping[int, str | None]:
        """Return the label printed on each page of a report, by page number. There are none for a hidden report."""
        if report_id not in self._by_id:
            return {}
        sql = "SELECT number, label FROM pages WHERE report_id = ?"
        return self._labels.get(report_id, lambda: dict(self._query(sql, [report_id])))

    def recognised_pages(self, report_id: str) -> Mapping[int, RecognisedPage]:
        """Return the pages of a report that were read from their pictures, by number. Most reports have none."""
        report = self._by_id.get(report_id)
        if report is None or not report.recognised:
            return {}
        return self._recognised.get(report_id, lambda: self._read_recognised(report_id))

    def _read_recognised(self, report_id: str) -> Mapping[int, RecognisedPage]:
        rows = self._query("SELECT * FROM recognised_pages WHERE report_id = ? ORDER BY number", [report_id])
        try:
            return {page.number: page for page in map(read_recognised, rows)}
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error

    def page_label(self, report_id: str, number: int) -> str | None:
        """Return the label printed on a page, or None if it has none."""
        return self.page_labels(report_id).get(number)

    def second_readings(self, report_id: str) -> Mapping[int, SecondReading]:
        """Return what a second program read on each page of a report, by page number. Empty for a hidden report."""
        if report_id not in self._by_id:
            return {}
        return self._second.get(report_id, lambda: self._read_second(report_id))

    def _read_second(self, report_id: str) -> Mapping[int, SecondReading]:
        rows = self._query("SELECT report_id, packed, digest FROM second_readings WHERE report_id = ?", [report_id])
        try:
            return read_second(rows[0]) if rows else {}
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error

    def _totals(self, total: str) -> dict[str, int]:
        """Return, for each report, a total over its passages."""
        sql = f"SELECT report_id, {total} FROM passages GROUP BY report_id"  # noqa: S608 - callers above pass constants
        return {report_id: count for report_id, count in self._query(sql) if report_id in self._by_id}

    def _passage(self, columns: tuple[Any, ...]) -> IndexedPassage:
        try:
            passage = _unpack_passage(columns[2:])
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error
        return IndexedPassage(columns[0], passage, self._by_id[passage.report_id])

    def _stored_passage(self, columns: tuple[Any, ...]) -> StoredPassage:
        try:
            return StoredPassage.read(columns[2:])
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error

    def _report(self, columns: tuple[Any, ...]) -> tuple[Report, str | None, str]:
        try:
            return read_report(columns)
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error

    def _query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise DamagedIndex(f"{self._path} cannot be read ({error}). {REBUILD_HINT}") from error

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection. SQLite requires one for each thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._local.connection = connection
        return connection


@lru_cache(maxsize=1000)
def _unpack_passage(columns: tuple[Any, ...]) -> Passage:
    """Return the passage in a row. The cache is keyed by the whole row, so a row that has changed is checked again."""
    return StoredPassage.read(columns).passage()


def _passage_rows(reports: Iterable[StoredReport]) -> Iterator[tuple[Any, ...]]:
    """Yield the table rows of all passages, with their row numbers and the numbers of their first sentences."""
    row = first_sentence = 0
    for stored in reports:
        for passage in stored.passages:
            yield (row, first_sentence, *passage.columns)
            row, first_sentence = row + 1, first_sentence + passage.sentences


def _without_hidden_reissue(report: Report, hidden: frozenset[str]) -> Report:
    """Return a report that does not name a hidden issue that replaces it."""
    return replace(report, superseded_by=None) if report.superseded_by in hidden else report
