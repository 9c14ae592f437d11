"""A question in which one character replaces each name, time, grade and so on, so that patterns can match it.

"Was Leeds rated good before 2022?" becomes "was N rated G T?". The patterns in this package are written with the same
letters in braces: ``{N} (?:was )?rated {G}``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

Extent = tuple[int, int]
"""A part ``[start, end)`` of a slotted text."""


class Slot(Enum):
    """What a character stands for. Each kind has its own range of 256 private-use characters."""

    AUTHORITY = "N"
    TIME = "T"
    GRADE = "G"
    GRADE_SET = "S"
    """Several grades that are named together, or a grade with words such as "at least"."""
    AREA = "A"
    KIND = "K"
    PHRASE = "P"

    @property
    def first(self) -> int:
        """The first code point in the range of this kind."""
        return _FIRST[self]


_SIZE = 256
_FIRST_OF_ALL = 0xE000
_SLOTS = tuple(Slot)
_FIRST = {slot: _FIRST_OF_ALL + _SIZE * number for number, slot in enumerate(_SLOTS)}
_NO_WORD = rf"[^\w{chr(_FIRST_OF_ALL)}-{chr(_FIRST_OF_ALL + _SIZE * len(_SLOTS) - 1)}]"
_PLACEHOLDER = re.compile(r"\{([A-Z])\}")


@dataclass(frozen=True, slots=True)
class Entity:
    """A name, time, grade or other item that a question names, at ``[start, end)`` in its text."""

    slot: Slot
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SlottedText:
    """A text in lower case, with one character for each entity."""

    question: str
    text: str
    entities: tuple[Entity, ...]
    starts: tuple[int, ...]
    """Where each character starts in the question, followed by the end of the question."""

    @classmethod
    def of(cls, question: str, entities: Iterable[Entity]) -> SlottedText:
        """Put entities into a question. If two overlap, the first one in the list wins."""
        kept: list[Entity] = []
        for entity in entities:
            if not any(entity.start < other.end and other.start < entity.end for other in kept):
                kept.append(entity)
        kept.sort(key=lambda entity: entity.start)
        kept = [e for number, e in enumerate(kept) if sum(o.slot is e.slot for o in kept[:number]) < _SIZE]
        characters: list[str] = []
        starts: list[int] = []
        at, counts = 0, dict.fromkeys(Slot, 0)
        for entity in kept:
            characters += _lowered(question[at : entity.start])
            starts += range(at, entity.start)
            characters.append(chr(entity.slot.first + counts[entity.slot]))
            starts.append(entity.start)
            counts[entity.slot] += 1
            at = entity.end
        characters += _lowered(question[at:])
        starts += range(at, len(question) + 1)
        return cls(question, "".join(characters), tuple(kept), tuple(starts))

    @property
    def names(self) -> frozenset[str]:
        """The authorities that the question names."""
        return frozenset(entity.value for entity in self.entities if entity.slot is Slot.AUTHORITY)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the question of a part of the slotted text."""
        last = self.entity_at(end - 1) if end > start else None
        return self.starts[start], last.end if last else self.starts[end]

    def entity_at(self, position: int) -> Entity | None:
        """Return the entity that a character stands for. None if it is a character of the question itself."""
        number, place = divmod(ord(self.text[position]) - _FIRST_OF_ALL, _SIZE)
        if not 0 <= number < len(_SLOTS):
            return None
        return [entity for entity in self.entities if entity.slot is _SLOTS[number]][place]

    def reduced(self, parts: Sequence[tuple[int, int, Slot, Any]]) -> SlottedText:
        """Return the text with each ``[start, end)`` replaced by one new entity. The parts must not overlap."""
        ends = {start: (end, Entity(slot, value, *self.span(start, end))) for start, end, slot, value in parts}
        new = [entity for _, entity in ends.values()]
        within = [(entity.start, entity.end) for entity in new]
        kept = [e for e in self.entities if not any(start <= e.start < end for start, end in within)]
        return SlottedText.of(self.question, (*new, *kept))

    def extent_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the extent in the slotted text of the words at ``[start, end)`` in the question."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def positions(self, slot: Slot) -> list[tuple[int, Entity]]:
        """Return the entities of one kind, each with the position of its character."""
        found = ((at, self.entity_at(at)) for at in range(len(self.text)))
        return [(at, entity) for at, entity in found if entity and entity.slot is slot]

    def entities_in(self, start: int, end: int, slot: Slot | None = None) -> list[Entity]:
        """Return the entities that appear in a part of the slotted text."""
        found = (self.entity_at(position) for position in range(start, end))
        return [entity for entity in found if entity and (slot is None or entity.slot is slot)]


@cache
def pattern(expression: str) -> re.Pattern[str]:
    r"""Compile an expression in which ``{G}`` stands for a grade, ``{A}`` for an area, and so on.

    ``\W`` does not match the character of an entity. Otherwise, an expression could pass over a name unnoticed.
    """
    by_letter = {slot.value: slot for slot in Slot}

    def characters(match: re.Match[str]) -> str:
        slot = by_letter[match[1]]
        return f"[{chr(slot.first)}-{chr(slot.first + _SIZE - 1)}]"

    return re.compile(_PLACEHOLDER.sub(characters, expression.replace(r"\W", _NO_WORD)))


def _lowered(text: str) -> Sequence[str]:
    """Return the characters in lower case. A character that would become two characters does not change."""
    return [lower if len(lower := character.lower()) == 1 else character for character in text.replace("’", "'")]
