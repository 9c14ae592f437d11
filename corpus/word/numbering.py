"""Works out the numbers that Word prints before paragraphs. The file says how to count, but does not store the numbers.

It follows the rules in ECMA-376 part 1, section 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.glyphs import clean
from corpus.html.list_numbers import MOST_ROMAN, roman
from corpus.word.package import W
from corpus.word.runs import Notice
from corpus.word.styles import Style, Styles
from corpus.word.tree import number, switch, value

_LEVELS = 9
"""Number of levels that a list has."""
_MOST_TEXT = 255
"""Maximum length of a number as printed, and of the pattern that it is made from, in characters.

A small file could otherwise print huge numbers.
"""
_PLACE = re.compile(r"%([1-9])")
_MOST_LETTERS = 780
"""The largest number that Word writes in letters. It is written as 30 times "z"."""
_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MOST_WORDS = 100
"""The largest number that we write in words."""
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
"""The ordinals that are not formed by adding "th" to the cardinal."""
_WORD_FORMATS = ("cardinalText", "ordinalText")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts, and the text that it prints."""

    start: int
    format: str
    """Word's name for the number format: "decimal", "lowerLetter", "bullet" and so on."""
    text: str
    """The text to print. "%1" stands for the number of the first level."""
    restarts_after: int | None
    """The level, from 1, after which counting starts again. 0 means never, and None means after any level above."""
    decimal_only: bool
    """True if this level prints the numbers of all levels as digits."""
    space: str
    style: str | None
    """Id of the style whose paragraphs have this level."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The text that is printed before a paragraph in a list."""

    text: str
    """The number and the space after it. Empty for a bullet."""
    bullet: bool
    digits: bool
    """True if the level counts in digits."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a document."""

    lists: Mapping[str, str]
    """The id of each list's definition, by the id of the list. Lists with the same definition continue each other's
    numbers."""
    levels: Mapping[str, Mapping[int, Level]]
    """The levels of each definition, from 0."""
    changed: Mapping[tuple[str, int], Level]
    """The levels that a list defines for itself."""
    restarts: Mapping[tuple[str, int], int]
    """The number with which a list starts again, by list and level."""

    @classmethod
    def of(cls, root: etree._Element | None, styles: Styles) -> Numbering:
        """Return the lists that are defined in the given part. A document may lack this part."""
        if root is None:
            return cls({}, {}, {}, {})
        definitions = {str(value(one, "abstractNumId")): one for one in root.iterchildren(f"{W}abstractNum")}
        lists = {
            str(value(one, "numId")): str(value(one.find(f"{W}abstractNumId"))) for one in root.iterchildren(f"{W}num")
        }
        for name, definition in definitions.items():  # a definition may refer to the list of a style
            linked = value(definition.find(f"{W}numStyleLink"))
            style = next(styles.chain(linked), None)
            target = None if style is None else value(style.properties.find(f"{W}pPr/{W}numPr/{W}numId"))
            if target in lists:
                lists = {one: lists[str(target)] if used == name else used for one, used in lists.items()}
        overrides = [
            (str(value(one, "numId")), level, override)
            for one in root.iterchildren(f"{W}num")
            for override in one.iterchildren(f"{W}lvlOverride")
            if (level := number(value(override, "ilvl"))) is not None
        ]
        return cls(
            lists,
            {name: _levels(definition) for name, definition in definitions.items()},
            {
                (one, level): _level(own)
                for one, level, override in overrides
                if (own := override.find(f"{W}lvl")) is not None
            },
            {
                (one, level): start
                for one, level, override in overrides
                if (start := number(value(override.find(f"{W}startOverride")))) is not None
            },
        )

    def level(self, one: str, depth: int) -> Level | None:
        """Return how a list prints one of its levels, or None if the file does not say how."""
        return self.changed.get((one, depth)) or self.levels.get(self.lists.get(one, ""), {}).get(depth)

    def place(self, paragraph: etree._Element, styles: tuple[Style, ...]) -> tuple[str, int] | None:
        """Return the list of a paragraph and its level, from 0. Return None if it is not in a list.

        The properties of the paragraph itself take precedence over those of its styles.
        """
        layers = (paragraph.find(f"{W}pPr"), *(style.paragraphs for style in styles))
        found = [(layer.find(f"{W}numPr"), depth) for depth, layer in enumerate(layers) if layer is not None]
        named = [(numbered, depth) for numbered, depth in found if numbered is not None]
        one, at = next(
            ((used, depth) for numbered, depth in named if (used := value(numbered.find(f"{W}numId")))), (None, 0)
        )
        if one is None or one == "0" or one not in self.lists:
            return None
        level = next((n for numbered, _ in named if (n := number(value(numbered.find(f"{W}ilvl")))) is not None), None)
        if level is None and at:
            level = self._level_of_style(one, {style.id for style in styles[:at]})
        return one, min(max(level or 0, 0), _LEVELS - 1)

    def _level_of_style(self, one: str, styles: set[str]) -> int | None:
        levels = self.levels.get(self.lists[one], {})
        return next((depth for depth, level in levels.items() if level.style in styles), None)


@dataclass(slots=True)
class Counters:
    """The numbers that each list has reached so far."""

    numbering: Numbering
    notices: set[Notice] = field(default_factory=set)
    _reached: dict[str, dict[int, int]] = field(default_factory=dict)
    """The latest number of each level, by definition."""
    _begun: set[tuple[str, int]] = field(default_factory=set)
    """The lists and levels that have been used."""

    def next(self, one: str, depth: int) -> Mark | None:
        """Count one more paragraph, and return what is printed before it. Return None if the list prints nothing."""
        level = self.numbering.level(one, depth)
        if level is None:
            return None
        definition = self.numbering.lists[one]
        reached = self._reached.setdefault(definition, {})
        restart = self.numbering.restarts.get((one, depth)) if (one, depth) not in self._begun else None
        self._begun.add((one, depth))
        if restart is not None:
            reached[depth] = restart
        else:
            reached[depth] = reached[depth] + 1 if depth in reached else level.start
        for deeper in range(depth + 1, _LEVELS):
            below = self.numbering.level(one, deeper)
            after = None if below is None else below.restarts_after
            if after is None or depth < after:
                reached.pop(deeper, None)
        if level.format == "bullet":
            return Mark("", bullet=True, digits=False)
        whole = _PLACE.sub(lambda place: self._printed(one, level, int(place.group(1)) - 1, reached), level.text)
        printed = whole[:_MOST_TEXT]
        text = clean(printed)
        if not text:
            return None
        space = " " if level.space or printed[-1].isspace() else ""
        digits = level.format.startswith("decimal")
        return Mark(f"{text}{space}", bullet=False, digits=digits)

    def _printed(self, one: str, level: Level, depth: int, reached: Mapping[int, int]) -> str:
        counted = self.numbering.level(one, depth)
        if counted is None:
            return ""
        format_ = "decimal" if level.decimal_only else counted.format
        count = reached.get(depth, counted.start)
        if format_ in _WORD_FORMATS and not 0 < count <= _MOST_WORDS:
            self.notices.add(Notice.NUMBER)
            return ""
        return in_format(count, format_)


def in_format(count: int, format_: str) -> str:
    """Return a number as Word prints it in one of its formats. In a format that we do not know, it is in digits."""
    letters = format_.removeprefix("lower").removeprefix("upper")
    if letters == "Letter" and 0 < count <= _MOST_LETTERS:
        written = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif letters == "Roman" and 0 < count <= MOST_ROMAN:
        written = roman(count)
    elif format_ in ("bullet", "none"):
        return ""
    elif format_ in _WORD_FORMATS and 0 < count <= _MOST_WORDS:
        return _in_words(count, ordinal=format_ == "ordinalText").capitalize()
    elif format_ == "ordinal":
        return f"{count}{_ordinal_ending(count)}"
    else:
        return f"{count:02}" if format_ == "decimalZero" else str(count)
    return written.upper() if format_.startswith("upper") else written


def _in_words(count: int, *, ordinal: bool) -> str:
    """Return a number from 1 to 100 in English words."""
    tens, units = divmod(count, 10)
    if count < len(_UNITS):
        start, last = "", _UNITS[count]
    elif count == _MOST_WORDS:
        start, last = "one ", "hundred"
    else:
        start, last = (f"{_TENS[tens]}-", _UNITS[units]) if units else ("", _TENS[tens])
    if ordinal:
        last = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{start}{last}"


def _ordinal_ending(count: int) -> str:
    teen = 10 <= count % 100 <= 20
    return "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _levels(definition: etree._Element) -> dict[int, Level]:
    levels = ((number(value(one, "ilvl")), one) for one in definition.iterchildren(f"{W}lvl"))
    return {depth: _level(one) for depth, one in levels if depth is not None}


def _level(element: etree._Element) -> Level:
    start = number(value(element.find(f"{W}start")))
    return Level(
        start=0 if start is None else start,
        format=value(element.find(f"{W}numFmt")) or "decimal",
        text=(value(element.find(f"{W}lvlText")) or "")[:_MOST_TEXT],
        restarts_after=number(value(element.find(f"{W}lvlRestart"))),
        decimal_only=bool(switch(element, "isLgl")),
        space="" if value(element.find(f"{W}suff")) == "nothing" else " ",
        style=value(element.find(f"{W}pStyle")),
    )
