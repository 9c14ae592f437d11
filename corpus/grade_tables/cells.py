"""Distinguishes the words of grades from the names of areas, and finds the lines that make up each cell of grades.

A cell may be one line, several lines, or the end of a line that also names an area.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.glyphs import clean
from corpus.graded_areas import area_names, areas_of_kinds, is_area_of_kind, is_cut_short, is_known_area
from corpus.grades import AREAS, EARLIER_GRADE, EarlierGrade, Grade
from corpus.pdf.lines import PdfLine

NOT_JUDGED = ("Not judged", "Not graded", "Not applicable", "Not inspected", "Not yet judged", "N/A")
"""Words that a table prints if an area was not judged."""
_FORMS = [
    form.split()
    for form in (*(form for grade in Grade for form in grade.printed), *map(str.capitalize, EarlierGrade), *NOT_JUDGED)
]
"""The words in each form of a grade. In a narrow cell, they run over two or more lines."""


_LEAST_BROKEN = 3
"""Fewest letters, and the space before them, of a word in a narrow cell before the hyphen that breaks it. Chosen by
eye."""


def _any_of(texts: Iterable[str]) -> str:
    ordered = sorted({text.lower() for text in texts}, key=lambda text: (-len(text), text))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


_BEGINNINGS = {" ".join(form[:length]).lower() for form in _FORMS for length in range(1, len(form) + 1)}
_RESTS = {
    " ".join(form[start:end]).lower()
    for form in _FORMS
    for start in range(1, len(form))
    for end in range(start + 1, len(form) + 1)
}
_BROKEN = {
    f"{words[:end]}-"
    for words in _BEGINNINGS
    for end in range(words.rfind(" ") + _LEAST_BROKEN, len(words) - 1)
    if words[:end] not in _BEGINNINGS
}
"""Beginnings of grades whose last word is broken at the end of a line: "requires improve-"."""
_WHOLE = re.compile(rf"^(?:{_any_of(' '.join(form) for form in _FORMS)}|{EARLIER_GRADE})$", re.IGNORECASE)
_UNJUDGED = re.compile(rf"^{_any_of(NOT_JUDGED)}$", re.IGNORECASE)
_NUMBERED_BEGINNING = re.compile(r"^(?:grade\s*+:?\s*+[1-4]?|[1-4])\s*+[-–—:]?$", re.IGNORECASE)
_NUMBERED_REST = re.compile(
    rf"^(?:[-–—:]\s*+|\(\s*+)(?:grade\s*+)?(?:[1-4]|{'|'.join(EarlierGrade)})\s*+\)?$", re.IGNORECASE
)
"""The second part of a grade that has a number, such as "(adequate)" or "(3)"."""
_OPEN = re.compile(r"^(?:grade\s*+:?|(?:grade\s*+:?\s*+)?[1-4]\s*+[-–—:])$", re.IGNORECASE)
"""The first part of a grade that has a number. It is not a grade by itself."""
_FIRST_WORDS = "|".join(sorted({re.escape(form[0]) for form in _FORMS}))
# A capital marks where a grade starts. It distinguishes a grade at the end of a line from a sentence that ends in
# "good".
_GRADE_END = re.compile(
    rf"(?:^|\s)(?P<grade>(?=(?:{_FIRST_WORDS})\b)(?i:{_any_of(_BEGINNINGS)})"
    rf"|(?=Grade\b|[1-4]\b|{'|'.join(map(str.capitalize, EarlierGrade))})(?i:{EARLIER_GRADE}))$"
)
# One layout from 2014 prints grades in lower case. We accept such grades only on a line of their own, or after the
# number of a row.
_LOWER_END = re.compile(
    rf"^(?P<area>\d(?:\.\d|\.)\s.*?)\s(?P<grade>{_any_of(text for text in _BEGINNINGS if text != 'good')})$"
)
_ANY_CASE_END = re.compile(
    rf"^(?P<area>\S.*?)\s(?P<grade>{_any_of(' '.join(form) for form in _FORMS)})$", re.IGNORECASE
)
ROW_NUMBER = re.compile(r"^(?:\d(?:\.\d)?[.)]?\s)")
"""The number of a row, before the name of its area."""
_NUMBERED_ROW = re.compile(r"^(?:\d\.\s|\d\.\d\.?\s)")
_PART_NEAR = 2.4
"""Largest step between two lines of one cell, in multiples of the size of the letters. Chosen by eye."""


def _opening(name: str, count: int = 2) -> str:
    first, *others = name.removeprefix("The ").split()[:count]
    return rf"(?:The )?(?-i:{first[0].upper()}){re.escape(' '.join((first[1:], *others)))}"


_ROW_OPENS = re.compile(
    rf"^(?:{'|'.join(sorted({_opening(name) for name in area_names()}))})\b|^The (?-i:impact|experiences)\b|"
    rf"^(?:{'|'.join(sorted({_opening(name, 4) for name in areas_of_kinds() if len(name.split()) > 3}))})\b",
    re.IGNORECASE,
)
"""The first words of the areas that frameworks and inspections of other kinds grade."""


def opens_row(text: str) -> bool:
    """Return whether a line must be the first of its row, because it has a row number or starts as an area does."""
    return bool(_NUMBERED_ROW.match(text) or (text[:1].isupper() and _ROW_OPENS.match(text)))


def names_area(text: str) -> bool:
    """Return whether words are the name of an area that inspections of any kind grade, or its first words."""
    named = is_known_area(text) or is_cut_short(text) or is_area_of_kind(text)
    return named or any(text.casefold() == area.name.casefold() for area in AREAS)


def is_whole(grade: str) -> bool:
    """Return whether words are a complete grade, or say that there is no grade."""
    return bool(_WHOLE.match(grade))


def says_not_judged(grade: str) -> bool:
    """Return whether the words in a cell say that the area was not judged."""
    return bool(_UNJUDGED.match(grade))


def split(text: str) -> tuple[str, str]:
    """Return the part of a line that belongs to an area, and the part that belongs to a grade.

    Either part may be empty.
    """
    lower = text.lower()
    numbered = (_NUMBERED_BEGINNING.match(text) and not text.isdigit()) or _NUMBERED_REST.match(text)
    if lower in _BEGINNINGS or lower in _RESTS or lower in _BROKEN or numbered or _WHOLE.match(text):
        return "", text
    if end := _GRADE_END.search(text):
        return text[: end.start()].strip(), end["grade"]
    if with_number := _LOWER_END.match(text):
        return with_number["area"], with_number["grade"]
    if (any_case := _ANY_CASE_END.match(text)) and is_known_area(ROW_NUMBER.sub("", any_case["area"])):
        return any_case["area"], any_case["grade"]
    return text, ""


_GRADE_START = re.compile(
    rf"^(?P<grade>(?=(?:{_FIRST_WORDS})\b)(?i:{_any_of(' '.join(form) for form in _FORMS)}))\s+(?P<area>\S.*)$"
)


def breaks_grade(text: str) -> bool:
    """Return whether words end in a hyphen that breaks a grade."""
    return text.lower() in _BROKEN


def _may_begin(grade: str) -> bool:
    return grade.lower() in _BEGINNINGS or breaks_grade(grade)


def starts_with_grade(text: str) -> bool:
    """Return whether a line starts with a whole grade and continues with other words."""
    return bool(_GRADE_START.match(text))


@dataclass(slots=True)
class Cell:
    """A cell of grades to which lines are still being added."""

    text: str
    lines: list[PdfLine]
    alone: list[PdfLine] = field(default_factory=list)
    """The lines that contain no other words."""

    @property
    def first(self) -> float:
        """The baseline of the first line in the cell."""
        return self.lines[0].baseline

    @property
    def last(self) -> float:
        """The baseline of the cell's last line."""
        return self.lines[-1].baseline

    @property
    def is_broken(self) -> bool:
        """Whether the cell's last line breaks a word of a grade."""
        return breaks_grade(self.text)

    def with_part(self, part: str) -> str:
        """Return the words of the cell and a part that continues them."""
        return f"{self.text[:-1]}{part}" if self.is_broken else f"{self.text} {part}"

    def takes(self, line: PdfLine, part: str) -> bool:
        """Return whether a part of a line continues the words of this cell."""
        if line.baseline - self.last > _PART_NEAR * line.size:
            return False
        if self.with_part(part).lower() in _BEGINNINGS:
            return True
        goes_on = _NUMBERED_REST.match(part) or _OPEN.match(self.text)
        return bool(goes_on and _WHOLE.match(f"{self.text} {part}"))


@dataclass(frozen=True, slots=True)
class Columns:
    """The lines of a table, divided into parts of the names of areas, from top to bottom, and cells of grades."""

    areas: tuple[tuple[PdfLine, str], ...]
    cells: tuple[Cell, ...]


_NUMBER_END = re.compile(r"^(?P<area>.*[^\d\s])\s(?P<grade>[1-4]|\([1-4]\))$")
"""A line that names an area and ends in the number of a grade. The grade's word is on the line below."""


def columns_of(lines: Sequence[PdfLine], grades_at: float | None = None) -> Columns:
    """Divide the lines of a table into names and cells.

    Other words in the column of grades make a cell without a grade. ``grades_at`` is the left edge of the column of
    grades, if the head of the table shows it.
    """
    areas: list[tuple[PdfLine, str]] = []
    cells: list[Cell] = []
    whole = [line.left for line in lines if is_whole(clean(line.text))]
    edge = min(whole) if whole else grades_at or float("inf")
    for line in lines:
        text = clean(line.text)
        area, grade = split(text)
        # In the file, a grade may come before a line of its area that is a little lower on the page.
        wide = not grade and line.left < edge < line.right
        if wide and (parted := _GRADE_START.match(text) or _NUMBER_END.match(text)):
            area, grade = parted["area"], parted["grade"]
            if (number := _NUMBER_END.match(area)) and is_whole(f"{grade} {number['grade']}"):
                area, grade = number["area"], f"{grade} {number['grade']}"
        elif not grade and (parted := _NUMBER_END.match(text)) and cells and cells[-1].takes(line, parted["grade"]):
            area, grade = parted["area"], parted["grade"]
        if not grade and cells and cells[-1].is_broken and cells[-1].takes(line, text):
            area, grade = "", text
        if grade and cells and cells[-1].takes(line, grade):
            cells[-1].text = cells[-1].with_part(grade)
        elif grade and (_may_begin(grade) or is_whole(grade) or _NUMBERED_BEGINNING.match(grade)):
            cells.append(Cell(grade, []))
        else:  # the end of a grade whose start is in no cell, such as "improvement" in "Capacity for improvement"
            area, grade = text, ""
        if grade:
            cells[-1].lines.append(line)
            cells[-1].alone.extend([line] if not area else [])
        if area:
            areas.append((line, area))
    return _with_unknown_cells(areas, cells)


_COLUMN_EDGE = 6.0
"""A line is in the column of grades if its left edge is this close to that of the column, in points. Chosen by eye."""


def _with_unknown_cells(areas: list[tuple[PdfLine, str]], cells: list[Cell]) -> Columns:
    """Move each line that is in the column of grades, but is not a grade, to a cell of its own."""
    alone = [line.left for cell in cells for line in cell.alone]
    edge = min(alone, default=0.0) - _COLUMN_EDGE
    names = [line.left for line, text in areas if opens_row(text)]
    if not alone or not names or min(names) >= edge or max(names) >= edge:  # areas and grades are in the same column
        return Columns(tuple(areas), tuple(cells))
    kept: list[tuple[PdfLine, str]] = []
    for line, text in areas:
        if line.left < edge:
            kept.append((line, text))
            continue
        above = next((cell for cell in reversed(cells) if cell.last <= line.baseline), None)
        if above and not is_whole(above.text) and line.baseline - above.last <= _PART_NEAR * line.size:
            above.text += f" {text}"
            above.lines.append(line)
        else:
            cells.append(Cell(text, [line]))
            cells.sort(key=lambda cell: cell.first)
    return Columns(tuple(kept), tuple(cells))
