"""The JSON interface for conversations: those of whoever asks, and nobody else's."""

from __future__ import annotations

from time import perf_counter

from flask import Blueprint, Response, url_for

from qa_service.answer_json import filters_json
from qa_service.types import Conversation, Turn
from web.api.asking import gone, own_conversation, told
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
from web.contract.requests import PageRequest, TitleRequest
from web.contract.responses import link_pages, send, send_kept, send_plain
from web.guard import visitor
from web.serving.answered_turns import answer_turn
from web.serving.conversation_store import kept

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
    """List the conversations of whoever asks, the last touched first."""
    wanted = read_parameters(PageRequest)
    owner = visitor.owner()
    every = kept().of(owner) if owner else []
    start = (wanted.page - 1) * wanted.limit
    # They come without their questions; of those shown each is read to count them.
    shown = [kept().find(owner, one.id) for one in every[start : start + wanted.limit]] if owner else []
    reply = ConversationsResponse(
        total=len(every), limit=wanted.limit, page=wanted.page, conversations=[_row(one) for one in shown if one]
    )
    return link_pages(send_kept(reply), page=wanted.page, limit=wanted.limit, total=len(every))


@api_conversations.delete("")
@operation("Delete all conversations", _TAG, replies={200: DeletedResponse}, problems=("not-kept",))
def delete_all() -> Response:
    """Delete all conversations of whoever asks."""
    owner = visitor.owner()
    return send(DeletedResponse(deleted=kept().delete_all(owner) if owner else 0))


@api_conversations.get("/<conversation_id>")
@operation("Get a conversation", _TAG, replies={200: ConversationResponse}, problems=_MINE, etag=True)
def conversation(conversation_id: str) -> Response:
    """A conversation with its questions. Their answers are found again one by one: ask for a turn."""
    return send_kept(_whole(own_conversation(conversation_id)))


@api_conversations.patch("/<conversation_id>")
@operation("Rename a conversation", _TAG, body=TitleRequest, replies={200: ConversationResponse}, problems=_MINE)
def rename(conversation_id: str) -> Response:
    """Give a conversation another title, of at most 80 characters: a longer one is cut after a word."""
    found = own_conversation(conversation_id)
    kept().rename(visitor.known_owner(), found.id, read_json(TitleRequest).title)
    return send(_whole(own_conversation(conversation_id)))


@api_conversations.delete("/<conversation_id>")
@operation("Delete a conversation", _TAG, replies={204: None}, problems=_MINE)
def delete(conversation_id: str) -> Response:
    """Delete a conversation with all its questions."""
    found = own_conversation(conversation_id)
    if not kept().delete(visitor.known_owner(), found.id):
        raise gone(conversation_id)
    return Response(status=204)


@api_conversations.get("/<conversation_id>/turns/<int:turn>")
@operation("Get a question of a conversation", _TAG, replies={200: TurnResponse}, problems=(*_MINE, "unknown-turn"))
def answered(conversation_id: str, turn: int) -> Response:
    """A question of a conversation, asked again of the reports as they are, and whether its answer has changed."""
    began = perf_counter()
    found = own_conversation(conversation_id)
    shown = answer_turn(found, turn)
    asked = AnsweredTurn(**dict(_turn(found, shown.turn)), changed=shown.changed)
    answer = told(shown.answer, (perf_counter() - began) * 1000, found.id)
    return send_plain({"turn": asked.model_dump(mode="json", exclude_unset=True), "answer": answer})


def _row(found: Conversation) -> ConversationRow:
    return ConversationRow(
        id=found.id,
        title=found.title,
        begun=found.begun,
        touched=found.touched,
        turns=len(found.turns),
        url=_address(found),
    )


def _whole(found: Conversation) -> ConversationResponse:
    return ConversationResponse(
        id=found.id,
        title=found.title,
        begun=found.begun,
        touched=found.touched,
        turns=[_turn(found, turn) for turn in found.turns],
        url=_address(found),
    )


def _turn(found: Conversation, turn: Turn) -> TurnModel:
    return TurnModel(
        number=turn.number,
        question=turn.question,
        filters=filters_json(turn.filters),
        asked=turn.asked,
        build=turn.build,
        url=url_for("api_conversations.answered", conversation_id=found.id, turn=turn.number),
    )


def _address(found: Conversation) -> str:
    return url_for("api_conversations.conversation", conversation_id=found.id)
