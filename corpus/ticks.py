"""Turns the codes for ticks and boxes in the font Wingdings into characters, so that people see what was chosen.

PDFs contain these codes as characters without a meaning, from U+F000 to U+F0FF. Both readings of a PDF use this rule.
The readers of Word documents use the same characters, so that a form reads the same in both formats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PRIVATE = 0xF000
"""What a file adds to a font's own code for a sign."""
_BOXES = {0xFD: "☒", 0xFE: "☑"}
_SIGNS = {0xFB: "✗", 0xFC: "✓"}
_EMPTY = dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), "☐")
WINGDINGS = {**_BOXES, **_SIGNS, **_EMPTY}
"""The ticks, crosses and boxes of the font Wingdings, by its own codes. Empty boxes differ only in their frames."""
CODES = re.compile("[\uf0fb-\uf0fe]")
"""The codes for ticks and crosses, with and without a box."""
_NOT_AT_START = re.compile("(?<=[^\r\n \t])[ \t]*[\uf0fb\uf0fc]")


def with_ticks(text: str) -> str:
    """Return the text of a page with its ticks. The length of the text stays the same.

    If a page has only ticks, or only crosses, those at the starts of lines are bullets. Empty boxes are bullets too if
    nothing on the page is ticked.
    """

    def has(code: int) -> bool:
        return chr(PRIVATE + code) in text

    has_choices = any(map(has, (*_BOXES, *_EMPTY))) or all(map(has, _SIGNS))
    if has_choices:
        return text.translate(_private(WINGDINGS))
    return _NOT_AT_START.sub(lambda sign: sign.group().translate(_private(_SIGNS)), text)


def _private(signs: Mapping[int, str]) -> dict[int, str]:
    return {PRIVATE + code: sign for code, sign in signs.items()}
