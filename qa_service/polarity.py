"""Whether a question asks for weaknesses or strengths, and whether a sentence tells only of the other."""

from __future__ import annotations

import re

_ASKS_WEAKNESS = re.compile(
    r"\b(?:weak(?:ness(?:es)?|er)?|wrong|criti[cs]is\w+|problems?|concern(?:s|ed)?|worr(?:y|ies|ied)|poor(?:ly)?|"
    r"fail(?:s|ed|ing|ings|ures?)?|short(?:falls?|comings?)|gaps?|pulled up|struggl\w+|let down|"
    r"not (?:good|working|doing)|bad(?:ly)?|hold-?ups?|barriers?|complain\w*|missing out|"
    r"too (?:long|late|many|few|slow|high)|late|delays?|overloaded|need(?:s|ed)? to improve)\b",
    re.IGNORECASE,
)
_ASKS_STRENGTH = re.compile(
    r"\b(?:strengths?|praised?|good at|do(?:es|ing)? well|did well|going well|went well|works? well|working well|"
    r"(?:best|good) practice|positives?|impress\w+|speak well|excel\w*|proud)\b",
    re.IGNORECASE,
)
_PRAISES = re.compile(
    r"\b(?:good|strong(?:ly)?|effective(?:ly)?|well|timely|prompt(?:ly)?|improv(?:ed|ing)|positive(?:ly)?|"
    r"appropriate(?:ly)?|robust|thorough(?:ly)?|sensitive(?:ly)?|high[- ]quality|skilled|excellent|impressive|"
    r"comprehensive|creative|persistent|committed|clear(?:ly)?|benefit(?:s|ed)?|successful(?:ly)?|enables?|ensures?|"
    r"strength(?:s|ened)?|outstanding|swift(?:ly)?|confident|valued?|manageable|stable)\b",
    re.IGNORECASE,
)
_FAULTS = re.compile(
    r"\b(?:not|no|never|\w+n['’]t|too|inadequate|poor(?:ly)?|weak\w*|delay\w*|insufficient\w*|lack(?:s|ed|ing)?|"
    r"inconsisten\w+|varia\w+|varies|concern\w*|fail\w*|limited|drift\w*|late|long|few(?:er)?|unable|need(?:s|ed)? to|"
    r"miss(?:ed|ing)|absen\w+|unclear|however|although|despite|slow\w*|unnecessar\w+|risk of|without|yet to|below|"
    r"high|increas\w+|only|some|remain\w*|over-?\w+|under-?\w+|difficult\w*|challeng\w*|shortage\w*|gap\w*|"
    r"ineffective\w*|rarely|seldom|wait\w*|backlog|un\w+ed)\b",
    re.IGNORECASE,
)
"""Words that a fault is told with, and those that qualify praise: a sentence with one of them may tell of a fault."""


def asks_for_weakness(question: str) -> bool:
    """Whether what is wrong is asked for."""
    return bool(_ASKS_WEAKNESS.search(question)) and not asks_for_strength(question)


def asks_for_strength(question: str) -> bool:
    """Whether what is good is asked for."""
    return bool(_ASKS_STRENGTH.search(question))


def only_praises(sentence: str) -> bool:
    """Whether a sentence tells of something good and of nothing else."""
    return bool(_PRAISES.search(sentence)) and not _FAULTS.search(sentence)


def only_faults(sentence: str) -> bool:
    """Whether a sentence tells of something wrong and of nothing good."""
    return bool(_FAULTS.search(sentence)) and not _PRAISES.search(sentence)
