from __future__ import annotations

import pytest

from qa_service.answering.pipeline import Answerer
from qa_service.types import Question
from qa_service.understanding.register_questions import asks_what_became


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What became of the improvements asked of Westmarsh in 2019?", True),
        ("What happened to the recommendations made to Westmarsh?", True),
        ("Have the areas for improvement in Westmarsh been addressed?", True),
        ("What does Westmarsh need to improve?", False),
        ("What happened to children who went missing in Westmarsh?", False),
        ("Has supervision improved in Westmarsh?", False),
    ],
)
def test_questions_about_what_became_of_improvements(answerer: Answerer, text: str, expected: bool) -> None:
    interpretation = answerer.run(Question(text), last="screen").interpretation
    assert asks_what_became(interpretation) is expected
