from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.drafts import Draft, Piece, assemble
from corpus.lists.improvements import find_improvements
from corpus.types import BlockKind, Box, ImprovementKind, Page

LIST = "What needs to improve?"
INDENT = 0.05
"""The indent of a bullet below an item, as a share of the page's width."""


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


def improvements_of(*drafts):
    return find_improvements(whole(*drafts))


def asked(*drafts):
    return [improvement.text for improvement in improvements_of(*drafts)]


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
def test_the_title_of_a_list_gives_the_kind_of_improvement(title, kind):
    [improvement] = improvements_of(heading(title), bullet("The timeliness of visits."))
    assert (improvement.kind, improvement.section, improvement.text) == (kind, title, "The timeliness of visits.")


@pytest.mark.parametrize(
    "title", ["Main findings", "Recommendations from 2021", "Progress on areas for improvement", "What is improving"]
)
def test_a_list_below_another_heading_asks_for_nothing(title):
    assert asked(heading(title), bullet("The timeliness of visits.")) == []


def test_an_item_has_its_page_and_its_span_with_the_bullet():
    document = whole(heading(LIST), paragraph("Leaders know this."), bullet("The quality of plans.", page=3))
    [improvement] = find_improvements(document)
    assert (improvement.page, improvement.label, improvement.body) == (3, None, None)
    assert document.text[improvement.start : improvement.end] == "• The quality of plans."


def test_an_item_that_runs_over_two_pages_has_the_first():
    over = Draft(BlockKind.LIST_ITEM, (Piece("• The quality of", 1), Piece("plans.", 2)))
    [improvement] = improvements_of(heading(LIST), over)
    assert (improvement.page, improvement.text) == (1, "The quality of plans.")


def test_only_the_items_of_a_list_count_and_not_the_text_around_them():
    drafts = [
        heading(LIST),
        paragraph("Leaders should attend to these:"),
        bullet("The quality of plans."),
        Draft(BlockKind.FOOTNOTE, (Piece("1 Plans are made for each child.", 1),)),
        bullet("The timeliness of visits."),
        paragraph("Inspectors will return in a year."),
    ]
    assert asked(*drafts) == ["The quality of plans.", "The timeliness of visits."]


def test_numbered_items_keep_their_numbers_and_the_bullets_below_them():
    improvements = improvements_of(
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


def test_an_indented_bullet_belongs_to_the_item_above():
    drafts = [bullet("Plans that say"), bullet("who acts", 1), bullet("and when.", 1), bullet("Visits.")]
    assert asked(heading(LIST), *drafts) == ["Plans that say who acts and when.", "Visits."]


def test_a_list_with_only_indented_bullets_has_an_item_for_each():
    assert asked(heading(LIST), bullet("Plans.", 1), bullet("Visits.", 1)) == ["Plans.", "Visits."]


def test_indents_are_measured_from_the_bullets_of_the_same_page():
    drafts = [bullet("Plans.", 1), bullet("Visits.", page=2), bullet("and alone.", 1, page=2), bullet("Homes.", 1, 3)]
    assert asked(heading(LIST), *drafts) == ["Plans.", "Visits. and alone.", "Homes."]


def test_each_bullet_is_an_item_in_a_format_without_layout():
    items = [Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", 1),)) for text in ("Plans.", "Visits.")]
    assert asked(heading(LIST), *items) == ["Plans.", "Visits."]


def test_below_the_themes_of_a_list_only_marked_items_count():
    improvements = improvements_of(
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
        "Strengths",
        "What is working well",
    ],
)
@pytest.mark.parametrize("level", [2, 3])
def test_the_next_section_ends_the_list_even_if_its_heading_is_smaller(heading_below, level):
    drafts = [heading("Recommendations"), bullet("Visits."), heading(heading_below, level), numbered(7, "It is good.")]
    assert asked(*drafts) == ["Visits."]


@pytest.mark.parametrize("heading_below", ["Strengths-based practice", "What is working well enough to build on"])
def test_a_theme_that_starts_like_another_section_does_not_end_the_list(heading_below):
    drafts = [heading("Recommendations"), bullet("Visits."), heading(heading_below, 3), bullet("Plans.")]
    assert asked(*drafts) == ["Visits.", "Plans."]


def test_the_title_of_the_list_in_the_first_row_of_its_table_is_not_part_of_an_item():
    rows = ["Areas for improvement Leaders should see that reviews are on time.", "Leaders should write to families."]
    assert asked(heading("Areas for improvement"), *map(bullet, rows)) == [
        "Leaders should see that reviews are on time.",
        "Leaders should write to families.",
    ]
    assert asked(heading("Homes"), heading("Recommendations"), bullet("Recommendations of the board.")) == [
        "Recommendations of the board."
    ]


def test_the_sentence_that_says_how_many_recommendations_follow_is_not_one_of_them():
    sentence = "As a result of what we found, we have made two recommendations that will help children in Westmarsh."
    items = [
        paragraph("The service should visit children more often."),
        paragraph("It should write down what it does."),
    ]
    assert sentence not in asked(heading("Recommendations"), paragraph(sentence), *items)


def test_lists_of_several_kinds_are_all_read_in_order():
    improvements = improvements_of(
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


def test_a_repeated_heading_with_a_footnote_mark_is_one_list():
    drafts = [heading("Recommendations"), heading("Recommendations2", 3), paragraph("Build homes.")]
    assert [(i.section, i.text) for i in improvements_of(*drafts)] == [("Recommendations", "Build homes.")]


@pytest.mark.parametrize("text", ["There are no areas for improvement.", "Inspectors did not identify any areas."])
def test_a_sentence_instead_of_an_empty_list_asks_for_nothing(text):
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
def test_an_item_that_mentions_no_area_is_kept(text):
    assert asked(heading("Recommendations"), bullet(text)) == [text]


WORDS = st.text("abc é’-", min_size=1, max_size=9).map(str.strip).filter(bool)
ITEMS = st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=5)
"""The items of a list. Each item gives its own words, then the words of each bullet below it."""


@settings(deadline=None)
@given(ITEMS, ITEMS)
def test_the_words_of_an_item_are_those_of_its_bullets_and_its_span(first, second):
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
