"""Recognises a question that asks for the number of grades, or of reports, in each year.

Examples are "How many were rated good, year by year?" and "How many focused visits were there each year?".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa_service.understanding.conditions.grades.changes import find_change, find_movement
from qa_service.understanding.conditions.grades.conditions import find_grade_conditions
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import AreaScope, Extreme, GradeCondition, LocatedCondition, Truth

_SHARES = r"(?:proportions?|shares?|percentages?|per ?cent|fractions?|%)"
_QUANTITY = rf"(?:numbers?|counts?|totals?|{_SHARES})"
_COUNTS = re.compile(
    rf"\bhow many\b|\bwhat number\b|\b{_QUANTITY} (?:of|(?:is|are|was|were|has|have|had|got)\b)|\btotal number of\b|"
    r"\b(?:are|were|have|do|did) (?:more|fewer|less)(?: and (?:more|fewer|less))?\b(?! than)"
)
"""Words that ask for a number or a share."""
_SHARE = re.compile(rf"(?<!\w){_SHARES}(?!\w)")
_CHANGED = (
    r"(?:chang(?:e|ed|es|ing)|(?:went|go|gone|goes|going|moved?|moving|been|trended) (?:up|down)|r[io]sen?|rose|rises|"
    r"rising|increas(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|f[ae]ll(?:en|s|ing)?|dropp?(?:ed|s|ing)?|gr[eo]w(?:n|s|ing)?|"
    r"declin(?:e|ed|es|ing)|shr[aiu]nk(?:en|s|ing)?|climb(?:ed|s|ing)?|improv(?:e|ed|es|ing)|worsen(?:ed|s|ing)?|"
    r"mov(?:e|ed|es|ing)|shift(?:ed|s|ing)?|var(?:y|ied|ies)|develop(?:ed|s|ing)?|evolv(?:e|ed|es|ing)|"
    r"g[eo]t(?:ten|ting)? (?:better|worse|higher|lower|bigger|smaller|larger))"
)
_NUMBER_CHANGED = re.compile(
    rf"\b(?:has|have|had|is|are|was|were|did|do|does) (?:the )?(?:total |overall )*{_QUANTITY} of "
    rf"(?P<of>(?:(?!\b(?:who|whose|that|which|with|where|having)\b)[^?.!;:]){{1,90}}?)\b(?P<changed>{_CHANGED})\b"
)
"""Words that ask how a number changed, rather than how a grade changed."""
_TREND = re.compile(
    r"\b(?:trends?|breakdowns?|break (?:it |them )?down|distribution)\b|"
    rf"\b(?:changes?|rises?|falls?|increases?|decreases?|growth|drops?|declines?) in (?:the )?{_QUANTITY}\b"
)
_SPREAD_CHANGED = re.compile(
    rf"\b(?:has|have|is|are|did|do|does) (?:the )?(?:distribution|breakdown|spread|mix|balance|pattern)s? of "
    rf"[^?.!;:]{{1,60}}?\b{_CHANGED}\b"
)
_GRADES_CHANGED = pattern(
    r"\b(?:has|have|did|do|does|are|is) (?:the )?(?:overall |ofsted |all |{A} )*(?:grades|ratings|judge?ments)"
    rf"(?: (?:for|in|on|of) (?:the )?{{A}})? (?:been )?{_CHANGED}\b"
)
"""Words that ask how the grades of all authorities changed."""
EACH_YEAR = pattern(
    r"\b(?:(?:broken|break it|break them) down |split |grouped |counted |shown |for |from |in |during |within )?"
    r"(?:one )?(?:years?|yr)[ -](?:by|on|after|over|to)[ -](?:the next )?(?:years?|yr)\b|"
    r"\b(?:(?:in|for|during|within|over) )?(?:each|every|per)(?: (?:single|one|calendar|separate|different|other))? "
    r"(?:of (?:the |these |those )?)?years?\b(?!['-]| (?:group|\d))|"
    r"\b(?:(?:in|for|during) )?(?:each|every(?: one)?) of {T}|"
    r"\b(?:(?:broken|break it|break them) down |split |grouped |counted |shown )?by (?:the )?(?:calendar )?years?"
    r"(?: of (?:the )?(?:publication|{K}))?\b(?!['-]| (?:group|\d))|"
    r"\bannually\b|\b(?:annual|yearly)\b(?! {K}| (?:conversation|plan|review|meeting|budget|survey))"
)
_EXTREME = pattern(
    r"\b(?:(?:in |during )?(?:which|what) (?:(?:one|calendar|single) )?years? (?:had|has|saw|was|were|did|is|are|gave|"
    r"produced|brought|ended (?:up )?with)?|when (?:was|were|did)(?: there)?(?: ofsted)?(?: give)?|"
    r"(?:the )?years? (?:with|that had|that saw))[^.?!;]{0,40}?\b(?:the )?"
    rf"(?:(?P<most>most|highest|largest|greatest|biggest)|(?P<fewest>fewest|lowest|least|smallest))\b"
    rf"(?: {_QUANTITY}(?: of)?)?"
)
"""Words that ask in which year a number was highest or lowest."""
_IS_IT = re.compile(r"\W*(?:and |so |but )*(?:was|is|were|are)(?:n't)?\b")
"""Words that ask if a given year was the one with the highest number."""
_WHICH_YEARS = pattern(
    r"\b(?:in )?(?:which|what) years (?:had|has|have|saw|with|without|was there|were there)(?: (?:no|any|some))* {K}"
)
"""Words that ask which years had any reports, or none."""
_OVER_YEARS = re.compile(
    r"\b(?:over|across|through|throughout|down) (?:the )?(?:\w+ )?(?:years|time)\b|"
    r"\bas (?:the )?(?:years|time) (?:went|go|goes) by\b"
)
_A_YEAR = re.compile(r"\ban? (?:calendar )?year\b(?! (?:ago|group|later|earlier|before|after|on)\b)")
"""Words for each year after a number of reports: "how many visits a year"."""
_OF_REPORTS = pattern(
    rf"(?:\bhow many|\b{_QUANTITY} of|\b(?:trends?|breakdowns?|distribution|spread) (?:of|in)|"
    r"\b(?:show|give)(?: me)?|^)(?:^| )"
    r"(?:(?:the|all|your|our|different|ofsted|published|new|inspection|{N}(?:'s?)?) )*(?P<kind>{K})"
)
"""Words that ask for a number of reports."""
_MOST_REPORTS = pattern(
    r"(?:\b(?:most|fewest|least)|\bof)(?: (?:the|all|ofsted|published|new|different))* (?P<kind>{K})"
)
"""Words for reports after "the highest" or "the lowest number of": "the most focused visits"."""
_GRADES = re.compile(r"\b(?:grades?|ratings?|judge?ments?|grading)\b")
_PUBLISHED = pattern(r"\bpublish(?:ed)?\b|\bpublication\b|\bc[ao]me out\b|\breleased\b|\bissued\b")
_RESULTED = re.compile(r"\b(?:result(?:ed|s|ing)|end(?:ed|s|ing)) (?:in|with)\b")
_LISTS = re.compile(
    rf"^\W*(?:and |so )?(?:which|who|whose|when|(?:list|name)(?! (?:me )?(?:the )?(?:total )?{_QUANTITY}))\b"
)
"""Words that ask which ones there are, rather than how many."""


@dataclass(frozen=True, slots=True)
class LocatedByYear:
    """What a question asks to count in each year, and the parts of the slotted text that say this."""

    stated: tuple[LocatedCondition, ...]
    """The grade to count. Empty if the question names no grade, so that every grade is counted, or if it counts
    reports."""
    extents: tuple[Extent, ...]
    share: bool
    published: bool
    """Whether reports count for the year in which they were published."""
    extreme: Extreme | None = None
    """Which years the question asks for. None if the question asks for all years."""


def find_by_year(slotted: SlottedText, names: Collection[str]) -> LocatedByYear | None:
    """Return what a question asks to count in each year. None if it does not ask for numbers of grades by year.

    ``names`` are the authorities that the question is about. A list of one authority's grades shows how they changed,
    so a question that names one must ask for a number.
    """
    text = slotted.text
    each_year, counts, trend = EACH_YEAR.search(text), _COUNTS.search(text), _TREND.search(text)
    number_changed = _NUMBER_CHANGED.search(text)
    extreme = _EXTREME.search(text) if slotted.positions(Slot.GRADE) and not _IS_IT.match(text) else None
    over_years = tuple(_OVER_YEARS.finditer(text))
    spread_changed = _SPREAD_CHANGED.search(text)
    if not spread_changed and not names and (each_year or over_years):
        spread_changed = _GRADES_CHANGED.search(text)
    if each_year:
        asks = bool(counts or number_changed or trend or spread_changed or (_GRADES.search(text) and not names))
    else:
        asks = bool(number_changed or ((trend or spread_changed) and not names))
    if extreme is None and (not asks or _LISTS.search(text)):
        return None
    if slotted.positions(Slot.PHRASE):
        return None
    of_number = number_changed or trend or spread_changed
    stated = _grade_counted(slotted, of_number=bool(of_number))
    if stated is None:
        return None
    found = (each_year, counts, trend, spread_changed, extreme, *over_years)
    found += (*_SHARE.finditer(text), *_RESULTED.finditer(text))
    extents = [match.span() for match in found if match]
    extents += [number_changed.span("changed")] if number_changed else []
    extents += [extent for located in stated for extent in located.extents]
    return LocatedByYear(
        tuple(stated),
        tuple(extents),
        share=bool(_SHARE.search(text)),
        published=bool(_PUBLISHED.search(text)),
        extreme=(Extreme.MOST if extreme["most"] else Extreme.FEWEST) if extreme else None,
    )


def find_reports_by_year(slotted: SlottedText) -> LocatedByYear | None:
    """Return what a question asks to count, if it asks for numbers of reports by year.

    None if the question does not ask for these.
    """
    text = slotted.text
    if any(slotted.positions(slot) for slot in (Slot.GRADE, Slot.AREA, Slot.PHRASE)) or _GRADES.search(text):
        return None
    extreme = None if _IS_IT.match(text) else _EXTREME.search(text)
    of_most = extreme and re.search(r"\b(?:most|fewest|least|of)$", extreme.group())
    most = _MOST_REPORTS.match(text, extreme.end() - len(of_most.group())) if extreme and of_most else None
    each_year, counted = EACH_YEAR.search(text), _OF_REPORTS.search(text)
    if counted and each_year is None:
        each_year = _A_YEAR.search(text, counted.end())
    number_changed = _NUMBER_CHANGED.search(text)
    over_years = tuple(_OVER_YEARS.finditer(text))
    which_years = _WHICH_YEARS.search(text)
    asks = counted and (each_year or (over_years and (number_changed or _TREND.search(text))))
    if most is None and which_years is None and (not asks or _LISTS.search(text)):
        return None
    found = (extreme, most) if most else (which_years, each_year, counted, _TREND.search(text), *over_years)
    extents = [match.span() for match in found if match]
    extents += [number_changed.span("changed")] if number_changed and not most else []
    return LocatedByYear(
        (),
        tuple(extents),
        share=False,
        published=bool(_PUBLISHED.search(text)),
        extreme=(Extreme.MOST if extreme["most"] else Extreme.FEWEST) if extreme and most else None,
    )


def _grade_counted(slotted: SlottedText, *, of_number: bool) -> Sequence[LocatedCondition] | None:
    """Return the grade or set of grades to count.

    Empty if the question means every grade. None if it does not ask for grades.

    ``of_number`` says whether words for a change are about the number and not about a grade.
    """
    if find_change(slotted):
        return None
    stated = find_grade_conditions(slotted)
    if stated:
        condition = stated[0].condition
        of_one = isinstance(condition, GradeCondition) and not isinstance(condition.area, AreaScope)
        plain = isinstance(condition, GradeCondition) and condition.truth is Truth.PICKED
        return stated if len(stated) == 1 and of_one and plain else None
    if slotted.positions(Slot.GRADE) or len(slotted.positions(Slot.AREA)) > 1 or not _GRADES.search(slotted.text):
        return None
    return None if find_movement(slotted) and not of_number else ()
