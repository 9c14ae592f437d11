from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.names.authorities import known_authorities, mentions
from corpus.names.places import known_places
from corpus.names.typed_names import typed_names

INVENTED = ("Aldermere", "Carrowby", "Northwold", "Pellbrook", "Westmarsh")
AUTHORITIES = tuple(authority.name for authority in known_authorities() if not authority.abolished)


def named(text, others=AUTHORITIES):
    return [mention.name for mention in typed_names(text, others).authorities]


def guessed(text, others=()):
    """Return the names that we recognise only because we correct misspellings."""
    exact = {mention.start for mention in typed_names(text, others, mend=False).authorities}
    return [mention.name for mention in typed_names(text, others).authorities if mention.start not in exact]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("dudleys", "Dudley"),
        ("Dudleys", "Dudley"),
        ("DUDLEYS", "Dudley"),
        ("leedss", "Leeds"),
        ("Tower Hamletss", "Tower Hamlets"),
        ("nottinghams", "Nottingham"),
        ("nottinghamshires", "Nottinghamshire"),
        ("stoke-on-trents", "Stoke-on-Trent"),
        ("Burys", "Bury"),
    ],
)
def test_a_typed_possessive_without_its_apostrophe_is_not_part_of_a_name(written, name):
    [mention] = typed_names(f"how are {written} care leavers housed?").authorities
    assert mention.name == name
    assert mention.end == len("how are ") + len(written) - 1


def test_an_invented_name_may_be_possessive_without_its_apostrophe():
    mentioned = typed_names("westmarshs carers and Aldermeres", INVENTED).authorities
    assert [mention.name for mention in mentioned] == ["Westmarsh", "Aldermere"]
    assert mentions("westmarshs carers and Aldermeres", INVENTED) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("nottingam", "Nottingham"),
        ("Nottingamshire", "Nottinghamshire"),
        ("BIRMINGAM", "Birmingham"),
        ("middlesborough", "Middlesbrough"),
        ("sheffeild", "Sheffield"),
        ("Liecester", "Leicester"),
        ("liecestershire", "Leicestershire"),
        ("Dudly", "Dudley"),
        ("coventery", "Coventry"),
        ("Haringay", "Haringey"),
        ("Surry", "Surrey"),
        ("south gloustershire", "South Gloucestershire"),
        ("Isle of Wright", "Isle of Wight"),
        ("Tower Hamlet", "Tower Hamlets"),
        ("milton keens", "Milton Keynes"),
        ("St. Hellens", "St Helens"),
        ("Barkin and Dagenham", "Barking and Dagenham"),
        ("Westmoreland and Furness", "Westmorland and Furness"),
        ("westmarch", "Westmarsh"),
        ("Westmrash", "Westmarsh"),
        ("aldermeer", "Aldermere"),
        ("Pelbrook", "Pellbrook"),
    ],
)
def test_a_nearly_correct_name_is_recognised(written, name):
    text = f"Is {written} good?"
    [mention] = typed_names(text, INVENTED).authorities
    assert (mention.name, text[mention.start : mention.end]) == (name, written)
    assert all(text[m.start : m.end] != written for m in typed_names(text, INVENTED, mend=False).authorities)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "'",
        "- - -",
        "42",
        "in the whole country",
        "the survey in this county",
        "does the reading help?",
        "and western, southern and eastern parts",
        "how are care leavers housed in lancaster",
        "sussex",
        "Hul",
        "redding",
    ],
)
def test_other_words_and_short_words_are_not_names(text):
    assert guessed(text) == []


def test_a_word_that_is_like_two_names_is_neither():
    assert guessed("Is Xastmerefold good?", ["Xastmirefold", "Xastmorefold"]) == []
    assert guessed("Is Xastmerefold good?", ["Xastmirefold"]) == ["Xastmirefold"]


def test_a_short_name_inside_a_long_one_is_not_found_too():
    assert guessed("north lincolshire") == ["North Lincolnshire"]
    assert guessed("West Northamtonshire") == ["West Northamptonshire"]
    assert guessed("East Susex and West Susex") == ["East Sussex", "West Sussex"]


def test_two_misspelt_names_come_in_the_order_of_the_text():
    text = "Was coventery worse than Isle of Wright, or birmingam?"
    mentioned = typed_names(text).authorities
    assert [mention.name for mention in mentioned] == ["Coventry", "Isle of Wight", "Birmingham"]
    assert [text[m.start : m.end] for m in mentioned] == ["coventery", "Isle of Wright", "birmingam"]


def test_a_name_that_is_misspelt_twice_is_found_twice():
    assert guessed("nottingam, yes Nottingam") == ["Nottingham", "Nottingham"]


def test_an_invented_name_is_recognised_only_if_it_is_given():
    assert guessed("westmarch") == []
    assert guessed("westmarch", INVENTED) == ["Westmarsh"]


@pytest.mark.parametrize("name", [authority.name for authority in known_authorities() if authority.name.isalpha()])
def test_a_correct_name_is_not_taken_for_another(name):
    assert guessed(f"Is {name} good?") == []
    assert guessed(f"is {name.lower()} good?") == []


LONG = [
    authority.name
    for authority in known_authorities()
    if not (authority.words or authority.abolished) and len(authority.name) >= 8 and authority.name.isalpha()
]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(LONG), st.data())
def test_a_missing_or_doubled_letter_never_gives_another_authority(name, data):
    at = data.draw(st.integers(1, len(name) - 1))
    for written in (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]):
        mentioned = [mention.name for mention in typed_names(f"in {written} today").authorities]
        assert not mentioned or name in mentioned  # the service also offers names that are equally similar


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(["nottingam", "Isle of Wright", "Dudley", "care", "and", "of", "-", "'s", "?", "İ"])))
def test_misspelt_names_are_in_order_and_do_not_overlap(words):
    text = " ".join(words[:8])
    mentioned = typed_names(text).authorities
    edges = [edge for mention in mentioned for edge in (mention.start, mention.end)]
    assert edges == sorted(set(edges))
    assert {text[m.start : m.end].strip(" -'?").removesuffix(" 's") for m in mentioned} <= {
        "nottingam",
        "Isle of Wright",
        "Dudley",
    }


@pytest.mark.parametrize("authority", known_authorities(), ids=lambda authority: authority.name)
def test_every_name_of_an_authority_is_found(authority):
    for name in (authority.name, *authority.aliases, *authority.short):
        assert named(f"What did {name}’s inspectors find?", (*AUTHORITIES, authority.name)) == [authority.name]


def test_the_places_belong_to_known_authorities():
    places = known_places()
    assert {*places.districts.values(), *(n for names in places.shared.values() for n in names)} <= set(AUTHORITIES)
    assert places.words <= set(places.districts)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("N E Lincs", "North East Lincolnshire"),
        ("N.E. Lincs", "North East Lincolnshire"),
        ("NE Lincs", "North East Lincolnshire"),
        ("n lincs", "North Lincolnshire"),
        ("N Yorks", "North Yorkshire"),
        ("S Glos", "South Gloucestershire"),
        ("E Riding", "East Riding of Yorkshire"),
        ("W Northants", "West Northamptonshire"),
        ("Saint Helens", "St Helens"),
        ("Durham County", "Durham"),
        ("B’ham", "Birmingham"),
        ("Bath", "Bath and North East Somerset"),
        ("Hove", "Brighton and Hove"),
        ("Chelsea", "Kensington and Chelsea"),
        ("Wrekin", "Telford and Wrekin"),
        ("CWaC", "Cheshire West and Chester"),
        ("Newcastle on Tyne", "Newcastle upon Tyne"),
    ],
)
def test_short_forms_and_halves_of_names_are_known(written, name):
    assert named(f"Are caseloads manageable in {written}?") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "where is the bath?",
        "what the staffs say",
        "a child wilts",
        "Cleveland Police in Leeds",
        "Chelsea’s Choice in Leeds",
    ],
)
def test_half_a_name_is_not_an_authority_if_it_is_a_word_or_part_of_another_name(text):
    assert named(text) in ([], ["Leeds"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("How was Upper Dene rated overall?", "Upper Dene"),
        ("upper dene caseloads", "Upper Dene"),
        ("North Dene", "North Dene"),
        ("Is Sharnford Dene good?", "Sharnford Dene"),
        ("Are staff in Dene Valley well led?", "Dene Valley"),
        ("care leavers in Dene-upon-Marl", "Dene-upon-Marl"),
        ("Is Great Dene good?", "Great Dene"),
        ("Is Dene good?", "Dene"),
        ("Was Dene judged good?", "Dene"),
        ("What did Ofsted tell Council leaders? Did Dene act?", "Dene"),
        ("What Did Inspectors Say About Dene This Year?", "Dene"),
        ("London Borough of Dene", "Dene"),
        ("Since May Dene has grown", "Dene"),
        ("MASH Dene", "Dene"),
        ("in north Dene", "Dene"),
    ],
)
def test_a_word_next_to_a_name_may_make_it_another_place(text, name):
    assert named(text, ["Dene"]) == [name]


def test_half_the_name_of_an_authority_that_only_the_index_knows_stands_for_it():
    assert named("How was Upper Dene rated?", ["Dene", "Upper Dene and South West Marl"]) == [
        "Upper Dene and South West Marl"
    ]
    assert named("Upper Dene or Dene?", ["Dene", "Upper Dene"]) == ["Upper Dene", "Dene"]
    shared = typed_names("How is Marl?", ["Orle and Marl", "Marl and Dene"])
    assert [one.names for one in shared.ambiguous] == [("Marl and Dene", "Orle and Marl")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How is Kingston?", ("Kingston upon Hull", "Kingston upon Thames")),
        ("tyneside fostering", ("North Tyneside", "South Tyneside")),
        ("Sussex", ("East Sussex", "West Sussex")),
        ("Northamptonshire", ("North Northamptonshire", "West Northamptonshire")),
        ("northants", ("North Northamptonshire", "West Northamptonshire")),
        ("Cumbria", ("Cumberland", "Westmorland and Furness")),
        ("Herfordshire", ("Herefordshire", "Hertfordshire")),
    ],
)
def test_a_name_that_several_authorities_share_is_ambiguous(text, names):
    assert [one.names for one in typed_names(text, AUTHORITIES).ambiguous] == [names]
    assert named(text) == []


def test_a_former_authority_is_meant_if_a_report_is_about_it():
    assert named("Northamptonshire", (*AUTHORITIES, "Northamptonshire")) == ["Northamptonshire"]
    assert named("Poole", (*AUTHORITIES, "Poole")) == ["Poole"]
    assert named("Poole") == ["Bournemouth, Christchurch and Poole"]
    assert named("Northamptonshire", INVENTED) == ["Northamptonshire"]


def test_a_shared_name_is_clear_next_to_one_of_the_authorities_that_share_it():
    assert not typed_names("Does East Sussex work well with others in Sussex?", AUTHORITIES).ambiguous
    assert typed_names("Compare Leeds with Kingston", AUTHORITIES).ambiguous


@pytest.mark.parametrize("text", ["Kingston", "Sussex"])
def test_a_shared_name_stands_for_all_if_no_report_is_about_any(text):
    assert named(text, INVENTED) == list(known_places().shared[text])


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Which councils in South Yorkshire are good?", ["South Yorkshire"]),
        ("neglect across Greater Manchester", ["Greater Manchester"]),
        ("the north east", ["the North East"]),
        ("the North East Lincolnshire report", []),
        ("Merseyside and Tyne & Wear", ["Merseyside", "Tyne and Wear"]),
        ("children placed outside London", ["London"]),
        ("London Borough of Bromley", []),
        ("South Yorkshire Police", []),
        ("the northern authorities", ["northern authorities"]),
        ("Which Midlands councils are good?", ["Midlands"]),
        ("which unitary councils and which in the south", ["unitary councils", "the South"]),
        ("the north locality team", []),
        ("Wirral children in Merseyside", []),
    ],
)
def test_a_region_is_not_an_authority(text, regions):
    found = typed_names(text, AUTHORITIES)
    assert [region.name for region in found.regions] == regions
    assert {mention.name for mention in found.authorities} <= {"North East Lincolnshire", "Bromley", "Wirral"}


@pytest.mark.parametrize(
    ("text", "name", "district"),
    [
        ("King's Lynn care leavers", "Norfolk", "King's Lynn"),
        ("care leavers in canterbury", "Kent", "Canterbury"),
        ("Newcastle-under-Lyme", "Staffordshire", "Newcastle-under-Lyme"),
        ("Great Yarmouth", "Norfolk", "Great Yarmouth"),
        ("Northampton", "West Northamptonshire", "Northampton"),
    ],
)
def test_a_district_stands_for_its_county(text, name, district):
    [mention] = typed_names(text, AUTHORITIES).authorities
    assert (mention.name, mention.district) == (name, district)


@pytest.mark.parametrize("text", ["Preston Road", "a lincoln car", "rugby", "Wiltshire children in Oxford"])
def test_a_district_does_not_count_as_a_word_in_another_name_or_next_to_an_authority(text):
    assert named(text) in ([], ["Wiltshire"])


@pytest.mark.parametrize("text", ["Nottingam", "Isle of Wright"])
def test_names_are_not_mended_in_words_taken_as_typed(text):
    assert typed_names(text, AUTHORITIES, mend=False).authorities == ()


@pytest.mark.parametrize(
    "text",
    [
        "why aren't staff, couldn't they?",
        "how many beds are there?",
        "who leads the work and keeps the rent?",
        "the survey says there are needs in the country",
        "EHCP, CAMHS and LADO",
    ],
)
def test_ordinary_words_and_abbreviations_are_not_misspelt_names(text):
    found = typed_names(text, AUTHORITIES)
    assert (found.authorities, found.ambiguous, found.regions) == ((), (), ())


PLACES = [*AUTHORITIES, *known_places().districts, *known_places().regions, *known_places().shared]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*PLACES, "Upper", "and", "the", ",", "council", "Valley"]), max_size=6).map(" ".join))
@example("the North East Lincolnshire")
def test_places_do_not_overlap_and_hold_only_what_is_known_or_typed(text):
    found = typed_names(text, AUTHORITIES)
    edges = [edge for span in dict.fromkeys(found.spans) for edge in span]
    assert edges == sorted(edges)
    for mention in found.authorities:
        typed = text[mention.start : mention.end]
        assert mention.name in AUTHORITIES or mention.name == typed


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(LONG), st.data())
def test_one_slip_in_a_name_never_gives_another_authority_alone(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    written = data.draw(st.sampled_from([name[:at] + letter + name[at + 1 :], name[:at] + letter + name[at:]]))
    found = typed_names(f"in {written} today", AUTHORITIES)
    names = {*(mention.name for mention in found.authorities), *(n for one in found.ambiguous for n in one.names)}
    assert not names or name in names or written in AUTHORITIES


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # "wilts" as a verb needs a singular subject
        ("FGCs wilts - are they offered?", ["Wiltshire"]),
        ("early help wilts", ["Wiltshire"]),
        ("wilts care leavers", ["Wiltshire"]),
        ("is wilts good", ["Wiltshire"]),
        ("a child wilts under pressure", []),
        ("what happens if morale wilts?", []),
        ("staff morale wilts when caseloads rise", []),
        # "staffs" and "bucks" as plural nouns
        ("does staffs have enough foster carers", ["Staffordshire"]),
        ("care leavers staffs", ["Staffordshire"]),
        ("bucks fostering", ["Buckinghamshire"]),
        ("how do staffs feel", []),
        ("are staffs happy", []),
        # "wolves" as animals
        ("wolves care leavers", ["Wolverhampton"]),
        ("how are wolves doing on neglect", ["Wolverhampton"]),
        ("children raised by wolves", []),
        # "bury" as a verb
        ("bury care leavers", ["Bury"]),
        ("does bury have enough foster carers", ["Bury"]),
        ("what do they bury", []),
        # "bath" as a noun
        ("care leavers in bath", ["Bath and North East Somerset"]),
        ("bath early help", ["Bath and North East Somerset"]),
        ("is bath time supervised", []),
        ("children have a bath", []),
        # "reading" as an activity
        ("reading council neglect", ["Reading"]),
        ("progress in reading", []),
        ("is reading good", []),
    ],
)
def test_the_words_around_a_word_in_lower_case_show_if_it_is_a_name(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lbwf supervision", "Waltham Forest"),
        ("LBWF’s supervision", "Waltham Forest"),
        ("lbn virtual school", "Newham"),
        ("escc private fostering", "East Sussex"),
        ("eryc fostering", "East Riding of Yorkshire"),
        ("RBK neglect", "Kingston upon Thames"),
        ("LBRuT neglect", "Richmond upon Thames"),
        ("cov early help", "Coventry"),
        ("soton neglect?", "Southampton"),
        ("w'ton and supervision", "Wolverhampton"),
        ("sglos interviews", "South Gloucestershire"),
        ("kent cc foster carers", "Kent"),
        ("lb waltham forest housing", "Waltham Forest"),
        ("Dudley MBC early help", "Dudley"),
    ],
)
def test_initials_and_short_names_are_known_in_any_case(text, name):
    assert named(text) == [name]


def test_initials_that_several_councils_share_are_a_choice_of_those_with_reports_first():
    [shared] = typed_names("SBC fostering", ["Swindon", "Aldermere"]).ambiguous
    assert shared.names == ("Swindon", "Slough", "Stockton-on-Tees")


@pytest.mark.parametrize("text", ["how many lbs of food", "the PCC in this area", "TBC", "an MBC", "the cc list"])
def test_initials_with_another_meaning_are_no_councils(text):
    assert named(text) == []
    assert typed_names(text, AUTHORITIES).ambiguous == ()
