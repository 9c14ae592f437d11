from __future__ import annotations

import random
import shutil

import pytest

from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from qa_service.answer_json.answer import answer_json
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
    """Half of the sample reports, chosen at random, to hide from a person."""
    ids = sorted(report.id for report in answerer.index.store.all_reports())
    return frozenset(random.Random(request.param).sample(ids, len(ids) // 2))  # noqa: S311 - no secret


@pytest.fixture(scope="module")
def alone(answerer, hidden, sample_index, samples, encoder, tmp_path_factory):
    """An answerer over an index that never contained the hidden reports. The index reuses existing vectors."""
    data = DataFolder.prepare(tmp_path_factory.mktemp("alone"))
    shutil.copytree(sample_index.embeddings.parent, data.embeddings.parent, dirs_exist_ok=True)
    gone = {report.sha256: "2026-01-01" for report in answerer.index.store.all_reports() if report.id in hidden}
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([samples]), removed=gone)
    return Answerer(Answerer.open(data, encoder).index, answerer.cross_encoder)


ASKED = 10
"""Number of sample questions to ask for each random half, as well as the six above. A question across all reports
takes a second."""


@pytest.fixture(scope="module")
def questions(sample_questions, hidden):
    drawn = random.Random(repr(sorted(hidden))).sample(sample_questions, ASKED)  # noqa: S311 - no secret
    return [*(Question(line["question"], tuple(line["history"])) for line in drawn), *map(Question, MORE)]


def payload(answer):
    """Return the JSON answer without its build and its duration."""
    return answer_json(answer, 0.0) | {"build": ""}


def test_a_person_who_may_not_see_some_reports_is_answered_as_if_we_did_not_hold_them(
    answerer, hidden, alone, questions
):
    view = answerer.without_reports(hidden)
    unseen = [answerer.index.store.report(report_id) for report_id in hidden]
    for question in questions:
        answer = payload(view.answer(question))
        assert answer == payload(alone.answer(question)), question.text
        assert not [report.file for report in unseen if report.id in repr(answer) or report.file in repr(answer)]


def test_the_hidden_reports_would_appear_in_answers_to_others(answerer, hidden):
    """Check that the hidden reports matter. Otherwise the test above would prove nothing."""
    view, question = answerer.without_reports(hidden), Question("What needs to improve?")
    assert payload(view.answer(question)) != payload(answerer.answer(question))


def test_suggestions_use_only_the_reports_a_person_may_see(answerer, hidden, alone):
    view = answerer.without_reports(hidden)
    assert example_questions(view.index.store.reports) == example_questions(alone.index.store.reports)


def test_a_view_that_hides_nothing_is_the_answerer_itself(answerer):
    assert answerer.without_reports(frozenset()) is answerer
    assert answerer.without_reports(frozenset({"0" * 16})) is answerer


def test_a_view_keeps_the_left_out_mechanisms_and_models_of_its_answerer(answerer, hidden):
    view = answerer.leaving_out(Mechanism.PARTS).without_reports(hidden)
    assert view.left_out == {Mechanism.PARTS}
    assert view.cross_encoder is answerer.cross_encoder
    assert view.leaving_out(Mechanism.SPREAD).index is view.index


def test_a_view_that_hides_everything_answers_nothing(answerer):
    nothing = answerer.without_reports(frozenset(report.id for report in answerer.index.store.all_reports()))
    answers = [nothing.answer(Question(text)) for text in (*MORE, "How are care leavers in Westmarsh supported?")]
    assert not [answer for answer in answers if answer.statements or answer.citations]
