"""Writes the apostrophe in the name of an authority where a person left it out: "Orles last inspection"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.understanding.interpretation import authorities_named

_ENDS = re.compile(r"s(?= [A-Za-z])")


def with_apostrophes(text: str, authorities: Sequence[str]) -> str:
    """Return a text with an apostrophe before each "s" that follows the name of an authority and precedes a word.

    ``authorities`` are the ones that the index has reports on.
    """
    for mention in sorted(authorities_named(text, authorities), key=lambda mention: -mention.end):
        if _ENDS.match(text, mention.end):
            text = f"{text[: mention.end]}'{text[mention.end :]}"
    return text
