from __future__ import annotations

import time

import pytest

from corpus.html.blocks import read_blocks
from corpus.html.shown import as_shown
from corpus.html.tree import parse, unseen
from corpus.quotes.verbatim import folded
from corpus.readers.html import read_html
from corpus.readers.markdown import read_markdown
from corpus.types import SecondReading
from corpus.witness.second_reading import open_witness, second_readings

RECORD = (
    "<form><p><label><input type=checkbox checked disabled> Files were read</label></p>"
    "<p><label><input type=checkbox disabled> Parents were met</label></p>"
    "<p>Visit: <label><input type=radio disabled> full</label> <label><input type=radio checked disabled> short</label></p>"
    "<p>Grade: <select disabled><option>Outstanding</option><option selected>Good</option></select></p>"
    "<p>Files read: <input value=37 readonly>.</p>"
    "<p>Remarks: <textarea readonly>All were complete.\nNone was late.</textarea></p></form>"
)
READ = [
    "☑ Files were read", "☐ Parents were met", "Visit: ☐ full ☑ short", "Grade: Good", "Files read: 37.",
    "Remarks: All were complete. None was late.",
]  # fmt: skip
PROSE = "<p>Children in Larkham are seen alone, and workers listen to what they say about their plans.</p>" * 3


def shown(inner: str) -> list[str]:
    root = as_shown(parse(f"<html><body>{inner}</body></html>"))
    return [draft.text for draft in read_blocks(root, unseen(root))]


def test_a_record_is_read_line_by_line_by_both_programs(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><head><meta charset=utf-8><title>Visit</title></head><body><main><h1>Visit</h1>{PROSE}{RECORD}{PROSE}"
        "</main></body></html>",
        encoding="utf-8",
    )
    document = read_html(path)
    assert [document.text[b.start : b.end] for b in document.blocks][4:10] == READ
    assert second_readings(path, "text/html", 1) == (SecondReading(same=True),)


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<form>Wait: <input type=number value=9> days<br>Day: <input type=date value=2031-06-09></form>",
         ["Wait: 9 days", "Day: 09/06/2031"]),
        ("<form><fieldset disabled><legend>Homes</legend><label>Name <input value=Elm></label></fieldset></form>",
         ["Homes", "Name Elm"]),
        ("<form><select multiple disabled><option selected>Care<option selected>Court<option>Health</select></form>",
         ["Care, Court"]),
        ("<form>Grade: <select disabled><option value='' selected>Choose<option>Good</select><br>B: <input value=1 readonly></form>",
         ["Grade:", "B: 1"]),
        ("<p>Grade: <select disabled><option>Good<option selected>Inadequate</select> now</p>", ["Grade: Inadequate now"]),
        ("<form><p>Met: <input type=checkbox checked></p><button type=button>Print</button></form>", ["Met: ☑", "Print"]),
        ("<label>Files</label><input value=37 readonly><label>Homes</label><input value=9 readonly>", ["Files 37 Homes 9"]),
        ("<table><tr><td>Files<td><input value=37 readonly><tr><td>Homes<td><input value=9 readonly></table>",
         ["Files 37", "Homes 9"]),
    ],
)  # fmt: skip
def test_fields_are_read_with_their_labels(inner, read):
    assert shown(inner) == read


@pytest.mark.parametrize("in_form", [True, False])
@pytest.mark.parametrize(
    "field",
    [
        "<input value=Good readonly style='display:none'>",
        "<input value=Good readonly hidden>",
        "<input value=Good readonly style='visibility:hidden'>",
        "<input value=Good readonly style='text-decoration:line-through'>",
        "<input value=Good readonly class=off>",
        "<input value=Good readonly class=gone>",
        "<input value=Good readonly class=sr-only>",
        "<textarea readonly hidden>Good</textarea>",
        "<textarea readonly style='display:none'>Good\nGood</textarea>",
        "<select disabled hidden><option selected>Good</select>",
        "<span hidden><input value=Good readonly></span>",
        "<span class=off><input value=Good readonly></span>",
        "<span style='visibility:hidden'><input value=Good readonly></span>",
    ],
)
def test_a_field_that_is_hidden_or_struck_out_is_not_text(field, in_form):
    sheet = "<style>.off{display:none} .gone{text-decoration:line-through}</style>"
    line = f"<p>Grade: {field} Inadequate.</p>"
    assert shown(f"{sheet}{PROSE}{f'<form>{line}</form>' if in_form else line}")[-1] == "Grade: Inadequate."


def test_a_second_program_leaves_hidden_fields_out(tmp_path):
    path = tmp_path / "a.html"
    hidden = "<input value=Good readonly style='display:none'> <textarea readonly hidden>Good</textarea>"
    path.write_text(
        f"<html><title>Visit</title><body><h1>Visit</h1>{PROSE}<p>Grade: {hidden} Inadequate.</p></body></html>"
    )
    assert "Grade:Inadequate." in folded(open_witness(path, "text/html").text(1))
    assert second_readings(path, "text/html", 1) == (SecondReading(same=True),)


def test_a_visible_field_in_an_invisible_part_is_text():
    inner = (
        "<p>Grade: <span style='visibility:hidden'>no <input value=Good readonly style='visibility:visible'></span></p>"
    )
    assert shown(inner) == ["Grade: Good"]


@pytest.mark.parametrize(
    "form",
    [
        "<form role=search><input type=search value=Larkham><button>Search</button></form>",
        "<form action='/search'><label>Search</label><input value='Larkham'></form>",
        "<form><label>Email</label><input type=email><label>Password</label><input type=password></form>",
        "<form class=cookie-consent><label><input type=checkbox checked disabled> Needed</label></form>",
        "<form><p>We use cookies.</p><label><input type=checkbox checked> Needed</label><button>Save</button></form>",
        "<form><p>Sign up to our newsletter</p><input type=email value='a@example.org'></form>",
        "<form><label>Sort by</label><select><option selected>Newest<option>Oldest</select></form>",
        "<form><label>Was this useful?</label><input type=radio> Yes <input type=radio> No <textarea></textarea></form>",
        "<form><label>Copy the link</label><input readonly value='https://larkham.example/a'></form>",
    ],
)
def test_a_form_that_asks_for_something_is_not_text(form, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(f"<html><title>Visit</title><body><main><h1>Visit</h1>{PROSE}{form}</main></body></html>")
    document = read_html(path)
    assert [document.text[b.start : b.end] for b in document.blocks][4:] == []
    assert len(document.blocks) == 4


LANGUAGES = "<select><option>English<option selected>Welsh</select>"


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        (f"<p>Read in {LANGUAGES} now.</p>", ["Read in now."]),
        (f"<form><p>Read in {LANGUAGES}</p><input><button>Go</button></form>", ["Read in", "Go"]),
        ("<p>Grade: <select disabled><option>Good<option>Inadequate</select></p>", ["Grade:"]),
        ("<p>Place: <select>All<optgroup label=North><option>Larkham</optgroup></select> now.</p>", ["Place: now."]),
    ],
)
def test_a_list_to_choose_from_outside_a_record_is_not_text(inner, read):
    assert shown(inner) == read


def test_a_list_to_choose_from_is_not_text_in_markdown(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(f"# Visit\n\n<div>\n<p>Leaders listen. {LANGUAGES}</p>\n</div>\n", encoding="utf-8")
    assert read_markdown(path).text == "Visit\n\nLeaders listen."


@pytest.mark.parametrize(
    "inner",
    [
        "<form>" * 150 + "<input value=1 readonly><br>" * 5_000,
        "<form>" + "<input value=1 readonly>" * 5_000,
        "<fieldset>" * 150 + "<input value=1>" * 5_000,
        "<form><input checked type=radio>x<br></form>" * 5_000,
    ],
)
def test_the_time_for_a_form_grows_no_faster_than_the_form(inner):
    started = time.process_time()
    as_shown(parse(f"<html><body>{inner}</body></html>"))
    assert time.process_time() - started < 5
