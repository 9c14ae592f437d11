from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.names.authorities import canonical, known_authorities, mentions

NAMES = [name for authority in known_authorities() for name in (authority.name, *authority.aliases)]


INVENTED = ("Aldermere", "Carrowby", "Northwold", "Pellbrook", "Westmarsh")


def named(text, others=()):
    return [mention.name for mention in mentions(text, others)]


@pytest.mark.parametrize("authority", known_authorities(), ids=lambda authority: authority.name)
def test_every_name_and_alias_is_found_and_gives_its_authority(authority):
    for name in (authority.name, *authority.aliases):
        text = f"What did {name}’s inspectors find?"
        assert [(m.name, text[m.start : m.end]) for m in mentions(text)] == [(authority.name, name)]
        assert canonical(name) == authority.name


def test_the_successors_of_abolished_authorities_are_known():
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
def test_ampersands_hyphens_apostrophes_case_and_spaces_do_not_matter(written, name):
    assert named(f"in {written}, families wait") == [name]


@pytest.mark.parametrize("possessive", ["Nottingham's", "Nottingham’s", "Nottingham"])
def test_a_possessive_is_not_part_of_a_name(possessive):
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
def test_similar_names_are_told_apart(text, names):
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
def test_a_name_that_is_also_a_word_needs_its_capital(text, names):
    assert named(text) == names


@pytest.mark.parametrize("text", ["kentish", "Leedsville", "subsuffolk", "the sector", ""])
def test_part_of_a_word_is_not_a_name(text):
    assert named(text) == []


def test_other_names_are_found_by_their_exact_words():
    others = ["Westmarsh", "Meres and Vale"]
    assert named("westmarsh and Leeds, Meres & Vale, Westmarshland", others) == ["Westmarsh", "Leeds", "Meres and Vale"]
    assert named("Westmarsh") == []


def test_an_unknown_name_is_returned_unchanged():
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
def test_typographic_hyphens_count_as_hyphens(hyphen):
    [mention] = mentions(f"Southend{hyphen}on{hyphen}Sea")
    assert mention.end == len("Southend-on-Sea")


@pytest.mark.parametrize("written", ["Dudleyss", "dudleysx", "dudleyshire", "subdudleys", "dudleys1"])
def test_only_one_s_may_follow_a_name(written):
    assert named(f"in {written}?") == []


@pytest.mark.parametrize("name", ["(Test) Board", "B&X", "É-Ville", "O’Hara Trust", "X", "'t Zand"])
def test_other_names_are_found_whatever_they_start_with(name):
    assert named(f"What was said of {name}, and of [{name}]?", [name]) == [name, name]


def test_a_name_within_another_is_not_found_separately():
    text = "East Sussex, not Sussex; Bath and North East Somerset, not Somerset"
    assert named(text, ["Sussex", "North East Somerset"])[:2] == ["East Sussex", "Sussex"]
    assert "North East Somerset" not in named(text, ["Sussex", "North East Somerset"])
