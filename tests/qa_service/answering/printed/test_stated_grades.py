"""Tests of grades that an article or letter states in a sentence."""

from __future__ import annotations

import pytest

from corpus.grades import CARE_LEAVERS
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from qa_service import calibration
from qa_service.answering.pipeline import Answerer
from qa_service.answering.printed.stated_grades import states_grade
from qa_service.types import AnswerStatus, Question, StatementKind

ARTICLE = """Early help gains ground in Larkwood
Families in Larkwood are being helped sooner, inspectors say after a visit to the county's children's services.
It was the fifth monitoring visit since Larkwood's services were judged inadequate in May 2021. Inspectors looked at the
front door and at family hubs.
Most families who ask for help are seen within a week."""
SENTENCE = "It was the fifth monitoring visit since Larkwood's services were judged inadequate in May 2021."


@pytest.fixture(scope="module")
def asked(tmp_path_factory, encoder, open_scorer):
    """Return a function that asks about an article on a place that is not a known authority."""
    folder, data = tmp_path_factory.mktemp("reports"), DataFolder.prepare(tmp_path_factory.mktemp("data"))
    (folder / "larkwood.txt").write_text(ARTICLE, encoding="utf-8")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([folder]))
    answerer = Answerer.open(data, encoder, remembered=0, open_scorer=open_scorer)
    return lambda text: answerer.answer(Question(text))


@pytest.mark.parametrize(
    "text",
    [
        "How was Larkwood rated overall?",
        "What was Larkwood's overall effectiveness?",
        "What grade did Larkwood get?",
        "How was Larkwood rated in May 2021?",
    ],
)
def test_a_grade_that_only_a_sentence_states_is_quoted(asked, text):
    answer = asked(text)
    assert [(statement.kind, statement.text) for statement in answer.statements] == [(StatementKind.QUOTE, SENTENCE)]
    assert answer.reason.startswith(
        "No report gives a grade for Larkwood. This sentence from one report is about an earlier inspection."
    )
    assert answer.confidence == calibration.STATED_GRADE_CONFIDENCE


def test_a_time_that_the_sentence_does_not_have_lowers_the_confidence(asked):
    answer = asked("How was Larkwood rated in 2023?")
    assert answer.answered
    assert answer.confidence <= calibration.NOT_APPLIED_CONFIDENCE
    assert "It does not mention the time" in answer.reason


@pytest.mark.parametrize("text", ["How was Larkwood rated for care leavers?", "Was Larkwood judged outstanding?"])
def test_another_area_or_grade_is_not_answered_with_it(asked, text):
    assert asked(text).status is not AnswerStatus.ANSWERED


def test_a_reports_own_table_goes_first(ask):
    answer = ask("How was Carrowby rated overall?")
    assert answer.statements[0].kind is StatementKind.FINDING


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("The local authority was judged to be inadequate in April 2016.", True),
        ("Services were rated as inadequate in June 2016.", True),
        ("The council’s overall effectiveness was judged to require improvement in 2019.", True),
        ("Children’s services in Orle were good at the last inspection.", True),
        ("Since the judgement of inadequate in 2017, the council has had six visits.", True),
        ("The services would be judged inadequate if this went on.", False),
        ("Services are not judged good by this visit.", False),
        ("Most audits were judged good by the authority.", False),
        ("The children’s home was rated inadequate by the council.", False),
        ("Services for care leavers were judged inadequate in 2018.", False),
        ("Managers of the service show good judgement.", False),
        ("Support services are rated good by parents.", False),
        ("Relationships with the authority are good.", False),
    ],
)
def test_which_sentences_state_an_overall_grade(sentence, states):
    assert states_grade(sentence) is states


def test_a_sentence_may_state_the_grade_of_an_area():
    assert states_grade("Services for care leavers were judged inadequate in 2018.", CARE_LEAVERS)
    assert not states_grade("The local authority was judged inadequate in 2018.", CARE_LEAVERS)
