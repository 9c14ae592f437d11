from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.authorities import canonical, known_authorities, mentions

NAMES = [name for authority in known_authorities() for name in (authority.name, *authority.aliases)]


def named(text, others=()):
    return [mention.name for mention in mentions(text, others)]


@pytest.mark.parametrize("authority", known_authorities(), ids=lambda authority: authority.name)
def test_each_name_and_alias_is_found_whole_and_stands_for_its_authority(authority):
    for name in (authority.name, *authority.aliases):
        text = f"What did {name}’s inspectors find?"
        assert [(m.name, text[m.start : m.end]) for m in mentions(text)] == [(authority.name, name)]
        assert canonical(name) == authority.name


def test_successors_of_abolished_authorities_are_themselves_known():
    names = {authority.name for authority in known_authorities()}
    gone = [authority for authority in known_authorities() if authority.abolished]
    assert gone
    assert all(authority.successors and set(authority.successors) <= names for authority in gone)


def test_no_name_stands_for_two_authorities():
    folded = [name.casefold() for name in NAMES]
    assert sorted(folded) == sorted(set(folded))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Barking & Dagenham", "Barking and Dagenham"),
        ("barking + dagenham", "Barking and Dagenham"),
        ("Bournemouth Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("STOKE ON TRENT", "Stoke-on-Trent"),
        ("southend on sea", "Southend-on-Sea"),
        ("Kingston-upon-Hull", "Kingston upon Hull"),
        ("St. Helens", "St Helens"),
        ("Birmingham Childrens Trust", "Birmingham"),
        ("Birmingham Children’s Trust", "Birmingham"),
        ("b&nes", "Bath and North East Somerset"),
        ("Windsor and  Maidenhead", "Windsor and Maidenhead"),
        ("Hammersmith\nand Fulham", "Hammersmith and Fulham"),
    ],
)
def test_ampersands_hyphens_apostrophes_case_and_spaces_are_taken_as_equal(written, name):
    assert named(f"in {written}, families wait") == [name]


@pytest.mark.parametrize("possessive", ["Nottingham's", "Nottingham’s", "Nottingham"])
def test_a_possessive_belongs_to_no_name(possessive):
    [mention] = mentions(f"{possessive} care leavers")
    assert (mention.name, mention.end) == ("Nottingham", len("Nottingham"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nottinghamshire", ["Nottinghamshire"]),
        ("Nottingham and Nottinghamshire", ["Nottingham", "Nottinghamshire"]),
        ("Derbyshire, not Derby", ["Derbyshire", "Derby"]),
        ("Leicester City and Leicestershire", ["Leicester", "Leicestershire"]),
        ("South Gloucestershire and Gloucestershire", ["South Gloucestershire", "Gloucestershire"]),
        ("North East Lincolnshire or North Lincolnshire", ["North East Lincolnshire", "North Lincolnshire"]),
        ("Hull or Kingston upon Thames", ["Kingston upon Hull", "Kingston upon Thames"]),
        ("East Sussex and West Sussex", ["East Sussex", "West Sussex"]),
        ("York and North Yorkshire", ["York", "North Yorkshire"]),
        ("Southampton", ["Southampton"]),
    ],
)
def test_near_namesakes_are_told_apart(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I was reading the report", []),
        ("what does Reading do well?", ["Reading"]),
        ("they bury their findings", []),
        ("Bury Council", ["Bury"]),
    ],
)
def test_a_name_that_is_also_a_word_counts_only_with_a_capital(text, names):
    assert named(text) == names


@pytest.mark.parametrize("text", ["kentish", "Leedsville", "subsuffolk", "the sector", ""])
def test_part_of_a_word_names_nobody(text):
    assert named(text) == []


def test_other_names_are_found_by_their_exact_words_and_stand_for_themselves():
    others = ["Westmarsh", "Meres and Vale"]
    assert named("westmarsh and Leeds, Meres & Vale, Westmarshland", others) == ["Westmarsh", "Leeds", "Meres and Vale"]
    assert named("Westmarsh") == []


def test_an_unknown_name_comes_back_as_it_is():
    assert canonical("Westmarsh") == "Westmarsh"


@example("Barking & Dagenham, Bath")
@given(st.lists(st.sampled_from([*NAMES, "and", "&", "the", ",", "council"]), max_size=8).map(" ".join))
def test_mentions_are_in_order_and_do_not_overlap(text):
    edges = [edge for mention in mentions(text) for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)


@pytest.mark.parametrize("text", ["Barking\n& Dagenham", "Barking &\u00a0Dagenham", "Hammersmith &\nFulham"])
def test_an_ampersand_at_a_line_break_or_hard_space_is_read_as_and(text):
    assert len(named(text)) == 1


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011", "\u2013"])
def test_typographic_hyphens_are_taken_as_hyphens(hyphen):
    [mention] = mentions(f"Southend{hyphen}on{hyphen}Sea")
    assert mention.end == len("Southend-on-Sea")
