"""What people say of an answer: shown to them first as it will be kept, then kept."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from qa_service.records.feedback import MAX_NOTE, FeedbackStore, Verdict, feedback_on
from web.contract.problems import InvalidRequest
from web.pages.chat import FRAGMENT, find_conversation
from web.pages.turns import show_turn
from web.serving.index_service import service

feedback = Blueprint("feedback", __name__)


@feedback.route("/conversations/<name>/turns/<int:number>/feedback", methods=["GET", "POST"])
def give(name: str, number: int) -> str | AnyResponse:
    """Show what would be kept, or keep it."""
    found = find_conversation(name)
    turn = show_turn(found, number)
    note = request.form.get("note", "").replace("\r\n", "\n").strip()
    verdict = _verdict(request.values.get("verdict", ""))
    if len(note) > MAX_NOTE:
        raise InvalidRequest(
            f"The note has {len(note):,} characters. It can have up to {MAX_NOTE:,}.",
            field="note",
            remedy="Shorten the note.",
        )
    said = feedback_on(turn.answer, found.history(number), verdict, note)
    other = request.values.get("seen", turn.digest) != turn.digest
    if request.method == "GET" or other:  # nothing is kept of an answer that was not seen
        return render_template(
            "feedback.html", turn=turn, said=said, name=name, note=note, max_note=MAX_NOTE, other=other
        )
    FeedbackStore.open(service().data.root).add(said)
    if FRAGMENT in request.headers:
        return render_template("_thanks.html", verdict=verdict)
    return redirect(url_for("conversations.conversation", name=name, turn=number, thanks=1) + f"#t{number}", 303)


def _verdict(value: str) -> Verdict:
    try:
        return Verdict(value)
    except ValueError as error:
        named = ", ".join(Verdict)
        raise InvalidRequest(
            "We do not know this kind of feedback.", field="verdict", remedy=f"Send {named}."
        ) from error
