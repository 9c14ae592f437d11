"""Finds numbers that limit which sentences can answer a question: "more than 25 cases", "aged 18 or over"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.search.text_analysis import terms
from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.slots import Extent, SlottedText
from qa_service.understanding.conditions.types import NumberBound
from qa_service.understanding.quantities import BOUNDS, QUANTITY, is_share, names_something, value_of
from qa_service.understanding.times.numbers import NUMBER

AGES = frozenset(
    terms("age aged ages year years old olds older younger child children people birthday leaver baby babies")
)
"""Search terms that show that a number near them is an age."""
_OLDEST = 25
"""The highest number without a noun that we take as an age, because children's services end at that age. We chose this
value by judgement."""
_COUNTED = (
    r"(?!(?:of|in|and|or|to|at|on|the|by|for|from|with|who|that|which|per|an?|is|are|was|were|has|have|had|should|"
    r"still|can|could|will|would|must|get|gets|got|apiece|each)\b)[a-z][\w'-]*"
)
_UNITS = r"(?:minutes?|hours?|days?|weeks?|months?|miles?|pounds)"
"""Units that make a number a limit, even without words such as "more than"."""
_END = r"(?![\w/–-]| ?[-–/] ?\d)"
_ALSO = r"(?P<and>(?: ?[-–/] ?| (?:to|and|or) ))"
_OLDS = r"(?:[- ]year[- ]olds?| years? old| years of age)"


def find_number_limits(slotted: SlottedText) -> Iterator[tuple[Extent, NumberBound]]:
    """Yield the numbers that limit an answer, with their places in the slotted text. They may overlap."""
    for expression in _expressions():
        for match in expression.finditer(slotted.text):
            plain = not match.groupdict().get("bound") and not match.groupdict().get("high")
            if not (plain and names_something(slotted.text[: match.start()])):
                yield match.span(), _bound(match)


@cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    bounds = "|".join(f"(?P<{name}>{words})" for name, words in BOUNDS.items())
    noun = rf"(?:[ -](?P<noun>{_COUNTED}(?: (?!\w+ed\b){_COUNTED})?))?"
    return tuple(
        re.compile(expression)
        for expression in (
            (
                rf"(?<!and a )\b(?P<age>aged? |ages )?(?P<unit>£)?(?P<number>{QUANTITY}) (?:or|and) "
                rf"(?:(?P<least>more|older|over|above|longer)|(?P<most>fewer|less|younger|under|below|shorter))\b{noun}"
            ),
            rf"(?P<age>)\b(?P<number>{NUMBER})(?P<plus>\+)",
            rf"\b(?:(?P<age>aged?|ages) (?:from )?|between )(?P<number>{NUMBER}){_ALSO}(?P<high>{NUMBER}){_OLDS}?",
            rf"(?<![-–/\d£])\b(?P<number>{NUMBER})(?:[- ]year[- ]olds?)?{_ALSO}(?P<high>{NUMBER})(?P<age>{_OLDS})",
            (
                rf"\b(?P<bound>(?:aged? )?(?:exactly |{bounds})) ?(?P<age>(?:the )?age of |age )?(?P<unit>£)?"
                rf"(?P<number>{QUANTITY}){_END}(?P<share> ?%)?{noun}"
            ),
            rf"\b(?P<age>aged?) (?P<number>{NUMBER}){_END}",
            rf"(?<![-–/\d£])\b(?P<number>{NUMBER})(?P<age>{_OLDS})",
            r"\b(?P<number>half|a third|a quarter|two[ -]thirds|three[ -]quarters)(?P<share>) of\b",
            rf"£(?P<unit>)(?P<number>{QUANTITY}){_END}",
            rf"(?<![\w£.,/–-])(?!one\b|an?\b)(?P<number>{QUANTITY}){_END}(?P<share> ?%| per ?cent)",
            rf"(?<![\w£.,/–-])(?!one\b|an?\b)(?P<number>{QUANTITY}) (?P<noun>{_UNITS})\b",
        )
    )


def _bound(match: re.Match[str]) -> NumberBound:
    """Return the numbers that meet a limit, and what they count."""
    groups = match.groupdict()
    low = value_of(match["number"])
    counted = _terms_of_counted(groups, low)
    if groups.get("high"):
        low, high = sorted((low, value_of(groups["high"])))
        return NumberBound(counted, low, high)
    if groups.get("more") or groups.get("least") or groups.get("plus"):
        return NumberBound(counted, low=low, strict=bool(groups.get("more")))
    if groups.get("fewer") or groups.get("most"):
        return NumberBound(counted, high=low, strict=bool(groups.get("fewer")))
    return NumberBound(counted, low, low)


def _terms_of_counted(groups: dict[str, str | None], number: float) -> frozenset[str]:
    """Return the terms for what is counted. One of them must be near the number."""
    if groups.get("unit") is not None:
        return frozenset(terms("pounds"))
    if groups.get("share") is not None or is_share(groups["number"] or ""):
        return frozenset(terms("percent"))
    words = (groups.get("noun") or "").split()
    plural = next((word for word in words if word.endswith(("s", "children", "people"))), words[-1] if words else "")
    counted = frozenset(terms("" if plural in question_words().asking - {"children", "care"} else plural))
    if groups.get("age") or (not counted and number <= _OLDEST and _is_end(groups)):
        return counted | AGES
    return counted


def _is_end(groups: dict[str, str | None]) -> bool:
    return any(groups.get(name) for name in (*BOUNDS, "plus"))
