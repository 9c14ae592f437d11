"""Leaves out words at the end of a question for a list that ask for no more than the list: "…, and who were they?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qa_service.understanding.conditions.of_interpretation import with_conditions
from qa_service.understanding.conditions.types import LISTS
from qa_service.understanding.interpretation import interpret

_LISTED = r"(?:ones?|councils|authorities|las|boroughs|places|reports|inspections|visits|letters)"
_THEY = r"(?:they|these|those|it|that|this)"
_TAIL = re.compile(
    r"(?<!\s)\s*+[,;:.?!–—-]*+\s*+\b(?:and |plus |also )*(?:"
    rf"(?:who|where|which)(?: {_LISTED})?(?: (?:are|were|was|is) {_THEY})?|what (?:are|were) they|"
    rf"(?:list|name|show)(?: me)? (?:them|all of them|(?:the|which|those) {_LISTED})|say (?:who|which)|"
    rf"out of (?:how many|what total)(?: {_LISTED})?|(?:with )?(?:the |their )?(?:names and )?dates"
    r")(?: please| pls| too| as well)?\W*$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:how many|number of|count|what (?:proportion|share|percentage)|which|who|list|any|what)\b", re.IGNORECASE
)


def without_list_tail(text: str, authorities: Sequence[str], today: date) -> str:
    """Return a question for a list without words at its end that the list itself answers.

    The list names its authorities, reports and dates, and says out of how many it counts. Return a text as it is if the
    rest is no question for a list that facts answer with each of its words. ``authorities`` are the ones that the index
    has reports on.
    """
    found = _TAIL.search(text)
    if found is None:
        return text
    rest = text[: found.start()].rstrip(" ,;:–—-")
    if len(rest.split()) < _FEWEST or not _LIST.search(rest):
        return text
    rest = rest if rest.endswith(("?", ".", "!")) else f"{rest}?"
    conditions = with_conditions(interpret(rest, authorities, today), authorities, today).conditions
    answered = conditions.is_about_facts and conditions.wanted in LISTS and not conditions.not_applied
    return rest if answered else text


_FEWEST = 4
"""Minimum number of words in a question for a list. We chose this value by judgement."""
