"""The styles of a Word document. They decide how a paragraph or a run looks, with all that each style is built on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from corpus.word.package import W
from corpus.word.tree import number, switch, value

_HEADING_NAME = re.compile(r"^(?:heading (\d)|title)$", re.IGNORECASE)
_BODY_LEVEL = 9
"""The outline level of text that is not a heading. Headings have 0 to 8."""
_MOST_BASES = 20
"""Maximum number of styles that a style may be built on. The limit stops us if styles are built on each other in a
circle."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style or a character style."""

    id: str
    name: str
    based_on: str | None
    properties: etree._Element
    """The whole element, with the properties of the style's paragraphs and characters."""

    @property
    def runs(self) -> etree._Element | None:
        """The properties of the style's characters."""
        return self.properties.find(f"{W}rPr")

    @property
    def paragraphs(self) -> etree._Element | None:
        """The properties of the style's paragraphs."""
        return self.properties.find(f"{W}pPr")


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a document."""

    by_id: Mapping[str, Style]
    usual: str | None
    """Id of the style of paragraphs that name no style."""
    defaults: etree._Element | None
    """The properties of all characters, unless a style or a run says otherwise."""

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """Return the styles that are defined in the given part. A document may lack this part."""
        if root is None:
            return cls({}, None, None)
        elements = [style for style in root.iterchildren(f"{W}style") if value(style, "styleId")]
        styles = [
            Style(
                str(value(style, "styleId")),
                value(style.find(f"{W}name")) or "",
                value(style.find(f"{W}basedOn")),
                style,
            )
            for style in elements
        ]
        usual = next((value(style, "styleId") for style in elements if _is_usual(style)), None)
        return cls({style.id: style for style in styles}, usual, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def chain(self, style: str | None) -> Iterator[Style]:
        """Yield a style and the styles that it is built on, starting with the nearest."""
        for _ in range(_MOST_BASES):
            found = self.by_id.get(style or "")
            if found is None:
                return
            yield found
            style = found.based_on

    def of_paragraph(self, paragraph: etree._Element) -> tuple[Style, ...]:
        """Return the style of a paragraph and those that it is built on, nearest first."""
        return tuple(self.chain(value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.usual))

    def is_on(self, name: str, run: etree._Element | None, paragraph: tuple[Style, ...]) -> bool:
        """Return whether a property such as "vanish" is on for a run with these properties in the given paragraph."""
        own = None if run is None else value(run.find(f"{W}rStyle"))
        layers = (run, *(style.runs for style in self.chain(own)), *(style.runs for style in paragraph), self.defaults)
        return next((state for layer in layers if (state := switch(layer, name)) is not None), False)


def _is_usual(style: etree._Element) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on")


def heading_level(paragraph: etree._Element, styles: tuple[Style, ...]) -> tuple[int, bool] | None:
    """Return the level of a heading, from 1, and whether its own style is one of Word's styles for headings.

    Return None if the paragraph is not a heading. A level that the paragraph or a style states takes precedence over
    the names of styles that are further away.
    """
    stated = _stated_level(paragraph.find(f"{W}pPr"))
    for depth, style in enumerate(styles):
        named = _HEADING_NAME.match(style.name)
        if named and stated is None:
            return int(named.group(1) or 1), depth == 0
        if named and depth == 0 and stated is not None and stated < _BODY_LEVEL:
            return stated + 1, True
        stated = _stated_level(style.paragraphs) if stated is None else stated
    return (stated + 1, False) if stated is not None and stated < _BODY_LEVEL else None


def _stated_level(properties: etree._Element | None) -> int | None:
    level = None if properties is None else number(value(properties.find(f"{W}outlineLvl")))
    return level if level is not None and 0 <= level <= _BODY_LEVEL else None
