"""Checks the citations of saved answers, using only their JSON and the files of the reports.

The check trusts no part of an answer. It proves the following:

- A quote: its words are on the given page and in the given boxes of the file with the given sha256. The check finds
  words by the same rule as the service. A second program, which the index does not use, must also read the same words
  on that page.
- A grade: the same file, read again, prints this grade for this area on this page.
- Another fact (inspection dates, a publication date or a lead inspector): the same file, read again, gives this value
  from this source. If the answer gives words for the fact, they are on their page and state this value.
- A statement: it says the same as its quotes, its grade or its fact, and nothing else. Its label, such as who must act,
  is the one in the report's list next to these words, when the file is read again.
- A summary: its count, its yes or no and its changes of grade fit the rows. Each row is proved as a grade or a fact.
  The check cannot prove that no other report belongs in the list, because that needs all the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.errors import UnreadableReport
from corpus.quotes.verbatim import fold
from qa_service.types import FactName, StatementKind
from qa_service.verification.fact_check import cited_passage, fact_faults
from qa_service.verification.quote_check import Fault, FaultKind, find_judgement, passage_faults, quote_faults
from qa_service.verification.saved_answer import SavedAnswer, SavedJudgement, SavedPassage, SavedQuote, SavedStatement
from qa_service.verification.source_files import SourceFiles, SourceReport
from qa_service.verification.summary_check import summary_faults


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """A quote or a fact with its faults, or another part of an answer that has faults. Numbers start at 1.

    An item without a statement or a passage is about the answer's summary.
    """

    answer: int
    words: str
    faults: tuple[Fault, ...]
    statement: int | None = None
    quote: int | None = None
    passage: int | None = None
    report: str | None = None
    """File name of the report, as the answer gives it."""
    page: int | None = None
    fact: FactName | None = None

    def __post_init__(self) -> None:
        if self.quote is None and self.fact is None and not self.faults:
            raise ValueError("a statement, a passage or a summary is an item only if it has faults")

    @property
    def proved(self) -> bool:
        """Whether the item has no faults."""
        return not self.faults

    @property
    def only_unconfirmed(self) -> bool:
        """Whether the item's only fault is that a second program did not find its words."""
        return bool(self.faults) and all(fault.kind is FaultKind.NOT_CONFIRMED for fault in self.faults)


@dataclass(frozen=True, slots=True)
class _LocatedQuote:
    """A quote, its passage, and the report as it was read from the file."""

    quote: SavedQuote
    passage: SavedPassage
    report: SourceReport


def check(answers: Sequence[SavedAnswer | None], files: SourceFiles) -> Iterator[CheckedItem]:
    """Check answers. Yields an item for each quote and each fact, and for each other part that has faults of its own.

    Skips any answer that is None, or that has neither statements nor a summary.
    """
    for number, answer in enumerate(answers, 1):
        if answer is not None and (answer.statements or any(part.summary for part in answer.by_part())):
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
        if statement.fact and statement.judgement is None and statement.kind is StatementKind.FINDING:
            fact, passage = statement.fact, cited_passage(statement, answer)
            faults = (
                *_citation_faults(statement),
                *_label_faults(statement, answer, files),
                *fact_faults(statement, fact, passage, files),
            )
            file = passage.report.file if passage else None
            yield CheckedItem(
                number, statement.text, faults, statement_number, report=file, page=fact.page, fact=fact.name
            )
        elif faults := tuple(_statement_faults(statement, answer, files)):
            yield CheckedItem(number, statement.text, faults, statement=statement_number)
    for rank, passage in enumerate(answer.passages, 1):
        quotes = [q for s in answer.statements for q in s.quotes if q.citation == rank]
        if faults := tuple(_passage_faults(passage, rank, quotes, files)):
            yield CheckedItem(number, passage.text, faults, passage=rank, report=passage.report.file, page=passage.page)
    for part in answer.by_part():
        if part.summary and (faults := tuple(summary_faults(part, part.summary, files))):
            yield CheckedItem(number, part.summary.sentence, faults)


def _passage_faults(
    passage: SavedPassage, number: int, quotes: Sequence[SavedQuote], files: SourceFiles
) -> Iterator[Fault]:
    """Find faults in a passage itself. Other functions find faults in its quotes."""
    if passage.rank != number:
        yield Fault(FaultKind.NO_CITATION, f"citation {number} has the passage with rank {passage.rank}")
    if not quotes:
        yield from passage_faults(passage, files)
        return
    first = min(quotes, key=lambda quote: quote.start)
    if passage.page != first.page:
        why = f"the citation is on page {passage.page}, but its first quote is on page {first.page}"
        yield Fault(FaultKind.NOT_ON_PAGE, why)


def _citation_faults(statement: SavedStatement) -> Iterator[Fault]:
    """Find the citations of a fact that have no quote. The first citation needs no quote if no page prints the fact."""
    for number in statement.citations[1:]:
        if not any(quote.citation == number for quote in statement.quotes):
            yield Fault(FaultKind.NO_CITATION, f"the statement cites passage {number} but does not quote it")


def _statement_faults(statement: SavedStatement, answer: SavedAnswer, files: SourceFiles) -> Iterator[Fault]:
    """Find faults in a statement as a whole. Other functions find faults in its quotes."""
    if not statement.citations:
        yield Fault(FaultKind.NO_CITATION, "the statement cites no passage")
    for number in statement.citations:
        if not any(quote.citation == number for quote in statement.quotes):
            yield Fault(FaultKind.NO_CITATION, f"the statement cites passage {number} but does not quote it")
    if (statement.kind is StatementKind.FINDING) != (statement.judgement is not None) or statement.fact:
        yield Fault(
            FaultKind.NOT_JUDGED,
            "a finding must have exactly one grade or fact, and other statements must have none",
        )
        return
    yield from _label_faults(statement, answer, files)
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
    """Check that a statement has the same words as its quotes. A statement has one quote for each of its pages."""
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


def _label_faults(statement: SavedStatement, answer: SavedAnswer, files: SourceFiles) -> Iterator[Fault]:
    """Check that a list in the report prints the label next to these words: its title, who must act, or by when."""
    if not statement.label:
        return
    words = fold(statement.text)[0]
    try:
        reports = [match.report.facts for quote in statement.quotes if (match := _locate(quote, answer, files))]
    except UnreadableReport:
        return  # a fault in the quote says why
    # A sentence may continue after its item, and an item may have several sentences.
    listed = ((item, fold(item.text)[0]) for report in reports for item in report.improvements)
    items = [item for item, text in listed if words in text or text in words]
    titles = [(item, title) for item in items for title in (None, item.section.rstrip(" :?"))]
    if statement.label not in {", ".join(filter(None, (title, item.body, item.deadline))) for item, title in titles}:
        why = f"no list in the report prints “{statement.label}” next to these words"
        yield Fault(FaultKind.NOT_SAID, why)


def _judgement_faults(
    statement: SavedStatement, judgement: SavedJudgement, located: Sequence[_LocatedQuote]
) -> Iterator[Fault]:
    """Check that the report gives this grade for this area on this page, and that the statement says nothing else."""
    for match in located:
        if match.passage.report.id != judgement.report_id:
            cited = match.passage.report.id
            why = f"the judgement is from report {judgement.report_id}, but its citation is from {cited}"
            yield Fault(FaultKind.WRONG_REPORT, why)
        if match.quote.text != judgement.grade:
            why = f"the grade is “{judgement.grade}”, but its quote is “{match.quote.text}”"
            yield Fault(FaultKind.NOT_JUDGED, why)
        if find_judgement(statement, match.quote.page, match.report) is None:
            printed = {j.grade: j for j in match.report.facts.judgements if j.area == judgement.area}
            grades = " and ".join(f"“{j.grade}” on page {j.page}" for j in printed.values()) or "none"
            why = f"the grade that {match.report.path.name} prints for this area is {grades}"
            remedy = "If a facts file (.toml) corrects the report’s grades, put it next to the file. If not, ask again."
            yield Fault(FaultKind.NOT_JUDGED, why, remedy)
        if not _states(statement, judgement, match):
            yield Fault(FaultKind.NOT_SAID, "the statement does not say what its judgement says")


def _states(statement: SavedStatement, judgement: SavedJudgement, located: _LocatedQuote) -> bool:
    """Return whether a finding is only its area and grade, or the sentence in which the report prints the grade."""
    if statement.text == f"{judgement.area}: {judgement.grade}":
        return True
    ends_in_grade = statement.text.rstrip(".").endswith(judgement.grade)
    page, report = located.quote.page, located.report
    is_in_passage = statement.text in located.passage.text.splitlines() and page in report.labels
    return ends_in_grade and is_in_passage and bool(report.places(statement.text, page))
