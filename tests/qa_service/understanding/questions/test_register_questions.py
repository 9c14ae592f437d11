from __future__ import annotations

import pytest

from qa_service.answering.pipeline import Answerer
from qa_service.types import Question
from qa_service.understanding.questions.register_questions import asks_what_became, subject_of_items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What became of the improvements asked of Westmarsh in 2019?", True),
        ("What happened to the recommendations made to Westmarsh?", True),
        ("Have the areas for improvement in Westmarsh been addressed?", True),
        ("What does Westmarsh need to improve?", False),
        ("What happened to children who went missing in Westmarsh?", False),
        ("Has supervision improved in Westmarsh?", False),
        ("Why have the recommendations been addressed late in Westmarsh?", False),
        ("Who followed up the recommendations that were addressed in Westmarsh?", False),
        ("When have the recommendations been addressed in Westmarsh?", False),
        ("Have the recommendations not been addressed in Westmarsh?", False),
        ("Haven't the recommendations been addressed in Westmarsh?", False),
    ],
)
def test_questions_about_what_became_of_improvements(answerer: Answerer, text: str, expected: bool) -> None:
    interpretation = answerer.run(Question(text), last="screen").interpretation
    assert asks_what_became(interpretation) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What became of the improvements asked of Westmarsh in 2019?", ""),
        ("What happened to the recommendations made to Westmarsh after the last inspection?", ""),
        ("What has happened to the improvements that were asked of Westmarsh’s children’s services?", ""),
        ("Have the areas for improvement in Westmarsh been addressed?", ""),
        ("What became of the priority actions from the monitoring visit to Carrowby?", ""),
        ("Have the recommendations about neglect been addressed in Westmarsh?", "neglect"),
        ("Have the improvements to assessments been acted on in Carrowby?", "assessments"),
        ("What became of the recommendations on supervision and caseloads in Carrowby?", "supervision and caseloads"),
    ],
)
def test_the_subject_of_the_improvements_is_what_no_other_word_explains(
    answerer: Answerer, text: str, expected: str
) -> None:
    interpretation = answerer.run(Question(text), last="screen").interpretation
    assert subject_of_items(interpretation) == expected
