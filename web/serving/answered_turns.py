"""The turns in a conversation, answered again from the current reports."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.records.conversations import answer_digest
from qa_service.types import Answer, Conversation, Turn
from web.contract.problems import UnknownTurn
from web.serving.answer_pool import answer_question


@dataclass(frozen=True, slots=True)
class TurnWithAnswer:
    """A turn and its answer."""

    conversation: str
    """The conversation's id."""
    turn: Turn
    answer: Answer

    @property
    def digest(self) -> str:
        """A digest of the answer's words and pages."""
        return answer_digest(self.answer)

    @property
    def changed(self) -> bool:
        """Whether the answer differs from the one given when the question was asked."""
        return self.digest != self.turn.digest


def answer_turn(conversation: Conversation, number: int) -> TurnWithAnswer:
    """Answer the question in one turn of a conversation again. Raises UnknownTurn."""
    try:
        question = conversation.question(number)
    except LookupError as error:
        raise UnknownTurn(f"This conversation has no question {number}.") from error
    return TurnWithAnswer(conversation.id, conversation.turns[number - 1], answer_question(question))
