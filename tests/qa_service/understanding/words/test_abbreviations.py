from __future__ import annotations

from datetime import date

import pytest

from corpus.names.initials import shared_initials
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.requirements import requirements_of
from qa_service.understanding.words.abbreviations import Abbreviation, abbreviations, stands_for, written_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LAC numbers", "looked after children (LAC) numbers"),
        ("lac numbers", "looked after children (lac) numbers"),
        ("How many IROs are there?", "How many independent reviewing officers (IROs) are there?"),
        ("Do PAs visit?", "Do personal advisers (PAs) visit?"),
        ("How is the MASH?", "How is the multi-agency safeguarding hub (MASH)?"),
        ("DoLs here", "deprivation of liberty (DoLs) here"),
        ("dol", "deprivation of liberty (dol)"),
        ("are s47s timely", "are section 47 enquiries (s47s) timely"),
        ("which raa", "which regional adoption agency (raa)"),
        ("RAAs", "regional adoption agencies (RAAs)"),
        ("fgcs", "family group conferences (fgcs)"),
    ],
)
def test_an_abbreviation_is_written_out(text, expected):
    assert written_out(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Did they mash potatoes with salt?",  # ordinary words in lower case
        "pa system",
        "a mace and a spa",
        "all dolls",
        "The black lace placard",  # letters within words
        "Looked after children (LAC) numbers",  # the text already has the long form
        "How long do care leavers wait?",
        "",
    ],
)
def test_nothing_else_changes(text):
    assert written_out(text) == text


def test_each_abbreviation_has_a_source_and_writes_itself_out():
    assert len(abbreviations()) >= 40
    for abbreviation in abbreviations().values():
        assert written_out(f"About {abbreviation.short}?") == f"About {abbreviation.long} ({abbreviation.short})?"


def test_an_abbreviation_without_a_source_is_an_error():
    with pytest.raises(ValueError, match="a source"):
        Abbreviation("LAC", "looked after children", "")


def test_the_search_uses_the_long_form_unless_the_question_is_taken_as_typed():
    question = "LAC numbers in Westmarsh"
    assert interpret(question, ["Westmarsh"], date(2026, 1, 1)).search_text == "looked after children (LAC) numbers"
    assert interpret(question, ["Westmarsh"], date(2026, 1, 1), verbatim=True).search_text == "LAC numbers"


def test_no_council_has_the_initials_of_an_abbreviation():
    assert not [initials for initials in shared_initials() if stands_for(initials)]


def test_a_passage_must_mention_what_an_abbreviation_stands_for():
    [group] = requirements_of("are s47s timely?").mentions
    assert group[0].name == "child protection enquiries"
    assert [each.name for [each] in requirements_of("DoLS in Westmarsh").mentions] == ["deprivation of liberty"]
