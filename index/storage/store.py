"""Reports and passages in SQLite, written once by a build and only read afterwards."""

from __future__ import annotations

import copy
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import Passage, Report
from index.errors import DamagedIndex
from index.storage.manifest import MEND
from index.storage.rows import StoredPassage, StoredReport, read_report, report_columns
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
"""

_REPORTS = "SELECT id, facts, sidecar, added, digest FROM reports ORDER BY ordinal"
_INSERT = f"INSERT INTO passages VALUES ({', '.join('?' * 8)})"  # noqa: S608 - question marks only


class Store:
    """The reports and passages of one build. Passages are numbered by row, reports by ordinal.

    Whatever is read is checked against the digest that was written with it: raises DamagedIndex.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        kept = [self._kept(values) for values in self._query(_REPORTS)]
        self._by_id = {report.id: report for report, *_ in kept}
        self.reports: tuple[Report, ...] = tuple(report for report, *_ in kept if report.superseded_by is None)
        """Those that answer: a report that a re-issue stands for is found by its id alone."""
        self._origins = {report.id: (sidecar, added) for report, sidecar, added in kept}
        ordinals = {report.id: ordinal for ordinal, report in enumerate(self.reports)}
        spans = self._query("SELECT report_id, first_sentence FROM passages ORDER BY row")
        try:
            self.report_of_row: Rows = np.array([ordinals[report_id] for report_id, _ in spans], dtype=np.int64)
        except KeyError as error:
            raise DamagedIndex(f"{path} holds a passage of no report. {MEND}") from error
        self.first_sentence: Rows = np.array([first for _, first in spans], dtype=np.int64)
        self.shown: npt.NDArray[np.bool_] = np.ones(len(spans), dtype=bool)
        """For each row, whether its passage is given to whoever asks for it."""

    def without(self, hidden: frozenset[str]) -> Store:
        """The same store as somebody sees it who may not see some reports: of them there is nothing in it.

        Rows keep their numbers; one that is hidden belongs to no report (-1). A report that a hidden re-issue stands
        for does not tell of it. It answers as little as before, as its passages were not kept.
        """
        view = copy.copy(self)  # the same file, by the same connections
        seen = {report.id: _untold(report, hidden) for report in self.all_reports() if report.id not in hidden}
        view._by_id = seen  # noqa: SLF001 - of this very class
        view.reports = tuple(seen[report.id] for report in self.reports if report.id in seen)
        ordinals = {report.id: ordinal for ordinal, report in enumerate(view.reports)}
        renumbered = np.array([ordinals.get(report.id, -1) for report in self.reports], dtype=np.int64)
        view.report_of_row = np.append(renumbered, -1)[self.report_of_row]
        view.shown = view.report_of_row >= 0
        return view

    @staticmethod
    def write(path: Path, reports: Sequence[StoredReport]) -> None:
        """Write a new store: reports, and their passages in the order of their rows."""
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript(_SCHEMA)
            numbered = _numbered(reports)
            for ordinal, kept in enumerate(reports):
                report_id, *facts = report_columns(kept)
                connection.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)", (report_id, ordinal, *facts))
                labels = [(report_id, number, label) for number, label in enumerate(kept.page_labels, 1)]
                connection.executemany("INSERT INTO pages VALUES (?, ?, ?)", labels)
                connection.executemany(_INSERT, islice(numbered, len(kept.passages)))

    def all_reports(self) -> Iterable[Report]:
        """All reports, those that a re-issue stands for among them."""
        return self._by_id.values()

    def stored(self, *, proved: bool = False) -> Iterator[StoredReport]:
        """All that the store holds, report by report in the order of rows, superseded ones among them.

        Where the whole file is known to be what was written (``proved``), no row is looked at for that.
        """
        read = (lambda values: StoredPassage(*values[2:])) if proved else self._read
        labels: dict[str, list[str | None]] = {}
        for report_id, label in self._query("SELECT report_id, label FROM pages ORDER BY report_id, number"):
            labels.setdefault(report_id, []).append(label)
        for report_id, report in self._by_id.items():
            found = self._query("SELECT * FROM passages WHERE report_id = ? ORDER BY ordinal", [report_id])
            passages = tuple(map(read, found))
            yield StoredReport(report, tuple(labels.get(report_id, ())), passages, *self._origins[report_id])

    def issues(self) -> Iterator[tuple[Report, str]]:
        """All reports, each with when it first came into the index: what decides which stands for which."""
        for report_id, report in self._by_id.items():
            yield report, self._origins[report_id][1]

    def report(self, report_id: str) -> Report | None:
        """A report by its id."""
        return self._by_id.get(report_id)

    def passages(self, rows: Sequence[int]) -> list[IndexedPassage]:
        """Passages by row, in the order asked for."""
        marks = ", ".join("?" * len(rows))
        sql = f"SELECT * FROM passages WHERE row IN ({marks})"  # noqa: S608 - question marks only
        found = self._query(sql, [int(row) for row in rows])
        by_row = {values[0]: self._passage(values) for values in found if self.shown[values[0]]}
        return [by_row[int(row)] for row in rows]

    def passages_of(self, report_id: str) -> list[IndexedPassage]:
        """A report's passages in reading order."""
        if report_id not in self._by_id:
            return []
        found = self._query("SELECT * FROM passages WHERE report_id = ? ORDER BY ordinal", [report_id])
        return [self._passage(values) for values in found]

    def passage_counts(self) -> dict[str, int]:
        """Number of passages of each report."""
        return self._of_each("count(*)")

    def sentence_counts(self) -> dict[str, int]:
        """Number of sentences of each report that has passages."""
        return self._of_each("sum(sentences)")

    def page_label(self, report_id: str, number: int) -> str | None:
        """The label printed on a page."""
        if report_id not in self._by_id:
            return None
        found = self._query("SELECT label FROM pages WHERE report_id = ? AND number = ?", [report_id, number])
        return found[0][0] if found else None

    def _of_each(self, total: str) -> dict[str, int]:
        """A total over the passages of each report."""
        sql = f"SELECT report_id, {total} FROM passages GROUP BY report_id"  # noqa: S608 - one of two written above
        return {report_id: count for report_id, count in self._query(sql) if report_id in self._by_id}

    def _passage(self, values: tuple[Any, ...]) -> IndexedPassage:
        try:
            passage = _unpacked(values[2:])
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error
        return IndexedPassage(values[0], passage, self._by_id[passage.report_id])

    def _read(self, values: tuple[Any, ...]) -> StoredPassage:
        try:
            return StoredPassage.read(values[2:])
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error

    def _kept(self, values: tuple[Any, ...]) -> tuple[Report, str | None, str]:
        try:
            return read_report(values)
        except DamagedIndex as error:
            raise DamagedIndex(f"{self._path}: {error}") from error

    def _query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise DamagedIndex(f"{self._path} cannot be read ({error}). {MEND}") from error

    def _connection(self) -> sqlite3.Connection:
        """One connection a thread: SQLite's own rule."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._local.connection = connection
        return connection


@lru_cache(maxsize=1000)
def _unpacked(columns: tuple[Any, ...]) -> Passage:
    """The passage of a row. Kept by the row itself: a row that is another than the one checked is checked anew."""
    return StoredPassage.read(columns).passage()


def _numbered(reports: Iterable[StoredReport]) -> Iterator[tuple[Any, ...]]:
    """The rows of all passages, each with its number and that of its first sentence."""
    row = first_sentence = 0
    for kept in reports:
        for passage in kept.passages:
            yield (row, first_sentence, *passage.columns)
            row, first_sentence = row + 1, first_sentence + passage.sentences


def _untold(report: Report, hidden: frozenset[str]) -> Report:
    """A report that does not tell of a re-issue that is hidden."""
    return replace(report, superseded_by=None) if report.superseded_by in hidden else report
