"""An answer as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.types import Box, Report
from index.types import Filters
from qa_service.types import Answer, Citation, Quote, Statement
from web import schemas
from web.links import page_url, passage_url

_SCORE_PLACES = 6


def describe(answer: Answer, took_ms: float) -> schemas.QueryResponse:
    """An answer with every field of the contract."""
    return schemas.QueryResponse(
        status=answer.status,
        answered=answer.answered,
        confidence=round(answer.confidence, _SCORE_PLACES),
        reason=answer.reason,
        question=answer.question,
        interpreted_question=answer.interpreted_question,
        carried_over=list(answer.carried_over),
        filters_applied=_filters(answer.filters),
        answer=[_statement(statement, answer) for statement in answer.statements],
        passages=[_passage(citation) for citation in answer.citations],
        build=answer.build,
        took_ms=round(took_ms, 1),
    )


def _statement(statement: Statement, answer: Answer) -> schemas.StatementModel:
    judgement = None
    if statement.judgement:
        report_id = statement.report_id or answer.citations[statement.citations[0] - 1].report.id
        judgement = schemas.GivenJudgement(
            report_id=report_id, area=statement.judgement.area, grade=statement.judgement.grade
        )
    return schemas.StatementModel(
        kind=statement.kind,
        text=statement.text,
        citations=list(statement.citations),
        quotes=[_quote(quote, answer.citations[quote.citation - 1]) for quote in statement.quotes],
        judgement=judgement,
    )


def _quote(quote: Quote, citation: Citation) -> schemas.QuoteModel:
    return schemas.QuoteModel(
        citation=quote.citation,
        text=quote.text,
        start=quote.start,
        end=quote.end,
        page=quote.page,
        page_label=quote.page_label,
        boxes=_boxes(quote.boxes),
        url=page_url(citation.report.id, quote.page, quote.text),
    )


def _passage(citation: Citation) -> schemas.PassageModel:
    passage = citation.scored.passage
    return schemas.PassageModel(
        rank=citation.number,
        passage_id=passage.id,
        score=round(citation.scored.score, _SCORE_PLACES),
        text=passage.text,
        page=citation.page,
        pages=list(passage.pages),
        page_label=citation.page_label,
        section=list(passage.section),
        paragraph=passage.label,
        highlights=list(citation.highlights),
        boxes=_boxes(passage.boxes),
        url=passage_url(citation),
        report=_report(citation.report),
    )


def _report(report: Report) -> schemas.CitedReport:
    names = (name for name in schemas.CitedReport.model_fields if name != "superseded_by")
    return schemas.CitedReport(**{name: getattr(report, name) for name in names})


def _boxes(boxes: Iterable[Box]) -> list[schemas.BoxModel]:
    return [
        schemas.BoxModel(
            page=box.page,
            x0=round(box.x0, _SCORE_PLACES),
            y0=round(box.y0, _SCORE_PLACES),
            x1=round(box.x1, _SCORE_PLACES),
            y1=round(box.y1, _SCORE_PLACES),
        )
        for box in boxes
    ]


def _filters(filters: Filters) -> schemas.RequestFilters:
    """The limits that were applied, in the form in which a client may send them back."""
    plain = {name: getattr(filters, name) for name in schemas.RequestFilters.model_fields if name != "grade"}
    return schemas.RequestFilters(
        grade=tuple(schemas.GradeFilter(area=area, grade=grade) for area, grade in filters.grade), **plain
    )
