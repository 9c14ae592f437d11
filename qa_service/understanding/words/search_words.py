"""Finds the words in a question that we should search for, and the names among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.dates import MONTH
from corpus.names.authorities import Mention
from corpus.names.typed_names import AmbiguousMention
from qa_service.understanding.times.period import Period

LETTER = r"\bletter\b(?! (?:before|to|from|sent)\b)"
"""The word "letter" if it means a letter that reports on a visit, but not a letter to parents or before proceedings."""
# Words that only ask, and do not name the subject. They include words that other fields of an interpretation cover.
_ASKING = re.compile(
    rf"{LETTER}|\b(?:according to|ofsted|inspectors?|inspections?|reports?|visits?|find|found|said|say|says|tell|told|"
    r"news|article|thematic|"
    r"please|pls|thanks|compared?|versus|vs|v|latest|most recent(?:ly)?|currently|now|"
    r"(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) )?monitoring|"
    r"focus+ed)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b(?!-)")
_MOST_IN_CAPITALS, _FEW = 0.7, 5
"""If more than this share of a text's long words have a capital letter, a capital does not mark a name. ``_FEW`` long
words are too few to tell. We chose these values by judgement."""
_WITHIN_NAME = re.compile(r" (?:of (?:the )?|for (?:the )?|& )?")
"""The text between two words of one name."""
_FOREIGN = re.compile(r"\b\w*[^\W\d_a-zA-Z]\w*")
_NOT_NAMES = re.compile(
    rf"^(?:{MONTH}|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter|ofsted|council|borough|county|"
    r"city|english|british|england|please|thanks|latest|children|services|inspectors|reports?|visit|inspection)$",
    re.IGNORECASE,
)
"""Words that people write with a capital letter but that are not names to search for."""


def search_text(text: str, named: Sequence[Mention | AmbiguousMention], periods: Sequence[Period]) -> str:
    """Return a text without the names of authorities, times, and words that only ask.

    If nothing is left, return the whole text.
    """
    spans = sorted([(m.start, m.end) for m in named] + [(p.start, p.end) for p in periods])
    kept, at = [], 0
    for start, end in spans:
        if start >= at:
            kept.append(text[at:start])
            at = end
    kept.append(text[at:])
    words = re.sub(
        r"(?<=\s)['’]?s\b|^['’]?s\b|\b(?:in|at|for|of|to|from|and|with|by|between) (?=\s|[?,.;:)]|$)",
        " ",
        " ".join(kept),
    )
    words = re.sub(r"\([\s,]*\)", " ", _ASKING.sub(" ", words))
    words = re.sub(r"\s+([?.,;:])", r"\1", re.sub(r"\s+", " ", words)).strip(" ,;:-–")
    return words if re.search(r"[A-Za-z]{3}", words) else text


def names_in(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return the names in a text: words with a capital letter in mid-sentence. Words in capitals are abbreviations.

    Words that follow each other are one name, as in "Signs of Safety". ``spans`` are the positions of authorities and
    regions, which are left out. We also treat a word in another script as a name. No report contains such a word, so no
    report is about such a name.
    """
    long_words = re.findall(r"\b[A-Za-z]{4,}", text)
    if sum(word[0].isupper() for word in long_words) > _MOST_IN_CAPITALS * len(long_words) and len(long_words) > _FEW:
        return tuple(dict.fromkeys(_FOREIGN.findall(text)))
    extents: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        inside = any(start <= match.start() < end for start, end in spans)
        if inside or _NOT_NAMES.match(match.group()):
            continue
        if extents and _WITHIN_NAME.fullmatch(text, extents[-1][1], match.start()):
            extents[-1] = (extents[-1][0], match.end())
        else:
            extents.append(match.span())
    names = [text[start:end] for start, end in extents]
    return tuple(dict.fromkeys((*names, *_FOREIGN.findall(text))))
