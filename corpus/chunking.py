"""A document into passages, along its sections and paragraphs.

A heading stays with the text below it, a list with the sentence that introduces it, a numbered paragraph by itself, so
that it is cited by its own number. What is longer than an encoder reads is divided between sentences. A passage's text
is always one stretch of the document's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.headings import section_paths
from corpus.sentences import sentence_spans
from corpus.tables import GRADE_CELL
from corpus.types import Block, BlockKind, Document, Passage

CountTokens = Callable[[str], int]
"""Number of word pieces in a text, without special tokens."""
SPECIAL_TOKENS = 2
"""An encoder adds one token before a text and one after it."""
TARGET = 160
"""Short paragraphs are put together up to this many word pieces: about 120 words, a reader's paragraph."""
SMALL = 40
"""A passage with fewer word pieces than this takes in the paragraph that follows."""
MAX_PAGES = 2
CONTEXT_HEADINGS = 2
CONTEXT_LENGTH = 200
"""Of the headings above a passage the nearest, and not more of them than leaves room for the passage."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never divided further: a block, or some sentences of a long one."""

    start: int
    end: int
    tokens: int
    kind: BlockKind
    label: str | None
    opens: bool
    """Whether it is the beginning of its block."""
    sentences: tuple[tuple[int, int], ...]


def context_line(title: str, section: Sequence[str]) -> str:
    """What is embedded above a passage's own words, so that it is understood out of its place."""
    line = " – ".join(section[-CONTEXT_HEADINGS:]) if section else title
    return line[:CONTEXT_LENGTH]


def chunk(document: Document, *, report_id: str, title: str, count: CountTokens, max_tokens: int) -> list[Passage]:
    """Cut a document into passages whose context line, text and special tokens fit in ``max_tokens``."""
    paths = section_paths(document)
    passages: list[Passage] = []
    for first, last in _sections(document, paths):
        path = paths[last - 1]
        room = max_tokens - SPECIAL_TOKENS - count(context_line(title, path)) - 1
        atoms = list(_section_atoms(document, document.blocks[first:last], count, room))
        for group in _packed(document, atoms, room):
            passages.append(_passage(document, group, report_id, len(passages), path))
    return passages


def _sections(document: Document, paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Ranges of blocks with one path; headings that stand directly above one another go with the text below."""
    start, only_headings = 0, True
    for index in range(1, len(paths) + 1):
        ended = index == len(paths) or paths[index] != paths[index - 1]
        only_headings = only_headings and _only_heads(document, document.blocks[index - 1])
        if ended and not only_headings:
            yield start, index
            start, only_headings = index, True
    if start < len(paths):
        yield start, len(paths)


def _only_heads(document: Document, block: Block) -> bool:
    """Whether a block is a heading, or the grade set beside one: neither says anything without what follows."""
    return block.kind is BlockKind.HEADING or bool(GRADE_CELL.match(document.text[block.start : block.end]))


def _section_atoms(document: Document, blocks: Sequence[Block], count: CountTokens, room: int) -> Iterator[_Atom]:
    """A section's atoms; what follows headings leaves room for them, so that no heading stands alone."""
    above = 0
    for block in blocks:
        parts = list(_atoms(document, block, count, room))
        tokens = sum(part.tokens for part in parts)
        if above and tokens + above > room and block.kind is not BlockKind.HEADING:
            parts = list(_atoms(document, block, count, max(room - above, room // 4)))
        yield from parts
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
    size = tokens / math.ceil(tokens / (room * 0.9))
    group: list[tuple[int, int]] = []
    for piece in pieces:
        if group and count(document.text[group[0][0] : piece[1]]) > size * 1.1:
            yield _sentence_atom(document, block, group, count, first=group[0] == pieces[0])
            group = []
        group.append(piece)
    yield _sentence_atom(document, block, group, count, first=group[0] == pieces[0])


def _sentence_atom(
    document: Document, block: Block, group: list[tuple[int, int]], count: CountTokens, *, first: bool
) -> _Atom:
    """Some sentences of a block; its ``first`` ones bring the bullet or number before them, and are its beginning."""
    opens = first and not document.text[block.start : group[0][0]].strip(" •0123456789.")
    start = block.start if opens else group[0][0]
    text = document.text[start : group[-1][1]]
    return _Atom(start, group[-1][1], count(text), block.kind, block.label, opens, tuple(group))


def _cut(text: str, span: tuple[int, int], count: CountTokens, room: int) -> Iterator[tuple[int, int]]:
    """A sentence, or its words in as few equal parts as fit where it is longer than an encoder reads."""
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
    """Put atoms together into passages."""
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
    if BlockKind.FOOTNOTE in (atom.kind, group[-1].kind):
        return False
    if atom.label and atom.opens and any(a.label for a in group):
        return False  # each numbered paragraph is cited by its own number
    # A grade table goes with the summary below it: alone it is a list of words that no question resembles.
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
    return Passage(
        report_id=report_id,
        ordinal=ordinal,
        text=document.text[start:end],
        start=start,
        end=end,
        section=section,
        label=next((atom.label for atom in group if atom.label), None),
        pages=tuple(sorted({line.page for line in lines})),
        boxes=tuple(line.box for line in lines if line.box),
        sentences=tuple((s - start, e - start) for atom in group for s, e in atom.sentences),
    )
