from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.drafts import Draft, Piece, assemble
from corpus.improvements import find_improvements
from corpus.types import BlockKind, Box, ImprovementKind, Page

LIST = "What needs to improve?"
INDENT = 0.05
"""How much further right a bullet below an item stands, as a share of the page's width."""


def heading(text, level=2):
    return Draft(BlockKind.HEADING, (Piece(text, 1),), level=level)


def paragraph(text, label=None, page=1, box=None):
    return Draft(BlockKind.PARAGRAPH, (Piece(text, page, box),), label=label)


def bullet(text, indent=0, page=1):
    left = 0.1 + indent * INDENT
    return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", page, Box(page, left, 0.5, 0.9, 0.52)),))


def numbered(number, text):
    return paragraph(f"{number}. {text}", label=str(number))


def whole(*drafts):
    opening = heading("Inspection of Westmarsh", level=1), paragraph("Children are safe.")
    pages = tuple(Page(number) for number in (1, 2, 3))
    return assemble([*opening, *drafts], pages=pages, media_type="application/pdf", opening="")


def found(*drafts):
    return find_improvements(whole(*drafts))


def asked(*drafts):
    return [improvement.text for improvement in found(*drafts)]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("What needs to improve?", ImprovementKind.IMPROVEMENT),
        ("What needs to improve in this area of social work practice?", ImprovementKind.IMPROVEMENT),
        ("What needs to improve:", ImprovementKind.IMPROVEMENT),
        ("Areas for improvement", ImprovementKind.IMPROVEMENT),
        ("Area for development", ImprovementKind.IMPROVEMENT),
        ("Areas for priority action", ImprovementKind.PRIORITY),
        ("Area for priority action", ImprovementKind.PRIORITY),
        ("Priority and immediate actions", ImprovementKind.PRIORITY),
        ("Recommendations", ImprovementKind.RECOMMENDATION),
        ("RECOMMENDATION:", ImprovementKind.RECOMMENDATION),
    ],
)
def test_the_lists_title_says_what_is_asked(title, kind):
    [improvement] = found(heading(title), bullet("The timeliness of visits."))
    assert (improvement.kind, improvement.section, improvement.text) == (kind, title, "The timeliness of visits.")


@pytest.mark.parametrize(
    "title", ["Main findings", "Recommendations from 2021", "Progress on areas for improvement", "What is improving"]
)
def test_a_list_below_another_heading_asks_for_nothing(title):
    assert asked(heading(title), bullet("The timeliness of visits.")) == []


def test_an_item_knows_its_page_and_its_span_bullet_included():
    document = whole(heading(LIST), paragraph("Leaders know this."), bullet("The quality of plans.", page=3))
    [improvement] = find_improvements(document)
    assert (improvement.page, improvement.label, improvement.body) == (3, None, None)
    assert document.text[improvement.start : improvement.end] == "• The quality of plans."


def test_an_item_that_runs_over_a_page_has_the_page_where_it_begins():
    over = Draft(BlockKind.LIST_ITEM, (Piece("• The quality of", 1), Piece("plans.", 2)))
    [improvement] = found(heading(LIST), over)
    assert (improvement.page, improvement.text) == (1, "The quality of plans.")


def test_only_the_items_of_a_list_count_not_its_introduction_its_footnotes_or_its_last_word():
    drafts = [
        heading(LIST),
        paragraph("Leaders should attend to these:"),
        bullet("The quality of plans."),
        Draft(BlockKind.FOOTNOTE, (Piece("1 Plans are made for each child.", 1),)),
        bullet("The timeliness of visits."),
        paragraph("Inspectors will return in a year."),
    ]
    assert asked(*drafts) == ["The quality of plans.", "The timeliness of visits."]


def test_numbered_items_keep_their_numbers_as_labels_and_the_bullets_below_them():
    improvements = found(
        heading("Recommendations"),
        paragraph("The council should:"),
        numbered(1, "Visit children sooner:"),
        bullet("within a day"),
        bullet("and alone."),
        numbered(2, "35 homes are not enough."),
    )
    assert [(i.label, i.text) for i in improvements] == [
        ("1", "Visit children sooner: within a day and alone."),
        ("2", "35 homes are not enough."),
    ]


def test_a_bullet_set_further_right_hangs_below_the_item_before_it():
    drafts = [bullet("Plans that say"), bullet("who acts", 1), bullet("and when.", 1), bullet("Visits.")]
    assert asked(heading(LIST), *drafts) == ["Plans that say who acts and when.", "Visits."]


def test_a_list_whose_bullets_are_all_set_in_has_an_item_for_each():
    assert asked(heading(LIST), bullet("Plans.", 1), bullet("Visits.", 1)) == ["Plans.", "Visits."]


def test_how_far_right_a_bullet_stands_is_told_by_the_bullets_of_its_own_page():
    drafts = [bullet("Plans.", 1), bullet("Visits.", page=2), bullet("and alone.", 1, page=2), bullet("Homes.", 1, 3)]
    assert asked(heading(LIST), *drafts) == ["Plans.", "Visits. and alone.", "Homes."]


def test_bullets_of_a_format_without_layout_are_an_item_each():
    items = [Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", 1),)) for text in ("Plans.", "Visits.")]
    assert asked(heading(LIST), *items) == ["Plans.", "Visits."]


def test_below_the_themes_of_a_list_only_marked_items_count():
    improvements = found(
        heading(LIST),
        heading("Help and protection", 3),
        paragraph("Leaders agree that this is late."),
        bullet("Visits."),
        heading("Care leavers", 3),
        paragraph("They wait for homes."),
    )
    assert [(i.section, i.text) for i in improvements] == [(LIST, "Visits.")]


@pytest.mark.parametrize(
    "heading_below",
    [
        "Main findings",
        "Findings",
        "Executive summary",
        "The experiences of care leavers",
        "Information about this inspection",
        "Inspection judgements",
    ],
)
@pytest.mark.parametrize("level", [2, 3])
def test_the_next_section_ends_the_list_though_its_heading_is_set_smaller(heading_below, level):
    drafts = [heading("Recommendations"), bullet("Visits."), heading(heading_below, level), numbered(7, "It is good.")]
    assert asked(*drafts) == ["Visits."]


def test_lists_of_several_kinds_are_all_read_in_order():
    improvements = found(
        heading("Areas for priority action"),
        bullet("Staff."),
        heading("Areas for improvement"),
        bullet("Plans."),
        heading("Main findings"),
        bullet("Not this."),
        heading("Recommendations"),
        bullet("Homes."),
    )
    assert [(i.kind, i.text) for i in improvements] == [
        (ImprovementKind.PRIORITY, "Staff."),
        (ImprovementKind.IMPROVEMENT, "Plans."),
        (ImprovementKind.RECOMMENDATION, "Homes."),
    ]


def test_a_heading_that_is_repeated_with_a_footnotes_mark_is_one_list():
    drafts = [heading("Recommendations"), heading("Recommendations2", 3), paragraph("Build homes.")]
    assert [(i.section, i.text) for i in found(*drafts)] == [("Recommendations", "Build homes.")]


@pytest.mark.parametrize("text", ["There are no areas for improvement.", "Inspectors did not identify any areas."])
def test_what_is_printed_in_place_of_an_empty_list_asks_for_nothing(text):
    assert asked(heading("Areas for priority action"), paragraph(text)) == []
    assert asked(heading("Areas for priority action")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Improve cover, so that no area of the borough is without a hub.",
        "See that there are no areas without a hub.",
        "Ensure that inspectors find no areas of waiting.",
    ],
)
def test_an_item_that_speaks_of_no_area_is_kept(text):
    assert asked(heading("Recommendations"), bullet(text)) == [text]


WORDS = st.text("abc é’-", min_size=1, max_size=9).map(str.strip).filter(bool)
ITEMS = st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=5)
"""The items of a list: each its own words, then those of the bullets that hang below it."""


@settings(deadline=None)
@given(ITEMS, ITEMS)
def test_an_items_words_are_those_of_its_bullets_and_of_its_span_and_spans_are_in_order(first, second):
    lists = [[bullet(text, int(n > 0)) for item in items for n, text in enumerate(item)] for items in (first, second)]
    document = whole(heading(LIST), *lists[0], heading("Findings"), *lists[0], heading("Recommendations"), *lists[1])
    improvements = find_improvements(document)
    assert [improvement.text for improvement in improvements] == [" ".join(item) for item in (*first, *second)]
    printed = [document.text[improvement.start : improvement.end] for improvement in improvements]
    assert [text.replace("•", "").split() for text in printed] == [i.text.split() for i in improvements]
    edges = [edge for improvement in improvements for edge in (improvement.start, improvement.end)]
    assert edges == sorted(edges)


SAMPLES = [
    ("aldermere-2024", ImprovementKind.IMPROVEMENT, 4, {None}),
    ("aldermere-2026", ImprovementKind.IMPROVEMENT, 5, {None}),
    ("carrowby-2015", ImprovementKind.RECOMMENDATION, 9, set("123456789")),
    ("carrowby-2023", ImprovementKind.IMPROVEMENT, 5, {None}),
    ("pellbrook-send", ImprovementKind.IMPROVEMENT, 5, {None}),
    ("westmarsh-2019", ImprovementKind.IMPROVEMENT, 6, {None}),
]


@pytest.mark.parametrize(("sample", "kind", "count", "labels"), SAMPLES)
def test_the_samples_ask_for_what_they_print(sample_documents, sample, kind, count, labels):
    improvements = find_improvements(sample_documents[sample])
    assert ({i.kind for i in improvements}, len(improvements)) == ({kind}, count)
    assert {i.label for i in improvements} == labels
    assert all(i.text[0].isupper() and i.text[-1] in ".)" for i in improvements)
