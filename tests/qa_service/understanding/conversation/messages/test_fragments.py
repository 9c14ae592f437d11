"""Tests of turning notes into questions."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.fragments import written_out
from tests.qa_service.conftest import TODAY

KNOWN = ("Carrowby", "Hesk", "Northwold", "Orle", "Westmarsh")


@pytest.mark.parametrize(
    ("note", "question"),
    [
        ("supervision, Orle, worst bits", "What are the weaknesses in supervision in Orle?"),
        ("Orle, kinship carers, good things", "What are the strengths in kinship carers in Orle?"),
        (
            "pre-proceedings problems orle october 2020",
            "What are the weaknesses in pre-proceedings in Orle in october 2020?",
        ),
        ("orle 2020 why inadequate", "Why was Orle judged inadequate in 2020?"),
        ("Orle overall 2023", "What was the overall grade of Orle in 2023?"),
        ("Orle - last grade?", "What was the overall grade of Orle at the latest inspection?"),
        ("Orle - RI or good?", "What was the overall grade of Orle at the latest inspection?"),
        ("latest Orle improvements", "What does Orle need to improve?"),
        ("the care leavers thing from 2020 in Orle", "care leavers in 2020 in Orle"),
        ("caseloads - which councils too high", "Which councils are told that caseloads are too high?"),
        ("weak supervision: which reports?", "Which reports say that supervision is weak?"),
        ("strategy discussions late - which ones", "Which reports say that strategy discussions are late?"),
        ("permanence - praised where?", "Which councils have been praised for permanence?"),
    ],
)
def test_a_note_is_written_out(note, question):
    assert written_out(note, KNOWN, TODAY) == question


@pytest.mark.parametrize(
    "text",
    [
        "Strengths and weaknesses of Orle",
        "Orle improvements since 2019",
        "Whatever happened to those improvements in Orle?",
        "Which bit of Orle got the top grade in 2022?",
        "Track the areas for improvement in Orle since 2019",
        "What is the first thing that inspectors said about neglect in Orle?",
        "supervision in Orle",
        "worst bits",
        "Orle and Hesk grade",
        "Since 2021, which authorities were good?",
    ],
)
def test_other_messages_stay_as_they_are(text):
    assert written_out(text, KNOWN, TODAY) == text
