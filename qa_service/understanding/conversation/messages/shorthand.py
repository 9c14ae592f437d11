"""Writes out the shorthand of a message: "grades over the yrs pls" means "grades over the years please"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib.resources import files

from corpus.names.typed_names import typed_names

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_WITH = re.compile(r"(?<![\w’'/.-])w(?:/\s*(?!e\b)|\s+)(?=[\w£‘'\"“])")
"""The letter "w" for "with", or the first letter of "w Sussex"."""
_PARTS = {r"\ ": "[ -]", r"\#\#": r"(\d\d)", r"\#": r"(\d{1,2})"}


def in_full_words(text: str, authorities: Sequence[str]) -> str:
    """Return a text with whole words for shorthand. Words in quotation marks stay as they are.

    ``authorities`` are the ones that the index has reports on.
    """
    if _QUOTED.search(text):
        parts = [text[slice(*span)] for span in _between_quotes(text)]
        quotes = [*_QUOTED.findall(text), ""]
        return "".join(in_full_words(part, authorities) + quote for part, quote in zip(parts, quotes, strict=True))
    for expression, replacement in _shorthand():
        text = expression.sub(replacement, text)
    return _WITH.sub(partial(_with, text=text, authorities=tuple(authorities)), text)


def _between_quotes(text: str) -> list[tuple[int, int]]:
    ends = [match.span() for match in _QUOTED.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))


def _with(match: re.Match[str], text: str, authorities: tuple[str, ...]) -> str:
    """Return "with " for "w", unless it is part of the name of an authority. A district can also be named in full."""
    named = typed_names(text, authorities, mend=False).authorities
    is_name = any(place.start == match.start() and not place.district for place in named)
    return match.group() if is_name and "/" not in match.group() else "with "


@cache
def _shorthand() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    """Return the entries of ``data/shorthand.toml``, in order, each with the function that writes it out."""
    data = files("qa_service").joinpath("data/shorthand.toml").read_text(encoding="utf-8")
    return tuple((_expression(row), partial(_written, means=row["means"])) for row in tomllib.loads(data)["shorthand"])


def _written(match: re.Match[str], means: str) -> str:
    numbers = [number for number in match.groups() if number]
    for at, number in enumerate(numbers, 1):
        means = means.replace(f"\\{at}", number)
    if means and match.group()[:2].istitle():
        return f"{means[0].upper()}{means[1:]}"
    return means


def _expression(row: dict[str, list[str]]) -> re.Pattern[str]:
    """Return an expression for the phrases of an entry, with the words that must come before or after them."""
    typed = "|".join(map(_phrase, row["typed"]))
    after = "|".join(rf"(?<=(?<![\w’'-]){re.escape(word)} )" for word in row.get("after", ()))
    before = rf"(?= (?:{'|'.join(map(re.escape, row['before']))})(?![\w’'-]))" if "before" in row else ""
    case = 0 if row.get("lower") else re.IGNORECASE
    return re.compile(rf"(?:{after})(?<![\w’'/£-])(?:{typed})(?![\w-]|[’']\w|/\w){before}", case)


def _phrase(phrase: str) -> str:
    expression = re.escape(phrase)
    for part, pattern in _PARTS.items():
        expression = expression.replace(part, pattern)
    return expression
