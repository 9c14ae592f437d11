"""Finds sentences that begin with a word such as "it", so that only the sentence before shows what they are about."""

from __future__ import annotations

import re

_REFERS_BACK = re.compile(
    r"(?:(?:however|but|and|also|for (?:these|those|them|some)|as a result|in addition|consequently|of),? )*"
    r"(?:they|it|this|these|those|there|such|he|she|here|both|his|her|their|its|many|some|most|others?|one|all)\b",
    re.IGNORECASE,
)
"""How a sentence begins if its subject is in the sentence before."""


def refers_back(sentence: str) -> bool:
    """Whether a sentence begins with a word such as "it", whose subject is in the sentence before."""
    return bool(_REFERS_BACK.match(sentence))
