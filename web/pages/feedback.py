"""Feedback on an answer. Before people send it, they see what we will save."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from qa_service.records.feedback import MAX_NOTE, FeedbackStore, Verdict, feedback_on
from qa_service.wording import in_list
from web.contract.problems import InvalidRequest
from web.pages.chat import FRAGMENT, find_conversation
from web.pages.turns import show_turn
from web.serving.index_service import current_service

feedback = Blueprint("feedback", __name__)


@feedback.route("/conversations/<name>/turns/<int:number>/feedback", methods=["GET", "POST"])
def give(name: str, number: int) -> str | AnyResponse:
    """Show what we will save or, once the person has seen it, save it."""
    conversation = find_conversation(name)
    turn = show_turn(conversation, number)
    note = request.form.get("note", "").replace("\r\n", "\n").strip()
    verdict = _verdict(request.values.get("verdict", ""))
    if len(note) > MAX_NOTE:
        raise InvalidRequest(
            f"The note has {len(note):,} characters. It can have up to {MAX_NOTE:,}.",
            field="note",
            remedy="Shorten the note.",
        )
    given = feedback_on(turn.answer, conversation.history(number), verdict, note)
    changed = request.values.get("seen", turn.digest) != turn.digest
    if request.method == "GET" or changed:  # we save nothing about an answer that the person has not seen
        return render_template(
            "feedback.html", turn=turn, said=given, name=name, note=note, max_note=MAX_NOTE, other=changed
        )
    FeedbackStore.open(current_service().data.root).add(given)
    if FRAGMENT in request.headers:
        return render_template("_thanks.html", verdict=verdict)
    return redirect(url_for("conversations.conversation", name=name, turn=number, thanks=1) + f"#t{number}", 303)


def _verdict(value: str) -> Verdict:
    try:
        return Verdict(value)
    except ValueError as error:
        raise InvalidRequest(
            "We do not recognise this type of feedback.", field="verdict", remedy=f"Send {in_list([*Verdict], 'or')}."
        ) from error
