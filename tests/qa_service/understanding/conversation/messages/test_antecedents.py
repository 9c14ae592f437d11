"""Tests of replacing "them" with the authorities that the background describes."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.antecedents import with_antecedent
from tests.qa_service.conftest import TODAY

KNOWN = ("Carrowby", "Hesk", "Orle")


@pytest.mark.parametrize(
    ("wish", "background", "expected"),
    [
        (
            "Can you list them with their grade now?",
            "I am looking at councils that were inadequate in 2018 or 2019.",
            "Can you list councils that were inadequate in 2018 or 2019 with their grade now?",
        ),
        (
            "How have they got on since?",
            "Our board asks about authorities that were rated inadequate in 2018.",
            "How have authorities that were rated inadequate in 2018 got on since?",
        ),
        ("How have they got on since?", "Our board met about Orle.", "How have they got on since?"),
        ("Was Hesk one of them?", "I am looking at councils that were good in 2018.", "Was Hesk one of them?"),
        ("Which councils are good?", "I am looking at councils that were good in 2018.", "Which councils are good?"),
    ],
)
def test_them_is_read_as_the_authorities_described(wish: str, background: str, expected: str) -> None:
    assert with_antecedent(wish, [background], KNOWN, TODAY) == expected
