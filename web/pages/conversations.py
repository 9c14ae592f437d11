"""Conversations under their addresses: found again, renamed, asked again in part, deleted."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web.contract.problems import UnknownTurn
from web.guard import visitor
from web.pages.chat import FRAGMENT, added, find_conversation, render_page
from web.pages.turns import show_turn
from web.serving.conversation_store import kept

conversations = Blueprint("conversations", __name__)


@conversations.get("/conversations")
def catalogue() -> str:
    """The conversations of the browser that asks."""
    owner = visitor.owner()
    own = kept().owned_by(owner) if owner else []
    return render_template("conversations.html", conversations=own, days=kept().days)


@conversations.get("/conversations/delete")
def ask_delete_all() -> str:
    """Ask whether all are to be deleted."""
    owner = visitor.owner()
    return render_template("delete.html", found=None, count=len(kept().owned_by(owner)) if owner else 0)


@conversations.post("/conversations/delete")
def delete_all() -> AnyResponse:
    """Delete all conversations of the browser that asks."""
    if owner := visitor.owner():
        kept().delete_all(owner)
    return redirect(url_for("conversations.catalogue"), 303)


@conversations.get("/conversations/<name>")
def conversation(name: str) -> str:
    """A conversation: its last turn answered, and that which the address asks for; the others on demand."""
    found = find_conversation(name)
    edited = request.args.get("edit", type=int) or 0
    editing = found.turns[edited - 1] if 1 <= edited <= len(found.turns) else None
    return render_page(
        conversation=found,
        thanks="thanks" in request.args,
        opened=request.args.get("turn", type=int) or 0,
        editing=editing,
        question=editing.question if editing else "",
        filters=editing.filters if editing else None,
    )


@conversations.get("/conversations/<name>/turns/<int:number>")
def turn(name: str, number: int) -> str | AnyResponse:
    """One turn, answered: for the page's own script; others get the conversation with it."""
    found = find_conversation(name)
    if FRAGMENT not in request.headers:
        return redirect(url_for("conversations.conversation", name=name, turn=number) + f"#t{number}", 303)
    return render_template("_turn.html", turn=show_turn(found, number), last=number == len(found.turns))


@conversations.post("/conversations/<name>/turns/<int:number>/again")
def again(name: str, number: int) -> AnyResponse:
    """Ask a turn's question again without something that was understood of it, or with nothing carried over."""
    found = find_conversation(name)
    if not 1 <= number <= len(found.turns):
        raise UnknownTurn(f"This conversation has no question {number}.")
    asked = found.turns[number - 1]
    afresh = asked.afresh or bool(request.form.get("afresh"))
    aside = (*asked.set_aside, *(part[:200] for part in request.form.getlist("aside")[:20]))
    question = found.asked(number, asked.question, asked.filters, set_aside=tuple(dict.fromkeys(aside)), afresh=afresh)
    return added(found, question, number, afresh=afresh)


@conversations.post("/conversations/<name>/rename")
def rename(name: str) -> AnyResponse:
    """Give a conversation another title."""
    found = find_conversation(name)
    if title := request.form.get("title", "").strip():
        kept().rename(visitor.known_owner(), found.id, title)
    return redirect(url_for("conversations.catalogue"), 303)


@conversations.get("/conversations/<name>/delete")
def ask_delete(name: str) -> str:
    """Ask whether a conversation is to be deleted."""
    return render_template("delete.html", found=find_conversation(name), count=1)


@conversations.post("/conversations/<name>/delete")
def delete(name: str) -> AnyResponse:
    """Delete a conversation."""
    found = find_conversation(name)
    kept().delete(visitor.known_owner(), found.id)
    return redirect(url_for("conversations.catalogue"), 303)
