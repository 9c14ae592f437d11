"""Finds the grades that a question names together, with the words that extend or deny them: "at least good"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.grades import Grade
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern

ALL_GRADES = frozenset(Grade)
_GROUP = pattern(r"{G}(?:(?: ?/ ?|,? (?:or|and|nor) (?:an? )?(?:rated |judged |graded )?|, ){G})*")
_ARTICLES = r"(?:an? |the |as |to be |rated |judged |graded |overall )*"
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words}) {_ARTICLES}$"), operator)
    for operator, words in (
        (
            "at least",
            r"at least|(?:a )?minimum (?:of|grade of)|(?:no|not?|nothing|n't) (?:worse|lower|less|poorer) than",
        ),
        ("at least", r"(?:not|never|nothing) below|as good as"),
        ("at most", r"at (?:most|best)|(?:no|not|nothing|n't) (?:better|higher|more) than|not above|a maximum of"),
        (
            "worse",
            (
                r"(?:(?:dropp?(?:ed)?|f[ae]ll(?:en)?|slip(?:ped)?|gone|went) )?below|(?:less|worse|lower|poorer|"
                r"weaker) than|under|beneath|short of"
            ),
        ),
        ("better", r"(?:better|higher|more|stronger|greater) than|above|over|exceed(?:s|ed|ing)?|beyond"),
    )
)
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:,? (?:or|and) (?:{words})|/(?:{words}))(?: than that)?\b"), operator)
    for operator, words in (
        ("at least", r"better|above|higher|over|more|up(?:wards)?"),
        ("at most", r"worse|below|lower|less|under|poorer"),
    )
)
_VERBS = (
    r"(?:(?:been|being|be|get|got|getting|given|is|are|was|were|have|has|had|yet|currently|ever|once|their|its|"
    r"considered|deemed|found|rated|judged|graded|declared|awarded|receiv(?:e|ed)|achiev(?:e|ed|ing)|assessed|scored?|"
    r"any areas?|a single area|one area|ranked|overall|to be|as|at|an?|the|classed|in|for|by|ofsted|inspectors|"
    r"either|reach(?:ed)?|hold|holding|"
    r"that|which|who|ones|those|one)\b[ ,]*)*"
)
_DENIED = pattern(
    r"(?:\bnot|n't|\bno(?! (?:better|worse|higher|lower|longer|more|less)\b)|"
    r"\bnever|\bwithout|\black(?:s|ed|ing)?|\bfail(?:s|ed|ing)? to|\bmiss(?:ed|es|ing)(?: out on)?|"
    r"\bneither|\b(?:anything|something|everything|any grade|a grade|grades?) (?:but|other than|except|apart from)|"
    r"\bother than|\bapart from|\bexcept(?: for)?|\bexcluding|\bbut not|\brather than|\binstead of|\bnon)"
    rf"[ -]*{_VERBS}(?:{{A}} )?{_VERBS}$"
)


@dataclass(frozen=True, slots=True)
class GradeSet:
    """Grades that a text names together, and whether it denies them."""

    grades: frozenset[Grade]
    start: int
    end: int
    denied: bool
    operator: str = ""
    """The operator that extends them: "at least", "worse" and so on."""


def find_grade_sets(slotted: SlottedText) -> list[GradeSet]:
    """Return the sets of grades that a text names, in order."""
    return [found for match in _GROUP.finditer(slotted.text) for found in _grade_sets(slotted, match)]


def with_grade_sets(slotted: SlottedText) -> SlottedText:
    """Return a text in which grades named together, and the words that extend or deny them, form one entity."""
    sets = [_grade_set(slotted, match) for match in _GROUP.finditer(slotted.text)]
    parts: list[tuple[int, int, Slot, frozenset[Grade]]] = []
    for s in sets:
        grades = ALL_GRADES - s.grades if s.denied else s.grades
        if not parts or parts[-1][1] <= s.start:
            parts.append((s.start, s.end, Slot.GRADE_SET, grades))
    return slotted.reduced(parts)


def _grade_sets(slotted: SlottedText, match: re.Match[str]) -> list[GradeSet]:
    """Return the sets of grades in a group: one set, unless it says "both inadequate and outstanding"."""
    if not slotted.text[: match.start()].endswith("both ") or " and " not in match.group():
        return [_grade_set(slotted, match)]
    at = [place for place, _ in slotted.positions(Slot.GRADE) if match.start() <= place < match.end()]
    starts = [match.start() - len("both "), *at[1:]]
    return [
        GradeSet(frozenset({entity.value}), start, place + 1, denied=False)
        for start, place in zip(starts, at, strict=True)
        if (entity := slotted.entity_at(place))
    ]


def _grade_set(slotted: SlottedText, match: re.Match[str]) -> GradeSet:
    text, (start, end) = slotted.text, match.span()
    grades = frozenset(entity.value for entity in slotted.entities_in(start, end, Slot.GRADE))
    operator = ""
    if after := next(((m, op) for words, op in _AFTER if (m := words.match(text, end))), None):
        operator = after[1]
        grades, end = _grades_allowed(grades, operator), after[0].end()
    else:
        before = next(((m, op) for words, op in _BEFORE if (m := words.search(text[:start]))), None)
        if before:
            operator = before[1]
            grades, start = _grades_allowed(grades, operator), before[0].start()
    denial = _DENIED.search(text[:start])
    return GradeSet(grades, denial.start() if denial else start, end, denial is not None, operator)


def _grades_allowed(grades: frozenset[Grade], operator: str) -> frozenset[Grade]:
    """Return the grades that an operator allows, such as all grades at least as good as the worst one named."""
    order = list(Grade)  # this order goes from the best to the worst
    best, worst = min(map(order.index, grades)), max(map(order.index, grades))
    admitted = {
        "at least": order[: worst + 1],
        "at most": order[best:],
        "better": order[:best],
        "worse": order[worst + 1 :],
    }
    return frozenset(admitted[operator])
