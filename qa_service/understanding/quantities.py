"""The quantities in a text, and its search terms with the units that share their words with signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.search.text_analysis import terms
from qa_service.understanding.times.numbers import NUMBER, number_of

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
_SHARES = {"half": 50, "a quarter": 25, "a third": 33, "two thirds": 67, "two-thirds": 67, "three quarters": 75}
"""Shares in words, as a percentage."""
QUANTITY = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{NUMBER}|{'|'.join(_SHARES)})"
    rf"(?:[ -]?(?:{'|'.join(_SCALES)})\b)?"
)
"""A number in digits or words: "2,000", "two thousand", "half"."""
_QUANTITY = re.compile(rf"(?<![\w.]){QUANTITY}", re.IGNORECASE)
_NOT_COUNTED = re.compile(r"(?:19|20)\d\d")
_PARAGRAPH = re.compile(r"\d+\.\s")
_NEAR = 3
"""How many search terms before and after a number are close to it."""
_SCALED = re.compile(rf"(?P<number>.*?)[ -]?(?P<scale>{'|'.join(_SCALES)})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, and the search terms close to it."""

    value: float
    near: frozenset[str]


def quantities_in(text: str) -> list[Quantity]:
    """Return the numbers in a text, without years and the numbers of paragraphs. A share counts as a percentage."""
    return [
        Quantity(value_of(match.group()), frozenset(_near(text, *match.span())))
        for match in _QUANTITY.finditer(text)
        if not _NOT_COUNTED.fullmatch(match.group()) and not _PARAGRAPH.match(text, match.start())
    ]


def _near(text: str, start: int, end: int) -> list[str]:
    before, after = terms_with_units(text[:start]), terms_with_units(text[end:])
    return [*before[-_NEAR:], *after[:_NEAR]]


def value_of(words: str) -> float:
    """Return the number that a :data:`QUANTITY` gives."""
    words = words.lower().strip()
    if words in _SHARES:
        return float(_SHARES[words])
    scaled = _SCALED.fullmatch(words)
    if scaled is None:
        raise ValueError(f"not a quantity: {words!r}")
    digits = scaled["number"].replace(",", "")
    number = float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else float(number_of(digits))
    return number * _SCALES.get(scaled["scale"] or "", 1)


def terms_with_units(text: str) -> list[str]:
    """Return the search terms of a text, with "£" and "%" as words."""
    return terms(text.replace("£", " pounds ").replace("%", " percent ").replace("per cent", "percent"))
