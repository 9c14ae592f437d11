"""Rewrites everyday phrases in plain words: "whos gone backwards since 2019" asks "who has got worse since 2019".

``data/rewordings.toml`` has the phrases. We rewrite a text only if the facts of reports then answer it, using each of
its words, and would not answer it otherwise. So a phrase with another meaning stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from qa_service.understanding.conditions.of_interpretation import with_conditions
from qa_service.understanding.conditions.slots import SlottedText
from qa_service.understanding.conversation.messages.rewordings import reworded
from qa_service.understanding.conversation.messages.shapes import (
    Needs,
    compiled,
    filled,
    needs,
    shapes_data,
    slotted_for_shapes,
)
from qa_service.understanding.graded_parts.of_interpretation import with_graded_parts
from qa_service.understanding.histories.of_interpretation import with_past_grades
from qa_service.understanding.interpretation import Interpretation, interpret
from qa_service.understanding.questions.matter_questions import matter_asked
from qa_service.understanding.questions.rankings import themes_asked
from qa_service.understanding.waits.of_interpretation import with_wait

_MOST_WORDS = 30
"""Maximum number of words in a text that we rewrite in plain words. Chosen by judgement."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A shape of a part of a text, and the plain words for it."""

    shape: str
    says: str
    needs: Needs

    def put_into(self, slotted: SlottedText) -> str | None:
        """Return a text in which the plain words replace the phrase. None if the text does not have the phrase."""
        if not self.needs.are_met_by(slotted, frozenset(entity.slot for entity in slotted.entities)):
            return None
        match = compiled(self.shape, whole=False).search(slotted.text)
        plain = filled(self.says, match, slotted) if match else None
        if match is None or plain is None:
            return None
        start, end = slotted.span(*match.span())
        put = f"{slotted.question[:start]} {plain} {slotted.question[end:]}"
        return re.sub(r"\s+(?=[?.,!;:]|$)", "", " ".join(put.split()))


def in_plain_words(text: str, authorities: Sequence[str], today: date) -> str:
    """Return a text in which plain words replace everyday phrases, if facts then answer it.

    Return any other text as it is. ``authorities`` are the ones that the index has reports on.
    """
    if not text.strip() or len(text.split()) > _MOST_WORDS:
        return text
    plain, slotted = text, slotted_for_shapes(text, authorities, today)
    for phrase in _phrases():
        if found := phrase.put_into(slotted):
            plain, slotted = found, slotted_for_shapes(found, authorities, today)
    if plain == text or _is_answered(text, authorities, today):
        return text
    if (asked := reworded(plain, authorities, today)) != plain:
        return asked
    return plain if _is_answered(plain, authorities, today) else text


def _is_answered(text: str, authorities: Sequence[str], today: date) -> bool:
    """Whether the facts of reports, or what reports say about one matter, answer a text and use each of its words."""
    question = _read(text, authorities, today)
    facts = question.conditions.is_about_facts or question.wait is not None or question.past_grades is not None
    answered = facts or matter_asked(question) or themes_asked(question)
    return bool(answered) and not question.not_applied and not question.choices


def _read(text: str, authorities: Sequence[str], today: date) -> Interpretation:
    timed = with_wait(with_conditions(interpret(text, authorities, today), authorities, today), authorities, today)
    return with_graded_parts(with_past_grades(timed, authorities, today), authorities, today)


@cache
def _phrases() -> tuple[_Phrase, ...]:
    """Return the phrases of ``data/rewordings.toml``, in order."""
    return tuple(
        _Phrase(shape, each["says"], needs(shape)) for each in shapes_data()["phrase"] for shape in each["typed"]
    )
