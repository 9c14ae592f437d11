"""Words that staff and reports use for the same thing, read from an editable data file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from index.search.text_analysis import terms

_Groups = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""Groups of phrases, each phrase with its stems."""
_SEPARATOR = re.compile(r"[\s-]+")
_ALSO_WORDS = frozenset({"SEND", "PA"})
"""Abbreviations that are also ordinary words. They count only when written in capitals."""


def related_words(text: str) -> str:
    """Return the other words of each group that has a word in the text. Empty if no group does."""
    words = terms(text)
    phrases = {tuple(words[at : at + size]) for size in range(1, _longest() + 1) for at in range(len(words) - size + 1)}
    written = set(text.replace("’", "'").replace("/", " ").split())
    related: list[str] = []
    for group in _groups():
        used = [phrase for phrase, stems in group if _uses(phrase, stems, phrases, written)]
        if used:
            related += [phrase for phrase, _ in group if phrase not in used]
    return ", ".join(dict.fromkeys(related))


def other_names(phrase: str) -> list[str]:
    """Return other words that name exactly the same thing as a phrase. Singular and plural forms count as the same."""
    asked = tuple(terms(phrase))
    return [name for name in names_of_same(phrase) if tuple(terms(name)) != asked]


def names_of_same(phrase: str) -> list[str]:
    """Return all the words that name exactly the same thing as a phrase, including the phrase's own entry."""
    asked = tuple(terms(phrase))
    return [
        name
        for group in _same()
        if any(stems == asked and _as_long(phrase, known) for known, stems in group)
        for name, _ in group
    ]


def near_names(phrase: str) -> list[str]:
    """Return words that mean nearly the same as a phrase, if they are next to words about the same thing."""
    asked = tuple(terms(phrase))
    return [
        name
        for group in _near()
        if any(stems == asked and _as_long(phrase, known) for known, stems in group)
        for name, stems in group
        if stems != asked
    ]


def _as_long(phrase: str, known: str) -> bool:
    """Whether two phrases with the same stems may mean the same: "housing" does not mean "in-house".

    If they have only one stem, they must have the same number of words.
    """
    return len(terms(phrase)) > 1 or len(_SEPARATOR.split(phrase.strip())) == len(_SEPARATOR.split(known))


def is_term(words: str) -> bool:
    """Whether the given words as a whole are a term in a group: "Front Door", but not "Front Door Project".

    The names in the groups, such as "Signs of Safety", do not count as terms.
    """
    stems = tuple(terms(words))
    return any(phrase.islower() and stems == others for group in _groups() for phrase, others in group)


def _uses(phrase: str, stems: tuple[str, ...], phrases: set[tuple[str, ...]], written: set[str]) -> bool:
    """Whether a question uses a phrase.

    The caller passes both the stems of the question's phrases and its written words.
    """
    if phrase in _ALSO_WORDS:
        return any(word.strip("?.,;:()") == phrase for word in written)
    return stems in phrases


@cache
def _longest() -> int:
    """Return the number of words in the longest phrase."""
    return max(len(stems) for group in _groups() for _, stems in group)


@cache
def _groups() -> _Groups:
    return (*_read("groups"), *_read("both"))


@cache
def _same() -> _Groups:
    return (*_read("same"), *_read("both"))


@cache
def short_names() -> frozenset[str]:
    """Return the abbreviations in the groups, in their capitals."""
    return frozenset(phrase for group in (*_groups(), *_same()) for phrase, _ in group if phrase.isupper())


@cache
def _near() -> _Groups:
    return _read("near")


def _read(name: str) -> _Groups:
    groups = tomllib.loads(files("qa_service").joinpath("data/vocabulary.toml").read_text(encoding="utf-8"))[name]
    return tuple(tuple((phrase, tuple(terms(phrase))) for phrase in group if terms(phrase)) for group in groups)
