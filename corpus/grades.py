"""The grades, the graded areas and the frameworks. Their data is all in this module.

To add a framework, add it to ``FRAMEWORKS``, its grades to ``Grade``, its areas to ``AREAS``, and the list of areas
that it grades to ``data/graded_areas.toml``. ``corpus.grade_tables.judgements`` reads tables of any layout, and
``corpus.facts.stated_outcomes`` reads sentences. A new kind of inspection of an authority's services also needs a
member of ``corpus.types.Kind`` and a title in ``corpus.facts.inspection_titles``. Any other kind needs only an
entry in ``data/kinds.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.kind_list import kind_entries
from corpus.types import OF_SERVICES, OTHER_KINDS, OWN_ACCOUNT, Form, Grading, Judgement, Kind, Report


class Grade(StrEnum):
    """A grade in use since 2013. Its value is its name in lower case. The members run from the best to the worst."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"

    @property
    def printed(self) -> tuple[str, ...]:
        """The forms used in tables and sentences, with capitals as in tables."""
        return _PRINTED[self]


class Relation(StrEnum):
    """How one grade compares with another."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


def relation(first: Grade, second: Grade) -> Relation:
    """Return how the first grade compares with the second."""
    order = tuple(Grade)
    difference = order.index(first) - order.index(second)
    return Relation.SAME if difference == 0 else Relation.BETTER if difference < 0 else Relation.WORSE


class EarlierGrade(StrEnum):
    """A grade on the scale used until 2013.

    The members run from the best to the worst. Reports also print their numbers. "Adequate" is between good and
    inadequate. It is not the same as the grade that replaced it, "requires improvement". So we never compare the two
    scales, and no list of grades mixes them.
    """

    OUTSTANDING = "outstanding"
    GOOD = "good"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"

    @property
    def number(self) -> int:
        """The number of the grade, from 1 for the best."""
        return list(EarlierGrade).index(self) + 1


_PRINTED = {
    Grade.OUTSTANDING: ("Outstanding",),
    Grade.GOOD: ("Good",),
    Grade.REQUIRES_IMPROVEMENT: (
        "Requires improvement to be good",
        "Requires Improvement to be good",
        "Requires improvement",
        "Requires Improvement",
        "Require improvement to be good",
        "Require improvement",
    ),
    Grade.INADEQUATE: ("Inadequate",),
}
_SPOKEN = {
    Grade.REQUIRES_IMPROVEMENT: (
        "requiring improvement to be good",
        "requiring improvement",
        "required improvement to be good",
        "required improvement",
    )
}
"""Forms used only by people who ask questions: "Which councils were judged as requiring improvement?"."""


def _pattern(forms: Iterable[str]) -> str:
    """Return a group that matches any of the forms. The longest forms come first, so that each matches in full."""
    return f"(?:{'|'.join(sorted({form.lower() for form in forms}, key=lambda form: (-len(form), form)))})"


def grade_words(*grades: Grade) -> str:
    """Return a pattern for the words that name any of the given grades, or any grade at all if none is given.

    It covers every form that reports or people who ask questions use, such as "requiring improvement". It is an unnamed
    group in lower case, without word boundaries. Compile it with ``re.IGNORECASE``.
    """
    forms = [form for table in (_PRINTED, _SPOKEN) for grade in grades or Grade for form in table.get(grade, ())]
    return _pattern(forms)


GRADE_WORDS = grade_words()
"""Pattern for a grade in a question or in running text. See ``grade_words``."""
PRINTED_GRADE = _pattern(form for forms in _PRINTED.values() for form in forms)
"""Pattern for a grade that a report prints in a cell of a table, in a sentence or in a title."""
GRADE_CELL = re.compile(rf"^{PRINTED_GRADE}$", re.IGNORECASE)
"""A cell that contains only a grade."""
_EARLIER_WORD = f"(?:{'|'.join(EarlierGrade)})"
EARLIER_GRADE = (
    rf"(?:grade\s*+:?\s*+)?"
    rf"(?:[1-4]\s*+[-–—:]?\s*+\(?\s*+{_EARLIER_WORD}\s*+\)?|{_EARLIER_WORD}(?:\s*+\(?\s*+(?:grade\s*+)?[1-4]\s*+\)?)?)"
    r"|grade\s*+:?\s*+[1-4]"
)
"""Pattern for a grade of the scale used until 2013: "Grade 3 (adequate)", "adequate", "3 – adequate", "Grade 3"."""
_NAMED = {form.lower(): grade for t in (_PRINTED, _SPOKEN) for grade, forms in t.items() for form in forms}
_AROUND = " .,:;!?()'\"‘’“”"
"""Characters that may surround the words of a grade."""


def grade_named(words: str) -> Grade | None:
    """Return the grade that the words name in any form, or None if they do not name exactly one grade."""
    return _NAMED.get(" ".join(words.lower().split()).strip(_AROUND))


@dataclass(frozen=True, slots=True)
class Area:
    """An area that is graded in reports."""

    key: str
    name: str
    """A short name, for charts."""
    asked: re.Pattern[str]
    """Matches questions about the area."""
    printed: re.Pattern[str]
    """Matches the names of the area in reports under any framework."""
    title: str = ""
    """The name that we give the area if a report states its grade in a sentence that does not name the area."""

    def is_asked_in(self, text: str) -> bool:
        """Return whether the text of a question asks about this area."""
        return bool(self.asked.search(text))

    def is_printed_as(self, area: str) -> bool:
        """Return whether a judgement's area, as printed, covers this one. A printed area may cover two areas."""
        return bool(self.printed.search(area))


def _area(key: str, name: str, *, asked: str, printed: str, title: str = "") -> Area:
    return Area(key, name, re.compile(asked, re.IGNORECASE), re.compile(printed, re.IGNORECASE), title)


CARE_LEAVERS = _area(
    "care-leavers",
    "Care leavers",
    asked=(
        r"\bcare leavers?\b|\b(?:(?:young )?people |those |children )?(?:leaving|who (?:have )?left|left) care\b|"
        r"\bcare[- ]experienced(?: (?:young )?people)?\b"
    ),
    # ILACS: "The experiences and progress of care leavers"; until 2023 it had one area for children in care and
    # care leavers. SIF: "Experiences and progress of care leavers".
    printed=r"care leavers|leaving care",
)
CHILDREN_IN_CARE = _area(
    "children-in-care",
    "Children in care",
    asked=r"\b(?:children |kids |those )?in care\b|\blooked[- ]after(?: (?:children|kids))?\b|"
    r"\bchildren looked after\b",
    # ILACS: "The experiences and progress of children in care". SIF: "Children looked after and achieving permanence".
    printed=r"in care\b|looked after",
)
HELP_AND_PROTECTION = _area(
    "help-and-protection",
    "Help and protection",
    asked=(
        r"\b(?:(?:children )?(?:who )?need(?:ing|s)? )?help (?:and|&) protection\b|"
        r"\b(?:children )?(?:who )?need(?:ing)? help\b|"
        r"\bchild protection\b"
    ),
    # Both frameworks: "children who need help and protection".
    printed=r"help and protection|need help",
)
LEADERS = _area(
    "leaders",
    "Leadership",
    asked=r"\b(?:the )?(?:impact of )?leaders(?:hip)?\b|\bmanagement\b",
    # ILACS: "The impact of leaders on social work practice …". SIF: "Leadership, management and governance".
    printed=r"leader|management",
)
ADOPTION = _area(
    "adoption",
    "Adoption",
    asked=r"\badoption(?: performance)?\b",
    # SIF: "Adoption performance".
    printed=r"adoption",
)
BOARD = _area(
    "safeguarding-board",
    "Safeguarding board",
    asked=r"\bsafeguarding (?:children )?boards?\b|\bLSCBs?\b",
    # SIF, and reviews of a board: the judgement is a sentence.
    printed=r"safeguarding children board",
    title="The effectiveness of the Local Safeguarding Children Board",
)
OVERALL = _area(
    "overall",
    "Overall",
    asked=r"\boverall\b",
    # ILACS until April 2026: "Overall effectiveness". SIF: the judgement is a sentence.
    printed=r"overall",
    title="Overall effectiveness",
)
AREAS = (CARE_LEAVERS, CHILDREN_IN_CARE, HELP_AND_PROTECTION, LEADERS, ADOPTION, BOARD, OVERALL)
"""All areas, in the order in which questions are matched. Care leavers come before children in care, because a question
about care leavers may also say "in care". The overall grade comes last."""
AREAS_BY_KEY = {area.key: area for area in AREAS}
MAIN_AREAS = (OVERALL, HELP_AND_PROTECTION, CHILDREN_IN_CARE, CARE_LEAVERS, LEADERS)
"""The areas that both ILACS and SIF grade, in the order in which charts show them."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework, and the kinds of inspection that follow it."""

    name: str
    graded: tuple[Kind, ...] = ()
    """Kinds of inspection that give grades or an outcome."""
    ungraded: tuple[Kind, ...] = ()
    """Kinds of inspection that give neither grades nor an outcome."""
    outcomes: tuple[str, ...] = ()
    """The outcomes that reports under this framework state instead of grades, from the best to the worst, as
    printed."""


AREA_SEND = Framework(
    "Area SEND framework",
    graded=(Kind.AREA_SEND,),
    # Area SEND framework and handbook, Ofsted and CQC, 2023.
    outcomes=(
        "typically lead to positive experiences and outcomes",
        "lead to inconsistent experiences and outcomes",
        "widespread and/or systemic failings leading to significant concerns about the experiences and outcomes",
    ),
)
FRAMEWORKS = (
    Framework(
        "Inspecting local authority children’s services (ILACS)",
        graded=(Kind.ILACS, Kind.SHORT),
        ungraded=(Kind.FOCUSED_VISIT,),
    ),
    Framework("Inspections of services for looked after children", graded=(Kind.LOOKED_AFTER,)),
    Framework("Single inspection framework (SIF)", graded=(Kind.SINGLE_INSPECTION, Kind.LSCB_REVIEW)),
    AREA_SEND,
    Framework("Joint targeted area inspections (JTAI)", ungraded=(Kind.JOINT_TARGETED,)),
)
_NAMES = {kind: framework.name for framework in FRAMEWORKS for kind in (*framework.graded, *framework.ungraded)}
_ENTRIES = kind_entries()
_NAMES |= {kind: _ENTRIES[kind].framework for kind in OTHER_KINDS if _ENTRIES[kind].framework}
_UNGRADED = frozenset(kind for framework in FRAMEWORKS for kind in framework.ungraded) | {
    Kind.MONITORING_VISIT,
    *(kind for kind in OTHER_KINDS if not _ENTRIES[kind].scale),
}
"""Kinds of inspection that give no grades. Monitoring visits follow inspections of several frameworks."""


def grades_services(report: Report) -> bool:
    """Return whether the grades of a report are grades of an authority's services for children.

    The grades of a home, a school, a partnership or a board do not count. If we do not know the kind of a report, it
    must grade an area that only authorities have.
    """
    if report.kind:
        return report.kind in OF_SERVICES
    areas = (HELP_AND_PROTECTION, CHILDREN_IN_CARE, CARE_LEAVERS)
    return any(area.is_printed_as(judgement.area) for judgement in report.judgements for area in areas)


def framework_of(kind: Kind | None, form: Form) -> str | None:
    """Return the name of the framework that an inspection followed, or None if the text is not a report on it."""
    return _NAMES.get(kind) if kind and form in OWN_ACCOUNT else None


def grading_of(judgements: Sequence[Judgement], kind: Kind | None, form: Form, *, unread: bool) -> Grading:
    """Return whether a report has judgements and, if it has none, why.

    ``unread`` is True if the report has a grade table that we could not read.
    """
    if judgements:
        return Grading.GRADED
    if unread:
        return Grading.UNREADABLE
    ungraded = kind in _UNGRADED and form in OWN_ACCOUNT
    return Grading.NOT_JUDGED if ungraded or form is Form.THEMATIC else Grading.NOT_PRINTED


def areas_of(judgement: Judgement) -> list[Area]:
    """Return the areas that a judgement covers. There are none if its area is not in ``AREAS``."""
    return [area for area in AREAS if area.is_printed_as(judgement.area)]


def gives_grades(report: Report) -> bool:
    """Return whether a report grades an authority's services, even if we could not read its grades.

    Grades of a partnership, a board or a home do not count. Grades on the scale used until 2013 do not count either.
    """
    graded = bool(report.missing_areas) or any(grade_named(j.grade) is not None for j in report.judgements)
    return graded and grades_services(report)


def judgement_of(report: Report, area: Area, *, alone: bool = False) -> Judgement | None:
    """Return a report's judgement on an area. None if it has no judgement on the area.

    ``alone`` leaves out a judgement that grades the area together with others, if that hides the area's own
    grade. Until 2023, reports graded care leavers together with children in care.
    """
    for judgement in report.judgements:
        if area.is_printed_as(judgement.area) and grade_named(judgement.grade):
            if alone and area is CARE_LEAVERS and len(areas_of(judgement)) > 1:
                continue
            return judgement
    return None


def grade_of(judgement: Judgement) -> Grade:
    """Return the grade that a judgement gives. Raises ValueError if its words are not a grade."""
    grade = grade_named(judgement.grade)
    if grade is None:
        raise ValueError(f"{judgement.grade!r} is no grade")
    return grade


def is_unread(report: Report, area: Area) -> bool:
    """Return whether a report should grade an area, but we could not read that grade."""
    return any(map(area.is_printed_as, report.missing_areas))
