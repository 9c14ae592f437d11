from __future__ import annotations

import pytest

from qa_service.understanding.aspects import aspect_of, aspects
from qa_service.understanding.subjects import subject_of, subjects_of


def words_of(text):
    return [subject.words for subject in subjects_of(text)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("edge of care work", "edge of care"),
        ("their response to neglect", "neglect"),
        ("services for care leavers", "care leavers"),
        ("private fostering arrangements", "private fostering"),
        ("work with children's mental health", "mental health"),
        ("FGCs", "family group conferences"),
        ("youth work", "youth work"),  # "youth" alone would mean something else
        ("the council's own children's homes", "council’s own children’s homes"),
    ],
)
def test_words_that_say_nothing_are_left_out(said, words):
    assert words_of(said) == [words]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("edge of care and short breaks", ["edge of care", "short breaks"]),
        ("recruitment and retention of foster carers", ["recruitment and retention of foster carers"]),
        ("homeless 16- and 17-year-olds", ["homeless 16 and 17 year olds"]),
        ("speech and language", ["speech and language"]),
    ],
)
def test_a_list_is_divided_only_into_parts_that_say_what_they_are_about(said, words):
    assert words_of(said) == words


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("edge of care work", "Edge-of-care workers stay with families."),
        ("edge of care", "Children and young people on the edge of care are helped."),
        ("private fostering", "Privately fostered children are visited."),
        ("family group conferences", "An FGC was offered to each family."),
        ("family group conferences", "Family group conferencing is used well."),
        ("unaccompanied asylum-seeking children", "Unaccompanied young people have good homes."),
        ("workforce stability", "Leaders have improved the stability of the workforce."),
        ("placement visits", "Visits to the placements are regular."),
        ("homeless 16- and 17-year-olds", "Young people aged 16 or 17 who become homeless are assessed."),
        ("partnership with the police", "The police do not attend every meeting."),
        ("foster carers' training", "Training for foster carers is out of date."),
        ("children's homes", "The council runs three children’s homes."),
        ("the out of hours team", "The emergency duty team responds quickly."),
    ],
)
def test_a_sentence_with_the_words_in_any_form_is_about_the_subject(said, sentence):
    assert subject_of(said).is_in(sentence)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("family group conferences", "Child protection conferences are well attended."),
        ("family group conferences", "Families join a group, and conferences follow."),
        ("edge of care", "Care is taken at the edge of the park."),
        ("children's homes", "Social workers visit the child’s home."),
        ("children's homes", "Advisers visit young people’s homes."),
        ("foster carers' training", "Training for social workers is out of date."),
        ("partnership with the police", "The police station is near the park."),
        ("SEND", "Workers send letters to parents."),
    ],
)
def test_a_sentence_that_only_shares_words_is_not(said, sentence):
    assert not subject_of(said).is_in(sentence)


def test_capitals_matter_only_for_abbreviations():
    assert words_of("PRIVATE FOSTERING") == ["private fostering"]
    assert subject_of("SEND").is_in("Children with SEND wait too long.")
    assert subject_of("lado").is_in("The LADO is experienced.")


@pytest.mark.parametrize("said", ["", "the", "children", "?"])
def test_words_without_a_subject_name_none(said):
    assert subjects_of(said) == ()


def test_an_aspect_is_known_by_the_words_of_the_question_and_of_the_report():
    assert aspect_of("late") == aspect_of("not timely") == "timeliness"
    assert aspect_of("purple") == ""
    assert aspects()["timeliness"].is_in("Meetings are not held quickly enough.")
    assert not aspects()["timeliness"].is_in("Meetings are well attended.")
