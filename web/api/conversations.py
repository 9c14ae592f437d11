"""The JSON interface for a person's own conversations."""

from __future__ import annotations

from time import perf_counter

from flask import Blueprint, Response, url_for

from qa_service.answer_json.answer import answer_json
from qa_service.answer_json.filters import filters_json
from qa_service.types import Conversation, Turn
from web.api.asking import own_conversation, unknown_conversation
from web.contract.conversation_responses import (
    AnsweredTurn,
    ConversationResponse,
    ConversationRow,
    ConversationsResponse,
    DeletedResponse,
    TurnModel,
    TurnResponse,
)
from web.contract.operation import operation
from web.contract.parsing import read_json, read_parameters, refuse_unknown_parameters
from web.contract.requests import PageRequest, TitleRequest, TurnParameters
from web.contract.responses import add_page_links, cacheable_response, json_response, model_response
from web.guard import visitor
from web.serving.answered_turns import ListPart, answer_turn
from web.serving.conversation_store import conversation_store

api_conversations = Blueprint("api_conversations", __name__, url_prefix="/api/v1/conversations")
api_conversations.before_request(refuse_unknown_parameters)
_TAG = "Conversations"
_MINE = ("unknown-conversation", "not-kept")


@api_conversations.get("")
@operation(
    "List the conversations", _TAG, params=PageRequest, replies={200: ConversationsResponse}, problems=("not-kept",),
    etag=True, paged=True,
)  # fmt: skip
def conversations() -> Response:
    """List your conversations, the most recently used first."""
    query = read_parameters(PageRequest)
    owner = visitor.owner()
    conversations = conversation_store().owned_by(owner) if owner else []
    start = (query.page - 1) * query.limit
    # The list does not include the questions, so we read each conversation on this page in full to count them.
    on_page = conversations[start : start + query.limit]
    complete = [conversation_store().find(owner, each.id) for each in on_page] if owner else []
    reply = ConversationsResponse(
        total=len(conversations),
        limit=query.limit,
        page=query.page,
        conversations=[_row(each) for each in complete if each],
    )
    return add_page_links(cacheable_response(reply), page=query.page, limit=query.limit, total=len(conversations))


@api_conversations.delete("")
@operation("Delete all conversations", _TAG, replies={200: DeletedResponse}, problems=("not-kept",))
def delete_all() -> Response:
    """Delete all your conversations."""
    owner = visitor.owner()
    return model_response(DeletedResponse(deleted=conversation_store().delete_all(owner) if owner else 0))


@api_conversations.get("/<conversation_id>")
@operation("Get a conversation", _TAG, replies={200: ConversationResponse}, problems=_MINE, etag=True)
def conversation(conversation_id: str) -> Response:
    """Get a conversation with its questions. To get the answer to a question, request that turn."""
    return cacheable_response(_response(own_conversation(conversation_id)))


@api_conversations.patch("/<conversation_id>")
@operation("Rename a conversation", _TAG, body=TitleRequest, replies={200: ConversationResponse}, problems=_MINE)
def rename(conversation_id: str) -> Response:
    """Change the title of a conversation. A title of more than 80 characters is cut off at the end of a word."""
    conversation = own_conversation(conversation_id)
    conversation_store().rename(visitor.owner_or_new(), conversation.id, read_json(TitleRequest).title)
    return model_response(_response(own_conversation(conversation_id)))


@api_conversations.delete("/<conversation_id>")
@operation("Delete a conversation", _TAG, replies={204: None}, problems=_MINE)
def delete(conversation_id: str) -> Response:
    """Delete a conversation and all its questions."""
    conversation = own_conversation(conversation_id)
    if not conversation_store().delete(visitor.owner_or_new(), conversation.id):
        raise unknown_conversation(conversation_id)
    return Response(status=204)


@api_conversations.get("/<conversation_id>/turns/<int:turn>")
@operation(
    "Get a question in a conversation", _TAG, params=TurnParameters, replies={200: TurnResponse},
    problems=(*_MINE, "unknown-turn"),
)  # fmt: skip
def answered(conversation_id: str, turn: int) -> Response:
    """Answer a question in a conversation again from the current reports, and say whether the answer has changed."""
    began = perf_counter()
    conversation = own_conversation(conversation_id)
    answered_turn = answer_turn(conversation, turn, ListPart(offset=read_parameters(TurnParameters).offset))
    described = AnsweredTurn(**dict(_turn(conversation, answered_turn.turn)), changed=answered_turn.changed)
    answer = answer_json(answered_turn.answer, (perf_counter() - began) * 1000, conversation.id)
    if answer["next_offset"] is not None:  # this address also records what the person rejected
        address = url_for("api_conversations.answered", conversation_id=conversation.id, turn=turn)
        answer["more"] = f"{address}?offset={answer['next_offset']}"
    return json_response({"turn": described.model_dump(mode="json"), "answer": answer})


def _row(conversation: Conversation) -> ConversationRow:
    return ConversationRow(
        id=conversation.id,
        title=conversation.title,
        begun=conversation.begun,
        touched=conversation.touched,
        turns=len(conversation.turns),
        url=_address(conversation),
    )


def _response(conversation: Conversation) -> ConversationResponse:
    return ConversationResponse(
        id=conversation.id,
        title=conversation.title,
        begun=conversation.begun,
        touched=conversation.touched,
        turns=[_turn(conversation, turn) for turn in conversation.turns],
        url=_address(conversation),
    )


def _turn(conversation: Conversation, turn: Turn) -> TurnModel:
    return TurnModel(
        number=turn.number,
        question=turn.question,
        filters=filters_json(turn.filters),
        asked=turn.asked,
        build=turn.build,
        url=url_for("api_conversations.answered", conversation_id=conversation.id, turn=turn.number),
    )


def _address(conversation: Conversation) -> str:
    return url_for("api_conversations.conversation", conversation_id=conversation.id)
