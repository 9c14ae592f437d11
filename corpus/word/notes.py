"""Reads the notes of a Word document, and the text of its headers and footers.

We leave out the number of a note, and the mark in the text that refers to it. Otherwise, a mark could change a figure:
"in 2024" with note 1 would read "in 20241".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from corpus.drafts import Draft, Piece
from corpus.types import BlockKind
from corpus.word.blocks import BlockReader, DocxBlock
from corpus.word.package import R, W
from corpus.word.runs import NoteReference
from corpus.word.tree import switch, value

Notes = Mapping[NoteReference, tuple[Draft, ...]]
_NOT_PRINTED = ("separator", "continuationSeparator", "continuationNotice")


def read_notes(part: str, blocks: Sequence[DocxBlock], reader: BlockReader) -> Notes:
    """Return the footnotes and endnotes to which the blocks refer."""
    wanted = {note for block in blocks for note in block.notes}
    notes: dict[NoteReference, tuple[Draft, ...]] = {}
    for kind in sorted({note.kind for note in wanted}):
        root = reader.package.related_tree(part, kind)
        for element in [] if root is None else root.iterchildren(f"{W}{kind.removesuffix('s')}"):
            reference = NoteReference(kind, value(element, "id") or "")
            if reference in wanted and value(element, "type") not in _NOT_PRINTED:
                texts = (block.draft.text for block in reader.read(element))
                notes[reference] = tuple(Draft(BlockKind.FOOTNOTE, (Piece(text, 1),)) for text in texts)
    return notes


def with_notes(body: Sequence[Draft], blocks: Sequence[DocxBlock], notes: Notes) -> Iterator[Draft]:
    """Yield the blocks of a body, with the notes to each section at the end of that section. Each note appears once."""
    references = {id(block.draft): block.notes for block in blocks}
    waiting: dict[NoteReference, None] = {}
    seen: set[NoteReference] = set()
    for draft in body:
        if draft.kind is BlockKind.HEADING:
            yield from (note for reference in waiting for note in notes.get(reference, ()))
            waiting = {}
        yield draft
        fresh = [one for one in references.get(id(draft), ()) if one not in seen]
        seen.update(fresh)
        waiting.update(dict.fromkeys(fresh))
    yield from (note for reference in waiting for note in notes.get(reference, ()))


def margins(root: etree._Element, reader: BlockReader) -> str:
    """Return the text of the headers and footers, with each block on its own line. The first page's come first."""
    names: dict[str, None] = {}  # in lower case, because case does not matter in the names of parts
    for section in root.iter(f"{W}sectPr"):
        shown = ("first", "default") if switch(section, "titlePg") else ("default",)
        for kind in shown:
            for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
                relation = reader.relations.get(reference.get(f"{R}id", ""))
                if relation and (value(reference, "type") or "default") == kind:
                    names[relation.part.lower()] = None
    trees = [reader.package.tree(name) for name in names]
    return "\n".join(block.plain for tree in trees if tree is not None for block in reader.read(tree))
