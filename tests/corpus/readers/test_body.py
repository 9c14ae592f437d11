from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.drafts import Draft, Piece
from corpus.readers.body import body_of
from corpus.types import BlockKind

FINDINGS = [f"Finding number {n} says that children are safe." for n in range(8)]


def drafts(*texts, kind=BlockKind.PARAGRAPH):
    return [Draft(kind, (Piece(text, 1),), level=int(kind is BlockKind.HEADING)) for text in texts]


def body(*texts):
    return [draft.text for draft in body_of(drafts(*texts))]


@pytest.mark.parametrize("mark", ["Page 2", "Page 2 of 7", "- page 2 -"])
def test_page_numbers_between_paragraphs_are_left_out(mark):
    assert body(FINDINGS[0], mark, FINDINGS[1]) == FINDINGS[:2]


def test_the_body_of_a_letter_is_between_salutation_and_signature():
    letter = [
        "Ofsted",
        "18 June 2024",
        "Dear Ms Reed",
        *FINDINGS,
        "Yours sincerely",
        "Prudence Oakhanger",
        "His Majesty’s Inspector",
    ]
    assert body(*letter) == FINDINGS


def test_yours_sincerely_early_in_a_report_does_not_end_it():
    assert body("Yours sincerely is how one child ends every note.", *FINDINGS)[1:] == FINDINGS


@pytest.mark.parametrize(
    "closing",
    [
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects.",
        "If you would like a copy of this document in a different format, such as large print, please call.",
        "© Crown copyright 2023",
        "Interested in our work? You can subscribe to our monthly newsletter for more information.",
    ],
)
def test_the_publishers_closing_text_and_everything_below_it_are_removed(closing):
    assert body(*FINDINGS, closing, "Piccadilly Gate.", "W: www.gov.uk/ofsted.") == FINDINGS


def test_the_same_words_at_the_start_do_not_end_the_body():
    opening = "The Office for Standards in Education, Children’s Services and Skills (Ofsted) visited."
    assert body(opening, *FINDINGS) == [opening, *FINDINGS]


@pytest.mark.parametrize(
    "noise",
    [
        "Privacy policy",
        "Skip to main content",
        "Home | Site map | Contact us",
        "Download 240 Kb",
        "Store Street, Manchester M1 2WD",
        "Tel: 0300 123 1231",
        "The council’s Web Design by Inkle and Fennimore, all rights reserved",
        "12 13 14",
        "www.westmarsh.gov.uk",
        "https://westmarsh.example/care www.aldermere.example",
        "westmarsh.gov.uk meres-and-vale.icb.nhs.uk",
    ],
)
def test_addresses_and_web_noise_are_removed_from_the_middle(noise):
    assert body(*FINDINGS[:4], noise, *FINDINGS[4:]) == FINDINGS


def test_a_last_heading_or_slogan_is_removed_and_a_last_sentence_or_item_stays():
    heading = Draft(BlockKind.HEADING, (Piece("Further information", 1),), level=2)
    item = Draft(BlockKind.LIST_ITEM, (Piece("• the timeliness of visits", 1),))
    kept = body_of([*drafts(*FINDINGS), item, heading, *drafts("raising standards improving lives")])
    assert [draft.text for draft in kept] == [*FINDINGS, "• the timeliness of visits"]


@pytest.mark.parametrize(
    "text",
    [
        "Families find the offer at www.westmarsh.gov.uk and by telephone.",
        "www.westmarsh.gov.uk/offer lists what families may ask for.",
        "Leaders publish plans on westmarsh.gov.uk",
    ],
)
def test_a_sentence_that_names_a_web_address_stays(text):
    assert body(*FINDINGS[:4], text, *FINDINGS[4:]) == [*FINDINGS[:4], text, *FINDINGS[4:]]


def test_a_row_of_web_addresses_is_removed_from_a_table():
    cells = drafts("Westmarsh Council", "Care Board", "www.westmarsh.gov.uk", "www.care.nhs.uk", kind=BlockKind.TABLE)
    kept = body_of([*drafts(*FINDINGS), *cells, *drafts("Inspectors met them.")])
    assert [draft.text for draft in kept][-3:] == ["Westmarsh Council", "Care Board", "Inspectors met them."]


@pytest.mark.parametrize("kind", [BlockKind.LIST_ITEM, BlockKind.PARAGRAPH])
@pytest.mark.parametrize("text", ["•", "• 7", "14", "14.", "(3)", "– –", "118"])
def test_empty_bullets_and_lone_numbers_are_removed(kind, text):
    kept = body_of([*drafts(*FINDINGS[:4]), *drafts(text, kind=kind), *drafts(*FINDINGS[4:])])
    assert [draft.text for draft in kept] == FINDINGS


@pytest.mark.parametrize("text", ["2019", "• a", "1,402 children.", "7 May"])
def test_a_year_a_letter_or_a_figure_with_words_stays(text):
    assert body(*FINDINGS[:4], text, *FINDINGS[4:]) == [*FINDINGS[:4], text, *FINDINGS[4:]]


@pytest.mark.parametrize("title", ["What the inspection judgements mean", "What the inspection judgments mean:"])
def test_the_explanation_of_grades_is_removed_up_to_the_next_heading(title):
    meanings = drafts("An outstanding authority helps every child.", "A good one helps most of them.")
    below = [*drafts("Care leavers", kind=BlockKind.HEADING), *drafts("They have homes.")]
    kept = body_of([*drafts(*FINDINGS), *drafts(title, kind=BlockKind.HEADING), *meanings, *below])
    assert [draft.text for draft in kept] == [*FINDINGS, "Care leavers", "They have homes."]


def test_the_explanation_of_grades_is_removed_for_every_graded_body():
    title = drafts("What the inspection judgements mean", kind=BlockKind.HEADING)
    bodies = [
        draft
        for name in ("The local authority", "The LSCB")
        for draft in (*drafts(name, kind=BlockKind.HEADING), *drafts("A good one helps most children."))
    ]
    below = [*drafts("The council", kind=BlockKind.HEADING), *drafts("It has homes.")]
    kept = body_of([*drafts(*FINDINGS), *title, *bodies, *below])
    assert [draft.text for draft in kept] == [*FINDINGS, "The council", "It has homes."]
    assert body_of([*bodies, *drafts(*FINDINGS)])[:4] == bodies


def test_a_sentence_that_starts_like_its_title_removes_nothing():
    sentence = "What the inspection judgements mean is explained to children."
    assert body(sentence, *FINDINGS) == [sentence, *FINDINGS]


def test_the_last_row_of_a_table_stays_without_a_full_stop():
    rows = drafts("Westmarsh 97 402", "Aldermere 61 288", kind=BlockKind.TABLE)
    assert body_of([*drafts(*FINDINGS), *rows])[-2:] == rows
    wrapped = drafts("Total of both")  # a cell without a neighbour is read as a paragraph
    assert body_of([*drafts(*FINDINGS), *rows, *wrapped])[-1:] == wrapped


@pytest.mark.parametrize("figure", ["97", "402", "1,204", "14.", "2019", "– 7"])
def test_a_figure_in_a_cell_stays_and_an_empty_cell_is_removed(figure):
    cells = drafts("Aldermere", figure, "–", "M1 2WD", kind=BlockKind.TABLE)
    kept = body_of([*drafts(*FINDINGS[:4]), *cells, *drafts(*FINDINGS[4:])])
    assert [draft.text for draft in kept] == [*FINDINGS[:4], "Aldermere", figure, *FINDINGS[4:]]


BLOCKS = st.lists(
    st.builds(
        lambda text, kind: drafts(text, kind=kind)[0],
        st.sampled_from([*FINDINGS, "•", "7", "Care leavers", "Yours sincerely", "© Crown copyright", "Dear Ms Reed"]),
        st.sampled_from(list(BlockKind)),
    ),
    max_size=12,
)


@given(BLOCKS)
def test_the_body_is_some_of_the_blocks_unchanged_and_in_order(given_blocks):
    left = iter(given_blocks)
    assert all(any(draft is block for block in left) for draft in body_of(given_blocks))


def test_no_blocks_give_an_empty_body():
    assert body() == []
    assert body("Home") == []


SENTENCES = [
    "leaders act on what children say",
    "Leaders act on what children say",
    "the timeliness of visits",
    "The plan was agreed in May 2024",
    "Requires Improvement",
    "Children in care: 412",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_last_sentence_without_a_full_stop_stays(text):
    assert body(*FINDINGS, text) == [*FINDINGS, text]


def test_the_last_items_of_a_list_without_bullets_stay_even_if_they_look_like_names():
    items = ["Leaders should improve:", "Early Help", "Care Leavers", "Missing Children"]
    assert body(*FINDINGS, *items) == [*FINDINGS, *items]


@pytest.mark.parametrize(
    "clutter",
    [
        ["Honor Dunnock", "Director of Children’s Services"],
        ["Westmarsh City Council"],
        [
            "Lead inspector: Gideon Pellworth",
            "Team inspectors: Honor Dunnock, Prudence Oakhanger",
            "Shadow inspectors: N/A",
        ],
        ["www.westmarsh.gov.uk/plans"],
        ["raising standards improving lives"],
        ["Helping families since the year of the flood", "Family News | website design by Meadow"],
        ["Main page"],
        ["Yours sincerely", "Honor Dunnock", "Director"],
    ],
)
def test_names_roles_links_and_the_slogan_of_a_site_are_removed_from_the_end(clutter):
    assert body(*FINDINGS, *clutter) == FINDINGS


@pytest.mark.parametrize(
    "text",
    [
        "Inspectors visited the home at 12 Example Street, Sampleton SA1 2BC.",
        "Inspectors then visited the home in Sampleton SA1 2BC",
        "Families can ring the helpline (Tel: 01632 960000) at any time of the day.",
        "Families who need help can ring Tel: 01632 960000 at any time",
        "If you are worried about a child, contact us",
        "The council has improved its web design by asking young people what they need.",
    ],
)
def test_a_sentence_with_an_address_or_a_telephone_number_stays(text):
    assert body(*FINDINGS[:4], text, *FINDINGS[4:]) == [*FINDINGS[:4], text, *FINDINGS[4:]]


@pytest.mark.parametrize(
    "text",
    [
        "This report is available at each library of the borough.",
        "You may use this information when you plan a visit.",
        "Any complaints about the inspection were dealt with in a week.",
    ],
)
def test_words_of_the_closing_text_do_not_end_the_paper_of_another_publisher(text):
    assert body(*FINDINGS, text, *FINDINGS[:2]) == [*FINDINGS, text, *FINDINGS[:2]]


def test_the_closing_text_of_the_publisher_is_removed_whatever_its_first_words():
    closing = ["This report is available at each library.", "Ofsted inspects services for children."]
    assert body(*FINDINGS, *closing) == FINDINGS


def test_an_annex_after_a_signature_is_read():
    signature = drafts("Yours sincerely", "Honor Dunnock", "Director")
    annex = [
        *drafts("Annex A: what happens next", kind=BlockKind.HEADING),
        *drafts("The board meets in May to agree the plan."),
    ]
    letter = [*drafts("Dear Ms Reed", *FINDINGS), *signature, *annex, *drafts("© Crown copyright 2024")]
    assert body_of(letter) == [*letter[1:9], *annex]
    assert (
        body(*FINDINGS, "Yours sincerely", "Honor Dunnock", "The letter was sent by post on the same day.") == FINDINGS
    )


def test_a_summary_above_a_letter_is_read():
    summary = "The committee is asked to note the letter that is set out below."
    assert body(summary, "Dear Ms Reed", *FINDINGS) == [summary, "Dear Ms Reed", *FINDINGS]
