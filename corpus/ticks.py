"""Turns the codes for ticks and boxes in the font Wingdings into characters, so that people see what was chosen.

PDFs contain these codes as characters without a meaning, from U+F000 to U+F0FF. Both readings of a PDF use this rule.
"""

from __future__ import annotations

import re

CODES = re.compile("[\uf0fb-\uf0fe]")
"""The codes for ticks and crosses, with and without a box."""
_BOXES = {0xF0FD: "☒", 0xF0FE: "☑"}
_SIGNS = {0xF0FB: "✗", 0xF0FC: "✓"}
_EMPTY = dict.fromkeys((0xF06F, 0xF071, 0xF072, 0xF0A8), "☐")
_NOT_AT_START = re.compile("(?<=[^\r\n \t])[ \t]*[\uf0fb\uf0fc]")


def with_ticks(text: str) -> str:
    """Return the text of a page with its ticks. The length of the text stays the same.

    If a page has only ticks, or only crosses, those at the starts of lines are bullets. Empty boxes are bullets too if
    nothing on the page is ticked.
    """
    has_choices = any(chr(code) in text for code in (*_BOXES, *_EMPTY)) or all(chr(code) in text for code in _SIGNS)
    if has_choices:
        return text.translate({**_BOXES, **_SIGNS, **_EMPTY})
    return _NOT_AT_START.sub(lambda sign: sign.group().translate(_SIGNS), text)
