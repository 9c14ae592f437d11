"""The pages of saved questions: save one, see what is different in its answer, mark it as read, delete it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from corpus.types import Report
from qa_service.records.answer_snapshots import AnswerChange, differences
from qa_service.records.saved_questions import MAX_SAVED
from qa_service.types import Citation, Question, Statement
from web.contract.problems import UnknownTurn
from web.guard import visitor
from web.pages.chat import check_question, find_conversation, question_in
from web.serving.index_service import answerer
from web.serving.links import page_url
from web.serving.saved_questions import check, days_of_cookie, find_saved, mark_read, own_saved, save, saved_store

saved = Blueprint("saved", __name__)
_SHOWN = 30
"""Maximum number of statements to show from the answer as it is now. Statements that are different are always shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement in the earlier answer came from. Its words are not kept."""

    report: Report | None
    """None if the report was removed, or if the person is no longer allowed to see it."""
    page: int
    url: str


@saved.get("/saved")
def catalogue() -> str:
    """List the person's own saved questions."""
    return render_template("saved.html", saved=own_saved(), days=saved_store().days, most=MAX_SAVED)


@saved.post("/saved")
def save_question() -> AnyResponse:
    """Save a question on its own."""
    text = question_in(request.form, "question")
    check_question(text)
    return _saved(Question(text))


@saved.post("/conversations/<name>/turns/<int:number>/save")
def save_turn(name: str, number: int) -> AnyResponse:
    """Save the question of a turn, with its history and filters."""
    try:
        return _saved(find_conversation(name).question(number))
    except LookupError as error:
        raise UnknownTurn(f"This conversation has no question {number}.") from error


def _saved(question: Question) -> AnyResponse:
    """Save a question, and show the list of saved questions."""
    found = save(question)
    response = make_response(redirect(url_for("saved.catalogue") + f"#s-{found.id}", 303))
    return visitor.keep_cookie(response, days_of_cookie())


@saved.get("/saved/delete")
def ask_delete_all() -> str:
    """Ask the person to confirm that all saved questions should be deleted."""
    return render_template("delete_saved.html", count=len(own_saved()))


@saved.post("/saved/delete")
def delete_all() -> AnyResponse:
    """Delete all the person's own saved questions."""
    if owner := visitor.owner():
        saved_store().delete_all(owner)
    return redirect(url_for("saved.catalogue"), 303)


@saved.get("/saved/<name>")
def question(name: str) -> str:
    """Show what is different in the answer to a saved question, and the answer as it is now."""
    found = find_saved(name)
    change = check(found)
    moved = [move.statement for move in change.grades]
    added = [statement for statement in change.added if statement not in moved]
    return render_template(
        "saved_question.html",
        saved=found,
        answer=change.now,
        change=change,
        differences=differences(change),
        added=[_cited(change, statement) for statement in added],
        moves=[(move, _place(move.trace.report_id, move.trace.page), _cited(change, move.statement)[1])
               for move in change.grades],
        gone=[_place(trace.report_id, trace.page) for trace in change.gone
              if trace not in [move.trace for move in change.grades]],
        stated_now=[_cited(change, statement) for statement in change.now.statements[:_SHOWN]],
        days=saved_store().days,
    )  # fmt: skip


@saved.post("/saved/<name>/read")
def read(name: str) -> AnyResponse:
    """From now on, compare the answer to a saved question with today's answer."""
    mark_read(find_saved(name))
    return redirect(url_for("news.catalogue") + "#saved", 303)


@saved.post("/saved/<name>/delete")
def delete(name: str) -> AnyResponse:
    """Delete a saved question."""
    saved_store().delete(visitor.owner_or_new(), find_saved(name).id)
    return redirect(url_for("saved.catalogue"), 303)


def _cited(change: AnswerChange, statement: Statement) -> tuple[Statement, Citation]:
    return statement, change.now.citations[statement.citations[0] - 1]


def _place(report_id: str, page: int) -> Place:
    report = answerer().index.store.report(report_id)
    return Place(report, page, page_url(report_id, page) if report else "")
