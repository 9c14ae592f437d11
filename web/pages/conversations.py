"""Pages for listing, showing, renaming and deleting conversations, and for showing their turns."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from qa_service.records.conversations import MAX_TITLE
from web.contract.problems import UnknownTurn
from web.guard import visitor
from web.pages.chat import FRAGMENT, answer_and_save, check_question, find_conversation, question_in, render_page
from web.pages.turns import part_in_address, show_turn
from web.serving.conversation_store import conversation_store

conversations = Blueprint("conversations", __name__)


@conversations.get("/conversations")
def catalogue() -> str:
    """List the person's own conversations."""
    owner = visitor.owner()
    return render_template(
        "conversations.html",
        conversations=conversation_store().owned_by(owner) if owner else [],
        days=conversation_store().days,
        max_title=MAX_TITLE,
    )


@conversations.get("/conversations/delete")
def ask_delete_all() -> str:
    """Ask the person to confirm that all conversations should be deleted."""
    owner = visitor.owner()
    return render_template("delete.html", found=None, count=len(conversation_store().owned_by(owner)) if owner else 0)


@conversations.post("/conversations/delete")
def delete_all() -> AnyResponse:
    """Delete all the person's own conversations."""
    if owner := visitor.owner():
        conversation_store().delete_all(owner)
    return redirect(url_for("conversations.catalogue"), 303)


@conversations.get("/conversations/<name>")
def conversation(name: str) -> str:
    """Show a conversation, with answers to its last turn and the turn in the address. Other answers load on demand."""
    conversation = find_conversation(name)
    edited = request.args.get("edit", type=int) or 0
    editing = conversation.turns[edited - 1] if 1 <= edited <= len(conversation.turns) else None
    return render_page(
        conversation=conversation,
        thanks="thanks" in request.args,
        opened=request.args.get("turn", type=int) or 0,
        part=part_in_address(),
        editing=editing,
        question=editing.question if editing else "",
        filters=editing.filters if editing else None,
    )


@conversations.get("/conversations/<name>/turns/<int:number>")
def turn(name: str, number: int) -> str | AnyResponse:
    """Show a turn and its answer.

    The page's own script gets only the turn; other clients get the whole conversation.
    """
    conversation = find_conversation(name)
    if FRAGMENT not in request.headers:
        part: dict[str, Any] = {key: request.args[key] for key in ("offset", "all") if key in request.args}
        # A link to a part of a list has its own fragment. Browsers keep it if a redirect has none.
        fragment = "" if part else f"#t{number}"
        return redirect(url_for("conversations.conversation", name=name, turn=number, **part) + fragment, 303)
    shown = show_turn(conversation, number, part_in_address())
    return render_template("_turn.html", turn=shown, last=number == len(conversation.turns))


@conversations.post("/conversations/<name>/turns/<int:number>/again")
def again(name: str, number: int) -> AnyResponse:
    """Ask the question in a turn again, after the person has changed our interpretation.

    The form can leave out parts of our interpretation or the earlier questions, turn off our spelling corrections, or
    replace a time in the question with another.
    """
    conversation = find_conversation(name)
    if not 1 <= number <= len(conversation.turns):
        raise UnknownTurn(f"This conversation has no question {number}.")
    turn = conversation.turns[number - 1]
    afresh = turn.afresh or bool(request.form.get("afresh"))
    set_aside = (*turn.set_aside, *(part[:200] for part in request.form.getlist("aside")[:20]))
    text = question_in(request.form, "reading") or turn.question
    check_question(text)
    question = conversation.asked(
        number,
        text,
        turn.filters,
        set_aside=tuple(dict.fromkeys(set_aside)),
        afresh=afresh,
        verbatim=turn.verbatim or bool(request.form.get("verbatim")),
    )
    return answer_and_save(conversation, question, number, afresh=afresh)


@conversations.post("/conversations/<name>/rename")
def rename(name: str) -> AnyResponse:
    """Change the title of a conversation."""
    conversation = find_conversation(name)
    if title := request.form.get("title", "").strip():
        conversation_store().rename(visitor.owner_or_new(), conversation.id, title)
    return redirect(url_for("conversations.catalogue"), 303)


@conversations.get("/conversations/<name>/delete")
def ask_delete(name: str) -> str:
    """Ask the person to confirm that a conversation should be deleted."""
    return render_template("delete.html", found=find_conversation(name), count=1)


@conversations.post("/conversations/<name>/delete")
def delete(name: str) -> AnyResponse:
    """Delete a conversation."""
    conversation = find_conversation(name)
    conversation_store().delete(visitor.owner_or_new(), conversation.id)
    return redirect(url_for("conversations.catalogue"), 303)
