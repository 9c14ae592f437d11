"""Finds the items in a report's lists of improvements, priority actions and recommendations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.headings import section_paths
from corpus.lists.marks import Mark, first_series, forms_of, marks_in
from corpus.lists.places import Edges, boxes_of, hangs_below, is_left_of, page_of
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
from corpus.types import Block, BlockKind, Document, Improvement, ImprovementKind

_NONE = re.compile(
    r"^(?:the inspection|inspectors?|there (?:are|were|is))\b[^.]{0,40}\b(?:no|not (?:find|identify) any) "
    r"(?:areas?|recommendations?|priority actions?)\b|^(?:none|not applicable)\b",
    re.IGNORECASE,
)
"""Wording that a report prints instead of an empty list."""
_NO_ITEM = re.compile(
    r"^(?:(?:ofsted|inspectors?|HMIs?|HMCI|h(?:is|er) majesty|the inspectorates?|the next|we|"
    r"this (?:letter|report|section))\b"
    r"|[^.]{0,60}\bwe (?:have )?(?:made|make)\b[^.]{0,30}\brecommendations?\b"
    r"|(?:the|these|this|following)\b[^.]{0,60}\b(?:are|is) (?:set out|listed|identified|based|summarised)\b"
    r"|[^.]{0,80}\b(?:action )?plan\b[^.]{0,60}\b(?:submitted|sent to|published|within \d+)\b)",
    re.IGNORECASE,
)
"""The beginning of a sentence that introduces or closes a list without bullets or numbers."""
_BULLET = re.compile(r"^• ?")
_NUMBER = re.compile(r"^\d{1,3}[.)]?\s*")
_LONE_NUMBER = re.compile(r"^\W?(\d{1,3})[.)]?$")
_ROW_NUMBER = re.compile(r"(\d{1,2})[.)]? (?=[A-Z‘“])")
_PRINTED_NUMBER = re.compile(r"^(?:(?:recommendation|action|priority)\s+)?\(?(\d{1,2})[.):]\s", re.IGNORECASE)
_NUMBERED_TITLE = re.compile(r"^(?:recommendation|(?:priority )?action|priority|area) (\d{1,2})\W*$", re.IGNORECASE)
"""A heading with the number of the item below it."""
_NEXT_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)] (?=[A-Z‘“])")
_DUE = re.compile(
    r"(?<=[.)])\s+(?:(?:This|These|It|They) (?:must|should|needs? to) be (?:done|completed|met|in place) "
    r"(?P<day>(?:by|within|no later than) [^.;:]{3,40})\.?|(?P<date>\d{1,2} [A-Z][a-z]{2,8} 20\d\d))$"
)
"""A sentence at the end of an item that says by when it must be done."""
_RECOMMENDATION = re.compile(
    r"^recommendation \d{1,2}[.:]\s[^.]{0,200}\b(?:should|must|needs? to|ensure)\b", re.IGNORECASE
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:progress|previous|last|earlier|former|respon[ds]\w*|update|implement\w*|20\d\d)\b", re.IGNORECASE
)
"""Words in the title of a section whose recommendations are not those of the report."""
_SENTENCE = re.compile(r"[.!?:]\)?$")
_END = re.compile(r"[.!?][’”\"')]*(?=\s+[A-Z])")
_NAME_LENGTH = 90
"""Maximum length, in characters, of a cell that only names a column or says who must act, without a full stop. Chosen
by eye."""


@dataclass(slots=True)
class _Item:
    """An item of a list, to which the text below it is still being added."""

    start: int
    spans: list[tuple[int, int]]
    """``[start, end)`` of each part of its text, without bullets and numbers."""
    first: Block
    number: str | None = None
    label: Label = NO_LABEL

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@dataclass(slots=True)
class _Part:
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
    items: list[_Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnreadList:
    """A list, announced by a heading, from which we read no items, or fewer than its printed numbers show."""

    section: str
    page: int
    items: int
    """Number of its items that we read."""


def read_lists(document: Document) -> tuple[tuple[Improvement, ...], tuple[UnreadList, ...]]:
    """Return the items of all lists in which the report asks for improvements, and the lists not read as a whole."""
    parts = _parts(document)
    items = tuple(_improvement(document, item, part.section, part.kind) for part in parts for item in part.items)
    return items, _unread_lists(document, parts)


def find_improvements(document: Document) -> tuple[Improvement, ...]:
    """Return the items of all lists in which the report asks for improvements, in order."""
    return read_lists(document)[0]


def unread_lists(document: Document) -> tuple[UnreadList, ...]:
    """Return the lists of which we did not read every item, in order."""
    return read_lists(document)[1]


def _unread_lists(document: Document, found: Iterable[_Part]) -> tuple[UnreadList, ...]:
    lists: dict[int, list[_Part]] = {}
    for part in found:
        if not part.optional:
            lists.setdefault(part.heading, []).append(part)
    unread: list[UnreadList] = []
    has_items: set[str] = set()
    for heading, parts in lists.items():
        items = [item for part in parts for item in part.items]
        has_items |= {parts[0].section} if items else set()
        is_empty = not any(part.blocks for part in parts)
        repeats_title = is_empty and (parts[0].section in has_items or _has_titles_below(document, heading))
        others = any(part.items for other, group in lists.items() if other != heading for part in group)
        if parts[0].announced and others:
            continue  # the sentence is in a summary, and the list has a title of its own
        is_short = len(items) < parts[0].announced
        if not repeats_title and (is_short or not _is_whole(document, heading, parts, items)):
            page = page_of(document, document.blocks[heading])
            unread.append(UnreadList(parts[0].section, page, len(items)))
    return tuple(unread)


def _has_titles_below(document: Document, heading: int) -> bool:
    """Return whether the next block is the title of a list within the list."""
    below = document.blocks[heading + 1 : heading + 2]
    titles = (document.text[block.start : block.end] for block in below if block.kind is BlockKind.HEADING)
    return any(list_kind(title) or number_in_list(title) for title in titles)


def _is_whole(document: Document, heading: int, parts: Sequence[_Part], items: Sequence[_Item]) -> bool:
    """Return whether a list was read as a whole. It has items without missing numbers, or says that it has none."""
    texts = [(block, document.text[block.start : block.end]) for part in parts for block in part.blocks]
    if not items:
        return any(_NONE.search(document.text[slice(*_words(document, block))]) for block, _ in texts)
    read = {start for item in items for start in (item.start, *(start for start, _ in item.spans))}
    if any(block.start not in read and _belongs_to_item(document, block) for block, _ in texts):
        return False
    if any(_is_torn(item.first, document.text[item.start : item.end]) and not item.label.body for item in items):
        return False
    if any(_goes_on_counting(document, item) for item in items):
        return False
    if any(len(item.label.body or "") > _NAME_LENGTH and _SENTENCE.search(item.label.body or "") for item in items):
        return False  # the label is an item in a column next to the others
    if len({item.number is None for item in items}) > 1:
        return False  # some numbers were not read
    before = next((b.label for b in reversed(document.blocks[:heading]) if b.label), None)
    last = int(before) if before and before.isdigit() else 0
    for number in (int(item.number) for item in items if item.number and item.number.isdigit()):
        if number not in (1, last, last + 1):
            return False
        last = number
    return True


def _belongs_to_item(document: Document, block: Block) -> bool:
    """Return whether a block must be an item, or part of one.

    It has a printed number, or is the rest of an item that may continue in another column, or a row of a table whose
    cells we cannot tell apart.
    """
    text = document.text[block.start : block.end]
    return bool(_PRINTED_NUMBER.match(text)) or _is_torn(block, text) or not _has_places(document, block)


def _is_torn(block: Block, text: str) -> bool:
    """Return whether a paragraph starts in the middle of a sentence."""
    return block.kind is not BlockKind.LIST_ITEM and block.label is None and text[0].islower()


def _goes_on_counting(document: Document, item: _Item) -> bool:
    """Return whether the text of an item contains the mark of the next item."""
    if item.number is None or item.first.label is not None:
        return False
    after = chr(ord(item.number[-1]) + 1) if len(item.number) == 1 else ""
    return bool(after) and any(f"({after})" in document.text[start:end] for start, end in item.spans)


def _parts(document: Document) -> list[_Part]:
    """Return the parts of the lists in a report, with their items, in order."""
    parts = list(_without_items(document))
    runs = {id(part): list(_runs(document, part)) for part in parts}
    marks: dict[int, list[list[Mark]]] = {}
    for part in parts:
        marks.setdefault(part.heading, []).extend(_marks(document, blocks) for _, blocks in runs[id(part)])
    forms = {heading: forms_of(of_runs) for heading, of_runs in marks.items()}
    read: dict[int, list[Mark]] = {}
    for part in parts:
        before = read.setdefault(part.heading, [])
        part.items = list(_items_of(document, part, runs[id(part)], forms[part.heading], before))
    return parts


def _without_items(document: Document) -> Iterator[_Part]:
    """Yield the parts of the lists in a report, in order, before their items are found."""
    paths = section_paths(document)
    current: _Part | None = None
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
    document: Document, path: Sequence[str], index: int, blocks: list[Block], current: _Part | None
) -> _Part | None:
    """Return a group of blocks under the same headings as part of a list, or None if the group is in no list."""
    above = path[-1] if path else ""
    label = label_of(above) if path and list_kind(above) is None else None
    is_label = label is not None and _begins_with_mark(document, blocks)
    found = _title(path[:-1] if is_label else path)
    if found is None and current is not None and is_label:
        found = current.section, current.kind, current.optional  # the heading is only a label
    if found is None and is_label and may_list(above):
        found = above, ImprovementKind.IMPROVEMENT, True
    if found is None:
        return None
    section, kind, optional = found
    is_title = section == above
    if is_title and number_in_list(section) and current is not None and number_in_list(current.section):
        section = current.section  # the headings of a list's items, which has no title of its own
    if is_title and number_in_list(above) and not _begins_with_mark(document, blocks):
        blocks = blocks[:1]  # the text below may be about something else
    number = _NUMBERED_TITLE.match(above)
    return _Part(
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


def _begins_with_mark(document: Document, blocks: Sequence[Block]) -> bool:
    """Return whether the first block has a bullet, a number or a letter."""
    return bool(blocks) and (
        blocks[0].kind is BlockKind.LIST_ITEM
        or blocks[0].label is not None
        or any(mark.start == blocks[0].start for mark in _marks(document, blocks[:1]))
    )


def _ends_list(document: Document, block: Block) -> bool:
    text = document.text[block.start : block.end]
    return block.kind is BlockKind.PARAGRAPH and block.label is None and is_other_section_in_text(text)


def _introduced(document: Document, index: int, blocks: Sequence[Block]) -> Iterator[_Part]:
    """Yield the lists that only a sentence introduces: "To improve its services, the council should: (a) …"."""
    for place, block in enumerate(blocks):
        text = document.text[block.start : block.end]
        count = announced(text) if block.kind is BlockKind.PARAGRAPH and block.label is None else None
        if count is not None:
            heading = document.blocks.index(block, index)
            listed = list(_run_of_marked(document, document.blocks[heading + 1 :]))[: count or None]
            if listed or count:
                kind = ImprovementKind.RECOMMENDATION
                yield _Part(heading, text.rstrip(".:"), kind, listed, marked_only=True, announced=count)
            continue
        if (
            block.kind is not BlockKind.PARAGRAPH
            or not introduces_list(text.partition(":")[0] + ":")
            or ":" not in text
        ):
            continue
        if text.endswith(":"):
            listed = list(_run_of_marked(document, blocks[place + 1 :]))
        else:
            listed = [block] if forms_of([_marks(document, [block])]) else []
        if listed:
            heading = document.blocks.index(block, index)
            yield _Part(heading, text.partition(":")[0], ImprovementKind.IMPROVEMENT, listed, marked_only=True)


def _recommended(document: Document, index: int, path: Sequence[str], blocks: Sequence[Block]) -> Iterator[_Part]:
    """Yield the paragraphs that start with "Recommendation 1:" and so on as a list, although it has no title."""
    above = path[-1] if path else ""
    texts = [(block, document.text[block.start : block.end]) for block in blocks]
    listed = [block for block, text in texts if block.label is None and _RECOMMENDATION.match(text)]
    if listed and not _NOT_ITS_OWN.search(above):
        heading = document.blocks.index(listed[0], index)
        yield _Part(heading, above or "Recommendations", ImprovementKind.RECOMMENDATION, listed, marked_only=True)


def _run_of_marked(document: Document, blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind is BlockKind.HEADING or not _begins_with_mark(document, [block]):
            return
        yield block


def _items_of(
    document: Document,
    part: _Part,
    runs: Sequence[tuple[Label, list[Block]]],
    forms: frozenset[str],
    before: list[Mark],
) -> Iterator[_Item]:
    """Yield the items of a part, each with the label above it.

    ``forms`` contains the forms of the marks in the whole list. ``before`` contains its marks above the part, and takes
    those of the part.
    """
    edges = Edges.of(document, part.blocks)
    rest = [block for _, blocks in runs for block in blocks]
    plain = [b for b in rest if b.kind is not BlockKind.LIST_ITEM and not document.text[b.start].islower()]
    in_rows = len(plain) > 2  # two paragraphs may be the sentences that introduce and close a list
    read: list[list[_Item]] = []
    for _, blocks in runs:
        marks = _marks(document, blocks)
        read.append(_marked(document, blocks, edges, first_series(marks, forms, before), in_rows=in_rows))
        before += marks
    if not any(read) and not part.marked_only:
        read = [_numbered_rows(document, list(_table_rows(document, blocks))) for _, blocks in runs]
    for (label, _), items in zip(runs, read, strict=True):
        for item in items:
            _leave_out_title(document, item, part.section)
            if _NONE.search(_text_of(document, item)):
                continue
            item.label = Label(item.label.body or label.body, item.label.deadline or label.deadline)
            item.number = item.number or part.number
            for one in _by_numbers(document, item):
                _take_due_day(document, one)
                yield one


def _leave_out_title(document: Document, item: _Item, title: str) -> None:
    """Leave out the list's title at the start of an item, as in a table whose first row repeats it."""
    start, end = item.spans[0]
    after = start + len(title) + 1
    if document.text.startswith(f"{title} ", start, end) and document.text[after : after + 1].isupper():
        item.spans[0] = after, end


def _by_numbers(document: Document, item: _Item) -> Iterator[_Item]:
    """Yield the items in an item: a line of it may start with the number of the next one."""
    start, end = item.spans[-1]
    for line in document.lines_in(start, end):
        following = f"{int(item.number) + 1}" if item.number and item.number.isdigit() else None
        mark = _NEXT_NUMBER.match(document.text, line.start, end) if following else None
        if mark and mark["number"] == following and line.start > item.spans[-1][0]:
            before = item.spans[-1][0]
            item.spans[-1] = before, before + len(document.text[before : line.start].rstrip())
            yield item
            item = _Item(line.start, [(mark.end(), end)], item.first, following, item.label)
    yield item


def _take_due_day(document: Document, item: _Item) -> None:
    """Move a last sentence that only says by when an item must be done to its label."""
    start, end = item.spans[-1]
    due = _DUE.search(document.text, start, end)
    if due and due.start() > start and item.label.deadline is None:
        item.spans[-1] = start, due.start()
        item.label = replace(item.label, deadline=due["day"] or due["date"])


def _runs(document: Document, part: _Part) -> Iterator[tuple[Label, list[Block]]]:
    """Yield each label in a list with the blocks below it. The blocks do not include the labels."""
    label, run = part.label, list[Block]()
    depth = -1
    for place, block in enumerate(part.blocks):
        found = _label(document, part.blocks, place) or _item_as_label(document, part.blocks, place)
        ends = block.kind is BlockKind.LIST_ITEM and block.depth < depth
        if found is None and not ends:
            run.append(block)
            continue
        if run:
            yield label, run
        label, run = (_under(label, found, part.label), []) if found else (part.label, [block])
        depth = part.blocks[place + 1].depth if found and block.kind is BlockKind.LIST_ITEM else -1
    if run:
        yield label, run


def _under(label: Label, found: Label, heading: Label) -> Label:
    """Return the label for the items below a new label. A new body or deadline replaces only one of the same sort."""
    if found.body and found.deadline:
        return found
    if found.body:
        return Label(found.body, label.deadline)
    return Label(heading.body, found.deadline)


def _label(document: Document, blocks: Sequence[Block], place: int) -> Label | None:
    """Return a block as a label, or None if it is not one. A cell with another cell next to it is not a label."""
    block = blocks[place]
    if block.kind is BlockKind.LIST_ITEM or block.label is not None or place + 1 == len(blocks):
        return None
    beside = [b for b in (*blocks[max(place - 1, 0) : place], blocks[place + 1]) if b.kind is not BlockKind.LIST_ITEM]
    if any(is_left_of(document, block, b) or is_left_of(document, b, block) for b in beside):
        return None
    return label_of(document.text[block.start : block.end])


def _item_as_label(document: Document, blocks: Sequence[Block], place: int) -> Label | None:
    """Return an item that only says who must act, above the items that say what, in a format without layout."""
    block = blocks[place]
    text = document.text[slice(*_words(document, block))]
    if block.kind is not BlockKind.LIST_ITEM or not text.endswith(":") or boxes_of(document, block):
        return None
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    goes_on = below is not None and below.kind is BlockKind.LIST_ITEM and below.depth >= block.depth
    return label_of(text) if goes_on else None


def _marked(
    document: Document, blocks: Sequence[Block], edges: Edges, series: Sequence[Mark], *, in_rows: bool
) -> list[_Item]:
    """Return the items that have a number, a letter or a bullet. ``series`` contains the marks of a series."""
    numbered = [block for block in blocks if block.label]
    if numbered:
        outermost = min(block.depth for block in numbered)
        return list(_headed(document, blocks, lambda b: b.label is not None and b.depth == outermost))
    if series:
        return list(_lettered(document, blocks, series))
    depths = [block.depth for block in blocks if block.kind is BlockKind.LIST_ITEM]
    if in_rows or not depths:
        return []
    depth = min(depths)
    return list(
        _headed(document, blocks, lambda b: b.kind is BlockKind.LIST_ITEM and b.depth == depth and edges.opens(b))
    )


def _headed(document: Document, blocks: Sequence[Block], opens: Callable[[Block], bool]) -> Iterator[_Item]:
    """Yield the items that start with a number or a bullet, each with the blocks below that belong to it."""
    item: _Item | None = None
    for block in blocks:
        if opens(block) and not (item and _is_below_lead_in(document, item, block)):
            if item:
                yield item
            item = _item(document, block)
        elif item and (block.kind is BlockKind.LIST_ITEM or block.depth or _goes_on(document, item, block)):
            item.spans.append(_words(document, block))
    if item:
        yield item


def _is_below_lead_in(document: Document, item: _Item, block: Block) -> bool:
    """Return whether a bullet belongs to an item that ends in a colon, in a format without layout."""
    if block.kind is not BlockKind.LIST_ITEM or boxes_of(document, block):
        return False
    lead_in, before = document.text[slice(*item.spans[0])], document.text[slice(*item.spans[-1])]
    words = document.text[slice(*_words(document, block))]
    ended = len(item.spans) > 1 and before.endswith(".")
    return lead_in.endswith(":") and words[:1].islower() and not ended


def _goes_on(document: Document, item: _Item, block: Block) -> bool:
    """Return whether a paragraph below an item belongs to it.

    It then continues the item's sentence or has its indent.
    """
    text = document.text[block.start : block.end]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.TABLE) or block.label is not None:
        return False
    if text[0].islower() and not _SENTENCE.search(document.text[slice(*item.spans[-1])]):
        return True
    if any(mark.start == block.start for mark in _marks(document, [block])):
        return True
    return hangs_below(document, item.first, block) and not _NO_ITEM.match(text)


def _marks(document: Document, blocks: Sequence[Block]) -> list[Mark]:
    """Return the letters and numbers in the paragraphs that may be marks of items."""
    return [
        mark
        for block in blocks
        if block.kind is not BlockKind.LIST_ITEM and block.label is None
        for mark in marks_in(
            document.text[block.start : block.end],
            block.start,
            (line.start for line in document.lines_in(block.start, block.end)),
        )
    ]


def _lettered(document: Document, blocks: Sequence[Block], series: Sequence[Mark]) -> Iterator[_Item]:
    """Yield the items that the marks of a series open. A mark may be at the start of a block or within it."""
    item: _Item | None = None
    marks = list(series)
    label = NO_LABEL
    for block in blocks:
        inside = [mark for mark in marks if block.start <= mark.start < block.end]
        marks = marks[len(inside) :]
        if not inside:
            if item and (block.kind is BlockKind.LIST_ITEM or block.depth or _goes_on(document, item, block)):
                item.spans.append(_words(document, block))
            continue
        ends = [*(mark.start for mark in inside[1:]), block.end]
        for mark, end in zip(inside, ends, strict=True):
            if item:
                yield item
            end = _sentence_end(document, mark.words, end) if mark.inside else end
            ended, below = _label_at_end(document, mark.words, end) if end < block.end else (end, None)
            words = document.text[mark.words : ended].rstrip()
            item = _Item(mark.start, [(mark.words, mark.words + len(words))], block, mark.name, label)
            label = below or label
    if item:
        yield item


def _label_at_end(document: Document, start: int, end: int) -> tuple[int, Label | None]:
    """Return the end of an item and the label after it, if the last line before the next item is a label."""
    last = document.lines_in(start, end)[-1]
    label = label_of(document.text[last.start : end].rstrip()) if last.start > start else None
    return (last.start, label) if label else (end, None)


def _sentence_end(document: Document, start: int, end: int) -> int:
    match = _END.search(document.text, start, end)
    return match.end() if match else end


def _table_rows(document: Document, blocks: Sequence[Block]) -> Iterator[_Item]:
    """Yield the items in the rows of a table. The cells give a number, who must act, what they must do, and by when.

    A row of column names is left out. So is a row whose cells we cannot tell apart, and the text below such rows. In a
    format without layout, text around the table is no part of it.
    """
    item: _Item | None = None
    if any(block.cells for block in blocks):
        blocks = [block for block in blocks if block.cells]
    placeless = [place for place, block in enumerate(blocks) if not _has_places(document, block)]
    if placeless:
        blocks = [block for block in blocks[: placeless[-1] + 1] if _has_places(document, block)]
    rows = list(_rows(document, blocks))
    if not rows:
        return
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if row[0].kind is BlockKind.LIST_ITEM:
            if item:
                item.spans.append(_words(document, row[0]))
            continue
        found = _of_row(document, row)
        text = _text_of(document, found) if found else ""
        leads_in = following is not None and following[0].kind is BlockKind.LIST_ITEM
        is_around = len(row) == 1 and (introduces_list(text) or _NO_ITEM.match(text))
        if found is None or (text.endswith(":") and not leads_in) or is_around:
            continue
        if item:
            yield item
        item = found
    if item:
        yield item


def _has_places(document: Document, block: Block) -> bool:
    """Return whether we can tell the cells of a block apart, if it is a row of a table."""
    return block.kind is not BlockKind.TABLE or bool(block.cells) or bool(boxes_of(document, block))


def _numbered_rows(document: Document, items: list[_Item]) -> list[_Item]:
    """Remove numbers from the texts of rows if each row has one.

    The cell with the number is read with the next cell.
    """
    numbers = [_ROW_NUMBER.match(document.text, item.spans[0][0]) for item in items]
    if len(items) > 1 and all(item.number or number for item, number in zip(items, numbers, strict=True)):
        for item, number in zip(items, numbers, strict=True):
            if number and not item.number:
                item.number, item.spans[0] = number[1], (number.end(), item.spans[0][1])
    return items


def _rows(document: Document, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the cells of each row. A bullet is a row of its own."""
    row: list[Block] = []
    for block in blocks:
        if block.cells:
            if row:
                yield row
            yield [Block(block.kind, start, end) for start, end in block.cells]
            row = []
            continue
        cells = row and BlockKind.LIST_ITEM not in (row[-1].kind, block.kind)
        if not (cells and is_left_of(document, row[-1], block)):
            if row:
                yield row
            row = []
        row.append(block)
    if row:
        yield row


def _of_row(document: Document, row: Sequence[Block]) -> _Item | None:
    """Return the item in a row, with the facts in the cells next to it. Return None if the row has no item."""
    texts = [document.text[block.start : block.end] for block in row]
    ended = [bool(_SENTENCE.search(text) or _DUE.search(text)) for text in texts]
    asks = [i for i, text in enumerate(texts) if len(text) > _NAME_LENGTH or (ended[i] and " " in text)]
    if not asks:
        return None
    place = max(asks, key=lambda i: len(texts[i]))
    item = _item(document, row[place])
    for other, text in enumerate(texts):
        number, label = _LONE_NUMBER.match(text), label_of(text)
        if other == place:
            continue
        if number:
            item.number = number[1]
        elif label and label.deadline:
            item.label = replace(item.label, deadline=text)
        elif other < place or label:
            item.label = replace(item.label, body=text)
    return item


def _item(document: Document, block: Block) -> _Item:
    return _Item(block.start, [_words(document, block)], block, block.label)


def _words(document: Document, block: Block) -> tuple[int, int]:
    """Return the span of a block's text without its bullet or number."""
    text, label = document.text[block.start : block.end], f"{block.label}. "
    if block.label and text.startswith(label):
        return block.start + len(label), block.end
    mark = (_NUMBER if block.label else _BULLET).match(text)
    return block.start + (mark.end() if mark and mark.end() < len(text) else 0), block.end


def _text_of(document: Document, item: _Item) -> str:
    return " ".join(document.text[start:end] for start, end in item.spans)


def _improvement(document: Document, item: _Item, section: str, kind: ImprovementKind) -> Improvement:
    return Improvement(
        kind=kind,
        text=_text_of(document, item),
        page=page_of(document, item.first) if item.start == item.first.start else _page_at(document, item.start),
        section=section,
        start=item.start,
        end=item.end,
        label=item.number,
        body=item.label.body,
        deadline=item.label.deadline,
    )


def _page_at(document: Document, start: int) -> int:
    return document.lines_in(start, start + 1)[0].page
