"""The page where people ask."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from qa_service.examples import example_questions
from qa_service.samples import only_samples
from qa_service.types import MAX_QUESTION, Answer, Citation, Question, Statement, StatementKind
from web.errors import problem_of
from web.problems import InvalidQuestion
from web.schemas import MAX_HISTORY
from web.service import answerer

pages = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer as the page shows them."""

    id: str
    """Tells the anchors of one turn from another's."""
    answer: Answer

    @property
    def understood(self) -> list[str]:
        """What was taken from the question's own wording, and is not told as carried over."""
        carried = " ".join(self.answer.carried_over)
        return [part for part in self.answer.understood if part not in carried]

    @property
    def quotes(self) -> list[Statement]:
        """Statements in the reports' own words."""
        return [statement for statement in self.answer.statements if statement.kind is StatementKind.QUOTE]

    @property
    def findings(self) -> list[Statement]:
        """Grades."""
        return [statement for statement in self.answer.statements if statement.kind is StatementKind.FINDING]

    @property
    def cited(self) -> list[Citation]:
        """Passages that the answer rests on."""
        numbers = {number for statement in self.answer.statements for number in statement.citations}
        return [citation for citation in self.answer.citations if citation.number in numbers]

    @property
    def others(self) -> list[Citation]:
        """Passages found and not used."""
        used = {citation.number for citation in self.cited}
        return [citation for citation in self.answer.citations if citation.number not in used]

    def citation(self, number: int) -> Citation:
        """A passage by the number that it is cited by."""
        return self.answer.citations[number - 1]


@pages.get("/")
def chat() -> str:
    """The page before anything was asked."""
    return _page()


@pages.get("/ask")
def ask_again() -> AnyResponse:
    """Whoever opens the address of an answer finds the question box: answers have no address of their own."""
    return redirect(url_for("pages.chat"), 303)


@pages.post("/ask")
def ask() -> str | tuple[str, int] | Response:
    """Answer a question: a whole page, or for the page's own script the new turn alone."""
    fragment = "X-Fragment" in request.headers
    # A meaning chosen from those offered comes after the empty box of the same form.
    text = next((said for said in map(_plain, reversed(request.form.getlist("question"))) if said), "")
    history = _history()
    try:
        question = _question(text, history)
    except InvalidQuestion as error:
        if fragment:
            raise
        problem = problem_of(error)
        return _page(question=text, history=history, problem=problem), problem.status
    turn = Turn(secrets.token_hex(4), answerer().answer(question))
    if fragment:
        return render_template("_turn.html", turn=turn)
    return _page(turn=turn, history=history)


def _question(text: str, history: tuple[str, ...]) -> Question:
    if not text.strip():
        raise InvalidQuestion("The question is empty.", field="question", remedy="Type what you want to know.")
    if len(text) > MAX_QUESTION:
        raise InvalidQuestion(
            f"The question has {len(text):,} characters; the most is {MAX_QUESTION:,}.",
            field="question",
            remedy="Shorten it, or ask it in parts.",
        )
    return Question(text, history=history)


def _history() -> tuple[str, ...]:
    """The conversation's earlier questions, as the page itself sent them: the last ones that fit."""
    earlier = (_plain(text) for text in request.form.getlist("history"))
    return tuple(text for text in earlier if text.strip() and len(text) <= MAX_QUESTION)[-MAX_HISTORY:]


def _plain(text: str) -> str:
    """A form's text with single line ends and no blank ends."""
    return text.replace("\r\n", "\n").strip()


def _page(**shown: object) -> str:
    reports = answerer().index.store.reports
    return render_template(
        "chat.html",
        examples=example_questions(reports),
        only_samples=only_samples(reports),
        report_count=len(reports),
        max_question=MAX_QUESTION,
        **shown,
    )
