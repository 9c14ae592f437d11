"""Finds the themes of practice that a sentence is about, such as supervision or caseloads.

The themes and their words are in ``data/themes.toml``. A theme does not say whether the sentence praises or criticises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

_ID = re.compile(r"[a-z]+(?:_[a-z]+)*")
_PHRASES = ("words", "except", "whole")
_WORD = re.compile(r"\w+")
_QUALIFIERS = frozenset(
    {
        "children", "consistency", "effectiveness", "frequency", "good", "high", "impact", "inconsistent", "late",
        "manageable", "poor", "practice", "quality", "recording", "regular", "regularity", "social", "staff", "strong",
        "their", "timeliness", "weak", "with", "workers",
    }
)  # fmt: skip
"""Words that describe a theme, and do not limit it to one part."""
_STARTS = (3, 4)
"""We look up words by their first four letters or, if a phrase has only three before a “*”, by three."""
_GAP = r"(?:[\w’'-]+[ ,]+){0,5}?"
"""What "…" stands for: up to five words of one clause."""
_JOINER = re.compile(r"\s*(?:,\s*(?:(?:and|or)\s)?|\s(?:and|or)\s|/|&)\s*")
"""What stands between the parts of a list: "supervision, caseloads or audits"."""
_ARTICLES = re.compile(r"^(?:(?:the|their|its|any) )+")


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

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not the id of a theme. Use small letters and underscores.")
        if not self.words:
            raise ValueError(f"the theme {self.id!r} has no words. Add at least one phrase to `words`.")
        for phrase in (*self.words, *self.exceptions, *self.whole):
            if not phrase.strip() or phrase.strip("… *") == "":
                raise ValueError(f"the theme {self.id!r} has a phrase without words: {phrase!r}")


@dataclass(frozen=True, slots=True)
class PartOfTheme:
    """The part of a theme that some words mean. If they mean the whole theme, it is empty, and so false."""

    phrases: tuple[re.Pattern[str], ...] = ()
    """If there are phrases here, a sentence about this part must contain one of them."""
    starts: tuple[str, ...] = ()
    """A sentence needs a word with each of these starts, because the words are in no phrase of the theme."""
    others: tuple[PartOfTheme, ...] = ()
    """Other parts that are also meant: "pathway plans or care plans". A sentence needs to be about only one."""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.starts)

    def is_in(self, sentence: str) -> bool:
        """Return whether a sentence is about this part, or about one of the other parts."""
        text = _plain(sentence)
        begun = {word[: max(_STARTS)] for word in _WORD.findall(text)}
        fits = (not self.phrases or _has_any(self.phrases, text)) and begun.issuperset(self.starts)
        return fits or any(other.is_in(sentence) for other in self.others)


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
        self._numbers = {theme.id: number for number, theme in enumerate(themes)}
        self._words = _Phrases([theme.words for theme in themes])
        self._exceptions = _Phrases([theme.exceptions for theme in themes])
        self._whole = _Phrases([theme.whole for theme in themes])

    def themes_of(self, sentence: str) -> list[Theme]:
        """Return the themes that a sentence is about, in the order of the file."""
        text = _plain(sentence)
        found = self._words.in_text(text)
        exceptions = self._exceptions.in_text(text) if found else {}
        return [
            self.themes[number]
            for number, patterns in sorted(found.items())
            if number not in exceptions or _has_any(patterns, _without(exceptions[number], text))
        ]

    def clauses(self, words: str) -> list[str]:
        """Divide words at "and", "or" and commas, as "supervision or caseloads", but not inside a phrase of a theme.

        Words that only qualify stay with their neighbours: "quality and frequency of supervision" is one clause.
        """
        text = _plain(words)
        starts = [0]
        for joiner in _JOINER.finditer(text):
            before, after = text[starts[-1] : joiner.start()], _JOINER.split(text[joiner.end() :])[0]
            if self._divides(before, after) or not (
                _only_qualifies(before) or _only_qualifies(after) or self._has_phrase_over(text, joiner.span())
            ):
                starts.append(joiner.end())
        ends = [*starts[1:], len(text)]
        clauses = (text[start:end] for start, end in zip(starts, ends, strict=True))
        return [_ARTICLES.sub("", re.sub(rf"{_JOINER.pattern}$", "", clause)) for clause in clauses]

    def part_meant(self, theme: str, words: str) -> PartOfTheme:
        """Return which part of a theme some words mean, such as "pathway plans" for children's plans.

        Only the clauses that name the theme count. If one of them means all of the theme, so do the words.
        """
        clauses = [clause for clause in self.clauses(words) if theme in (each.id for each in self.themes_of(clause))]
        first, *others = [self._part_of_clause(theme, clause) for clause in clauses or [words]]
        return replace(first, others=tuple(others)) if first and all(others) else PartOfTheme()

    def _divides(self, before: str, after: str) -> bool:
        return bool(self.themes_of(before) and self.themes_of(after))

    def _has_phrase_over(self, text: str, extent: tuple[int, int]) -> bool:
        """Return whether a phrase of a theme includes an extent of a text."""
        patterns = (pattern for of_theme in self._words.in_text(text).values() for pattern in of_theme)
        matches = (match for pattern in patterns for match in pattern.finditer(text))
        return any(match.start() < extent[0] and extent[1] < match.end() for match in matches)

    def _part_of_clause(self, theme: str, words: str) -> PartOfTheme:
        """Return which part of a theme one clause means.

        The words in ``whole`` mean all of it. Of two phrases that overlap, the shorter one is enough.
        """
        number, text = self._numbers[theme], _plain(words)
        whole = self._whole.in_text(text).get(number, [])
        rest = _without(whole, text)
        spans: dict[tuple[int, int], re.Pattern[str]] = {}
        for pattern in self._words.in_text(text).get(number, []):
            for match in pattern.finditer(text):
                if any(word in rest for word in _content(match[0])):
                    spans[match.span()] = pattern
        phrases = tuple(
            pattern
            for (start, end), pattern in spans.items()
            if not any(start <= a and b <= end and (a, b) != (start, end) for a, b in spans)
        )
        others = tuple(word[: max(_STARTS)] for word in _content(_without(whole, _without(phrases, text))))
        return PartOfTheme(phrases, others)


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


def _content(text: str) -> list[str]:
    """Return the words of a text that may narrow a theme."""
    return [word for word in _WORD.findall(text) if len(word) >= max(_STARTS) and word not in _QUALIFIERS]


def _only_qualifies(text: str) -> bool:
    return not _content(text)


def _plain(text: str) -> str:
    """Return a text in small letters with one kind of apostrophe, and with spaces in place of hyphens."""
    return " ".join(text.lower().replace("'", "’").replace("-", " ").split())


def _has_any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _without(patterns: Sequence[re.Pattern[str]], text: str) -> str:
    """Return a text with a line break in place of each of the phrases."""
    for pattern in sorted(patterns, key=lambda pattern: -len(pattern.pattern)):  # a long one may contain a short one
        text = pattern.sub("\n", text)
    return text


def _compiled(phrase: str) -> tuple[re.Pattern[str], set[str]]:
    """Return a phrase as an expression for text in small letters, and how its longest word begins."""
    parts: list[str] = []
    starts: list[list[str]] = []
    for word in _plain(phrase).split():
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
