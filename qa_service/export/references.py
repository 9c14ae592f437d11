"""References to reports, in the form that downloads, the copy button and the command line all use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from corpus.dates import in_words
from corpus.facts.report_days import inspected_words, published_words
from corpus.types import Report
from qa_service.addresses import page_url, passage_url, quote_url
from qa_service.types import Citation, Correction, FactName, OtherTime, Statement, StatementKind
from qa_service.wording import KIND_WORDS, in_list, is_one_word

FACT_ORIGINS = {
    "file name": "from the file’s name",
    "sidecar": "corrected by the people who run this service",
    "text": "from the report, but not on a single page",
}
"""Where a fact that no page prints comes from, by ``Fact.source``."""
DATE_ORIGINS = {**FACT_ORIGINS, "text": "from the report", "other date": "from the report"}
"""Where a date comes from, by ``Report.published_source``."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a sentence, a grade or another fact is printed: the report, the dates and the page."""

    report: str
    """The report's title."""
    authority: str
    """The authority that was inspected, or empty if it is not known."""
    date: str
    """The dates of the inspection, such as "11 to 22 September 2023", or else the date of publication."""
    pages: tuple[str, ...]
    """Each page, with the label printed on it if that is different: "3 (printed page 2)"."""
    paragraph: str
    """The printed number of the paragraph, or empty if it has none."""
    link: str
    """Address of the page, including the words to mark on it, or empty if there is no host to link to."""
    origin: str = ""
    """Where a fact comes from, if no page prints it. Otherwise empty."""

    @classmethod
    def build(cls, citation: Citation, statement: Statement | None = None, host: str = "") -> Self:
        """Make a reference for a statement that cites a passage, or for the passage itself if there is no statement.

        ``host`` is the start of the link, such as "https://reports.example.gov.uk". Without it, the reference has no
        link.
        """
        report = citation.report
        paragraph = citation.scored.passage.label
        if statement and statement.kind is StatementKind.FINDING:
            paragraph = None  # grades are printed in a table, and other facts on the title page
        quotes = statement.quotes if statement else ()
        path = quote_url(quotes[0], citation) if quotes else passage_url(citation)
        fact = statement.fact if statement and not quotes else None
        if fact:
            path = page_url(report.id, fact.page, fact.words) if fact.page else f"/reports/{report.id}"
        return cls(
            report=report.title,
            authority=report.authority or "",
            date=dated(report),
            pages=_pages(citation, statement),
            paragraph=paragraph or "",
            link=host.rstrip("/") + path if host else "",
            origin=FACT_ORIGINS[fact.source] if fact and not fact.page else "",
        )

    @property
    def page(self) -> str:
        """The pages as text, such as "3 (printed page 2) and 4 (printed page 3)"."""
        return " and ".join(self.pages)

    @property
    def text(self) -> str:
        """The reference without its link: title, authority, dates, page and paragraph.

        The authority is left out if the title names it.
        """
        authority = self.authority if self.authority not in self.report else ""
        pages = f"{'page' if len(self.pages) == 1 else 'pages'} {self.page}" if self.pages else self.origin
        paragraph = f"paragraph {self.paragraph}" if self.paragraph else ""
        return ", ".join(part for part in (self.report, authority, self.date, pages, paragraph) if part)

    def __str__(self) -> str:
        return f"{self.text}. {self.link}" if self.link else self.text


def dated(report: Report) -> str:
    """Return the dates of a report's inspection. If they are unknown, return its date of publication."""
    return inspected_words(report) or published_words(report) or "no date found"


def subject(statement: Statement, report: Report) -> str:
    """Return the subject of a row in a list: "Bolton, focused visit, 28 to 29 May 2025"."""
    kind = KIND_WORDS[report.kind] if report.kind else "report"
    is_day = statement.fact is not None and statement.fact.name is FactName.INSPECTED
    return ", ".join((report.authority or report.title, kind, *(() if is_day else (dated(report),))))


def place(page: int, label: str | None, paragraph: str | None = None) -> str:
    """Return words for a place in a report: "page 3 (printed page 2), paragraph 14"."""
    return f"page {_page(page, label)}" + (f", paragraph {paragraph}" if paragraph else "")


def quoted(text: str) -> str:
    """Put a report's words in quotation marks. We use single marks if the words begin with a double mark."""
    return f"‘{text}’" if text.startswith("“") else f"“{text}”"


def not_applied(words: Sequence[str]) -> str:
    """Say which words of a question do not affect its answer."""
    named = in_list([quoted(part) for part in words])
    these, them = ("this word", "it") if is_one_word(words) else ("these words", "them")
    return f"We could not apply {these} in your question: {named}. The answer does not take {them} into account."


def corrected(corrections: Sequence[Correction]) -> tuple[str, str]:
    """Return the words that we searched for and the words as typed, each as a list in quotation marks.

    Both are empty if we corrected nothing.
    """
    taken = list(dict.fromkeys(quoted(word.taken) for word in corrections))
    typed = list(dict.fromkeys(quoted(word.typed) for word in corrections))
    return (in_list(taken), in_list(typed)) if corrections else ("", "")


def other_time(time: OtherTime) -> str:
    """Say which time was used, and which other time the question could mean."""
    return f"We took the date in your question to mean {quoted(time.taken)}. It could also mean {quoted(time.other)}."


def counted_from(day: date) -> str:
    """Say which day the times in a question are counted from."""
    return f"Times such as “last year” and “how long ago” are counted from {in_words(day)}."


def _pages(citation: Citation, statement: Statement | None) -> tuple[str, ...]:
    """Return a statement's pages in order, without repeats. If there is no statement, return the citation's page."""
    labels: dict[int, str | None] = {}
    if statement and statement.judgement:
        labels[statement.judgement.page] = citation.page_label if statement.judgement.page == citation.page else None
    if statement:
        labels.update({quote.page: quote.page_label for quote in statement.quotes})
    if statement and statement.fact and not statement.quotes:
        return (str(statement.fact.page),) if statement.fact.page else ()
    labels = labels or {citation.page: citation.page_label}
    return tuple(_page(page, label) for page, label in labels.items())


def _page(page: int, label: str | None) -> str:
    return f"{page} (printed page {label})" if label and label != str(page) else str(page)
