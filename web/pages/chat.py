"""The page where people ask questions."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from index.types import Filters
from qa_service.errors import ConversationMoved
from qa_service.samples import only_samples
from qa_service.types import MAX_QUESTION, Conversation, Question, Turn
from web.contract.problem_details import problem_of
from web.contract.problems import InvalidQuestion, MovedConversation, UnknownConversation
from web.guard import visitor
from web.observability.request_ids import request_id
from web.pages.examples import example_questions
from web.pages.filters import filter_panel, read_filters
from web.pages.turns import ShownTurn, show_turn
from web.serving.answer_pool import answer_question
from web.serving.answered_turns import FIRST_PAGE, ListPart
from web.serving.conversation_store import conversation_store
from web.serving.index_service import answerer
from web.serving.saved_questions import days_of_cookie, saved_store

pages = Blueprint("pages", __name__)
FRAGMENT = "X-Fragment"
"""The header that the page's own script sends to ask for only part of a page."""
_ADDRESS = "X-Conversation"
"""The header that gives the script the address of the conversation."""
_MAX_NAME = 64
"""Maximum number of characters in a conversation's id in an address."""


@pages.get("/")
def chat() -> str:
    """Show the page with an empty question box."""
    return render_page()


@pages.get("/ask")
def ask_again() -> AnyResponse:
    """Redirect people to the question box if they open the address of the question form."""
    return redirect(url_for("pages.chat"), 303)


@pages.get("/privacy")
def privacy() -> str:
    """Explain what we keep about people, and for how long."""
    return render_template("privacy.html", days=conversation_store().days, saved_days=saved_store().days)


@pages.get("/filters")
def filters_again() -> AnyResponse:
    """Redirect people to the question box if they open the address of the filter form."""
    return redirect(url_for("pages.chat"), 303)


@pages.post("/filters")
def set_filters() -> str:
    """Show the filters after a change.

    The page's own script gets only the filters; other clients get the whole page.
    """
    filters = read_filters(request.form)
    if FRAGMENT in request.headers:
        return render_template("_filters.html", panel=filter_panel(answerer().index.store.reports, filters))
    conversation = _conversation_in_form()
    editing = _edited_turn(conversation)
    return render_page(
        filters=filters, conversation=conversation, editing=editing, question=_question_in_form(), open_filters=True
    )


@pages.post("/ask")
def ask() -> AnyResponse | tuple[str, int]:
    """Answer a question and save it. The page's own script gets the new turn; other clients get the whole page."""
    filters, conversation, text = read_filters(request.form), _conversation_in_form(), _question_in_form()
    editing = _edited_turn(conversation)
    try:
        check_question(text)
    except InvalidQuestion as error:
        if FRAGMENT in request.headers:
            raise
        problem = problem_of(error, request_id())
        page = render_page(question=text, conversation=conversation, editing=editing, filters=filters, problem=problem)
        return page, problem.status
    if conversation is None:
        return answer_and_save(None, Question(text, filters=filters), 1)
    number = editing.number if editing else len(conversation.turns) + 1
    return answer_and_save(conversation, conversation.asked(number, text, filters), number)


def answer_and_save(
    conversation: Conversation | None, question: Question, number: int, *, afresh: bool = False
) -> AnyResponse:
    """Answer a question, save it as turn ``number`` in its conversation or in a new one, and show the turn.

    If the question replaces a turn, that turn is deleted only after the answer has been found.
    """
    answer = answer_question(question)
    owner = visitor.owner_or_new()
    name = conversation.id if conversation else conversation_store().begin(owner, question.text)
    last = len(conversation.turns) if conversation else 0
    try:
        turn = conversation_store().add(owner, name, question, answer, afresh=afresh, number=number, last=last)
    except LookupError as error:
        raise UnknownConversation("The conversation was deleted before we could save your question.") from error
    except ConversationMoved as error:
        raise MovedConversation(
            "Another question was asked in this conversation first, perhaps in another window."
        ) from error
    except ValueError as error:
        remedy = "Start a new conversation to ask your question."
        raise InvalidQuestion(str(error), field="question", remedy=remedy) from error
    address = url_for("conversations.conversation", name=name)
    if FRAGMENT in request.headers:
        response = make_response(render_template("_turn.html", turn=ShownTurn(name, turn, answer), last=True))
        response.headers[_ADDRESS] = address
    else:
        response = make_response(redirect(f"{address}#latest", 303))
    return visitor.keep_cookie(response, days_of_cookie())


def _conversation_in_form() -> Conversation | None:
    """Return the conversation that a form continues. None if the form starts a new conversation."""
    name = request.form.get("conversation", "")
    return find_conversation(name) if name else None


def _edited_turn(conversation: Conversation | None) -> Turn | None:
    """Return the turn that a form edits, or None if it edits none."""
    number = request.form.get("replaces", type=int) or 0
    return conversation.turns[number - 1] if conversation and 1 <= number <= len(conversation.turns) else None


def find_conversation(name: str) -> Conversation:
    """Return the conversation with the given id.

    Raises UnknownConversation if it does not exist or is someone else's.
    """
    owner = visitor.owner()
    conversation = conversation_store().find(owner, name) if owner and len(name) <= _MAX_NAME else None
    if conversation is None:
        raise UnknownConversation("You have no conversation at this address.")
    return conversation


def render_page(
    *,
    conversation: Conversation | None = None,
    opened: int = 0,
    part: ListPart = FIRST_PAGE,
    filters: Filters | None = None,
    **more: object,
) -> str:
    """Return the page with the question box and a conversation.

    The last turn and the turn numbered ``opened`` include answers. ``part`` is the part of a list that turn ``opened``
    shows.
    """
    answered_turns = {}
    if conversation:
        numbers = (turn.number for turn in conversation.turns if turn.number in (len(conversation.turns), opened))
        parts = {opened: part}
        answered_turns = {number: show_turn(conversation, number, parts.get(number, FIRST_PAGE)) for number in numbers}
    reports = answerer().index.store.reports
    if filters is None:
        filters = conversation.turns[-1].filters if conversation and conversation.turns else Filters()
    return render_template(
        "chat.html",
        conversation=conversation,
        turns=answered_turns,
        panel=filter_panel(reports, filters),
        examples=example_questions(reports),
        only_samples=only_samples(reports),
        report_count=len(reports),
        days=conversation_store().days,
        **more,
    )


def _question_in_form() -> str:
    """Return the question that a form sent: the meaning that the person chose or, if none, the text in the box."""
    return question_in(request.form, "choice") or question_in(request.form, "question")


def question_in(form: Mapping[str, str], field: str) -> str:
    """Return the question in a field of a form, with plain line breaks and no white space around it."""
    return form.get(field, "").replace("\r\n", "\n").strip()


def check_question(text: str) -> None:
    """Raise InvalidQuestion if a question is empty or too long."""
    if not text.strip():
        raise InvalidQuestion("The question is empty.", field="question", remedy="Enter a question.")
    if len(text) > MAX_QUESTION:
        raise InvalidQuestion(
            f"The question has {len(text):,} characters. It can have up to {MAX_QUESTION:,}.",
            field="question",
            remedy="Shorten it, or split it into several questions.",
        )
