"""What a question about an authority's grades over time asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.grades import Area, Grade


class Form(StrEnum):
    """What a question about past grades wants to know."""

    RECORD = "record"
    """The grade at each inspection: "What is its track record?"."""
    EVER = "ever"
    """Whether any inspection gave certain grades: "Has it ever been good?"."""
    SINCE = "since"
    """Whether the grade has improved since certain grades: "Has it improved since it was inadequate?"."""
    LEFT = "left"
    """Whether an authority no longer has certain grades: "Has it come out of inadequate?", "Did it lose its good?"."""
    ENDED = "ended"
    """When certain grades ended: "When did it stop being inadequate?"."""
    BEGAN = "began"
    """When certain grades began: "Since when has it been good?"."""
    LASTED = "lasted"
    """How long an authority had certain grades: "How long was it inadequate?"."""
    NUMBER = "number"
    """How many inspections gave certain grades: "How many times has it been inadequate?"."""
    SEVERAL = "several"
    """Whether several inspections gave certain grades: "Has it been inadequate more than once?"."""
    STILL = "still"
    """Whether the latest inspection gave certain grades: "Is it still inadequate?"."""
    HIGHEST = "highest"
    LOWEST = "lowest"
    MOVED = "moved"
    """How each area's grade changed when the overall grade went from one to another: "Which areas fell when it went
    from good to inadequate?"."""
    CHANGED = "changed"
    """How each area's grade changed at the latest inspection: "What changed between its last two inspections?"."""


_OF_ALL_GRADES = (Form.RECORD, Form.HIGHEST, Form.LOWEST, Form.CHANGED)
"""The forms that do not name grades."""


@dataclass(frozen=True, slots=True)
class PastGrades:
    """What a question about past grades asks for."""

    form: Form
    grades: frozenset[Grade] = frozenset()
    """The grades that the question names. Empty for the forms that are about all grades."""
    area: Area | None = None
    """The area that the question names. None means the overall grade."""
    and_since: bool = False
    """Whether the question also asks what came after these grades, or after the time that it names: "and has it
    improved since?", "and what is it now?"."""
    least: int = 2
    """The number of inspections that ``SEVERAL`` asks for."""
    after: frozenset[Grade] = frozenset()
    """The grades that an authority had after ``grades``, for ``MOVED``."""

    def __post_init__(self) -> None:
        if bool(self.grades) == (self.form in _OF_ALL_GRADES):
            raise ValueError(f"a question about past grades names some, unless it is about all of them: {self}")
