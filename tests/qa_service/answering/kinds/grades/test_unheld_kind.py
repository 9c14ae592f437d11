from __future__ import annotations

from collections.abc import Callable

from qa_service.types import Answer, AnswerStatus


def test_an_outcome_of_a_type_that_we_do_not_have_is_not_called_ungraded(ask: Callable[..., Answer]) -> None:
    answer = ask("What was the outcome of Carrowby's area SEND inspection?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.reason.startswith("We have no report on an area SEND inspection of Carrowby")
