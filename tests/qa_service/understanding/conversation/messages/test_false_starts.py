from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.conversation.messages.false_starts import without_false_start

TODAY = date(2026, 11, 30)
AUTHORITIES = ("Orle", "Dene", "Ince")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Orle's fostering... no wait, has Orle's IRO service got better?", "has Orle's IRO service got better?"),
        ("What proportion of Orle's... sorry, are Orle's care leavers housed?", "are Orle's care leavers housed?"),
        (
            "How many... actually no, do care leavers in Orle know their rights?",
            "do care leavers in Orle know their rights?",
        ),
        ("Is Orle's early help good? sorry, I meant Orle's MASH", "Orle's MASH"),
        ("Orle - no wait, Dene: how is supervision?", "Dene: how is supervision?"),
        ("Dene fostering... scrap that, what must Orle improve?", "what must Orle improve?"),
        ("How was Orle rated? Sorry, I mean Dene", "How was Dene rated?"),
        ("Orle... no wait, Dene... no wait, how is Ince rated?", "how is Ince rated?"),
    ],
)
def test_what_comes_before_a_correction_is_dropped(typed: str, meant: str) -> None:
    assert without_false_start(typed, AUTHORITIES, TODAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Sorry to bother you, how is Orle rated?",
        "Sorry, I meant Dene",  # corrects an earlier message
        "No, I mean Dene",
        "Do children wait, no matter what, in Orle?",
        "What does “good” mean, actually?",
        "How long do families wait, and is it too long?",
        "How is Orle rated... sorry",
        "",
    ],
)
def test_a_message_without_a_correction_stays(text: str) -> None:
    assert without_false_start(text, AUTHORITIES, TODAY) == text
