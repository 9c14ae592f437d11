"""References to reports, in the form that downloads, the copy button and the command line all use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from corpus.dates import days_in_words, in_words
from corpus.types import Report
from qa_service.addresses import passage_url, quote_url
from qa_service.types import Citation, Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a sentence or a grade is printed: the report, the dates and the page."""

    report: str
    """The report's title."""
    authority: str
    """The authority that was inspected, or empty if it is not known."""
    date: str
    """The dates of the inspection, such as "11 to 22 September 2023", or else the day of publication."""
    pages: tuple[str, ...]
    """Each page, with the label printed on it if that differs: "3 (printed page 2)"."""
    paragraph: str
    """The printed number of the paragraph, or empty if it has none."""
    link: str
    """Address of the page, including the words to mark on it, or empty if there is no host to link to."""

    @classmethod
    def build(cls, citation: Citation, statement: Statement | None = None, host: str = "") -> Self:
        """Make a reference to what a statement takes from a cited passage, or to the passage if there is no statement.

        ``host`` is the start of the link, such as "https://reports.example.gov.uk". Without it, the reference has no
        link.
        """
        report = citation.report
        paragraph = citation.scored.passage.label
        if statement and statement.kind is StatementKind.FINDING:
            paragraph = None  # a grade is printed in a table
        quotes = statement.quotes if statement else ()
        path = quote_url(quotes[0], citation) if quotes else passage_url(citation)
        return cls(
            report=report.title,
            authority=report.authority or "",
            date=dated(report),
            pages=_pages(citation, statement),
            paragraph=paragraph or "",
            link=host.rstrip("/") + path if host else "",
        )

    @property
    def page(self) -> str:
        """The pages as a single text, such as "3 (printed page 2) and 4 (printed page 3)"."""
        return " and ".join(self.pages)

    @property
    def text(self) -> str:
        """The reference without its link: title, authority, dates, page and paragraph.

        The authority is left out if the title names it.
        """
        authority = self.authority if self.authority not in self.report else ""
        pages = f"{'page' if len(self.pages) == 1 else 'pages'} {self.page}"
        paragraph = f"paragraph {self.paragraph}" if self.paragraph else ""
        return ", ".join(part for part in (self.report, authority, self.date, pages, paragraph) if part)

    def __str__(self) -> str:
        return f"{self.text}. {self.link}" if self.link else self.text


def dated(report: Report) -> str:
    """Return the dates of a report's inspection, or else the day of its publication."""
    if days := days_in_words(report.inspected_from, report.inspected_to):
        return days
    return f"published {in_words(report.published)}" if report.published else "no date found"


def place(page: int, label: str | None, paragraph: str | None = None) -> str:
    """Return a place in a report: "page 3 (printed page 2), paragraph 14"."""
    return f"page {_page(page, label)}" + (f", paragraph {paragraph}" if paragraph else "")


def quoted(text: str) -> str:
    """Put a report's words in quotation marks, which are single if the words begin with double ones."""
    return f"‘{text}’" if text.startswith("“") else f"“{text}”"


def _pages(citation: Citation, statement: Statement | None) -> tuple[str, ...]:
    """Return a statement's pages in order, each only once. If there is no statement, return the citation's page."""
    labels: dict[int, str | None] = {}
    if statement and statement.judgement:
        labels[statement.judgement.page] = citation.page_label if statement.judgement.page == citation.page else None
    if statement:
        labels.update({quote.page: quote.page_label for quote in statement.quotes})
    labels = labels or {citation.page: citation.page_label}
    return tuple(_page(page, label) for page, label in labels.items())


def _page(page: int, label: str | None) -> str:
    return f"{page} (printed page {label})" if label and label != str(page) else str(page)
