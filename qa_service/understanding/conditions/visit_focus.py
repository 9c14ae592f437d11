"""Recognises a question that asks what visits looked at, or which visits looked at a subject.

Examples are "What did the last three visits to Leeds look at?" and "How many focused visits looked at the front door?".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.types import VISITS
from qa_service.understanding.conditions.contents.themes import END, THEME
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import FocusCondition
from qa_service.understanding.subjects import subjects_of

_MOST_WORDS = 9
"""Maximum number of words for a subject. With more words, it says something that we would have to ignore."""
_LOOKED_AT = (
    r"(?:look(?:s|ed|ing)? (?:at|into)|focus+(?:es|ed|ing)? on|concentrat(?:es?|ed|ing) on|examin(?:es?|ed|ing)|"
    r"review(?:s|ed|ing)?|evaluat(?:es?|ed|ing))"
)
_LOOK = rf"(?:{_LOOKED_AT}|cover(?:s|ed|ing)?|consider(?:s|ed|ing)?|inspect(?:s|ed|ing)?|check(?:s|ed|ing)?)"
_WHAT = (
    r"\bwhat(?:(?: (?:areas?|topics?|subjects?|services?|aspects?|parts?)(?: of (?:work|practice|social work))?)? "
    r"(?:did|do|does|have|has|had|was|were|is|are)|'s|'ve)\b"
)
_AFTER = r"\W*$| (?:in|at|by|during|on|since|between|over|for|the|its|their|of)\b|[ ,]+(?:{T}|{K}|{N})"
_WHAT_IT_WAS = tuple(
    (pattern(_WHAT), pattern(expression))
    for expression in (rf"(?<=[ ,]){_LOOK}(?={_AFTER})", r"(?<=[ ,])(?:all )?(?:about|on|into)(?=\W*$)")
)
"""Words at the start of a question about what visits looked at, and the verb or the preposition at its end."""
_FOCUS_OF = pattern(r"\b(?:focus(?:es)?|topics?|subject matter|scope|remit)\b")
_BE = r"(?:(?:have|has|had) been|is|are|was|were)"
_ON_SUBJECT = tuple(
    pattern(expression)
    for expression in (
        (
            r"\b(?:that |which |who |where (?:inspectors|ofsted) )?(?:have |has |had |were |was )?(?:also )?"
            rf"{_LOOKED_AT} {THEME}{END}"
        ),
        rf"(?<={{K}}) (?:(?:that|which) )?(?:{_BE} )?(?:all )?(?:about|on|into|covering) {THEME}{END}",
    )
)
_NO_SUBJECT = pattern(r"\b(?:vs|versus|than|but|not|more|less|most)\b")


@dataclass(frozen=True, slots=True)
class LocatedFocus:
    """A condition on what visits looked at, and the words that state it."""

    condition: FocusCondition
    extents: tuple[Extent, ...]


def find_visit_focus(slotted: SlottedText) -> Iterable[LocatedFocus]:
    """Yield what a question may say or ask about what visits looked at."""
    named = SlottedText.of(
        slotted.question,
        [each for each in slotted.entities if each.slot in (Slot.AUTHORITY, Slot.TIME, Slot.KIND)],
    )
    kinds = [entity.value for _, entity in named.positions(Slot.KIND) if entity.value]
    if not kinds or any(not set(each) <= set(VISITS) for each in kinds):
        return

    def extent(start: int, end: int) -> Extent:
        return slotted.extent_of(*named.span(start, end))

    for opening, ending in _WHAT_IT_WAS:
        first = opening.search(named.text)
        last = ending.search(named.text, first.end()) if first else None
        if first and last:
            yield LocatedFocus(FocusCondition(), (extent(*first.span()), extent(*last.span())))
    if match := _FOCUS_OF.search(named.text):
        yield LocatedFocus(FocusCondition(), (extent(*match.span()),))
    for expression in _ON_SUBJECT:
        if (match := expression.search(named.text)) and len(match["theme"].split()) <= _MOST_WORDS:
            start, end = named.span(*match.span("theme"))
            words = named.question[start:end]
            the = "the " * named.question[:start].lower().endswith("the ")
            if subjects_of(words) and not _NO_SUBJECT.search(words.lower()):
                yield LocatedFocus(FocusCondition(the + words), (extent(*match.span()),))
