"""Finds the items in a report's lists of improvements, priority actions and recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.lists.items import DUE, NONE, Item, marks_of, text_of
from corpus.lists.labels import labelled_runs
from corpus.lists.marked_items import marked_items
from corpus.lists.marks import Mark, first_series, forms_of
from corpus.lists.parts import Part, parts_of
from corpus.lists.places import Edges, page_of
from corpus.lists.rows import row_items, without_numbers
from corpus.lists.titles import Label
from corpus.lists.unread import UnreadList, find_unread
from corpus.types import Block, BlockKind, Document, Improvement, ImprovementKind

_NEXT_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)] (?=[A-Z‘“])")


def read_lists(document: Document) -> tuple[tuple[Improvement, ...], tuple[UnreadList, ...]]:
    """Return the items of all lists that ask for improvements, and the lists that we did not read completely."""
    parts = _parts(document)
    items = tuple(_improvement(document, item, part.section, part.kind) for part in parts for item in part.items)
    return items, find_unread(document, parts)


def find_improvements(document: Document) -> tuple[Improvement, ...]:
    """Return the items of all lists in which the report asks for improvements, in order."""
    return read_lists(document)[0]


def unread_lists(document: Document) -> tuple[UnreadList, ...]:
    """Return the lists that we did not read completely, in order."""
    return read_lists(document)[1]


def _parts(document: Document) -> list[Part]:
    """Return the parts of the lists in a report, with their items, in order."""
    parts = list(parts_of(document))
    runs = {id(part): list(labelled_runs(document, part)) for part in parts}
    marks: dict[int, list[list[Mark]]] = {}
    for part in parts:
        marks.setdefault(part.heading, []).extend(marks_of(document, blocks) for _, blocks in runs[id(part)])
    forms = {heading: forms_of(of_runs) for heading, of_runs in marks.items()}
    read: dict[int, list[Mark]] = {}
    for part in parts:
        before = read.setdefault(part.heading, [])
        part.items = list(_items_of(document, part, runs[id(part)], forms[part.heading], before))
    return parts


def _items_of(
    document: Document,
    part: Part,
    runs: Sequence[tuple[Label, list[Block]]],
    forms: frozenset[str],
    before: list[Mark],
) -> Iterator[Item]:
    """Yield the items of a part, each with the label above it.

    ``forms`` contains the forms of the marks in the whole list. ``before`` contains the marks above the part. We add
    those of the part to it.
    """
    edges = Edges.of(document, part.blocks)
    rest = [block for _, blocks in runs for block in blocks]
    plain = [b for b in rest if b.kind is not BlockKind.LIST_ITEM and not document.text[b.start].islower()]
    in_rows = len(plain) > 2  # two paragraphs may be the sentences that introduce and close a list
    read: list[list[Item]] = []
    for _, blocks in runs:
        marks = marks_of(document, blocks)
        read.append(marked_items(document, blocks, edges, first_series(marks, forms, before), in_rows=in_rows))
        before += marks
    if not any(read) and not part.marked_only:
        read = [without_numbers(document, list(row_items(document, blocks))) for _, blocks in runs]
    for (label, _), items in zip(runs, read, strict=True):
        for item in items:
            _leave_out_title(document, item, part.section)
            if NONE.search(text_of(document, item)):
                continue
            item.label = Label(item.label.body or label.body, item.label.deadline or label.deadline)
            item.number = item.number or part.number
            for one in _by_numbers(document, item):
                _take_due_day(document, one)
                yield one


def _leave_out_title(document: Document, item: Item, title: str) -> None:
    """Leave out the list's title at the start of an item, as in a table whose first row repeats it."""
    start, end = item.spans[0]
    after = start + len(title) + 1
    if document.text.startswith(f"{title} ", start, end) and document.text[after : after + 1].isupper():
        item.spans[0] = after, end


def _by_numbers(document: Document, item: Item) -> Iterator[Item]:
    """Divide an item if one of its lines starts with the number of the next item."""
    start, end = item.spans[-1]
    for line in document.lines_in(start, end):
        following = f"{int(item.number) + 1}" if item.number and item.number.isdigit() else None
        mark = _NEXT_NUMBER.match(document.text, line.start, end) if following else None
        if mark and mark["number"] == following and line.start > item.spans[-1][0]:
            before = item.spans[-1][0]
            item.spans[-1] = before, before + len(document.text[before : line.start].rstrip())
            yield item
            item = Item(line.start, [(mark.end(), end)], item.first, following, item.label)
    yield item


def _take_due_day(document: Document, item: Item) -> None:
    """If the last sentence of an item only gives a deadline, move it to the label."""
    start, end = item.spans[-1]
    due = DUE.search(document.text, start, end)
    if due and due.start() > start and item.label.deadline is None:
        item.spans[-1] = start, due.start()
        item.label = replace(item.label, deadline=due["day"] or due["date"])


def _improvement(document: Document, item: Item, section: str, kind: ImprovementKind) -> Improvement:
    return Improvement(
        kind=kind,
        text=text_of(document, item),
        page=page_of(document, item.first) if item.start == item.first.start else _page_at(document, item.start),
        section=section,
        start=item.start,
        end=item.end,
        label=item.number,
        body=item.label.body,
        deadline=item.label.deadline,
    )


def _page_at(document: Document, start: int) -> int:
    return document.lines_in(start, start + 1)[0].page
