"""Tests of writing the apostrophe in the name of an authority."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.possessives import with_apostrophes

KNOWN = ("Hesk", "Orle", "Pellbrook")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how long between Orles last two inspections", "how long between Orle's last two inspections"),
        ("Pellbrooks grade and hesks grade", "Pellbrook's grade and hesk's grade"),
        ("How is Orle's supervision?", "How is Orle's supervision?"),
        ("the Orles", "the Orles"),
    ],
)
def test_an_s_after_a_name_and_before_a_word_gets_its_apostrophe(typed, meant):
    assert with_apostrophes(typed, KNOWN) == meant
