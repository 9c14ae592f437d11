"""How reports print the names of people."""

from __future__ import annotations

WORD = r"[A-ZÀ-Þ][\w’'\-]*[^\W\d_A-Z]"
"""One word of a name, such as "O’Farrow"."""
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Prof(?:essor)?|Cllr|Councillor)\.?"
BARE_NAME = rf"{WORD}(?: (?:{WORD}|[A-Z]\.?|de|van|der|von)){{0,2}} {WORD}"
"""A name of two to four words, without a title."""
