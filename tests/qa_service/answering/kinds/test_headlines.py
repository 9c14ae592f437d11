from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service import calibration
from qa_service.types import Answer

Ask = Callable[..., Answer]


def quoted(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


def test_strengths_are_quoted_from_the_parts_of_the_latest_full_inspection_that_sum_it_up(ask: Ask) -> None:
    answer = ask("What are the strengths of Westmarsh?")
    assert answer.confidence == calibration.HEADLINES_CONFIDENCE
    assert "Westmarsh’s inspection of 11 to 22 September 2023" in answer.reason
    assert quoted(answer)[0] == "Care leavers, who already did well, now receive help of the highest quality."
    assert not any("Strengths and difficulties" in text for text in quoted(answer))


def test_a_report_with_a_section_on_what_works_is_quoted_from_it(ask: Ask) -> None:
    answer = ask("What is Pellbrook doing well?")
    sections = {
        answer.citations[statement.citations[0] - 1].scored.passage.section[-1] for statement in answer.statements
    }
    assert sections == {"What is the area partnership doing that is effective?"}


def test_headlines_are_never_called_close_and_say_how_they_were_chosen(ask: Ask) -> None:
    answer = ask("What are the strengths of Northwold?")
    assert answer.confidence < 0.75
    assert answer.note.startswith("We chose them for their words of praise, starting with the parts that sum up the")
    assert "Read the whole report for the full picture." in answer.note
    assert not any(text.startswith(("It ", "They ", "This ")) for text in quoted(answer))


def test_praise_for_little_delay_is_no_weakness(ask: Ask) -> None:
    assert not any("little delay" in text for text in quoted(ask("What are the weaknesses of Carrowby?")))


def test_a_ranking_of_weaknesses_is_named_as_not_applied(ask: Ask) -> None:
    answer = ask("Biggest risks in Aldermere?")
    assert answer.answered
    assert answer.not_applied == ("Biggest",)


@pytest.mark.parametrize("text", ["Strengths and weaknesses of Carrowby", "What went wrong in Carrowby?"])
def test_every_sentence_is_about_the_authority_named(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.statements
    assert {answer.citations[s.citations[0] - 1].report.authority for s in answer.statements} == {"Carrowby"}


def test_strengths_of_one_subject_are_searched_for(ask: Ask) -> None:
    assert ask("What are the strengths of supervision in Westmarsh?").confidence != calibration.HEADLINES_CONFIDENCE


def test_anything_good_asks_for_strengths_and_not_for_a_grade(ask: Ask) -> None:
    answer = ask("Was there anything good in Carrowby's 2015 inspection?")
    assert "Adoption work is good." in quoted(answer)
    assert answer.confidence == calibration.HEADLINES_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "What are the weaknesses of Westmarsh?",
            "They come from the report’s list of what needs to improve and from its words of criticism. Read",
        ),
        (
            "What are the weaknesses of Carrowby?",
            "We chose them for their words of criticism, starting with the parts that sum up the report. Read",
        ),
        (
            "What are the strengths and weaknesses of Westmarsh?",
            "They come from the report’s list of what needs to improve and from its words of praise and criticism.",
        ),
        (
            "What are the weaknesses of Westmarsh and Aldermere?",
            "They come from the reports’ lists of what needs to improve and from their words of criticism. Read",
        ),
    ],
)
def test_items_of_a_list_are_not_said_to_be_chosen_for_their_words(ask: Ask, text: str, note: str) -> None:
    assert ask(text).note.startswith(note)
