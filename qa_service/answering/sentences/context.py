"""Finds the sentence that must be shown before another one, because the other refers back to it."""

from __future__ import annotations

import re

from corpus.types import Passage
from index.search.anaphora import refers_back

_LACKS_SUBJECT = re.compile(
    r"(?:(?:however|but|and|also|as a result|in addition|consequently),? )*"
    r"(?:they|these(?! (?:are|were) )|those|he|she|his|her|their|its|such|both(?= (?:are|were|have|had|say|said))|"
    r"the (?:latter|former)|this(?= (?:is|was|has|had|means|meant|leads|led|results|resulted|includes|included|group|"
    r"practice|work|approach)\b)|"
    r"(?:of|among|for|in|at|with|from|to|"
    r"(?:some|most|many|all|none|half|(?:a )?few|several|one|two|three|each|much) of) (?:these|them|such)|"
    r"it(?! (?:is|was|will be|would be|remains|remained)\b[^.]{0,40}? (?:that|to|for|whether)\b)|"
    r"there(?! (?:is|are|was|were|has|have|had|remains?|continues?|needs?|will|may|can)\b))\b",
    re.IGNORECASE,
)
"""How a sentence begins if it does not say who or what it is about. "It is clear that" and "There are" do not count."""
_ENDS_ON_PRONOUN = re.compile(r"(?:[\w’'-]+ ){1,6}(?:it|them)[.!;]?", re.IGNORECASE)
"""A short sentence such as "Team managers use it.\""""


def lacks_subject(sentence: str) -> bool:
    """Whether a reader needs the sentence before this one to know what this one is about."""
    return bool(_LACKS_SUBJECT.match(sentence) or _ENDS_ON_PRONOUN.fullmatch(sentence.strip()))


def with_subject(passage: Passage, number: int) -> str:
    """Return a sentence of a passage. If it refers back to the sentence before it, return both."""
    text = passage.text[slice(*passage.sentences[number])]
    if not number or not refers_back(text):
        return text
    return f"{passage.text[slice(*passage.sentences[number - 1])]} {text}"
