"""Print title pages with grade tables at random from a seed, for all years and in every layout that we know.

All names and words are invented, except the names of the areas and grades, which the frameworks define.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Cell = tuple[str, str]
"""An area and its grade, as printed."""

_LEADERS = "The impact of leaders on social work practice with children and families"
_PROTECTION = "The experiences and progress of children who need help and protection"
_CARE = "The experiences and progress of children in care"
_LEAVERS = "The experiences and progress of care leavers"
_CARE_AND_LEAVERS = "The experiences and progress of children in care and care leavers"
_OVERALL = "Overall effectiveness"
_BOARD = "The effectiveness of the Local Safeguarding Children Board"
_SINGLE = (
    ("1. ", "Children who need help and protection"),
    ("2. ", "Children looked after and achieving permanence"),
    ("2.1 ", "Adoption performance"),
    ("2.2 ", "Experiences and progress of care leavers"),
    ("3. ", "Leadership, management and governance"),
)
_GRADES = (
    "Outstanding", "Good", "Requires improvement to be good", "Requires improvement", "Require improvement to be good",
    "Require improvement", "Requires Improvement", "Inadequate",
)  # fmt: skip
_EARLIER = ("Outstanding", "Good", "Adequate", "Inadequate")
_UNKNOWN = ("Sufficient", "See the annex", "Satisfactory", "To follow", "???", "Level 2", "Improving")
_PLACES = ("first", "middle", "last", "above", "below", "stacked", "stacked above", "last label below", "one line")
"""Where grades are printed: on a line with their area, a line above or below it, in a row of their own, and so on."""
_FONTS = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Courier", "Courier-Bold"))
_WIDTH, _HEIGHT = A4
_TEXT = (
    "Children in Westmarsh are listened to, and plans for them are clear. Managers know where practice is not yet good "
    "and where it is strong, and they check that it gets better. Too many children still wait for a first visit. "
    "At the last inspection, services were judged to be inadequate, and much has changed since then. Social workers "
    "know their children well, and visit them as often as each plan says."
)


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What a title page says, and how it is laid out."""

    number: int
    era: str
    day: date
    """The last day of the inspection."""
    titles: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    """The number, area and grade of each row."""
    before: str = ""
    """The sentence above the table."""
    after: str = ""
    """The sentence or heading below the table."""
    stated: tuple[Cell, ...] = ()
    """The judgements that the sentences give."""
    headed: bool = True
    place: str = "first"
    faces: tuple[str, str] = _FONTS[0]
    size: float = 11.0
    leading: float = 13.0
    left: float = 72.0
    area_width: float = 230.0
    grade_left: float = 330.0
    grade_width: float = 160.0
    aligned: str = "left"
    step: float = 9.0
    """The space between two rows, in points."""
    ruled: bool = False
    order: str = "rows"
    """The order in which the file contains the lines: row by row, all areas and then all grades, or from the top."""
    spoiled: str = ""
    """How the cell at ``spoiled_row`` was made unreadable. Empty if it was not."""
    spoiled_row: int = -1

    @property
    def cells(self) -> list[Cell]:
        """The areas and grades that a person would read from the page, without those that were not judged."""
        overall = [cell for cell in self.stated if cell[0] != _BOARD]
        board = [cell for cell in self.stated if cell[0] == _BOARD]
        rows = [
            (area, grade)
            for index, (_, area, grade) in enumerate(self.rows)
            if grade != "Not judged" and index != self.spoiled_row
        ]
        return [*overall, *rows, *board]

    @property
    def lost(self) -> str:
        """The area of the cell that was made unreadable. Empty if every cell is readable."""
        return self.rows[self.spoiled_row][1] if self.spoiled else ""


def title_pages(count: int, seed: int) -> Iterator[TitlePage]:
    """Yield title pages: each era and each layout in turn, and everything else at random."""
    chance = random.Random(seed)  # noqa: S311 - makes the same pages from the same seed
    eras = tuple(_ERAS)
    for number in range(count):
        era = eras[number % len(eras)]
        page = _ERAS[era](chance, number)
        yield _laid_out(page, chance, _PLACES[(number // len(eras)) % len(_PLACES)])


def spoiled_pages(count: int, seed: int) -> Iterator[TitlePage]:
    """Yield title pages with one cell that nobody can read: blank, a picture, an unknown word, or cut off."""
    chance = random.Random(seed + 1)  # noqa: S311 - makes the same pages from the same seed
    for page in title_pages(count, seed):
        how = chance.choice(["blank", "picture", "unknown word", "cut off", "area blank"])
        judged = [i for i, (_, area, grade) in enumerate(page.rows) if grade != "Not judged" and "Outcomes" not in area]
        yield replace(page, spoiled=how, spoiled_row=chance.choice(judged))


def draw(page: TitlePage, path: Path) -> Path:
    """Print a title page and a page of text to a PDF file, and return its path."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    plain, bold = page.faces
    top = 70.0
    for title in page.titles:
        _write(canvas, bold, page.size + 5, 72, top, title)
        top += 22
    _write(canvas, plain, page.size, 72, top, f"Inspection dates: {_days(page.day)}")
    top += 30
    if page.before:
        top = _lines(canvas, bold, page.size + 1, 72, top, page.before, 440, page.size * 1.3) + 14
    top = _draw_table(canvas, page, top)
    if page.after:
        top = _lines(canvas, bold, page.size + 1, 72, top + 18, page.after, 440, page.size * 1.3)
    top = _lines(canvas, plain, page.size, 72, top + 26, _TEXT, 450, page.size * 1.25)
    _write(canvas, bold, page.size + 3, 72, top + 20, "What needs to improve?")
    _write(canvas, plain, page.size, 72, top + 42, "The time that children wait for a first visit.")
    canvas.showPage()
    _lines(canvas, plain, page.size, 72, 90, f"{_TEXT} {_TEXT}", 450, page.size * 1.25)
    canvas.save()
    return path


def _draw_table(canvas: Canvas, page: TitlePage, top: float) -> float:
    """Draw the rows of a page and return the place below them."""
    plain, bold = page.faces
    if page.headed:
        if page.place == "one line":
            _write(canvas, bold, page.size, page.left, top, "Judgement Grade")
        else:
            _write(canvas, bold, page.size, page.left, top, "Judgement")
            _write(canvas, bold, page.size, page.grade_left, top, "Grade")
        top += page.leading + max(page.step, 6)
    areas: list[tuple[float, float, str]] = []
    grades: list[tuple[float, float, str]] = []
    by_row: list[tuple[float, float, str]] = []
    for index, row in enumerate(page.rows):
        if page.ruled:
            canvas.line(page.left - 4, _HEIGHT - top + page.size, _WIDTH - 60, _HEIGHT - top + page.size)
        before = len(areas), len(grades)
        top = _draw_row(canvas, page, index, row, top, (areas, grades)) + page.step
        by_row += [*areas[before[0] :], *grades[before[1] :]]
    drawn = {"rows": by_row, "columns": [*areas, *grades]}.get(page.order) or sorted(
        by_row, key=lambda item: (item[1], item[0])
    )
    for left, at, text in drawn:
        _write(canvas, plain, page.size, left, at, text)
    return top


def _draw_row(
    canvas: Canvas,
    page: TitlePage,
    index: int,
    row: tuple[str, str, str],
    top: float,
    columns: tuple[list[tuple[float, float, str]], list[tuple[float, float, str]]],
) -> float:
    """Place the lines of a row and return the place of the line below them."""
    number = row[0]
    leading = page.leading
    indent = 24.0 if number.startswith("2.") and number != "2. " else 0.0
    how = page.spoiled if index == page.spoiled_row else ""
    area_lines, grade_lines = _texts(page, row, indent, how)
    place = page.place
    if place == "last label below":
        place = "above" if index == len(page.rows) - 1 else "first"
    if place == "one line":
        columns[0].append((page.left + indent, top, " ".join([*area_lines, *grade_lines])))
        return top + leading
    area_at, grade_at, lines = _offsets(place, len(area_lines), len(grade_lines))
    columns[0].extend((page.left + indent, top + (area_at + n) * leading, text) for n, text in enumerate(area_lines))
    for n, text in enumerate(grade_lines):
        columns[1].append((_grade_left(page, text), top + (grade_at + n) * leading, text))
    if how == "picture":
        canvas.rect(page.grade_left, _HEIGHT - top - grade_at * leading, 60, page.size, fill=1)
    return top + lines * leading


def _texts(page: TitlePage, row: tuple[str, str, str], indent: float, how: str) -> tuple[list[str], list[str]]:
    """Return the lines of a row's area and grade.

    ``how`` says how one of them is made unreadable. Empty if both are readable.
    """
    number, area, grade = row
    area_lines = _wrapped(f"{number}{area}", page.faces[0], page.size, page.area_width - indent)
    grade_lines = _wrapped(grade, page.faces[0], page.size, page.grade_width)
    if page.place == "one line":
        area_lines, grade_lines = [f"{number}{area}"], [grade]
    if how == "area blank":
        return [], grade_lines
    replaced = {
        "unknown word": [_UNKNOWN[page.number % len(_UNKNOWN)]],
        "cut off": [grade[: max(2, len(grade.split()[0]) - 2)]],
        "blank": [],
        "picture": [],
    }
    return area_lines, replaced.get(how, grade_lines)


def _offsets(place: str, areas: int, grades: int) -> tuple[float, float, int]:
    """Return how many lines below the top of a row its area and its grade start, and how many lines it has."""
    most = max(areas, grades, 1)
    if place in ("above", "stacked above"):
        return max(1, grades), 0, max(1, grades) + max(1, areas)
    if place in ("below", "stacked"):
        return 0, max(1, areas), max(1, areas) + max(1, grades)
    share = {"middle": 0.5, "last": 1.0}.get(place, 0.0)
    return (most - areas) * share, (most - grades) * share, most


def _grade_left(page: TitlePage, text: str) -> float:
    if page.place.startswith("stacked"):
        return page.left
    spare = page.grade_width - float(stringWidth(text, page.faces[0], page.size))
    return page.grade_left + {"left": 0.0, "centre": spare / 2, "right": spare}[page.aligned]


def _laid_out(page: TitlePage, chance: random.Random, place: str) -> TitlePage:
    """Return a page with a layout drawn at random."""
    size = chance.uniform(9.0, 12.5)
    left = chance.uniform(56.0, 100.0)
    area_width = chance.uniform(150.0, 250.0)
    grade_left = left + area_width + chance.uniform(22.0, 50.0)
    grade_width = min(chance.choice([58.0, 75.0, 110.0, 180.0]) * size / 10, _WIDTH - 40 - grade_left)
    plain = chance.choice(_FONTS)
    if place == "one line":  # a line must have room for both
        size, left, plain = chance.uniform(8.5, 9.5), 50.0, _FONTS[chance.randrange(2)]
        grade_left = 400.0
    longest = max(stringWidth(word, plain[0], size) for _, _, grade in page.rows for word in grade.split())
    return replace(
        page,
        place=place,
        faces=plain,
        size=size,
        leading=size * chance.uniform(1.12, 1.4),
        left=left,
        area_width=area_width,
        grade_left=grade_left,
        grade_width=max(grade_width, longest + 4),
        aligned=chance.choice(["left", "left", "centre", "right"]),
        step=chance.uniform(3.0, 20.0),
        ruled=chance.random() < 0.4,
        order=chance.choice(["rows", "rows", "columns", "from the top"]),
    )


def _looked_after(chance: random.Random, number: int) -> TitlePage:
    style = chance.choice(
        ["{word}", "Grade {number} ({lower})", "Grade {number}", "{number} ({word})", "{word} ({number})"]
    )
    areas = [_OVERALL, "Capacity for improvement", "Quality of provision", "Leadership and management"]
    if chance.random() < 0.5:
        areas.insert(2, "Outcomes for looked after children")
    rows = []
    for area in areas:
        grade = chance.randrange(4)
        word = _EARLIER[grade]
        rows.append(("", area, style.format(word=word, lower=word.lower(), number=grade + 1)))
    day = date(2013, chance.randint(1, 9), chance.randint(1, 28))
    titles = ("Westmarsh Borough Council", "Inspection of services for looked after children")
    return TitlePage(number, "looked after, 2013", day, titles, tuple(rows))


def _single(chance: random.Random, number: int) -> TitlePage:
    day = date(chance.randint(2014, 2017), chance.randint(1, 12), chance.randint(1, 28))
    numbered = chance.random() < 0.7
    grades = [chance.choice(_GRADES) for _ in _SINGLE]
    if chance.random() < 0.25:
        grades[2] = "Not judged"
    rows = [(mark if numbered else "", area, grade) for (mark, area), grade in zip(_SINGLE, grades, strict=True)]
    overall = chance.choice(["inadequate", "good", "requires improvement", "outstanding"])
    board = chance.choice(["inadequate", "good", "requires improvement", "outstanding"])
    verb = "" if board == "requires improvement" else "is "
    after = chance.choice(
        [
            f"{_BOARD} (LSCB) {verb}{board}",
            f"The Local Safeguarding Children Board {verb}{board}.",
            f"The effectiveness of the LSCB: {board}",
            f"Inspectors judged the effectiveness of the LSCB to be {board}.",
        ]
    )
    return TitlePage(
        number,
        "single inspection framework, 2013 to 2017",
        day,
        (
            "Westmarsh Borough Council",
            "Inspection of services for children in need of help and",
            "protection, children looked after and care leavers and",
            "Review of the effectiveness of the Local Safeguarding",
            "Children Board",
        ),
        tuple(rows),
        before=f"The overall judgement is {overall}",
        after=after,
        stated=((_OVERALL, overall), (_BOARD, board)),
        headed=not numbered,
    )


def _ilacs(era: str, areas: Sequence[str], first: date, last: date) -> Callable[[random.Random, int], TitlePage]:
    def make(chance: random.Random, number: int) -> TitlePage:
        day = date.fromordinal(chance.randint(first.toordinal(), last.toordinal()))
        case = chance.choice(["as it is", "as it is", "as it is", "upper", "lower"])
        grades = (chance.choice(_GRADES) for _ in areas)
        changed = (g.upper() if case == "upper" else g.lower() if case == "lower" else g for g in grades)
        rows = tuple(("", area, grade) for area, grade in zip(areas, changed, strict=True))
        titles = ("Inspection of Westmarsh local authority", "children’s services")
        return TitlePage(number, era, day, titles, rows)

    return make


_ERAS: dict[str, Callable[[random.Random, int], TitlePage]] = {
    "2013": _looked_after,
    "2013 to 2017": _single,
    "2018 to 2022": _ilacs(
        "ILACS, 2018 to 2022",
        (_LEADERS, _PROTECTION, _CARE_AND_LEAVERS, _OVERALL),
        date(2018, 1, 30),
        date(2022, 11, 1),
    ),
    "2023 to 2026": _ilacs(
        "ILACS, 2023 to March 2026",
        (_LEADERS, _PROTECTION, _CARE, _LEAVERS, _OVERALL),
        date(2023, 3, 1),
        date(2026, 2, 1),
    ),
    "from April 2026": _ilacs(
        "ILACS, from April 2026", (_LEADERS, _PROTECTION, _CARE, _LEAVERS), date(2026, 6, 1), date(2026, 11, 1)
    ),
}


def _days(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _wrapped(text: str, face: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and stringWidth(f"{lines[-1]} {word}", face, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _lines(
    canvas: Canvas, face: str, size: float, left: float, top: float, text: str, width: float, leading: float
) -> float:
    for line in _wrapped(text, face, size, width):
        _write(canvas, face, size, left, top, line)
        top += leading
    return top


def _write(canvas: Canvas, face: str, size: float, left: float, top: float, text: str) -> None:
    canvas.setFont(face, size)
    canvas.drawString(left, _HEIGHT - top, text)
