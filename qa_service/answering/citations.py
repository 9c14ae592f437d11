"""Proves quotes and findings against the stored originals, and numbers the passages cited.

Nothing is shown unless it appears word for word on the page cited. When the index was built, a second program read each
page. We do not show words if this program read different words in their place. If it did not find them, we show them
with a note.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.errors import CorpusError
from corpus.quotes.originals import Originals, Place
from corpus.types import Passage, Reading, Report
from corpus.witness.confirmation import as_placed, reading_of
from index.types import ReportSource, ScoredPassage
from qa_service.answering.printed.printed_grades import PrintedGrade
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PrintedFact
from qa_service.report_facts import fact_source, fact_text, fact_value, find_fact
from qa_service.types import Citation, Fact, Quote, Statement, StatementKind

_TITLE_PAGES = 3
"""Number of pages at the start of a report that may print its dates."""


@dataclass(frozen=True, slots=True)
class Prover:
    """Makes statements from the words in the stored originals. It opens each original only once."""

    originals: Originals
    source_of: Callable[[Report], ReportSource]
    _sources: dict[str, ReportSource] = field(default_factory=dict)
    """The source of each report, by report id."""

    def quote(self, evidence: Evidence, citation: int) -> Statement | None:
        """Return a statement that quotes a sentence, or None if the sentence is not on its pages."""
        quotes = self.quotes(evidence, citation)
        return Statement(StatementKind.QUOTE, evidence.text, (citation,), quotes) if quotes else None

    def quotes(self, evidence: Evidence, citation: int) -> tuple[Quote, ...]:
        """Return a sentence as quotes, one for each page that it is on.

        The result is empty if the sentence is not there word for word, or if a second program read different words in
        its place.
        """
        report, passage = evidence.scored.report, evidence.scored.passage
        return self._quotes(evidence.text, evidence.start, report, passage, citation)

    def finding(self, grade: PrintedGrade, citation: int) -> Statement | None:
        """Return a statement of a grade in a report's table, or None if the original does not print the grade there."""
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

    def fact(self, fact: PrintedFact, citation: int) -> Statement | None:
        """Return a statement of a fact. If a page of the original prints the fact, the statement has these words.

        A fact that no page prints, such as a date found only in the file's name, has no quote and says so. The result
        is None if a second program reads different words at the place where the fact is printed.
        """
        report = fact.report
        quotes = self._quotes_of_span(fact, citation) if fact.span else ()
        words = ""
        page: int | None = None
        reading: Reading | None = None
        if len(quotes) == 1:
            words, page, reading = quotes[0].text, quotes[0].page, quotes[0].reading
        else:
            quotes = ()  # words that run over two pages are not complete on either page
            words, page, reading = self._printed_on_a_page(fact)
            if reading is Reading.CONTRADICTED:
                return None
        return Statement(
            kind=StatementKind.FINDING,
            text=fact_text(report, fact.name),
            citations=(citation,),
            quotes=quotes,
            report_id=report.id,
            fact=Fact(
                report_id=report.id,
                name=fact.name,
                value=fact_value(report, fact.name),
                source=fact_source(report, fact.name),
                words=words,
                page=page,
                reading=reading,
            ),
        )

    def _quotes_of_span(self, fact: PrintedFact, citation: int) -> tuple[Quote, ...]:
        start, end = fact.span or (0, 0)
        passage = fact.passage.passage
        return self._quotes(passage.text[start:end], start, fact.report, passage, citation)

    def _quotes(self, text: str, start: int, report: Report, passage: Passage, citation: int) -> tuple[Quote, ...]:
        """Return the quotes of a text, one for each page. The text starts at ``start`` in its passage."""
        quotes: list[Quote] = []
        for place in self._locate(text, report, passage.pages):
            words = text[place.start : place.end]
            reading = as_placed(self._reading(words, report, place.page), rearranged=place.rearranged)
            if reading is Reading.CONTRADICTED:
                return ()  # a sentence must not be shown in part either
            quotes.append(
                Quote(
                    citation=citation,
                    start=start + place.start,
                    end=start + place.end,
                    text=words,
                    page=place.page,
                    page_label=self._source(report).page_labels.get(place.page),
                    boxes=place.boxes,
                    reading=reading,
                    unsure=tuple((start - place.start, end - place.start) for start, end in place.unsure),
                )
            )
        return tuple(quotes)

    def _printed_on_a_page(self, fact: PrintedFact) -> tuple[str, int | None, Reading | None]:
        """Return the words that state a fact, the page that they are on, and what the second program reads there.

        We look on the first and the last pages. The result has no words if no page prints the fact.
        """
        source, count = self._source(fact.report), fact.report.page_count
        original = source.original
        contradicted: Reading | None = None
        if original is None:
            return "", None, None
        for page in dict.fromkeys((*range(1, min(count, _TITLE_PAGES) + 1), *range(max(count - 1, 1), count + 1))):
            try:
                seen = source.recognised.get(page)
                text = seen.text if seen else self.originals.page_text(original, fact.report.media_type, page)
            except (CorpusError, OSError):  # a damaged original proves nothing
                return "", None, None
            if span := find_fact(text, fact.report, fact.name):
                words = " ".join(text[slice(*span)].split())
                reading = self._reading(words, fact.report, page)
                if reading is not Reading.CONTRADICTED:
                    return words, page, reading
                contradicted = reading
        return "", None, contradicted

    def _grade_quote(self, grade: PrintedGrade, citation: int) -> Quote | None:
        """Return the grade's words as a quote, with the table row that locates them on the page."""
        text, judgement = grade.passage.passage.text, grade.judgement
        row = _row_of(grade)
        start = text.find(judgement.grade, *row)
        if start < 0:
            return None
        row_is_printed = bool(self._locate(text[slice(*row)], grade.report, (judgement.page,)))
        if not row_is_printed and not self._locate(judgement.grade, grade.report, (judgement.page,)):
            return None
        words = [text[slice(*row)]] if row_is_printed else [judgement.area, judgement.grade]
        readings = {self._reading(part, grade.report, judgement.page) for part in words}
        if Reading.CONTRADICTED in readings:
            return None
        (reading,) = readings if len(readings) == 1 else {Reading.NOT_CONFIRMED}
        return Quote(
            citation=citation,
            start=start,
            end=start + len(judgement.grade),
            text=judgement.grade,
            page=judgement.page,
            page_label=self._source(grade.report).page_labels.get(judgement.page),
            boxes=(judgement.box,) if judgement.box else (),
            around=row if row_is_printed and row != (0, len(text)) else None,
            reading=reading,
        )

    def _reading(self, words: str, report: Report, page: int) -> Reading:
        """Return what a second program found for words on a page. We do not read the page if both programs agree on it.

        Words on a page that was read from its picture are never confirmed, whatever a second program found there.
        """
        source = self._source(report)
        if page in source.recognised:
            return Reading.FROM_PICTURE
        second = source.second_readings.get(page)
        if second is None or second.same or source.original is None:
            return reading_of(words, "", second)
        try:
            text = self.originals.page_text(source.original, report.media_type, page)
        except (CorpusError, OSError):  # a damaged original proves nothing
            return Reading.NOT_CONFIRMED
        return reading_of(words, text, second)

    def _locate(self, text: str, report: Report, pages: tuple[int, ...]) -> Sequence[Place]:
        """Return the places of a text on the given pages of the original.

        Empty if the original is missing or damaged.
        """
        source = self._source(report)
        if source.original is None:
            return ()
        try:
            return self.originals.locate(text, source.original, report.media_type, pages, source.recognised)
        except (CorpusError, OSError):  # a damaged original proves nothing, so we quote nothing from it
            return ()

    def _source(self, report: Report) -> ReportSource:
        if report.id not in self._sources:
            self._sources[report.id] = self.source_of(report)
        return self._sources[report.id]


def number_citations(
    passages: Sequence[ScoredPassage],
    statements: Sequence[Statement],
    labels_of: Callable[[str], Mapping[int, str | None]],
) -> tuple[Citation, ...]:
    """Number the passages by rank, and mark the words in each passage that the statements quote.

    ``labels_of`` returns the labels on the pages of the report with the given id.
    """
    labels = {report_id: labels_of(report_id) for report_id in {scored.report.id for scored in passages}}
    of_rank: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        for rank in dict.fromkeys((*statement.citations, *(quote.citation for quote in statement.quotes))):
            of_rank[rank].append(statement)
    return tuple(
        _citation(rank, scored, of_rank[rank], labels[scored.report.id]) for rank, scored in enumerate(passages, 1)
    )


def _citation(
    rank: int, scored: ScoredPassage, statements: Sequence[Statement], page_labels: Mapping[int, str | None]
) -> Citation:
    """Return the citation of the passage with the given rank.

    ``statements`` are the statements that cite or quote the passage.
    """
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
    lowered = text.lower()
    if all(word in lowered for word in re.findall(r"\w+", judgement.area.lower())):
        return f"{judgement.area}: {judgement.grade}"
    lines = (line for line in text.splitlines() if line.rstrip(".").endswith(judgement.grade))
    return next(lines, f"{judgement.area}: {judgement.grade}")


def _row_of(grade: PrintedGrade) -> tuple[int, int]:
    """Return the span of the table row that contains a grade, or of the whole passage if no row is found."""
    text, judgement = grade.passage.passage.text, grade.judgement
    area = set(judgement.area.split())
    return next(
        (
            (start, end)
            for start, end in grade.passage.passage.sentences
            if judgement.grade in text[start:end] and area <= set(text[start:end].split())
        ),
        (0, len(text)),
    )
