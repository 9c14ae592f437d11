"""Turns what we found in a question into its conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.understanding.conditions.accounting import limits_left, merged, overlaps, with_preposition
from qa_service.understanding.conditions.assembly.answered_by import GRADE_OF_AUTHORITY
from qa_service.understanding.conditions.assembly.fillers import frames_in
from qa_service.understanding.conditions.assembly.found import Found, Known
from qa_service.understanding.conditions.assembly.left_out import each_of_kinds, kinds_named, kinds_of
from qa_service.understanding.conditions.grades.sets import with_grade_sets
from qa_service.understanding.conditions.limits.phrases import find_limits
from qa_service.understanding.conditions.selection import says_came_out
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import Condition, Conditions, GradeCondition, Span, Truth, Wanted
from qa_service.understanding.conditions.wanted import LocatedWanted
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason
from qa_service.understanding.times.changes import words_for_change

_EITHER = pattern(r"{S}(?:(?!\bbut\b|\band\b).){0,60}\bor\b (?:\w+ ){0,4}{S}|{A}.{0,20}\bor\b (?:\w+ ){0,4}{A}")
"""Two conditions, if an authority only has to meet one of them."""
_HAS_BEEN_SINCE = pattern(
    r"(?:\b(?:has|have|had)|who's) (?:[^ ]+ ){0,3}?been (?!consistently|always|continuously)"
    r"(?:[^ ]+ ){0,3}?(?:{G}|{S})[^?.!]*{T}"
)
"""Words that ask who had a grade at any inspection in a period."""
_WERE = pattern(r"\b(?:were|was|got|received|given)\b(?: (?:rated|judged|graded|an?|as))* (?:{G}|{S})")
_UP_OR_DOWN = re.compile(r"\bup,? (?:or|and) (?:\w+ )?down\b|\bdown,? (?:or|and) (?:\w+ )?up\b")
"""Words that mean a change of grade if the question also names a graded area."""


def of_facts(found: Found, wanted: LocatedWanted, left: Sequence[Extent]) -> Conditions:
    """Return the conditions in a question that the facts of reports answer. ``left`` are the words left over."""
    text = found.slotted.text
    groups = [with_preposition(text, extent) for extent in merged(text, left)]
    of_each = each_of_kinds(found.slotted) if wanted.wanted is Wanted.AUTHORITIES and not found.stated else ()
    any_of = len(found.stated) > 1 and bool(_EITHER.search(with_grade_sets(found.slotted).text))
    return Conditions(
        wanted=wanted.wanted,
        counts=wanted.counts,
        share=wanted.share,
        kinds=() if of_each else kinds_named(found.slotted, found.other_kinds),
        each_of_kinds=tuple(entity.value for entity in of_each),
        other_kinds=kinds_of([found.slotted.entities_in(*match.span("kind"))[0] for match in found.other_kinds]),
        asserts=found.asserts is not None,
        of_all=found.of_all,
        grades=_at_some_time(found) if not any_of else _stated_conditions(found),
        any_of=any_of,
        which=found.which.which if found.which else None,
        newest=found.newest.count if found.newest else None,
        extreme=found.by_year.extreme if found.by_year else None,
        by_year=found.by_year is not None and wanted.wanted is Wanted.REPORTS,
        is_new=found.new is not None or (wanted.wanted is Wanted.REPORTS and says_came_out(found.slotted)),
        number=found.count.count if found.count else None,
        led_by=found.leader.name if found.leader else "",
        date_of="published" if found.newest and found.newest.published else wanted.date_of,
        relations=found.comparison[0] if found.comparison else frozenset(),
        excluded=found.excluded,
        theme=found.theme.condition if found.theme else None,
        not_applied=spans_of(found.slotted, groups),
    )


def _stated_conditions(found: Found) -> tuple[Condition, ...]:
    """Return the conditions of a question without repeats."""
    return tuple(dict.fromkeys(located.condition for located in found.stated))


def _ever_since(found: Found, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """For "Who has been inadequate since 2020?", return conditions that any inspection since then can meet.

    An authority that was inadequate in 2022 and is good now has been inadequate since 2020.
    """
    of_authorities = found.wanted is not None and found.wanted.wanted is Wanted.AUTHORITIES
    if not of_authorities or found.which or found.count or not _is_since(found.slotted):
        return conditions
    if not all(
        isinstance(each, GradeCondition) and each.truth is Truth.PICKED and not each.denied for each in conditions
    ):
        return conditions
    return tuple(replace(each, truth=Truth.EVER) if isinstance(each, GradeCondition) else each for each in conditions)


def _is_since(slotted: SlottedText) -> bool:
    """Whether a question asks who had a grade at any time since a given year."""
    if _HAS_BEEN_SINCE.search(slotted.text):
        return True
    times = [slotted.question[entity.start : entity.end] for _, entity in slotted.positions(Slot.TIME)]
    return bool(_WERE.search(slotted.text)) and len(times) == 1 and times[0].lower().startswith("since")


def _at_some_time(found: Found) -> tuple[Condition, ...]:
    """Return the conditions of a question, with changes that let one authority meet all of them.

    One inspection cannot rate an authority both inadequate and outstanding. So "has been both" is about all
    inspections, unless the question names a time or an inspection for one of them.
    """
    conditions = _ever_since(found, _stated_conditions(found))
    plain = [each for each in conditions if isinstance(each, GradeCondition) and each.truth is Truth.PICKED]
    if len(plain) < 2 or len(plain) < len(conditions) or found.which or found.slotted.positions(Slot.TIME):
        return conditions
    same_area = len({each.area for each in plain}) == 1
    if not same_area or frozenset.intersection(*(each.grades for each in plain)):
        return conditions
    return tuple(replace(each, truth=Truth.EVER) for each in plain)


def of_text(found: Found, known: Known) -> Conditions:
    """Return the conditions in a question that the reports' own words answer."""
    slotted = found.slotted
    stated = tuple(located for located in found.stated if GRADE_OF_AUTHORITY.search(slotted.text))
    which = found.which if found.which and slotted.entities_in(*found.which.extent, Slot.KIND) else None
    used = [extent for located in stated for extent in located.extents]
    used += [which.extent] if which else []
    used += [match.span() for match in found.left_out]
    used += [slotted.extent_of(start, end) for start, end in words_for_change(slotted.question)]
    used += [slotted.extent_of(start, end) for start, end in known.unread_times]
    limits = [
        (extent, limit)
        for extent, limit in find_limits(slotted, known.names, known.regions)
        if not overlaps(extent, used)
    ]
    used += [extent for extent, _ in limits]
    used += frames_in(slotted.text)
    return Conditions(
        grades=tuple(located.condition for located in stated if isinstance(located.condition, GradeCondition)),
        which=which.which if which else None,
        excluded=found.excluded,
        limits=tuple(limit for _, limit in limits),
        not_applied=(
            *spans_of(slotted, [*_grades_left(found, used), *limits_left(slotted, used)]),
            *(Span(start, end) for start, end in known.unread_times),
        ),
    )


def _grades_left(found: Found, used: Sequence[Extent]) -> list[Extent]:
    """Return the words for a grade or a change of grade that a query does not apply."""
    question = found.slotted.question
    if asks_about_others(question) or asks_for_reason(question):
        return []
    certain = [located for located in found.stated if located.certain or _says_when(located.condition)]
    extents = [extent for located in certain for extent in located.extents]
    if found.slotted.positions(Slot.AREA) or "overall" in found.slotted.text:
        extents += [match.span() for match in _UP_OR_DOWN.finditer(found.slotted.text)]
    return merged(found.slotted.text, [extent for extent in extents if not overlaps(extent, used)])


def _says_when(condition: Condition) -> bool:
    """Whether a condition on grades says how many inspections must meet it: "has ever been inadequate"."""
    return isinstance(condition, GradeCondition) and condition.truth is not Truth.PICKED


def spans_of(slotted: SlottedText, extents: Sequence[Extent]) -> tuple[Span, ...]:
    """Return the places in the question of parts of a slotted text."""
    return tuple(Span(*slotted.span(*extent)) for extent in extents)
