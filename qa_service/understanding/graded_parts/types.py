"""Which graded areas of an inspection a question asks about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.grades import Area, Grade


class Choice(StrEnum):
    """How a question chooses the areas that it asks about."""

    NAMED = "named"
    """It names them: "What mark did adoption get?"."""
    EVERY = "every"
    """All of them: "Break the grades down by area"."""
    HIGHEST = "highest"
    LOWEST = "lowest"
    ABOVE = "above"
    """Those with a better grade than the overall one."""
    BELOW = "below"
    """Those with a worse grade than the overall one: "good overall, but which part let it down?"."""
    SAME = "same"
    """Those with the overall grade."""
    DIFFERENT = "different"
    """Those with another grade than the overall one."""
    ALONE = "alone"
    """Those with another grade than most areas: "the odd one out"."""
    ALIKE = "alike"
    """It asks whether all areas have the same grade."""
    GRADED = "graded"
    """Those with certain grades: "it was not good overall, but which parts were?"."""


@dataclass(frozen=True, slots=True)
class GradedParts:
    """The areas of an inspection that a question asks the grades of."""

    choice: Choice
    areas: tuple[Area, ...] = ()
    """The areas that the question names."""
    grades: frozenset[Grade] = frozenset()
    """The grades that the areas must have or, if the question names the areas, that it asks about: "Was it good?"."""
    asserts: bool = False
    """Whether the question asks if any area fits: "was anything below good?"."""
    narrower: tuple[str, ...] = ()
    """The words in the question for something that has no grade of its own, such as "front door". The area's grade
    covers more than that."""
    with_reasons: bool = False
    """Whether the question also asks for the reasons: "and what was the gist of why"."""

    def __post_init__(self) -> None:
        if bool(self.areas) != (self.choice is Choice.NAMED):
            raise ValueError(f"a question that names areas asks about these areas, and no other question does: {self}")
        if self.choice is Choice.GRADED and not self.grades:
            raise ValueError("a question that chooses areas by their grades names these grades")
