"""Expands the sector's abbreviations, which reports seldom use. The list is in an editable data file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PLURAL = re.compile(r"s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    long: str
    source: str
    """Where the long form is defined."""
    capitals: bool = False
    """Whether people must type the capitals of ``short``, because the short form is also an ordinary word."""
    plural: str = ""
    """The plural of the long form. Empty if it is the same."""

    def __post_init__(self) -> None:
        if not (self.short and self.long and self.source):
            raise ValueError(f"an abbreviation needs a short form, a long form and a source: {self}")


def written_out(text: str) -> str:
    """Return a text with the long form before each abbreviation: "looked after children (LAC)".

    If the text already has the long form, the abbreviation does not change.
    """
    lower = text.lower()

    def long_form(match: re.Match[str]) -> str:
        meant = stands_for(match.group())
        return f"{meant} ({match.group()})" if meant and meant.lower() not in lower else match.group()

    return _any_short().sub(long_form, text)


def in_long_form(text: str) -> str:
    """Return a text with the long form in place of each abbreviation: "section 47 enquiries"."""
    return _any_short().sub(lambda match: stands_for(match.group()) or match.group(), text)


def stands_for(word: str) -> str:
    """Return what an abbreviation stands for. Empty if a word is not an abbreviation, or only looks like one.

    A final "s" marks a plural: "IROs" stands for "independent reviewing officers".
    """
    if meant := _abbreviation_meant(word):
        return meant.long
    several = _abbreviation_meant(_PLURAL.sub("", word))
    return (several.plural or several.long) if several else ""


def _abbreviation_meant(word: str) -> Abbreviation | None:
    found = abbreviations().get(word.lower())
    return found if found and (word in (found.short, found.short.upper()) or not found.capitals) else None


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """Return the abbreviations, keyed by their short forms in lower case.

    Raises ValueError if the file gives one twice.
    """
    content = tomllib.loads(files("qa_service").joinpath("data/abbreviations.toml").read_text(encoding="utf-8"))
    found: dict[str, Abbreviation] = {}
    for row in content["abbreviation"]:
        abbreviation = Abbreviation(**{**row, "source": content["sources"][row["source"]]})
        if abbreviation.short.lower() in found:
            raise ValueError(f"the abbreviation {abbreviation.short} is given twice in abbreviations.toml")
        found[abbreviation.short.lower()] = abbreviation
    return found


@cache
def _any_short() -> re.Pattern[str]:
    longest_first = sorted(abbreviations(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE)
