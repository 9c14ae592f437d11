"""The JSON interface for questions."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import Response, current_app, request

from web.api.asking import ask
from web.api.blueprint import api
from web.contract.answer_responses import AnswerResponse, AnswersResponse
from web.contract.operation import operation
from web.contract.parsing import read_json, read_one
from web.contract.problem_details import problem_of
from web.contract.problems import RequestProblem
from web.contract.requests import QueriesRequest, QueryRequest
from web.contract.responses import send_plain
from web.observability.request_ids import request_id

MAX_BATCH_BODY = 256 * 1024
"""Bytes of a request that brings many questions."""
_TAG = "Questions"
_ASKED = ("invalid-question", "invalid-filters", "unknown-conversation", "conversation-moved", "not-kept")


@api.post("/query")
@operation(
    "Answer a question", _TAG, body=QueryRequest, replies={200: AnswerResponse}, problems=_ASKED
)  # fmt: skip
def query() -> Response:
    """Answer a question in the reports' own words, each sentence cited to its page, or say why there is no answer.

    Nothing is kept of it unless “remember” is true or “conversation_id” names a conversation.
    """
    return send_plain(ask(read_json(QueryRequest)))


@api.post("/queries")
@operation("Answer many questions", _TAG, body=QueriesRequest, replies={200: AnswersResponse})
def queries() -> Response:
    """Answer at most 20 questions, one after another. What is wrong with one is told in its place."""
    request.max_content_length = MAX_BATCH_BODY
    return send_plain({"answers": [_one_of_many(value) for value in read_json(QueriesRequest).queries]})


def _one_of_many(value: object) -> dict[str, Any]:
    """A question of many, answered or with what is wrong with it; the others go on either way."""
    try:
        return {"status": 200, "answer": ask(read_one(QueryRequest, value))}
    except (RequestProblem, sqlite3.Error) as error:
        problem = problem_of(error, request_id())
        if problem.status >= 500:
            current_app.logger.exception("%s within a batch", type(error).__name__)
        return {"status": problem.status, "problem": problem.model_dump()}
