from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.understanding.words.normalisation import normalised


@pytest.mark.parametrize(
    "text",
    [
        "What must Westmarsh improve for care leavers?",
        "Two\nlines\tand a tab",
        "“Good” – what’s that in the council’s words?",
        "A £5 note & 10% more; see p. 7 (or 8).",
    ],
)
def test_ordinary_text_stays_unchanged(text: str) -> None:
    assert normalised(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ｗｅｓｔｍａｒｓｈ",
        "Wéstmârsh",
        "Wеstmаrsh",
        "West\u200bmarsh",
        "\u202ehsramtseW\u202c",
        "𝐖𝐞𝐬𝐭𝐦𝐚𝐫𝐬𝐡",
        "\ufeffWestmarsh",
        "W\u0336e\u0336stmarsh",
    ],
)
def test_a_disguised_name_becomes_the_name_it_looks_like(text: str) -> None:
    assert normalised(text) == "Westmarsh"


@given(st.text())
def test_normalised_text_stays_unchanged(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text) or "\u202e" in text or "\x1b" in text


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_printable_ascii_stays_unchanged(text: str) -> None:
    assert normalised(text) == text
