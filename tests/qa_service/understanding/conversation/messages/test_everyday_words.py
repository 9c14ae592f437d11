from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.conversation.messages.everyday_words import in_report_words
from qa_service.understanding.conversation.messages.wishes import read_message


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Are one to ones with managers regular in Orle?", "Are supervision sessions regular in Orle?"),
        (
            "what is lacking in 1:1s between social workers and their managers",
            "what is lacking in supervision of social workers",
        ),
        ("What has Orle bought in for UASC?", "What has Orle commissioned for UASC?"),
        ("What did inspectors have a go at Orle for?", "What did inspectors criticise Orle for?"),
        ("Is everyone snowed under?", "Is everyone carrying caseloads that are too high?"),
    ],
)
def test_everyday_words_become_those_of_reports(typed: str, meant: str) -> None:
    assert in_report_words(typed) == meant
    assert in_report_words(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Do children get one-to-one sessions?",
        "Which reports say “bought in”?",
        "bought indoors",
        "",
        "a snowed underpass",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert in_report_words(text) == text


def test_the_message_says_what_it_was_taken_to_ask() -> None:
    read = read_message("What has Orle bought in for UASC?", ["Orle"], date(2026, 11, 30))
    assert (read.text, read.is_written_out) == ("What has Orle commissioned for UASC?", True)
