from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.comparisons import MAX_COMPARED, aspect_compared
from qa_service.understanding.conversation.follow_up import interpret_in_context

TODAY = date(2026, 1, 1)


NAMES = ("Westmarsh", "Northwold", "Orle", "Hesk", "Tolland", "Arnby", "Fenwold")


@pytest.fixture
def aspect(make_report):
    """Return a function that finds what a question compares."""
    reports = [make_report(f"{name}.txt", authority=name) for name in NAMES]
    return lambda text: aspect_compared(interpret_in_context(text, (), reports, TODAY))


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
    assert aspect(question) == words


@pytest.mark.parametrize(
    "question",
    [
        "What do the reports say about supervision in Westmarsh and Northwold?",  # compares nothing
        "Compare Westmarsh and Northwold",  # compares their grades
        "Compare Westmarsh on supervision and caseloads",  # one authority
        "Compare supervision in Westmarsh in 2019 with 2023",  # certain reports
        "Compare supervision in Westmarsh in 2019 with Northwold in 2025",
        "Compare the focused visits to Westmarsh and Northwold on supervision",
        "Compare the overall grades of Westmarsh and Northwold",
        "Compare Westmarsh and Northwold on how quickly they see children after a call to the front door at night",
    ],
)
def test_other_questions_are_no_comparison(aspect, question):
    assert aspect(question) == ""


def test_there_is_a_limit_on_the_authorities_in_one_answer(aspect):
    assert len(NAMES) > MAX_COMPARED
    assert aspect(f"Compare {', '.join(NAMES[:MAX_COMPARED])} on caseloads") == "caseloads"
    assert aspect(f"Compare {', '.join(NAMES[: MAX_COMPARED + 1])} on caseloads") == ""
