"""A briefing on an authority: its grades, what must improve and quotes by theme.

Each one is proved when the briefing is made.

The statements of a briefing have the same form as those of an answer, so the same check proves them later from the
files alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.quotes.originals import Originals
from corpus.types import Report
from index.search.search_index import SearchIndex
from index.types import Filters
from qa_service.answering.citations import Prover, number_citations
from qa_service.answering.overviews.comparison import CellQuote
from qa_service.answering.overviews.comparison_table import says
from qa_service.answering.overviews.profile import Profile
from qa_service.answering.overviews.register import evidence_at, item_places
from qa_service.answering.printed.printed_grades import PrintedGrade, proved
from qa_service.answering.sentences.evidence import Evidence
from qa_service.types import Answer, AnswerStatus, Citation, Statement
from qa_service.wording import month_of

_GRADES_SHOWN = 2
"""Number of grades to show for an area: the latest one and the one before."""


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """A statement of a briefing, with its source."""

    lead: str
    """The words before the statement, such as "Criticises, January 2026"."""
    statement: Statement
    citation: Citation


@dataclass(frozen=True, slots=True)
class BriefingSection:
    """A part of a briefing with its own heading."""

    heading: str
    lines: tuple[BriefingLine, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing, and an answer that has all its statements in the same order."""

    title: str
    made: date
    sections: tuple[BriefingSection, ...]
    answer: Answer

    def __post_init__(self) -> None:
        stated = tuple(line.statement for section in self.sections for line in section.lines)
        if stated != self.answer.statements:
            raise ValueError("the sections of a briefing have exactly the statements of its answer")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement that we still have to prove."""

    lead: str
    row: int
    """The row of the passage that the statement cites."""
    prove: Callable[[int], Statement | None]
    """Returns the statement with the given citation number, or None if we cannot prove it."""


def brief(index: SearchIndex, profile: Profile, today: date) -> Briefing:
    """Return the briefing on an authority. Statements that we cannot prove are left out."""
    title = f"Briefing on {profile.authority}"
    ranks: dict[int, int] = {}
    found: list[tuple[str, list[tuple[str, Statement]]]] = []
    with Originals() as originals:
        prover = Prover(originals, index.source)
        for heading, drafts in _sections(index, profile, prover):
            lines = [(draft.lead, statement) for draft in drafts if (statement := _prove(draft, ranks))]
            found += [(heading, lines)] if lines else []
    statements = tuple(statement for _, lines in found for _, statement in lines)
    citations = number_citations(index.passages_at(list(ranks)), statements, index.store.page_labels)
    status = AnswerStatus.ANSWERED if statements else AnswerStatus.NOT_IN_REPORTS
    answer = Answer(
        status,
        statements,
        citations,
        confidence=1.0 if statements else 0.0,
        reason=f"These are the grades, items and quotes in the briefing of {today.isoformat()}.",
        question=title,
        interpreted_question=title,
        filters=Filters(authority=(profile.authority,)),
        build=index.manifest.build,
    )
    sections = tuple(
        BriefingSection(
            heading,
            tuple(BriefingLine(lead, statement, citations[statement.citations[0] - 1]) for lead, statement in lines),
        )
        for heading, lines in found
    )
    return Briefing(title, today, sections, answer)


def _prove(draft: _Draft, ranks: dict[int, int]) -> Statement | None:
    """Return the proved statement, and give its passage a number if it has none yet."""
    rank = ranks.get(draft.row, len(ranks) + 1)
    statement = draft.prove(rank)
    if statement:
        ranks.setdefault(draft.row, rank)
    return statement


def _sections(index: SearchIndex, profile: Profile, prover: Prover) -> Iterator[tuple[str, list[_Draft]]]:
    yield "Grades", list(_grades(index, profile, prover))
    yield "What must improve", list(_items(index, profile, prover))
    for cell in profile.themes:
        yield cell.aspect.name, [_quote(quote) for quote in cell.quotes]


def _grades(index: SearchIndex, profile: Profile, prover: Prover) -> Iterator[_Draft]:
    for _, history in profile.histories:
        latest = history.grades[-_GRADES_SHOWN:][::-1]
        for grade in proved(((given.report, given.judgement) for given in latest), index.store):
            yield _Draft(_month(grade.report), grade.passage.row, _finding(prover, grade))


def _finding(prover: Prover, grade: PrintedGrade) -> Callable[[int], Statement | None]:
    return lambda rank: prover.finding(grade, rank)


def _items(index: SearchIndex, profile: Profile, prover: Prover) -> Iterator[_Draft]:
    for item in profile.asked:
        for evidence in evidence_at(index, item_places(index, item.report, item.number)):
            yield _Draft(_month(item.report), evidence.scored.row, _item(prover, evidence))


def _item(prover: Prover, evidence: Evidence) -> Callable[[int], Statement | None]:
    return lambda rank: prover.quote(evidence, rank)


def _quote(quote: CellQuote) -> _Draft:
    """Return a quote that was proved when the profile was made, with a new number."""
    lead = ", ".join(filter(None, (says(quote), _month(quote.citation.report))))
    return _Draft(lead, quote.citation.scored.row, lambda rank: _renumbered(quote.statement, rank))


def _month(report: Report) -> str:
    """Return the month in which an inspection ended, because every finding must have its date."""
    return month_of(report).removeprefix("in ")


def _renumbered(statement: Statement, rank: int) -> Statement:
    return replace(
        statement, citations=(rank,), quotes=tuple(replace(quote, citation=rank) for quote in statement.quotes)
    )
