from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.headings import section_paths
from corpus.types import BlockKind, Page


def paths(media_type, *blocks):
    """Section paths of blocks given as (level, text), level 0 for a paragraph."""
    drafts = [
        Draft(BlockKind.HEADING if level else BlockKind.PARAGRAPH, (Piece(text, 1),), level=level)
        for level, text in blocks
    ]
    return section_paths(assemble(drafts, pages=(Page(1),), media_type=media_type, opening=""))


BLOCKS = [
    (1, "Title"),
    (0, "a"),
    (2, "Help"),
    (0, "b"),
    (3, "Early"),
    (0, "c"),
    (2, "Care"),
    (0, "d"),
    (1, "End"),
    (0, "e"),
]


def test_a_path_goes_from_the_outermost_heading_in_and_ends_with_a_headings_own_words():
    assert paths("text/html", *BLOCKS) == [
        (),
        (),
        ("Help",),
        ("Help",),
        ("Help", "Early"),
        ("Help", "Early"),
        ("Care",),
        ("Care",),
        ("End",),
        ("End",),
    ]


def test_every_heading_of_a_pdfs_title_page_is_title():
    blocks = [(1, "Westmarsh"), (2, "Inspection of services"), (0, "a"), (2, "Help"), (0, "b")]
    assert paths("application/pdf", *blocks) == [(), (), (), ("Help",), ("Help",)]
    assert paths("text/html", *blocks)[1:3] == [("Inspection of services",)] * 2


def test_a_document_without_headings_has_no_sections():
    assert paths("text/plain", (0, "a"), (0, "b")) == [(), ()]
    assert paths("text/plain") == []


@pytest.mark.parametrize(
    ("printed", "section"),
    [
        ("What needs to improve?1", "What needs to improve?"),
        ("Early help12", "Early help"),
        ("Children in care (and leavers)3", "Children in care (and leavers)"),
        ("Progress since 2019", "Progress since 2019"),
        ("Key stage 4", "Key stage 4"),
        ("Outcome 3.2", "Outcome 3.2"),
        ("Plan B2", "Plan B2"),
        ("Early help112", "Early help112"),
    ],
)
def test_a_footnotes_mark_is_no_part_of_a_sections_name_and_a_figure_of_its_own_is(printed, section):
    assert paths("text/html", (1, "Title"), (0, "a"), (2, printed), (0, "b"))[2:] == [(section,), (section,)]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_heading_that_a_table_below_it_repeats_counts_once(level):
    again = (2, "Recommendations"), (level, "Recommendations"), (0, "b")
    assert paths("text/html", (1, "Title"), (0, "a"), *again)[-1] == ("Recommendations",)


def test_a_repeated_heading_is_the_same_with_a_footnotes_mark_and_what_is_below_it_stays_in_it():
    blocks = (2, "Recommendations"), (3, "Recommendations4"), (0, "b"), (3, "Health"), (0, "c"), (2, "Care"), (0, "d")
    assert paths("text/html", (1, "Title"), (0, "a"), *blocks)[3:] == [
        ("Recommendations",),
        ("Recommendations",),
        ("Recommendations", "Health"),
        ("Recommendations", "Health"),
        ("Care",),
        ("Care",),
    ]


def test_a_heading_that_comes_back_after_another_counts_again():
    blocks = (2, "Care"), (3, "Homes"), (0, "b"), (4, "Care"), (0, "c")
    assert paths("text/html", (1, "Title"), (0, "a"), *blocks)[-1] == ("Care", "Homes", "Care")


@pytest.mark.parametrize(
    "title",
    [
        "Area SEND inspection of Pellbrook Local Area Partnership",
        "Focused visit to Aldermere children’s services",
        "Monitoring visit of Carrowby",
        "Joint targeted area inspection of Westmarsh",
    ],
)
def test_a_title_below_a_line_of_text_is_part_of_no_path(title):
    found = paths("application/pdf", (0, "Report"), (1, title), (0, "a"), (2, "Help"), (0, "b"))
    assert found == [(), (), (), ("Help",), ("Help",)]


def test_a_heading_that_only_names_a_visit_is_a_section():
    blocks = (1, "Title"), (0, "a"), (2, "The monitoring visit to Carrowby"), (0, "b")
    assert paths("application/pdf", *blocks)[-1] == ("The monitoring visit to Carrowby",)


def test_a_boxed_summary_ends_where_numbered_paragraphs_begin():
    texts = [(2, "Care", None), (3, "Summary", None), (0, "a", None), (0, "7. b", "7"), (0, "c", None)]
    drafts = [
        Draft(BlockKind.HEADING if level else BlockKind.PARAGRAPH, (Piece(text, 1),), level=level, label=label)
        for level, text, label in [(1, "Title", None), (0, "x", None), *texts]
    ]
    document = assemble(drafts, pages=(Page(1),), media_type="text/html", opening="")
    assert section_paths(document)[2:] == [("Care",), ("Care", "Summary"), ("Care", "Summary"), ("Care",), ("Care",)]


def test_the_samples_sections_are_those_that_they_print(sample_documents):
    document = sample_documents["westmarsh-2023"]
    sections = list(dict.fromkeys(path for path in section_paths(document) if path))
    assert [path[0] for path in sections if len(path) == 1][:2] == [
        "What needs to improve?",
        "The experiences and progress of children who need help and protection: good",
    ]
