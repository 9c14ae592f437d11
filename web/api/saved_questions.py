"""The JSON interface for a person's own saved questions."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from qa_service.answer_json.filters import filters_json
from qa_service.records.answer_snapshots import AnswerChange, Trace, differences
from qa_service.records.saved_questions import MAX_SAVED, SavedQuestion
from qa_service.types import Statement
from web.contract import saved_responses as replies
from web.contract.conversation_responses import DeletedResponse
from web.contract.operation import operation
from web.contract.parsing import read_json, read_parameters, refuse_unknown_parameters
from web.contract.requests import SavedRequest, SaveRequest
from web.contract.responses import model_response
from web.guard import visitor
from web.serving.index_service import answerer
from web.serving.links import page_url
from web.serving.saved_questions import (
    Checked,
    check,
    check_all,
    find_saved,
    mark_read,
    own_saved,
    save,
    saved_store,
)

api_saved = Blueprint("api_saved", __name__, url_prefix="/api/v1/saved-questions")
api_saved.before_request(refuse_unknown_parameters)
_TAG = "Saved questions"
_MINE = ("unknown-saved-question", "not-kept")
_PATIENCE = 60.0
"""Seconds after which a list of saved questions stops asking them again."""


@api_saved.get("")
@operation(
    "List the saved questions", _TAG, params=SavedRequest, replies={200: replies.SavedQuestionsResponse},
    problems=("invalid-request", "not-kept"),
)  # fmt: skip
def saved_questions() -> Response:
    """List your saved questions, with the last one saved first.

    With “check=true”, they are asked again to see which answers are different.
    """
    found = own_saved()
    ask = read_parameters(SavedRequest).check
    checked = check_all(found, _PATIENCE) if ask else [Checked(each, asked=False) for each in found]
    rows = [
        replies.SavedQuestionRow(
            **dict(_model(each.saved)), different=(each.change is not None) if each.asked else None
        )
        for each in checked
    ]
    return model_response(replies.SavedQuestionsResponse(total=len(rows), limit=MAX_SAVED, questions=rows))


@api_saved.post("")
@operation(
    "Save a question", _TAG, body=SaveRequest, replies={201: replies.SavedQuestionModel},
    problems=("invalid-question", "invalid-filters", "too-many-saved", "not-kept"),
)  # fmt: skip
def save_question() -> Response:
    """Save a question, to see later if its answer has changed. If you have already saved it, you get the saved one."""
    found = save(read_json(SaveRequest).to_question())
    return model_response(_model(found), 201)


@api_saved.delete("")
@operation("Delete all saved questions", _TAG, replies={200: DeletedResponse}, problems=("not-kept",))
def delete_all() -> Response:
    """Delete all your saved questions."""
    owner = visitor.owner()
    return model_response(DeletedResponse(deleted=saved_store().delete_all(owner) if owner else 0))


@api_saved.get("/<saved_id>")
@operation("Get what is different", _TAG, replies={200: replies.SavedQuestionResponse}, problems=_MINE)
def saved_question(saved_id: str) -> Response:
    """Ask a saved question again, and get what is different from the answer that you last read."""
    found = find_saved(saved_id)
    change = check(found)
    return model_response(
        replies.SavedQuestionResponse(
            **dict(_model(found)),
            different=change.is_different if change.comparable else None,
            differences=differences(change),
            added=[_now(change, statement) for statement in change.added],
            gone=[_before(trace) for trace in change.gone],
            grades=[
                replies.GradeMoveModel(authority=m.authority, area=m.area.key, before=m.before, after=m.after)
                for m in change.grades
            ],
        )
    )


@api_saved.post("/<saved_id>/read")
@operation("Mark an answer as read", _TAG, replies={200: replies.SavedQuestionModel}, problems=_MINE)
def read(saved_id: str) -> Response:
    """Mark the answer to a saved question as read. From now on, we compare with today's answer."""
    mark_read(find_saved(saved_id))
    return model_response(_model(find_saved(saved_id)))


@api_saved.delete("/<saved_id>")
@operation("Delete a saved question", _TAG, replies={204: None}, problems=_MINE)
def delete(saved_id: str) -> Response:
    """Delete a saved question."""
    saved_store().delete(visitor.owner_or_new(), find_saved(saved_id).id)
    return Response(status=204)


def _model(saved: SavedQuestion) -> replies.SavedQuestionModel:
    return replies.SavedQuestionModel(
        id=saved.id,
        question=saved.question.text,
        history=list(saved.question.history),
        filters=filters_json(saved.question.filters),
        saved=saved.saved,
        read=saved.read,
        url=url_for("api_saved.saved_question", saved_id=saved.id),
    )


def _now(change: AnswerChange, statement: Statement) -> replies.StatementNow:
    cited = change.now.citations[statement.citations[0] - 1]
    page = statement.quotes[0].page if statement.quotes else cited.page
    return replies.StatementNow(
        text=statement.text, report_id=cited.report.id, page=page, url=page_url(cited.report.id, page)
    )


def _before(trace: Trace) -> replies.StatementBefore:
    is_visible = answerer().index.store.report(trace.report_id) is not None
    return replies.StatementBefore(
        report_id=trace.report_id if is_visible else None,
        page=trace.page,
        url=page_url(trace.report_id, trace.page) if is_visible else None,
    )
