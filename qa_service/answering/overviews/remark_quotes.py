"""Quotes reports' remarks on a theme. Like the quotes in answers, we prove each one against the stored original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.quotes.originals import Originals
from corpus.types import Report
from index.search.search_index import SearchIndex
from index.types import Remark
from qa_service.analysis.remarks import QuotedRemark, quoted
from qa_service.analysis.themes import ReportRemarks
from qa_service.answering.citations import Prover, number_citations
from qa_service.answering.sentences.evidence import Evidence
from qa_service.types import Citation, Statement

MAX_QUOTES = 3
"""Maximum number of quotes from one report."""
_TRIED = 2 * MAX_QUOTES
"""Number of remarks to try for each report. We may be unable to prove some of them, and others may repeat the same
words."""


@dataclass(frozen=True, slots=True)
class RemarkQuote:
    """A remark in the report's own words, with its source."""

    remark: Remark
    statement: Statement
    citation: Citation


@dataclass(frozen=True, slots=True)
class QuotedReport:
    """A report with quotes of its remarks on a theme. It has no quotes if we cannot prove any of them."""

    found: ReportRemarks
    quotes: tuple[RemarkQuote, ...]

    @property
    def report(self) -> Report:
        """The report that we quote."""
        return self.found.report


def quote_remarks(index: SearchIndex, found: Sequence[ReportRemarks]) -> list[QuotedReport]:
    """Return reports with up to ``MAX_QUOTES`` quotes each, in the same order.

    This reads only the passages of these reports.
    """
    chosen = [remark for each in found for remark in each.remarks[:_TRIED]]
    ready = {each.remark: each for each in quoted(index, chosen)}
    with Originals() as originals:
        prover = Prover(originals, index.source)
        return [
            QuotedReport(each, _proved_quotes([ready[remark] for remark in each.remarks[:_TRIED]], index, prover))
            for each in found
        ]


def evidence_of(remark: QuotedRemark) -> Evidence:
    """Return a remark as evidence, which we can prove and cite."""
    certainty = remark.remark.certainty
    return Evidence(remark.passage, remark.remark.sentence, *remark.span, certainty, 1.0, certainty)


def _proved_quotes(remarks: Sequence[QuotedRemark], index: SearchIndex, prover: Prover) -> tuple[RemarkQuote, ...]:
    quotes: list[RemarkQuote] = []
    for remark in remarks:
        if len(quotes) == MAX_QUOTES:
            break
        # One sentence can both praise and criticise. If so, we quote it twice, so that each count has a quote.
        if any((quote.statement.text, quote.remark.stance) == (remark.text, remark.remark.stance) for quote in quotes):
            continue
        if statement := prover.quote(evidence_of(remark), 1):
            (citation,) = number_citations([remark.passage], [statement], index.store.page_labels)
            quotes.append(RemarkQuote(remark.remark, statement, citation))
    return tuple(quotes)
