"""Tests of lists of improvements that are laid out as tables, or as paragraphs without bullets or numbers."""

from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.lists.improvements import find_improvements
from corpus.types import BlockKind, Box, ImprovementKind, Page
from tests.corpus.lists import drafted

LIST = "What needs to improve?"
AREAS = "Areas for improvement"


def heading(text):
    return Draft(BlockKind.HEADING, (Piece(text, 1),), level=2)


def paragraph(text, page=1, box=None):
    return Draft(BlockKind.PARAGRAPH, (Piece(text, page, box),))


def bullet(text):
    return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", 1, Box(1, 0.1, 0.5, 0.9, 0.52)),))


def cell(text, left, top):
    return Draft(BlockKind.TABLE, (Piece(text, 1, Box(1, left, top, left + 0.3, top + 0.02)),))


def improvements_of(*drafts):
    opening = Draft(BlockKind.HEADING, (Piece("Inspection of Westmarsh", 1),), level=1), paragraph("Children are safe.")
    return find_improvements(
        assemble([*opening, *drafts], pages=(Page(1), Page(2)), media_type="application/pdf", opening="")
    )


def asked(*drafts):
    return [improvement.text for improvement in improvements_of(*drafts)]


def test_a_table_of_two_columns_gives_who_must_act_and_what_is_asked():
    improvements = improvements_of(
        heading("Areas for improvement"),
        cell("Body", 0.1, 0.30),
        cell("Recommendation", 0.5, 0.30),
        cell("The council", 0.1, 0.34),
        cell("Visit children sooner.", 0.5, 0.34),
        cell("The care board", 0.1, 0.38),
        cell("Shorten the wait for therapy.", 0.5, 0.381),
    )
    assert [(i.body, i.text) for i in improvements] == [
        ("The council", "Visit children sooner."),
        ("The care board", "Shorten the wait for therapy."),
    ]


def test_each_row_of_one_cell_is_an_item_with_the_bullets_below_it():
    improvements = improvements_of(
        heading("Areas for improvement"),
        cell("Leaders should act together to:", 0.1, 0.30),
        bullet("write better plans"),
        bullet("visit sooner."),
        cell("Health leaders should shorten the wait.", 0.1, 0.40),
        cell("The council should build homes.", 0.1, 0.50),
    )
    assert [(i.body, i.text) for i in improvements] == [
        (None, "Leaders should act together to: write better plans visit sooner."),
        (None, "Health leaders should shorten the wait."),
        (None, "The council should build homes."),
    ]


def test_paragraphs_of_an_unmarked_list_are_items_and_a_lone_name_is_not():
    drafts = [paragraph("The care board"), paragraph("Write better plans."), paragraph("Visit sooner.")]
    assert asked(heading("Areas for improvement"), *drafts) == ["Write better plans.", "Visit sooner."]
    assert asked(heading(LIST), paragraph("w " * 50 + "without an end")) == ["w " * 50 + "without an end"]


@pytest.mark.parametrize(("page", "top"), [(2, 0.3), (1, 0.4)], ids=["another page", "further down"])
def test_cells_at_different_heights_or_on_different_pages_are_not_a_row(page, top):
    left = paragraph("Key points", page=1, box=Box(1, 0.1, 0.3, 0.4, 0.32))
    right = paragraph("Visit sooner.", page=page, box=Box(page, 0.5, top, 0.8, top + 0.02))
    assert [(i.body, i.text) for i in improvements_of(heading("Areas for improvement"), left, right)] == [
        (None, "Visit sooner.")
    ]


def test_a_row_has_a_number_who_must_act_and_by_when():
    cells = [
        drafted.placed("1", 0.1, 0.31, 0.02),
        drafted.placed("The council", 0.2, 0.31),
        drafted.placed("Visit sooner.", 0.52, 0.30, 0.2, height=0.06),
        drafted.placed("Within three months", 0.75, 0.31, 0.2),
        drafted.placed("2", 0.1, 0.41, 0.02),
        drafted.placed("The ICB", 0.2, 0.41),
        drafted.placed("Wait less.", 0.52, 0.40, 0.2),
        drafted.placed("Immediately", 0.75, 0.41, 0.2),
    ]
    assert drafted.read(drafted.heading("Recommendations"), *cells) == [
        ("1", "The council", "Within three months", "Visit sooner."),
        ("2", "The ICB", "Immediately", "Wait less."),
    ]


def test_numbers_read_with_the_next_cell_are_taken_from_the_text():
    drafts = [drafted.paragraph("1 Visit sooner."), drafted.paragraph("2 Write plans."), drafted.paragraph("3 Ask.")]
    assert [(label, text) for label, *_, text in drafted.read(drafted.heading(AREAS), *drafts)] == [
        ("1", "Visit sooner."),
        ("2", "Write plans."),
        ("3", "Ask."),
    ]


def test_an_introduction_and_a_closing_sentence_are_no_items():
    drafts = [
        drafted.paragraph("In order to improve services, the council should take the following action."),
        drafted.paragraph("Visit sooner."),
        drafted.paragraph("Write plans."),
        drafted.paragraph("Ofsted will take these findings into account."),
    ]
    assert [text for *_, text in drafted.read(drafted.heading(AREAS), *drafts)] == ["Visit sooner.", "Write plans."]


def test_the_head_of_a_column_gives_the_kind_of_the_items_below_a_title_for_two_kinds():
    improvements = improvements_of(
        heading("Areas for priority action and improvement"),
        cell("Responsible leaders", 0.1, 0.30),
        cell("Areas for priority action", 0.5, 0.30),
        cell("The council", 0.1, 0.34),
        cell("Visit children sooner.", 0.5, 0.34),
        heading("Areas for improvement"),
        cell("The care board", 0.1, 0.40),
        cell("Shorten the wait for therapy.", 0.5, 0.40),
    )
    assert [(i.kind, i.body, i.text) for i in improvements] == [
        (ImprovementKind.PRIORITY, "The council", "Visit children sooner."),
        (ImprovementKind.IMPROVEMENT, "The care board", "Shorten the wait for therapy."),
    ]


def spaced(*lines):
    return improvements_of(
        heading("Statutory requirements"),
        cell("Requirement", 0.1, 0.30),
        cell("Due date", 0.7, 0.30),
        *(cell(text, 0.1, 0.34 + 0.03 * row) for row, text in enumerate(lines)),
    )


def test_a_cell_whose_lines_are_widely_spaced_is_one_item():
    [improvement] = spaced(
        "The registered person must ensure that medicines are kept in a",
        "locked cabinet, and that two staff sign for them. (Regulation 23 (1) 14 November 2025",
        "(2)(c))",
    )
    assert improvement.deadline == "14 November 2025"
    assert improvement.text == (
        "The registered person must ensure that medicines are kept in a "
        "locked cabinet, and that two staff sign for them. (Regulation 23 (1) (2)(c))"
    )


def test_a_name_above_an_item_is_not_its_first_line():
    assert [improvement.text for improvement in spaced("The council", "must visit children sooner.")] == [
        "must visit children sooner."
    ]
