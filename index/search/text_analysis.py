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


_SHORTEST_WORD, _LONGEST_ENDING = 4, 3
"""A term of at least this many letters is a form of a longer one that adds at most this many."""


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


def are_forms_of_one_word(one: str, other: str) -> bool:
    """Return whether two terms are forms of one word, such as those of "care" and "carer".

    Stems differ for some forms: "conference" and "conferencing" become "confer" and "conferenc".
    """
    shorter, longer = sorted((one, other), key=len)
    added = len(longer) - len(shorter)
    return longer.startswith(shorter) and (not added or (len(shorter) >= _SHORTEST_WORD and added <= _LONGEST_ENDING))


def words_are_near(words: Sequence[str], text: Sequence[str], between: int) -> bool:
    """Return whether some terms, each in any form, are near each other in the terms of a text, in any order.

    ``between`` is the number of other terms that may be between the first and the last of them.
    """
    places = [
        [at for at, term in enumerate(text) if are_forms_of_one_word(word, term)] for word in dict.fromkeys(words)
    ]
    if not places or not all(places):
        return False
    most = len(places) + between
    return any(
        all(any(start <= at < start + most for at in of_word) for of_word in places)
        for start in sorted({at for of_word in places for at in of_word})
    )


def words_are_together(words: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether some terms, each in any form, follow each other in the terms of a text."""
    starts = range(len(text) - len(words) + 1)
    return bool(words) and any(all(map(are_forms_of_one_word, words, text[start:])) for start in starts)
