"""Whether the citations of given answers hold: proved from the answers' own JSON and the reports' files alone.

An answer is believed in nothing: each quote is looked up in the file whose sha256 it names, by the rule by which the
service shows it, and each grade is read from that file again.
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
    """What was checked: each quote, and what fails of a statement as a whole or of a passage. Numbers are from 1."""

    answer: int
    words: str
    faults: tuple[Fault, ...]
    statement: int | None = None
    quote: int | None = None
    passage: int | None = None
    report: str | None = None
    """Its file's name, as the answer has it."""
    page: int | None = None

    def __post_init__(self) -> None:
        if self.quote is None and not self.faults:
            raise ValueError("a statement or a passage is told of only where it fails")

    @property
    def proved(self) -> bool:
        """Whether all of it holds."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _LocatedQuote:
    """A quote whose passage and file are there."""

    quote: SavedQuote
    passage: SavedPassage
    report: SourceReport


def check(answers: Sequence[SavedAnswer | None], files: SourceFiles) -> Iterator[CheckedItem]:
    """Each quote of some answers, proved or not, and what else of them fails.

    A reply without an answer, and an answer without statements, have nothing to prove.
    """
    for number, answer in enumerate(answers, 1):
        if answer is not None and answer.statements:
            yield from _check_answer(number, answer, files)


def _check_answer(number: int, answer: SavedAnswer, files: SourceFiles) -> Iterator[CheckedItem]:
    for at, statement in enumerate(answer.statements, 1):
        for nth, quote in enumerate(statement.quotes, 1):
            passage = answer.cited(quote.citation)
            faults = tuple(quote_faults(quote, statement, passage, files))
            file = passage.report.file if passage else None
            yield CheckedItem(number, quote.text, faults, at, nth, quote.citation, file, quote.page)
        if faults := tuple(_statement_faults(statement, answer, files)):
            yield CheckedItem(number, statement.text, faults, statement=at)
    for at, passage in enumerate(answer.passages, 1):
        quotes = [q for s in answer.statements for q in s.quotes if q.citation == at]
        if faults := tuple(_passage_faults(passage, at, quotes, files)):
            yield CheckedItem(number, passage.text, faults, passage=at, report=passage.report.file, page=passage.page)


def _passage_faults(
    passage: SavedPassage, number: int, quotes: Sequence[SavedQuote], files: SourceFiles
) -> Iterator[Fault]:
    """What fails of a passage as a citation, beside what its quotes tell where it has any."""
    if passage.rank != number:
        yield Fault(FaultKind.NO_CITATION, f"citation {number} is the passage with the rank {passage.rank}")
    if not quotes:
        yield from passage_faults(passage, files)
        return
    first = min(quotes, key=lambda quote: quote.start)
    if passage.page != first.page:
        why = f"the citation names page {passage.page}, its first quote page {first.page}"
        yield Fault(FaultKind.NOT_ON_PAGE, why)


def _statement_faults(statement: SavedStatement, answer: SavedAnswer, files: SourceFiles) -> Iterator[Fault]:
    """What fails of a statement as a whole, beside what its quotes tell."""
    if not statement.citations:
        yield Fault(FaultKind.NO_CITATION, "it cites nothing")
    for number in statement.citations:
        if not any(quote.citation == number for quote in statement.quotes):
            yield Fault(FaultKind.NO_CITATION, f"it cites passage {number} and quotes nothing of it")
    if (statement.kind is StatementKind.FINDING) != (statement.judgement is not None):
        yield Fault(FaultKind.NOT_JUDGED, "a finding, and only a finding, has a judgement")
        return
    try:
        found = [one for quote in statement.quotes if (one := _find(quote, answer, files))]
        if not found or len(found) < len(statement.quotes):
            return  # the quotes tell it
        if statement.judgement is None:
            yield from _wording_faults(statement, found)
        else:
            yield from _judgement_faults(statement, statement.judgement, found)
    except UnreadableReport:
        return  # the quotes tell it


def _find(quote: SavedQuote, answer: SavedAnswer, files: SourceFiles) -> _LocatedQuote | None:
    passage = answer.cited(quote.citation)
    if passage is None or passage.report.sha256 not in files:
        return None
    return _LocatedQuote(quote, passage, files.report(passage.report.sha256))


def _wording_faults(statement: SavedStatement, found: Sequence[_LocatedQuote]) -> Iterator[Fault]:
    """Whether a statement says what its quotes say: one quote, or one for each of the pages that it runs over."""
    first, last = found[0], found[-1]
    passage = first.passage.text
    gaps = (passage[one.quote.end : other.quote.start] for one, other in pairwise(found))
    if passage[first.quote.start : last.quote.end] != statement.text or any(gap.strip() for gap in gaps):
        yield Fault(FaultKind.NOT_SAID, "its words are not those of its quotes")
    if len(found) > 1:
        pages = [one.quote.page for one in found]
        of_one = len({one.quote.citation for one in found}) == 1 and all(a + 1 == b for a, b in pairwise(pages))
        places = first.report.places(statement.text, *pages) if of_one and pages[-1] in first.report.labels else ()
        if [place.page for place in places] != pages:
            why = f"it does not run over the pages {', '.join(map(str, pages))} of one report"
            yield Fault(FaultKind.NOT_ON_PAGE, why)


def _judgement_faults(
    statement: SavedStatement, judgement: SavedJudgement, found: Sequence[_LocatedQuote]
) -> Iterator[Fault]:
    """Whether the grade is the report's own for that area, on that page, and the statement says no more."""
    for one in found:
        if one.passage.report.id != judgement.report_id:
            why = f"the judgement is of report {judgement.report_id}, its citation of {one.passage.report.id}"
            yield Fault(FaultKind.WRONG_REPORT, why)
        if one.quote.text != judgement.grade:
            yield Fault(FaultKind.NOT_JUDGED, f"the grade is “{judgement.grade}”, its quote “{one.quote.text}”")
        if find_judgement(statement, one.quote.page, one.report) is None:
            printed = {j.grade: j for j in one.report.judgements if j.area == judgement.area}
            told = " and ".join(f"“{j.grade}” on page {j.page}" for j in printed.values()) or "none"
            why = f"the grade that {one.report.path.name} gives for this area is {told}"
            remedy = "Where a sidecar corrects the report's grades, put it beside the file; else ask the service again."
            yield Fault(FaultKind.NOT_JUDGED, why, remedy)
        if not _says(statement, judgement, one):
            yield Fault(FaultKind.NOT_SAID, "it says something else than its judgement")


def _says(statement: SavedStatement, judgement: SavedJudgement, found: _LocatedQuote) -> bool:
    """Whether a finding says area and grade, or the sentence in which the report prints the grade, and no more."""
    if statement.text == f"{judgement.area}: {judgement.grade}":
        return True
    ends_in_grade = statement.text.rstrip(".").endswith(judgement.grade)
    of_passage = statement.text in found.passage.text.splitlines() and found.quote.page in found.report.labels
    return ends_in_grade and of_passage and bool(found.report.places(statement.text, found.quote.page))
