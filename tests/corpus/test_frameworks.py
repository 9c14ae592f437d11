from __future__ import annotations

import pytest

from corpus.frameworks import OWN_ACCOUNT, framework_of, grading_of
from corpus.types import Form, Grading, Judgement, Kind

ILACS = "Inspecting local authority children’s services (ILACS)"
SIF = "Single inspection framework (SIF)"
FRAMEWORKS = {
    Kind.ILACS: ILACS,
    Kind.SHORT: ILACS,
    Kind.FOCUSED_VISIT: ILACS,
    Kind.SINGLE_INSPECTION: SIF,
    Kind.LSCB_REVIEW: SIF,
    Kind.AREA_SEND: "Area SEND framework",
    Kind.JOINT_TARGETED: "Joint targeted area inspections (JTAI)",
    Kind.MONITORING_VISIT: None,
}
UNGRADED = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JOINT_TARGETED)
GRADED = tuple(kind for kind in Kind if kind not in UNGRADED)
TOLD = tuple(form for form in Form if form not in OWN_ACCOUNT)
GRADES = (Judgement("The impact of leaders", "Good", 1),)


def test_reports_and_letters_are_the_inspectors_own_account_and_articles_and_thematic_reports_are_not():
    assert set(OWN_ACCOUNT) == {Form.REPORT, Form.LETTER}
    assert set(TOLD) == {Form.ARTICLE, Form.THEMATIC}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("form", Form)
def test_the_framework_is_that_of_the_kind_in_its_own_account_alone(kind, form):
    assert framework_of(kind, form) == (FRAMEWORKS[kind] if form in OWN_ACCOUNT else None)


@pytest.mark.parametrize("form", Form)
def test_an_unknown_kind_follows_no_framework(form):
    assert framework_of(None, form) is None


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("unread", [False, True])
def test_judgements_make_a_document_graded_and_else_a_table_that_was_not_read_makes_it_unreadable(kind, form, unread):
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
def test_a_kind_without_grades_was_not_judged_but_an_article_about_it_only_prints_none(kind, form, grading):
    assert grading_of((), kind, form, unread=False) is grading


@pytest.mark.parametrize("kind", [None, *GRADED])
@pytest.mark.parametrize("form", Form)
def test_a_kind_with_grades_or_an_unknown_one_does_not_print_them_and_a_thematic_report_judges_nobody(kind, form):
    expected = Grading.NOT_JUDGED if form is Form.THEMATIC else Grading.NOT_PRINTED
    assert grading_of((), kind, form, unread=False) is expected
