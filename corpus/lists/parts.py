"""Finds the parts of a report's lists: the blocks below a title, a label or a sentence that announces items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.headings import section_paths
from corpus.lists.items import Item, marks_of
from corpus.lists.marks import forms_of
from corpus.lists.titles import (
    NO_LABEL,
    Label,
    announced,
    introduces_list,
    is_of_section,
    is_other_section,
    is_other_section_in_text,
    label_of,
    list_kind,
    may_list,
    number_in_list,
)
from corpus.types import Block, BlockKind, Document, ImprovementKind

_NUMBERED_TITLE = re.compile(r"^(?:recommendation|(?:priority )?action|priority|area) (\d{1,2})\W*$", re.IGNORECASE)
"""A heading with the number of the item below it."""
_RECOMMENDATION = re.compile(
    r"^recommendation \d{1,2}[.:]\s[^.]{0,200}\b(?:should|must|needs? to|ensure)\b", re.IGNORECASE
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:progress|previous|last|earlier|former|respon[ds]\w*|update|implement\w*|20\d\d)\b", re.IGNORECASE
)
"""Words in the title of a section whose recommendations are not those of the report."""
_HEAD_CELLS = 3
"""The heads of a table's columns are among this many cells at its start. One of them may name the kind of its items."""


@dataclass(slots=True)
class Part:
    """The blocks of a list below one of its headings."""

    heading: int
    """Index of the block that is the title of the list."""
    section: str
    kind: ImprovementKind
    blocks: list[Block]
    marked_only: bool
    """Whether only blocks with a bullet, a number or a letter are items. This is so below a theme within the list."""
    label: Label = NO_LABEL
    number: str | None = None
    optional: bool = False
    """Whether the section may also have content that is not about improvements."""
    announced: int = 0
    """The number of its items that a sentence gives, if one announces them."""
    items: list[Item] = field(default_factory=list)


def parts_of(document: Document) -> Iterator[Part]:
    """Yield the parts of the lists in a report, in order, before their items are found."""
    paths = section_paths(document)
    current: Part | None = None
    titles: dict[str, int] = {}
    index = 0
    while index < len(document.blocks):
        end = index + 1
        while end < len(document.blocks) and paths[end] == paths[index]:
            end += 1
        blocks = [b for b in document.blocks[index:end] if b.kind not in (BlockKind.HEADING, BlockKind.FOOTNOTE)]
        path = paths[index]
        part = _part(document, path, index, blocks, current)
        if part and part.section == path[-1]:
            titles[part.section] = index
        if part:
            part.heading = titles.get(part.section, index)
        if part is None:
            yield from _introduced(document, index, blocks)
            yield from _recommended(document, index, path, blocks)
        else:
            ended = next((i for i, b in enumerate(part.blocks) if _ends_list(document, b)), None)
            part.blocks = part.blocks[:ended]
            yield part
            part = part if ended is None else None
        current = part
        index = end


def _part(
    document: Document, path: Sequence[str], index: int, blocks: list[Block], current: Part | None
) -> Part | None:
    """Return a group of blocks under the same headings as part of a list, or None if the group is in no list."""
    above = path[-1] if path else ""
    label = label_of(above) if path and list_kind(above) is None else None
    is_label = label is not None and begins_with_mark(document, blocks)
    found = _title(path[:-1] if is_label else path)
    if found is None and current is not None and is_label and _has_same_marks(current.blocks, blocks):
        found = current.section, current.kind, current.optional  # the heading is only a label
    if found is None and is_label and may_list(above):
        found = above, ImprovementKind.IMPROVEMENT, True
    if found is None:
        return None
    section, kind, optional = found
    heads = (document.text[block.start : block.end] for block in blocks[:_HEAD_CELLS] if block.kind is BlockKind.TABLE)
    kind = next((kind_of_head for head in heads if (kind_of_head := list_kind(head))), kind)
    is_title = section == above
    if is_title and number_in_list(section) and current is not None and number_in_list(current.section):
        section = current.section  # the headings of a list's items, which has no title of its own
    if is_title and number_in_list(above) and not begins_with_mark(document, blocks):
        blocks = blocks[:1]  # the text below may be about something else
    number = _NUMBERED_TITLE.match(above)
    return Part(
        heading=index,
        section=section,
        kind=kind,
        blocks=blocks,
        marked_only=optional or not (is_title or introduces_list(above) or number),
        label=label or NO_LABEL if not is_title else NO_LABEL,
        number=number[1] if number else None,
        optional=optional,
    )


def _title(path: Sequence[str]) -> tuple[str, ImprovementKind, bool] | None:
    """Return the nearest heading that names a list, its kind, and whether its section may have other content."""
    introduction: str | None = None
    for heading in reversed(path):
        if is_other_section(heading):
            break
        kind = list_kind(heading)
        if kind and (heading == path[-1] or not is_of_section(heading)):
            return heading, kind, False
        if may_list(heading):
            return heading, ImprovementKind.IMPROVEMENT, True
        if introduces_list(heading):
            introduction = heading
    else:
        if introduction:
            return introduction, ImprovementKind.IMPROVEMENT, False
    if path and number_in_list(path[-1]):
        return path[-1], ImprovementKind.RECOMMENDATION, False
    return None


def begins_with_mark(document: Document, blocks: Sequence[Block]) -> bool:
    """Return whether the first block has a bullet, a number or a letter."""
    return bool(blocks) and (
        blocks[0].kind is BlockKind.LIST_ITEM
        or blocks[0].label is not None
        or any(mark.start == blocks[0].start for mark in marks_of(document, blocks[:1]))
    )


def _has_same_marks(above: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Return whether blocks continue the marks of a list. Numbers after bullets belong to another section."""
    before = next((block for block in reversed(above) if block.kind is BlockKind.LIST_ITEM or block.label), None)
    if before is None or not blocks:
        return True
    return (before.kind is BlockKind.LIST_ITEM) == (blocks[0].kind is BlockKind.LIST_ITEM)


def _ends_list(document: Document, block: Block) -> bool:
    text = document.text[block.start : block.end]
    return block.kind is BlockKind.PARAGRAPH and block.label is None and is_other_section_in_text(text)


def _introduced(document: Document, index: int, blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield the lists that only a sentence introduces: "To improve its services, the council should: (a) …"."""
    for place, block in enumerate(blocks):
        text = document.text[block.start : block.end]
        count = announced(text) if block.kind is BlockKind.PARAGRAPH and block.label is None else None
        if count is not None:
            heading = document.blocks.index(block, index)
            listed = list(_run_of_marked(document, document.blocks[heading + 1 :]))[: count or None]
            if listed or count:
                kind = ImprovementKind.RECOMMENDATION
                yield Part(heading, text.rstrip(".:"), kind, listed, marked_only=True, announced=count)
            continue
        if (
            block.kind is not BlockKind.PARAGRAPH
            or ":" not in text  # true of most paragraphs
            or not introduces_list(text.partition(":")[0] + ":")
        ):
            continue
        if text.endswith(":"):
            listed = list(_run_of_marked(document, blocks[place + 1 :]))
        else:
            listed = [block] if forms_of([marks_of(document, [block])]) else []
        if listed:
            heading = document.blocks.index(block, index)
            yield Part(heading, text.partition(":")[0], ImprovementKind.IMPROVEMENT, listed, marked_only=True)


def _recommended(document: Document, index: int, path: Sequence[str], blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield the paragraphs that start with "Recommendation 1:" and so on. They are a list without a title."""
    above = path[-1] if path else ""
    texts = [(block, document.text[block.start : block.end]) for block in blocks]
    listed = [block for block, text in texts if block.label is None and _RECOMMENDATION.match(text)]
    if listed and not _NOT_ITS_OWN.search(above):
        heading = document.blocks.index(listed[0], index)
        yield Part(heading, above or "Recommendations", ImprovementKind.RECOMMENDATION, listed, marked_only=True)


def _run_of_marked(document: Document, blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind is BlockKind.HEADING or not begins_with_mark(document, [block]):
            return
        yield block
