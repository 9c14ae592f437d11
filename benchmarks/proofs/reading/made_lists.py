"""Makes reports with lists of improvements at random from a seed, so that we know the items of each list.

The lists look like those of reports from all years. All names and words are invented. A report is a PDF, a web page or
a Word document.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from docx import Document as WordDocument
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from corpus.types import ImprovementKind

_WIDTH, _HEIGHT = 595.0, 842.0
_VERBS = (
    "Ensure that", "Improve how", "Review how", "Make certain that", "Strengthen how", "Agree with families how",
    "Check each month that", "Record clearly how", "Reduce the time before", "Explain to carers how",
)  # fmt: skip
_WHO = (
    "social workers", "foster carers", "the duty team", "health visitors", "care leavers", "children who move home",
    "managers in the front office", "school nurses", "young carers", "families new to the area",
)  # fmt: skip
_WHAT = (
    "share what they know about each plan", "write up visits within two working days",
    "hear about every review in time",
    "meet the same worker at each step", "agree the next step with the child", "use the new chronology in every case",
    "pass on what they learn after an audit", "see the records of earlier referrals", "find a dentist near their home",
)  # fmt: skip
_TAILS = (
    "so that no plan drifts", "across the three localities of the area",
    "including for children who live 20 miles away",
    "and that decisions are written down with their reasons", "before the end of the school year",
    "in line with the strategy for 2024–27", "with a clear record of who agreed to what, and when",
    "particularly for brothers and sisters who are placed apart",
)  # fmt: skip
_TITLES: tuple[tuple[str, ImprovementKind], ...] = (
    ("What needs to improve?", ImprovementKind.IMPROVEMENT),
    ("What needs to improve in this area of social work practice?", ImprovementKind.IMPROVEMENT),
    ("What needs to improve", ImprovementKind.IMPROVEMENT),
    ("Areas for improvement", ImprovementKind.IMPROVEMENT),
    ("Areas for development", ImprovementKind.IMPROVEMENT),
    ("Areas for priority action", ImprovementKind.PRIORITY),
    ("Area for priority action", ImprovementKind.PRIORITY),
    ("Priority and immediate action", ImprovementKind.PRIORITY),
    ("Priority actions", ImprovementKind.PRIORITY),
    ("Areas for action", ImprovementKind.PRIORITY),
    ("Recommendations", ImprovementKind.RECOMMENDATION),
    ("Recommendations for the Northwold Safeguarding Children Board", ImprovementKind.RECOMMENDATION),
)
_INTRODUCTIONS = (
    "", "", "The local authority should:", "Leaders know that more needs to be done. They should act on these points:",
    (
        "In order to improve the quality of services for children in Northwold, the local authority should take the "
        "following action."
    ),
    "Ofsted and CQC ask the local area partnership to publish its plan with these points.",
)  # fmt: skip
_CLOSINGS = (
    "", "", "Ofsted will take these findings into account when it plans the next inspection.",
    "The action plan should be submitted to the inspectorates within 70 working days of this letter.",
)  # fmt: skip
_BODIES = (
    "The local authority", "Northwold Council", "NHS Northwold Integrated Care Board", "The police", "For the ICB",
    "The local area partnership", "Leaders across the local partnership", "For Northwold Council and the ICB",
    "The Safeguarding Children Board", "Schools and colleges", "The National Probation Service", "All partners",
)  # fmt: skip
_ASKS = (
    "{} should:", "{} must:", "{}:", "{}", "{} should", "Ofsted and CQC ask {} to:",
)  # fmt: skip
_TIMES = ("Immediately", "Within three months", "Within six months", "Within 12 months")
_ENDINGS = (
    "Information about this inspection", "Main findings", "Inspection findings", "The experiences of care leavers",
)  # fmt: skip
_NEXT = (
    "This section is not part of any list. It says what inspectors saw during their two weeks in the area.",
    "Children told inspectors that they like the new building and its garden very much.",
)
_OPENING = (
    "This report sets out what inspectors found when they visited Northwold and met children, carers and staff.",
    "Leaders have made a start, and most children now see the same worker from one month to the next.",
)
FORMS = ("bullet", "dash", "number", "bracket", "letter", "roman", "plain", "inline", "rows", "bodies", "numbered rows")
_SUFFIXES = (".pdf",) * 7 + (".html",) * 2 + (".docx",)


@dataclass(frozen=True, slots=True)
class MadeItem:
    """One item: its words, and the words printed next to it."""

    lead: str
    below: tuple[str, ...] = ()
    """Its sub-items, if it is a lead-in."""
    label: str | None = None
    body: str | None = None
    deadline: str | None = None

    @property
    def text(self) -> str:
        """The words that we should find when we read the report."""
        return " ".join((self.lead, *self.below))


@dataclass(frozen=True, slots=True)
class MadeList:
    """A list, and its layout."""

    title: str
    kind: ImprovementKind
    form: str
    introduction: str
    closing: str
    items: tuple[MadeItem, ...]
    labels: tuple[str, ...]
    """The line printed above each item, if its label differs from that of the item before. Otherwise empty."""
    labels_set: str
    """How labels are printed: "bold", "plain" or "title"."""


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report with one list or two."""

    seed: int
    suffix: str
    lists: tuple[MadeList, ...]
    data: bytes


def made_reports(count: int, seed: int) -> Iterator[MadeReport]:
    """Yield reports, each drawn from its own seed."""
    for number in range(seed * 10_000, seed * 10_000 + count):
        yield made_report(number)


def made_report(seed: int) -> MadeReport:
    """Make one report."""
    random = Random(seed)  # noqa: S311 - not for secrets
    suffix = random.choice(_SUFFIXES)
    titles = random.sample(_TITLES, 2 if random.random() < 0.25 else 1)
    if len({kind for _, kind in titles}) < len(titles):
        titles = titles[:1]
    lists = tuple(_list(random, title, kind, suffix) for title, kind in titles)
    make = {".pdf": _pdf, ".html": _html, ".docx": _docx}[suffix]
    return MadeReport(seed, suffix, lists, make(random, lists))


def _list(random: Random, title: str, kind: ImprovementKind, suffix: str) -> MadeList:
    forms = FORMS if suffix == ".pdf" else ("bullet", "letter", "roman", "plain", "inline")
    form = random.choice(forms)
    in_table = form in ("rows", "bodies", "numbered rows")
    grouped = "" if in_table else random.choice(("", "", "bodies", "times"))
    count = random.randint(3 if form in ("plain", "rows") else 2, 12)
    items: list[MadeItem] = []
    labels: list[str] = []
    groups = sorted(random.sample(range(count), min(count, random.randint(2, 3)))) if grouped else []
    if grouped:
        groups[0] = 0
    names = random.sample(_BODIES, len(groups)) if grouped == "bodies" else list(_TIMES)
    body = deadline = None
    place = 0
    for index in range(count):
        line = ""
        if index in groups:
            name = names[groups.index(index)]
            place = 0 if form in ("letter", "roman", "inline", "bracket") else place
            if grouped == "bodies":
                ask = random.choice(_ASKS)
                inside = name if name.startswith("N") else name[0].lower() + name[1:]
                line = name if name.startswith("For ") else ask.format(inside if ask.startswith("Ofsted") else name)
                body = line.rstrip(":")
            else:
                line = name + random.choice(("", ":"))
                deadline = name
        items.append(_item(random, form, place, body, deadline))
        labels.append(line)
        place += 1
    introduction = "" if grouped == "bodies" else random.choice(_INTRODUCTIONS)
    if grouped == "times" and introduction:
        introduction = _INTRODUCTIONS[4]
    if form in ("plain", "rows", "bodies", "numbered rows") and introduction == _INTRODUCTIONS[2]:
        introduction = ""
    if introduction == _INTRODUCTIONS[2]:
        items = [_with(item, body="The local authority should") for item in items]
    closing = random.choice(_CLOSINGS)
    labels_set = random.choice(("bold", "plain", "title")) if suffix != ".docx" else "plain"
    if form in ("plain", "inline"):
        labels_set = "plain"
    return MadeList(title, kind, form, introduction, closing, tuple(items), tuple(labels), labels_set)


def _with(item: MadeItem, body: str) -> MadeItem:
    return MadeItem(item.lead, item.below, item.label, body, item.deadline)


def _item(random: Random, form: str, place: int, body: str | None, deadline: str | None) -> MadeItem:
    words = f"{random.choice(_VERBS)} {random.choice(_WHO)} {random.choice(_WHAT)}"
    for tail in random.sample(_TAILS, random.randint(0, 3)):
        words += f", {tail}"
    end = "." if form not in ("bullet", "dash", "letter", "roman", "bracket") else random.choice((".", ".", ";", ""))
    if form == "inline":
        end = ";"
    label = (
        _mark(form, place).strip("().") or None if form not in ("bullet", "dash", "plain", "rows", "bodies") else None
    )
    if form == "bodies":
        body = random.choice(_BODIES)
    if form == "numbered rows":
        deadline = random.choice(_TIMES)
    if form in ("bullet", "dash", "number") and random.random() < 0.15:
        below = tuple(random.choice(_WHAT) + mark for mark in (";", "; and", ".")[-random.randint(2, 3) :])
        if form == "number":
            below = tuple(f"({chr(ord('a') + number)}) {words}" for number, words in enumerate(below))
        return MadeItem(f"{random.choice(_VERBS)} {random.choice(_WHO)}:", below, label, body, deadline)
    return MadeItem(words + end, (), label, body, deadline)


def _mark(form: str, place: int) -> str:
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
    letter = chr(ord("a") + place)
    return {
        "bullet": "•", "dash": "–", "number": f"{place + 1}.", "bracket": f"{place + 1})", "letter": f"({letter})",
        "roman": f"({romans[place]})", "inline": f"({letter})", "numbered rows": f"{place + 1}",
    }.get(form, "")  # fmt: skip


def _inline(items: Sequence[MadeItem]) -> str:
    return " ".join(f"{_mark('inline', place)} {item.lead}" for place, item in enumerate(items))


def _groups(made: MadeList) -> Iterator[tuple[str, list[MadeItem]]]:
    """Yield the items below each label, with the label's line."""
    label, group = "", list[MadeItem]()
    for line, item in zip(made.labels, made.items, strict=True):
        if line:
            if group:
                yield label, group
            label, group = line, []
        group.append(item)
    yield label, group


@dataclass(slots=True)
class _Sheets:
    """Prints text on pages, in one column or two."""

    random: Random
    canvas: Any
    font: str
    size: float
    leading: float
    margin: float
    top: float
    running: bool
    note: bool
    columns: int = 1
    column: int = 0
    y: float = 0.0
    page: int = 1
    low: float = 70.0
    gap: float = field(default=0.0)

    @property
    def width(self) -> float:
        inner = _WIDTH - 2 * self.margin
        return inner if self.columns == 1 else (inner - 24) / 2

    @property
    def left(self) -> float:
        return self.margin + self.column * (self.width + 24)

    def start(self) -> None:
        self.y = self.top
        self._furniture()

    def _furniture(self) -> None:
        self.canvas.setFont(self.font, 9)
        if self.running:
            self.canvas.drawString(self.margin, _HEIGHT - 35, "Inspection of Northwold children’s services")
        self.canvas.drawCentredString(_WIDTH / 2, 30, str(self.page))
        if self.note and self.page > 1:
            self.canvas.setFont(self.font, 8)
            self.canvas.drawString(self.margin, 52, f"{self.page - 1} A note at the foot of the page about a guide.")

    def room(self, height: float) -> None:
        """Continue in the next column or page if less than ``height`` is left."""
        if self.y - height >= self.low:
            return
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.column_top
            return
        self.canvas.showPage()
        self.page += 1
        self.column = 0
        self.column_top = self.top
        self.start()

    def in_columns(self, columns: int) -> None:
        """Continue in a number of columns, below what is already on the page."""
        if columns == 1 and self.columns > 1:
            self.canvas.showPage()
            self.page += 1
            self.column = 0
            self.start()
        self.columns, self.column_top = columns, self.y

    column_top: float = 0.0

    def text(
        self,
        words: str,
        *,
        mark: str = "",
        indent: float = 0.0,
        bold: bool = False,
        size: float = 0.0,
        gap: float = 0.6,
    ) -> None:
        """Print a paragraph, with a bullet or number to the left of it."""
        size = size or self.size
        font = self.font.replace("Roman", "") + ("Bold" if "Times" in self.font else "-Bold") if bold else self.font
        font = font.replace("Times-Bold", "Times-Bold")
        hang = self.hang if mark else 0.0
        leading = self.leading * size / self.size
        lines = simpleSplit(words, font, size, self.width - indent - hang)
        for number, line in enumerate(lines):
            self.room(leading)
            self.canvas.setFont(font, size)
            if number == 0 and mark:
                self.canvas.drawString(self.left + indent, self.y, mark)
            self.canvas.drawString(self.left + indent + hang, self.y, line)
            self.y -= leading
        self.y -= gap * leading

    hang: float = 22.0

    def row(self, cells: Sequence[tuple[float, float, str]], *, bold: bool = False, middle: bool = False) -> None:
        """Print a row of cells, each with its left edge and width."""
        font = ("Times-Bold" if "Times" in self.font else "Helvetica-Bold") if bold else self.font
        split = [(left, simpleSplit(words, font, self.size, width - 8)) for left, width, words in cells]
        most = max(len(lines) for _, lines in split)
        self.room(most * self.leading)
        for left, lines in split:
            down = (most - len(lines)) / 2 * self.leading if middle else 0.0
            for number, line in enumerate(lines):
                self.canvas.setFont(font, self.size)
                self.canvas.drawString(self.left + left, self.y - down - number * self.leading, line)
        self.y -= most * self.leading + 0.8 * self.leading


def _pdf(random: Random, lists: Sequence[MadeList]) -> bytes:
    buffer = io.BytesIO()
    font = random.choice(("Helvetica", "Times-Roman"))
    size = random.choice((10.0, 10.5, 11.0, 12.0))
    sheets = _Sheets(
        random=random, canvas=Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1), font=font, size=size,
        leading=size * random.uniform(1.15, 1.35), margin=random.uniform(50, 80),
        top=_HEIGHT - random.uniform(115, 130), running=random.random() < 0.5, note=random.random() < 0.4,
    )  # fmt: skip
    sheets.low = random.uniform(115, 150)
    sheets.hang = random.choice((16.0, 18.0, 22.0))
    sheets.start()
    sheets.text("Inspection of Northwold local authority children’s services", size=size + 8, bold=True)
    sheets.text("Inspection dates: 6 to 17 May 2024", gap=1.5)
    for _ in range(random.randint(2, 14)):
        sheets.text(" ".join(_OPENING), gap=0.8)
    sheets.text("Summary", size=size + 3, bold=True)
    sheets.text(" ".join(_NEXT))
    title_size = size + random.choice((0.0, 2.0, 4.0))
    for made in lists:
        _set_list(sheets, random, made, title_size)
    ending = random.choice(_ENDINGS)
    in_text = ending.startswith(("Information", "Main", "Inspection")) and random.random() < 0.3
    sheets.text(ending, size=size if in_text else title_size, bold=not in_text)
    for number, words in enumerate(_NEXT * 2, 1):
        sheets.text(words, mark=random.choice(("•", f"{number}.")), gap=0.8)
    while sheets.page < 4:  # so that running lines are recognised as such
        sheets.text(" ".join(_NEXT), gap=0.8)
    sheets.canvas.save()
    return buffer.getvalue()


def _set_list(sheets: _Sheets, random: Random, made: MadeList, title_size: float) -> None:
    in_table = made.form in ("rows", "bodies", "numbered rows")
    sheets.room(5 * sheets.leading)
    as_text = made.title != "Recommendations for the Northwold Safeguarding Children Board" and random.random() < 0.15
    sheets.text(made.title, size=sheets.size if as_text else title_size, bold=not as_text)
    if made.introduction:
        sheets.text(made.introduction)
    columns = 2 if not in_table and made.labels_set == "plain" and random.random() < 0.25 else 1
    sheets.in_columns(columns)
    gap = random.choice((0.0, 0.6)) if made.form in ("bullet", "dash", "letter", "roman", "bracket") else 0.6
    if in_table:
        _set_table(sheets, random, made)
    else:
        for line, items in _groups(made):
            if line:
                sheets.room(3 * sheets.leading)
                size = title_size if made.labels_set == "title" else sheets.size
                sheets.text(line, bold=made.labels_set != "plain", size=size)
            if made.form == "inline":
                words = _inline(items)
                sheets.text(words[:-1] + ".")
                continue
            for place, item in enumerate(items):
                mark = f"{item.label}." if made.form == "number" else _mark(made.form, place)
                sheets.text(item.lead, mark=mark, gap=0.0 if item.below else gap)
                for words in item.below:
                    below, words = words.split(" ", 1) if made.form == "number" else (random.choice(("–", "•")), words)
                    sheets.text(words, mark=below, indent=sheets.hang + 4, gap=gap)
            sheets.y -= 0.6 * sheets.leading if gap == 0.0 else 0.0
    sheets.in_columns(1)
    if made.closing:
        sheets.text(made.closing)


def _set_table(sheets: _Sheets, random: Random, made: MadeList) -> None:
    width, middle = sheets.width, random.random() < 0.5
    if made.form == "bodies":
        heads: tuple[tuple[float, float, str], ...] = ((0, 150, "Who"), (150, width - 150, "What must be done"))
    elif made.form == "numbered rows":
        heads = ((0, 40, "No."), (40, width - 140, "Recommendation"), (width - 100, 100, "By when"))
    else:
        heads = ()
    if heads:
        sheets.row(heads, bold=True)
    for item in made.items:
        if made.form == "bodies":
            sheets.row(((0, 140, item.body or ""), (150, width - 150, item.text)), middle=middle)
        elif made.form == "numbered rows":
            cells = (
                (0.0, 40.0, item.label or ""),
                (40, width - 150, item.text),
                (width - 100, 100, item.deadline or ""),
            )
            sheets.row(cells, middle=middle)
        else:
            sheets.text(item.text, gap=1.0)


def _blocks(random: Random, lists: Sequence[MadeList]) -> Iterator[tuple[str, str]]:
    """Yield the blocks of a report without pages, each with its kind."""
    yield "h1", "Inspection of Northwold local authority children’s services"
    yield "p", "Inspection dates: 6 to 17 May 2024"
    for words in _OPENING * 3:
        yield "p", words
    for made in lists:
        yield "h2", made.title
        if made.introduction:
            yield "p", made.introduction
        for line, items in _groups(made):
            if line:
                yield {"title": "h2", "bold": "h3", "plain": "p"}[made.labels_set], line
            if made.form == "inline":
                yield "p", _inline(items)[:-1] + "."
                continue
            for place, item in enumerate(items):
                mark = _mark(made.form, place)
                yield ("li", item.lead) if made.form == "bullet" else ("p", f"{mark} {item.lead}".strip())
                yield from (("li", words) for words in item.below)
        if made.closing:
            yield "p", made.closing
    yield "h2", random.choice(_ENDINGS)
    for words in _NEXT * 3:
        yield "p", words


def _html(random: Random, lists: Sequence[MadeList]) -> bytes:
    lines, inside = [], False
    for kind, words in _blocks(random, lists):
        if (kind == "li") != inside:
            lines.append("</ul>" if inside else "<ul>")
            inside = kind == "li"
        lines.append(f"<{kind}>{html.escape(words, quote=False)}</{kind}>")
    body = "\n".join(lines)
    title = "Inspection of Northwold local authority children’s services"
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><article>{body}</article></main></body></html>"
    ).encode()


def _docx(random: Random, lists: Sequence[MadeList]) -> bytes:
    document = WordDocument()
    styles = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "li": "List Bullet", "p": "Normal"}
    for kind, words in _blocks(random, lists):
        document.add_paragraph(words, style=styles[kind])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
