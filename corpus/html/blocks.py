"""Turns the elements of a web page into blocks: headings, paragraphs, items of lists and rows of tables.

Each word on the page is in exactly one block, apart from the marks of notes, which we leave out. We never join two
words into one if they are in different blocks, or if a line break is between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from corpus.drafts import Draft, Piece
from corpus.figures import is_figure
from corpus.glyphs import clean, clean_words, is_bullet
from corpus.html.list_numbers import BULLET, marks_in
from corpus.html.table_columns import columns_of
from corpus.html.tree import BLOCKS, NOTHING, Element, Elements, box_of, texts
from corpus.note_marks import KEPT, LONGEST, is_note_mark
from corpus.types import BlockKind

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "nobr", "object", "output", "q", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    }
)  # fmt: skip
"""Elements that are part of a line of text, even if an element inside them starts a new line."""
_IN_WORDS = frozenset({"b", "em", "i", "mark", "strong", "sub", "sup", "wbr"})
"""Elements that may start or end in the middle of a word."""
_BOXES = frozenset({"address", "article", "aside", "div", "footer", "header", "main", "section"})
"""Elements that may put the parts of one line into boxes. Within an item, they start a block only after the end of a
sentence."""
_ENDS_SENTENCE = re.compile(r"[.!?:;…][’”\"')\]]*$")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS_WORD = re.compile(r"[^\W\d_]{2}[.!?:;]$")
"""The end of a sentence or clause. A single letter before the stop is an initial, so it does not match."""
_TITLES = {f"h{level}": level for level in range(1, 7)}
_BREAK = "\x1f"
"""A character that stands for a line break. Once a page is parsed, it does not contain this character otherwise."""
_PARAGRAPH_BREAK = re.compile(rf"(?: ?{_BREAK}){{2,}}|{_BREAK} ?(?=[•◼■▪●○◦∙‣⁃]\s)")
"""Two line breaks, which start a new paragraph, or one before a bullet."""
_SPACES = re.compile(rf"[^\S{_BREAK}]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CELL_LENGTH = 2000
"""If a cell of a table has more characters than this, the table only lays out the page. Chosen by eye."""
_PARAGRAPHS = 4
"""If the only cell of a row has at least this many paragraphs, its table only lays out the page. Chosen by eye."""
_VALUE_LENGTH = 120
"""A definition list gives values instead of explanations if no definition is longer than this, in characters. Chosen by
eye."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The block that the words of an element belong to."""

    title: int = 0
    """Level of the heading, or 0."""
    item: Element | None = None
    depth: int = 0
    """Number of lists around the item."""
    entry: Element | None = None
    """The term of a definition list, if the words are the term or explain it."""
    explains: bool = False
    in_table: bool = False
    """True if the words are in a table with rows that we read. If a table only serves the layout of the page, we do not
    read its rows."""
    row: Element | None = None
    cell: Element | None = None
    typed: bool = False
    """True if the page shows line ends and spaces as they are in the file."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text between two tags."""

    text: str
    place: _Place
    line: int
    """Number of its line. A new line starts before and after each element that is not part of a line of text."""
    part: int
    """Number of its paragraph. Such an element starts a new paragraph, unless it may only put parts of a line into
    boxes."""
    tag: str
    """The tag before the text."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive words on the page that are in one element."""

    text: str
    place: _Place
    number: int
    """Index of the run, from 0."""
    part: int
    """Number of the block that the run is in, if it is in an item."""
    mark: str
    """The mark of the item that it starts, or ""."""


def read_parts(parts: Iterable[Element], left_out: Elements = NOTHING) -> list[Draft]:
    """Return the blocks in several elements, in order. Each table has a number of its own."""
    drafts: list[Draft] = []
    last = 0
    for part in parts:
        read = read_blocks(part, left_out)
        drafts += (replace(draft, table=last + draft.table) if draft.cells else draft for draft in read)
        last += max((draft.table for draft in read), default=0)
    return drafts


def read_blocks(root: Element, left_out: Elements = NOTHING) -> list[Draft]:
    """Return the blocks in an element, in order, without the elements left out."""
    drafts: list[Draft] = []
    numbers: dict[Element | None, int] = {}
    columns: dict[Element | None, dict[Element, list[Element | None]]] = {}
    texts: dict[Element | None, str] = {}
    for _, group in groupby(_runs(root, left_out), key=_group):
        runs = list(group)
        row = runs[0].place.row
        if row is None:
            for draft in _block(runs):
                around = _list_around(runs[0].place.entry) if draft.cells else None
                number = numbers.setdefault(around, len(numbers) + 1) if draft.cells else 0
                drafts.append(replace(draft, table=number))
            continue
        table = _table_around(row)
        if table not in columns:
            columns[table] = columns_of(table) if table is not None else {}
        cells = _cells(row, runs)
        texts |= cells
        across = tuple(texts.get(cell, "") for cell in columns[table].get(row, ()))
        number = numbers.setdefault(table, len(numbers) + 1)
        words = " ".join(filter(None, _with_figures_above(cells, columns[table].get(row, ()), texts)))
        drafts += (replace(d, cells=across, table=number if across else 0) for d in _draft(BlockKind.TABLE, words))
    return drafts


def _table_around(row: Element) -> Element | None:
    return next(row.iterancestors("table"), None)


def _list_around(entry: Element | None) -> Element | None:
    return next(entry.iterancestors("dl"), None) if entry is not None else None


def _runs(root: Element, left_out: Elements) -> Iterator[_Run]:
    marks = marks_in(root, left_out)
    number = part = above = 0
    before = ""
    for _, group in groupby(_stretches(root, left_out), key=lambda stretch: stretch.line):
        stretches = list(group)
        place = stretches[0].place
        for index, text in enumerate(_paragraphs(_spaced(stretches), place)):
            starts_item = place.item is not None and not place.title
            apart = index > 0 or stretches[0].part != above or _ENDS_SENTENCE.search(before) is not None
            part += apart and _LETTER.search(before) is not None  # a lone number belongs to the words below it
            mark = marks.pop(place.item, "") if starts_item and place.item is not None else ""
            yield _Run(text, place, number, part, mark)
            number += 1
            before, above = text, stretches[0].part


def _stretches(root: Element, left_out: Elements) -> Iterator[_Stretch]:
    places = [_Place()]
    line = part = 0
    before = ""
    noted = False
    boxes = _boxes(root, left_out)
    terms = _terms(root)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        own_line = element is not root and (element.tag in BLOCKS or element in boxes)
        line += own_line
        part += own_line and element.tag in BLOCKS and element.tag not in _BOXES
        if own_line or element.tag == "br":
            before, noted = "", False
        if event == "end":
            if own_line:
                places.pop()
            text = element.tail if element is not root else None
        else:
            if own_line:
                places.append(_within(places[-1], element, left_out, terms))
            if element in left_out:
                walker.skip_subtree()
                text = None
            elif _is_note_mark(element, before, left_out):
                walker.skip_subtree()
                text = None
                noted = True
            else:
                text = _own_text(element)
        if text:
            if noted and text[0].isalnum():
                text = f" {text}"  # a mark may be the only thing between two words
            noted = False
            before = (before + text)[-KEPT:]
            yield _Stretch(text, places[-1], line, part, str(element.tag))


def _own_text(element: Element) -> str | None:
    """Return the text that an element has before the first element in it."""
    if element.tag == "input":
        return box_of(element)
    return _BREAK if element.tag == "br" else element.text


def _is_note_mark(element: Element, before: str, left_out: Elements) -> bool:
    """Return whether an element is the mark of a note. ``before`` is the end of the text before it on its line."""
    linked = element.get("role") == "doc-noteref"
    if element.tag != "sup" and not (element.tag == "a" and linked):
        return False
    links = (*element.iter("a"), *element.iterancestors("a"))
    linked = linked or any(
        (link.get("href") or "").startswith("#") or link.get("role") == "doc-noteref" for link in links
    )
    return is_note_mark(before, _short_text(element, left_out), linked=linked)


def _short_text(element: Element, left_out: Elements) -> str:
    """Return the text of an element, or nothing if it is longer than any mark."""
    text = ""
    for part in texts(element, left_out):
        text += part
        if len(text) > LONGEST:
            return ""
    return text


def _boxes(root: Element, left_out: Elements) -> Elements:
    """Return the unknown elements that contain an element which starts a new line."""
    boxes: set[Element] = set()
    passed: set[Element] = set()
    for element in root.iter(*BLOCKS):
        for around in element.iterancestors():
            if around in passed or around in left_out:
                break
            passed.add(around)
            if around.tag not in _INLINE:
                boxes.add(around)
    return frozenset(boxes)


def _spaced(stretches: Sequence[_Stretch]) -> str:
    """Join the texts of a line.

    Add a space where a sentence ends at a tag, because the page's design shows a gap there.
    """
    parts: list[str] = []
    before = ""
    for stretch in stretches:
        first = stretch.text[0]
        number = stretch.tag == "sup" and before[-1:].isdigit() and first.isdigit()
        sentence = first.isupper() and stretch.tag not in _IN_WORDS and _ENDS_WORD.search(before) is not None
        if number or sentence:
            parts.append(" ")
        parts.append(stretch.text)
        before = (before + stretch.text[-3:])[-3:]
    return "".join(parts)


def _paragraphs(text: str, place: _Place) -> Iterator[str]:
    """Yield the paragraphs in a text. They are separated by two line breaks, or by blank lines that the page shows."""
    for part in _BLANK_LINE.split(text) if place.typed else [text]:
        for paragraph in _PARAGRAPH_BREAK.split(_SPACES.sub(" ", part)):
            if plain := clean_words(paragraph.replace(_BREAK, " ")):
                yield plain


def _within(place: _Place, element: Element, left_out: Elements, terms: Mapping[Element, Element]) -> _Place:
    """Return where the words in an element belong, given where the element itself belongs."""
    tag = str(element.tag)
    if tag in _TITLES or element.get("role") == "heading":
        return replace(place, title=_TITLES.get(tag) or _aria_level(element))
    if tag == "li":
        return replace(place, item=element, depth=place.depth + 1, entry=None)
    if tag in ("dt", "dd"):
        return replace(place, entry=terms.get(element, element), explains=tag == "dd", item=None)
    if tag == "table" and place.row is None:
        return replace(place, in_table=not _is_layout(element, left_out))
    if tag == "tr" and place.row is None and place.in_table:
        return replace(place, row=element, title=0, item=None, depth=0, entry=None)
    if tag in ("td", "th") and place.row is not None and element.getparent() is place.row:
        return replace(place, cell=element)
    return replace(place, typed=True) if tag in ("pre", "textarea", "xmp", "listing", "plaintext") else place


def _aria_level(element: Element) -> int:
    level = element.get("aria-level") or ""
    return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2


def _terms(root: Element) -> dict[Element, Element]:
    """For each term and explanation in the definition lists of an element, return the first term of its group.

    Consecutive terms share their explanations.
    """
    terms: dict[Element, Element] = {}
    last: dict[Element | None, Element] = {}
    """The latest term or explanation, by the element around it."""
    for element in root.iter("dt", "dd"):
        around = element.getparent()
        before = last.get(around)
        continues = before is not None and (element.tag == "dd" or before.tag == "dt")
        terms[element] = terms[before] if before is not None and continues else element
        last[around] = element
    return terms


def _is_layout(table: Element, left_out: Elements) -> bool:
    """Return whether a table only serves the layout of the page.

    Its cells contain headings, other tables or long texts, a row has one cell with several paragraphs, or no two cells
    are next to each other.
    """
    if table in left_out or table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(table.iterdescendants("td", "th"))
    if len(cells) < 2 or all(
        len(row.findall("td")) + len(row.findall("th")) < 2 for row in table.iterdescendants("tr")
    ):
        return True
    titled = any(next(cell.iterdescendants(*_TITLES), None) is not None for cell in cells if cell.tag == "td")
    alone = (cell for cell in cells if cell.tag == "td" and _is_only_cell(cell))
    if any(_paragraphs_in(cell) >= _PARAGRAPHS for cell in alone):
        return True
    return titled or any(len("".join(map(str, cell.itertext())).strip()) > _CELL_LENGTH for cell in cells)


def _is_only_cell(cell: Element) -> bool:
    around = cell.getparent()
    return around is not None and sum(other.tag in ("td", "th") for other in around) == 1


def _paragraphs_in(cell: Element) -> int:
    """Return the number of paragraphs in a cell: its elements for them, and its pairs of line breaks."""
    breaks = (br for br in cell.iter("br") if not (br.tail or "").strip())
    double = sum(after is not None and after.tag == "br" for after in (br.getnext() for br in breaks))
    return int(double) + sum(1 for _ in cell.iter("p"))


def _group(run: _Run) -> object:
    """Return the key of the block that contains a run: a row, an item, an entry, or the run itself."""
    place = run.place
    if place.row is not None:
        return place.row
    if place.title:
        return run.number
    if place.item is not None:
        return place.item, run.part
    return place.entry if place.entry is not None else run.number


def _cells(row: Element, runs: Sequence[_Run]) -> dict[Element | None, str]:
    """Return the text of each cell in a row, with the marks of the items in it. An empty cell has no text."""
    texts: dict[Element | None, list[str]] = {}
    for run in runs:
        texts.setdefault(run.place.cell, []).append(f"{_with_stop(run.mark)} {run.text}".strip())
    cells: list[Element | None] = [*([None] if None in texts else []), *(c for c in row if c.tag in ("td", "th"))]
    return {cell: " ".join(texts.get(cell, ())) for cell in cells}


def _with_figures_above(
    cells: Mapping[Element | None, str], across: Sequence[Element | None], texts: Mapping[Element | None, str]
) -> list[str]:
    """Return the texts of a row's cells, with each figure of a cell that extends into the row from above."""
    above = [cell for cell in across if cell not in cells and is_figure(texts.get(cell, ""))]
    if not above:
        return list(cells.values())
    row = dict.fromkeys(cell for cell in across if cell in cells or cell in above)
    return [texts.get(cell, "") for cell in (*(cell for cell in cells if cell not in row), *row)]


def _block(runs: Sequence[_Run]) -> Iterator[Draft]:
    place, text = runs[0].place, " ".join(run.text for run in runs)
    if place.title:
        yield from _draft(BlockKind.HEADING, clean(text), level=place.title)
    elif runs[0].mark == BULLET:
        bare = clean(text)
        yield from _draft(BlockKind.LIST_ITEM, bare if is_bullet(bare) else f"{BULLET} {bare}", depth=place.depth)
    elif runs[0].mark:
        label = runs[0].mark
        yield from _draft(BlockKind.PARAGRAPH, f"{label}. {text}", label=label, depth=place.depth)
    elif place.entry is not None and _gives_values(runs):
        values = " ".join(run.text for run in runs if run.place.explains)
        cells = " ".join(run.text for run in runs if not run.place.explains), values
        yield from (replace(draft, cells=cells) for draft in _draft(BlockKind.TABLE, text))
    else:
        for run in runs:
            bare = clean(run.text)
            kind = BlockKind.LIST_ITEM if is_bullet(bare) else BlockKind.PARAGRAPH
            yield from _draft(kind, bare, depth=0 if place.item is None else place.depth + 1)


def _gives_values(runs: Sequence[_Run]) -> bool:
    """Return whether the runs are a term with short values, which we read as a row, and not a term with its meaning."""
    values = [run for run in runs if run.place.explains]
    return 0 < len(values) < len(runs) and all(len(run.text) <= _VALUE_LENGTH for run in values)


def _draft(kind: BlockKind, text: str, *, level: int = 0, label: str | None = None, depth: int = 0) -> Iterator[Draft]:
    if text and text != BULLET:
        yield Draft(kind, (Piece(text, 1),), level=level, label=label, depth=max(depth - 1, 0))


def _with_stop(mark: str) -> str:
    return f"{mark}." if mark and mark != BULLET else mark
