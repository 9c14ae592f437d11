"""Finds the items of reports' own lists in passages, and the words that a list prints next to each item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.types import Improvement, ImprovementKind, Passage, Report
from index.types import ScoredPassage
from qa_service.understanding.interpretation import Interpretation, lists_improvements

_KINDS = (
    (re.compile(r"\bpriority (?:and immediate )?actions?\b", re.IGNORECASE), ImprovementKind.PRIORITY),
    (re.compile(r"\brecommend(?:ed|ations?)\b", re.IGNORECASE), ImprovementKind.RECOMMENDATION),
)
_BODIES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"ICBs?|integrated care (?:board|system)s?|CCGs?|clinical commissioning groups?|NHS|health",
        r"local authorit(?:y|ies)|councils?|borough",
        r"police|constabulary",
        r"probation|youth (?:offending|justice)",
        r"schools?|colleges?|settings",
        r"safeguarding (?:children )?(?:board|partnership)|LSCB|LSCP",
    )
)
"""Patterns for the bodies that a question may ask about. Each pattern matches the words for one body, in questions and
in labels."""
_OPENING = re.compile(r"(?:•\s*|\d{1,3}[.)]?\s*)?")


@dataclass(frozen=True, slots=True)
class ItemSpan:
    """The words of an item in a passage: ``[start, end)`` of the passage's text."""

    item: Improvement
    number: int
    """Index of the first sentence that contains the words, from 0."""
    start: int
    end: int


def in_own_list(scored: ScoredPassage) -> bool:
    """Return whether a passage is in a report's own list of improvements."""
    return lists_improvements(scored.passage.section) or holds_item(scored.passage, scored.report.improvements)


def holds_item(passage: Passage, items: Iterable[Improvement]) -> bool:
    """Return whether a passage contains any part of one of the items."""
    return any(item.start < passage.end and item.end > passage.start for item in items)


def passages_with_items(passages: Sequence[ScoredPassage], items: Sequence[Improvement]) -> list[ScoredPassage]:
    """Return the passages that contain any of the items, in the order of the report."""
    found = [scored for scored in passages if holds_item(scored.passage, items)]
    return sorted(found, key=lambda scored: scored.passage.start)


def asked_items(question: Interpretation, report: Report) -> tuple[Improvement, ...]:
    """Return the items that a question asks for: all items of a report, or only those in one list or for one body.

    If the report has no such list, or names no such body, all items are returned.
    """
    items = report.improvements
    kind = next((kind for pattern, kind in _KINDS if pattern.search(question.text)), None)
    items = tuple(item for item in items if item.kind is kind) or items
    return items_for_bodies(question, items)


def items_for_bodies(question: Interpretation, items: Sequence[Improvement]) -> tuple[Improvement, ...]:
    """Return the items for the bodies that a question names. If there are none, return all items."""
    bodies = [pattern for pattern in _BODIES if pattern.search(question.text)]
    for_bodies = tuple(item for item in items if item.body and any(pattern.search(item.body) for pattern in bodies))
    return for_bodies or tuple(items)


def spans_of(scored: ScoredPassage, items: Sequence[Improvement]) -> Iterator[ItemSpan]:
    """Yield the words of the items in a passage, sentence by sentence.

    An item that introduces sub-items is one span, because nobody could understand a sub-item without its introduction.
    """
    passage = scored.passage
    for item in items:
        start, end = item.start - passage.start, item.end - passage.start
        sentences = [
            (number, max(first, start), min(last, end))
            for number, (first, last) in enumerate(passage.sentences)
            if first < end and last > start
        ]
        if not sentences:
            continue
        if start >= 0 and end <= len(passage.text) and len(sentences) > 1 and _leads_in(passage.text, sentences):
            sentences = [(sentences[0][0], sentences[0][1], sentences[-1][2])]
        for number, first, last in sentences:
            opens = first <= _after_bullet(passage.text, start)
            at = first + (_mark_length(item, passage.text[first:last]) if opens else 0)
            if passage.text[at:last].strip():
                yield ItemSpan(item, number, at, last)


def item_at(scored: ScoredPassage, start: int) -> Improvement | None:
    """Return the item that contains the given offset of a passage's text, or None if no item does."""
    at = scored.report.improvement_at(scored.passage.start + start)
    return None if at is None else scored.report.improvements[at]


def labels_of(places: Sequence[tuple[ScoredPassage, int]]) -> list[str]:
    """Return the words that a list prints next to each quoted item: who must act, and by when.

    If the items come from several lists of one report, the label begins with the title of the list.
    """
    items = [item_at(scored, start) for scored, start in places]
    titles: dict[str, set[str]] = {}
    for (scored, _), item in zip(places, items, strict=True):
        if item:
            titles.setdefault(scored.report.id, set()).add(item.section)
    return [
        _label(item, with_title=len(titles[scored.report.id]) > 1) if item else ""
        for (scored, _), item in zip(places, items, strict=True)
    ]


def _label(item: Improvement, *, with_title: bool) -> str:
    title = item.section.rstrip(" :?") if with_title else None
    return ", ".join(filter(None, (title, item.body, item.deadline)))


def _leads_in(text: str, sentences: Sequence[tuple[int, int, int]]) -> bool:
    """Return whether the first sentence of an item introduces the others."""
    return text[sentences[0][1] : sentences[0][2]].rstrip().endswith(":")


def _after_bullet(text: str, start: int) -> int:
    """Return the offset at which the words of an item begin, after any bullet or number."""
    match = _OPENING.match(text, max(start, 0))
    return match.end() if match else start


def _mark_length(item: Improvement, words: str) -> int:
    """Return the length of the letter or number that opens an item, with its brackets."""
    if item.label is None:
        return 0
    mark = re.match(
        rf"(?:(?:recommendation|action|priority)\s+)?\(?{re.escape(item.label)}(?:[.:]?\s+|\)\s*)", words, re.IGNORECASE
    )
    return mark.end() if mark else 0
