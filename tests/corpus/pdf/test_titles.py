from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pdf.titles import title_levels, title_rank

BODY = 11
"""The size of the text in a report, in points."""


@pytest.fixture
def rank(pdf_line):
    """A function that returns the rank of a block of lines. Each line is given as (text, size = 11, bold = False)."""

    def rank(*lines):
        styled = [(text, *(*style, *(BODY, False)[len(style) :])) for text, *style in lines]
        made = [pdf_line(text, 100 + 14 * n, size=size, bold=bold) for n, (text, size, bold) in enumerate(styled)]
        return title_rank(" ".join(text for text, *_ in styled), made, BODY)

    return rank


@pytest.mark.parametrize(
    ("size", "bold", "expected"),
    [
        (11, False, None),
        (11, True, (11, True)),
        (11.8, False, None),
        (12, False, (12, False)),
        (12, True, (12, True)),
        (16.4, True, (16, True)),
        (9, True, (9, True)),
    ],
)
def test_a_heading_is_larger_than_the_text_or_bold_and_ranks_by_both(rank, size, bold, expected):
    assert rank(("Early help", size, bold)) == expected


def test_a_small_block_is_a_heading_only_if_all_its_lines_are_bold(rank):
    assert rank(("Children in care", 11, True), ("and care leavers", 11, True)) == (11, True)
    assert rank(("Children in care", 11, True), ("are safe and well", 11, False)) is None


def test_a_large_title_has_the_weight_of_its_first_line_and_the_size_of_its_largest(rank):
    assert rank(("Children in care:", 14, True), ("good", 14, False)) == (14, True)
    assert rank(("Children in care:", 14, False), ("good", 14, True)) == (14, False)
    assert rank(("Children in care:", 12, True), ("good", 14, True)) == (14, True)


@pytest.mark.parametrize("size", [11, 16])
@pytest.mark.parametrize(
    "text",
    [
        "Inspection dates: 3 to 7 June 2024",
        "Re-inspection date: 3 June 2024",
        "Reinspection dates: 3 to 7 June 2024",
        "Lead inspector: Prudence Oakhanger",
        "Report published 8 July 2024",
        "Date of previous inspection: May 2019",
        "Dates of last inspection: May 2019",
        "Good",
        "Requires improvement to be good",
        "118",
        "• 7",
        "Help, protection,",
        "Help and protection;",
        "Westmarsh " * 23,
    ],
)
def test_a_fact_a_grade_a_number_part_of_a_sentence_and_a_long_text_are_not_headings(rank, text, size):
    assert rank((text, size, True)) is None


@pytest.mark.parametrize("text", ["Lead inspectors’ notes", "Reports published since", "Good practice", "MASH 2", "Help: visits", "Is it good?"])  # fmt: skip
def test_words_that_only_start_like_these_are_a_heading(rank, text):
    assert rank((text, 14, True)) == (14, True)


@pytest.mark.parametrize(
    "text",
    [
        "What needs to improve?",
        "What needs to improve in this area of social work practice:",
        "Areas for improvement",
        "Area for priority action:",
        "RECOMMENDATIONS",
    ],
)
@pytest.mark.parametrize(("size", "bold"), [(11, False), (11, True), (9, False)])
def test_the_title_of_a_list_of_improvements_is_a_heading_in_any_style(rank, text, size, bold):
    assert rank((text, size, bold)) == (size, True)


@pytest.mark.parametrize(
    "text",
    ["What needs to improve is that leaders " + "see to it " * 6, "Recommendations from 2021", "Areas for improvement are few", "Other areas for improvement"],
)  # fmt: skip
def test_plain_text_that_only_starts_like_the_title_of_a_list_is_not_a_heading(rank, text):
    assert rank((text,)) is None


SENTENCE = "Children in Westmarsh are safe."
GRADED = "The experiences and progress of care leavers are good."


@pytest.mark.parametrize(
    ("text", "size", "bold", "heading"),
    [
        (SENTENCE, 11, True, False),
        (SENTENCE, 14, False, False),
        (SENTENCE, 14, True, True),
        (GRADED, 11, True, True),
        (GRADED, 14, False, True),
        (GRADED, 11, False, False),
        (GRADED.replace("are good", "require improvement to be good"), 11, True, True),
        (GRADED.replace("are good", "are inadequate"), 11, True, True),
        (GRADED.replace("are good", "are good enough"), 11, True, False),
        ("Adoption performance is good.", 11, True, True),
        ("They are good.", 11, True, False),
        ("It is late. The experiences and progress of care leavers are good.", 11, True, False),
        ("x" * 145 + " are good.", 11, True, False),
    ],
)
def test_a_bold_sentence_is_emphasis_unless_it_is_large_or_grades_its_section(rank, text, size, bold, heading):
    assert rank((text, size, bold)) == ((size, bold) if heading else None)


@given(st.lists(st.tuples(st.integers(9, 24), st.booleans()), max_size=9))
def test_a_greater_rank_gives_a_higher_level_and_no_level_is_left_out(ranks):
    levels = title_levels([(f"Title {n}", rank) for n, rank in enumerate(ranks)])
    assert sorted(set(levels)) == list(range(1, len(set(ranks)) + 1))
    for level, rank in zip(levels, ranks, strict=True):
        assert all((other < level) is (above > rank) for other, above in zip(levels, ranks, strict=True))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Section 1: Help", "Section 2: Care"),
        ("The experiences and progress of children in care", "The impact of leaders on social work"),
        ("The experiences and progress of care leavers", "Leadership, management and governance"),
        ("The graded judgement for adoption", "The graded judgment for care leavers"),
        ("What needs to improve?", "Findings"),
        ("Areas for priority action", "Area for improvement"),
        ("Recommendations", "Overview"),
    ],
)
def test_sections_of_one_family_share_the_highest_level_among_them(first, second):
    titles = [("Westmarsh", (20, True)), (first, (12, True)), ("Early help", (12, True)), (second, (14, True))]
    assert title_levels(titles) == [1, 2, 3, 2]
    assert title_levels([(text.upper(), rank) for text, rank in titles]) == [1, 2, 3, 2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The experiences and progress of children in care", "What needs to improve?"),
        ("Section 1: Help", "Recommendations"),
        ("Overview of Westmarsh", "Findings"),
        ("Main findings", "Findings"),
        ("Sections", "Section 1"),
    ],
)
def test_sections_of_two_families_or_of_none_keep_the_levels_of_their_ranks(first, second):
    assert title_levels([(first, (12, True)), (second, (14, True))]) == [2, 1]


def test_the_only_heading_of_a_family_keeps_its_level():
    assert title_levels([("Westmarsh", (20, True)), ("Findings", (12, True))]) == [1, 2]
    assert title_levels([]) == []
