"""Feedback on answers: whether each answer was right, wrong or incomplete, and what the answer showed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from qa_service.records.database import has_tables, transaction
from qa_service.types import Answer, AnswerStatus, StatementKind

NAME = "feedback.sqlite"
"""Name of the file in a data folder."""
MAX_NOTE = 1000
"""Maximum number of characters in a note."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (id INTEGER PRIMARY KEY, given TEXT NOT NULL, verdict TEXT NOT NULL,
    note TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL, status TEXT NOT NULL, build TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS quotes (feedback INTEGER NOT NULL REFERENCES feedback(id) ON DELETE CASCADE,
    report_id TEXT NOT NULL, file TEXT NOT NULL, page INTEGER NOT NULL, text TEXT NOT NULL);
"""


class Verdict(StrEnum):
    """A person's opinion of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words that an answer showed, and the page they are on."""

    report_id: str
    file: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's feedback on one answer."""

    verdict: Verdict
    note: str
    question: str
    history: tuple[str, ...]
    status: AnswerStatus
    build: str
    quotes: tuple[ShownQuote, ...]
    given: str = ""
    """Time in ISO 8601 format. The store sets it."""


def feedback_on(answer: Answer, history: tuple[str, ...], verdict: Verdict, note: str) -> Feedback:
    """Return a person's feedback with everything that we keep about the answer."""
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
    """The feedback in one data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def open(cls, root: Path) -> FeedbackStore:
        """Open the feedback in a data folder. The file is created when the first feedback is saved."""
        return cls(root / NAME)

    def add(self, feedback: Feedback) -> None:
        """Save feedback."""
        with transaction(self._path, _SCHEMA) as connection:
            values = (
                _now(), feedback.verdict, feedback.note, feedback.question, json.dumps(feedback.history),
                feedback.status, feedback.build,
            )  # fmt: skip
            row = connection.execute("INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
            quotes = [(row, quote.report_id, quote.file, quote.page, quote.text) for quote in feedback.quotes]
            connection.executemany("INSERT INTO quotes VALUES (?, ?, ?, ?, ?)", quotes)

    def read_all(self) -> list[Feedback]:
        """Return all feedback, oldest first."""
        if not has_tables(self._path):
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
        """Delete all feedback, and return the number of answers that had feedback."""
        if not has_tables(self._path):
            return 0
        with transaction(self._path, _SCHEMA) as connection:
            return connection.execute("DELETE FROM feedback").rowcount

    def forget_other_reports(self, kept: Collection[str]) -> int:
        """Delete the quotes from all reports except those with these ids, and return how many quotes were deleted."""
        if not has_tables(self._path):
            return 0
        with transaction(self._path, _SCHEMA) as connection:
            deleted = [
                (report_id,)
                for (report_id,) in connection.execute("SELECT DISTINCT report_id FROM quotes")
                if report_id not in kept
            ]
            return connection.executemany("DELETE FROM quotes WHERE report_id = ?", deleted).rowcount if deleted else 0


def golden_line(number: int, feedback: Feedback) -> dict[str, Any] | None:
    """Return feedback as a line for “qa-service evaluate”, or None if the feedback does not show which words are right.

    An answer marked as right is written with the words that it showed. An abstention marked as right has no words.
    """
    if feedback.verdict is not Verdict.RIGHT or (feedback.status is AnswerStatus.ANSWERED and not feedback.quotes):
        return None
    return {
        "id": f"feedback-{number}",
        "kind": "feedback",
        "question": feedback.question,
        "history": list(feedback.history),
        "gold": [{"file": quote.file, "page": quote.page, "quote": quote.text} for quote in feedback.quotes],
        "need": "all",
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
