"""Cuts a document into passages at the boundaries of its sections and paragraphs.

A heading stays with the text below it, and a list with the sentence that introduces it. A numbered paragraph is a
passage of its own, so that it can be cited by its number. Text that is too long for an encoder is split at the ends of
sentences. A passage's text is always one continuous part of the document's text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.grades import GRADE_CELL
from corpus.headings import section_paths
from corpus.sentences import sentence_spans
from corpus.types import Block, BlockKind, Document, Passage

CountTokens = Callable[[str], int]
"""A function that returns the number of word pieces in a text, excluding special tokens."""
SPECIAL_TOKENS = 2
"""Number of tokens that an encoder adds to a text: one before the text and one after it."""
TARGET = 160
"""Short paragraphs are joined into passages of up to this many word pieces, or about 120 words. Chosen by eye."""
SMALL = 40
"""A passage with fewer word pieces than this is joined with the next paragraph. Chosen by eye."""
MAX_PAGES = 2
"""Maximum number of pages that a passage may span."""
CONTEXT_HEADINGS = 2
"""Maximum number of headings in the context line. The headings nearest to the passage are used. Chosen by eye."""
CONTEXT_LENGTH = 200
"""Maximum length of the context line, in characters. The limit leaves room for the passage. Chosen by eye."""
_FILL = 0.9
"""Largest share of the available room that the parts of a long block may fill, on average. Chosen by eye."""
_OVERFILL = 1.1
"""A part of a long block may be up to this many times the average length. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """A part that is never divided further: a block, or one or more sentences of a long block."""

    start: int
    end: int
    tokens: int
    kind: BlockKind
    label: str | None
    starts_block: bool
    """True if it is at the start of its block."""
    sentences: tuple[tuple[int, int], ...]
    columns: str | None = None
    """If the block is in a table of figures, the names of the table's columns, as one row prints them."""


def context_line(title: str, section: Sequence[str]) -> str:
    """Return the line that is embedded before a passage's own words to give their context."""
    line = " – ".join(section[-CONTEXT_HEADINGS:]) if section else title
    return line[:CONTEXT_LENGTH]


def chunk(document: Document, *, report_id: str, title: str, count: CountTokens, max_tokens: int) -> list[Passage]:
    """Cut a document into passages whose context line, text and special tokens fit in ``max_tokens``.

    The section of a passage with rows of a table ends with the names of the table's columns.
    """
    paths = section_paths(document)
    columns = _columns(document)
    passages: list[Passage] = []
    for first, last in _sections(document, paths):
        path = paths[last - 1]
        context = max(count(context_line(title, _with_columns(path, names))) for names in {*columns[first:last]})
        room = max_tokens - SPECIAL_TOKENS - context - 1
        blocks = list(zip(document.blocks[first:last], columns[first:last], strict=True))
        atoms = list(_section_atoms(document, blocks, count, room))
        for group in _packed(document, atoms, room):
            section = _with_columns(path, group[-1].columns)
            passages.append(_passage(document, group, report_id, len(passages), section))
    return passages


def _columns(document: Document) -> list[str | None]:
    """Return, for each block, the names of the columns of the table of figures that it is in, or None."""
    columns: list[str | None] = []
    names: str | None = None
    for block in document.blocks:
        if block.names_columns:
            names = document.text[block.start : block.end]
        elif block.kind is not BlockKind.TABLE:
            names = None
        columns.append(names)
    return columns


def _with_columns(path: tuple[str, ...], columns: str | None) -> tuple[str, ...]:
    return (*path, columns) if columns else path


def _sections(document: Document, paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield ranges of blocks that share a path. Headings without text of their own go with the text that follows."""
    start, only_headings = 0, True
    for index in range(1, len(paths) + 1):
        ended = index == len(paths) or paths[index] != paths[index - 1]
        only_headings = only_headings and _needs_text(document, document.blocks[index - 1])
        if ended and not only_headings:
            yield start, index
            start, only_headings = index, True
    if start < len(paths):
        yield start, len(paths)


def _needs_text(document: Document, block: Block) -> bool:
    """Return whether a block is a heading, or the grade next to one. Neither is useful without the text below it."""
    return block.kind is BlockKind.HEADING or bool(GRADE_CELL.match(document.text[block.start : block.end]))


def _section_atoms(
    document: Document, blocks: Sequence[tuple[Block, str | None]], count: CountTokens, room: int
) -> Iterator[_Atom]:
    """Yield a section's atoms.

    Text below headings is cut into parts that leave room for the headings in a passage.
    """
    above = 0
    for block, columns in blocks:
        parts = list(_atoms(document, block, count, room))
        tokens = sum(part.tokens for part in parts)
        if above and tokens + above > room and block.kind is not BlockKind.HEADING:
            parts = list(_atoms(document, block, count, max(room - above, room // 4)))
        yield from (replace(part, columns=columns) for part in parts) if columns else parts
        above = above + tokens + 1 if block.kind is BlockKind.HEADING else 0


def _atoms(document: Document, block: Block, count: CountTokens, room: int) -> Iterator[_Atom]:
    text = document.text[block.start : block.end]
    whole = block.kind is BlockKind.TABLE
    spans = [] if block.kind is BlockKind.HEADING else [(0, len(text))] if whole else sentence_spans(text)
    tokens = count(text)
    placed = tuple((block.start + s, block.start + e) for s, e in spans)
    if tokens <= room:
        yield _Atom(block.start, block.end, tokens, block.kind, block.label, True, placed)
        return
    pieces = [piece for span in placed for piece in _cut(document.text, span, count, room)]
    if not pieces:
        pieces = list(_cut(document.text, (block.start, block.end), count, room))
    size = tokens / math.ceil(tokens / (room * _FILL))
    group: list[tuple[int, int]] = []
    for piece in pieces:
        if group and count(document.text[group[0][0] : piece[1]]) > size * _OVERFILL:
            yield _sentence_atom(document, block, group, count, first=group[0] == pieces[0])
            group = []
        group.append(piece)
    yield _sentence_atom(document, block, group, count, first=group[0] == pieces[0])


def _sentence_atom(
    document: Document, block: Block, group: list[tuple[int, int]], count: CountTokens, *, first: bool
) -> _Atom:
    """Return some sentences of a block as an atom.

    The ``first`` of these atoms includes the block's bullet or number.
    """
    starts_block = first and not document.text[block.start : group[0][0]].strip(" •0123456789.")
    start = block.start if starts_block else group[0][0]
    text = document.text[start : group[-1][1]]
    return _Atom(start, group[-1][1], count(text), block.kind, block.label, starts_block, tuple(group))


def _cut(text: str, span: tuple[int, int], count: CountTokens, room: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or its halves, quarters and so on, until each part is short enough for an encoder."""
    start, end = span
    if count(text[start:end]) <= room:
        yield span
        return
    middle = text.rfind(" ", start + 1, (start + end) // 2)
    if middle <= start:
        middle = (start + end) // 2
    second = end - len(text[middle:end].lstrip())
    yield from _cut(text, (start, middle), count, room)
    yield from _cut(text, (second, end), count, room)


def _packed(document: Document, atoms: Sequence[_Atom], room: int) -> Iterator[list[_Atom]]:
    """Yield the atoms that make up each passage."""
    group: list[_Atom] = []
    for atom in atoms:
        if group and not _joins(document, group, atom, room):
            yield group
            group = []
        group.append(atom)
    if group:
        yield group


def _joins(document: Document, group: list[_Atom], atom: _Atom, room: int) -> bool:
    tokens = sum(a.tokens + 1 for a in group)
    if tokens + atom.tokens > room:
        return False
    pages = {line.page for line in document.lines_in(group[0].start, atom.end)}
    if len(pages) > MAX_PAGES:
        return False
    only_headings = all(a.kind is BlockKind.HEADING for a in group)
    if only_headings:
        return True
    if atom.columns != group[-1].columns:
        return False  # its column names apply to the whole passage
    if BlockKind.FOOTNOTE in (atom.kind, group[-1].kind):
        return False
    if atom.label and atom.starts_block and any(a.label for a in group):
        return False  # each numbered paragraph is cited by its own number
    # A grade table goes with the summary below it, because by itself it is a list of words that is unlike any question.
    if atom.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE) or any(a.kind is BlockKind.TABLE for a in group):
        return True
    if tokens < SMALL:
        return True
    if atom.label or any(a.label for a in group):
        return False
    return tokens + atom.tokens <= TARGET


def _passage(document: Document, group: list[_Atom], report_id: str, ordinal: int, section: tuple[str, ...]) -> Passage:
    start, end = group[0].start, group[-1].end
    lines = document.lines_in(start, end)
    pages = {line.page for line in lines}
    return Passage(
        report_id=report_id,
        ordinal=ordinal,
        text=document.text[start:end],
        start=start,
        end=end,
        section=section,
        label=next((atom.label for atom in group if atom.label), None),
        pages=tuple(sorted(pages)),
        boxes=tuple(line.box for line in lines if line.box),
        sentences=tuple((s - start, e - start) for atom in group for s, e in atom.sentences),
        recognised=tuple(page.number for page in document.recognised if page.number in pages),
    )
