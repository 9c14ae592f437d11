from __future__ import annotations

import pytest

from corpus.lists.titles import (
    Label,
    introduces_list,
    is_other_section_in_text,
    is_plain_title,
    label_of,
    list_kind,
    may_list,
)
from corpus.types import ImprovementKind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Areas for action", ImprovementKind.PRIORITY),
        ("5. Priority actions", ImprovementKind.PRIORITY),
        ("Section 3: Recommendations", ImprovementKind.RECOMMENDATION),
        ("Recommendations for the Orle Safeguarding Children Board", ImprovementKind.RECOMMENDATION),
        ("Key areas for further improvement", ImprovementKind.IMPROVEMENT),
        ("What still needs to improve?", ImprovementKind.IMPROVEMENT),
    ],
)
def test_titles_of_every_era_name_a_kind_of_list(title, kind):
    assert list_kind(title) is kind


@pytest.mark.parametrize(
    "title", ["Recommendations from 2021", "Progress on areas for improvement", "Next steps", "What is improving"]
)
def test_other_titles_name_no_list(title):
    assert list_kind(title) is None


def test_next_steps_may_be_a_list():
    assert may_list("Next steps")
    assert may_list("Actions required:")
    assert not may_list("Next steps for children")


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("What needs to improve in this area of social work practice?", True),
        ("Recommendations", True),
        ("What needs to improve is how often, in each of the five teams, plans for children are written down.", False),
        ("Recommendations.", False),
        ("Inspectors made recommendations", False),
    ],
)
def test_a_title_in_the_letters_of_the_text_is_short_and_has_no_full_stop(text, is_title):
    assert is_plain_title(text) is is_title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The local authority should:", "The local authority should"),
        ("For the ICB", "For the ICB"),
        ("NHS Orle Integrated Care Board", "NHS Orle Integrated Care Board"),
        ("Leaders across the local partnership should", "Leaders across the local partnership should"),
        ("Ofsted and CQC ask the partnership to:", "Ofsted and CQC ask the partnership to"),
        ("Orle Council and the police must ensure that:", "Orle Council and the police must ensure that"),
    ],
)
def test_a_label_names_who_must_act_in_the_words_of_the_report(text, words):
    assert label_of(text) == Label(body=words)


@pytest.mark.parametrize(
    "text", ["Immediately:", "Within three months:", "Within 6 months of this report", "By May 2013"]
)
def test_a_label_says_by_when(text):
    assert label_of(text) == Label(deadline=text.rstrip(":"))


@pytest.mark.parametrize(
    "text",
    [
        "The local authority should visit sooner.",
        "The local authority should visit sooner",
        "Leaders should act together to improve plans:",
        "Key strengths and weaknesses of the LSCB",
        "Inspection findings – the Local Safeguarding Children Board",
        "The board is effective:",
        "Supervision",
        "",
    ],
)
def test_what_says_more_or_names_nobody_is_no_label(text):
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("text", "introduces"),
    [
        ("In order to improve services in Orle, the local authority should take the following action.", True),
        ("To improve, the authority should:", True),
        ("The council and its partners should take the following action:", True),
        ("To improve further, leaders meet every week.", False),
    ],
)
def test_a_sentence_that_says_who_should_improve_introduces_a_list(text, introduces):
    assert introduces_list(text) is introduces


def test_a_plain_title_of_another_section_ends_a_list_and_a_sentence_does_not():
    assert is_other_section_in_text("Information about this inspection")
    assert not is_other_section_in_text("The impact of this on children is not known.")
    assert not is_other_section_in_text("Strategies")
