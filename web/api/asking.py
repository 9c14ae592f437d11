"""Questions from programs, inside or outside a conversation."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from qa_service.answer_json.answer import AnswerResponse, answer_json
from qa_service.errors import ConversationMoved
from qa_service.types import Answer, Conversation, Question
from web.contract.problems import InvalidRequest, MovedConversation, UnknownConversation
from web.contract.requests import QueryRequest
from web.guard import visitor
from web.serving.answer_pool import answer_question
from web.serving.conversation_store import conversation_store


def ask(query: QueryRequest) -> AnswerResponse:
    """Answer a question, and save it if the request asks for that. Raises RequestProblem or SearchIndexError."""
    began = perf_counter()
    conversation = own_conversation(query.conversation_id) if query.conversation_id is not None else None
    question = _next_question(conversation, query) if conversation else query.to_question()
    answer = answer_question(question)
    conversation_id = _save(conversation, question, answer) if conversation or query.remember else None
    return answer_json(answer, (perf_counter() - began) * 1000, conversation_id)


def answer_without_saving(question: Question) -> AnswerResponse:
    """Answer a question that is not part of a conversation. Raises SearchIndexError."""
    began = perf_counter()
    answer = answer_question(question)
    return answer_json(answer, (perf_counter() - began) * 1000)


def own_conversation(conversation_id: str) -> Conversation:
    """Return the conversation with the given id.

    Raises UnknownConversation if it does not exist or is someone else's.
    """
    owner = visitor.owner()
    conversation = conversation_store().find(owner, conversation_id) if owner else None
    if conversation is None:
        raise unknown_conversation(conversation_id)
    return conversation


def unknown_conversation(conversation_id: str) -> UnknownConversation:
    """Return the problem to raise if the person has no conversation with this id."""
    days = conversation_store().days
    return UnknownConversation(
        f"You have no conversation with the id “{conversation_id[:60]}”.",
        field="conversation_id",
        remedy=f"List yours with GET /api/v1/conversations. We delete each one {days} days after its last use.",
    )


def _next_question(conversation: Conversation, query: QueryRequest) -> Question:
    """Return the next question in a conversation, with the earlier questions as its history."""
    number = len(conversation.turns) + 1
    filters = query.filters.to_filters()
    question = conversation.asked(number, query.question, filters, verbatim=query.verbatim)
    return replace(question, top_k=query.top_k, offset=query.offset)


def _save(conversation: Conversation | None, question: Question, answer: Answer) -> str:
    """Save a question in its conversation, or in a new one, and return the conversation's id."""
    owner = visitor.owner_or_new()
    conversation_id = conversation.id if conversation else conversation_store().begin(owner, question.text)
    last = len(conversation.turns) if conversation else 0
    try:
        conversation_store().add(owner, conversation_id, question, answer, last=last)
    except LookupError as error:
        raise unknown_conversation(conversation_id) from error
    except ConversationMoved as error:
        raise MovedConversation(
            "Another question was asked in this conversation first.",
            field="conversation_id",
            remedy="Read the conversation, then ask again.",
        ) from error
    except ValueError as error:
        raise InvalidRequest(
            str(error),
            field="conversation_id",
            remedy="Leave out conversation_id, and set remember to true to start a new conversation.",
        ) from error
    return conversation_id
