from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.conversation.messages.shorthand import in_full_words
from qa_service.understanding.conversation.messages.wishes import read_message
from qa_service.understanding.interpretation import interpret

AUTHORITIES = ("Aldermere", "Pellbrook", "Surrey", "West Sussex")
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Aldermere grades over the yrs pls", "Aldermere grades over the years please"),
        ("what was wrong w aldermere's letters", "what was wrong with aldermere's letters"),
        ("what was wrong w surreys letters", "what was wrong with surreys letters"),
        ("w sussex waits", "w sussex waits"),
        ("do they work w/ schools, or w/o them", "do they work with schools, or without them"),
        ("homeless 16/17s and u18s", "homeless 16 and 17 year olds and under 18s"),
        ("a 12 yr old", "a 12 year old"),
        ("the sw turnover b4 covid", "the social worker turnover before covid"),
        ("changes of sw", "changes of social worker"),
        ("councils in the sw", "councils in the sw"),
        ("do mgrs check sws' notes", "do managers check social workers' notes"),
        ("they left bc of pay", "they left because of pay"),
        ("Aldermere BC", "Aldermere BC"),
        ("wait for an ot assessment", "wait for an occupational therapy assessment"),
        ("Prev visit", "Previous visit"),
        ("Which reports say “w yrs”? And mgmt?", "Which reports say “w yrs”? And management?"),
        ("a third, or 1/3s", "a third, or 1/3s"),
        ("", ""),
    ],
)
def test_shorthand_is_written_out_once(typed: str, meant: str) -> None:
    assert in_full_words(typed, AUTHORITIES) == meant
    assert in_full_words(meant, AUTHORITIES) == meant


def test_a_message_in_shorthand_is_a_plain_question() -> None:
    read = read_message("how many wks do ppl wait in Aldermere thx", AUTHORITIES, TODAY)
    assert read.text == "how many weeks do people wait in Aldermere"
    assert not read.is_written_out


def test_with_is_no_compass_point() -> None:
    read = read_message("what is wrong w surreys plans", AUTHORITIES, TODAY)
    assert interpret(read.text, AUTHORITIES, TODAY).districts == ()
