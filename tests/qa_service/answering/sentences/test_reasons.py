from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answering.sentences.reasons import reasons_near

LATE = "Health assessments are late."


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([LATE, "This is because requests are sent after 16 days."], [1]),
        ([LATE, "Only a third are on time, due to a shortage of doctors."], [1]),
        (["A doctor left in May.", "As a result, health assessments are late."], [0]),
        (["The clinic has closed, which has led to long waits.", LATE], [0]),
        (["Health assessments are late because the clinic has closed."], [0]),
        ([LATE, "Leaders know this.", "The shortage of doctors is the main cause."], [2]),
    ],
)
def test_a_sentence_that_gives_a_reason_is_found(sentences, expected):
    quoted = next(number for number, text in enumerate(sentences) if "assessments are late" in text)
    assert reasons_near(sentences, quoted) == expected


@pytest.mark.parametrize(
    "sentences",
    [
        [LATE, "As a result, children wait for glasses."],  # the result of the first sentence
        [LATE, "By contrast, dental checks are on time, thanks to an agreement."],
        [LATE, "This has led to complaints."],
        [
            LATE,
            "Leaders know this.",
            "Visits are made.",
            "Plans are kept.",
            "Staff left because of pay.",
        ],  # the reason is too far away
        [LATE],
    ],
)
def test_a_sentence_that_gives_none_is_not(sentences):
    assert reasons_near(sentences, 0) == []


@given(st.lists(st.sampled_from([LATE, "It is due to this.", "As a result, it is.", "This led to it."]), min_size=1))
def test_reasons_are_near_and_the_nearest_is_first(sentences):
    for quoted in range(len(sentences)):
        found = reasons_near(sentences, quoted)
        distances = [abs(number - quoted) for number in found]
        assert distances == sorted(distances)
        assert all(distance <= 3 for distance in distances)
