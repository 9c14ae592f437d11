"""Turns text into search terms: stems in lower case, without function words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import Stemmer

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by did do does for from had has have how i if in into is it its of on or our s
    so such t that the their them then there these they this to was we were what when where which who whom why
    will with would you your about any can could should than also more most some
    """.split()  # noqa: SIM905 - a list this long reads better as text
)
"""English function words, and words that questions start with."""
ANALYSIS = (_WORD.pattern, *sorted(_FUNCTION_WORDS), Stemmer.version())
"""Everything that determines which terms a text has. If any of it changes, older indexes cannot be compared with the
new terms."""


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """Return the stemmed words in a text in order, without function words."""
    return [term for word in _WORD.findall(text.lower().replace("-", " ")) if (term := _term(word))]


@lru_cache(maxsize=1 << 17)
def _term(word: str) -> str:
    """Return the stem of a word, or an empty string for a function word.

    Stems are cached, because reports repeat words.
    """
    word = word.replace("’", "'").removesuffix("'s")
    if word in _FUNCTION_WORDS:
        return ""
    stem: str = _stemmer().stemWord(word)
    return stem


def words_are_together(words: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether the given terms follow each other in the terms of a text."""
    size = len(words)
    return size > 0 and any(text[start : start + size] == words for start in range(len(text) - size + 1))
