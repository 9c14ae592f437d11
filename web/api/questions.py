"""The JSON interface for questions."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import Response, current_app, request

from web.api.asking import answer_without_saving, ask
from web.api.blueprint import api
from web.contract.answer_responses import AnswerResponse, AnswersResponse
from web.contract.operation import operation
from web.contract.parsing import read_addressed, read_json, read_parameters, read_part
from web.contract.problem_details import problem_of
from web.contract.problems import RequestProblem
from web.contract.requests import AddressedQuery, QueriesRequest, QueryParameters, QueryRequest
from web.contract.responses import json_response
from web.observability.request_ids import request_id

MAX_BATCH_BODY = 256 * 1024
"""Maximum size in bytes of a request with a batch of questions."""
_TAG = "Questions"
_PROBLEMS = ("invalid-question", "invalid-filters", "unknown-conversation", "conversation-moved", "not-kept")


@api.post("/query")
@operation(
    "Answer a question", _TAG, body=QueryRequest, replies={200: AnswerResponse}, problems=_PROBLEMS
)  # fmt: skip
def query() -> Response:
    """Answer a question in the reports' own words and cite a page for each sentence, or say why there is no answer.

    The question is saved only if “remember” is true or “conversation_id” names a conversation.
    """
    return json_response(ask(read_json(QueryRequest)))


@api.get("/query")
@operation(
    "Answer a question sent in the web address", _TAG, params=QueryParameters, json_params={"request": AddressedQuery},
    replies={200: AnswerResponse}, problems=("invalid-question", "invalid-filters", "invalid-json"),
)  # fmt: skip
def query_in_address() -> Response:
    """Answer a question as POST does, but from an address.

    The address in “more” is the address of the next page of a list.

    Nothing is saved. An address can have up to 8,190 bytes, so send a long question with POST.
    """
    parameters = read_parameters(QueryParameters)
    return json_response(answer_without_saving(read_addressed(AddressedQuery, parameters.request).to_question()))


@api.post("/queries")
@operation("Answer many questions", _TAG, body=QueriesRequest, replies={200: AnswersResponse})
def queries() -> Response:
    """Answer up to 20 questions, one after another. A problem with a question is returned in place of its answer."""
    request.max_content_length = MAX_BATCH_BODY
    return json_response({"answers": [_answer_one(value) for value in read_json(QueriesRequest).queries]})


def _answer_one(value: object) -> dict[str, Any]:
    """Answer one question in a batch, or describe its problem. Either way, the others are still answered."""
    try:
        return {"status": 200, "answer": ask(read_part(QueryRequest, value))}
    except (RequestProblem, sqlite3.Error) as error:
        problem = problem_of(error, request_id())
        if problem.status >= 500:
            current_app.logger.exception("%s within a batch", type(error).__name__)
        return {"status": problem.status, "problem": problem.model_dump()}
