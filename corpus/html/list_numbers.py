"""Works out the marks that a browser prints before the items of a list: bullets, numbers, letters or Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

BULLET = "•"
_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_SAME_STYLE = {"lower-latin": "lower-alpha", "upper-latin": "upper-alpha", "decimal-leading-zero": "decimal"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
MOST_ROMAN = 3999
"""The largest number that is written in Roman numerals."""
_MAX_DIGITS = 9
"""Maximum number of digits in the number of an item. CommonMark has the same limit."""


def marks_in(root: etree._Element, left_out: frozenset[etree._Element] = frozenset()) -> dict[etree._Element, str]:
    """Return the mark of each item of the lists in an element: "•", or its number without the full stop ("5", "b")."""
    marks: dict[etree._Element, str] = {}
    items: dict[etree._Element, list[etree._Element]] = {}
    for item in root.iter("li"):
        if item not in left_out and (parent := item.getparent()) is not None:
            items.setdefault(parent, []).append(item)
    for parent, own in items.items():
        marks |= zip(own, _marks(parent, own), strict=True)
    return marks


def _marks(parent: etree._Element, items: Sequence[etree._Element]) -> list[str]:
    style = _style(parent)
    if style is None:
        return [BULLET] * len(items)
    step = -1 if parent.get("reversed") is not None else 1
    number = _number(parent.get("start"), len(items) if step < 0 else 1)
    marks = []
    for item in items:
        number = _number(item.get("value"), number)
        marks.append(printed(number, style))
        number += step
    return marks


def printed(number: int, style: str) -> str:
    """Return a number as a list prints it.

    If the style has no letters for a number, the number is printed in digits.
    """
    if style.endswith("alpha") and number > 0:
        text = _letters(number)
    elif style.endswith("roman") and 0 < number <= MOST_ROMAN:
        text = roman(number)
    else:
        text = str(number)
    return text.upper() if style.startswith("upper") else text


def _style(within: etree._Element) -> str | None:
    """Return how the items of a list are numbered, or None if they have bullets."""
    own = _LIST_STYLE.search(within.get("style") or "")
    named = own.group(1).lower() if own else ""
    named = _SAME_STYLE.get(named, named)
    if named in _STYLES.values():
        return named
    if within.tag != "ol" or named in ("none", "disc", "circle", "square"):
        return None
    return _STYLES.get(within.get("type") or "1", "decimal")


def _number(written: str | None, otherwise: int) -> int:
    text = (written or "").strip()
    return int(text) if re.fullmatch(rf"-?[0-9]{{1,{_MAX_DIGITS}}}", text) else otherwise


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def roman(number: int) -> str:
    """Return a number from 1 to 3999 in small Roman numerals."""
    letters = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        letters += sign * count
    return letters
