from __future__ import annotations

import pytest

from qa_service.understanding.polarity import Polarity, polarity_asked

WEAKNESSES = [
    "What is weak about the fostering team in Aldermere?",
    "Tell me what is wrong with supervision in Carrowby",
    "Where is the adoption panel falling short?",
    "What do foster carers in Westmarsh complain about?",
    "Any criticism of the virtual school in Pellbrook?",
    "Westmarsh 2023: criticisms of how visits are recorded",
    "Where do care leavers get let down by advisers in Northwold?",
    "What does Aldermere do badly for disabled children?",
    "Why is short-break planning in Carrowby so poor?",
    "What has gone wrong with the duty team?",
    "What problems did inspectors find with the edge of care team?",
    "In what ways is the education offer lacking?",
    "What isn't working well at the front door?",
    "Weak points of the neglect strategy in Pellbrook?",
    "What's the matter with pathway plans in Northwold?",
]
STRENGTHS = [
    "What did inspectors praise about early help in Westmarsh?",
    "What was good about the letters that Carrowby sends to parents?",
    "What's going well with the young carers' service?",
    "Any praise for night staffing in Aldermere?",
    "Strong points of the fostering service in Northwold?",
    "What did inspectors like about life-story work?",
    "What impressed inspectors in Pellbrook's panel?",
    "What does the duty team do particularly well?",
]
NEITHER = [
    "",
    "Is supervision in Aldermere weak?",
    "Are there problems with caseloads in Carrowby?",
    "How good is early help in Westmarsh?",
    "What are the strengths and weaknesses of early help in Westmarsh?",
    "What good and bad things are said about the panel?",
    "What does the complaints team do?",
    "What is life in care like in Pellbrook?",
    "What did Northwold do about the concerns that parents raised?",
    "With health checks so slow, what did Aldermere do?",
    "What keeps young people out of trouble?",
    "Do foster carers feel well supported?",
]


@pytest.mark.parametrize("question", WEAKNESSES)
def test_a_question_for_criticism_is_not_answered_by_praise(question: str) -> None:
    assert polarity_asked(question) is Polarity.WEAKNESSES


@pytest.mark.parametrize("question", STRENGTHS)
def test_a_question_for_praise_is_not_answered_by_criticism(question: str) -> None:
    assert polarity_asked(question) is Polarity.STRENGTHS


@pytest.mark.parametrize("question", NEITHER)
def test_either_stance_answers_any_other_question(question: str) -> None:
    assert polarity_asked(question) is None
