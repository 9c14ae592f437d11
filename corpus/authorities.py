"""The names of local authorities, and where a text mentions one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

_APART = r"\s,.\-\u2010-\u2014"
"""What may stand between the words of a name: spaces, commas, full stops, hyphens and dashes of any sort."""
_BETWEEN = f"[{_APART}]+"
_BEGINNING = re.compile(rf"(?<![\w&])([^{_APART}'’])(?=['’]?([\w&]?))")
"""Where a name may begin, and the letter after: there are few names to look for that begin with the same two."""

_LONG_ENOUGH, _LONG_ALIAS, _LETTERS_APART, _NEAR = 6, 9, 2, 0.87
"""Letters of a name, and of another name in use, that may be misspelt; how many more or fewer may be written; and the
share alike (Ratcliff and Obershelp): "survey" is .83 of "Surrey", "country" .80 of "Coventry"."""
_MOST_WORDS = 80
"""Words of a text that are looked at."""


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


def mentions(text: str, others: Iterable[str] = (), *, typed: bool = False) -> list[Mention]:
    """Find the authorities that ``text`` names, in order: the known ones, and ``others`` by their exact names.

    The longest name wins where names overlap ("East Sussex" before "Sussex"). Case, hyphens, "&" and "and", and
    apostrophes are taken as equal; a possessive "'s" belongs to no name, nor, in a text that a person ``typed``, an "s"
    without its apostrophe: in a report "Stokes" is a surname.
    """
    found: list[Mention] = []
    extra = tuple(sorted(set(others)))
    names = _names(extra)
    for match in _written(text, extra):
        name = names.get(_folded(match.group()))
        with_s = text[match.end() :][:1].lower() == "s"
        if name and _acceptable(name, match.group()) and (typed or not with_s):
            found.append(Mention(name, match.start(), match.end()))
    return found


def misspelt(text: str, others: Iterable[str] = ()) -> list[Mention]:
    """Find names that are not spelt right: words that are nearly the name of one authority.

    Only for texts that people type: in a report such a word is another one. Names of fewer than six letters are left
    out, as too many words are near them, and so are other names of fewer than nine.
    """
    names = _long_names(tuple(sorted(set(others))))
    words = list(re.finditer(r"[A-Za-z](?:[A-Za-z-]*[A-Za-z])?", text))[:_MOST_WORDS]
    found: list[Mention] = []
    for size in range(5, 0, -1):
        for at in range(len(words) - size + 1):
            start, end = words[at].start(), words[at + size - 1].end()
            written = _folded(text[start:end])
            taken = any(mention.start < end and start < mention.end for mention in found)
            if not taken and (name := _nearest(written, names.get((size, written[:1]), {}))):
                found.append(Mention(name, start, end))
    return sorted(found, key=lambda mention: mention.start)


@cache
def _long_names(others: tuple[str, ...]) -> dict[tuple[int, str], dict[str, str]]:
    """Names long enough to be misspelt, by their number of words and first letter."""
    own = {_folded(name): name for name in (*others, *(authority.name for authority in known_authorities()))}
    long = {folded: name for folded, name in _names(others).items() if len(folded) >= _LONG_ALIAS} | own
    grouped: dict[tuple[int, str], dict[str, str]] = {}
    for folded, name in long.items():
        if len(folded) >= _LONG_ENOUGH and _acceptable(name, folded):
            grouped.setdefault((len(folded.split()), folded[0]), {})[folded] = name
    return grouped


def _nearest(written: str, names: Mapping[str, str]) -> str | None:
    """The authority with the name nearest to what was written, if one is near and no other as near."""
    matcher = SequenceMatcher(None, b=written)
    near: dict[str, float] = {}
    for name in names:
        if abs(len(name) - len(written)) <= _LETTERS_APART:
            matcher.set_seq1(name)
            if matcher.quick_ratio() >= _NEAR:  # the share can be no greater, and is found slowly
                near[name] = matcher.ratio()
    most = max(near.values(), default=0.0)
    best = {names[name] for name, ratio in near.items() if ratio == most}
    return best.pop() if _NEAR <= most < 1 and len(best) == 1 else None


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


def _written(text: str, others: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where a name stands in a text, however it is written; none within another."""
    beyond = 0
    for beginning in _BEGINNING.finditer(text):
        letters = _letters(beginning)
        if beginning.start() < beyond or letters not in _by_beginning(others):
            continue
        if match := _pattern(others, letters).match(text, beginning.start()):
            beyond = match.end()
            yield match


@cache
def _by_beginning(others: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """Folded names by the first letters of their first words, the longest first."""
    grouped: dict[str, list[str]] = {}
    for name in sorted(_names(others), key=len, reverse=True):
        if beginning := _BEGINNING.match(name):
            grouped.setdefault(_letters(beginning), []).append(name)
    return grouped


def _letters(beginning: re.Match[str]) -> str:
    return "".join(beginning.groups()).lower()


@cache
def _pattern(others: tuple[str, ...], beginning: str) -> re.Pattern[str]:
    """Of the names with a beginning, compiled once there is a word that begins so: all of them take 30 ms."""
    spellings = map(_spelling, _by_beginning(others)[beginning])
    return re.compile(rf"(?:{'|'.join(spellings)})(?=s?(?![\w&]))", re.IGNORECASE)


def _spelling(folded: str) -> str:
    """A pattern for a folded name that accepts hyphens for spaces, "&" for "and", and any apostrophe."""
    parts = {"and": r"(?:and|&|\+)", "b&nes": "b&nes"}
    words = [parts.get(word, "['’]?".join(map(re.escape, word))) for word in folded.split()]
    return _BETWEEN.join(words)


def _folded(name: str) -> str:
    plain = re.sub(_BETWEEN, " ", re.sub(r"['’]", "", name.lower()))
    return " ".join(plain.replace(" & ", " and ").replace(" + ", " and ").split())


def _acceptable(name: str, written: str) -> bool:
    return name not in _capitals() or written[0].isupper()


@cache
def _capitals() -> frozenset[str]:
    return frozenset(authority.name for authority in known_authorities() if authority.capital)
