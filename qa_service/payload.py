"""An answer in the form of the JSON contract, the same from the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any
from urllib.parse import quote as percent_encoded

from corpus.types import Box, Report
from index.types import Filters
from qa_service.types import Answer, Citation, Quote, Statement

_QUOTED = 1000
"""Characters of a quote that an address carries: servers take some 4,000 in all."""
_BOX = tuple(field.name for field in fields(Box))


def answer_payload(answer: Answer, took_ms: float) -> dict[str, Any]:
    """Everything that the contract names, in its order."""
    return {
        "status": answer.status.value,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "question": answer.question,
        "interpreted_question": answer.interpreted_question,
        "understood": list(answer.understood),
        "carried_over": list(answer.carried_over),
        "filters_applied": filters_payload(answer.filters),
        "degraded": list(answer.degraded),
        "answer": [_statement(statement, answer.citations) for statement in answer.statements],
        "passages": [_passage(citation) for citation in answer.citations],
        "total": answer.total,
        "more": None,  # a list gives the first of its total; docs/api.md tells how to see the rest
        "clarify": [asdict(choice) for choice in answer.choices],
        "conversation_id": None,
        "build": answer.build,
        "took_ms": round(took_ms, 1),
    }


def report_payload(report: Report) -> dict[str, Any]:
    """A report's facts as they stand beside a passage."""
    return {
        "id": report.id,
        "file": report.file,
        "title": report.title,
        "authority": report.authority,
        "form": report.form.value,
        "kind": report.kind.value if report.kind else None,
        "framework": report.framework,
        "inspected_from": _iso(report.inspected_from),
        "inspected_to": _iso(report.inspected_to),
        "published": _iso(report.published),
        "sha256": report.sha256,
        "superseded_by": report.superseded_by,
    }


def filters_payload(filters: Filters) -> dict[str, Any]:
    """The filters that limited the search; those that were not set are left out."""
    values: dict[str, Any] = {
        "authority": list(filters.authority),
        "kind": [kind.value for kind in filters.kind],
        "form": [form.value for form in filters.form],
        "grade": [{"area": area, "grade": grade} for area, grade in filters.grade],
        "report_id": list(filters.report_id),
        "inspected_from": _iso(filters.inspected_from),
        "inspected_to": _iso(filters.inspected_to),
        "published_from": _iso(filters.published_from),
        "published_to": _iso(filters.published_to),
        "latest_only": filters.latest_only,
    }
    return {name: value for name, value in values.items() if value}


def page_url(report_id: str, page: int, quote: str | None = None) -> str:
    """The address of a report's page, with the words to mark on it."""
    address = f"/reports/{report_id}/pages/{page}"
    if quote and len(quote) > _QUOTED:
        quote = quote[:_QUOTED].rsplit(maxsplit=1)[0]  # whole words, or the page would not find them
    return f"{address}?quote={percent_encoded(quote, safe='')}" if quote else address


def quote_url(quote: Quote, citation: Citation) -> str:
    """The address of a quote's page, with what it is found by to mark."""
    words = citation.scored.passage.text[slice(*quote.around)] if quote.around else quote.text
    return page_url(citation.report.id, quote.page, words)


def passage_url(citation: Citation) -> str:
    """The address of a passage's page, with its first cited sentence to mark, else its first sentence."""
    passage = citation.scored.passage
    first = citation.found_by or next(iter(citation.highlights or passage.sentences), None)
    start, end = first or (0, len(passage.text))
    return page_url(passage.report_id, citation.page, passage.text[start:end])


def _statement(statement: Statement, citations: Sequence[Citation]) -> dict[str, Any]:
    judgement = statement.judgement
    return {
        "kind": statement.kind.value,
        "text": statement.text,
        "citations": list(statement.citations),
        "quotes": [_quote(quote, citations[quote.citation - 1]) for quote in statement.quotes],
        "judgement": {"report_id": statement.report_id, "area": judgement.area, "grade": judgement.grade}
        if judgement
        else None,
    }


def _quote(quote: Quote, citation: Citation) -> dict[str, Any]:
    return {
        "citation": quote.citation,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "page": quote.page,
        "page_label": quote.page_label,
        "boxes": _boxes(quote.boxes),
        "url": quote_url(quote, citation),
    }


def _passage(citation: Citation) -> dict[str, Any]:
    passage = citation.scored.passage
    return {
        "rank": citation.number,
        "passage_id": passage.id,
        "score": round(citation.scored.score, 6),
        "text": passage.text,
        "page": citation.page,
        "pages": list(passage.pages),
        "page_label": citation.page_label,
        "section": list(passage.section),
        "paragraph": passage.label,
        "highlights": [list(span) for span in citation.highlights],
        "boxes": _boxes(passage.boxes),
        "url": passage_url(citation),
        "report": report_payload(citation.report),
    }


def _boxes(boxes: Sequence[Box]) -> list[dict[str, Any]]:
    return [{name: round(getattr(box, name), 5) for name in _BOX} for box in boxes]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
