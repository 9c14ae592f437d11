"""Finds sentences near a quote that give a reason for what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REASON = re.compile(
    r"\b(?:because|due to|owing to|caused by|causes?|reasons?|stem(?:s|med|ming)? from|attribut\w+ to|"
    r"result(?:s|ed|ing)? from|as a (?:direct )?result of|driven by|down to (?!earth)|contribut(?:es?|ed|ing) to|"
    r"explain(?:s|ed)? (?:by|why)|thanks to)\b",
    re.IGNORECASE,
)
"""Words in a sentence that give a reason for what it says, or for what the sentence before it says."""
_LEADS_TO = re.compile(
    r"\b(?:(?:has |have |had )?(?:led|leads|leading) to|this means|which means|meaning that|has meant|"
    r"(?:has |have )?(?:created|left|resulted in|results in))\b",
    re.IGNORECASE,
)
"""Words that introduce a consequence: "this led to", for example."""
_AS_A_RESULT = re.compile(
    r"(?:as a (?:result|consequence)(?! of)|consequently|therefore|this (?:means|has (?:led|meant|resulted))|"
    r"because of this|for this reason|hence|thus)\b",
    re.IGNORECASE,
)
"""How a sentence begins if it gives a result of the sentence before it."""
_CONTRAST = re.compile(
    r"(?:by|in) contrast|however|but|conversely|elsewhere|on the other hand|meanwhile", re.IGNORECASE
)
"""How a sentence begins if it turns to another subject."""
_NEAR = 3
"""A sentence counts as near if it is at most this many sentences away. We chose this value by judgement."""


def reasons_near(sentences: Sequence[str], quoted: int) -> list[int]:
    """Return the indexes of the sentences that give a reason for the one at ``quoted``, nearest first.

    The quoted sentence is among them if it gives its own reason.
    """
    first, last = max(0, quoted - _NEAR), min(len(sentences), quoted + _NEAR + 1)
    found = [number for number in range(first, last) if _gives_reason(sentences, number, quoted)]
    return sorted(found, key=lambda number: (abs(number - quoted), number))


def _gives_reason(sentences: Sequence[str], number: int, quoted: int) -> bool:
    text = sentences[number]
    if number != quoted and _CONTRAST.match(text):
        return False
    if number < quoted:
        follows = number == quoted - 1 and bool(_AS_A_RESULT.match(sentences[quoted]))
        return follows or bool(_LEADS_TO.search(text) or _REASON.search(text))
    return bool(_REASON.search(text)) and not (number > quoted and _AS_A_RESULT.match(text))
