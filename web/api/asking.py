"""Questions of programs: asked alone or within a conversation, and kept only where they say so."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from qa_service.answer_json import AnswerResponse, answer_json
from qa_service.errors import ConversationMoved
from qa_service.types import Answer, Conversation, Question
from web.contract.problems import InvalidRequest, MovedConversation, UnknownConversation
from web.contract.requests import QueryRequest
from web.guard import visitor
from web.serving.answer_pool import answered
from web.serving.conversation_store import kept


def ask(asked: QueryRequest) -> AnswerResponse:
    """A question's answer as clients read it; kept where that is asked for. Raises RequestProblem, SearchIndexError."""
    began = perf_counter()
    conversation = own_conversation(asked.conversation_id) if asked.conversation_id is not None else None
    question = _within(conversation, asked) if conversation else asked.to_question()
    answer = answered(question)
    name = _keep(conversation, question, answer) if conversation or asked.remember else None
    return told(answer, (perf_counter() - began) * 1000, name)


def told(answer: Answer, took_ms: float, conversation_id: str | None = None) -> AnswerResponse:
    """An answer as clients read it."""
    return answer_json(answer, took_ms, conversation_id)


def own_conversation(name: str) -> Conversation:
    """A conversation of whoever asks. Raises UnknownConversation, whoever else may have one of that id."""
    owner = visitor.owner()
    found = kept().find(owner, name) if owner else None
    if found is None:
        raise gone(name)
    return found


def gone(name: str) -> UnknownConversation:
    """That whoever asks has no conversation of an id."""
    return UnknownConversation(
        f"You have no conversation with the id “{name[:60]}”.",
        field="conversation_id",
        remedy=f"List yours with GET /api/v1/conversations. We delete each one {kept().days} days after its last use.",
    )


def _within(conversation: Conversation, asked: QueryRequest) -> Question:
    """A question that goes on with a conversation."""
    number = len(conversation.turns) + 1
    question = conversation.asked(number, asked.question, asked.filters.to_filters())
    return replace(question, top_k=asked.top_k)


def _keep(conversation: Conversation | None, question: Question, answer: Answer) -> str:
    """Keep a question in its conversation, or begin one with it; the conversation's id."""
    owner = visitor.known_owner()
    name = conversation.id if conversation else kept().begin(owner, question.text)
    try:
        kept().add(owner, name, question, answer, last=len(conversation.turns) if conversation else 0)
    except LookupError as error:
        raise gone(name) from error
    except ConversationMoved as error:
        raise MovedConversation(
            "Someone asked another question in this conversation first.",
            field="conversation_id",
            remedy="Read the conversation, then ask again.",
        ) from error
    except ValueError as error:
        raise InvalidRequest(
            f"We could not save this question: {error}.",
            field="conversation_id",
            remedy="Leave out conversation_id, and set remember to true to start a new conversation.",
        ) from error
    return name
