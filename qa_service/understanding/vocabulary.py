"""Words that staff and reports use for the same thing, from an editable data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from index.search.text_analysis import terms

_ALSO_WORDS = frozenset({"SEND", "PA"})
"""Abbreviations that are words too: they count only in capitals."""


def related_words(text: str) -> str:
    """The other words of every group that the text has a word of, "" where there are none."""
    stems = terms(text)
    said = {tuple(stems[at : at + size]) for size in range(1, _longest() + 1) for at in range(len(stems) - size + 1)}
    written = set(text.replace("’", "'").replace("/", " ").split())
    related: list[str] = []
    for group in _groups():
        held = [phrase for phrase, parts in group if _holds(phrase, parts, said, written)]
        if held:
            related += [phrase for phrase, parts in group if phrase not in held]
    return ", ".join(dict.fromkeys(related))


def _holds(phrase: str, parts: tuple[str, ...], said: set[tuple[str, ...]], written: set[str]) -> bool:
    if phrase in _ALSO_WORDS:
        return any(word.strip("?.,;:()") == phrase for word in written)
    return parts in said


@cache
def _longest() -> int:
    """Words of the longest phrase."""
    return max(len(parts) for group in _groups() for _, parts in group)


@cache
def _groups() -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    text = files("qa_service").joinpath("data/vocabulary.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)["groups"]
    return tuple(tuple((phrase, tuple(terms(phrase))) for phrase in group if terms(phrase)) for group in groups)
