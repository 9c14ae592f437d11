"""English words, to tell a misspelt word from a word that we do not know.

The list is that of SymSpell (MIT licence), without its frequencies. It has British and American spellings, common first
names and names of larger towns. It has few common misspellings.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def is_english(word: str) -> bool:
    """Whether a word is in the list of English words, or is a single letter. Capitals do not matter."""
    word = word.lower()
    return len(word) == 1 or f" {word} " in _words().get(word[:2], "")


@cache
def _words() -> dict[str, str]:
    """Return the words by their first two letters. Each line of the file has the words for one pair of letters.

    A text for each pair takes 1 MB and 2 ms to read. A set of all the words would take 9 MB and 20 times as long.
    """
    lines = files("corpus").joinpath("data/english.txt").read_text(encoding="ascii").splitlines()
    return {line[:2]: f" {line} " for line in lines}
