from __future__ import annotations

import pytest

from corpus.grade_tables.heads import announces_others


@pytest.mark.parametrize(
    ("text", "are_others"),
    [
        ("Inspectors’ grades at that inspection were:", True),
        ("The judgements made at that time were as follows:", True),
        ("Inspectors’ grades at this inspection are:", False),
        ("Inspectors judged the services. The grades are:", False),
    ],
)
def test_a_sentence_above_grades_says_if_they_are_those_of_another_inspection(text, are_others):
    assert announces_others(text) is are_others
