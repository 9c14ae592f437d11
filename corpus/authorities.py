"""Finds the names of local authorities in a text, even if they are misspelt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

_APART = r"\s,.\-\u2010-\u2014"
"""Characters that may separate the words in a name: spaces, commas, full stops, hyphens and dashes."""
_BETWEEN = f"[{_APART}]+"
_BEGINNING = re.compile(rf"(?<![\w&])([^{_APART}'’])(?=['’]?([\w&]?))")
"""Matches the first two letters of a word that may start a name. Few names start with the same two letters."""

_SHORTEST_NAME, _SHORTEST_ALIAS = 6, 9
"""Minimum number of letters in a canonical name, and in any other name, for us to look for misspellings of it.
Misspellings of shorter names are too similar to other words."""
_LETTERS_APART = 2
"""Largest difference in length between a misspelling and the name, in letters."""
_NEAR = 0.87
"""How similar a misspelling must be to the name, on the Ratcliff-Obershelp measure. "survey" scores 0.83 against
"Surrey", and "country" scores 0.80 against "Coventry"."""
_MOST_WORDS = 80
"""Number of words at the start of a text that are checked for misspellings. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority: its canonical name, the other names in use, and its successors if it was abolished."""

    name: str
    aliases: tuple[str, ...] = ()
    capital: bool = False
    """True if the name is also an English word. It then counts only with a capital letter."""
    abolished: int | None = None
    """The year in which it was abolished."""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place ``[start, end)`` where a text names an authority, with the authority's canonical name."""

    name: str
    start: int
    end: int


@cache
def known_authorities() -> tuple[Authority, ...]:
    """Return the authorities in ``data/authorities.toml``."""
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


def mentions(text: str, others: Iterable[str] = (), *, typed: bool = False) -> list[Mention]:
    """Return where ``text`` names authorities, in order. Find the exact names in ``others`` as well as those we know.

    If names overlap, the longest wins ("East Sussex" before "Sussex"). Case, hyphens and apostrophes do not matter, and
    "&" counts as "and". A possessive "'s" is not part of a name. In a text that a person ``typed``, a final "s" without
    the apostrophe is not part of the name either. In a report, a name with an added "s" is a different word: "Stokes"
    is a surname.
    """
    mentioned: list[Mention] = []
    extra = tuple(sorted(set(others)))
    names = _names(extra)
    for match in _written(text, extra):
        name = names.get(_folded(match.group()))
        with_s = text[match.end() :][:1].lower() == "s"
        if name and _has_its_capital(name, match.group()) and (typed or not with_s):
            mentioned.append(Mention(name, match.start(), match.end()))
    return mentioned


def misspelt(text: str, others: Iterable[str] = ()) -> list[Mention]:
    """Return where ``text`` misspells the name of an authority, in words that are very similar to one authority's name.

    Use it only for texts that people type, because in a report such a word is not a misspelling. Short names are left
    out, because too many words are similar to them.
    """
    names = _long_names(tuple(sorted(set(others))))
    words = list(re.finditer(r"[A-Za-z](?:[A-Za-z-]*[A-Za-z])?", text))[:_MOST_WORDS]
    misspelt_names: list[Mention] = []
    for size in range(5, 0, -1):
        for at in range(len(words) - size + 1):
            start, end = words[at].start(), words[at + size - 1].end()
            written = _folded(text[start:end])
            taken = any(mention.start < end and start < mention.end for mention in misspelt_names)
            if not taken and (name := _nearest(written, names.get((size, written[:1]), {}))):
                misspelt_names.append(Mention(name, start, end))
    return sorted(misspelt_names, key=lambda mention: mention.start)


@cache
def _long_names(others: tuple[str, ...]) -> dict[tuple[int, str], dict[str, str]]:
    """Return the names that are long enough to recognise when misspelt, grouped by number of words and first letter."""
    own = {_folded(name): name for name in (*others, *(authority.name for authority in known_authorities()))}
    long = {folded: name for folded, name in _names(others).items() if len(folded) >= _SHORTEST_ALIAS} | own
    grouped: dict[tuple[int, str], dict[str, str]] = {}
    for folded, name in long.items():
        if len(folded) >= _SHORTEST_NAME and _has_its_capital(name, folded):
            grouped.setdefault((len(folded.split()), folded[0]), {})[folded] = name
    return grouped


def _nearest(written: str, names: Mapping[str, str]) -> str | None:
    """Return the authority with the most similar name, if it is similar enough and no other is equally similar."""
    matcher = SequenceMatcher(None, b=written)
    near: dict[str, float] = {}
    for name in names:
        if abs(len(name) - len(written)) <= _LETTERS_APART:
            matcher.set_seq1(name)
            if matcher.quick_ratio() >= _NEAR:  # an upper bound on the ratio, which itself is slow to compute
                near[name] = matcher.ratio()
    most = max(near.values(), default=0.0)
    best = {names[name] for name, ratio in near.items() if ratio == most}
    return best.pop() if _NEAR <= most < 1 and len(best) == 1 else None


def canonical(name: str) -> str:
    """Return the canonical form of an authority's name. A name that we do not know is returned unchanged."""
    return _names(()).get(_folded(name), name)


@cache
def _names(others: tuple[str, ...]) -> dict[str, str]:
    """Return the canonical name for each folded name."""
    names = {_folded(name): name for name in others}
    for authority in known_authorities():
        for name in (authority.name, *authority.aliases):
            names[_folded(name)] = authority.name
    return names


def _written(text: str, others: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield each place where a text has a name, however the name is spaced or hyphenated. The places do not overlap."""
    end_of_last = 0
    for beginning in _BEGINNING.finditer(text):
        letters = _letters(beginning)
        if beginning.start() < end_of_last or letters not in _by_beginning(others):
            continue
        if match := _pattern(others, letters).match(text, beginning.start()):
            end_of_last = match.end()
            yield match


@cache
def _by_beginning(others: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """Return the folded names grouped by their first two letters, with the longest first."""
    grouped: dict[str, list[str]] = {}
    for name in sorted(_names(others), key=len, reverse=True):
        if beginning := _BEGINNING.match(name):
            grouped.setdefault(_letters(beginning), []).append(name)
    return grouped


def _letters(beginning: re.Match[str]) -> str:
    return "".join(beginning.groups()).lower()


@cache
def _pattern(others: tuple[str, ...], beginning: str) -> re.Pattern[str]:
    """Return a pattern for the names that start with the given letters. Compiling all the patterns takes 30 ms."""
    spellings = map(_spelling, _by_beginning(others)[beginning])
    return re.compile(rf"(?:{'|'.join(spellings)})(?=s?(?![\w&]))", re.IGNORECASE)


def _spelling(folded: str) -> str:
    """Return a pattern for a folded name that accepts a hyphen for a space, "&" for "and", and any apostrophe."""
    parts = {"and": r"(?:and|&|\+)", "b&nes": "b&nes"}
    words = [parts.get(word, "['’]?".join(map(re.escape, word))) for word in folded.split()]
    return _BETWEEN.join(words)


def _folded(name: str) -> str:
    plain = re.sub(_BETWEEN, " ", re.sub(r"['’]", "", name.lower()))
    return " ".join(plain.replace(" & ", " and ").replace(" + ", " and ").split())


def _has_its_capital(name: str, written: str) -> bool:
    return name not in _capitals() or written[0].isupper()


@cache
def _capitals() -> frozenset[str]:
    return frozenset(authority.name for authority in known_authorities() if authority.capital)
