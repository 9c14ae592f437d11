"""The names of local authorities, and where a text mentions one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BETWEEN = r"[\s,.\-\u2010-\u2014]+"
"""What may stand between the words of a name: spaces, commas, full stops, hyphens and dashes of any sort."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An inspected body: its canonical name, other names in use, and what came of it if it was abolished."""

    name: str
    aliases: tuple[str, ...] = ()
    capital: bool = False
    """The name is also an English word and counts only with a capital letter."""
    abolished: int | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An authority named in a text, by its canonical name, at ``[start, end)``."""

    name: str
    start: int
    end: int


@cache
def known_authorities() -> tuple[Authority, ...]:
    """The authorities of ``data/authorities.toml``."""
    text = files("corpus").joinpath("data/authorities.toml").read_text(encoding="utf-8")
    return tuple(
        Authority(
            name=row["name"],
            aliases=tuple(row.get("aliases", ())),
            capital=row.get("capital", False),
            abolished=row.get("abolished"),
            successors=tuple(row.get("successors", ())),
        )
        for row in tomllib.loads(text)["authority"]
    )


def mentions(text: str, others: Iterable[str] = ()) -> list[Mention]:
    """Find the authorities that ``text`` names, in order: the known ones, and ``others`` by their exact names.

    The longest name wins where names overlap ("East Sussex" before "Sussex"). Case, hyphens, "&" and "and", and
    apostrophes are taken as equal; a possessive "'s" belongs to no name.
    """
    found: list[Mention] = []
    extra = tuple(sorted(set(others)))
    names = _names(extra)
    for match in _pattern(extra).finditer(text):
        name = names.get(_folded(match.group()))
        if name and _acceptable(name, match.group()):
            found.append(Mention(name, match.start(), match.end()))
    return found


def canonical(name: str) -> str:
    """The canonical form of an authority's name; a name that is not known comes back as it is."""
    return _names(()).get(_folded(name), name)


@cache
def _names(others: tuple[str, ...]) -> dict[str, str]:
    """Every folded name and the canonical name it stands for."""
    names = {_folded(name): name for name in others}
    for authority in known_authorities():
        for name in (authority.name, *authority.aliases):
            names[_folded(name)] = authority.name
    return names


@cache
def _pattern(others: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(_names(others), key=len, reverse=True)
    spellings = (_spelling(name) for name in longest_first)
    return re.compile(rf"(?<![\w&])(?:{'|'.join(spellings)})(?![\w&])", re.IGNORECASE)


def _spelling(folded: str) -> str:
    """A pattern for a folded name that accepts hyphens for spaces, "&" for "and", and any apostrophe."""
    parts = {"and": r"(?:and|&|\+)", "b&nes": "b&nes"}
    words = [parts.get(word, "['’]?".join(map(re.escape, word))) for word in folded.split()]
    return _BETWEEN.join(words)


def _folded(name: str) -> str:
    plain = re.sub(_BETWEEN, " ", re.sub(r"['’]", "", name.lower()))
    return " ".join(plain.replace(" & ", " and ").replace(" + ", " and ").split())


def _acceptable(name: str, written: str) -> bool:
    capitals = {authority.name for authority in known_authorities() if authority.capital}
    return name not in capitals or written[0].isupper()
