"""A question and its answer, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from qa_service.types import Citation, Conversation, StatementKind
from web.pages.fact_tables import ITEMS_ON_PAGE, listing_of, listing_of_part
from web.pages.filters import Chip, chips
from web.pages.parts import ShownPart, one_of_several, only_part
from web.serving.answered_turns import FIRST_PAGE, ListPart, TurnWithAnswer, answer_turn
from web.serving.index_service import answerer

_MAX_UNFOLDED = 2
"""Maximum number of passages shown in full below a table. We chose this value by judgement."""


@dataclass(frozen=True, slots=True)
class ShownTurn(TurnWithAnswer):
    """A turn and its answer, with everything that its template shows."""

    @property
    def id(self) -> str:
        """The number of the turn, as text, which makes its anchors on the page unique."""
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
        """What we understood from the question itself, without what the page shows as carried over."""
        carried = " ".join(self.answer.carried_over)
        return [part for part in self.answer.understood if part not in carried]

    @property
    def parts(self) -> list[ShownPart]:
        """The questions in the message, each with its answer. Most messages have one."""
        if not self.answer.parts:
            listing = listing_of(self.answer, self.part, conversation=self.conversation, number=self.turn.number)
            return [only_part(self.answer, f"t{self.id}", listing)]
        return [
            one_of_several(
                self.answer,
                part,
                anchor := f"t{self.id}-q{number}",
                listing_of_part(part, self.part, url=self.url, anchor=anchor),
            )
            for number, part in enumerate(self.answer.parts, 1)
        ]

    @property
    def cited(self) -> list[Citation]:
        """The passages that the answer cites."""
        numbers = {number for statement in self.answer.statements for number in statement.citations}
        return [citation for citation in self.answer.citations if citation.number in numbers]

    @property
    def folds_cited(self) -> bool:
        """Whether to fold the cited passages, because the rows of a table already link to their pages."""
        has_rows = any(statement.kind is StatementKind.FINDING for statement in self.answer.statements)
        return has_rows and len(self.cited) > _MAX_UNFOLDED

    @property
    def others(self) -> list[Citation]:
        """The passages that the search found but the answer does not cite."""
        used = {citation.number for citation in self.cited}
        return [citation for citation in self.answer.citations if citation.number not in used]


def show_turn(conversation: Conversation, number: int, part: ListPart = FIRST_PAGE) -> ShownTurn:
    """Answer the question in a turn again, and return the turn as the page shows it. Raises UnknownTurn."""
    answered = answer_turn(conversation, number, part)
    return ShownTurn(
        answered.conversation, answered.turn, answered.answer, answered.first, answered.part, answered.then
    )


def part_in_address() -> ListPart:
    """Return the part of a list that the address asks for, with ``offset`` and ``all``."""
    offset = max(request.args.get("offset", type=int) or 0, 0)
    return ListPart(offset, ITEMS_ON_PAGE if request.args.get("all") else None)
