from __future__ import annotations

import random
import shutil

import pytest

from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from qa_service.answer_json import answer_json
from qa_service.answering.ablation import Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.types import Question
from web.pages.examples import example_questions

pytestmark = pytest.mark.thorough

MORE = (
    "What do leaders in Aldermere need to improve?",
    "What is the latest report on Westmarsh?",
    "Which councils were judged good?",
    "Was Carrowby judged outstanding?",
    "How is it going there?",
    "Tell me about Pellbrook and Northwold",
)


@pytest.fixture(scope="module", params=[11, 12, 13])
def hidden(answerer, request):
    """About half of the sample reports, drawn by chance."""
    ids = sorted(report.id for report in answerer.index.store.all_reports())
    return frozenset(random.Random(request.param).sample(ids, len(ids) // 2))  # noqa: S311 - no secret


@pytest.fixture(scope="module")
def alone(answerer, hidden, sample_index, samples, encoder, tmp_path_factory):
    """Answers from an index that never had the hidden reports; what was embedded once keeps its vectors."""
    data = DataFolder.prepare(tmp_path_factory.mktemp("alone"))
    shutil.copytree(sample_index.embeddings.parent, data.embeddings.parent, dirs_exist_ok=True)
    gone = {report.sha256: "2026-01-01" for report in answerer.index.store.all_reports() if report.id in hidden}
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([samples]), removed=gone)
    return Answerer(Answerer.open(data, encoder).index, answerer.cross_encoder)


ASKED = 10
"""Questions of the samples asked for each draw, beside the six above: those across all reports take a second each."""


@pytest.fixture(scope="module")
def questions(sample_questions, hidden):
    drawn = random.Random(repr(sorted(hidden))).sample(sample_questions, ASKED)  # noqa: S311 - no secret
    return [*(Question(line["question"], tuple(line["history"])) for line in drawn), *map(Question, MORE)]


def payload(answer):
    """All that a program is told, but which build told it and how long that took."""
    return answer_json(answer, 0.0) | {"build": ""}


def test_somebody_who_may_not_see_some_reports_is_answered_as_if_they_were_not_held(answerer, hidden, alone, questions):
    view = answerer.without_reports(hidden)
    unseen = [answerer.index.store.report(report_id) for report_id in hidden]
    for question in questions:
        answer = payload(view.answer(question))
        assert answer == payload(alone.answer(question)), question.text
        assert not [report.file for report in unseen if report.id in repr(answer) or report.file in repr(answer)]


def test_what_is_hidden_would_have_been_told_to_others(answerer, hidden):
    """Else the test above would show nothing."""
    view, question = answerer.without_reports(hidden), Question("What needs to improve?")
    assert payload(view.answer(question)) != payload(answerer.answer(question))


def test_what_is_suggested_to_them_is_of_what_they_see(answerer, hidden, alone):
    view = answerer.without_reports(hidden)
    assert example_questions(view.index.store.reports) == example_questions(alone.index.store.reports)


def test_whoever_may_see_all_is_answered_by_the_answerer_itself(answerer):
    assert answerer.without_reports(frozenset()) is answerer
    assert answerer.without_reports(frozenset({"0" * 16})) is answerer


def test_a_view_leaves_out_what_its_answerer_leaves_out_and_reads_with_the_same_models(answerer, hidden):
    view = answerer.leaving_out(Mechanism.PARTS).without_reports(hidden)
    assert view.left_out == {Mechanism.PARTS}
    assert view.cross_encoder is answerer.cross_encoder
    assert view.leaving_out(Mechanism.SPREAD).index is view.index


def test_where_everything_is_hidden_no_question_is_answered(answerer):
    nothing = answerer.without_reports(frozenset(report.id for report in answerer.index.store.all_reports()))
    answers = [nothing.answer(Question(text)) for text in (*MORE, "How are care leavers in Westmarsh supported?")]
    assert not [answer for answer in answers if answer.statements or answer.citations]
