"""A question in a message, and its answer, as the page shows them. Most messages have one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.answering.sentences.own_list import CutList, cut_lists, says_own_list
from qa_service.types import Answer, AnsweredPart, AnswerStatus, Choice, Citation, Statement, StatementKind, Summary
from qa_service.understanding.interpretation import lists_improvements
from web.pages import labels
from web.pages.fact_tables import Listing, Table, tables_of

_MAX_SIDES = 3
"""Maximum number of reports that the page shows side by side."""


@dataclass(frozen=True, slots=True)
class Side:
    """The quotes from one of several reports that are shown side by side."""

    report: Report
    quotes: tuple[Statement, ...]
    when: str = ""
    """“Earlier” or “Later”, if all the reports are about the same authority and have dates. Otherwise empty."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A question and its answer, with everything that the template shows about them."""

    anchor: str
    """The prefix of the ids of the rows for this question. It is unique on the page."""
    status: AnswerStatus | None
    """The outcome of the question. None if we did not try to answer it."""
    statements: Sequence[Statement]
    citations: Sequence[Citation]
    """The citations of the whole answer."""
    reason: str
    note: str
    confidence: float
    facts: Summary | None
    """A summary of the answer, if facts answer the question."""
    total: int | None
    listing: Listing | None
    """The part of a list that is shown, with links to the other parts. None if the list is shown in full."""
    choices: Sequence[Choice] = ()
    question: str = ""
    """The question, if the message has several. Otherwise empty."""

    @property
    def told(self) -> bool:
        """Whether the answer has statements."""
        return len(self.statements) > 0

    @property
    def heading(self) -> str:
        """The outcome of the question, in words."""
        return labels.outcome(self.status, self.facts)

    @property
    def is_answered(self) -> bool:
        """Whether the question is answered. If facts show that no report fits, that is also an answer."""
        return self.heading == labels.HEADINGS[AnswerStatus.ANSWERED]

    @property
    def quotes(self) -> list[Statement]:
        """The statements that are in the reports' own words."""
        return [statement for statement in self.statements if statement.kind is StatementKind.QUOTE]

    @property
    def findings(self) -> list[Statement]:
        """The statements about grades and other facts."""
        return [statement for statement in self.statements if statement.kind is StatementKind.FINDING]

    @property
    def summary(self) -> str:
        """The sentence that answers the question, if its answer follows from facts. Otherwise empty."""
        if self.facts:
            return self.facts.sentence if self.statements else self.reason
        return self.reason.removesuffix(self.note).strip() if self.findings and self.total is not None else ""

    @property
    def tables(self) -> list[Table]:
        """The findings as tables."""
        return tables_of(self.findings, self.citations)

    @property
    def cut_lists(self) -> list[CutList]:
        """The reports' own lists of improvements that are quoted only in part."""
        if not says_own_list(self.reason):
            return []
        return cut_lists((self.citation(quote.citations[0]).report, quote.text) for quote in self.quotes)

    @property
    def groups(self) -> list[tuple[str, list[Statement]]]:
        """The quotes, in order. If quotes from a report's own list come last, they have a heading of their own."""
        first = list(takewhile(lambda statement: not self._is_item(statement), self.quotes))
        rest = self.quotes[len(first) :]
        if first and rest and all(map(self._is_item, rest)):
            return [("", first), ("What must improve", rest)]
        return [("", self.quotes)]

    def _is_item(self, statement: Statement) -> bool:
        """Whether a quote is from a report's own list of what must improve."""
        scored = self.citation(statement.citations[0]).scored
        return lists_improvements(scored.passage.section)

    @property
    def sides(self) -> list[Side]:
        """The quotes grouped by report, if the answer quotes two or three reports. Otherwise an empty list.

        Reports on one authority keep the answer's order if it starts with the latest report. Otherwise the earliest
        comes first.
        """
        if self.total is not None:
            return []
        by_report: dict[str, list[Statement]] = {}
        for statement in self.quotes:
            by_report.setdefault(self.citation(statement.citations[0]).report.id, []).append(statement)
        sides = [Side(self.citation(quotes[0].citations[0]).report, tuple(quotes)) for quotes in by_report.values()]
        if not 1 < len(sides) <= _MAX_SIDES:
            return []
        days = [report_day(side.report) for side in sides]
        if len({side.report.authority for side in sides}) == 1 and date.min not in days and len(set(days)) > 1:
            newest_first = days == sorted(days, reverse=True)
            sides.sort(key=lambda side: report_day(side.report), reverse=newest_first)
            first, last = ("Later", "Earlier") if newest_first else ("Earlier", "Later")
            return [replace(sides[0], when=first), *sides[1:-1], replace(sides[-1], when=last)]
        return sides

    def citation(self, number: int) -> Citation:
        """Return the citation with the given number."""
        return self.citations[number - 1]


def only_part(answer: Answer, anchor: str, listing: Listing | None) -> ShownPart:
    """Return the only question in a message."""
    return ShownPart(
        anchor=anchor,
        status=answer.status,
        statements=answer.statements,
        citations=answer.citations,
        reason=answer.reason,
        note=answer.note,
        confidence=answer.confidence,
        facts=answer.summary,
        total=answer.total,
        listing=listing,
        choices=answer.choices,
    )


def one_of_several(answer: Answer, part: AnsweredPart, anchor: str, listing: Listing | None) -> ShownPart:
    """Return one of several questions in a message."""
    return ShownPart(
        anchor=anchor,
        status=part.status,
        statements=[answer.statements[index] for index in part.statements],
        citations=answer.citations,
        reason=part.reason,
        note=part.note,
        confidence=part.confidence,
        facts=part.summary,
        total=part.total,
        listing=listing,
        question=part.question,
    )
