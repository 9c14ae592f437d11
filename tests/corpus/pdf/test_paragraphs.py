from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece
from corpus.pdf import pdf_file
from corpus.pdf.paragraphs import Typography, to_drafts
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

LEFT, PITCH = 72, 14


def column(top, *texts, left=LEFT, size=11, bold=False):
    return [(left, top + PITCH * row, text, size, bold) for row, text in enumerate(texts)]


def numbered(top, number, *texts):
    """A paragraph with its number in the margin, as Ofsted prints it."""
    first, *rest = texts
    return [(LEFT, top, f"{number}. {first}"), *column(top + PITCH, *rest, left=LEFT + 28)]


def blocks(path):
    drafts = to_drafts([page.lines for page in pdf_file.read_pages(path)])
    return [(draft.kind, draft.label, draft.text) for draft in drafts]


def paragraphs(path):
    return [text for kind, _, text in blocks(path) if kind is BlockKind.PARAGRAPH]


def test_lines_at_the_usual_distance_are_one_paragraph_and_a_gap_starts_the_next(make_pdf):
    page = [
        *column(100, "Children are safe and", "well cared for."),
        *column(142, "Leaders know their", "services well."),
    ]
    assert paragraphs(make_pdf(page)) == ["Children are safe and well cared for.", "Leaders know their services well."]


def test_a_sentence_over_a_page_break_stays_in_one_paragraph_with_a_line_on_each_page(make_pdf):
    first = column(700, "Leaders act on what they hear from", "children, and they")
    second = column(100, "tell them what has changed.", "It works.")
    [draft] = to_drafts([page.lines for page in pdf_file.read_pages(make_pdf(first, second))])
    assert draft.text == "Leaders act on what they hear from children, and they tell them what has changed. It works."
    assert [piece.page for piece in draft.pieces] == [1, 1, 2, 2]


def test_a_sentence_that_ends_at_the_foot_of_a_page_does_not_continue_on_the_next(make_pdf):
    first = column(700, "Children are safe and", "well cared for.")
    second = column(100, "Leaders know their", "services well.")
    assert len(paragraphs(make_pdf(first, second))) == 2


def test_a_footnote_does_not_break_the_paragraph_around_it(make_pdf):
    first = [*column(690, "Leaders act on what they hear from", "children, and they"), (LEFT, 770, "1 See the act.", 8)]
    second = column(100, "tell them what has changed.")
    whole = "Leaders act on what they hear from children, and they tell them what has changed."
    assert blocks(make_pdf(first, second)) == [
        (BlockKind.PARAGRAPH, None, whole),
        (BlockKind.FOOTNOTE, None, "1 See the act."),
    ]


def test_a_word_that_is_broken_at_a_line_end_is_joined(make_pdf):
    assert paragraphs(make_pdf(column(100, "They have a clear self-", "evaluation of it."))) == [
        "They have a clear self-evaluation of it."
    ]


def test_numbered_paragraphs_keep_their_numbers_as_labels(make_pdf):
    page = [
        *numbered(100, 1, "Children are seen", "often and alone."),
        *numbered(142, 2, "Plans are clear. The council spent", "3. million pounds on them."),
        *numbered(184, 3, "Managers audit", "what is done."),
    ]
    read = blocks(make_pdf(page))
    assert [(label, text[:5]) for _, label, text in read] == [("1", "1. Ch"), ("2", "2. Pl"), ("3", "3. Ma")]
    assert {kind for kind, _, _ in read} == {BlockKind.PARAGRAPH}


def test_a_numbered_paragraph_continues_on_the_next_page_at_its_own_indent(make_pdf):
    first = numbered(700, 1, "Children are seen", "often and alone.")
    second = [*column(100, "They say so themselves.", left=LEFT + 28), *numbered(142, 2, "Plans are", "clear.")]
    assert [(label, text) for _, label, text in blocks(make_pdf(first, second))] == [
        ("1", "1. Children are seen often and alone. They say so themselves."),
        ("2", "2. Plans are clear."),
    ]


def test_a_figure_at_the_start_of_a_line_is_not_a_label(make_pdf):
    page = column(
        100,
        "The number of social workers fell from 84 in May to",
        "47. Agency staff filled the gap, at a cost of",
        "12. Million.",
    )
    assert [(label, text[:10]) for _, label, text in blocks(make_pdf(page))] == [(None, "The number")]


def test_bulleted_items_keep_all_their_lines(make_pdf):
    page = [
        *column(100, "Inspectors looked at:"),
        (LEFT, 128, "•"),
        (LEFT + 20, 128, "the timeliness of visits to children"),
        (LEFT + 20, 142, "in care"),
        (LEFT, 156, "• the quality of plans."),
    ]
    assert blocks(make_pdf(page)) == [
        (BlockKind.PARAGRAPH, None, "Inspectors looked at:"),
        (BlockKind.LIST_ITEM, None, "• the timeliness of visits to children in care"),
        (BlockKind.LIST_ITEM, None, "• the quality of plans."),
    ]


def test_an_unfinished_item_continues_on_the_next_page_at_its_own_indent_and_a_paragraph_does_not_join_it(
    make_pdf,
):
    item = [(LEFT, 700, "• the timeliness of visits to"), (LEFT + 12, 714, "children who are")]
    on = make_pdf(item, [(LEFT + 12, 100, "in care"), *column(142, "Children are safe.")], name="on.pdf")
    new = make_pdf(item, column(100, "Children are safe."), name="new.pdf")
    begun, below = "• the timeliness of visits to children who are", "Children are safe."
    assert [text for _, _, text in blocks(on)] == [f"{begun} in care", below]
    assert [text for _, _, text in blocks(new)] == [begun, below]


def test_headings_are_recognised_and_ranked_by_size_and_weight(make_pdf):
    page = [
        (LEFT, 80, "Inspection of Westmarsh", 20, True),
        (LEFT, 130, "What needs to improve", 14, True),
        *column(160, "Leaders have more to do for children,", "and they know what it is."),
        (LEFT, 210, "Early help", 11, True),
        *column(230, "Help comes early here, in every part of", "the borough."),
        *column(270, "This is bold and a sentence.", bold=True),
    ]
    drafts = to_drafts([page.lines for page in pdf_file.read_pages(make_pdf(page))])
    assert [(draft.level, draft.text) for draft in drafts if draft.kind is BlockKind.HEADING] == [
        (1, "Inspection of Westmarsh"),
        (2, "What needs to improve"),
        (3, "Early help"),
    ]
    assert len(drafts) == 6


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What needs to improve in this area:", BlockKind.HEADING),
        ("Areas for priority action", BlockKind.HEADING),
        ("Area for improvement:", BlockKind.HEADING),
        ("Recommendations", BlockKind.HEADING),
        ("Recommendations from 2021", BlockKind.PARAGRAPH),
        ("What needs to improve is known to leaders, who have told all of their staff.", BlockKind.PARAGRAPH),
    ],
)
def test_the_title_of_a_list_of_improvements_is_a_heading_even_in_plain_text(make_pdf, text, kind):
    page = [*column(100, "Children are safe and well."), *column(130, text), *column(160, "• the quality of plans.")]
    assert blocks(make_pdf(page))[1] == (kind, None, text)


def test_cells_on_one_baseline_are_separate_blocks_with_the_lines_below_them(make_pdf):
    page = [
        *column(80, *["Children are safe and well cared for in every part of Westmarsh."] * 2),
        *column(140, "Westmarsh City", "Council", left=LEFT),
        *column(140, "Integrated Care", "Board", left=300),
    ]
    assert [(kind, text) for kind, _, text in blocks(make_pdf(page))][1:] == [
        (BlockKind.TABLE, "Westmarsh City Council"),
        (BlockKind.TABLE, "Integrated Care Board"),
    ]


def test_bold_cells_that_name_columns_or_give_a_grade_are_not_headings(make_pdf):
    page = [
        *column(80, *["Children are safe and well cared for in every part of Westmarsh."] * 3),
        (LEFT, 140, "Body", 11, True),
        (300, 140, "Recommendations", 11, True),
        (LEFT, 160, "The council"),
        (300, 160, "Good", 11, True),
        (LEFT, 200, "Early help", 11, True),
    ]
    read = [(kind, text) for kind, _, text in blocks(make_pdf(page))][1:]
    assert read == [
        (BlockKind.TABLE, "Body"),
        (BlockKind.TABLE, "Recommendations"),
        (BlockKind.TABLE, "The council"),
        (BlockKind.TABLE, "Good"),
        (BlockKind.HEADING, "Early help"),
    ]


def test_a_large_title_in_two_weights_is_one_bold_heading(make_pdf):
    page = [
        *column(80, *["Children are safe and well cared for in every part of Westmarsh."] * 3),
        (LEFT, 140, "The progress of children in care:", 14, True),
        (LEFT, 158, "Requires improvement", 14, False),
        *column(190, "Help comes early."),
        (LEFT, 230, "Care leavers", 14, True),
    ]
    drafts = to_drafts([page.lines for page in pdf_file.read_pages(make_pdf(page))])
    assert [(draft.level, draft.text) for draft in drafts if draft.level] == [
        (1, "The progress of children in care: Requires improvement"),
        (1, "Care leavers"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "distance", "expected"),
    [
        ("Leaders act on what", "they hear.", 1.6, ["Leaders act on what they hear."]),
        ("Leaders act on what", "They hear.", 1.6, ["Leaders act on what", "They hear."]),
        ("Leaders act.", "they hear.", 1.6, ["Leaders act.", "they hear."]),
        ("Leaders act on what", "they hear.", 2.2, ["Leaders act on what", "they hear."]),
    ],
    ids=["goes on", "opens with a capital", "follows an end", "too far below"],
)
def test_only_a_lower_case_line_a_little_further_down_continues_a_sentence(make_pdf, first, second, distance, expected):
    usual = column(80, *["Children are safe and well cared for here."] * 4)
    page = [*usual, *column(170, first), *column(170 + distance * PITCH, second)]
    assert paragraphs(make_pdf(page))[1:] == expected


def test_a_bold_word_at_the_start_of_a_line_does_not_break_its_sentence(make_pdf):
    page = [*column(100, "Leaders act on what they hear from"), *column(114, "children in the borough.", bold=True)]
    assert paragraphs(make_pdf(page)) == ["Leaders act on what they hear from children in the borough."]


@pytest.mark.parametrize(("mark", "label"), [("2.", "2"), ("•", None)])
def test_a_paragraph_with_a_larger_number_or_bullet_is_not_a_heading_and_continues(make_pdf, mark, label):
    page = [
        *numbered(100, 1, "Children are seen", "often and alone."),
        (LEFT, 142, mark, 15),
        (LEFT + 28, 142, "Plans are clear and are made"),
        (LEFT + 28, 156, "with families."),
    ]
    kind = BlockKind.PARAGRAPH if label else BlockKind.LIST_ITEM
    assert blocks(make_pdf(page))[1] == (kind, label, f"{mark} Plans are clear and are made with families.")


def test_a_figure_after_a_paragraph_number_is_text_and_a_decimal_is_not_a_number(make_pdf):
    page = [
        *numbered(100, 1, "There are 40 homes,", "all of them good."),
        *numbered(142, 2, "35 children wait for", "a home."),
        *column(184, "3.5 million pounds are spent on them."),
    ]
    assert [(label, text[:6]) for _, label, text in blocks(make_pdf(page))] == [
        ("1", "1. The"),
        ("2", "2. 35 "),
        (None, "3.5 mi"),
    ]


def test_a_draft_among_the_lines_stays_in_its_place(make_pdf):
    lines = pdf_file.read_pages(make_pdf([*column(100, "Above it."), *column(200, "Below it.")]))[0].lines
    row = Draft(BlockKind.TABLE, (Piece("Overall effectiveness Good", 1),))
    assert to_drafts([[lines[0], row, lines[1]]])[1] is row


def test_the_usual_size_and_distance_are_those_of_most_characters(make_pdf):
    page = [(LEFT, 60, "Title", 24), *column(100, *["Children are safe and well cared for."] * 8, size=12)]
    usual = Typography.of([page.lines for page in pdf_file.read_pages(make_pdf(page))])
    assert (usual.size, usual.pitch) == (12, PITCH)


def test_paragraphs_of_one_line_stay_apart_if_most_paragraphs_have_one_line(make_pdf):
    long = "Leaders know the services well and have acted on what the last visit found in"
    page = [
        *column(100, "Areas covered by the visit"),
        *column(120, "Inspectors looked at the front door."),
        *column(140, long, "the homes of Aldermere."),
        *column(174, "Managers read each assessment"),
        *column(194, "Parents say so"),
    ]
    assert Typography.of([page.lines for page in pdf_file.read_pages(make_pdf(page))]).pitch == PITCH
    assert paragraphs(make_pdf(page)) == [
        "Areas covered by the visit",
        "Inspectors looked at the front door.",
        f"{long} the homes of Aldermere.",
        "Managers read each assessment",
        "Parents say so",
    ]


def test_the_numbered_items_of_a_list_without_gaps_stay_apart(make_pdf):
    page = column(100, "1. Plans are short.", "2. Children have a copy", "3. Managers sign them.")
    assert [(label, text) for _, label, text in blocks(make_pdf(page))] == [
        ("1", "1. Plans are short."),
        ("2", "2. Children have a copy"),
        ("3", "3. Managers sign them."),
    ]


def test_each_block_of_a_pdf_has_the_lines_that_it_was_made_from(make_pdf):
    path = make_pdf(
        [*numbered(100, 1, "Children are seen", "often and alone."), *column(142, "They say so themselves.")]
    )
    document = read_pdf(path)
    assert [document.text[line.start : line.end] for line in document.lines] == [
        "1. Children are seen",
        "often and alone.",
        "They say so themselves.",
    ]
    assert all(line.box and 0.1 < line.box.y0 < line.box.y1 < 0.2 for line in document.lines)


FULL = "Leaders know the services well and have acted on what the last visit found there."
SHORT = "Children are seen."


def test_an_indented_first_line_starts_a_paragraph_without_a_space_above_it(make_pdf):
    page = [
        *column(100, FULL, SHORT),
        *column(100 + 2 * PITCH, "Managers read each plan and sign it within a week of the", left=LEFT + 15),
        *column(100 + 3 * PITCH, "visit that it follows."),
        *column(100 + 4 * PITCH, "Plans are short.", left=LEFT + 15),
    ]
    plan = "Managers read each plan and sign it within a week of the visit that it follows."
    assert paragraphs(make_pdf(page)) == [f"{FULL} {SHORT}", plan, "Plans are short."]


def test_a_line_that_ends_early_ends_its_paragraph(make_pdf):
    page = column(100, FULL, SHORT, FULL, SHORT, FULL)
    assert paragraphs(make_pdf(page)) == [f"{FULL} {SHORT}", f"{FULL} {SHORT}", FULL]


def test_a_sentence_that_goes_on_after_a_short_line_stays_in_one_paragraph(make_pdf):
    page = column(
        100,
        FULL,
        "Children who are looked after",
        "by Northwold are seen often by those who know them and their families well.",
        FULL,
    )
    assert len(paragraphs(make_pdf(page))) == 1
    page = column(
        100,
        FULL,
        "Children are seen often by the",
        "Northwold team that knows them, their homes, their families and schools.",
        FULL,
    )
    assert len(paragraphs(make_pdf(page))) == 1


def test_the_last_lines_of_an_item_are_not_a_paragraph_of_their_own(make_pdf):
    item = column(100, "• Leaders should act on plans that managers have not signed.", left=LEFT)
    rest = column(100 + PITCH, "They should do so within a week of the visit that it follows.", left=LEFT + 14)
    assert len(blocks(make_pdf([*item, *rest]))) == 1


def test_large_letters_in_the_rows_of_a_table_are_no_headings(make_pdf):
    rows = [("Provider", "Skelwith Council"), ("Lead inspector", "A Reed"), ("Letter dated", "3 May 2024")]
    table = [
        cell
        for row, (label, value) in enumerate(rows)
        for cell in ((72, 90 + 30 * row, label, 16), (300, 90 + 30 * row, value, 16))
    ]
    page = [*table, *column(240, *["Children are safe and well cared for in their homes."] * 6)]
    assert BlockKind.HEADING not in [kind for kind, _, _ in blocks(make_pdf(page))]
