from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Question

QUESTIONS = [
    "Which reports criticise assessments?",
    "Which reports mention neglect?",
    "Which reports list supervision among what must improve?",
]


def files(answer):
    return [answer.citations[statement.citations[0] - 1].report.file for statement in answer.statements]


@pytest.mark.parametrize("question", QUESTIONS)
def test_pages_of_a_count_quote_each_report_that_fits_once_and_in_one_order(answerer, question):
    whole = answerer.answer(Question(question))
    assert whole.total == whole.summary.count > 0
    seen: list[str] = []
    offset = 0
    while offset is not None:
        page = answerer.answer(Question(question, items=1, offset=offset))
        assert page.summary == whole.summary
        seen += dict.fromkeys(files(page))
        offset = page.next_offset
    assert seen == list(dict.fromkeys(files(whole)))
    assert len(seen) == whole.total


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_past_the_end_of_a_count_says_how_long_it_is(answerer, question):
    total = answerer.answer(Question(question)).total
    past = answerer.answer(Question(question, offset=50))
    assert past.status is AnswerStatus.NOT_IN_REPORTS
    assert past.total == total
    assert not past.statements
    assert f"{total} item" in past.reason
