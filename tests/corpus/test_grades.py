from __future__ import annotations

import re

import pytest

from corpus.facts.kinds import entry_of
from corpus.grades import (
    ADOPTION,
    AREA_SEND,
    AREAS,
    BOARD,
    CARE_LEAVERS,
    CHILDREN_IN_CARE,
    EARLIER_GRADE,
    FRAMEWORKS,
    GRADE_WORDS,
    HELP_AND_PROTECTION,
    LEADERS,
    MAIN_AREAS,
    OVERALL,
    PRINTED_GRADE,
    EarlierGrade,
    Grade,
    framework_of,
    grade_named,
    grade_words,
    grading_of,
)
from corpus.types import OTHER_KINDS, OWN_ACCOUNT, Form, Grading, Judgement, Kind

ILACS = "Inspecting local authority children’s services (ILACS)"
SIF = "Single inspection framework (SIF)"
FRAMEWORK_NAMES: dict[Kind, str | None] = {
    Kind.ILACS: ILACS,
    Kind.SHORT: ILACS,
    Kind.FOCUSED_VISIT: ILACS,
    Kind.SINGLE_INSPECTION: SIF,
    Kind.LSCB_REVIEW: SIF,
    Kind.LOOKED_AFTER: "Inspections of services for looked after children",
    Kind.AREA_SEND: "Area SEND framework",
    Kind.JOINT_TARGETED: "Joint targeted area inspections (JTAI)",
    Kind.MONITORING_VISIT: None,
    **{kind: entry_of(kind).framework or None for kind in OTHER_KINDS if kind is not Kind.LOOKED_AFTER},
}
UNGRADED = (
    Kind.FOCUSED_VISIT,
    Kind.MONITORING_VISIT,
    Kind.JOINT_TARGETED,
    *(kind for kind in OTHER_KINDS if not entry_of(kind).scale),
)
GRADED = tuple(kind for kind in Kind if kind not in UNGRADED)
OTHERS = tuple(form for form in Form if form not in OWN_ACCOUNT)
GRADES = (Judgement("The impact of leaders", "Good", 1),)


def test_only_reports_and_letters_are_the_inspectors_own_account():
    assert set(OWN_ACCOUNT) == {Form.REPORT, Form.LETTER}
    assert set(OTHERS) == {Form.ARTICLE, Form.THEMATIC}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("form", Form)
def test_only_a_kinds_own_account_has_its_framework(kind, form):
    assert framework_of(kind, form) == (FRAMEWORK_NAMES[kind] if form in OWN_ACCOUNT else None)


@pytest.mark.parametrize("form", Form)
def test_an_unknown_kind_has_no_framework(form):
    assert framework_of(None, form) is None


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("unread", [False, True])
def test_judgements_make_a_document_graded_and_an_unread_table_makes_others_unreadable(kind, form, unread):
    assert grading_of(GRADES, kind, form, unread=unread) is Grading.GRADED
    assert (grading_of((), kind, form, unread=unread) is Grading.UNREADABLE) is unread


@pytest.mark.parametrize("kind", UNGRADED)
@pytest.mark.parametrize(
    ("form", "grading"),
    [
        (Form.REPORT, Grading.NOT_JUDGED),
        (Form.LETTER, Grading.NOT_JUDGED),
        (Form.ARTICLE, Grading.NOT_PRINTED),
        (Form.THEMATIC, Grading.NOT_JUDGED),
    ],
)
def test_a_kind_without_grades_is_not_judged_but_an_article_about_it_only_prints_none(kind, form, grading):
    assert grading_of((), kind, form, unread=False) is grading


@pytest.mark.parametrize("kind", [None, *GRADED])
@pytest.mark.parametrize("form", Form)
def test_a_kind_with_grades_or_an_unknown_kind_does_not_print_them_and_a_thematic_report_has_none(kind, form):
    expected = Grading.NOT_JUDGED if form is Form.THEMATIC else Grading.NOT_PRINTED
    assert grading_of((), kind, form, unread=False) is expected


def test_no_kind_follows_two_frameworks():
    kinds = [kind for framework in FRAMEWORKS for kind in (*framework.graded, *framework.ungraded)]
    assert len(kinds) == len(set(kinds))


def test_the_grades_are_in_order_from_the_best_to_the_worst():
    assert list(Grade) == ["outstanding", "good", "requires improvement", "inadequate"]


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("Outstanding", Grade.OUTSTANDING),
        ("good", Grade.GOOD),
        ("Good.", Grade.GOOD),
        ("“inadequate”", Grade.INADEQUATE),
        ("Requires improvement to be good", Grade.REQUIRES_IMPROVEMENT),
        ("Requires Improvement", Grade.REQUIRES_IMPROVEMENT),
        ("requires  improvement\nto be good", Grade.REQUIRES_IMPROVEMENT),
        ("require improvement to be good", Grade.REQUIRES_IMPROVEMENT),
        ("require improvement", Grade.REQUIRES_IMPROVEMENT),
        ("requiring improvement", Grade.REQUIRES_IMPROVEMENT),
        *((grade, grade) for grade in Grade),
    ],
)
def test_a_grade_is_recognised_in_every_form_that_reports_print_and_people_use(words, grade):
    assert grade_named(words) is grade
    assert re.search(rf"\b{GRADE_WORDS}\b", " ".join(words.split()), re.IGNORECASE)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "adequate",
        "good practice",
        "not good",
        "requires",
        "improvement",
        "good or outstanding",
        *AREA_SEND.outcomes,
    ],
)
def test_other_words_are_not_grades(words):
    assert grade_named(words) is None


@pytest.mark.parametrize("grade", Grade)
def test_every_printed_form_names_its_grade_and_no_other(grade):
    assert grade.printed
    for form in grade.printed:
        assert grade_named(form) is grade
        assert re.fullmatch(PRINTED_GRADE, form, re.IGNORECASE)
        assert [g for g in Grade if re.fullmatch(grade_words(g), form, re.IGNORECASE)] == [grade]


@pytest.mark.parametrize(
    ("words", "is_grade"),
    [
        ("Adequate", True),
        ("Grade 3 (adequate)", True),
        ("Grade 3", True),
        ("Grade: 2", True),
        ("1 – Outstanding", True),
        ("Inadequate (4)", True),
        ("Inadequate (Grade 4)", True),
        ("3", False),
        ("Grade 5", False),
        ("adequately", False),
        ("Requires improvement", False),
    ],
)
def test_a_grade_of_the_earlier_scale_is_recognised_by_its_word_or_its_number(words, is_grade):
    assert bool(re.fullmatch(EARLIER_GRADE, words, re.IGNORECASE)) is is_grade


def test_the_earlier_scale_has_adequate_between_good_and_inadequate_and_the_later_one_lacks_it():
    assert [(grade.value, grade.number) for grade in EarlierGrade] == [
        ("outstanding", 1), ("good", 2), ("adequate", 3), ("inadequate", 4),
    ]  # fmt: skip
    assert "adequate" not in list(Grade)


def test_each_pattern_matches_a_whole_grade_and_only_its_own_forms():
    text = "was judged as requiring improvement to be good"
    assert re.search(GRADE_WORDS, text).group() == "requiring improvement to be good"
    assert re.fullmatch(PRINTED_GRADE, "require improvement to be good")
    assert not re.fullmatch(PRINTED_GRADE, "requiring improvement")
    assert not re.search(grade_words(Grade.OUTSTANDING, Grade.INADEQUATE), "requires improvement to be good")


@pytest.mark.parametrize(
    ("printed", "areas"),
    [
        ("Overall effectiveness", {OVERALL}),
        ("The experiences and progress of care leavers", {CARE_LEAVERS}),
        ("Experiences and progress of Care Leavers", {CARE_LEAVERS}),
        ("The experiences and progress of children in care", {CHILDREN_IN_CARE}),
        ("The experiences and progress of children in care and care leavers", {CHILDREN_IN_CARE, CARE_LEAVERS}),
        ("The experiences and progress of children who need help and protection", {HELP_AND_PROTECTION}),
        ("The impact of leaders on social work practice with children and families", {LEADERS}),
        ("Children who need help and protection", {HELP_AND_PROTECTION}),
        ("Children looked after and achieving permanence", {CHILDREN_IN_CARE}),
        ("Adoption performance", {ADOPTION}),
        ("Leadership, management and governance", {LEADERS}),
        ("The effectiveness of the Local Safeguarding Children Board", {BOARD}),
        ("Inspection outcome", set()),
    ],
)
def test_an_area_is_recognised_by_what_each_framework_prints(printed, areas):
    assert {area for area in AREAS if area.is_printed_as(printed)} == areas


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("What grade did Westmarsh get overall?", [OVERALL]),
        ("How are care-experienced young people graded?", [CARE_LEAVERS]),
        ("What was the judgement for care leavers in care homes?", [CARE_LEAVERS, CHILDREN_IN_CARE]),
        ("Grade for looked-after children", [CHILDREN_IN_CARE]),
        ("Grade for child protection", [HELP_AND_PROTECTION]),
        ("How was leadership rated?", [LEADERS]),
        ("Adoption grade", [ADOPTION]),
        ("What about the LSCB?", [BOARD]),
        ("What grade did Westmarsh get?", []),
    ],
)
def test_an_area_is_recognised_by_how_people_ask_for_it(question, areas):
    assert [area for area in AREAS if area.is_asked_in(question)] == areas


def test_a_stated_judgement_has_the_title_of_its_own_area():
    for area in AREAS:
        assert not area.title or [other for other in AREAS if other.is_printed_as(area.title)] == [area]
    assert len({area.key for area in AREAS}) == len(AREAS)
    assert set(MAIN_AREAS) < set(AREAS)
