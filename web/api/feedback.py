"""The JSON interface for what people say of answers."""

from __future__ import annotations

from flask import Blueprint, Response, request
from pydantic_core import from_json

from qa_service.records.feedback import Feedback, FeedbackStore, feedback_on
from qa_service.types import Question
from web.api.asking import own_conversation
from web.contract.conversation_responses import FeedbackResponse, QuotedWords
from web.contract.operation import operation
from web.contract.parsing import read_json, refuse_unknown_parameters
from web.contract.requests import QuestionFeedback, TurnFeedback, questions_of
from web.contract.responses import send
from web.serving.answer_pool import answered
from web.serving.answered_turns import answer_turn
from web.serving.index_service import service

api_feedback = Blueprint("api_feedback", __name__, url_prefix="/api/v1")
api_feedback.before_request(refuse_unknown_parameters)


@api_feedback.post("/feedback")
@operation(
    "Give feedback on an answer", "Feedback", body=(QuestionFeedback, TurnFeedback),
    replies={201: FeedbackResponse},
    problems=("invalid-question", "invalid-filters", "unknown-conversation", "unknown-turn", "not-kept"),
)  # fmt: skip
def feedback() -> Response:
    """Keep a verdict on an answer, with the words that the answer shows: of a question asked alone, or of a turn.

    What is given back is all that is kept. The question is asked again, so that those words are of the index as it is.
    """
    said = _of_turn(read_json(TurnFeedback)) if _names_turn() else _of_question(read_json(QuestionFeedback))
    FeedbackStore.open(service().data.root).add(said)
    quotes = [QuotedWords(report_id=q.report_id, file=q.file, page=q.page, text=q.text) for q in said.quotes]
    return send(
        FeedbackResponse(
            verdict=said.verdict,
            note=said.note,
            question=said.question,
            history=list(said.history),
            status=said.status,
            build=said.build,
            quotes=quotes,
        ),
        201,
    )


def _names_turn() -> bool:
    """Whether the body is meant as that of a turn; where it is no JSON at all, reading it says so."""
    try:
        body = from_json(request.get_data())
    except ValueError:
        return False
    return isinstance(body, dict) and not body.keys().isdisjoint(("conversation_id", "turn"))


def _of_turn(given: TurnFeedback) -> Feedback:
    found = own_conversation(given.conversation_id)
    turn = answer_turn(found, given.turn)
    return feedback_on(turn.answer, found.history(given.turn), given.verdict, given.note.strip())


def _of_question(given: QuestionFeedback) -> Feedback:
    history = questions_of(given.history)
    answer = answered(Question(given.question, history, given.filters.to_filters()))
    return feedback_on(answer, history, given.verdict, given.note.strip())
