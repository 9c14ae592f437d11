"""Recognises questions that ask for weaknesses or strengths, and sentences that describe only the opposite."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Polarity(StrEnum):
    """What a question asks for: strengths or weaknesses."""

    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"


_ASKS_WEAKNESS = re.compile(
    r"\b(?:weak(?:ness(?:es)?|er)?|wrong|criti[cs]is\w+|problems?|concern(?:s|ed)?|worr(?:y|ies|ied)|poor(?:ly)?|"
    r"fail(?:s|ed|ing|ings|ures?)?|short(?:falls?|comings?)|gaps?|pulled up|struggl\w+|let down|"
    r"not (?:good|working|doing)|bad(?:ly)?|hold-?ups?|barriers?|complain\w*|missing out|lacking|lacks?|"
    r"too (?:long|late|many|few|slow|high)|late|delays?|overloaded|need(?:s|ed)? to improve)\b",
    re.IGNORECASE,
)
_ASKS_STRENGTH = re.compile(
    r"\b(?:strengths?|praised?|good at|do(?:es|ing)? well|did well|going well|went well|works? well|working well|"
    r"(?:best|good) practice|positives?|impress\w+|speak well|excel\w*|proud)\b",
    re.IGNORECASE,
)
_NOT_JUST_BEFORE = re.compile(r"(?:\b(?:not|never|no longer|less)|n[’']t)(?:\s+\w+){0,2}\s+$", re.IGNORECASE)
_BOTH = re.compile(
    r"\bstrengths? (?:and|or|&|vs\.?|versus) weakness(?:es)?\b|"
    r"\bweakness(?:es)? (?:and|or|&|vs\.?|versus) strengths?\b|"
    r"\b(?:good|positives?|praise\w*) (?:and|or|&|vs\.?) (?:the )?(?:bad|poor|negatives?|criti\w+)\b",
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
"""Words that describe a weakness or qualify praise. A sentence with one of them may describe a weakness."""


_NO_FAULT = re.compile(
    r"\b(?:little|no|minimal|without|avoids?|avoiding|less|fewer)(?: (?:any|undue|unnecessary))? (?:delays?|drift)\b",
    re.IGNORECASE,
)
"""Words for the absence of a weakness, which is praise."""


def asks_for_weakness(question: str) -> bool:
    """Whether a question asks for weaknesses."""
    weak = _ASKS_WEAKNESS.search(question) or _denied_strength(question)
    return bool(weak) and not asks_for_strength(question) and not _asks_for_both(question)


def asks_for_strength(question: str) -> bool:
    """Whether a question asks for strengths."""
    strong = _ASKS_STRENGTH.search(question)
    return bool(strong) and not _denied_strength(question) and not _asks_for_both(question)


def _denied_strength(question: str) -> bool:
    """Whether a question asks about the lack of a strength: "isn't working well"."""
    return any(_NOT_JUST_BEFORE.search(question[: strength.start()]) for strength in _ASKS_STRENGTH.finditer(question))


def _asks_for_both(question: str) -> bool:
    return bool(_BOTH.search(question))


def polarity_asked(question: str) -> Polarity | None:
    """Return what a question asks for, if only a weakness can answer it, or only a strength.

    "What is weak about the fostering team?" can. "Is the fostering team weak?" is different, because
    praise answers it too.
    """
    words = _polarity_words()
    if not words.not_for_yes_or_no.search(question) or _asks_for_both(question):
        return None
    strengths = list(words.praise.finditer(question))
    denied = [bool(_NOT_JUST_BEFORE.search(question[: strength.start()])) for strength in strengths]
    weak, strong = bool(words.criticism.search(question)) or any(denied), not all(denied)
    if weak == strong:
        return None
    return Polarity.WEAKNESSES if weak else Polarity.STRENGTHS


@dataclass(frozen=True, slots=True)
class _PolarityWords:
    """The words of ``data/polarity.toml``."""

    criticism: re.Pattern[str]
    praise: re.Pattern[str]
    not_for_yes_or_no: re.Pattern[str]


@cache
def _polarity_words() -> _PolarityWords:
    content = tomllib.loads(files("qa_service").joinpath("data/polarity.toml").read_text(encoding="utf-8"))
    criticism, praise, opens, after_any, before_of = (
        "|".join(map(_expression, content[key])) for key in ("criticism", "praise", "opens", "after_any", "before_of")
    )
    asks = (
        rf"(?:^|[:;,–—-])\W*(?:(?:and|so|ok|but|please|then)\b,? *)*(?:{opens})\b|"
        rf"(?<!is there )(?<!was there )\bany(?:thing)?(?: \w+){{0,2}} (?:{after_any})(?!\w)|"
        rf"\b(?:{before_of}) (?:of|in|with|about|for|at|around|on)\b"
    )
    return _PolarityWords(
        *(re.compile(text, re.IGNORECASE) for text in (rf"\b(?:{criticism})(?!\w)", rf"\b(?:{praise})(?!\w)", asks))
    )


def _expression(phrase: str) -> str:
    """Return the expression for a phrase of the data file."""
    return (
        re.escape(phrase)
        .replace(r"\ \.\.\.\ ", r"(?: [\w’'-]+){0,5} ")
        .replace(r"\*", r"\w*")
        .replace(r"\ \$", r"\W*$")
        .replace(r"\ ", " ")
    )


def only_praises(sentence: str) -> bool:
    """Whether a sentence describes strengths and no weakness."""
    without, absent = _NO_FAULT.subn(" ", sentence)
    return bool(absent or _PRAISES.search(without)) and not _FAULTS.search(without)


def only_criticises(sentence: str) -> bool:
    """Whether a sentence describes weaknesses and no strengths."""
    return bool(_FAULTS.search(sentence)) and not (_NO_FAULT.search(sentence) or _PRAISES.search(sentence))
