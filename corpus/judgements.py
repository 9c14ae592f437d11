"""Reads grades, cell by cell, from their places in the table or numbered block on a report's first pages.

It reads the table used since 2018, which is headed "Judgement / Grade" and may have any rows. It also reads the
numbered block used from 2013 to 2018 ("1. Children who need help and protection … 3. Leadership"). It never supplies a
grade that is not printed on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.cleaning import clean
from corpus.drafts import Draft, Piece
from corpus.grades import Grade
from corpus.measures import INDENT, ROW_STEP
from corpus.pdf_lines import PdfLine
from corpus.types import BlockKind, Box, Judgement

_FORMS = [form.split() for grade in Grade for form in grade.printed]
"""The words in each form of a grade that appears in tables. In a narrow cell, they run over two or more lines."""
_LAST_WORDS = {form[-1] for form in _FORMS if len(form) > 1}


def _any_of(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(set(texts), key=lambda text: (-len(text), text)))})"


_WHOLE = {" ".join(form) for form in _FORMS}
_BEGINNINGS = {" ".join(form[:length]) for form in _FORMS for length in range(1, len(form) + 1)}
_RESTS = {" ".join(form[1:length]) for form in _FORMS for length in range(2, len(form) + 1)} | {
    " ".join(form[start:]) for form in _FORMS for start in range(1, len(form))
}
_LOWER = {text.lower() for text in _BEGINNINGS} - _LAST_WORDS
"""Grades in lower case. "good" is not one of them, because it may be the last line of "to be good"."""
# A capital marks where a grade starts. It distinguishes a grade from the rest of one ("to be good") and from a sentence
# that ends in "good".
_GRADE_END = re.compile(rf"(?:^|\s)({_any_of(_BEGINNINGS)})$")
# In one layout from 2014, grades are printed in lower case. We accept those only on a line of their own, or after
# the number of a row.
_LOWER_END = re.compile(rf"^(?:(?P<area>\d(?:\.\d|\.)\s.*?)\s)?(?P<grade>{_any_of(_LOWER)})$")
_GRADE_REST = re.compile(rf"^{_any_of(_RESTS)}$")
_GRADE_OPENS = re.compile(rf"^{_any_of(text.split()[0] for text in _BEGINNINGS | _LOWER)}\b")
_WHOLE_GRADE = re.compile(rf"^{_any_of(_WHOLE | {text.lower() for text in _WHOLE} - _LAST_WORDS)}$")
_NEXT_JUDGEMENT = re.compile(r"^The effectiveness of the Local Safeguarding")
"""The line below the numbered block, which is not one of its rows."""
_HEADER = re.compile(r"^Judge?ment(?:\s+Grade)?$")
_NUMBERED_START = re.compile(r"^1\.?\s+Children who need help and protection\b")
_ROW_NUMBER = re.compile(r"^(?:\d\.\s|\d\.\d\s)")
_ROW_WORDS = re.compile(r"^(?:The (?:impact|experiences)|Overall effectiveness)")
_AREA_LINE = 40
"""Maximum length of a line in the narrow column of areas, in characters. Chosen by eye."""
_TABLE_STEP = 60.0
"""Largest step between two lines of a grade table, in points. Chosen by eye."""
_FIRST_ROW = 12.0
"""Largest distance that a grade may be above the first row of the numbered block, in points. Chosen by eye."""
_GRADE_EDGE = 12.0
"""Largest distance that an area may extend beyond the left edge of the grades, in points. Chosen by eye."""
_TEXT_LINE = 75
"""Maximum length of a line in a grade table, in characters. Chosen by eye."""
_LAST_LINE = 1.4
"""Largest step to the rest of the last area's name, in multiples of the size of its letters. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class _Row:
    area: tuple[PdfLine, ...]
    grade: tuple[PdfLine, ...]
    area_text: str
    grade_text: str


@dataclass(slots=True)
class _Cell:
    """A cell to which lines are still being added."""

    texts: list[str]
    lines: list[PdfLine]


@dataclass(frozen=True, slots=True)
class GradedPage:
    """A page's judgements, and its lines with each row of the grade table as one block."""

    judgements: tuple[Judgement, ...]
    flow: tuple[PdfLine | Draft, ...]
    unread: bool
    """True if a grade table starts on the page but we cannot tell its rows apart."""


def read_grades(lines: Sequence[PdfLine]) -> GradedPage:
    """Read the grade table of a page, if there is one."""
    region = _region(lines)
    rows = _rows(region)
    graded = any(_split(clean(line.text))[1] for line in region)
    names = [line for line in lines if (rows and _HEADER.match(clean(line.text))) or clean(line.text) == "Grade"]
    used = (
        {id(line) for line in (*names, *(line for row in rows for line in (*row.area, *row.grade)))} if rows else set()
    )
    flow: list[PdfLine | Draft] = []
    placed = False
    for line in lines:
        if id(line) not in used:
            flow.append(line)
        elif not placed:
            header = tuple(Piece(clean(line.text), line.page, line.box) for line in names)
            flow.extend([Draft(BlockKind.TABLE, header)] if header else [])
            flow.extend(_draft(row) for row in rows)
            placed = True
    return GradedPage(tuple(_judgement(row) for row in rows), tuple(flow), unread=bool(region) and not rows and graded)


def _region(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines of a grade table below its header, from top to bottom, up to the last grade."""
    ordered = sorted(lines, key=lambda line: (round(line.baseline), line.left))
    texts = [clean(line.text) for line in ordered]
    start = next((i for i, t in enumerate(texts) if _HEADER.match(t) or _NUMBERED_START.match(t)), None)
    if start is None:
        return []
    if _HEADER.match(texts[start]):
        start += 2 if texts[start + 1 : start + 2] == ["Grade"] else 1
    else:  # the grade of the first row may start a little above it
        while (
            start
            and _split(texts[start - 1])[0] == ""
            and ordered[start].baseline - ordered[start - 1].baseline < _FIRST_ROW
        ):
            start -= 1
    end = start
    edge = None
    for index in range(start, len(ordered)):
        line, text = ordered[index], texts[index]
        if index > start and line.baseline - ordered[index - 1].baseline > _TABLE_STEP:
            break
        if _NEXT_JUDGEMENT.match(text):
            break
        if _split(text)[1]:
            edge = line.left if _WHOLE_GRADE.match(text) else edge
            end = index + 1
        elif (edge and line.right > edge + _GRADE_EDGE) or len(text) > _TEXT_LINE:
            break
        elif _ROW_NUMBER.match(text) or _ROW_WORDS.match(text):
            end = max(end, index)
    return _with_rest(ordered, texts, start, end)


def _with_rest(ordered: list[PdfLine], texts: list[str], start: int, end: int) -> list[PdfLine]:
    """Return the table's lines, including the end of the last area's name, which is below the grade ("leavers")."""
    region = ordered[start:end]
    edge = min((line.left for line in region), default=0.0)
    for before, line, text in zip(ordered[end - 1 :], ordered[end:], texts[end:], strict=False):
        near = line.baseline - before.baseline < _LAST_LINE * max(line.size, 10)
        continues = text[:1].islower() and len(text) < _AREA_LINE and not text.endswith(".")
        if not region or not near or not continues or abs(line.left - edge) >= INDENT:
            break
        region.append(line)
    return region


def _rows(region: Sequence[PdfLine]) -> list[_Row]:
    areas: list[_Cell] = []
    grades: list[_Cell] = []
    for line in region:
        text = clean(line.text)
        area, grade = _split(text)
        if area:
            if not areas or _opens_row(areas[-1], line, area):
                areas.append(_Cell([], []))
            areas[-1].texts.append(area)
            areas[-1].lines.append(line)
        if grade:
            if not grades or _GRADE_OPENS.match(grade):
                grades.append(_Cell([], []))
            grades[-1].texts.append(grade)
            grades[-1].lines.append(line)
    if not areas or len(areas) != len(grades):
        return []
    rows = [_row(area, grade) for area, grade in zip(areas, grades, strict=True)]
    return rows if all(_WHOLE_GRADE.match(row.grade_text) for row in rows) else []


def _split(text: str) -> tuple[str, str]:
    """Return the part of a line that belongs to an area, and the part that belongs to a grade. Either may be empty."""
    if _GRADE_REST.match(text) and not _GRADE_OPENS.match(text):
        return "", text
    if end := _GRADE_END.search(text):
        return text[: end.start()].strip(), end.group(1)
    if lower := _LOWER_END.match(text):
        return lower["area"] or "", lower["grade"]
    return text, ""


def _opens_row(before: _Cell, line: PdfLine, text: str) -> bool:
    if _ROW_NUMBER.match(text) or _ROW_WORDS.match(text):
        return True
    return line.baseline - before.lines[-1].baseline > ROW_STEP * line.size


def _row(area: _Cell, grade: _Cell) -> _Row:
    own = {id(line) for line in area.lines}
    return _Row(
        tuple(area.lines),
        tuple(line for line in grade.lines if id(line) not in own),
        " ".join(area.texts),
        " ".join(grade.texts),
    )


def _judgement(row: _Row) -> Judgement:
    lines = (*row.area, *row.grade)
    box = Box.around([line.box for line in lines])
    return Judgement(_ROW_NUMBER.sub("", row.area_text).strip(), row.grade_text, box.page, box)


def _draft(row: _Row) -> Draft:
    pieces = tuple(Piece(clean(line.text), line.page, line.box) for line in (*row.area, *row.grade))
    return Draft(BlockKind.TABLE, pieces)


def judgements_from_cells(rows: Sequence[Sequence[str]]) -> list[Judgement]:
    """Return the judgements in a Word or web table. Each comes from a row of two cells: an area and a grade."""
    return [
        Judgement(_ROW_NUMBER.sub("", row[0]).strip(), row[1], 1)
        for row in rows
        if len(row) == 2 and row[0] and _WHOLE_GRADE.match(row[1])
    ]
