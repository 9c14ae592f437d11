"""The turns in a conversation, answered again from the current reports."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa_service.records.conversations import answer_digest
from qa_service.types import Answer, Conversation, Turn
from web.contract.problems import UnknownTurn
from web.serving.answer_pool import answer_question


@dataclass(frozen=True, slots=True)
class ListPart:
    """The part of a list to show."""

    offset: int = 0
    """Index of the first item, from 0."""
    items: int | None = None
    """Maximum number of items, or None for one page of the list."""


FIRST_PAGE = ListPart()


@dataclass(frozen=True, slots=True)
class TurnWithAnswer:
    """A turn and its answer."""

    conversation: str
    """The conversation's id."""
    turn: Turn
    answer: Answer
    first: Answer | None = None
    """The answer with the first page of its list, if ``answer`` contains another part of the list."""
    part: ListPart = FIRST_PAGE

    @property
    def digest(self) -> str:
        """A digest of the answer's words and pages. It is the same for each part of a list."""
        return answer_digest(self.first or self.answer)

    then: Answer | None = None
    """The answer from the current reports, with times counted from the day when the question was asked. None if the
    times do not depend on the day, or if the answer has not changed."""

    @property
    def only_time_moved(self) -> bool:
        """Whether the answer differs only because its times are now counted from a later day."""
        return self.changed and self.then is not None and answer_digest(self.then) == self.turn.digest

    @property
    def changed(self) -> bool:
        """Whether the answer differs from the one given when the question was asked."""
        return self.digest != self.turn.digest


def answer_turn(conversation: Conversation, number: int, part: ListPart = FIRST_PAGE) -> TurnWithAnswer:
    """Answer the question in a turn again. If the answer is a list, include only the given part of the list.

    Raises UnknownTurn.
    """
    try:
        question = conversation.question(number)
    except LookupError as error:
        raise UnknownTurn(f"This conversation has no question {number}.") from error
    turn, answer = conversation.turns[number - 1], answer_question(question)
    then = None
    if answer.as_of and answer.as_of != turn.day and answer_digest(answer) != turn.digest:
        then = answer_question(replace(question, today=turn.day))
    if not part.offset and (part.items is None or not _is_cut(answer)):
        return TurnWithAnswer(conversation.id, turn, answer, then=then)
    shown = answer_question(replace(question, offset=part.offset, items=part.items))
    return TurnWithAnswer(conversation.id, turn, shown, answer, part, then)


def _is_cut(answer: Answer) -> bool:
    """Whether the answer, or the answer to one question in the message, is a list with more pages."""
    return any(offset is not None for offset in (answer.next_offset, *(part.next_offset for part in answer.parts)))
