from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.questions.comparisons import MAX_COMPARED, Compared, compared_in

TODAY = date(2026, 1, 1)


NAMES = ("Westmarsh", "Northwold", "Orle", "Hesk", "Tolland", "Arnby", "Fenwold")


@pytest.fixture
def aspect(make_report):
    """Return a function that finds what a question compares."""
    reports = [make_report(f"{name}.txt", authority=name) for name in NAMES]
    return lambda text: compared_in(interpret_in_context(text, (), reports, TODAY))


def of_amounts(words):
    return Compared(words, amounts=True)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Compare Westmarsh and Northwold on caseloads", "caseloads"),
        ("How do Westmarsh and Northwold compare on social worker caseloads?", "social worker caseloads"),
        ("How does Westmarsh compare with Northwold in terms of supervision?", "supervision"),
        ("Westmarsh vs Northwold: pathway plans", "pathway plans"),
        ("Pathway plans, Westmarsh versus Northwold", "Pathway plans"),
        ("Compare what Ofsted said about placement sufficiency in Westmarsh and Northwold", "placement sufficiency"),
        ("What is the difference between Westmarsh and Northwold on supervision?", "supervision"),
        ("How does Westmarsh's work with care leavers compare to Northwold's?", "care leavers"),
        ("How do Westmarsh and Northwold compare on services for care leavers?", "care leavers"),
        ("How do Westmarsh and Northwold differ in how well they deal with neglect?", "neglect"),
        ("Please compare the latest reports on Westmarsh and Northwold on supervision", "supervision"),
    ],
)
def test_the_words_for_what_is_compared_are_found(aspect, question, words):
    assert aspect(question) == Compared(words)


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        (
            "Is Westmarsh or Northwold better at supervising its social workers?",
            Compared("supervising its social workers"),
        ),
        ("Who is better at return home interviews, Westmarsh or Northwold?", Compared("return home interviews")),
        ("Which is stronger on quality assurance: Westmarsh or Northwold?", Compared("quality assurance")),
        ("Which of Westmarsh and Northwold has better pathway plans?", Compared("pathway plans")),
        ("Does Westmarsh do better than Northwold on neglect?", Compared("neglect")),
        ("Are caseloads higher in Westmarsh than in Northwold?", Compared("caseloads")),
        ("Is Westmarsh more effective at supervision than Northwold?", Compared("supervision")),
        ("Are foster carers in Westmarsh paid more than in Northwold?", of_amounts("foster carers paid")),
        ("Does Westmarsh have more children in care than Northwold?", of_amounts("children in care")),
        ("Does Westmarsh use more agency staff than Northwold?", of_amounts("use agency staff")),
    ],
)
def test_a_question_about_which_authority_has_more_or_does_better_compares_them(aspect, question, compared):
    assert aspect(question) == compared


@pytest.mark.parametrize(
    "question",
    [
        "What do the reports say about supervision in Westmarsh and Northwold?",  # compares nothing
        "Compare Westmarsh and Northwold",  # compares their grades
        "Compare Westmarsh on supervision and caseloads",  # one authority
        "Compare supervision in Westmarsh in 2019 with 2023",  # certain reports
        "Compare supervision in Westmarsh in 2019 with Northwold in 2025",
        "Compare the focused visits to Westmarsh and Northwold on supervision",
        "Why is Westmarsh better than Northwold at supervision?",
        "What makes Westmarsh better than Northwold at supervision?",
        "Is Westmarsh better than Northwold?",  # compares their grades
        "How does Westmarsh stack up against Northwold?",
        "What are the differences between Westmarsh and Northwold?",
        "Do more children wait in Westmarsh now than in 2019?",
        "Compare the overall grades of Westmarsh and Northwold",
        "Compare Westmarsh and Northwold on how quickly they see children after a call to the front door at night",
    ],
)
def test_other_questions_are_no_comparison(aspect, question):
    assert aspect(question) is None


def test_there_is_a_limit_on_the_authorities_in_one_answer(aspect):
    assert len(NAMES) > MAX_COMPARED
    assert aspect(f"Compare {', '.join(NAMES[:MAX_COMPARED])} on caseloads") == Compared("caseloads")
    assert aspect(f"Compare {', '.join(NAMES[: MAX_COMPARED + 1])} on caseloads") is None
