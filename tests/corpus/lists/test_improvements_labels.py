"""Tests of lists with labels, letters and running text, and of lists that were not read as a whole."""

from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.lists.improvements import find_improvements, unread_lists
from corpus.types import BlockKind, Box, ImprovementKind, Page

LIST = "Areas for improvement"


def heading(text, level=2):
    return Draft(BlockKind.HEADING, (Piece(text, 1),), level=level)


def paragraph(text, label=None):
    return Draft(BlockKind.PARAGRAPH, (Piece(text, 1),), label=label)


def bullet(text, left=None, top=0.5, page=1):
    box = None if left is None else Box(page, left, top, left + 0.3, top + 0.02)
    return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", page, box),))


def placed(text, left, top, width=0.3, kind=BlockKind.TABLE, height=0.02):
    return Draft(kind, (Piece(text, 1, Box(1, left, top, left + width, top + height)),))


def whole(*drafts):
    opening = heading("Inspection of Orle", level=1), paragraph("Children are safe.")
    return assemble([*opening, *drafts], pages=(Page(1), Page(2)), media_type="application/pdf", opening="")


def read(*drafts):
    return [(i.label, i.body, i.deadline, i.text) for i in find_improvements(whole(*drafts))]


def unread(*drafts):
    return [(u.section, u.items) for u in unread_lists(whole(*drafts))]


@pytest.mark.parametrize(
    "label", [paragraph("The ICB should:"), heading("The ICB should:", 3), heading("The ICB should")]
)
def test_a_label_belongs_to_the_items_below_it_and_is_no_item(label):
    drafts = [heading(LIST), paragraph("The council:"), bullet("Visit."), label, bullet("Wait less."), bullet("Tell.")]
    body = "The ICB should"
    assert read(*drafts) == [
        (None, "The council", None, "Visit."),
        (None, body, None, "Wait less."),
        (None, body, None, "Tell."),
    ]


def test_a_heading_that_says_by_when_belongs_to_its_items():
    drafts = [heading("Recommendations"), heading("Immediately:"), bullet("Visit."), heading("Within six months:")]
    assert read(*drafts, bullet("Write."), heading("Findings"), bullet("Plans are late.")) == [
        (None, None, "Immediately", "Visit."),
        (None, None, "Within six months", "Write."),
    ]


def test_a_heading_with_a_board_s_name_and_findings_below_it_ends_the_list():
    drafts = [heading(LIST), bullet("Visit."), heading("The Safeguarding Children Board"), paragraph("It meets often.")]
    assert [text for *_, text in read(*drafts)] == ["Visit."]


def test_a_label_is_kept_for_each_sort():
    drafts = [heading(LIST), paragraph("Immediately:"), paragraph("The council should:"), bullet("Visit.")]
    assert read(*drafts, paragraph("Schools:"), bullet("Write.")) == [
        (None, "The council should", "Immediately", "Visit."),
        (None, "Schools", "Immediately", "Write."),
    ]


def test_letters_in_running_text_open_items_up_to_the_end_of_the_sentence():
    text = "To improve, the council should: (a) visit sooner; (b) write plans; and (c) ask. Ofsted will return."
    drafts = [heading("Leadership"), paragraph("Leaders know this."), paragraph(text)]
    assert [(label, text) for label, *_, text in read(*drafts)] == [
        ("a", "visit sooner;"),
        ("b", "write plans; and"),
        ("c", "ask."),
    ]
    [section] = {i.section for i in find_improvements(whole(*drafts))}
    assert section == "To improve, the council should"


def test_lettered_paragraphs_keep_the_bullets_below_them():
    drafts = [heading(LIST), paragraph("(a) Visit:"), bullet("alone"), bullet("often."), paragraph("(b) Write.")]
    assert [(label, text) for label, *_, text in read(*drafts)] == [("a", "Visit: alone often."), ("b", "Write.")]


def test_a_lead_in_keeps_its_bullets_in_a_format_without_layout():
    drafts = [heading(LIST), bullet("Write plans that say:"), bullet("who acts;"), bullet("when."), bullet("visit.")]
    assert [text for *_, text in read(*drafts)] == ["Write plans that say: who acts; when.", "visit."]


def test_the_bullets_of_a_second_column_open_items():
    drafts = [
        bullet("Visit.", 0.1, 0.8),
        bullet("Write.", 0.55, 0.2),
        bullet("to all", 0.6, 0.3),
        bullet("Ask.", 0.55, 0.4),
    ]
    assert [text for *_, text in read(heading(LIST), *drafts)] == ["Visit.", "Write. to all", "Ask."]


def test_a_row_has_a_number_who_must_act_and_by_when():
    cells = [
        placed("1", 0.1, 0.31, 0.02),
        placed("The council", 0.2, 0.31),
        placed("Visit sooner.", 0.52, 0.30, 0.2, height=0.06),
        placed("Within three months", 0.75, 0.31, 0.2),
        placed("2", 0.1, 0.41, 0.02),
        placed("The ICB", 0.2, 0.41),
        placed("Wait less.", 0.52, 0.40, 0.2),
        placed("Immediately", 0.75, 0.41, 0.2),
    ]
    assert read(heading("Recommendations"), *cells) == [
        ("1", "The council", "Within three months", "Visit sooner."),
        ("2", "The ICB", "Immediately", "Wait less."),
    ]


def test_numbers_read_with_the_next_cell_are_taken_from_the_text():
    drafts = [paragraph("1 Visit sooner."), paragraph("2 Write plans."), paragraph("3 Ask.")]
    assert [(label, text) for label, *_, text in read(heading(LIST), *drafts)] == [
        ("1", "Visit sooner."),
        ("2", "Write plans."),
        ("3", "Ask."),
    ]


def test_an_introduction_and_a_closing_sentence_are_no_items():
    drafts = [
        paragraph("In order to improve services, the council should take the following action."),
        paragraph("Visit sooner."),
        paragraph("Write plans."),
        paragraph("Ofsted will take these findings into account."),
    ]
    assert [text for *_, text in read(heading(LIST), *drafts)] == ["Visit sooner.", "Write plans."]


def test_a_plain_title_of_the_next_section_ends_the_list():
    drafts = [heading(LIST), bullet("Visit."), paragraph("Information about this inspection"), bullet("Two weeks.")]
    assert [text for *_, text in read(*drafts)] == ["Visit."]


def test_next_steps_have_only_items_with_marks():
    assert read(heading("Next steps"), paragraph("Leaders will publish a plan.")) == []
    assert [text for *_, text in read(heading("Next steps"), bullet("Publish a plan."))] == ["Publish a plan."]
    assert unread(heading("Next steps"), paragraph("Leaders will publish a plan.")) == []


def test_a_numbered_heading_is_the_number_of_the_item_below_it():
    drafts = [
        heading("Recommendations"),
        heading("Recommendation 1", 3),
        paragraph("Visit soon."),
        heading("Recommendation 2", 3),
    ]
    [first, second] = find_improvements(whole(*drafts, paragraph("Write plans.")))
    assert [(i.label, i.text, i.kind) for i in (first, second)] == [
        ("1", "Visit soon.", ImprovementKind.RECOMMENDATION),
        ("2", "Write plans.", ImprovementKind.RECOMMENDATION),
    ]


@pytest.mark.parametrize(
    ("drafts", "items"),
    [
        ([], 0),
        ([paragraph("Plans")], 0),
        ([paragraph("1. Visit.", "1"), paragraph("3. Write.", "3")], 2),
        ([paragraph("2. Visit.", "2")], 1),
        ([paragraph("(a) Visit; (b) write (c) ask.")], 2),
        ([bullet("Visit."), bullet("Write plans"), paragraph("that say who acts.")], None),
        ([bullet("Visit."), paragraph("so that children are seen.")], 1),
    ],
)
def test_a_list_that_was_not_read_as_a_whole_is_reported(drafts, items):
    found = unread(heading(LIST), *drafts)
    assert found == ([] if items is None else [(LIST, items)])


@pytest.mark.parametrize(
    "drafts",
    [
        [bullet("Visit.")],
        [paragraph("There are no areas for improvement.")],
        [paragraph("18. There are no areas for improvement.", "18")],
        [paragraph("1. Visit.", "1"), paragraph("2. Write.", "2")],
        [paragraph("The council:"), paragraph("1. Visit.", "1"), paragraph("Schools:"), paragraph("1. Write.", "1")],
    ],
)
def test_a_whole_list_is_not_reported(drafts):
    assert unread(heading(LIST), *drafts) == []


def test_numbers_may_go_on_from_the_paragraphs_before_the_list():
    drafts = [paragraph("7. Plans are late.", "7"), heading(LIST), paragraph("8. Write plans.", "8")]
    assert unread(*drafts) == []


def test_a_title_repeated_over_nothing_is_not_reported():
    assert unread(heading(LIST), bullet("Visit."), heading("Findings"), heading(LIST)) == []


def test_numbers_may_go_on_below_each_label():
    drafts = [
        heading("Recommendations"),
        heading("Aldermere Youth Justice Service should:", 3),
        paragraph("1. make sure that reviews are held"),
        heading("The Aldermere Youth Justice Management Board should:", 3),
        paragraph("2. ask how plans are made"),
        paragraph("3. read them"),
    ]
    assert [(number, text) for number, _, _, text in read(*drafts)] == [
        ("1", "make sure that reviews are held"),
        ("2", "ask how plans are made"),
        ("3", "read them"),
    ]
    assert unread(*drafts) == []


def test_the_weaknesses_that_a_statement_of_action_must_tackle_are_a_list():
    lead_in = (
        "The local area is required to produce a written statement of action that explains how it will tackle the "
        "following areas of significant weakness:"
    )
    drafts = [paragraph(lead_in), bullet("the lack of a plan for joint commissioning"), bullet("the wait for therapy")]
    assert [text for *_, text in read(*drafts)] == [
        "the lack of a plan for joint commissioning",
        "the wait for therapy",
    ]
