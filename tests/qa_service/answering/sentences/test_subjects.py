from __future__ import annotations

import numpy as np
import pytest

from index.encoding.stances.stance import STANCES
from index.types import Stance
from qa_service.answering.sentences.subject_stances import (
    LEAST_CERTAINTY,
    features,
    is_grade,
    praises_in_contrast,
    stance_words,
    subject_stances,
)
from qa_service.answering.sentences.subjects import SubjectSentence, about_words, by_report, judged, sentences_about
from qa_service.understanding.subjects import subjects_of


def about(index, words):
    subjects = subjects_of(words)
    return judged(index, sentences_about(index, {report.id for report in index.store.reports}, subjects), subjects)


def test_every_sentence_with_the_words_is_found_and_no_other(answerer):
    index = answerer.index
    expected = {
        passage.passage.text[start:end]
        for passage in index.passages_at(range(len(index.store.report_of_row)))
        for start, end in passage.passage.sentences
        if "privately foster" in (text := passage.passage.text[start:end].lower()) or "private foster" in text
    }
    found = sentences_about(index, {report.id for report in index.store.reports}, subjects_of("private fostering"))
    assert {each.text for each in found} == expected
    assert len(expected) > 3


def test_only_the_given_reports_are_searched(answerer):
    report = answerer.index.store.reports[0]
    found = sentences_about(answerer.index, {report.id}, subjects_of("care leavers"))
    assert {each.passage.report.id for each in found} <= {report.id}
    assert sentences_about(answerer.index, set(), subjects_of("care leavers")) == []


def test_praise_and_criticism_are_told_apart(answerer):
    said = {each.sentence.text: each for each in about(answerer.index, "care leavers")}
    assert said["Most care leavers live in safe and stable homes."].takes(Stance.STRENGTH)
    assert not said["Most care leavers live in safe and stable homes."].takes(Stance.WEAKNESS)
    poor = next(each for text, each in said.items() if "the quality of their pathway plans is poor" in text)
    assert poor.takes(Stance.WEAKNESS)


def test_an_item_that_a_report_asks_to_improve_always_criticises(answerer):
    listed = [each for each in about(answerer.index, "care leavers") if each.sentence.is_listed]
    assert listed
    assert all(each.certainty == {Stance.STRENGTH: 0.0, Stance.WEAKNESS: 1.0} for each in listed)


def test_a_line_of_a_table_of_grades_takes_no_stance(answerer):
    grades = [each for each in about(answerer.index, "care leavers") if is_grade(each.sentence.text)]
    assert grades
    assert not any(each.takes_any for each in grades)
    assert not is_grade("The support is good.")


def test_a_bullet_that_continues_a_sentence_is_not_whole(make_scored, answerer):
    texts = ["in private fostering arrangements.", "‘Edge of care’ work is good.", "16-year-olds are helped."]
    passage = make_scored(answerer.index.store.reports[0], [(text, 0.5) for text in texts])
    assert [SubjectSentence(passage, number).is_whole for number in range(3)] == [False, True, True]


def test_sentences_are_grouped_by_their_report(answerer):
    said = about(answerer.index, "care leavers")
    grouped = by_report(said)
    assert sum(map(len, grouped.values())) == len(said)
    assert all(each.sentence.passage.report.id == key for key, of_key in grouped.items() for each in of_key)


@pytest.mark.parametrize(
    ("sentence", "praises"),
    [
        ("While risks are missed, strategy meetings are timely and well attended.", True),
        ("While strategy meetings are held, risks are missed.", False),
        ("Strategy meetings are late, but homes are good.", False),
        ("Strategy meetings are timely.", False),  # nothing else is criticised
    ],
)
def test_criticism_of_something_else_is_no_criticism_of_the_subject(sentence, praises):
    (subject,) = subjects_of("strategy meetings")
    assert praises_in_contrast(sentence, subject.is_in) is praises


def test_words_decide_if_the_model_of_stances_is_undecided():
    undecided = np.full((4, len(STANCES)), 0.1)
    sentences = [
        "Kinship carers are well supported and valued.",
        "Kinship carers are not supported and wait too long.",
        "Ensure that kinship carers are supported.",
        "Three children live with kinship carers.",
    ]
    strength, weakness = subject_stances(sentences, undecided).T
    assert [bool(value) for value in strength >= LEAST_CERTAINTY] == [True, False, False, False]
    assert [bool(value) for value in weakness >= LEAST_CERTAINTY] == [False, True, True, False]


@pytest.mark.parametrize(
    "sentence",
    [
        "No young people are in bed and breakfast accommodation.",
        "No care leavers were placed in bed and breakfast accommodation.",
        "The council does not use bed and breakfast accommodation.",
        "The last inspection recommended that bed and breakfast accommodation should not be used.",
    ],
)
def test_something_unwanted_that_does_not_happen_is_no_criticism(sentence):
    ((_, weakness),) = subject_stances([sentence], np.array([[0.1, 0.9]]))
    assert weakness == 0.0


def test_something_wanted_that_does_not_happen_is_criticism():
    ((_, weakness),) = subject_stances(["No children in care have a pathway plan."], np.array([[0.1, 0.9]]))
    assert weakness >= LEAST_CERTAINTY


def test_there_is_one_weight_for_each_feature():
    assert features(["It is good."], np.array([[0.5, 0.5]])).shape == (1, len(stance_words().weights))


def test_no_sentences_have_no_stances(answerer):
    assert judged(answerer.index, [], ()) == []


@pytest.mark.parametrize(
    ("words", "item", "expected"),
    [
        ("pathway plans", "The quality of pathway plans.", True),
        ("pathway plans", "The quality of care plans.", False),
        ("plans", "The quality of care plans.", True),
        ("children’s plans", "The quality of care plans.", True),
        ("timeliness of supervision", "The regularity of supervision.", False),
    ],
)
def test_words_for_a_part_of_a_theme_do_not_stand_for_all_of_it(words: str, item: str, expected: bool) -> None:
    assert about_words(words)(item) is expected
