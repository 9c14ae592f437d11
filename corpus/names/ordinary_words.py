"""Distinguishes names in lower case from ordinary words with the same spelling: "Wilts" and "a child wilts".

The words around it decide, according to the grammar of the ordinary word. If they do not, we take it as the ordinary
word.
"""

from __future__ import annotations

import re

_PREPOSITION = r"(?:in|at|for|from|across|near|around|about|of|outside)"
_COUNCIL = re.compile(
    r"\s+(?:council|cc|bc|mbc|borough|county council|children[’']?s services|social care|ofsted|la)\b", re.IGNORECASE
)
"""Words that can follow a name but not an ordinary word."""
_STARTS = re.compile(r"(?:^|[.?!:;,–—\n(-])[\s“\"'(]*$")
_ENDS = re.compile(r"\W*$|\s*[,:;–—?!(]|\s+-\s|\s+(?:in |since |from )?(?:19|20)\d\d\b")
_SINGULAR_VERB = re.compile(r"\b(?:does|is|was|has|did) $", re.IGNORECASE)
_ANY_VERB = re.compile(r"\b(?:does|is|was|has|did|do|are|were|have|can|will|should) $", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(rf"\b{_PREPOSITION} $", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:[\w’'-]*[a-rt-z]s|children|people|[A-Z]{2,}s) $")
_OF_A_CLAUSE = re.compile(
    r"\b(?:an?|the|his|her|its|their|our|my|your|this|that|these|those|some|any|each|every|all|no|it|he|she|they|we|"
    r"i|you|who|which|what|when|if|because|to|can|will|would|could|should|must|may|might|not|and|or|but)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Words that show that a text is a clause and not a note: a clause has a subject and a verb."""
_BESIDE_BEASTS = re.compile(
    r"\b(?:an?|the|his|her|its|their|our|my|these|those|some|any|many|few|by|with|like|as|two|three|\w*ing) $",
    re.IGNORECASE,
)
_FUNCTION_AFTER = re.compile(
    r"\s+(?:and|or|for|on|at|with|to|is|are|was|were|has|have|had|do|does|did|in|since|compared|versus|vs|over|about|"
    r"good|any good|doing|rated|need|needs|still|get|keep|handle|manage|offer|provide|say|says)\b",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"\s+(?:time|times|room|rooms|water|aids?|chairs?|lifts?|bombs?|night|nights|routines?)\b")
"""Words that form one term with the noun before them: "bath time"."""


def stands_as_name(text: str, start: int, end: int, word_class: str) -> bool:
    """Return whether the word at ``[start, end)``, in lower case, is a name and not the ordinary word.

    ``word_class`` is the class of the ordinary word:

    - ``verb-s`` ("wilts") needs a singular subject before it.
    - ``verb`` ("bury") cannot follow a preposition, or end a note.
    - ``plural`` ("staffs") cannot follow a singular verb. With ``beast`` ("wolves"), reports never use the word.
    - ``noun`` ("bath") needs an article, or another noun after it.
    - ``activity`` ("reading") can be almost anywhere, so only a word such as "council" shows that it is a name.
    """
    before, after = text[:start], text[end:]
    if _COUNCIL.match(after):
        return True
    starts, ends = bool(_STARTS.search(before)), bool(_ENDS.match(after))
    note = not _OF_A_CLAUSE.search(before)
    placed = bool(_AFTER_PREPOSITION.search(before))
    if word_class == "verb-s":
        return starts or placed or bool(_PLURAL.search(before) or _ANY_VERB.search(before)) or (note and ends)
    if word_class == "verb":
        return starts or placed or bool(_SINGULAR_VERB.search(before)) or (note and ends)
    if word_class == "plural":
        followed = re.match(r"\s+(?:are|were|have|do)\b", after)
        at_start = starts and not followed
        return at_start or placed or bool(_SINGULAR_VERB.search(before)) or (note and ends)
    if word_class == "beast":
        return not _BESIDE_BEASTS.search(before)
    if word_class == "noun":
        if _COMPOUND.match(after):
            return False
        in_note = starts and not _OF_A_CLAUSE.search(after)
        alone = ends or bool(_FUNCTION_AFTER.match(after))
        return in_note or (alone and (placed or note or bool(_SINGULAR_VERB.search(before))))
    return False
