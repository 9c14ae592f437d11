"""Replies to questions. The types that make up an answer are in ``qa_service.answer_json``."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, with_config

from qa_service.answer_json.answer import AnswerResponse, ChoiceModel, CorrectionModel, OtherTimeModel, PartModel
from qa_service.answer_json.filters import AppliedFilters, AppliedGrade
from qa_service.answer_json.passages import CitedReport, PassageModel
from qa_service.answer_json.statements import FactModel, JudgementModel, QuoteModel, StatementModel, SummaryModel
from qa_service.answer_json.values import BoxModel
from web.contract.base import ResponseModel
from web.contract.problem_details import Problem

__all__ = ["AnswerResponse", "AnswersResponse", "AppliedFilters", "BatchAnswer", "BatchProblem"]

for _json_type in (
    AnswerResponse,
    AppliedFilters,
    AppliedGrade,
    BoxModel,
    ChoiceModel,
    CitedReport,
    CorrectionModel,
    FactModel,
    JudgementModel,
    OtherTimeModel,
    PartModel,
    PassageModel,
    QuoteModel,
    StatementModel,
    SummaryModel,
):
    # These settings are the same as in ResponseModel. They are here because qa_service does not import pydantic.
    with_config(ConfigDict(extra="forbid", use_attribute_docstrings=True))(_json_type)


class BatchAnswer(ResponseModel):
    """The answer to one question in a batch."""

    status: Literal[200]
    answer: AnswerResponse


class BatchProblem(ResponseModel):
    """The problem with one question in a batch."""

    status: int = Field(ge=400, le=599)
    problem: Problem


class AnswersResponse(ResponseModel):
    """The result for each question in a batch, in order."""

    answers: list[BatchAnswer | BatchProblem]
