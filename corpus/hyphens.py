"""A hyphen at the end of a line: part of a compound ("well-being"), or put there by the setting ("informa-tion")."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
"""A word with the hyphen that ends its line. It is tried where a word begins and nowhere else: a line may be one word
of a hundred thousand letters."""
_PREFIXES = re.compile(
    r"^(?:anti|bi|by|co|counter|cross|de|dis|ex|extra|hyper|in|inter|intra|mid|mini|mis|multi|non|off|on|out|over|post|"
    r"pre|pro|quasi|re|self|semi|sub|super|trans|tri|ultra|un|under|up|vice)$"
)
_SECOND = re.compile(r"^([^\W\d_]+)")


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document as its lines print them, compounds whole; halves of broken words are none."""
    words: set[str] = set()
    broken = False
    for text in texts:
        found = [word.lower() for word in _WORD.findall(text)]
        ends = bool(_FIRST.search(text))
        whole = found[broken and bool(_SECOND.match(text)) : -1 if ends else None]
        words.update(whole)
        broken = ends
    return frozenset(words)


def is_set_hyphen(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether the hyphen that ends ``before`` only breaks a word that goes on in ``after``.

    Only with proof: the document prints the word in one piece elsewhere, and what stands before the hyphen is neither a
    word of the document nor a prefix that takes one ("co-production"). In doubt the printed hyphen stays.
    """
    first, second = _FIRST.search(before), _SECOND.match(after)
    if not first or not second or not second.group(1).islower():
        return False
    one, two = first.group(1).lower(), second.group(1)
    if one in words or _PREFIXES.match(one) or f"{one}-{two}" in words:
        return False
    return one + two in words
