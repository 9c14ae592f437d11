from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.english import is_english
from corpus.names.edits import one_slip_away, slips_between
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.words.spelling import correct
from tests.qa_service.conftest import TODAY
from tests.qa_service.understanding.adapter import KNOWN_COUNTS

TEXT = st.text(alphabet="abcdefghs ’'.-?W3", max_size=40)


def test_a_correction_says_what_was_typed_and_where():
    text, [correction] = correct("Is supervison regular?", KNOWN_COUNTS)
    assert text == "Is supervision regular?"
    assert (correction.typed, correction.taken, correction.start, correction.end) == (
        "supervison",
        "supervision",
        3,
        13,
    )


def test_the_most_frequent_word_is_meant_and_none_if_two_are_as_frequent():
    assert correct("qwertyu", {"qwertyx": 90, "qwertyz": 9})[0] == "qwertyx"
    assert correct("qwertyu", {"qwertyx": 9, "qwertyz": 9})[1] == ()


def test_nothing_is_corrected_without_counts_or_if_every_word_is_taken_as_typed():
    assert correct("supervison", {}) == ("supervison", ())
    as_typed = interpret("supervison in Westmrash", ["Westmarsh"], TODAY, known_counts=KNOWN_COUNTS, verbatim=True)
    assert (as_typed.text, as_typed.corrections, as_typed.authorities) == ("supervison in Westmrash", (), ())


def test_a_name_is_not_corrected():
    assert correct("neglct in caselods", KNOWN_COUNTS, [(10, 18)])[0] == "neglect in caselods"


def test_a_rare_word_of_the_reports_is_not_taken():
    assert correct("qwertyu", {"qwertyx": 2})[1] == ()
    assert correct("qwertyu", {"qwertyx": 3})[0] == "qwertyx"


@settings(deadline=None)
@given(TEXT)
def test_only_the_corrected_words_change(text):
    corrected, corrections = correct(text, KNOWN_COUNTS)
    for correction in reversed(corrections):
        assert text[correction.start : correction.end] == correction.typed
        text = text[: correction.start] + correction.taken + text[correction.end :]
    assert corrected == text


@given(st.sampled_from(sorted(KNOWN_COUNTS)))
def test_a_word_of_the_reports_stays(word):
    assert correct(f"is it {word}?", KNOWN_COUNTS)[1] == ()


@settings(deadline=None, max_examples=50)
@given(st.text("abc", min_size=1, max_size=6), st.text("abc", max_size=6))
def test_the_texts_one_slip_away_are_those_at_a_distance_of_one(word, other):
    near = set(one_slip_away(word))
    assert (other in near) == (slips_between(word, other, 1) <= 1 and (other != word or word in near))
    assert slips_between(word, other, 3) == slips_between(other, word, 3)


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [("leeds", "leeds", 0), ("ledes", "leeds", 1), ("eedsl", "leeds", 2), ("a", "bcde", 3)],
)
def test_slips_are_counted_up_to_the_most_asked_for(first, second, slips):
    assert slips_between(first, second, 2) == slips


def test_the_list_of_english_words_has_british_spellings_and_no_common_misspellings():
    assert all(map(is_english, ["organisation", "programme", "centre", "behaviour", "Monday", "a"]))
    assert not any(map(is_english, ["recieve", "supervison", "ratd", "don't"]))
