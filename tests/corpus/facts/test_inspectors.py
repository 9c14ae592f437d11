from __future__ import annotations

import time

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.inspectors import find_lead_inspector
from corpus.types import BlockKind, Form, Page


def whole(*, opening="", closing="", text="Children are safe."):
    draft = Draft(BlockKind.PARAGRAPH, (Piece(text, 1),))
    return assemble([draft], pages=(Page(1),), media_type="application/pdf", opening=opening, closing=closing)


def named(opening):
    return find_lead_inspector(whole(opening=opening), Form.REPORT)


def signed(*lines):
    return find_lead_inspector(whole(closing="\n".join(lines)), Form.LETTER)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Lead inspector: Prudence Oakhanger, His Majesty’s Inspector", "Prudence Oakhanger"),
        ("Lead inspector: Prudence Oakhanger, Her Majesty's Inspector", "Prudence Oakhanger"),
        ("Lead inspector: Prudence Oakhanger His Majesty’s Inspector", "Prudence Oakhanger"),
        ("Lead inspector: Prudence Oakhanger HMI", "Prudence Oakhanger"),
        ("Lead inspector: Prudence Oakhanger Senior HMI", "Prudence Oakhanger"),
        ("Lead inspector:\nPrudence Oakhanger\nHis Majesty’s Inspector", "Prudence Oakhanger"),
        ("Lead inspector : Prudence Oakhanger", "Prudence Oakhanger"),
        ("Lead inspectors: Prudence Oakhanger and Silas Wetherden", "Prudence Oakhanger"),
        ("Lead inspector: Mrs Prudence Oakhanger", "Prudence Oakhanger"),
        ("Lead inspector: Dr. Prudence M. Oakhanger", "Prudence M. Oakhanger"),
        ("Lead inspector: Mary-Anne O’Farrow", "Mary-Anne O’Farrow"),
        ("Lead inspector: Silas van der Wetherden", "Silas van der Wetherden"),
        ("Lead inspector: Zoë Oakhanger", "Zoë Oakhanger"),
        ("Lead Inspector: Prudence Oakhanger", "Prudence Oakhanger"),
        ("LEAD INSPECTOR: Élodie Ångfarrow HMI", "Élodie Ångfarrow"),
        ("Lead inspector: Rowena Castleford\nTeam inspectors: Tobias Wrenfield", "Rowena Castleford"),
    ],
)
def test_the_name_after_lead_inspector_is_read_without_title_or_office(printed, name):
    assert named(f"Inspection dates: 3 to 7 June 2024\n{printed}") == name


@pytest.mark.parametrize(
    "printed",
    [
        "Isolde Garrowmere, HMI, Lead inspector",
        "Isolde Garrowmere HMI, lead inspector",
        "Isolde Garrowmere, His Majesty’s Inspector, Ofsted lead inspector",
        "Mr Isolde Garrowmere, Lead Inspector",
    ],
)
def test_the_name_before_lead_inspector_is_read_in_a_team(printed):
    assert (
        named(f"Inspection team\n{printed}\nBarnaby Stroudley, Lead inspector\nJerome Askerby") == "Isolde Garrowmere"
    )


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Inspection team\nTobias Wrenfield, HMI",
        "Lead inspector: Ofsted",
        "Lead inspector: to be confirmed",
        "The lead inspector met leaders in Westmarsh.",
        "Lead member: Prudence Oakhanger",
    ],
)
def test_no_name_is_read_if_none_is_printed_as_the_lead_inspectors(printed):
    assert named(printed) is None


def test_the_title_page_comes_before_the_last_pages_and_those_before_the_text():
    first, last, text = (f"Lead inspector: {name} Wetherden" for name in ("Anne", "Bel", "Cora"))
    assert find_lead_inspector(whole(opening=first, closing=last, text=text), Form.REPORT) == "Anne Wetherden"
    assert find_lead_inspector(whole(closing=last, text=text), Form.REPORT) == "Bel Wetherden"
    assert find_lead_inspector(whole(text=text), Form.REPORT) == "Cora Wetherden"


@pytest.mark.parametrize(
    "lines",
    [
        ["Yours sincerely", "Prudence Oakhanger", "His Majesty’s Inspector"],
        ["Yours sincerely,", "", "Prudence Oakhanger"],
        ["Yours faithfully", "Ms Prudence Oakhanger HMI", "Ofsted"],
        ["Yours sincerely", "Prudence Oakhanger, Senior HMI"],
        ["Your sincerely", "……", "Prudence Oakhanger", "Ofsted Inspector"],
        ["YOURS SINCERELY", "Prudence Oakhanger"],
        ["Yours sincerely", "(signed)", "Prudence Oakhanger"],
        ["Yours sincerely", "sent by email", "Prudence Oakhanger"],
    ],
)
def test_the_person_who_signs_a_letter_is_the_lead_inspector(lines):
    assert signed("Leaders know what to do.", *lines) == "Prudence Oakhanger"


@pytest.mark.parametrize(
    "lines",
    [
        ["Prudence Oakhanger", "His Majesty’s Inspector"],
        ["Yours sincerely"],
        ["Yours sincerely", "Ofsted"],
        ["Yours sincerely", "Prudence Oakhanger wrote to us about this in May."],
        ["Lead inspector: Prudence Oakhanger"],
        ["Yours sincerely", "the children of Westmarsh"],
        ["Yours sincerely", "OFSTED SOUTH"],
    ],
    ids=["no valediction", "no name", "one word", "a sentence", "not signed", "lower case", "capitals"],
)
def test_an_unsigned_letter_has_no_lead_inspector(lines):
    assert signed(*lines) is None


@pytest.mark.parametrize("lines", [["…"] * 22 + ["1"], ["A" * 400 + "1"], ["Ann-" * 100 + "1"], ["Ann " * 200 + "1"]])
def test_looking_for_a_signature_that_is_not_there_takes_no_time(lines):
    began = time.perf_counter()
    signed("Yours sincerely", *lines)
    assert time.perf_counter() - began < 0.5


def test_the_opening_and_text_of_a_letter_do_not_name_its_lead_inspector():
    line = "Lead inspector: Prudence Oakhanger"
    assert find_lead_inspector(whole(opening=line, text=line), Form.LETTER) is None


@pytest.mark.parametrize(
    ("sample", "form", "name"),
    [
        ("aldermere-2024", Form.LETTER, "Prudence Oakhanger"),
        ("aldermere-2026", Form.REPORT, "Prudence Oakhanger"),
        ("carrowby-2015", Form.REPORT, "Rowena Castleford"),
        ("carrowby-2023", Form.LETTER, "Gideon Pellworth"),
        ("northwold-2025", Form.LETTER, "Honor Dunnock"),
        ("pellbrook-send", Form.REPORT, "Isolde Garrowmere"),
        ("westmarsh-2019", Form.REPORT, "Marian Tollgate"),
        ("westmarsh-2023", Form.REPORT, "Desmond Farrowgate"),
    ],
)
def test_the_lead_inspectors_of_the_samples_are_those_they_print(sample_documents, sample, form, name):
    assert find_lead_inspector(sample_documents[sample], form) == name


def test_the_only_inspector_of_a_home_is_named_below_a_heading():
    closing = "Registered manager: Hugh Larch\nInspector\nPrudence Oakhanger, Social Care Inspector\nThe Office for"
    assert find_lead_inspector(whole(closing=closing), Form.REPORT) == "Prudence Oakhanger"


@pytest.mark.parametrize("below", ["Prudence Oakhanger", "The inspector of the home", "Hugh Larch, manager"])
def test_other_words_below_such_a_heading_name_nobody(below):
    assert find_lead_inspector(whole(closing=f"Inspector\n{below}\n"), Form.REPORT) is None
