from __future__ import annotations

import pytest

from qa_service.understanding.interpretation import interpret
from qa_service.understanding.mentions import names_of
from qa_service.understanding.named_things import named_things, requirements_for, writes_name_in
from tests.qa_service.conftest import KNOWN, TODAY


def named(text: str) -> list[str]:
    return names_of(named_things(interpret(text, KNOWN, TODAY)))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Do adopters in Aldermere get Lantern support?", ["Lantern"]),
        ("Is Carrowby one of the Bright Futures pathfinders?", ["Bright Futures"]),
        ("Has Westmarsh got a BRIDGES service?", ["BRIDGES"]),
        ("What rating did Adoption Central Vale get?", ["Adoption Central Vale"]),
        ("How well does Fostering West find families?", ["Fostering West"]),
        ("Do the Compass team and the Harbour centre work together?", ["Compass", "Harbour"]),
    ],
)
def test_names_of_things_are_found(question: str, names: list[str]) -> None:
    assert named(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "How good is early help in Aldermere?",
        "How did Carrowby cope during Covid?",
        "Do UASC in Westmarsh see an IRO?",
        "Is the MASH in Pellbrook quick?",
        "HOW GOOD IS EARLY HELP IN ALDERMERE?",
    ],
)
def test_authorities_abbreviations_and_things_with_other_names_are_no_names(question: str) -> None:
    assert named(question) == []


def test_a_passage_must_name_the_thing_in_any_case() -> None:
    requirements = requirements_for(interpret("Do adopters in Aldermere get Bright Futures support?", KNOWN, TODAY))
    assert requirements.are_mentioned("Adopters praise the bright-futures programme.")
    assert not requirements.are_mentioned("Adopters have bright prospects.")


@pytest.mark.parametrize(
    ("question", "sentence", "is_written"),
    [
        ("who hosts adopt dale west", "The council hosts the agency (Adopt Dale West).", True),
        ("who hosts adopt dale west", "Adopt Dale West is hosted elsewhere.", False),
        ("who hosts adopt dale east", "The council hosts the agency (Adopt Dale West).", False),
        ("what about early help", "The team is called Early Help.", False),
    ],
)
def test_a_name_may_be_typed_in_lower_case(question: str, sentence: str, is_written: bool) -> None:
    assert writes_name_in(interpret(question, (), TODAY), sentence) is is_written
