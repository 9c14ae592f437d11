"""Words and phrases for the sentences in answers from facts."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Kind
from qa_service.understanding.conditions.types import CountCondition
from qa_service.wording import KIND_WORDS, in_list

_NAMED_APART = 5
"""Maximum number of authorities that a note names one by one. Chosen."""


def plural(count: int, noun: str, many: str = "") -> str:
    """Return a count with its noun: "1 report", "2 reports", "no authorities"."""
    words = noun if count == 1 else many or f"{noun}s"
    return f"{count or 'no'} {words}"


def number_words(count: CountCondition) -> str:
    """Return how many inspections are meant: "two or more", "at most one"."""
    if count.most is None:
        return f"{count.least} or more"
    if count.least == count.most:
        return f"exactly {count.least}" if count.least else "no"
    return f"at most {count.most}" if not count.least else f"{count.least} to {count.most}"


def kind_noun(kinds: Sequence[Kind], count: int) -> str:
    """Return the noun for the given kinds of inspection: "monitoring visit", "inspections", "reports"."""
    names = {KIND_WORDS[kind] for kind in kinds}
    noun = (
        names.pop()
        if len(names) == 1
        else "visit"
        if names and all("visit" in name for name in names)
        else ("inspection" if names and Kind.ILACS in kinds else "report")
    )
    return noun if count == 1 else f"{noun}s"


def apart_words(authorities: Sequence[str], why: str) -> str:
    """Return a note on authorities that were not counted."""
    if not authorities:
        return ""
    names = (
        in_list(list(authorities))
        if len(authorities) <= _NAMED_APART
        else f"{in_list([*authorities[:_NAMED_APART], f'{len(authorities) - _NAMED_APART} more'])}"
    )
    return f"Not counted, because {why}: {names}."
