"""Checks the citations of saved answers, using only their JSON and the files of the reports.

Nothing in an answer is trusted. Each quote is looked up in the file with the sha256 that the answer gives, by the same
rule that the service uses. Each grade is read from that file again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.errors import UnreadableReport
from qa_service.types import StatementKind
from qa_service.verification.quote_check import Fault, FaultKind, find_judgement, passage_faults, quote_faults
from qa_service.verification.saved_answer import SavedAnswer, SavedJudgement, SavedPassage, SavedQuote, SavedStatement
from qa_service.verification.source_files import SourceFiles, SourceReport


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """A quote with its faults, or a statement or passage that has faults of its own. Numbers start at 1."""

    answer: int
    words: str
    faults: tuple[Fault, ...]
    statement: int | None = None
    quote: int | None = None
    passage: int | None = None
    report: str | None = None
    """File name of the report, as the answer gives it."""
    page: int | None = None

    def __post_init__(self) -> None:
        if self.quote is None and not self.faults:
            raise ValueError("a statement or a passage is an item only if it has faults")

    @property
    def proved(self) -> bool:
        """Whether the item has no faults."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _LocatedQuote:
    """A quote, its passage, and the report as read from the file."""

    quote: SavedQuote
    passage: SavedPassage
    report: SourceReport


def check(answers: Sequence[SavedAnswer | None], files: SourceFiles) -> Iterator[CheckedItem]:
    """Check answers. Yields an item for each quote, and for each statement and passage with faults of its own.

    If an answer is None or has no statements, there is nothing to prove.
    """
    for number, answer in enumerate(answers, 1):
        if answer is not None and answer.statements:
            yield from _check_answer(number, answer, files)


def _check_answer(number: int, answer: SavedAnswer, files: SourceFiles) -> Iterator[CheckedItem]:
    for statement_number, statement in enumerate(answer.statements, 1):
        for quote_number, quote in enumerate(statement.quotes, 1):
            passage = answer.cited(quote.citation)
            faults = tuple(quote_faults(quote, statement, passage, files))
            file = passage.report.file if passage else None
            yield CheckedItem(
                number, quote.text, faults, statement_number, quote_number, quote.citation, file, quote.page
            )
        if faults := tuple(_statement_faults(statement, answer, files)):
            yield CheckedItem(number, statement.text, faults, statement=statement_number)
    for rank, passage in enumerate(answer.passages, 1):
        quotes = [q for s in answer.statements for q in s.quotes if q.citation == rank]
        if faults := tuple(_passage_faults(passage, rank, quotes, files)):
            yield CheckedItem(number, passage.text, faults, passage=rank, report=passage.report.file, page=passage.page)


def _passage_faults(
    passage: SavedPassage, number: int, quotes: Sequence[SavedQuote], files: SourceFiles
) -> Iterator[Fault]:
    """Find faults in a passage as a citation. The faults in its quotes are found elsewhere."""
    if passage.rank != number:
        yield Fault(FaultKind.NO_CITATION, f"citation {number} has the passage with rank {passage.rank}")
    if not quotes:
        yield from passage_faults(passage, files)
        return
    first = min(quotes, key=lambda quote: quote.start)
    if passage.page != first.page:
        why = f"the citation is on page {passage.page}, but its first quote is on page {first.page}"
        yield Fault(FaultKind.NOT_ON_PAGE, why)


def _statement_faults(statement: SavedStatement, answer: SavedAnswer, files: SourceFiles) -> Iterator[Fault]:
    """Find faults in a statement as a whole. The faults in its quotes are found elsewhere."""
    if not statement.citations:
        yield Fault(FaultKind.NO_CITATION, "the statement cites no passage")
    for number in statement.citations:
        if not any(quote.citation == number for quote in statement.quotes):
            yield Fault(FaultKind.NO_CITATION, f"the statement cites passage {number} but does not quote it")
    if (statement.kind is StatementKind.FINDING) != (statement.judgement is not None):
        yield Fault(
            FaultKind.NOT_JUDGED,
            "the statement is a finding without a judgement, or has a judgement but is not a finding",
        )
        return
    try:
        located = [match for quote in statement.quotes if (match := _locate(quote, answer, files))]
        if not located or len(located) < len(statement.quotes):
            return  # a fault in the quote says why
        if statement.judgement is None:
            yield from _wording_faults(statement, located)
        else:
            yield from _judgement_faults(statement, statement.judgement, located)
    except UnreadableReport:
        return  # a fault in the quote says why


def _locate(quote: SavedQuote, answer: SavedAnswer, files: SourceFiles) -> _LocatedQuote | None:
    passage = answer.cited(quote.citation)
    if passage is None or passage.report.sha256 not in files:
        return None
    return _LocatedQuote(quote, passage, files.report(passage.report.sha256))


def _wording_faults(statement: SavedStatement, located: Sequence[_LocatedQuote]) -> Iterator[Fault]:
    """Check that a statement's words are those of its quotes. It has one quote for each page on which it is printed."""
    first, last = located[0], located[-1]
    passage = first.passage.text
    gaps = (passage[before.quote.end : after.quote.start] for before, after in pairwise(located))
    if passage[first.quote.start : last.quote.end] != statement.text or any(gap.strip() for gap in gaps):
        yield Fault(FaultKind.NOT_SAID, "the words of the statement are not those of its quotes")
    if len(located) > 1:
        pages = [match.quote.page for match in located]
        is_one_passage = len({match.quote.citation for match in located}) == 1
        is_run = is_one_passage and all(page + 1 == following for page, following in pairwise(pages))
        places = first.report.places(statement.text, *pages) if is_run and pages[-1] in first.report.labels else ()
        if [place.page for place in places] != pages:
            why = f"the statement is not printed on pages {', '.join(map(str, pages))} of one report"
            yield Fault(FaultKind.NOT_ON_PAGE, why)


def _judgement_faults(
    statement: SavedStatement, judgement: SavedJudgement, located: Sequence[_LocatedQuote]
) -> Iterator[Fault]:
    """Check that the report gives this grade for this area on this page, and that the statement says nothing else."""
    for match in located:
        if match.passage.report.id != judgement.report_id:
            why = f"the judgement is of report {judgement.report_id}, but its citation is of {match.passage.report.id}"
            yield Fault(FaultKind.WRONG_REPORT, why)
        if match.quote.text != judgement.grade:
            why = f"the grade is “{judgement.grade}”, but its quote is “{match.quote.text}”"
            yield Fault(FaultKind.NOT_JUDGED, why)
        if find_judgement(statement, match.quote.page, match.report) is None:
            printed = {j.grade: j for j in match.report.judgements if j.area == judgement.area}
            grades = " and ".join(f"“{j.grade}” on page {j.page}" for j in printed.values()) or "none"
            why = f"the grade that {match.report.path.name} prints for this area is {grades}"
            remedy = "If a sidecar corrects the grades of the report, put it next to the file. If not, ask again."
            yield Fault(FaultKind.NOT_JUDGED, why, remedy)
        if not _states(statement, judgement, match):
            yield Fault(FaultKind.NOT_SAID, "the statement does not say what its judgement says")


def _states(statement: SavedStatement, judgement: SavedJudgement, located: _LocatedQuote) -> bool:
    """Return whether a finding is just its area and grade, or the sentence in which the report prints the grade."""
    if statement.text == f"{judgement.area}: {judgement.grade}":
        return True
    ends_in_grade = statement.text.rstrip(".").endswith(judgement.grade)
    page, report = located.quote.page, located.report
    is_in_passage = statement.text in located.passage.text.splitlines() and page in report.labels
    return ends_in_grade and is_in_passage and bool(report.places(statement.text, page))
