"""A question and its answer as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.records.conversations import answer_digest
from qa_service.types import Answer, Citation, Conversation, Statement, StatementKind, Turn
from web.pages.filters import Chip, chips
from web.serving.answer_pool import answered
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
class ShownTurn:
    """One turn of a conversation, answered."""

    conversation: str
    turn: Turn
    answer: Answer

    @property
    def id(self) -> str:
        """Tells the anchors of one turn from another's."""
        return str(self.turn.number)

    @property
    def changed(self) -> bool:
        """Whether the answer is another than was given when the question was asked: the reports have changed since."""
        return self.digest != self.turn.digest

    @property
    def digest(self) -> str:
        """Of the answer as it is shown."""
        return answer_digest(self.answer)

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


def shown(conversation: Conversation, number: int) -> ShownTurn:
    """A turn with its answer found again from the reports as they are. Raises LookupError where there is none."""
    question = conversation.question(number)
    return ShownTurn(conversation.id, conversation.turns[number - 1], answered(question))
