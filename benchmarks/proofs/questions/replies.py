"""Reads the reply to a question from its JSON, with all the pages of its list."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

_MOST_PAGES = 60
"""The maximum number of pages of one list that we ask for."""
Ask = Callable[[str, int], dict[str, Any]]
"""A function that returns the JSON of the reply to a question, starting at a given item of its list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a reply."""

    sha256: str
    """The report that the statement cites."""
    authority: str
    area: str = ""
    """The graded area, as printed. Empty if the statement is not about a grade."""
    grade: str = ""
    name: str = ""
    """The name of the fact. Empty if the statement is not about another fact."""
    value: str = ""
    text: str = ""
    """The text of the statement."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The parts of a reply that we compare with the right answer."""

    status: str
    confidence: float
    reason: str
    not_applied: tuple[str, ...]
    rows: tuple[Row, ...]
    sentence: str = ""
    """The sentence that sums up the rows. Empty if no facts answer the question."""
    count: int | None = None
    of: int | None = None
    yes: bool | None = None
    pages: tuple[dict[str, Any], ...] = ()
    """The JSON of each page of the list."""

    @property
    def answered(self) -> bool:
        """Whether the service answered the question."""
        return self.status in ("answered", "false_premise")


def whole_reply(question: str, ask: Ask) -> Reply:
    """Ask a question, and follow the links in ``more`` to the end of the list."""
    pages = [ask(question, 0)]
    while (more := pages[-1]["more"]) and len(pages) < _MOST_PAGES:
        request = json.loads(parse_qs(urlsplit(more).query)["request"][0])
        pages.append(ask(question, request["offset"]))
    first = pages[0]
    summary = first["summary"] or {}
    return Reply(
        first["status"],
        first["confidence"],
        first["reason"],
        tuple(first["not_applied"]),
        tuple(_row(statement, page) for page in pages for statement in page["answer"]),
        summary.get("sentence", ""),
        summary.get("count"),
        summary.get("of"),
        summary.get("yes"),
        tuple(pages),
    )


def _row(statement: dict[str, Any], page: dict[str, Any]) -> Row:
    cited = page["passages"][statement["citations"][0] - 1]["report"]
    stated = statement["judgement"] or {}
    fact = statement["fact"] or {}
    return Row(
        cited["sha256"], cited["authority"] or "", stated.get("area", ""), stated.get("grade", ""),
        fact.get("name", ""), fact.get("value", ""), statement["text"],
    )  # fmt: skip
