"""A question and its answer, as the page shows them."""

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
class ShownTurn(TurnWithAnswer):
    """A turn and its answer, with everything that its template shows."""

    @property
    def id(self) -> str:
        """The number of the turn, which makes its anchors on the page unique."""
        return str(self.turn.number)

    @property
    def url(self) -> str:
        """The address of this turn."""
        return url_for("conversations.turn", name=self.conversation, number=self.turn.number)

    @property
    def filtered(self) -> list[Chip]:
        """Chips for the filters that the person set."""
        titles = {report.id: report.title for report in answerer().index.store.reports}
        return chips(self.turn.filters, titles)

    @property
    def understood(self) -> list[str]:
        """What we understood from the question itself, leaving out what is shown as carried over."""
        carried = " ".join(self.answer.carried_over)
        return [part for part in self.answer.understood if part not in carried]

    @property
    def quotes(self) -> list[Statement]:
        """The statements that are in the reports' own words."""
        return [statement for statement in self.answer.statements if statement.kind is StatementKind.QUOTE]

    @property
    def findings(self) -> list[Statement]:
        """The statements about grades."""
        return [statement for statement in self.answer.statements if statement.kind is StatementKind.FINDING]

    @property
    def sides(self) -> list[Side]:
        """The quotes grouped by report, if the answer compares two or three reports. Otherwise an empty list."""
        if self.answer.total is not None:
            return []
        by_report: dict[str, list[Statement]] = {}
        for statement in self.quotes:
            by_report.setdefault(self.citation(statement.citations[0]).report.id, []).append(statement)
        sides = [Side(self.citation(quotes[0].citations[0]).report, tuple(quotes)) for quotes in by_report.values()]
        if not 1 < len(sides) <= _MAX_SIDES:
            return []
        days = [report_day(side.report) for side in sides]
        if len({side.report.authority for side in sides}) == 1 and date.min not in days and len(set(days)) > 1:
            sides.sort(key=lambda side: report_day(side.report))
            return [replace(sides[0], when="Earlier"), *sides[1:-1], replace(sides[-1], when="Later")]
        return sides

    @property
    def cited(self) -> list[Citation]:
        """The passages that the answer cites."""
        numbers = {number for statement in self.answer.statements for number in statement.citations}
        return [citation for citation in self.answer.citations if citation.number in numbers]

    @property
    def others(self) -> list[Citation]:
        """The other passages that the search found."""
        used = {citation.number for citation in self.cited}
        return [citation for citation in self.answer.citations if citation.number not in used]

    def citation(self, number: int) -> Citation:
        """Return the citation with the given number."""
        return self.answer.citations[number - 1]


def show_turn(conversation: Conversation, number: int) -> ShownTurn:
    """Answer the question in a turn again, and return the turn as the page shows it. Raises UnknownTurn."""
    answered = answer_turn(conversation, number)
    return ShownTurn(answered.conversation, answered.turn, answered.answer)
