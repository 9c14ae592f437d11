from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.headings import section_paths
from corpus.types import BlockKind, Page


def paths(media_type, *blocks):
    """Return the section paths of blocks. Each block is given as (level, text). A paragraph has level 0."""
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


def test_a_path_starts_with_the_outermost_heading_and_ends_with_the_nearest():
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


def test_every_heading_on_the_title_page_of_a_pdf_is_part_of_the_title():
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
def test_a_section_name_leaves_out_a_footnote_mark_and_keeps_a_figure(printed, section):
    assert paths("text/html", (1, "Title"), (0, "a"), (2, printed), (0, "b"))[2:] == [(section,), (section,)]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_heading_that_the_table_below_repeats_counts_once(level):
    again = (2, "Recommendations"), (level, "Recommendations"), (0, "b")
    assert paths("text/html", (1, "Title"), (0, "a"), *again)[-1] == ("Recommendations",)


def test_a_repeated_heading_with_a_footnote_mark_is_the_same_section():
    blocks = (2, "Recommendations"), (3, "Recommendations4"), (0, "b"), (3, "Health"), (0, "c"), (2, "Care"), (0, "d")
    assert paths("text/html", (1, "Title"), (0, "a"), *blocks)[3:] == [
        ("Recommendations",),
        ("Recommendations",),
        ("Recommendations", "Health"),
        ("Recommendations", "Health"),
        ("Care",),
        ("Care",),
    ]


def test_a_heading_that_returns_after_another_counts_again():
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
def test_a_title_below_a_line_of_text_is_in_no_path(title):
    sections = paths("application/pdf", (0, "Report"), (1, title), (0, "a"), (2, "Help"), (0, "b"))
    assert sections == [(), (), (), ("Help",), ("Help",)]


def test_a_heading_that_only_names_a_visit_is_a_section():
    blocks = (1, "Title"), (0, "a"), (2, "The monitoring visit to Carrowby"), (0, "b")
    assert paths("application/pdf", *blocks)[-1] == ("The monitoring visit to Carrowby",)


def test_a_boxed_summary_ends_where_numbered_paragraphs_start():
    texts = [(2, "Care", None), (3, "Summary", None), (0, "a", None), (0, "7. b", "7"), (0, "c", None)]
    drafts = [
        Draft(BlockKind.HEADING if level else BlockKind.PARAGRAPH, (Piece(text, 1),), level=level, label=label)
        for level, text, label in [(1, "Title", None), (0, "x", None), *texts]
    ]
    document = assemble(drafts, pages=(Page(1),), media_type="text/html", opening="")
    assert section_paths(document)[2:] == [("Care",), ("Care", "Summary"), ("Care", "Summary"), ("Care",), ("Care",)]


def test_the_sections_of_the_samples_are_those_they_print(sample_documents):
    document = sample_documents["westmarsh-2023"]
    sections = list(dict.fromkeys(path for path in section_paths(document) if path))
    assert [path[0] for path in sections if len(path) == 1][:2] == [
        "What needs to improve?",
        "The experiences and progress of children who need help and protection: good",
    ]
