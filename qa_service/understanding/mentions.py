"""Finds the people, bodies and things that a question mentions, and that a passage must mention to answer it.

The passage nearest to a question about foster carers may be about care leavers, even if it contains all the other
words. The list is in an editable data file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_JOINED = re.compile(r"\W*(?:,|/|&|\b(?:and|or|nor|versus|vs)\b)\W*(?:the |an? |by |with |from |of )?", re.IGNORECASE)
"""Words between two mentions in a list of alternatives: "schools, health visitors and GPs"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, body or thing that a question may mention."""

    name: str
    asked: re.Pattern[str]
    """The words that questions use for it."""
    stated: re.Pattern[str]
    """The words of reports that mention it or are always about it."""
    unless: re.Pattern[str] | None = None
    """Phrases of questions in which the words of ``asked`` mean something else."""
    kind: str = ""
    """"group", "body" or "subject". A sentence with another mention of the same kind may be about the other mention.
    Empty if sentences often name several at once."""

    def is_in(self, text: str) -> bool:
        """Whether a passage mentions it."""
        return bool(self.stated.search(text))

    def places(self, question: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of the words of a question that mention it."""
        others = [match.span() for match in self.unless.finditer(question)] if self.unless else []
        for match in self.asked.finditer(question):
            if not any(start < match.end() and match.start() < end for start, end in others):
                yield match.span()


Alternatives = tuple[Mention, ...]
"""Alternative mentions. A passage needs only one of them."""


def mentions_in(question: str) -> tuple[Alternatives, ...]:
    """Return what a question mentions, in order. Mentions that follow each other in a list are alternatives."""
    places = _longest(
        sorted((*place, at) for at, mention in enumerate(mentions()) for place in mention.places(question))
    )
    found: list[list[int]] = []
    last_end: int | None = None
    for start, end, at in places:
        joined = last_end is not None and (start < last_end or _JOINED.fullmatch(question[last_end:start]))
        if joined:
            found[-1].append(at)
        else:
            found.append([at])
        last_end = max(end, last_end or 0)
    return tuple(tuple(mentions()[at] for at in dict.fromkeys(group)) for group in found)


def _longest(places: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Leave out a mention within a longer one: "school" within "virtual school"."""

    def is_within(place: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
        return other[0] <= place[0] and place[1] <= other[1] and other[:2] != place[:2]

    return [place for place in places if not any(is_within(place, other) for other in places)]


def is_about_another(groups: Iterable[Alternatives], sentence: str, near_text: str) -> bool:
    """Whether a sentence is about a group, body or subject other than the one in the question.

    This is true if the sentence mentions another one of the same kind, and if neither it nor the text before it
    mentions the one in the question. Of the 2,959 labelled sentences for which this is true, 19 answer their question
    (ADR 0050).
    """
    groups = tuple(groups)
    asked = {mention.name for group in groups for mention in group}
    for group in groups:
        kinds = {mention.kind for mention in group} - {""}
        if not kinds or any(mention.is_in(near_text) for mention in group):
            continue
        others = (other for other in mentions() if other.kind in kinds and other.name not in asked)
        if any(other.asked.search(sentence) for other in others):
            return True
    return False


def names_of(groups: Iterable[Alternatives]) -> list[str]:
    """Return the names of mentions, without repeats."""
    return list(dict.fromkeys(mention.name for group in groups for mention in group))


@cache
def mentions() -> tuple[Mention, ...]:
    """Return the mentions in ``data/mentions.toml``. Raises ValueError if a mention has no words."""
    content = tomllib.loads(files("qa_service").joinpath("data/mentions.toml").read_text(encoding="utf-8"))
    return tuple(
        Mention(
            row["name"],
            _any_of(row["asked"]),
            _any_of([*row["asked"], *row["stated"]]),
            _any_of(row["unless"]) if "unless" in row else None,
            row.get("kind", ""),
        )
        for row in content["mention"]
    )


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return an expression for any of the phrases.

    In a phrase, "*" matches letters, and a space also matches a hyphen.
    """
    if not phrases:
        raise ValueError("a mention in mentions.toml needs at least one phrase in “asked”")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, phrases))})(?!\w)")


def _expression(phrase: str) -> str:
    words = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"[ -]")
    return words if any(letter.isupper() for letter in phrase) else f"(?i:{words})"
