"""Counts the characters, links, prose and headings that each element of a web page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from corpus.html.tree import BLOCKS, Element, Elements

_LINE = 50
"""A line is prose if it has at least this many characters outside links. Chosen by eye."""
_STOPS = (".", "!", "?", ";")
_CUT = ("...", "…")
NO_TITLE = 9
_TITLES = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of what an element shows. Spaces do not count as characters."""

    characters: int = 0
    linked: int = 0
    """Number of characters in links."""
    links: int = 0
    within: int = 0
    """Number of links to a place on the same page."""
    prose: int = 0
    """Number of characters outside links in long lines."""
    stops: int = 0
    """Number of texts that end like a sentence."""
    title: int = NO_TITLE
    """The highest level of the headings in the element. 1 is the highest."""

    @property
    def share(self) -> float:
        """The share of the characters that are in links."""
        return self.linked / self.characters if self.characters else 0.0

    @property
    def unlinked(self) -> int:
        """The number of characters outside links."""
        return self.characters - self.linked


NONE = Size()
Sizes: TypeAlias = Mapping[Element, Size]


class _Count:
    """The counts of an element during the walk through its content."""

    __slots__ = ("characters", "line", "linked", "links", "prose", "stops", "title", "within")

    def __init__(self) -> None:
        self.characters = self.linked = self.links = self.within = self.prose = self.stops = self.line = 0
        self.title = NO_TITLE

    def text(self, text: str | None, *, linked: bool) -> None:
        words = text.split() if text else ()
        if not words:
            return
        length = sum(map(len, words))
        self.characters += length
        self.stops += words[-1].endswith(_STOPS) and not words[-1].endswith(_CUT)
        if linked:
            self.linked += length
        else:
            self.line += length

    def end_line(self) -> None:
        if self.line >= _LINE:
            self.prose += self.line
        self.line = 0

    def add(self, inner: _Count) -> None:
        self.characters += inner.characters
        self.linked += inner.linked
        self.links += inner.links
        self.within += inner.within
        self.prose += inner.prose
        self.stops += inner.stops
        self.line += inner.line
        self.title = min(self.title, inner.title)


def sizes_of(root: Element, left_out: Elements) -> dict[Element, Size]:
    """Return the size of each element, without the elements left out."""
    sizes: dict[Element, Size] = {}
    counts = [_Count()]
    links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element in left_out:
                walker.skip_subtree()
            links += element.tag == "a"
            counts.append(_Count())
            if element not in left_out:
                counts[-1].text(element.text, linked=links > 0)
            continue
        links -= element.tag == "a"
        own = counts.pop()
        if own.characters:
            _finish(own, element)
        sizes[element] = Size(own.characters, own.linked, own.links, own.within, own.prose, own.stops, own.title)
        counts[-1].add(own)
        counts[-1].text(element.tail, linked=links > 0)
    return sizes


def _finish(own: _Count, element: Element) -> None:
    tag = str(element.tag)
    if tag == "a":
        own.links += 1
        own.within += (element.get("href") or "").startswith("#")
    if tag in _TITLES:
        own.title = _TITLES[tag]
    if tag in BLOCKS:
        own.end_line()
