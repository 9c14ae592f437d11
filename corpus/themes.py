"""Finds the themes of practice that a sentence is about, such as supervision or caseloads.

The themes and their words are in ``data/themes.toml``. A theme does not say whether the sentence praises or criticises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ID = re.compile(r"[a-z]+(?:_[a-z]+)*")
_PHRASES = ("words", "except", "whole", "restates")
_WORD = re.compile(r"\w+")
_STARTS = (3, 4)
"""We look up words by their first four letters or, if a phrase has only three before a “*”, by three."""
_GAP = r"((?:[\w’'-]+[ ,]+){0,5}?)"
"""What "…" stands for: up to five words of one clause. The group shows which words these are."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of practice, with the words that show it."""

    id: str
    name: str
    about: str
    words: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    """Words for the theme as a whole."""
    restates: tuple[str, ...] = ()
    """Words that add nothing to the theme when they are next to other words of the theme."""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not the id of a theme. Use small letters and underscores.")
        if not self.words:
            raise ValueError(f"the theme {self.id!r} has no words. Add at least one phrase to `words`.")
        for phrase in (*self.words, *self.exceptions, *self.whole, *self.restates):
            if not phrase.strip() or phrase.strip("… *") == "":
                raise ValueError(f"the theme {self.id!r} has a phrase without words: {phrase!r}")

    @property
    def name_within(self) -> str:
        """The name as it is written within a sentence."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of a sentence that show a theme, and where they are."""

    theme: str
    text: str
    """The whole sentence, as :func:`plain` returns it."""
    spans: tuple[tuple[int, int], ...]
    """``[start, end)`` in ``text`` of each phrase of the theme, in order. Phrases may overlap."""
    leads: bool
    """Whether no other theme is mentioned before this one."""

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError(f"a mention of {self.theme!r} has no words: {self.text!r}")


class _Phrases:
    """Phrases of all themes. We look only for phrases with a word that begins like a word of the text."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self._by_start: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for theme, of_theme in enumerate(phrases):
            for phrase in of_theme:
                pattern, starts = _compiled(phrase)
                for start in starts:
                    self._by_start.setdefault(start, []).append((theme, pattern))

    def in_text(self, text: str) -> dict[int, list[re.Pattern[str]]]:
        """Return the phrases in a text, keyed by the number of their theme."""
        found: dict[int, list[re.Pattern[str]]] = {}
        for start in {word[:length] for word in _WORD.findall(text) for length in _STARTS}:
            for theme, pattern in self._by_start.get(start, ()):
                if pattern.search(text):
                    found.setdefault(theme, []).append(pattern)
        return found


class ThemeMatcher:
    """Finds the themes of sentences. The words of all themes are compiled only once."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self.themes = tuple(themes)
        self._words = _Phrases([theme.words for theme in themes])
        self._exceptions = _Phrases([theme.exceptions for theme in themes])
        self._whole = _Phrases([theme.whole for theme in themes])
        self._restates = _Phrases([theme.restates for theme in themes])

    def themes_of(self, sentence: str) -> list[Theme]:
        """Return the themes that a sentence is about, in the order of the file."""
        text = plain(sentence)
        found = self._words.in_text(text)
        exceptions = self._exceptions.in_text(text) if found else {}
        return [
            self.themes[number]
            for number, patterns in sorted(found.items())
            if number not in exceptions or has_any(patterns, without(exceptions[number], text))
        ]

    def mentions_in(self, sentence: str) -> list[Mention]:
        """Return where a sentence mentions each of the themes that it is about, in the order of the file."""
        text = plain(sentence)
        found = self._words.in_text(text)
        exceptions = self._exceptions.in_text(text) if found else {}
        spans = {}
        for number, patterns in sorted(found.items()):
            left = without(exceptions.get(number, ()), text)
            if of_theme := sorted({match.span() for pattern in patterns for match in pattern.finditer(left)}):
                spans[number] = tuple(of_theme)
        first = min((of_theme[0][0] for of_theme in spans.values()), default=0)
        return [Mention(self.themes[n].id, text, of_theme, of_theme[0][0] == first) for n, of_theme in spans.items()]

    def phrases_in(self, text: str) -> dict[str, list[re.Pattern[str]]]:
        """Return the phrases of each theme that a plain text contains, by the theme's id."""
        return {self.themes[number].id: patterns for number, patterns in self._words.in_text(text).items()}

    def whole_in(self, text: str) -> dict[str, list[re.Pattern[str]]]:
        """Return the words for a theme as a whole that a plain text contains, by the theme's id."""
        return {self.themes[number].id: patterns for number, patterns in self._whole.in_text(text).items()}

    def restated_in(self, text: str) -> dict[str, list[re.Pattern[str]]]:
        """Return the words of a plain text that add nothing to a theme, keyed by the theme's id."""
        return {self.themes[number].id: patterns for number, patterns in self._restates.in_text(text).items()}


def read_themes(text: str) -> tuple[Theme, ...]:
    """Return the themes in the text of a themes file. Raises ValueError, which says which entry is wrong and why."""
    entries = tomllib.loads(text).get("theme", [])
    themes = tuple(
        Theme(entry["id"], entry["name"], entry["about"], *(tuple(entry.get(key, ())) for key in _PHRASES))
        for entry in entries
    )
    repeated = {theme.id for theme in themes if sum(other.id == theme.id for other in themes) > 1}
    if repeated:
        raise ValueError(f"more than one theme has the id {min(repeated)!r}. Give each theme its own.")
    return themes


@cache
def known_themes() -> ThemeMatcher:
    """Return the themes of ``data/themes.toml``."""
    return ThemeMatcher(read_themes(files("corpus").joinpath("data/themes.toml").read_text(encoding="utf-8")))


def plain(text: str) -> str:
    """Return a text in small letters with one kind of apostrophe, and with spaces in place of hyphens."""
    return " ".join(text.lower().replace("'", "’").replace("-", " ").split())


def has_any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    """Return whether a plain text contains one of the phrases."""
    return any(pattern.search(text) for pattern in patterns)


def without(patterns: Sequence[re.Pattern[str]], text: str) -> str:
    """Return a text with line breaks in place of each of the phrases. Its length stays the same."""
    for pattern in sorted(patterns, key=lambda pattern: -len(pattern.pattern)):  # a long one may contain a short one
        text = pattern.sub(lambda match: "\n" * len(match[0]), text)
    return text


def _compiled(phrase: str) -> tuple[re.Pattern[str], set[str]]:
    """Return a phrase as an expression for text in small letters, and how its longest word begins."""
    parts: list[str] = []
    starts: list[list[str]] = []
    for word in plain(phrase).split():
        if word == "…":
            parts.append(_GAP)
            continue
        choices = word.split("/")
        expressions = "|".join(re.escape(choice).replace(r"\*", r"\w*") for choice in choices)
        parts.append(rf"\b(?:{expressions})(?!\w)[ ,]*")
        letters = [max(_WORD.findall(choice.partition("*")[0]), key=len, default="") for choice in choices]
        starts.append(letters)
    longest = max(starts, key=lambda letters: min(map(len, letters)))
    if min(map(len, longest)) < min(_STARTS):
        raise ValueError(f"the phrase {phrase!r} needs a word with at least {min(_STARTS)} letters before any “*”.")
    return re.compile("".join(parts)), {letters[: max(_STARTS)] for letters in longest}
