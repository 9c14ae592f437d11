from __future__ import annotations

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


def test_the_samples_sections_are_those_that_they_print(sample_documents):
    document = sample_documents["westmarsh-2023"]
    sections = list(dict.fromkeys(path for path in section_paths(document) if path))
    assert [path[0] for path in sections if len(path) == 1][:2] == [
        "What needs to improve?",
        "The experiences and progress of children who need help and protection: good",
    ]
