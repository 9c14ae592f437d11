"""An answer as JSON, and the questions, choices and corrections that it names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote as percent_encode

from annotated_types import Ge, Interval
from typing_extensions import TypedDict

from qa_service.answer_json.filters import AppliedFilters, filters_json
from qa_service.answer_json.passages import PassageModel, passage_json
from qa_service.answer_json.statements import StatementModel, SummaryModel, statement_json, summary_json
from qa_service.answer_json.values import Count, Day, day_json
from qa_service.types import Answer, AnsweredPart, AnswerStatus

MAX_ADDRESS = 4000
"""Maximum number of characters in the address of a list's next page. This is below the 8,190 that our own server
accepts."""


class ChoiceModel(TypedDict):
    """One possible meaning of a question."""

    label: str
    question: str
    count: Count


class CorrectionModel(TypedDict):
    """A misspelt word in the question, and the word that we searched for instead."""

    typed: str
    taken: str


class OtherTimeModel(TypedDict):
    """Another time that the question may mean, such as a financial year instead of two calendar years."""

    taken: str
    """What we took the words to mean."""
    other: str
    """What else the words may mean."""
    question: str
    """The question with the other time written out. Ask it to use that time."""


class PartModel(TypedDict):
    """One of several questions in a message."""

    question: str
    status: AnswerStatus | None
    """The outcome of the question. Null if we did not try to answer it, because the message has too many questions."""
    reason: str
    confidence: Annotated[float, Interval(ge=0, le=1)]
    statements: list[Count]
    """The indexes of its statements in ``answer``, from 0."""
    summary: SummaryModel | None
    """A summary of its statements. Null if its answer consists of quotes."""
    total: Count | None
    """How many reports or authorities are in its whole list. Null if its answer is not a list."""
    next_offset: Count | None
    """The ``offset`` to send with its question for the next page of its list. Null if there is no further page."""
    more: str | None
    """The address of the next page of its list, for GET. Null if there is no further page."""


class AnswerResponse(TypedDict):
    """An answer in the reports' own words, or the reason why there is none."""

    status: AnswerStatus
    answered: bool
    """Whether the status is “answered”."""
    confidence: Annotated[float, Interval(ge=0, le=1)]
    reason: str
    question: str
    interpreted_question: str
    understood: list[str]
    """What we took from the question's own words."""
    carried_over: list[str]
    """What we took from earlier questions."""
    corrections: list[CorrectionModel]
    """The misspelt words that we corrected. Ask again with “verbatim” to search for the words as typed."""
    as_of: Day | None
    """The day from which times such as “last year” were counted. Null if the answer does not depend on the day."""
    other_times: list[OtherTimeModel]
    """The other times that the question's words may mean."""
    filters_applied: AppliedFilters
    """The filters that limited the search."""
    degraded: list[str]
    """The parts of the service that were not working. Without them, the answer may be poorer."""
    answer: list[StatementModel]
    passages: list[PassageModel]
    total: Count | None
    """How many reports or authorities are in the whole list. Null if the answer is not a list."""
    offset: Count
    """The index of the first item shown, counted in the whole list."""
    next_offset: Count | None
    """The ``offset`` to send for the next page of the list. Null if there is no further page."""
    more: str | None
    """The address of the next page of the list, for GET. Null if there is no further page, or if the address would be
    too long. If it is too long, send the question again with the next offset."""
    summary: SummaryModel | None
    """A summary of the statements. Null if the answer consists of quotes."""
    not_applied: list[str]
    """Words in the question that limit the answer but could not be applied."""
    parts: list[PartModel] | None
    """The questions in the message, if there are several. Null if there is one."""
    clarify: list[ChoiceModel]
    conversation_id: str | None
    """The conversation in which the question was saved. Null if it was not saved."""
    build: str
    took_ms: Annotated[float, Ge(0)]


def answer_json(answer: Answer, took_ms: float, conversation_id: str | None = None) -> AnswerResponse:
    """Return an answer as JSON."""
    return {
        "status": answer.status,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "question": answer.question,
        "interpreted_question": answer.interpreted_question,
        "understood": list(answer.understood),
        "carried_over": list(answer.carried_over),
        "corrections": [{"typed": word.typed, "taken": word.taken} for word in answer.corrections],
        "as_of": day_json(answer.as_of),
        "other_times": [{"taken": t.taken, "other": t.other, "question": t.question} for t in answer.other_times],
        "filters_applied": filters_json(answer.filters),
        "degraded": list(answer.degraded),
        "answer": [statement_json(statement, answer.citations) for statement in answer.statements],
        "passages": [passage_json(citation) for citation in answer.citations],
        "total": answer.total,
        "offset": answer.offset,
        "next_offset": answer.next_offset,
        "more": more_url(answer),
        "summary": summary_json(answer.summary),
        "not_applied": list(answer.not_applied),
        "parts": [_part(part, answer) for part in answer.parts] or None,
        "clarify": [{"label": c.label, "question": c.question, "count": c.count} for c in answer.choices],
        "conversation_id": conversation_id,
        "build": answer.build,
        "took_ms": round(took_ms, 1),
    }


def more_url(answer: Answer) -> str | None:
    """Return the address of the next page of a list, for GET.

    None if there is no next page, or if the address would be too long. A client can always send the question again with
    ``offset``.
    """
    return _page_url(answer.question, answer.next_offset, answer.history, answer)


def _page_url(question: str, offset: int | None, history: Sequence[str], answer: Answer) -> str | None:
    """Return the address of a page of a list. The filters and ``verbatim`` are the same as for the answer."""
    if offset is None:
        return None
    request: dict[str, object] = {"question": question, "offset": offset}
    if history:
        request["history"] = list(history)
    if filters := filters_json(answer.filters):
        request["filters"] = filters
    if answer.verbatim:
        request["verbatim"] = True
    address = f"/api/v1/query?request={percent_encode(json.dumps(request, ensure_ascii=False), safe='')}"
    return address if len(address) <= MAX_ADDRESS else None


def _part(part: AnsweredPart, answer: Answer) -> PartModel:
    return {
        "question": part.question,
        "status": part.status,
        "reason": part.reason,
        "confidence": part.confidence,
        "statements": list(part.statements),
        "summary": summary_json(part.summary),
        "total": part.total,
        "next_offset": part.next_offset,
        "more": _page_url(part.question, part.next_offset, part.history, answer),
    }
