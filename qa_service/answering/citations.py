"""Numbers the passages cited, and finds each quote in the stored original. A quote that is not there is not shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import CorpusError
from corpus.originals import Originals
from index.search.search_index import SearchIndex
from index.types import ScoredPassage
from qa_service.answering.evidence import Evidence
from qa_service.answering.printed_grades import PrintedGrade
from qa_service.types import Citation, Quote, Statement, StatementKind


def quotes_for(evidence: Evidence, number: int, index: SearchIndex, originals: Originals) -> tuple[Quote, ...]:
    """Return a sentence as quotes, one for each page it is on. Empty unless it is there word for word."""
    report = evidence.scored.report
    original = index.data.find_original(report.sha256)
    if original is None:
        return ()
    try:
        places = originals.locate(evidence.text, original, report.media_type, evidence.scored.passage.pages)
    except (CorpusError, OSError):  # a damaged original proves nothing, so we quote nothing from it
        return ()
    return tuple(
        Quote(
            citation=number,
            start=evidence.start + place.start,
            end=evidence.start + place.end,
            text=evidence.text[place.start : place.end],
            page=place.page,
            page_label=index.store.page_label(report.id, place.page),
            boxes=place.boxes,
        )
        for place in places
    )


def quote_statement(evidence: Evidence, number: int, index: SearchIndex, originals: Originals) -> Statement | None:
    """Return a statement with the words of a sentence, or None if they are not on the page."""
    quotes = quotes_for(evidence, number, index, originals)
    if not quotes:
        return None
    return Statement(StatementKind.QUOTE, evidence.text, (number,), quotes)


def finding_statement(grade: PrintedGrade, number: int, index: SearchIndex, originals: Originals) -> Statement | None:
    """Return a statement of a grade from a report's table, or None if the original does not print it there."""
    quotes = _grade_quotes(grade, number, index, originals)
    if not quotes:
        return None
    return Statement(
        kind=StatementKind.FINDING,
        text=_finding_text(grade),
        citations=(number,),
        quotes=quotes,
        judgement=grade.judgement,
        report_id=grade.report.id,
    )


def _finding_text(grade: PrintedGrade) -> str:
    """Return the area and grade, or the sentence that states the grade if the passage does not name the area."""
    text, judgement = grade.passage.passage.text, grade.judgement
    area = re.findall(r"\w+", judgement.area.lower())
    if all(word in text.lower() for word in area):
        return f"{judgement.area}: {judgement.grade}"
    lines = (line for line in text.splitlines() if line.rstrip(".").endswith(judgement.grade))
    return next(lines, f"{judgement.area}: {judgement.grade}")


def _grade_quotes(grade: PrintedGrade, number: int, index: SearchIndex, originals: Originals) -> tuple[Quote, ...]:
    """Return the grade's words as a quote, with the row of the table that finds them on the page."""
    text, judgement = grade.passage.passage.text, grade.judgement
    row = next(
        (
            (start, end)
            for start, end in grade.passage.passage.sentences
            if judgement.grade in text[start:end] and set(judgement.area.split()) <= set(text[start:end].split())
        ),
        (0, len(text)),
    )
    start = text.find(judgement.grade, *row)
    original = index.data.find_original(grade.report.sha256)
    if start < 0 or original is None:
        return ()
    try:
        printed = originals.locate(judgement.grade, original, grade.report.media_type, (judgement.page,))
        whole = originals.locate(text[slice(*row)], original, grade.report.media_type, (judgement.page,))
    except (CorpusError, OSError):  # a damaged original proves nothing
        return ()
    if not printed:
        return ()
    return (
        Quote(
            citation=number,
            start=start,
            end=start + len(judgement.grade),
            text=judgement.grade,
            page=judgement.page,
            page_label=index.store.page_label(grade.report.id, judgement.page),
            boxes=(judgement.box,) if judgement.box else (),
            around=row if whole and row != (0, len(text)) else None,
        ),
    )


def number_citations(
    passages: Sequence[ScoredPassage], statements: Sequence[Statement], index: SearchIndex
) -> tuple[Citation, ...]:
    """Number the passages by rank, and mark what the statements quote in each."""
    return tuple(_citation(rank, scored, statements, index) for rank, scored in enumerate(passages, 1))


def _citation(rank: int, scored: ScoredPassage, statements: Sequence[Statement], index: SearchIndex) -> Citation:
    quotes = sorted(
        (quote for statement in statements for quote in statement.quotes if quote.citation == rank),
        key=lambda quote: quote.start,
    )
    findings = [s.judgement.page for s in statements if s.judgement and rank in s.citations]
    page = quotes[0].page if quotes else findings[0] if findings else scored.passage.pages[0]
    return Citation(
        number=rank,
        scored=scored,
        page=page,
        page_label=index.store.page_label(scored.report.id, page),
        highlights=tuple(dict.fromkeys((quote.start, quote.end) for quote in quotes)),
        found_by=next((quote.around for quote in quotes), None),
    )
