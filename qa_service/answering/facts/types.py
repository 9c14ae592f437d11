"""An answer from facts: its rows, each proved by a report, and one sentence about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Judgement, Report
from index.storage.store import Store
from qa_service.analysis.authorities import authorities_of
from qa_service.types import FactName, Summary
from qa_service.understanding.interpretation import Interpretation

AUTHORITIES, REPORTS = "authorities", "reports"
"""What a summary may count."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of an answer: a grade that a report gives, or another fact about the report."""

    report: Report
    judgement: Judgement | None = None
    fact: FactName | None = None

    def __post_init__(self) -> None:
        if (self.judgement is None) == (self.fact is None):
            raise ValueError("a row states one thing: a grade or another fact")


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """The items of an answer, in the order shown, and a summary of them."""

    items: tuple[tuple[FactRow, ...], ...]
    """The items of the answer, each with its rows. A change of grade has two rows."""
    summary: Summary
    note: str = ""
    """Anything else that the person should know, such as which authorities could not be counted."""
    total: int | None = None
    """Number of authorities or reports in the whole list. None if the answer is not a list."""
    answered: bool = True
    """Whether the facts answer the question. False if there is nothing to list."""
    others: tuple[str, ...] = ()
    """The authorities that were checked and do not fit, if the answer is a list of authorities."""


@dataclass(frozen=True, slots=True)
class FactScope:
    """The reports that a question about facts may use."""

    question: Interpretation
    reports: tuple[Report, ...]
    """The reports that the person may see and that the filters allow."""
    store: Store

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reports."""
        return tuple(report.id for report in self.reports)

    def report(self, report_id: str) -> Report:
        """Return the report with the given id. Raises KeyError if there is no report with this id."""
        report = self.store.report(report_id)
        if report is None:
            raise KeyError(report_id)
        return report

    @property
    def authorities(self) -> Sequence[str]:
        """The authorities of the reports, in alphabetical order."""
        return authorities_of(self.reports)
