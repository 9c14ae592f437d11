from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.interpretation import Interpretation, interpret
from qa_service.understanding.questions.headlines import asks_what_recurs
from qa_service.understanding.questions.matter_questions import matter_asked


def _understood(text: str) -> Interpretation:
    return interpret(text, ["Pellbrook"], date(2026, 1, 5))


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("return home interviews pellbrook - fixed or not?", "return home interviews"),
        ("What happened about private fostering in Pellbrook after it was raised?", "private fostering"),
        ("gap between pellbrook supervision first being flagged and the latest time it was flagged", "supervision"),
        ("Has Pellbrook dealt with life-story work?", "life-story work"),
        ("is supervision in Pellbrook still a problem", "supervision"),
        ("When was supervision first raised in Pellbrook, and when last?", "supervision"),
        ("How many times has supervision been flagged in Pellbrook?", "supervision"),
        ("Did Pellbrook fix its caseloads?", "caseloads"),
        ("Have children missing from care been sorted in Pellbrook?", "children missing from care"),
        ("Pellbrook: supervision sorted or still a problem?", "supervision"),
        ("Has Pellbrook fixed its caseloads or not?", "caseloads"),
        ("Did Pellbrook ever get caseloads under control?", "caseloads"),
        ("Have concerns about placement sufficiency been resolved in Pellbrook?", "placement sufficiency"),
        ("Has the MASH in Pellbrook been fixed?", "multi-agency safeguarding hub"),
        ("Private fostering in Pellbrook - did it get fixed after 2023?", "private fostering"),
        ("Has Pellbrook sorted out its problems with neglect since the last full inspection?", "neglect"),
        ("What became of private fostering in Pellbrook?", "private fostering"),
    ],
)
def test_the_matter_is_what_no_other_word_of_the_question_explains(text: str, matter: str) -> None:
    assert matter_asked(_understood(text)) == matter


@pytest.mark.parametrize(
    "text",
    [
        "Have social workers addressed neglect in Pellbrook?",
        "What happened to children who went missing in Pellbrook?",
        "Why has Pellbrook not fixed supervision?",
        "How has Pellbrook addressed neglect?",
        "Is Pellbrook still inadequate?",
        "What is still a problem in Pellbrook?",
        "Has Pellbrook addressed the recommendations?",
        "When have the recommendations been addressed in Pellbrook?",
        "What was Pellbrook told to put right after the July 2025 focused visit?",
        "Was it fixed a year later in Pellbrook?",
        "When was Pellbrook first inspected?",
        "How often is supervision raised with managers in Pellbrook?",
        "Was neglect identified early in Pellbrook?",
    ],
)
def test_questions_about_more_or_less_than_one_matter_are_left_alone(text: str) -> None:
    assert matter_asked(_understood(text)) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please set out which improvements keep recurring for Pellbrook, with the report each time", True),
        ("What recommendations keep coming back in Pellbrook, naming each report?", True),
        ("Which of Pellbrook's areas for improvement have been raised in more than one report?", True),
        ("Can you tell me what inspectors keep asking Pellbrook to improve, report by report?", True),
        ("Has Pellbrook been inspected more than once?", False),
        ("Do children in Pellbrook go missing repeatedly?", False),
    ],
)
def test_what_recurs_is_asked_in_many_words(text: str, expected: bool) -> None:
    assert asks_what_recurs(_understood(text)) is expected
