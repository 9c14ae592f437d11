"""A question and its answer as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.types import Citation, Conversation, Statement, StatementKind
from web.pages.filters import Chip, chips
from web.serving.answered_turns import TurnWithAnswer, answer_turn
from web.serving.index_service import answerer

_MOST_SIDES = 3


@dataclass(frozen=True, slots=True)
class Side:
    """What one of several reports says."""

    report: Report
    quotes: tuple[Statement, ...]
    when: str = ""
    """Earlier or later, where all are on one authority and of known days."""


@dataclass(frozen=True, slots=True)
class ShownTurn(TurnWithAnswer):
    """A turn with all that its template shows."""

    @property
    def id(self) -> str:
        """The prefix of the turn's anchors."""
        return str(self.turn.number)

    @property
    def url(self) -> str:
        """The address of this turn alone."""
        return url_for("conversations.turn", name=self.conversation, number=self.turn.number)

    @property
    def filtered(self) -> list[Chip]:
        """The filters that were set."""
        titles = {report.id: report.title for report in answerer().index.store.reports}
        return chips(self.turn.filters, titles)

    @property
    def understood(self) -> list[str]:
        """What was taken from the question's own wording, and is not told as carried over."""
        carried = " ".join(self.answer.carried_over)
        return [part for part in self.answer.understood if part not in carried]

    @property
    def quotes(self) -> list[Statement]:
        """Statements in the reports' own words."""
        return [statement for statement in self.answer.statements if statement.kind is StatementKind.QUOTE]

    @property
    def findings(self) -> list[Statement]:
        """Grades."""
        return [statement for statement in self.answer.statements if statement.kind is StatementKind.FINDING]

    @property
    def sides(self) -> list[Side]:
        """The quotations report by report where an answer sets a few of them beside each other; else none."""
        if self.answer.total is not None:
            return []
        by_report: dict[str, list[Statement]] = {}
        for statement in self.quotes:
            by_report.setdefault(self.citation(statement.citations[0]).report.id, []).append(statement)
        sides = [Side(self.citation(said[0].citations[0]).report, tuple(said)) for said in by_report.values()]
        if not 1 < len(sides) <= _MOST_SIDES:
            return []
        days = [report_day(side.report) for side in sides]
        if len({side.report.authority for side in sides}) == 1 and date.min not in days and len(set(days)) > 1:
            sides.sort(key=lambda side: report_day(side.report))
            return [replace(sides[0], when="Earlier"), *sides[1:-1], replace(sides[-1], when="Later")]
        return sides

    @property
    def cited(self) -> list[Citation]:
        """Passages that the answer rests on."""
        numbers = {number for statement in self.answer.statements for number in statement.citations}
        return [citation for citation in self.answer.citations if citation.number in numbers]

    @property
    def others(self) -> list[Citation]:
        """Passages found and not used."""
        used = {citation.number for citation in self.cited}
        return [citation for citation in self.answer.citations if citation.number not in used]

    def citation(self, number: int) -> Citation:
        """A passage by the number that it is cited by."""
        return self.answer.citations[number - 1]


def show_turn(conversation: Conversation, number: int) -> ShownTurn:
    """Answer a turn again for the page. Raises UnknownTurn."""
    answered = answer_turn(conversation, number)
    return ShownTurn(answered.conversation, answered.turn, answered.answer)
