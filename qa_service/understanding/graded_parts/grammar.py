"""Recognises questions about the grades of the parts of an inspection.

A question is one of these only if each of its words belongs to the grammar here or is a word that any question may
contain. "Which part of the service let children down?" is about what reports say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.grades import BOARD, OVERALL, Area, Grade
from corpus.names.authorities import Mention
from qa_service.understanding.conditions.accounting import words_left
from qa_service.understanding.conditions.grades.sets import ALL_GRADES, GradeSet, find_grade_sets
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText
from qa_service.understanding.graded_parts import wording
from qa_service.understanding.graded_parts.areas import entities_with_areas, narrower_words
from qa_service.understanding.graded_parts.types import Choice, GradedParts
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason
from qa_service.understanding.times.period import Period


def find_graded_parts(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> GradedParts | None:
    """Return the parts of an inspection that a question asks the grades of. None if it asks for no such grades.

    ``named`` and ``periods`` are the authorities and the times found in the text.
    """
    asked = wording.AND_WHY.sub("", text)
    if asks_about_others(asked) or asks_for_reason(asked):
        return None
    slotted = SlottedText.of(asked, entities_with_areas(asked, named, periods))
    if slotted.positions(Slot.PHRASE):
        return None
    areas = tuple(dict.fromkeys(entity.value for _, entity in slotted.positions(Slot.AREA)))
    if areas:
        found = _against_board(slotted, areas) or _of_named(slotted, areas)
    else:
        found = _which_were(slotted) or _chosen(slotted) or _with_grades(slotted)
    if found is None:
        return None
    asserts = bool(wording.ASKS_WHETHER_ANY.search(slotted.text)) and found.choice in wording.MAY_ASK_WHETHER
    return replace(found, asserts=asserts, narrower=narrower_words(asked), with_reasons=asked != text)


def _against_board(slotted: SlottedText, areas: Sequence[Area]) -> GradedParts | None:
    """Return the overall grade and the board's, if a question asks about both: "did the board fail too?"."""
    council = wording.COUNCIL.search(slotted.text)
    graded = (
        wording.FAIL.search(slotted.text) or slotted.positions(Slot.GRADE) or wording.ASKS_GRADE.search(slotted.text)
    )
    compares = wording.AGAINST_BOARD.search(slotted.text)
    compares_both = re.search(r"\bbetter\b|\bworse\b|\bhow (?:did|does|do|was|is)\b", slotted.text)
    if set(areas) != {BOARD} or not council or not compares or not (graded or compares_both):
        return None
    used = [council.span(), compares.span(), *(match.span() for match in re.finditer(r"\bthan\b", slotted.text))]
    return None if _has_words_left(slotted, used) else GradedParts(Choice.NAMED, areas=(OVERALL, BOARD))


def _of_named(slotted: SlottedText, areas: tuple[Area, ...]) -> GradedParts | None:
    """Return the areas that a question asks the grades of, if it names no grade."""
    text = slotted.text
    if than_others := wording.THAN_OTHERS.search(text):
        compared = wording.COMPARATIVE.search(text)
        used = [than_others.span(), *([compared.span()] if compared else [])]
        return None if compared is None or _has_words_left(slotted, used) else GradedParts(Choice.EVERY)
    asks = wording.ASKS_GRADE.search(text)
    compared = wording.COMPARATIVE.search(text) if len(areas) > 1 else None
    of_board = wording.WHAT_OF_BOARD.search(text) if areas == (BOARD,) else None
    is_board_graded = areas == (BOARD,) and _is_yes_or_no(text) and slotted.positions(Slot.GRADE)
    if not (asks or compared or of_board or is_board_graded):
        return None
    grades = find_grade_sets(slotted)
    if (grades and not is_board_graded) or len(grades) > 1:
        return None
    than = [match.span() for match in re.finditer(r"\bthan\b|\bor\b", text)] if compared else []
    used = [match.span() for match in (compared, of_board) if match]
    if _has_words_left(slotted, [*used, *than, *((one.start, one.end) for one in grades)]):
        return None
    overall = (OVERALL,) if wording.AND_OVERALL.search(text) else ()
    return GradedParts(Choice.NAMED, areas=(*overall, *areas), grades=_admitted(grades[0]) if grades else frozenset())


def _is_yes_or_no(text: str) -> bool:
    return bool(re.match(r"\W*(?:and |so |but )*(?:was|were|is|are|did|does|do|has|have|had)\b", text))


def _which_were(slotted: SlottedText) -> GradedParts | None:
    """Return the areas that have, or do not have, the grade named before: "not good overall, but which parts were?"."""
    sets = find_grade_sets(slotted)
    failed = wording.FAIL.search(slotted.text)
    match = wording.WHICH_WERE.search(slotted.text)
    if match is None or len(sets) > 1 or not (sets or failed) or (sets and sets[0].end > match.start()):
        return None
    used = [match.span(), *([(sets[0].start, sets[0].end)] if sets else [])]
    if not (match["verb"] or match["denied"]) or _has_words_left(slotted, used):
        return None
    escaped = bool(match["denied"]) or match["verb"] in ("escaped", "avoided")
    return GradedParts(Choice.GRADED, grades=_meant(sets[0] if sets else None, escaped=escaped))


def _meant(grade_set: GradeSet | None, *, escaped: bool) -> frozenset[Grade]:
    """Return the grades that "which parts were?" means after a grade, or those of "which were not?".

    What was not good was worse, but what was not inadequate was better. If something was good, it may be better.
    """
    order = list(Grade)
    base = grade_set.grades if grade_set else frozenset({Grade.INADEQUATE})
    if not escaped:
        return frozenset(order[: max(map(order.index, base)) + 1]) if base == {Grade.GOOD} else base
    worse = frozenset(order[max(map(order.index, base)) + 1 :])
    return worse or frozenset(order[: min(map(order.index, base))])


def _chosen(slotted: SlottedText) -> GradedParts | None:
    """Return the areas that a question chooses by how their grades compare with each other or with the overall one."""
    if not (wording.CHOOSES.search(slotted.text) and wording.OF_GRADES.search(slotted.text)) or len(slotted.names) > 1:
        return None
    if any(grade_set.operator for grade_set in find_grade_sets(slotted)):
        return None  # "below good" is a condition of its own
    used = [match.span() for match in wording.CHOICE_WORDS.finditer(slotted.text)]
    if _has_words_left(slotted, used):
        return None
    which = wording.ASKS_WHICH.search(slotted.text)
    choices = (choice for choice, expression in wording.CHOICES if expression.search(slotted.text))
    return next((GradedParts(choice) for choice in choices if which or choice not in wording.OF_EXTREMES), None)


def _with_grades(slotted: SlottedText) -> GradedParts | None:
    """Return the areas with certain grades: "it was good overall, but was any area not good?".

    The last grade is the one that the areas must have, unless each grade has a question word of its own.
    """
    sets = find_grade_sets(slotted)
    if not sets or len(slotted.names) > 1:
        return None
    asks = [match for match in wording.WITH_GRADES.finditer(slotted.text) if match.start() < sets[-1].start]
    kept_from = wording.KEPT_FROM.search(slotted.text[: sets[-1].start])
    used = [(one.start, one.end) for one in sets] + [
        match.span() for match in (*asks, *([kept_from] if kept_from else []))
    ]
    if not asks or _has_words_left(slotted, used):
        return None
    if kept_from:
        return GradedParts(Choice.GRADED, grades=_meant(sets[-1], escaped=True))
    both = len(sets) > 1 and wording.SECOND_SET.search(slotted.text[sets[-2].end : sets[-1].start])
    grades = frozenset().union(*(_admitted(one) for one in (sets[-2:] if both else sets[-1:])))
    return GradedParts(Choice.GRADED, grades=grades) if grades else None


def _admitted(grade_set: GradeSet) -> frozenset[Grade]:
    """Return the grades that meet a condition. "Not good" means worse than good."""
    if grade_set.denied and grade_set.grades == {Grade.GOOD}:
        return _meant(grade_set, escaped=True)
    return ALL_GRADES - grade_set.grades if grade_set.denied else grade_set.grades


def _has_words_left(slotted: SlottedText, used: Sequence[Extent]) -> bool:
    known = [match.span() for words in (wording.KNOWN, wording.BACKGROUND) for match in words.finditer(slotted.text)]
    return bool(words_left(slotted, [*used, *known]))
