"""Finds the named things in a question that a passage must also name, such as a programme, a team or a centre.

A passage on other support does not answer "Do adopters get Mockingbird support?".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.mentions import Alternatives, Mention
from qa_service.understanding.requirements import Requirements, requirements_of
from qa_service.understanding.words.abbreviations import stands_for
from qa_service.understanding.words.vocabulary import is_term, names_of_same, related_words

_CAPITALS = re.compile(r"(?<![\w’'-])[A-Z]{3,}(?![\w’'-])")
"""A name in capitals, such as THRIVE, if it is no abbreviation that we know."""
_OF_A_PLACE = re.compile(r"(?<=\w )(?:North|South|East|West|Central|Midlands)\b")
_TITLE = re.compile(r"\b[A-Z][\w’-]+(?: [A-Z][\w’-]+)+")
"""Words with capital letters that follow each other in a report."""
_COUNCILS = frozenset({"MBC", "CBC", "RBC", "LBC", "MDC", "CMBC"})
"""Types of council, which people type after a name: "Orle MBC"."""
_MOST_IN_CAPITALS = 3
"""If a question has more words in capitals than this, the capitals do not show names."""


def requirements_for(question: Interpretation) -> Requirements:
    """Return what a sentence must contain to answer a question, and what its passage must name."""
    requirements = requirements_of(question.text)
    return replace(requirements, mentions=(*requirements.mentions, *named_things(question)))


def named_things(question: Interpretation) -> tuple[Alternatives, ...]:
    """Return the named things in a question, each as a mention.

    A report may write a name as ordinary words, so lower-case letters count too.
    """
    names = dict.fromkeys((*question.names, *_in_capitals(question)))
    return tuple((Mention(name, _pattern(name), _pattern(name)),) for name in names if _is_own_name(name))


def writes_name_in(question: Interpretation, sentence: str) -> bool:
    """Whether a sentence writes words of a question as a name: "Adopt South West" for "adopt south west".

    Names of one word do not count, because too many words have a capital letter.
    """
    asked = f" {' '.join(re.findall(r'[a-z0-9’-]+', question.text.lower()))} "
    names = (match.group() for match in _TITLE.finditer(sentence) if match.start())
    return any(f" {name.lower()} " in asked and not (is_term(name) or names_of_same(name)) for name in names)


def _in_capitals(question: Interpretation) -> Iterator[str]:
    found = [word for word in _CAPITALS.findall(question.search_text) if word not in _COUNCILS]
    if len(found) <= _MOST_IN_CAPITALS:
        yield from (word for word in found if not any(word in name for name in question.names))


def _is_own_name(name: str) -> bool:
    """Whether a name has no other words for the same thing, as "Covid" and abbreviations have.

    A body that is named after what it does and where, such as "Adoption West", has no other name.
    """
    if is_term(name) or stands_for(name):
        return False
    return bool(_OF_A_PLACE.search(name)) or not related_words(name)


def _pattern(name: str) -> re.Pattern[str]:
    """Return an expression for a name, in capitals or small letters, in which a space also matches a hyphen."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name))
    return re.compile(rf"(?<!\w){words}", re.IGNORECASE)
