"""Reads grades, cell by cell, from the table or numbered block on a report's first pages.

It reads the table used since 2018, which is headed "Judgement / Grade" and may have any rows, and the numbered block
used from 2013 to 2018 ("1. Children who need help and protection … 3. Leadership"). ``corpus.grade_tables.cells``
distinguishes grades from areas, and ``corpus.grade_tables.rows`` finds the rows of any layout. It never supplies a
grade that is not printed on the page. If we cannot read the grade or the area of a row, the row gives no judgement, and
we report its area as unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.drafts import Draft, Piece
from corpus.glyphs import clean
from corpus.grade_tables.across import AreaAbove, grades_across
from corpus.grade_tables.cells import (
    ROW_NUMBER,
    breaks_grade,
    columns_of,
    is_whole,
    opens_row,
    says_not_judged,
    split,
    starts_with_grade,
)
from corpus.grade_tables.heads import dates_grades, is_other_part, says_earlier
from corpus.grade_tables.page_columns import grade_columns, own_column
from corpus.grade_tables.rows import Row, rows_of
from corpus.graded_areas import is_same_area
from corpus.measures import INDENT, SAME_LINE, SAME_SIZE
from corpus.pdf.lines import PdfLine
from corpus.types import BlockKind, Box, Judgement

_BOARD = re.compile(r"^The effectiveness of the (?:Local Safeguarding|LSCB)", re.IGNORECASE)
"""The words about the safeguarding board below the numbered block. They are a row of the table only if a grade is next
to them."""
_HEADER = re.compile(r"^Judge?ment(?:\s+Grade)?$")
_OTHER_HEADER = re.compile(
    r"^(?:(?:Key |Graded |Inspection )?Judge?ments?|(?:Graded )?Areas?(?: of (?:judge?ment|inspection|service))?|"
    r"Aspects?(?: inspected)?)(?P<grade>\s+Grades?)?$",
    re.IGNORECASE,
)
"""Other names for the column of areas. We accept them only next to the name of the column of grades."""
_GRADE_HEADER = re.compile(r"^(?:Grades?|Judge?ment grades?|Inspection grades?)$", re.IGNORECASE)
_GRADE_WORD = re.compile(r"\b(?:grades?|judge?ments?|ratings?|outcomes?)\b", re.IGNORECASE)
_NUMBERED_START = re.compile(r"^1\.?\s+Children who need help and protection\b")
_TABLE_STEP = 60.0
"""Largest step between two lines of a grade table, in points. Chosen by eye."""
_ABOVE_FIRST = 2.2
"""Largest step from a grade down to the first area, in multiples of the size of its letters. Chosen by eye."""
_GRADE_EDGE = 12.0
"""Largest distance by which an area may extend beyond the left edge of the grades, in points. Chosen by eye."""
_COLUMN_APART = 40.0
"""Smallest distance of a column of grades from the left edge of the areas, in points. Chosen by eye."""
_TEXT_LINE = 75
"""Maximum length of a line in a grade table, in characters. Chosen by eye."""
_NEAR_BELOW = 2.2
"""Largest step from the last grade down to its area, in multiples of the size of the letters. Chosen by eye."""
_MOST_BELOW = 3
"""Maximum number of lines of the last area that may be below its grade. Chosen by eye."""
_LONGEST = 80
"""Maximum number of lines in a grade table. We do not read longer tables, so that reading stays fast. Chosen by eye."""
_LEAST_ROWS = 3
"""If nothing else marks the start of a table, this many known areas with grades make one. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class GradedPage:
    """A page's judgements, and its lines with each row of the grade table as one block."""

    judgements: tuple[Judgement, ...]
    flow: tuple[PdfLine | Draft, ...]
    unread: bool
    """True if a grade table starts on the page, but we cannot read any of its rows."""
    unread_areas: tuple[str, ...] = ()
    """Areas whose grade we cannot read, if we can read other rows of the table."""
    not_judged: tuple[str, ...] = ()
    """Areas that the table says were not judged."""
    is_whole: bool = True
    """False if the table has a row that we cannot read."""


def read_rest(page: GradedPage, lines: Sequence[PdfLine]) -> GradedPage | None:
    """Return the rest of a page's grade table from the lines of the next page, or None if it does not go on there.

    It goes on if it is the last thing on its page, if other rows are the first thing on the next, and if all of these
    name areas that the table does not have yet.
    """
    if not page.flow or not isinstance(page.flow[-1], Draft):
        return None
    rest = read_grades(lines, goes_on=True)
    if not rest.judgements or not isinstance(rest.flow[0], Draft):
        return None
    above = [*(judgement.area for judgement in page.judgements), *page.not_judged]
    below = [*(judgement.area for judgement in rest.judgements), *rest.not_judged]
    return None if any(is_same_area(area, other) for area in below for other in above) else rest


def joined(page: GradedPage, rest: GradedPage) -> GradedPage:
    """Return a page's grade table together with its rest on the next page. The lines are those of the second page."""
    return GradedPage(
        (*page.judgements, *rest.judgements),
        rest.flow,
        unread=False,
        unread_areas=(*page.unread_areas, *rest.unread_areas),
        not_judged=(*page.not_judged, *rest.not_judged),
        is_whole=page.is_whole and rest.is_whole,
    )


def read_grades(lines: Sequence[PdfLine], *, goes_on: bool = False) -> GradedPage:
    """Read the grade table of a page, if there is one.

    ``goes_on`` is true if the table may start on the page before. Its rows then need no head on this page.
    """
    ordered = sorted(lines, key=lambda line: (round(line.baseline), line.left))
    texts = [clean(line.text) for line in ordered]
    if across := grades_across(ordered):
        return _across(lines, across)
    start, marked = _start(ordered, texts)
    marked = marked or (goes_on and start == 0)
    region = _region(ordered, texts, start) if start is not None else []
    if start is not None and _is_announced_as_earlier(ordered, texts, start):
        return GradedPage((), tuple(lines), unread=False)
    columns = grade_columns(ordered, region) if len(region) <= _LONGEST else []
    own = own_column(columns)
    if columns and own is None:
        areas = sum(opens_row(clean(line.text)) for line in region)
        return GradedPage((), tuple(lines), unread=len(columns) > 1 and (marked or areas > 1))
    others = [line for line in region if any(column.holds(line) for column in columns if column is not own)]
    heads = [line for column in columns for line in column.head] if len(columns) > 1 else []
    beside = {id(line) for line in (*others, *heads)}
    region = [line for line in region if id(line) not in beside]
    grades_at = next((line.left for line, text in zip(ordered, texts, strict=True) if text == "Grade"), None)
    rows = rows_of(columns_of(region, grades_at)) if len(region) <= _LONGEST else []
    read = [row for row in rows if row.is_read]
    judged = [row for row in read if row.cell and not says_not_judged(row.cell.text)]
    if not judged or not (marked or len(read) >= _LEAST_ROWS):
        unread = marked and any(split(clean(line.text))[1] for line in region)
        return GradedPage((), tuple(lines), unread=unread)
    table = [row for row in rows if row.cell or opens_row(row.name) or _is_row_without_grade(row, rows)]
    unread_areas = [_area(row) for row in table if row not in read and row.area and row.names_area]
    return GradedPage(
        tuple(_judgement(row) for row in judged),
        _flow(lines, table, others, heads),
        unread=False,
        unread_areas=tuple(unread_areas),
        not_judged=tuple(_area(row) for row in read if row not in judged),
        is_whole=len(read) == len(table),
    )


def _across(lines: Sequence[PdfLine], areas: Sequence[AreaAbove]) -> GradedPage:
    """Return a page whose areas are the heads of columns."""
    rows = [[*area.lines, *area.grade] for area in areas]
    judgements = (
        Judgement(area.name, " ".join(clean(line.text) for line in area.grade), box.page, box)
        for area, row in zip(areas, rows, strict=True)
        for box in (Box.around([line.box for line in row]),)
    )
    return GradedPage(tuple(judgements), _with_rows(lines, [], rows), unread=False)


def _is_row_without_grade(row: Row, rows: Sequence[Row]) -> bool:
    """Return whether an area without a grade is between rows that have one, and looks like their areas."""
    place = rows.index(row)
    above, below = rows[:place], rows[place + 1 :]
    graded = [other.area[0][0] for other in (*above, *below) if other.is_read and other.area]
    if not row.is_one_area or not any(r.is_read for r in above) or not any(r.is_read for r in below):
        return False
    [style, *_] = graded
    return all(line.bold == style.bold and abs(line.size - style.size) <= SAME_SIZE for line, _ in row.area)


def _flow(
    lines: Sequence[PdfLine], rows: Sequence[Row], others: Sequence[PdfLine], heads: Sequence[PdfLine]
) -> tuple[PdfLine | Draft, ...]:
    """Return the lines of a page, in which each row of the grade table is one block.

    ``others`` are lines in other columns of the table. They come at the end of their rows.
    """
    marked = {id(line) for line in heads}
    names = [line for line in lines if _HEADER.match(clean(line.text)) or clean(line.text) == "Grade"]
    names = [*(line for line in names if id(line) not in marked), *heads]
    of_rows = [_lines(row) for row in rows]
    beside: list[list[PdfLine]] = [[] for _ in rows]
    for line in others if rows else ():
        if id(line) not in marked:
            away = [min(abs(other.baseline - line.baseline) for other in own) for own in of_rows]
            beside[away.index(min(away))].append(line)
    of_rows = [[*own, *more] for own, more in zip(of_rows, beside, strict=True)]
    return _with_rows(lines, names, of_rows)


def _with_rows(
    lines: Sequence[PdfLine], names: Sequence[PdfLine], rows: Sequence[Sequence[PdfLine]]
) -> tuple[PdfLine | Draft, ...]:
    """Return the lines of a page with one block for the column heads and one for each row, at the first of them."""
    used = {id(line) for line in names} | {id(line) for row in rows for line in row}
    flow: list[PdfLine | Draft] = []
    placed = False
    for line in lines:
        if id(line) not in used:
            flow.append(line)
        elif not placed:
            flow += [_draft(names)] if names else []
            flow += (_draft(row) for row in rows)
            placed = True
    return tuple(flow)


def _start(ordered: Sequence[PdfLine], texts: Sequence[str]) -> tuple[int | None, bool]:
    """Return the place of a table's first line, and whether its head or its first number marks it as a grade table."""
    for index, text in enumerate(texts):
        if _HEADER.match(text) or _is_other_header(ordered, texts, index):
            start = index + 1
            while start < len(ordered) and _GRADE_HEADER.match(texts[start]) and start <= index + 2:
                start += 1
            return start, True
        if _NUMBERED_START.match(text):
            return _with_grade_above(ordered, texts, index), True
    first = next((index for index, text in enumerate(texts) if opens_row(text)), None)
    return (None if first is None else _with_grade_above(ordered, texts, first)), False


def _is_other_header(ordered: Sequence[PdfLine], texts: Sequence[str], index: int) -> bool:
    header = _OTHER_HEADER.match(texts[index])
    if not header or header["grade"]:
        return bool(header)
    near = range(max(0, index - 1), min(len(ordered), index + 2))
    return any(
        _GRADE_HEADER.match(texts[other]) and abs(ordered[other].baseline - ordered[index].baseline) < SAME_LINE
        for other in near
        if other != index
    )


def _with_grade_above(ordered: Sequence[PdfLine], texts: Sequence[str], index: int) -> int:
    """Return the place of the first line of a table without a head.

    The first grade may be a little above its first area.
    """
    start = index
    while start and split(texts[start - 1])[0] == "":
        step = ordered[start].baseline - ordered[start - 1].baseline
        if step > _ABOVE_FIRST * ordered[index].size:
            break
        start -= 1
    return start


def _region(ordered: Sequence[PdfLine], texts: Sequence[str], start: int) -> list[PdfLine]:
    """Return the lines of a grade table from top to bottom, with lines below it that may name the last area."""
    end = start
    edge = None
    index = start
    for index in range(start, len(ordered)):
        line, text = ordered[index], texts[index]
        if index > start and line.baseline - ordered[index - 1].baseline > _TABLE_STEP:
            break
        if end > start and says_earlier(text):
            break
        if _BOARD.match(text) and not _has_grade_beside(ordered, texts, index):
            break
        if index == end > start and breaks_grade(texts[index - 1]):
            end = index + 1
        elif split(text)[1]:
            apart = line.left - min(other.left for other in ordered[start : index + 1]) > _COLUMN_APART
            edge = line.left if apart and is_whole(text) else edge
            end = index + 1
        elif starts_with_grade(text) and edge and line.left < edge < line.right:
            end = index + 1
        elif (edge and line.left < edge and line.right > edge + _GRADE_EDGE) or _is_text(ordered, texts, index):
            break
        elif opens_row(text):
            end = index + 1
    else:
        index = len(ordered)
    region = list(ordered[start:end])
    return [*region, *_below(region, ordered[end:index])]


def _is_announced_as_earlier(ordered: Sequence[PdfLine], texts: Sequence[str], start: int) -> bool:
    """Return whether the title or lead-in above a table says that it is from an earlier inspection."""
    above = start - 1
    while above >= 0 and (is_area_head(texts[above]) or _GRADE_HEADER.match(texts[above])):
        above -= 1
    if above < 0 or start == len(ordered) or ordered[start].baseline - ordered[above].baseline > _TABLE_STEP:
        return False
    if ordered[above].left > min(line.right for line in ordered[above + 1 : start + 1]):
        return False  # it is part of the head of a column
    text = texts[above]
    return not text.endswith(".") and len(text) <= _TEXT_LINE and (is_other_part(text) or dates_grades(text))


def _has_grade_beside(ordered: Sequence[PdfLine], texts: Sequence[str], index: int) -> bool:
    beside = range(index + 1, min(index + 2, len(ordered)))
    return any(
        is_whole(texts[other]) and abs(ordered[other].baseline - ordered[index].baseline) < SAME_LINE
        for other in beside
    )


def _is_text(ordered: Sequence[PdfLine], texts: Sequence[str], index: int) -> bool:
    """Return whether a line is too long for a table. The name of an area may be as long, if its grade is next to it."""
    text = texts[index]
    return len(text) > _TEXT_LINE and not (opens_row(text) and _has_grade_beside(ordered, texts, index))


def _below(region: Sequence[PdfLine], below: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """Yield the lines below the last grade that look like the other lines. They may belong to the last area."""
    if not region:
        return
    before = region[-1]
    style = min(region, key=lambda line: line.left)
    lefts = [line.left for line in region]
    middles = [line.left + line.right for line in region]
    for line in below[:_MOST_BELOW]:
        near = line.baseline - before.baseline <= _NEAR_BELOW * max(line.size, 10)
        alike = abs(line.size - style.size) <= SAME_SIZE and line.bold == style.bold
        aligned = any(abs(line.left - left) < INDENT for left in lefts) or any(
            abs(line.left + line.right - middle) < INDENT for middle in middles
        )
        if not (near and alike and aligned) or clean(line.text).endswith("."):
            return
        yield line
        before = line


def _lines(row: Row) -> list[PdfLine]:
    """Return the lines of a row, each once: the lines of the area, then the lines that contain only the grade."""
    own = [line for line, _ in row.area]
    seen = {id(line) for line in own}
    return [*own, *(line for line in (row.cell.lines if row.cell else ()) if id(line) not in seen)]


def _area(row: Row) -> str:
    return ROW_NUMBER.sub("", row.name).strip()


def _judgement(row: Row) -> Judgement:
    box = Box.around([line.box for line in _lines(row)])
    return Judgement(_area(row), row.cell.text if row.cell else "", box.page, box)


def _draft(lines: Sequence[PdfLine]) -> Draft:
    return Draft(BlockKind.TABLE, tuple(Piece(clean(line.text), line.page, line.box) for line in lines))


def is_area_head(text: str) -> bool:
    """Return whether a cell is the head of a column of areas."""
    return bool(_HEADER.match(text) or _OTHER_HEADER.match(text))


def is_grade_head(text: str) -> bool:
    """Return whether a cell is the head of a column of grades, even if it says other things about them."""
    return bool(_GRADE_WORD.search(text))


@dataclass(frozen=True, slots=True)
class GradeRows:
    """The grades in the tables and lines of a document without layout."""

    judgements: tuple[Judgement, ...]
    unread_areas: tuple[str, ...]
    not_judged: tuple[str, ...]
    unread: bool = False
    """True if there is a table of grades, but we cannot read any of its rows."""


NO_GRADES = GradeRows((), (), ())
