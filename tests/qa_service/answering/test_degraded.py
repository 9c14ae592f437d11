from __future__ import annotations

import re
import shutil
from importlib.resources import files

import pytest

from index.encoding import pair_weights
from index.search.search_index import SearchIndex
from index.types import Query
from qa_service.answer_json.answer import answer_json
from qa_service.answering import degradation
from qa_service.answering.pipeline import Answerer
from qa_service.types import AnswerStatus, Question

pytestmark = pytest.mark.thorough

GRADES = [
    "What grade did Westmarsh get for young people who have left care in the autumn 2023 inspection?",
    "How was Carrowby's adoption service rated in 2015?",
    "How was Westmarsh rated at its latest inspection?",
]
LISTS = ["What do leaders in Aldermere need to improve?", "What does Westmarsh need to improve?"]
FALSE = "Why was Westmarsh judged inadequate in 2023?"
REFUSED = {
    "What did inspectors think of Thornwick's youth justice service?": AnswerStatus.NOT_IN_REPORTS,
    "Write a letter to parents in Westmarsh": AnswerStatus.OUT_OF_SCOPE,
    "How were care leavers in Westmarsh supported in 2031?": AnswerStatus.NOT_IN_REPORTS,
}
FACTS = [
    "How many staff does Aldermere have on overnight for emergencies?",
    "Which places let young people who've left care off paying council tax?",
    "How many young people does each leaving care adviser look after in Westmarsh compared with Northwold?",
    "How much does Westmarsh pay its foster carers each week?",
    "What do Westmarsh and Northwold need to improve?",
]


@pytest.fixture(scope="module")
def by_words(sample_index):
    """An answerer without an encoder."""
    return Answerer.open(sample_index, None)


@pytest.fixture(scope="module")
def unread(answerer):
    """An answerer with the encoder, but with a cross-encoder that fails to load."""
    return Answerer(answerer.index, None, missing=(degradation.CROSS_ENCODER,))


@pytest.fixture(scope="module", params=["by_words", "unread"])
def degraded(request):
    return request.getfixturevalue(request.param)


def stated(answer):
    return [(s.kind, s.text, s.judgement, [(q.text, q.page) for q in s.quotes]) for s in answer.statements]


@pytest.mark.parametrize("text", [*GRADES, *LISTS, FALSE])
def test_grades_and_lists_of_improvements_are_answered_as_usual(answerer, degraded, text):
    answer, ever = degraded.answer(Question(text)), answerer.answer(Question(text))
    assert ever.statements
    assert (answer.status, stated(answer)) == (ever.status, stated(ever))


@pytest.mark.parametrize("text", REFUSED)
def test_a_question_that_no_report_can_answer_gets_the_usual_abstention(answerer, degraded, text):
    answer, ever = degraded.answer(Question(text)), answerer.answer(Question(text))
    assert (answer.status, answer.reason) == (ever.status, ever.reason)
    assert answer.status is REFUSED[text]


@pytest.mark.parametrize("text", FACTS)
def test_other_questions_show_passages_and_a_reason_but_state_nothing(degraded, text):
    answer = degraded.answer(Question(text))
    assert (answer.status, answer.statements) == (AnswerStatus.LOW_CONFIDENCE, ())
    assert answer.citations
    assert "at the moment" in answer.reason
    assert re.search(r"we do not give (?:an|any of them as the) answer", answer.reason)
    assert answer.total is None


def test_every_sample_question_that_is_answered_gets_its_usual_statements(degraded, sample_answers):
    statements = []
    for line, ever in sample_answers:
        answer = degraded.answer(Question(line["question"], tuple(line["history"])))
        if answer.statements:
            assert stated(answer) == stated(ever)
            statements += answer.statements
        assert answer.degraded == degraded.degraded
    assert statements


def test_an_empty_search_without_an_encoder_proves_nothing(by_words):
    answer = by_words.answer(Question("Zebra crossings?"))
    assert (answer.status, answer.citations) == (AnswerStatus.LOW_CONFIDENCE, ())
    assert "The reports may still answer it" in answer.reason


def test_the_same_question_twice_has_the_same_answer(degraded):
    for text in (*GRADES, *LISTS, *FACTS):
        first = answer_json(degraded.answer(Question(text)), 0)
        assert (
            answer_json(degraded.leaving_out().answer(Question(text)), 0) == first
        )  # this answerer remembers no questions
        assert answer_json(degraded.answer(Question(text)), 0) == first


def test_the_reply_names_what_is_missing_and_only_that(answerer, by_words, unread):
    degraded = [answer_json(one.answer(Question(GRADES[0])), 0)["degraded"] for one in (answerer, by_words, unread)]
    assert degraded == [[], ["encoder"], ["cross_encoder"]]


def test_a_person_who_may_not_see_some_reports_is_answered_when_degraded(by_words, unread):
    [gone] = [report.id for report in by_words.index.store.reports if "18-june-2024" in report.file]
    for whole in (by_words, unread):
        view = whole.without_reports(frozenset({gone}))
        assert view.degraded == whole.degraded
        answer = view.answer(Question(FACTS[0]))
        assert answer.status is AnswerStatus.LOW_CONFIDENCE
        assert answer.citations
        assert gone not in {citation.report.id for citation in answer.citations}


def test_a_search_by_words_ranks_by_words_and_gives_no_similarity(sample_index, by_words):
    query = Query("early help worker waiting", related="family support")
    found = SearchIndex.open(sample_index, None).retrieve(query, 20).passages
    assert len(found) == 20
    assert found == by_words.index.retrieve(query, 20).passages
    assert {name for scored in found for name in scored.ranks} == {"sparse", "related"}
    assert not [scored for scored in found if scored.similarity or any(scored.sentence_similarities)]
    assert found[0].ranks["sparse"] == 1


def test_no_vector_is_read_without_an_encoder(own_data):
    for path in own_data.current().glob("*.faiss"):
        path.write_bytes(bytes(path.stat().st_size))  # the file has the same size, but zeros in place of vectors
    answer = Answerer.open(own_data, None).answer(Question(GRADES[0]))
    assert answer.status is AnswerStatus.ANSWERED


@pytest.mark.parametrize("weights", ["WEIGHTS", "CORRECTIONS"])
def test_an_altered_cross_encoder_is_reported_and_the_threshold_is_not_lowered(
    encoder, sample_index, tmp_path, monkeypatch, caplog, weights
):
    altered = tmp_path / "altered.safetensors"
    shutil.copyfile(str(files("index").joinpath(getattr(pair_weights, weights))), altered)
    altered.write_bytes(altered.read_bytes()[:-1000])
    monkeypatch.setattr(f"index.encoding.pair_weights.{weights}", str(altered))
    opened = Answerer.open(sample_index, encoder)
    assert (opened.cross_encoder, opened.degraded) == (None, ("cross_encoder",))
    assert opened.answer(Question(FACTS[0])).status is AnswerStatus.LOW_CONFIDENCE
    assert "cross-encoder does not load" in caplog.text


def test_an_encoder_that_never_had_a_cross_encoder_is_not_degraded(answerer):
    assert Answerer(answerer.index).degraded == ()
    assert Answerer(answerer.index).answer(Question(FACTS[0])).statements
