from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Reading, SecondReading
from corpus.witness.confirmation import as_placed, confirm, reading_of

PAGE = (
    "Aldermere children’s services\n"
    "Leaders know their services well, and they act on what children say. Social workers visit 14 families a\n"
    "week. Children in care were not always seen alone, and plans were late in 12 of 20 cases. Managers read each\n"
    "plan. Personal advisers keep in touch with care leavers, but few of them have a home that suits them."
)
SENTENCES = re.split(r"(?<=\.)\s", PAGE.split("\n", 1)[1])
CONFIRMED, NOT_CONFIRMED, CONTRADICTED = Reading.CONFIRMED, Reading.NOT_CONFIRMED, Reading.CONTRADICTED
SEEN = "Children in care were not always seen alone, and plans were late in 12 of 20 cases."

sentences = st.sampled_from(SENTENCES)
words = st.sampled_from(["not", "no", "7", "Some", "rarely", "un", "without delay"])


def one_changed(sentence: str, at: int, word: str, how: str) -> str:
    """Return a sentence with one word added, removed or changed."""
    parts = sentence.split()
    at %= len(parts)
    changed = {"add": [word, parts[at]], "drop": [], "change": [word]}[how]
    return " ".join([*parts[:at], *changed, *parts[at + 1 :]])


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_that_both_programs_read_are_confirmed(sentence):
    assert confirm(sentence, PAGE, PAGE) is CONFIRMED
    assert confirm(sentence, PAGE.replace("\n", " "), PAGE) is CONFIRMED
    assert confirm(sentence, " ".join(PAGE.replace(" ", "  ")), PAGE) is not CONTRADICTED


def test_white_space_bullets_and_hyphens_at_line_ends_do_not_matter():
    page = "• Plans are re-\nviewed by the multi-\nagency team of the well-being service."
    witness = "•Plans   are reviewed by the multi-agency\nteam of the well-being service."
    quote = "Plans are reviewed by the multi-agency team of the well-being service."
    assert confirm(quote, witness, page) is CONFIRMED
    assert confirm(quote, page, witness) is CONFIRMED
    assert confirm(quote, page.replace("-\n", "\u00ad\n"), witness) is not CONTRADICTED


@pytest.mark.parametrize("sign", ["·", "§", "Ø"])
def test_the_signs_that_become_bullets_do_not_matter(sign):
    page = "Leaders should act.\n• Plans are reviewed by the team.\n• Visits are on time and recorded."
    witness = page.replace("•", sign + "\t")
    assert confirm("Visits are on time and recorded.", witness, page) is CONFIRMED


@given(sentences, st.integers(0, 40), words, st.sampled_from(["add", "drop", "change"]))
def test_a_word_more_less_or_other_in_either_reading_is_never_confirmed(sentence, at, word, how):
    changed = one_changed(sentence, at, word, how)
    if changed.split() == sentence.split():
        return
    other = PAGE.replace(sentence, changed)
    assert other != PAGE
    assert confirm(sentence, other, PAGE) is not CONFIRMED
    assert confirm(changed, PAGE, other) is not CONFIRMED


@given(sentences, st.integers(0, 200), st.sampled_from("xyz3"))
def test_a_letter_changed_in_either_reading_is_never_confirmed(sentence, at, letter):
    places = [place for place, character in enumerate(sentence) if character.isalnum()]
    place = places[at % len(places)]
    changed = sentence[:place] + letter + sentence[place + 1 :]
    if changed == sentence:
        return
    other = PAGE.replace(sentence, changed)
    assert confirm(sentence, other, PAGE) is not CONFIRMED
    assert confirm(changed, PAGE, other) is not CONFIRMED


@given(st.text(alphabet="abc .\n-12", min_size=1, max_size=80), st.data())
def test_whole_words_of_the_witness_itself_are_always_confirmed(text, data):
    places = [match.span() for match in re.finditer(r"\S+", text)]
    if not places:
        return
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, len(places) - 1))
    quote = text[places[first][0] : places[last][1]]
    assert confirm(quote, text, text) is CONFIRMED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("were not always seen", "were always seen"),
        ("were not always seen", "were not, inspectors found, always seen"),
        ("12 of 20", "2 of 20"),
        ("seen alone", "seen at home alone"),
        ("plans were late", "plans were rarely late"),
    ],
)
def test_other_words_in_their_place_contradict_a_quote(old, new):
    other = PAGE.replace(old, new)
    assert other != PAGE
    assert confirm(SEEN, other, PAGE) is CONTRADICTED
    assert confirm(SEEN.replace(old, new), PAGE, other) is CONTRADICTED


def test_words_that_run_into_a_quote_contradict_it():
    witness = PAGE.replace("Managers read", "Not all Managers read")
    assert confirm("Managers read each\nplan.", witness, PAGE) is CONTRADICTED


@pytest.mark.parametrize("witness", ["", "Something else is on this page.", PAGE.split("Children")[0], "\ufffd" * 400])
def test_a_witness_that_is_silent_neither_confirms_nor_contradicts(witness):
    assert confirm(SEEN, witness, PAGE) is NOT_CONFIRMED


@pytest.mark.parametrize(
    "witness", [PAGE.replace(",", ""), PAGE.replace("not", "n\ufffdt"), PAGE.replace("seen", "\ue001")]
)
def test_lost_punctuation_and_unreadable_characters_do_not_contradict(witness):
    assert confirm(SEEN, witness, PAGE) is NOT_CONFIRMED


def test_a_grade_counts_only_where_the_words_around_it_are_the_same():
    page = "Overall effectiveness Good\nLeadership Inadequate\nHelp and protection Good"
    assert confirm("Good", page.replace("\n", "\n\n"), page) is CONFIRMED
    assert confirm("Leadership Inadequate", page.replace("Inadequate", "Good"), page) is CONTRADICTED
    assert confirm("Good", page.replace("Good", "Outstanding"), page) is NOT_CONFIRMED


def test_a_part_of_a_word_is_not_confirmed():
    page = "Children are able to speak."
    assert confirm("able to speak.", page.replace("able", "unable"), page) is not CONFIRMED


def test_words_that_are_not_on_the_page_itself_are_not_confirmed():
    assert confirm("Children are safe.", "Children are safe.", PAGE) is NOT_CONFIRMED


def test_a_long_page_takes_time_in_step_with_its_length():
    witness = "the children and the plans " * 40_000
    assert confirm("the children and the plans were never there in time for them.", witness, "x") is NOT_CONFIRMED
    page = f"{witness}\nthe children and the plans were never there in time for them."
    assert confirm("the children and the plans were never there in time for them.", witness, page) is not CONFIRMED


def test_what_a_page_says_as_a_whole():
    assert reading_of(SEEN, PAGE, None) is NOT_CONFIRMED
    assert reading_of(SEEN, "", SecondReading(same=True)) is CONFIRMED
    assert reading_of(SEEN, PAGE, SecondReading(same=False, problem="it failed")) is NOT_CONFIRMED
    other = PAGE.replace("not ", "")
    assert reading_of(SEEN, PAGE, SecondReading(same=False, text=other)) is CONTRADICTED
    assert reading_of(SEEN, PAGE, SecondReading(same=False, text=other, problem="ActualText")) is NOT_CONFIRMED
    assert reading_of(SEEN, PAGE, SecondReading(same=False, text=f"{PAGE} More.")) is CONFIRMED


@pytest.mark.parametrize("reading", list(Reading))
def test_an_order_that_only_the_places_of_words_show_is_never_confirmed(reading):
    assert as_placed(reading, rearranged=False) is reading
    expected = Reading.NOT_CONFIRMED if reading is Reading.CONFIRMED else reading
    assert as_placed(reading, rearranged=True) is expected
