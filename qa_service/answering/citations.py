"""Proves quotes and findings against the stored originals, and numbers the passages cited.

Nothing is shown unless it appears word for word on the page cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.errors import CorpusError
from corpus.originals import Originals, Place
from corpus.types import Report
from index.types import ReportSource, ScoredPassage
from qa_service.answering.evidence import Evidence
from qa_service.answering.printed_grades import PrintedGrade
from qa_service.types import Citation, Quote, Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Prover:
    """Makes statements from the words in the originals. It opens each original only once."""

    originals: Originals
    source_of: Callable[[Report], ReportSource]
    _sources: dict[str, ReportSource] = field(default_factory=dict)
    """The source of each report, by report id."""

    def quote(self, evidence: Evidence, citation: int) -> Statement | None:
        """Return a statement that quotes a sentence, or None if the sentence is not on its pages."""
        quotes = self.quotes(evidence, citation)
        return Statement(StatementKind.QUOTE, evidence.text, (citation,), quotes) if quotes else None

    def quotes(self, evidence: Evidence, citation: int) -> tuple[Quote, ...]:
        """Return a sentence as quotes, one for each page that it is on. Empty if it is not there word for word."""
        report = evidence.scored.report
        places = self._locate(evidence.text, report, evidence.scored.passage.pages)
        return tuple(
            Quote(
                citation=citation,
                start=evidence.start + place.start,
                end=evidence.start + place.end,
                text=evidence.text[place.start : place.end],
                page=place.page,
                page_label=self._source(report).page_labels.get(place.page),
                boxes=place.boxes,
            )
            for place in places
        )

    def finding(self, grade: PrintedGrade, citation: int) -> Statement | None:
        """Return a statement of a grade in a report's table, or None if the grade is not there in the original."""
        quote = self._grade_quote(grade, citation)
        if quote is None:
            return None
        return Statement(
            kind=StatementKind.FINDING,
            text=_finding_text(grade),
            citations=(citation,),
            quotes=(quote,),
            judgement=grade.judgement,
            report_id=grade.report.id,
        )

    def _grade_quote(self, grade: PrintedGrade, citation: int) -> Quote | None:
        """Return the grade's words as a quote, with the table row that locates them on the page."""
        text, judgement = grade.passage.passage.text, grade.judgement
        row = _row_of(grade)
        start = text.find(judgement.grade, *row)
        if start < 0 or not self._locate(judgement.grade, grade.report, (judgement.page,)):
            return None
        row_is_printed = bool(self._locate(text[slice(*row)], grade.report, (judgement.page,)))
        return Quote(
            citation=citation,
            start=start,
            end=start + len(judgement.grade),
            text=judgement.grade,
            page=judgement.page,
            page_label=self._source(grade.report).page_labels.get(judgement.page),
            boxes=(judgement.box,) if judgement.box else (),
            around=row if row_is_printed and row != (0, len(text)) else None,
        )

    def _locate(self, text: str, report: Report, pages: tuple[int, ...]) -> Sequence[Place]:
        """Return where a text is on the given pages of the original. Empty if the original is missing or damaged."""
        original = self._source(report).original
        if original is None:
            return ()
        try:
            return self.originals.locate(text, original, report.media_type, pages)
        except (CorpusError, OSError):  # a damaged original proves nothing, so we quote nothing from it
            return ()

    def _source(self, report: Report) -> ReportSource:
        if report.id not in self._sources:
            self._sources[report.id] = self.source_of(report)
        return self._sources[report.id]


def number_citations(
    passages: Sequence[ScoredPassage], statements: Sequence[Statement], source_of: Callable[[Report], ReportSource]
) -> tuple[Citation, ...]:
    """Number the passages by rank, and mark in each one what the statements quote."""
    labels = {scored.report.id: source_of(scored.report).page_labels for scored in passages}
    return tuple(
        _citation(rank, scored, statements, labels[scored.report.id]) for rank, scored in enumerate(passages, 1)
    )


def _citation(
    rank: int, scored: ScoredPassage, statements: Sequence[Statement], page_labels: Mapping[int, str | None]
) -> Citation:
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
        page_label=page_labels.get(page),
        highlights=tuple(dict.fromkeys((quote.start, quote.end) for quote in quotes)),
        found_by=next((quote.around for quote in quotes), None),
    )


def _finding_text(grade: PrintedGrade) -> str:
    """Return the area and grade, or the sentence that states the grade if the passage does not name the area."""
    text, judgement = grade.passage.passage.text, grade.judgement
    area = re.findall(r"\w+", judgement.area.lower())
    if all(word in text.lower() for word in area):
        return f"{judgement.area}: {judgement.grade}"
    lines = (line for line in text.splitlines() if line.rstrip(".").endswith(judgement.grade))
    return next(lines, f"{judgement.area}: {judgement.grade}")


def _row_of(grade: PrintedGrade) -> tuple[int, int]:
    """Return the span of the table row that contains a grade, or of the whole passage if no row is found."""
    text, judgement = grade.passage.passage.text, grade.judgement
    return next(
        (
            (start, end)
            for start, end in grade.passage.passage.sentences
            if judgement.grade in text[start:end] and set(judgement.area.split()) <= set(text[start:end].split())
        ),
        (0, len(text)),
    )
