"""Reads grades from the rows of tables in Word documents, web pages and Markdown.

A table may have a column of grades, several such columns with a head each, a column of ticks for each grade, or areas
as the heads of its columns. Of several columns, we read the one whose head says that its grades are from this
inspection. If no head says so, we read none, and report the table and its areas as unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.drafts import Draft
from corpus.grade_tables.cells import ROW_NUMBER, is_whole, names_area, opens_row, says_not_judged
from corpus.grade_tables.heads import (
    Head,
    announces_others,
    current_of,
    dates_grades,
    head_of,
    is_other_part,
    looks_back,
    says_earlier,
)
from corpus.grade_tables.judgements import GradeRows, is_area_head, is_grade_head
from corpus.types import BlockKind, Judgement

_LONE_NUMBER = re.compile(r"^\d(?:\.\d|\.)?$")
_LONGEST = 80
"""Maximum number of rows of a grade table. We do not read longer tables, so that reading stays fast. Chosen by eye."""
_YES = {"☑": "tick", "✓": "tick", "✔": "tick", "☒": "crossed box", "✗": "cross", "✘": "cross", "x": "cross",
        "yes": "yes", "•": "dot", "●": "dot"}  # fmt: skip
"""The marks that may show which grade was given, each with its sort."""
_NO = frozenset({"☐", "-", "–", "—", "no", "□"})
"""The marks of grades that were not given."""


@dataclass(slots=True)
class _Table:
    """The rows of a table, and the texts above it."""

    heading: str
    above: str
    below: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The areas of a table, each with the words in its cell of grades. A cell that we must not read is None."""

    pairs: tuple[tuple[str, str | None], ...]
    marked: bool
    """Whether the heads of the table name a column of areas and one of grades, so that areas may have any names."""


def grades_from_tables(drafts: Sequence[Draft]) -> GradeRows:
    """Return the grades in the tables of a document.

    If two rows give an area different grades, we use neither, because one of them may be from another inspection.
    """
    pairs = [pair for table in _tables(drafts) for pair in _pairs(table)]
    given: dict[str, set[str]] = {}
    for area, grade in pairs:
        if grade is not None and is_whole(grade):
            given.setdefault(_plain(area), set()).add(_plain(grade))
    single = dict.fromkeys((a, g) for a, g in pairs if g is not None and is_whole(g) and len(given[_plain(a)]) == 1)
    read = {_plain(area): (area, grade) for area, grade in reversed(single)}
    judged = [(area, grade) for area, grade in single if read[_plain(area)] == (area, grade)]
    unread = dict.fromkeys(area for area, grade in pairs if _plain(area) not in read and _is_unread(area, grade))
    return GradeRows(
        tuple(Judgement(area, grade, 1) for area, grade in judged if not says_not_judged(grade)),
        tuple(unread),
        tuple(area for area, grade in judged if says_not_judged(grade)),
        unread=bool(unread) and not judged,
    )


def _is_unread(area: str, grade: str | None) -> bool:
    """Return whether we report a row whose grade we cannot read."""
    return opens_row(area) or (_is_area(area) and (grade is None or is_whole(grade)))


def _tables(drafts: Iterable[Draft]) -> Iterator[_Table]:
    """Yield the tables of a document, in order. A table inside another one is a table of its own."""
    tables: dict[int, _Table] = {}
    heading = above = ""
    last: _Table | None = None
    for draft in drafts:
        if last and not draft.cells:
            last.below, last = draft.text if draft.pieces else "", None
        if draft.cells:
            tables.setdefault(draft.table, _Table(heading, above)).rows.append(draft.cells)
            above, last = "", tables[draft.table]
        elif draft.kind is BlockKind.HEADING:
            heading, above = draft.text, ""
        elif draft.pieces:
            above = draft.text
    return iter(tables.values())


def _pairs(table: _Table) -> Iterator[tuple[str, str | None]]:
    """Yield the areas in a table with their grades. An area of a table that we cannot read has None instead."""
    if len(table.rows) > _LONGEST or is_other_part(table.heading) or announces_others(table.above):
        return
    for title, part in _parts(table.rows):
        if is_other_part(title) or says_earlier(title):
            continue
        found = _read(part)
        unclear = dates_grades(table.above) or dates_grades(title) or looks_back(table.below)
        if not found.marked and not any(_is_area(area) for area, _ in found.pairs):
            continue
        for area, grade in found.pairs:
            if area and not is_other_part(area) and not says_earlier(area):
                yield area, None if unclear else grade


def _parts(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Yield the parts of a table, each with the title that spans all its columns, if it has one."""
    title, part = "", list[tuple[str, ...]]()
    for row in rows:
        if len(row) > 1 and len(set(row)) == 1:
            if part:
                yield title, part
            title, part = row[0], []
        elif len(row) > 1:
            part.append(row)
    if part:
        yield title, part


def _read(rows: list[tuple[str, ...]]) -> _Rows:
    """Return the areas and the grades of a part of a table."""
    width = len(rows[0])
    rows = [row for row in rows if len(row) == width]
    areas = [sum(_is_area(_area(row[column])) for row in rows) for column in range(width)]
    if sum(_is_area(_area(cell)) for cell in rows[0]) > max(1, *areas):
        rows = list(zip(*rows, strict=True))
        width = len(rows[0])
        areas = [sum(_is_area(_area(row[column])) for row in rows) for column in range(width)]
    at = max(range(width), key=lambda column: areas[column])
    if not areas[at]:
        at = next((c for c in range(width) if not all(_is_number(row[c]) for row in rows[1:])), 0)
    if scale := _scale(rows[0], at):
        return _Rows(tuple(_ticked(rows[1:], at, scale)), marked=False)
    first = next((n for n, row in enumerate(rows) if _is_area(_area(row[at])) or _grades_of(row, at)), len(rows))
    heads = {column: _head(rows[:first], column) for column in range(width)}
    column = _column(rows[first:], at, heads)
    marked = is_area_head(heads[at]) and any(is_grade_head(head) for c, head in heads.items() if c != at)
    if column is None and not any(_grades_of(row, at) for row in rows[first:]):
        return _Rows((), marked=False)
    return _Rows(
        tuple((_area(row[at]), row[column] if column is not None else None) for row in rows[first:]), marked=marked
    )


def _column(rows: Sequence[tuple[str, ...]], at: int, heads: Mapping[int, str]) -> int | None:
    """Return the column with the grades of this inspection, or None if the table does not show which one that is."""
    used = [c for c in heads if c != at and any(row[c] not in ("", row[at]) for row in rows)]
    graded = [c for c in used if any(is_whole(row[c]) for row in rows)]
    if len(graded) != 1:
        return current_of({column: head_of(heads[column]) for column in graded})
    head = head_of(heads[graded[0]])
    others = [c for c in used if c not in graded and not all(_is_number(row[c]) for row in rows)]
    sure = head in (Head.CURRENT, Head.PLAIN, Head.DATED) or (head is Head.UNKNOWN and not others)
    return graded[0] if sure else None


def _head(rows: Sequence[tuple[str, ...]], column: int) -> str:
    """Return the words in the rows above the first area, in one column. A cell over several rows counts once."""
    return " ".join(dict.fromkeys(row[column] for row in rows if row[column]))


def _scale(row: Sequence[str], at: int) -> dict[int, str]:
    """Return the grades that are heads of columns, by column. There are none if the row gives an area its grades."""
    scale = {column: cell for column, cell in enumerate(row) if column != at and is_whole(cell)}
    is_head = len(scale) > 1 and len(set(map(_plain, scale.values()))) == len(scale)
    return scale if is_head and not _is_area(_area(row[at])) else {}


def _ticked(rows: Sequence[tuple[str, ...]], at: int, scale: Mapping[int, str]) -> Iterator[tuple[str, str | None]]:
    """Yield each area with the grade whose column has the only mark of its row.

    If the marks of a table are of two sorts, ticks count and crosses do not. With any other two sorts, we cannot tell
    which of them counts.
    """
    marks = [{column: row[column].casefold() for column in scale if row[column]} for row in rows]
    shown = {mark for row in marks for mark in row.values() if mark not in _NO}
    sorts = {_YES.get(mark) for mark in shown}
    chosen = "tick" if sorts == {"tick", "cross"} else next(iter(sorts)) if len(sorts) == 1 else None
    for row, cells in zip(rows, marks, strict=True):
        given = [column for column, mark in cells.items() if chosen and _YES.get(mark) == chosen]
        yield _area(row[at]), scale[given[0]] if len(given) == 1 else None


def _grades_of(row: Sequence[str], at: int) -> list[int]:
    return [column for column, cell in enumerate(row) if column != at and is_whole(cell)]


def _area(cell: str) -> str:
    return ROW_NUMBER.sub("", cell).strip()


def _is_number(cell: str) -> bool:
    return not cell or bool(_LONE_NUMBER.match(cell))


def _is_area(name: str) -> bool:
    """Return whether the words in a cell name an area, or start as a name does, because a cell may say more."""
    return names_area(name) or opens_row(name)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
