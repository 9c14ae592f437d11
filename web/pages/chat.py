"""The page where people ask."""

from __future__ import annotations

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
from web.serving.answer_pool import answered
from web.serving.conversation_store import kept
from web.serving.index_service import answerer

pages = Blueprint("pages", __name__)
FRAGMENT = "X-Fragment"
"""The header by which the page's own script asks for a part of a page alone."""
_ADDRESS = "X-Conversation"
"""The header that tells the script where the conversation is from now on."""


@pages.get("/")
def chat() -> str:
    """The page before anything was asked."""
    return render_page()


@pages.get("/ask")
def ask_again() -> AnyResponse:
    """Whoever opens the address that questions are sent to finds the question box."""
    return redirect(url_for("pages.chat"), 303)


@pages.get("/privacy")
def privacy() -> str:
    """What is kept of those who ask, and for how long."""
    return render_template("privacy.html", days=kept().days)


@pages.get("/filters")
def filters_again() -> AnyResponse:
    """Whoever opens the address that filters are sent to finds the question box."""
    return redirect(url_for("pages.chat"), 303)


@pages.post("/filters")
def set_filters() -> str:
    """The form with other filters: for the page's own script, or as a whole page where there is none."""
    filters = read_filters(request.form)
    if FRAGMENT in request.headers:
        return render_template("_filters.html", panel=filter_panel(answerer().index.store.reports, filters))
    conversation = _named_conversation()
    editing = _editing(conversation)
    return render_page(
        filters=filters, conversation=conversation, editing=editing, question=_asked(), open_filters=True
    )


@pages.post("/ask")
def ask() -> AnyResponse | tuple[str, int]:
    """Answer a question and keep it in its conversation: the new turn for the script, else the conversation's page."""
    filters, conversation, text = read_filters(request.form), _named_conversation(), _asked()
    editing = _editing(conversation)
    try:
        _check(text)
    except InvalidQuestion as error:
        if FRAGMENT in request.headers:
            raise
        problem = problem_of(error, request_id())
        page = render_page(question=text, conversation=conversation, editing=editing, filters=filters, problem=problem)
        return page, problem.status
    if conversation is None:
        return added(None, Question(text, filters=filters), 1)
    number = editing.number if editing else len(conversation.turns) + 1
    return added(conversation, conversation.asked(number, text, filters), number)


def added(conversation: Conversation | None, question: Question, number: int, *, afresh: bool = False) -> AnyResponse:
    """Answer a question, keep it as that turn of its conversation or begin one with it, and show that.

    What it takes the place of goes only once the answer is there.
    """
    answer = answered(question)
    owner = visitor.known_owner()
    name = conversation.id if conversation else kept().begin(owner, question.text)
    last = len(conversation.turns) if conversation else 0
    try:
        turn = kept().add(owner, name, question, answer, afresh=afresh, number=number, last=last)
    except LookupError as error:
        raise UnknownConversation("The conversation was deleted before we could save your question.") from error
    except ConversationMoved as error:
        raise MovedConversation(
            "Another question was asked in this conversation first, perhaps in another window."
        ) from error
    except ValueError as error:
        raise InvalidQuestion(f"We could not save this question: {error}.", field="question") from error
    address = url_for("conversations.conversation", name=name)
    if FRAGMENT in request.headers:
        response = make_response(render_template("_turn.html", turn=ShownTurn(name, turn, answer), last=True))
        response.headers[_ADDRESS] = address
    else:
        response = make_response(redirect(f"{address}#latest", 303))
    return visitor.keep(response, kept().days)


def _named_conversation() -> Conversation | None:
    """The conversation that a form goes on with; None where it begins one."""
    name = request.form.get("conversation", "")
    return find_conversation(name) if name else None


def _editing(conversation: Conversation | None) -> Turn | None:
    """The turn that a form asks in other words."""
    number = request.form.get("replaces", type=int) or 0
    return conversation.turns[number - 1] if conversation and 1 <= number <= len(conversation.turns) else None


def find_conversation(name: str) -> Conversation:
    """A conversation of the browser that asks. Raises UnknownConversation, whoever else may have one of that name."""
    owner = visitor.owner()
    found = kept().find(owner, name) if owner and len(name) <= _LONGEST_NAME else None
    if found is None:
        raise UnknownConversation("You have no conversation at this address.")
    return found


_LONGEST_NAME = 64


def render_page(
    *, conversation: Conversation | None = None, opened: int = 0, filters: Filters | None = None, **more: object
) -> str:
    """The page with the question box, and a conversation of which the last turn and that ``opened`` are answered."""
    answered = {}
    if conversation:
        numbers = (turn.number for turn in conversation.turns if turn.number in (len(conversation.turns), opened))
        answered = {number: show_turn(conversation, number) for number in numbers}
    reports = answerer().index.store.reports
    if filters is None:
        filters = conversation.turns[-1].filters if conversation and conversation.turns else Filters()
    return render_template(
        "chat.html",
        conversation=conversation,
        turns=answered,
        panel=filter_panel(reports, filters),
        examples=example_questions(reports),
        only_samples=only_samples(reports),
        report_count=len(reports),
        max_question=MAX_QUESTION,
        days=kept().days,
        **more,
    )


def _asked() -> str:
    """The question sent: a meaning chosen from those offered, else what stands in the box."""
    return _plain(request.form.get("choice", "")) or _plain(request.form.get("question", ""))


def _check(text: str) -> None:
    if not text.strip():
        raise InvalidQuestion("The question is empty.", field="question", remedy="Enter a question.")
    if len(text) > MAX_QUESTION:
        raise InvalidQuestion(
            f"The question has {len(text):,} characters. It can have up to {MAX_QUESTION:,}.",
            field="question",
            remedy="Shorten it, or split it into several questions.",
        )


def _plain(text: str) -> str:
    """A form's text with single line ends and no blank ends."""
    return text.replace("\r\n", "\n").strip()
