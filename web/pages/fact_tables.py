"""Tables of the grades and other facts that an answer states, and the links to the other parts of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for

from corpus.types import Report
from qa_service.calibration import ITEMS_PER_LIST
from qa_service.export.references import FACT_ORIGINS
from qa_service.types import Answer, AnsweredPart, Citation, FactName, Statement, StatementKind
from web.pages import labels
from web.serving import links
from web.serving.answered_turns import FIRST_PAGE, ListPart

ITEMS_ON_PAGE = 200
"""Maximum number of items that the page shows at once. It is more than the number of authorities in England."""


@dataclass(frozen=True, slots=True)
class Row:
    """A grade or another fact, as a row of a table."""

    number: int
    """Index of the row in its table, from 0."""
    statement: Statement
    citation: Citation

    @property
    def report(self) -> Report:
        """The report that gives the fact."""
        return self.citation.report

    @property
    def page(self) -> str:
        """The page that prints the fact, such as “page 3 (printed page 2)”. Empty if no page prints the fact."""
        statement = self.statement
        if statement.quotes:
            return labels.place(statement.quotes[0].page, statement.quotes[0].page_label)
        return labels.place(statement.fact.page, None) if statement.fact and statement.fact.page else ""

    @property
    def page_url(self) -> str:
        """The address of the page, with the words to mark on it.

        If no page prints the fact, the address of the report.
        """
        statement = self.statement
        if statement.quotes:
            return links.quote_url(statement.quotes[0], self.citation)
        if statement.fact and statement.fact.page:
            return links.page_url(self.report.id, statement.fact.page, statement.fact.words)
        return url_for("reports.report", report_id=self.report.id)

    @property
    def origin(self) -> str:
        """Where a fact comes from if no page prints it, in words."""
        return FACT_ORIGINS[self.statement.fact.source] if self.statement.fact else ""

    @property
    def value(self) -> str:
        """The fact in words, without its name."""
        fact = self.statement.fact
        if fact is None:
            return ""
        if fact.name is FactName.INSPECTED:
            return labels.dated(self.report)
        return self.statement.text.partition(": ")[2]

    @property
    def subject(self) -> str:
        """A description of the report. It leaves out the dates of the inspection if the fact states them."""
        if self.statement.fact and self.statement.fact.name is FactName.INSPECTED:
            return " · ".join((self.report.authority or self.report.title, labels.described(self.report)))
        return labels.source(self.report)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, because they are about the same authority."""

    name: str
    """The authority, or the report's title if the report is about no authority."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The grades or the other facts of an answer."""

    groups: tuple[Group, ...]
    are_grades: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """All the rows of the table."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def only_report(self) -> Report | None:
        """The report that all rows come from. None if there are several."""
        ids = {row.report.id for row in self.rows}
        return self.rows[0].report if len(ids) == 1 else None

    @property
    def names_authorities(self) -> bool:
        """Whether the rows are about more than one authority."""
        return len({group.name for group in self.groups}) > 1

    @property
    def fact(self) -> str:
        """What the rows state: “Inspected”, “Published” or “Lead inspector”. “Fact” if they state different facts."""
        names = {row.statement.fact.name for row in self.rows if row.statement.fact}
        return labels.FACTS[names.pop()] if len(names) == 1 else "Fact"


def tables_of(statements: Sequence[Statement], citations: Sequence[Citation]) -> list[Table]:
    """Return a table of grades and a table of other facts. A table that would be empty is left out."""
    rows = [Row(number, s, citations[s.citations[0] - 1]) for number, s in enumerate(statements)]
    grades = [row for row in rows if row.statement.judgement]
    facts = [row for row in rows if row.statement.fact]
    return [Table(_grouped(some), some is grades) for some in (grades, facts) if some]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another part of a list."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The part of a list that is shown, and links to the other parts."""

    shown: str
    """Description of the part, such as “Items 1 to 20 of 45”."""
    links: tuple[Link, ...]


def listing_of(answer: Answer, part: ListPart, *, conversation: str, number: int) -> Listing | None:
    """Return which part of a list a turn shows. None if the list is shown in full, as it is for most questions.

    “Show all” goes to the first row after the ones shown.
    """
    rows = sum(statement.kind is StatementKind.FINDING for statement in answer.statements)
    following = answer.next_offset
    if following is None and part == FIRST_PAGE:
        return None
    total = answer.total if answer.total and answer.total >= (following or 0) else None
    last = following or total
    of = f" of {total}" if total else ""
    if part.offset and last == part.offset + 1:
        shown = f"Item {last}{of}"
    else:
        shown = f"Items {part.offset + 1}{f' to {last}' if last else ' to the end'}{of}"

    def link(label: str, anchor: str, **query: Any) -> Link:
        address = url_for("conversations.turn", name=conversation, number=number, **query)
        return Link(label, f"{address}#t{number}-{anchor}")

    found = []
    if following is not None and (part.items or 0) < ITEMS_ON_PAGE:
        count = min(ITEMS_PER_LIST, total - following) if total else ITEMS_PER_LIST
        found.append(link(f"Show the next {count}", "rows", offset=following))
        whole = f"Show all {total}" if total and total <= ITEMS_ON_PAGE else f"Show the first {ITEMS_ON_PAGE}"
        found.append(link(whole if total else "Show all", "rows" if part.offset else f"r{rows}", all=1))
    elif following is not None:
        found.append(link(f"Show the next {ITEMS_ON_PAGE}", "rows", offset=following, all=1))
    if part.items and not part.offset:
        found.append(link(f"Show only the first {ITEMS_PER_LIST}", "rows", offset=0))
    elif part.offset:
        step = part.items or ITEMS_PER_LIST
        query: dict[str, int] = {"offset": max(part.offset - step, 0)} | ({"all": 1} if part.items else {})
        found.append(link(f"Show the previous {min(step, part.offset)}", "rows", **query))
    return Listing(shown, tuple(found))


def listing_of_part(answered: AnsweredPart, part: ListPart, *, url: str, anchor: str) -> Listing | None:
    """Return which items of a list are shown, if the list answers one of several questions.

    None if all items are shown.

    We show a list of this kind from its start. ``url`` is the address of the turn. ``anchor`` is the prefix of the ids
    in the question's table.
    """
    total, following = answered.total, answered.next_offset
    whole = bool(part.items) and total is not None and total > ITEMS_PER_LIST
    if following is None and not whole:
        return None
    of = f" of {total}" if total else ""
    shown = f"Items 1 to {following or total}{of}"
    if part.items:
        return Listing(shown, (Link(f"Show only the first {ITEMS_PER_LIST}", f"{url}?offset=0#{anchor}-rows"),))
    most = f"Show all {total}" if total and total <= ITEMS_ON_PAGE else f"Show the first {ITEMS_ON_PAGE}"
    return Listing(shown, (Link(most, f"{url}?all=1#{anchor}-r{len(answered.statements)}"),))


def _grouped(rows: Sequence[Row]) -> tuple[Group, ...]:
    grouped = groupby(rows, key=lambda row: row.report.authority or row.report.title)
    return tuple(Group(name, tuple(group)) for name, group in grouped)
