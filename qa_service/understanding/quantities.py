"""Finds the quantities in a text: numbers in digits or words, with the words near them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.search.text_analysis import terms
from qa_service.understanding.times.numbers import NUMBER, number_of

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
_SHARES = {"half": 50, "a quarter": 25, "a third": 33, "two thirds": 67, "three quarters": 75}
"""Shares in words, as percentages."""
_SHARE = rf"(?:{'|'.join(share.replace(' ', '[ -]') for share in _SHARES)})\b(?![-’'])"
QUANTITY = rf"(?:{_SHARE}|(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{NUMBER})(?:[ -]?(?:{'|'.join(_SCALES)})\b)?)"
"""A number in digits or words: "2,000", "two thousand", "half". The text must have single spaces only."""
BOUNDS = {
    "more": r"(?:more|greater|older|longer) than|over|above",
    "fewer": r"(?:fewer|less|younger|shorter) than|under|below",
    "least": r"at least|no (?:fewer|less) than|a minimum of",
    "most": r"at most|no (?:more|longer) than|up to|within|a maximum of",
}
"""Words that make the next number one end of a range."""
_QUANTITY = re.compile(rf"(?<![\w.,])(?<!\d/){QUANTITY}(?!\d|/\d)", re.IGNORECASE)
_BOUND_BEFORE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in BOUNDS.items())}) (?:the age of )?£?$", re.IGNORECASE
)
_LABEL = re.compile(
    r"\b(?:sections?|s|years?|levels?|stages?|regulations?|part|tier|phase|band|page|paragraphs?|no|number|points?|"
    r"items?|type|covid|outcome|enabler)[ .-]*$",
    re.IGNORECASE,
)
"""Words such as "section", which show that the next number is a label and not a count."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARAGRAPH = re.compile(r"\s*\d+\.\s")
_NEAR = 3
"""How many search terms on each side of a number count as near it."""
_SCALED = re.compile(rf"(?P<number>.*?)[ -]?(?P<scale>{'|'.join(_SCALES)})?", re.IGNORECASE)


class Direction(StrEnum):
    """Whether a number in a text is a lower or an upper limit."""

    UP = "up"
    DOWN = "down"


_DIRECTIONS = {"more": Direction.UP, "least": Direction.UP, "fewer": Direction.DOWN, "most": Direction.DOWN}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text."""

    value: float
    """The value of the number. A share in words is a percentage: 50 for "half"."""
    near: frozenset[str]
    """The search terms close to the number."""
    direction: Direction | None = None
    """Set if the text makes the number one end of a range: "more than 25"."""


def quantities_in(text: str) -> list[Quantity]:
    """Return the numbers in a text that count something, leaving out years and section numbers."""
    text = " ".join(text.split())
    paragraph = _PARAGRAPH.match(text)
    found = []
    for match in _QUANTITY.finditer(text, paragraph.end() if paragraph else 0):
        before = text[: match.start()]
        if _YEAR.fullmatch(match.group()) or _LABEL.search(before):
            continue
        bound = _BOUND_BEFORE.search(before)
        direction = _DIRECTIONS[bound.lastgroup] if bound and bound.lastgroup else None
        found.append(Quantity(value_of(match.group()), frozenset(_near(text, *match.span())), direction))
    return found


def names_something(before: str) -> bool:
    """Whether a number after these words is a label rather than a count, as after "section" or "year"."""
    return bool(_LABEL.search(before))


def is_share(words: str) -> bool:
    """Whether a :data:`QUANTITY` is a share in words, such as "half"."""
    return bool(re.fullmatch(_SHARE, words, re.IGNORECASE))


def _near(text: str, start: int, end: int) -> list[str]:
    before, after = terms_with_units(text[:start]), terms_with_units(text[end:])
    share = ["percent"] if is_share(text[start:end]) else []
    return [*before[-_NEAR:], *after[:_NEAR], *share]


def value_of(words: str) -> float:
    """Return the value of a :data:`QUANTITY`. Raises ValueError if the words are not a quantity."""
    words = " ".join(words.lower().replace("-", " ").split())
    if words in _SHARES:
        return float(_SHARES[words])
    scaled = _SCALED.fullmatch(words)
    digits = (scaled["number"] if scaled else words).replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        number = float(digits)
    elif re.fullmatch(NUMBER, digits):
        number = float(number_of(digits))
    else:
        raise ValueError(f"not a quantity: {words!r}")
    return number * _SCALES.get((scaled["scale"] if scaled else None) or "", 1)


def terms_with_units(text: str) -> list[str]:
    """Return the search terms in a text, with "£" and "%" as words."""
    return terms(text.replace("£", " pounds ").replace("%", " percent ").replace("per cent", "percent"))
