from __future__ import annotations

import pytest

from corpus.body import body_of
from corpus.drafts import Draft, Piece
from corpus.types import BlockKind

FINDINGS = [f"Finding number {n} says that children are safe." for n in range(8)]


def drafts(*texts):
    return [Draft(BlockKind.PARAGRAPH, (Piece(text, 1),)) for text in texts]


def body(*texts):
    return [draft.text for draft in body_of(drafts(*texts))]


def test_a_letters_body_is_between_salutation_and_signature():
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


def test_a_child_who_signs_yours_sincerely_early_in_a_report_ends_nothing():
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
def test_the_publishers_closing_text_and_all_below_it_go(closing):
    assert body(*FINDINGS, closing, "Piccadilly Gate.", "W: www.gov.uk/ofsted.") == FINDINGS


def test_the_same_words_at_the_start_end_nothing():
    opening = "The Office for Standards in Education, Children’s Services and Skills (Ofsted) visited."
    assert body(opening, *FINDINGS) == [opening, *FINDINGS]


@pytest.mark.parametrize(
    "noise",
    [
        "Privacy policy",
        "Skip to main content",
        "Download 240 Kb",
        "Store Street, Manchester M1 2WD",
        "Tel: 0300 123 1231",
        "12 13 14",
    ],
)
def test_addresses_and_web_noise_go_from_the_middle(noise):
    assert body(*FINDINGS[:4], noise, *FINDINGS[4:]) == FINDINGS


def test_a_last_heading_or_slogan_goes_and_a_last_sentence_or_item_stays():
    heading = Draft(BlockKind.HEADING, (Piece("Further information", 1),), level=2)
    item = Draft(BlockKind.LIST_ITEM, (Piece("• the timeliness of visits", 1),))
    kept = body_of([*drafts(*FINDINGS), item, heading, *drafts("raising standards improving lives")])
    assert [draft.text for draft in kept] == [*FINDINGS, "• the timeliness of visits"]


def test_nothing_comes_of_nothing():
    assert body() == []
    assert body("Home") == []
