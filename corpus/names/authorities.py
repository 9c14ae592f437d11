"""The names of local authorities, and how to find them in a report. ``typed_names`` finds them in a question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_APART = r"\s,.\-\u2010-\u2014"
"""Characters that may separate the words in a name: spaces, commas, full stops, hyphens and dashes."""
BETWEEN = f"[{_APART}]+"
"""A pattern that matches the characters between two words in a name."""
_BEGINNING = re.compile(rf"(?<![\w&])([^{_APART}'’])(?=['’]?([\w&]?))")
"""Matches the first two letters of a word that may start a name. Few names start with the same two letters."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority: its canonical name, the other names in use, and its successors if it was abolished."""

    name: str
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    """Names that we recognise only in questions."""
    words: tuple[str, ...] = ()
    """Its names that are also English words or first names. In reports we recognise them only with a capital letter."""
    word_class: str = ""
    """The class of those words, such as "noun". A question may write such a name in lower case."""
    council: str = ""
    """The type of its council, such as "county". Empty if the type adds nothing to its initials."""
    abolished: int | None = None
    """The year in which it was abolished."""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place ``[start, end)`` where a text names an authority, with the authority's canonical name."""

    name: str
    start: int
    end: int
    district: str = ""
    """The district in the text, if the text names a district instead of the authority itself."""


@cache
def known_authorities() -> tuple[Authority, ...]:
    """Return the authorities in ``data/authorities.toml``."""
    text = files("corpus").joinpath("data/authorities.toml").read_text(encoding="utf-8")
    return tuple(
        Authority(
            name=row["name"],
            aliases=tuple(row.get("aliases", ())),
            short=tuple(row.get("short", ())),
            words=tuple(row.get("words", ())),
            word_class=row.get("word_class", ""),
            council=row.get("council", ""),
            abolished=row.get("abolished"),
            successors=tuple(row.get("successors", ())),
        )
        for row in tomllib.loads(text)["authority"]
    )


def mentions(text: str, others: Iterable[str] = ()) -> list[Mention]:
    """Return each place where a report names an authority, in order. It also finds the exact names in ``others``.

    If names overlap, the first wins, and then the longest ("East Sussex" before "Sussex"). Case, hyphens and
    apostrophes do not matter, and "&" is read as "and". A possessive "'s" is not part of a name.
    """
    mentioned: list[Mention] = []
    extra = tuple(sorted(set(others)))
    names, end_of_last = _names(extra), 0
    for match in _patterns(extra).find(text):
        if match.start() < end_of_last:
            continue
        end_of_last = match.end()
        name = names.get(folded(match.group()))
        with_s = text[match.end() :][:1].lower() == "s"  # "Stokes" is a surname
        if name and has_its_capital(match.group()) and not with_s:
            mentioned.append(Mention(name, match.start(), match.end()))
    return mentioned


def canonical(name: str) -> str:
    """Return the canonical form of an authority's name. A name that we do not know is returned unchanged."""
    return _names(()).get(folded(name), name)


@cache
def _names(others: tuple[str, ...]) -> dict[str, str]:
    """Return the canonical name for each folded name."""
    names = {folded(name): name for name in others}
    for authority in known_authorities():
        for name in (authority.name, *authority.aliases):
            names[folded(name)] = authority.name
    return names


@cache
def _patterns(others: tuple[str, ...]) -> NamePatterns:
    return NamePatterns(_names(others))


class NamePatterns:
    """Patterns that find any of a set of folded names, however they are spaced or hyphenated."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        """The names grouped by their first two letters, with the longest first."""
        for name in sorted(names, key=len, reverse=True):
            if beginning := _BEGINNING.match(name):
                self._by_beginning.setdefault(_letters(beginning), []).append(name)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the longest name that begins at each place in a text. The matches may overlap."""
        for beginning in _BEGINNING.finditer(text):
            letters = _letters(beginning)
            names = self._by_beginning.get(letters)
            if names and (match := _pattern(tuple(names)).match(text, beginning.start())):
                yield match


@lru_cache(maxsize=1 << 10)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the given folded names, which start with the same letters. Compiling it takes 1 ms."""
    return re.compile(rf"(?:{'|'.join(map(_spelling, names))})(?=s?(?![\w&]))", re.IGNORECASE)


def _letters(beginning: re.Match[str]) -> str:
    return "".join(beginning.groups()).lower()


def _spelling(folded_name: str) -> str:
    """Return a pattern for a folded name that accepts a hyphen for a space, "&" for "and", and any apostrophe."""
    parts = {"and": r"(?:and|&|\+)", "b&nes": "b&nes"}
    words = [parts.get(word, "['’]?".join(map(re.escape, word))) for word in folded_name.split()]
    return BETWEEN.join(words)


def folded(name: str) -> str:
    """Return a name in lower case, without apostrophes, and with single spaces instead of hyphens and full stops."""
    plain = re.sub(BETWEEN, " ", re.sub(r"['’]", "", name.casefold()))
    return " ".join(plain.replace(" & ", " and ").replace(" + ", " and ").split())


def has_its_capital(written: str) -> bool:
    """Return whether a name is written with a capital letter, or does not need one."""
    return written[0].isupper() or folded(written) not in word_classes()


@cache
def word_classes() -> dict[str, str]:
    """Return the class of each name that is also an ordinary word, by its folded form. Empty if it has no class."""
    return {folded(word): authority.word_class for authority in known_authorities() for word in authority.words}
