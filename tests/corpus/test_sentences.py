from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans

TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["Dr.", "Smith", "left.", "12.", "•", "e.g.", "😀", "Yes!", "“No,”", "\n", "para.", "St."])
    ).map(" ".join),
)


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@given(TEXTS)
def test_spans_are_in_order_within_the_text_separate_and_trimmed(text):
    spans = sentence_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(TEXTS)
def test_only_the_marker_at_the_start_of_the_block_is_left_out(text):
    spans = sentence_spans(text)
    inside = {index for start, end in spans for index in range(start, end)}
    after_marker = spans[0][0] if spans else len(text)
    assert not [c for i, c in enumerate(text) if i >= after_marker and i not in inside and not c.isspace()]
    assert not text[:after_marker].strip(" •.0123456789\n\t\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Children are safe. Leaders know.", ["Children are safe.", "Leaders know."]),
        ("Dr. Smith and Mr. Jones met. They left.", ["Dr. Smith and Mr. Jones met.", "They left."]),
        ("Families in St. Helens wait. They are told.", ["Families in St. Helens wait.", "They are told."]),
        ("Cllr. Reed chairs it. She asks.", ["Cllr. Reed chairs it.", "She asks."]),
        ("See para. 7. Then stop.", ["See para. 7.", "Then stop."]),
        ("Rated in pp. 3 and 4. Fine.", ["Rated in pp. 3 and 4.", "Fine."]),
        ("It cost £1.5m. That is 3.2% more.", ["It cost £1.5m.", "That is 3.2% more."]),
        ("Visits, e.g. at night, lapse. Few notice.", ["Visits, e.g. at night, lapse.", "Few notice."]),
        ("“Is it safe?” asked one. It is.", ["“Is it safe?” asked one.", "It is."]),
    ],
)
def test_abbreviations_and_numbers_do_not_end_a_sentence(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14. Children are safe. They say so.", ["Children are safe.", "They say so."]),
        ("• the timeliness of visits", ["the timeliness of visits"]),
        ("52.5% of visits are late.", ["52.5% of visits are late."]),
        ("2019 was hard. 2020 was harder.", ["2019 was hard.", "2020 was harder."]),
    ],
)
def test_a_bullet_or_paragraph_number_is_not_in_a_sentence_and_a_figure_is(text, expected):
    assert sentences(text) == expected


def test_offsets_are_right_after_characters_beyond_the_basic_plane():
    assert sentences("😀 first one. 😀 second one. Third one.") == ["😀 first one.", "😀 second one.", "Third one."]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_white_space_has_no_sentence(text):
    assert sentence_spans(text) == []


def test_a_sentence_may_end_in_the_word_no():
    assert sentences("The answer was no. Inspectors asked again.") == ["The answer was no.", "Inspectors asked again."]


def test_an_aside_in_brackets_belongs_to_the_sentence_before_it():
    text = "The timeliness of plans. (outcome 3, national framework) The quality of plans."
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "The timeliness of plans. (outcome 3, national framework)",
        "The quality of plans.",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Risks were seen by leaders.³ The plan is good.", ["Risks were seen by leaders.³", "The plan is good."]),
        ("It fell to 12³ weeks. Now it is 10.", ["It fell to 12³ weeks.", "Now it is 10."]),
        ("Leaders know the board.¹² They act.", ["Leaders know the board.¹²", "They act."]),
    ],
)
def test_the_mark_of_a_note_belongs_to_the_sentence_before_it(text, sentences):
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences
