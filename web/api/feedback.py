"""The JSON interface for feedback on answers."""

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
from web.contract.responses import model_response
from web.serving.answer_pool import answer_question
from web.serving.answered_turns import answer_turn
from web.serving.index_service import current_service

api_feedback = Blueprint("api_feedback", __name__, url_prefix="/api/v1")
api_feedback.before_request(refuse_unknown_parameters)


@api_feedback.post("/feedback")
@operation(
    "Give feedback on an answer", "Feedback", body=(QuestionFeedback, TurnFeedback),
    replies={201: FeedbackResponse},
    problems=("invalid-question", "invalid-filters", "unknown-conversation", "unknown-turn", "not-kept"),
)  # fmt: skip
def feedback() -> Response:
    """Save feedback on the answer to a question or to a turn in a conversation, with the words that the answer quotes.

    The reply contains everything that we save. We answer the question again, so the quotes come from the current index.
    """
    given = _on_turn(read_json(TurnFeedback)) if _names_turn() else _on_question(read_json(QuestionFeedback))
    FeedbackStore.open(current_service().data.root).add(given)
    quotes = [QuotedWords(report_id=q.report_id, file=q.file, page=q.page, text=q.text) for q in given.quotes]
    return model_response(
        FeedbackResponse(
            verdict=given.verdict,
            note=given.note,
            question=given.question,
            history=list(given.history),
            status=given.status,
            build=given.build,
            quotes=quotes,
        ),
        201,
    )


def _names_turn() -> bool:
    """Return whether the body refers to a turn.

    If the body is not JSON, the code that parses it later raises a problem.
    """
    try:
        body = from_json(request.get_data())
    except ValueError:
        return False
    return isinstance(body, dict) and not body.keys().isdisjoint(("conversation_id", "turn"))


def _on_turn(body: TurnFeedback) -> Feedback:
    conversation = own_conversation(body.conversation_id)
    answer = answer_turn(conversation, body.turn).answer
    return feedback_on(answer, conversation.history(body.turn), body.verdict, body.note.strip())


def _on_question(body: QuestionFeedback) -> Feedback:
    history = questions_of(body.history)
    answer = answer_question(Question(body.question, history, body.filters.to_filters()))
    return feedback_on(answer, history, body.verdict, body.note.strip())
