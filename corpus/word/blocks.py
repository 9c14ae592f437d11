"""The blocks of a Word document in the order in which they are printed: headings, paragraphs, items and table rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from lxml import etree

from corpus.drafts import Draft, Piece
from corpus.figures import is_figure
from corpus.glyphs import clean, is_bullet
from corpus.types import BlockKind
from corpus.word.chunks import chunk_drafts
from corpus.word.controls import remove_prompts, stored_prompts
from corpus.word.numbering import Counters, Mark, Numbering
from corpus.word.package import Package, R, Relation, W
from corpus.word.runs import NoteReference, Notice, Words, commands, words_of
from corpus.word.styles import Style, Styles, heading_level
from corpus.word.tree import PRINTED, content, has_changes, number, switch, value

_BOLD_HEADING_LENGTH = 120
"""A bold paragraph is a heading if it has fewer characters than this and no full stop. Chosen by eye."""
_LIST_NAME = re.compile(r"^list(?: bullet| number)?(?: \d)?$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"^toc (?:\d|heading)$", re.IGNORECASE)
"""The names of styles for tables of contents. We leave these tables out, as we do in PDFs."""
_LABEL = re.compile(r"^(\d{1,3})[.)]?$")
_TYPED_LABEL = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_APART = frozenset(f"{W}{name}" for name in ("tbl", "altChunk", "subDoc"))
"""Elements that are not paragraphs and separate the paragraphs around them."""


class _Merge(Enum):
    """Where to find the cell that another one continues."""

    ABOVE = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class DocxBlock:
    """A block, with the details that only Word documents give."""

    draft: Draft
    plain: str
    """Its text with its printed number, but without the bullet that we add to it."""
    notes: tuple[NoteReference, ...] = ()
    cells: tuple[str, ...] = ()
    """The text of each cell, if it is a row of a table. The text is empty for a cell that continues another one."""


@dataclass(slots=True)
class BlockReader:
    """Reads the parts of a document that have text, such as the body and each note.

    Numbering continues from one part to the next.
    """

    package: Package
    styles: Styles
    counters: Counters
    relations: Mapping[str, Relation]
    """References from the main part to other parts, by id."""
    prompts: Mapping[str, str]
    """The prompts that the document keeps for its controls, by name."""
    notices: set[Notice] = field(default_factory=set)
    _inserted_parts: set[str] = field(default_factory=set)
    """The names, in lower case, of files inside the document that we have read."""
    _commands: frozenset[etree._Element] = frozenset()
    _tables: int = 0
    """Number of tables read so far."""

    @classmethod
    def of(cls, package: Package, part: str) -> BlockReader:
        """Return a reader with the styles and lists of a document."""
        styles = Styles.of(package.related_tree(part, "styles"))
        counters = Counters(Numbering.of(package.related_tree(part, "numbering"), styles))
        prompts = stored_prompts(package, part)
        return cls(package, styles, counters, package.relations(part), prompts, counters.notices)

    def read(self, root: etree._Element) -> list[DocxBlock]:
        """Return the blocks of a part. The prompts are removed from its tree."""
        if has_changes(root):
            self.notices.add(Notice.CHANGES)
        if remove_prompts(root, self.styles, self.prompts):
            self.notices.add(Notice.PROMPT)
        self._commands = commands(root)
        return _with_text(self._blocks(root))

    def _blocks(self, container: etree._Element) -> Iterator[DocxBlock]:
        """Yield the blocks of a container. A block may have notes and no text."""
        for group in _groups(content(container)):
            first = group[0]
            if first.tag == f"{W}p":
                yield from self._paragraph(group)
            elif first.tag == f"{W}tbl":
                yield from self._table(first)
            else:
                yield from self._inserted(first)

    def _paragraph(self, group: list[etree._Element]) -> Iterator[DocxBlock]:
        last = group[-1]
        style = self.styles.of_paragraph(last)
        words = words_of(group, self.styles, style, self._commands)
        self.notices |= words.notices
        place = self.counters.numbering.place(last, style)
        mark = self.counters.next(*place) if place else None
        text = clean(words.text)
        if text and not (style and _CONTENTS_NAME.match(style[0].name)):
            yield _block(last, style, text, words, mark)
        elif words.notes:
            yield _without_text(words.notes)
        for box in words.boxes:
            yield from self._blocks(box)

    def _table(self, table: etree._Element) -> Iterator[DocxBlock]:
        shown = [row for row in content(table) if row.tag == f"{W}tr" and self._is_shown(row)]
        rows = [list(_cells(row)) for row in shown]
        if all(len(row) == 1 for row in rows):  # a frame around text, or a list with a line around each item
            for [cell] in rows:
                yield from self._blocks(cell)
            return
        open_above: frozenset[int] = frozenset()
        above: tuple[str, ...] = ()
        self._tables += 1
        this = self._tables
        for element, row in zip(shown, rows, strict=True):
            places = list(_places(element, row, open_above))
            open_above = frozenset(place.column for place in places if place.goes_on)
            if any(place.merge and next(place.cell.iter(*PRINTED), None) is not None for place in places):
                self.notices.add(Notice.HIDDEN)
            inside = [[] if place.merge else list(self._blocks(place.cell)) for place in places]
            cells = tuple(clean(" ".join(one.plain for one in cell if not one.cells)) for cell in inside)
            above = _columns(places, cells, above)
            blocks = [one for cell in inside for one in cell]
            notes = tuple(note for one in blocks if not one.cells for note in one.notes)
            if not (text := clean(" ".join(_with_figures_above(places, cells, above)))):
                yield _without_text(notes)
            else:
                yield DocxBlock(Draft(BlockKind.TABLE, (Piece(text, 1),), cells=above, table=this), text, notes, cells)
            yield from (one for one in blocks if one.cells)

    def _is_shown(self, row: etree._Element) -> bool:
        properties = row.find(f"{W}trPr")
        if switch(properties, "hidden"):
            self.notices.add(Notice.HIDDEN)
            return False
        return properties is None or properties.find(f"{W}del") is None

    def _inserted(self, element: etree._Element) -> Iterator[DocxBlock]:
        """Yield the blocks of a file inside the document. Each file is read once."""
        relation = self.relations.get(element.get(f"{R}id", ""))
        if relation and relation.part.lower() in self._inserted_parts:
            return
        data = self.package.data(relation.part) if relation else None
        drafts = chunk_drafts(self.package.media_type(relation.part), data) if relation and data is not None else None
        if drafts is None:
            self.notices.add(Notice.INSERTED)
        self._inserted_parts |= {relation.part.lower()} if relation else set()
        before = self._tables
        for draft in drafts or ():
            own = replace(draft, table=before + draft.table) if draft.cells else draft
            self._tables = max(self._tables, own.table)
            yield DocxBlock(own, draft.text)


def _without_text(notes: Iterable[NoteReference]) -> DocxBlock:
    return DocxBlock(Draft(BlockKind.PARAGRAPH, ()), "", tuple(notes))


def _with_text(blocks: Iterable[DocxBlock]) -> list[DocxBlock]:
    """Return the blocks that have text.

    The notes of a block without text move to the block before, or to the first one.
    """
    kept: list[DocxBlock] = []
    waiting: tuple[NoteReference, ...] = ()
    for block in blocks:
        if block.plain:
            kept.append(replace(block, notes=(*waiting, *block.notes)))
            waiting = ()
        elif kept:
            kept[-1] = replace(kept[-1], notes=(*kept[-1].notes, *block.notes))
        else:
            waiting = (*waiting, *block.notes)
    return kept


def _groups(elements: Iterable[etree._Element]) -> Iterator[list[etree._Element]]:
    """Yield the elements that contain text. Paragraphs that are printed as one come together."""
    waiting: list[etree._Element] = []
    for element in elements:
        if element.tag == f"{W}p":
            waiting.append(element)
            if not _joins_next(element):
                yield waiting
                waiting = []
        elif element.tag in _APART:
            if waiting:
                yield waiting
                waiting = []
            yield [element]
    if waiting:
        yield waiting


def _joins_next(paragraph: etree._Element) -> bool:
    """Return whether the next paragraph continues this one.

    It does if the end of this one was deleted, moved away or hidden, or if this one is the large first letter of the
    next.
    """
    if value(paragraph.find(f"{W}pPr/{W}framePr"), "dropCap") in ("drop", "margin"):
        return True
    end = paragraph.find(f"{W}pPr/{W}rPr")
    if end is None:
        return False
    removed = end.find(f"{W}del") is not None or end.find(f"{W}moveFrom") is not None
    return removed or (bool(switch(end, "vanish")) and not switch(end, "specVanish"))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in content(row):
        if cell.tag == f"{W}tc" and cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell in the grid of a table."""

    cell: etree._Element
    column: int
    """Number of its first column, from 0."""
    width: int
    """Number of its columns."""
    merge: _Merge | None
    """The cell that it continues, if it continues one. Word hides the text of such a cell."""
    goes_on: bool
    """Whether a cell of the next row may continue it."""


def _places(row: etree._Element, cells: Iterable[etree._Element], open_above: Collection[int]) -> Iterator[_Place]:
    """Yield the places of the cells in a row. ``open_above`` contains the columns in which the cell above may continue.

    Word shows a cell that says that it continues another one if there is nothing to continue.
    """
    column = max(number(value(row.find(f"{W}trPr/{W}gridBefore"))) or 0, 0)
    to_left = False
    for cell in cells:
        down, across = _merge(cell, "vMerge"), _merge(cell, "hMerge")
        merge = None
        if down == "continue" and column in open_above:
            merge = _Merge.ABOVE
        elif across == "continue" and to_left:
            merge = _Merge.LEFT
        width = max(number(value(cell.find(f"{W}tcPr/{W}gridSpan"))) or 1, 1)
        yield _Place(cell, column, width, merge, goes_on=down is not None)
        to_left = across is not None
        column += width


def _columns(places: Sequence[_Place], texts: Iterable[str], above: Sequence[str]) -> tuple[str, ...]:
    """Return the text in each column of a row. A cell that continues another one has the text of that one."""
    columns = [""] * (places[0].column if places else 0)
    for place, text in zip(places, texts, strict=True):
        if place.merge is _Merge.ABOVE:
            text = above[place.column] if place.column < len(above) else ""
        elif place.merge is _Merge.LEFT:
            text = columns[-1]
        columns += [text] * place.width
    return tuple(columns)


def _with_figures_above(places: Sequence[_Place], texts: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    """Yield the texts of a row's cells, with each figure of a cell that extends into the row from above."""
    has_own = any(texts)
    for place, text in zip(places, texts, strict=True):
        going_on = has_own and place.merge is _Merge.ABOVE and is_figure(columns[place.column])
        yield columns[place.column] if going_on else text


def _merge(cell: etree._Element, name: str) -> str | None:
    """Return "restart" if a cell begins a merge in a direction, "continue" if it continues one, or None."""
    found = cell.find(f"{W}tcPr/{W}{name}")
    if found is not None:
        return "restart" if value(found) == "restart" else "continue"
    change = value(cell.find(f"{W}tcPr/{W}cellMerge"), name)  # Word was tracking changes when the cells were merged
    return {"rest": "restart", "cont": "continue"}.get(change or "")


def _block(
    paragraph: etree._Element, style: tuple[Style, ...], text: str, words: Words, mark: Mark | None
) -> DocxBlock:
    notes = tuple(words.notes)
    numbered = f"{mark.text}{text}" if mark else text
    short = len(text) < _BOLD_HEADING_LENGTH and not text.endswith(".")
    heading = heading_level(paragraph, style)
    if heading and (heading[1] or short):
        return DocxBlock(Draft(BlockKind.HEADING, (Piece(numbered, 1),), level=heading[0]), numbered, notes)
    if mark and mark.digits:
        label = _LABEL.match(mark.text.strip())
        draft = Draft(BlockKind.PARAGRAPH, (Piece(numbered, 1),), label=label.group(1) if label else None)
        return DocxBlock(draft, numbered, notes)
    if mark and not mark.bullet:
        return DocxBlock(Draft(BlockKind.LIST_ITEM, (Piece(numbered, 1),)), numbered, notes)
    if mark or is_bullet(text) or _is_item_by_name(paragraph, style):
        bullet = text if is_bullet(text) else f"• {text}"
        return DocxBlock(Draft(BlockKind.LIST_ITEM, (Piece(bullet, 1),)), text, notes)
    if words.bold and short:
        return DocxBlock(Draft(BlockKind.HEADING, (Piece(text, 1),), level=2), text, notes)
    typed = _TYPED_LABEL.match(text)
    draft = Draft(BlockKind.PARAGRAPH, (Piece(text, 1),), label=typed.group(1) if typed else None)
    return DocxBlock(draft, text, notes)


def _is_item_by_name(paragraph: etree._Element, style: tuple[Style, ...]) -> bool:
    """Return whether a paragraph has one of Word's styles for lists, and its numbering is not switched off."""
    off = value(paragraph.find(f"{W}pPr/{W}numPr/{W}numId")) == "0"
    return not off and any(_LIST_NAME.match(one.name) for one in style)
