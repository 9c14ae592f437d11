"""Distinguishes the marks of notes from other small raised signs, and prints raised figures.

In "weeks.¹", the number refers to a note and is not part of the sentence. In "m²" and "21st", the raised sign is part
of it.
"""

from __future__ import annotations

import re

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"
_LINKED = re.compile(
    rf"^[\[(]?\s*(?:(?:(?:foot|end)?note|fn|nb|n)\.?\s*)?(?:{_NUMBERS}|[a-z]|[ivx]{{1,5}}|[*†‡§]+)\s*[.\])]?$",
    re.IGNORECASE,
)
"""The mark of a note, as the words of a link."""
_BARE = re.compile(rf"^(?:\[\s*{_NUMBERS}\s*\]|{_NUMBERS})$")
"""The mark of a note without a link."""
_EXPONENT = re.compile(r"^[23]$")
_UNIT = re.compile(
    r"(?<![^\W_])(?:[mckd]m|ft|in|yd|mi|feet|foot|inch(?:es)?|yards?|miles?|(?:centi|milli|kilo)?met(?:re|er)s?)$",
    re.IGNORECASE,
)
"""A unit of length. With a raised 2 or 3, it is a unit of area or volume."""
_WORD_END = re.compile(r"(?:[^\W\d_]{2}|[^\W_]%?[.,;:!?…]|[^\W\d_]{2}[)\]’”'\"]|[.,;:!?…][)\]’”'\"]|\d%)$")
"""The end of a word, or of a word or number and the punctuation after it. A single letter may be a variable."""
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The raised figures from 0 to 9."""
_TO_RAISED = str.maketrans("0123456789", RAISED)
KEPT = 24
"""Number of characters before a raised sign that decide whether it is a mark."""
LONGEST = 40
"""Maximum length of a mark, in characters. Chosen by eye."""


def is_note_mark(before: str, sign: str, *, linked: bool) -> bool:
    """Return whether a raised sign is the mark of a note.

    ``before`` ends with the text before it in the paragraph, and is empty at the start. ``linked`` says whether
    the sign is a link to another place on the page. If it is not, it must be a number right after a word or
    punctuation.
    """
    sign = sign.strip()
    if linked:
        return bool(before.strip()) and _LINKED.match(sign) is not None
    if not _BARE.match(sign) or not _WORD_END.search(before):
        return False
    return not (_EXPONENT.match(sign) and _UNIT.search(before))


def raised(figures: str) -> str:
    """Return figures as raised figures, so that nobody reads them as part of the number before them."""
    return figures.translate(_TO_RAISED)
