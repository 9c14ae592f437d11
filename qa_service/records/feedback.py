"""What people said of answers: right, wrong or something missing, kept with what they were shown."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from qa_service.records.database import is_begun, transaction
from qa_service.types import Answer, AnswerStatus, StatementKind

NAME = "feedback.sqlite"
"""The file in a data folder."""
MAX_NOTE = 1000
"""Characters."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (id INTEGER PRIMARY KEY, given TEXT NOT NULL, verdict TEXT NOT NULL,
    note TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL, status TEXT NOT NULL, build TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS quotes (feedback INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE,
    report_id TEXT NOT NULL, file TEXT NOT NULL, page INTEGER NOT NULL, text TEXT NOT NULL);
"""


class Verdict(StrEnum):
    """What a person thinks of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words that an answer showed."""

    report_id: str
    file: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person said of one answer."""

    verdict: Verdict
    note: str
    question: str
    history: tuple[str, ...]
    status: AnswerStatus
    build: str
    quotes: tuple[ShownQuote, ...]
    given: str = ""
    """When, as ISO 8601; set as it is kept."""


def feedback_on(answer: Answer, history: tuple[str, ...], verdict: Verdict, note: str) -> Feedback:
    """All that is kept of an answer with what is said of it."""
    quotes = []
    for statement in answer.statements:
        report = answer.citations[statement.citations[0] - 1].report
        if statement.kind is StatementKind.QUOTE:
            quotes += [ShownQuote(report.id, report.file, quote.page, quote.text) for quote in statement.quotes]
        elif statement.judgement is not None:
            text = f"{statement.judgement.area} {statement.judgement.grade}"
            quotes.append(ShownQuote(report.id, report.file, statement.judgement.page, text))
    return Feedback(verdict, note[:MAX_NOTE], answer.question, history, answer.status, answer.build, tuple(quotes))


class FeedbackStore:
    """The feedback of one data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def open(cls, root: Path) -> FeedbackStore:
        """That of a data folder; the file comes with the first of it."""
        return cls(root / NAME)

    def add(self, said: Feedback) -> None:
        """Keep what was said."""
        with transaction(self._path, _SCHEMA) as connection:
            values = (
                _now(), said.verdict, said.note, said.question, json.dumps(said.history), said.status, said.build,
            )  # fmt: skip
            row = connection.execute("INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
            quotes = [(row, quote.report_id, quote.file, quote.page, quote.text) for quote in said.quotes]
            connection.executemany("INSERT INTO quotes VALUES (?, ?, ?, ?, ?)", quotes)

    def every(self) -> list[Feedback]:
        """All of it, the oldest first."""
        if not is_begun(self._path):
            return []
        with transaction(self._path, _SCHEMA, writes=False) as connection:
            quotes: dict[int, list[ShownQuote]] = {}
            for row, *quote in connection.execute("SELECT feedback, report_id, file, page, text FROM quotes"):
                quotes.setdefault(row, []).append(ShownQuote(*quote))
            rows = connection.execute(
                "SELECT id, verdict, note, question, history, status, build, given FROM feedback ORDER BY id"
            )
            return [
                Feedback(
                    Verdict(verdict), note, question, tuple(json.loads(history)), AnswerStatus(status), build,
                    tuple(quotes.get(row, ())), given,
                )
                for row, verdict, note, question, history, status, build, given in rows
            ]  # fmt: skip

    def clear(self) -> int:
        """Delete all of it; how many pieces there were."""
        if not is_begun(self._path):
            return 0
        with transaction(self._path, _SCHEMA) as connection:
            return connection.execute("DELETE FROM feedback").rowcount

    def forget_reports(self, held: Collection[str]) -> int:
        """Drop the words of all reports but those with these ids; how many pieces were dropped."""
        if not is_begun(self._path):
            return 0
        with transaction(self._path, _SCHEMA) as connection:
            gone = [
                (report_id,)
                for (report_id,) in connection.execute("SELECT DISTINCT report_id FROM quotes")
                if report_id not in held
            ]
            return connection.executemany("DELETE FROM quotes WHERE report_id = ?", gone).rowcount if gone else 0


def golden_line(number: int, said: Feedback) -> dict[str, Any] | None:
    """A line for “qa-service evaluate”; None where nobody said which words would have been right.

    An answer called right stands with the words that it showed; one that was rightly refused, with none.
    """
    if said.verdict is not Verdict.RIGHT or (said.status is AnswerStatus.ANSWERED and not said.quotes):
        return None
    return {
        "id": f"feedback-{number}",
        "kind": "feedback",
        "question": said.question,
        "history": list(said.history),
        "gold": [{"file": quote.file, "page": quote.page, "quote": quote.text} for quote in said.quotes],
        "need": "all",
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
