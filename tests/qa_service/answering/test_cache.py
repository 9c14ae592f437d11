from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from index.types import Filters
from qa_service.answer_json.answer import answer_json
from qa_service.answering.cache import SECONDS, StateCache
from qa_service.answering.pipeline import Answerer
from qa_service.answering.state import PipelineState
from qa_service.types import REMEMBERED, Question
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.qa_service.conftest import TODAY

QUESTION = Question("How long do children wait for an early help worker in Westmarsh?")


def state_of(question):
    return PipelineState(question, interpret_in_context(question.text, question.history, (), TODAY))


def recalled(answer):
    return list(answer.timings) == ["recall", "cite"]


@pytest.fixture
def fresh(own_data, encoder, open_scorer):
    """An answerer that does not remember any questions yet, over data that a test may damage."""
    return Answerer.open(own_data, encoder, open_scorer=open_scorer)


def test_a_repeated_question_is_recalled_with_the_same_answer(fresh):
    first, second = fresh.answer(QUESTION), fresh.answer(QUESTION)
    assert first.answered
    assert (recalled(first), recalled(second)) == (False, True)
    assert answer_json(second, 0) == answer_json(first, 0)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "other",
    [
        {"text": "How long do children wait for an early help worker in Aldermere?"},
        {"history": ("What about Westmarsh?",)},
        {"filters": Filters(published_from=date(2020, 1, 1))},
        {"top_k": 3},
        {"set_aside": ("about Westmarsh",)},
        {"today": date(2020, 1, 1)},
        {"verbatim": True},
    ],
)
def test_a_question_that_differs_in_any_field_is_not_recalled(fresh, other):
    fresh.answer(QUESTION)
    assert not recalled(fresh.answer(replace(QUESTION, **other)))


def test_a_remembered_answer_is_not_quoted_after_its_original_is_damaged(fresh, own_data):
    cited = {citation.report.sha256 for citation in fresh.answer(QUESTION).citations}
    for original in map(own_data.find_original, cited):
        original.write_bytes(b"something else")
    again = fresh.answer(QUESTION)
    assert recalled(again)
    assert again.statements == ()
    assert not again.answered


def test_an_answer_is_not_recalled_for_a_person_who_may_not_see_its_reports(fresh):
    told = fresh.answer(QUESTION)
    hidden = frozenset(citation.report.id for citation in told.citations)
    view = fresh.without_reports(hidden)
    answer = view.answer(QUESTION)
    assert not recalled(answer)
    assert hidden.isdisjoint(citation.report.id for citation in answer.citations)


def test_the_oldest_state_makes_room_for_a_new_one():
    cache, questions = StateCache(limit=3), [Question(f"Question {number}?") for number in range(4)]
    for question in questions:
        cache.put(state_of(question))
    assert [cache.get(question) is not None for question in questions] == [False, True, True, True]


def test_a_state_expires_however_often_it_is_asked_for():
    now = [0.0]
    cache, first, second = StateCache(clock=lambda: now[0]), Question("First?"), Question("Second?")
    cache.put(state_of(first))
    for now[0] in (SECONDS / 2, SECONDS - 1):
        assert cache.get(first)
        cache.put(state_of(second))
    now[0] = SECONDS
    assert cache.get(first) is None
    assert cache.get(second)
    now[0] = 1.5 * SECONDS
    cache.put(state_of(first))
    assert list(cache._states) == [first]  # the second state has expired, even though nobody asked for it again


def test_an_answerer_that_remembers_nothing_answers_afresh_each_time(own_data, encoder, open_scorer):
    answerer = Answerer.open(own_data, encoder, remembered=0, open_scorer=open_scorer)
    assert [recalled(answerer.answer(QUESTION)) for _ in range(2)] == [False, False]
    assert not recalled(answerer.without_reports(frozenset({answerer.index.store.reports[0].id})).answer(QUESTION))


@pytest.mark.thorough
def test_threads_that_ask_at_the_same_time_lose_nothing():
    cache = StateCache()
    questions = [Question(f"Question {number}?") for number in range(REMEMBERED)]

    def ask(turn):
        for question in questions[turn:] + questions[:turn]:
            cache.put(state_of(question))
            assert cache.get(question).question == question

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(cache.get(question).question == question for question in questions)
