from __future__ import annotations

import time

import pytest

from corpus.html.blocks import read_blocks
from corpus.html.shown import as_shown, marks_of_page
from corpus.html.tree import parse, unseen


def shown(inner: str) -> list[str]:
    root = as_shown(parse(f"<html><body>{inner}</body></html>"))
    return [draft.text for draft in read_blocks(root, unseen(root))]


@pytest.mark.parametrize(
    ("inner", "texts"),
    [
        (
            "<div style='visibility:hidden'>Old. <p style='visibility:visible'>Staffing is steady.</p> Older.</div>End.",
            ["Staffing is steady.", "End."],
        ),
        (
            "<div style='VISIBILITY : collapse'><p>Old <b style='visibility:visible'>New</b> old</p><p>Older</p></div>",
            ["New"],
        ),
        (
            "<p class=x>A <i style='visibility:hidden'>no <u style='visibility:visible'>B <b>C</b></u> no</i></p>",
            ["A B C"],
        ),
        (
            "<div style='visibility:hidden'>x<p style='display:none'><b style='visibility:visible'>no</b></p></div>End",
            ["End"],
        ),
        ("<p style='visibility:visible'>One</p>two", ["One", "two"]),
    ],
)
def test_a_visible_part_of_a_hidden_part_is_shown(inner, texts):
    assert shown(inner) == texts


def test_a_page_that_is_hidden_until_it_is_loaded_is_shown():
    root = as_shown(parse("<body style='visibility:hidden'>One <p style='visibility:visible'>two</p></body>"))
    assert [draft.text for draft in read_blocks(root, unseen(root))] == ["One", "two"]


def test_the_foot_of_a_table_comes_after_its_rows():
    rows = shown(
        "<table><tfoot><tr><td>Source</td><td>letters</td></tr></tfoot><tbody><tr><td>Help</td><td>Good</td></tr>"
        "</tbody></table><p>End</p>"
    )
    assert rows == ["Help Good", "Source letters", "End"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("He said <q>we are <b>safe</b></q>.", "He said “we are safe”."),
        ("He said <q>she said <q>no</q></q>.", "He said “she said ‘no’”."),
        ("‘Yes,’ he said. <q>No</q>.", "‘Yes,’ he said. ‘No’."),
        ("He said <q>‘safe’</q><q></q>.", "He said ‘safe’."),
    ],
)
def test_quotations_have_quotation_marks(inner, text):
    assert shown(f"<p>{inner}</p>") == [text]


def test_a_page_uses_its_own_quotation_marks():
    assert marks_of_page("‘a’ and ‘b’, “c”") == ("‘", "’")
    assert marks_of_page("‘a’, “c”") == marks_of_page("") == ("“", "”")


def test_a_large_page_is_changed_in_linear_time():
    many = "<div style='visibility:hidden'>a<b style='visibility:visible'>b</b></div><p>word<sup>1</sup> <q>q</q></p>"
    shown(many)
    start = time.process_time()
    shown(many * 4000)
    assert time.process_time() - start < 2.4


@pytest.mark.parametrize("arrow", ["↩", "↑", "↩\ufe0e", " ⤴ "])
def test_the_arrow_back_to_a_mark_is_no_part_of_a_note(arrow):
    page = as_shown(parse(f'<ol><li>Counted in May. <a href="#r1">{arrow}</a></li></ol>'))
    assert "".join(page.itertext()).split() == ["Counted", "in", "May."]


def test_other_links_keep_their_words():
    page = as_shown(parse('<p><a href="#r1">See ↑ above</a> and <a href="/up">↑</a></p>'))
    assert "".join(page.itertext()).split() == ["See", "↑", "above", "and", "↑"]


@pytest.mark.parametrize("sign", ["o", "§", "Ø", "ü"])
def test_a_letter_that_word_prints_as_a_bullet_is_a_bullet(sign):
    mark = f"<span style='font-family:Wingdings'><span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp; </span></span></span>"
    assert shown(f"<p>{mark}Children are seen.</p>") == ["• Children are seen."]


def test_a_number_that_word_writes_before_an_item_stays():
    assert shown("<p><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Plans are clear.</p>") == [
        "2. Plans are clear."
    ]
