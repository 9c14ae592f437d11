from __future__ import annotations

import pytest

from corpus.note_marks import is_note_mark


@pytest.mark.parametrize(
    "before", ["weeks.", "areas", "in 2024.", "14%", "said (LADO)", "‘safe.’", "‘safe’", "in Thornby,", "at all?", "it"]
)
@pytest.mark.parametrize("sign", ["1", "12", "1, 2", "[3]", " 4 "])
def test_a_bare_number_right_after_a_word_or_punctuation_is_a_mark(before, sign):
    assert is_note_mark(before, sign, linked=False)


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        ("9 m", "2"), ("9 km", "3"), ("40 square metres", "2"), ("R", "2"), ("10", "6"), ("(x+y)", "2"), ("21", "st"),
        ("weeks ", "1"), ("", "1"), ("Thornby", "TM"), ("weeks", ""), ("weeks", "1/2"),
    ],
)  # fmt: skip
def test_exponents_ordinals_and_signs_that_stand_alone_are_no_marks(before, sign):
    assert not is_note_mark(before, sign, linked=False)


def test_an_exponent_of_a_unit_may_also_be_the_number_of_a_later_note():
    assert is_note_mark("six miles", "4", linked=False)


@pytest.mark.parametrize("sign", ["1", "[1]", "a", "iv", "*", "†", "[footnote 2]", "Note 3", "(4)", "nb 1"])
def test_a_link_to_a_place_on_the_page_is_a_mark_unless_it_starts_the_paragraph(sign):
    assert is_note_mark("since 2024 ", sign, linked=True)
    assert not is_note_mark(" ", sign, linked=True)


def test_a_link_of_words_is_no_mark():
    assert not is_note_mark("weeks", "see the note below", linked=True)
