"""Tests that the parts of a web page that belong to the site, and not to the report, are left out."""

from __future__ import annotations

import time

import pytest

from corpus.errors import UnreadableReport
from corpus.readers.html import read_html
from corpus.readers.markdown import read_markdown

SENTENCE = "Thornby was judged inadequate."
LONG = "Social workers in Thornby visit children often and know them well. Managers read each plan in time."
MENU = "<ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li><li><a href='/j'>Jobs</a></li></ul>"


def text(write, body: str, head: str = "<title>Thornby visited</title>") -> str:
    return read_html(write(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", "a.html")).text


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href='/'>Home</a></nav>{}",
        "<a class='skip' href='#c'>Skip to main content</a>{}",
        "<p><a href='/'>Home</a></p>{}",
        "<div class='cookie-banner'><p>We use cookies on this site.</p><button>Accept</button></div>{}",
        "<header><p>Thornby Council</p></header>{}",
        f"<div>{MENU}</div>{{}}",
        "<div class='breadcrumbs'><a href='/'>Home</a> &gt; <a href='/n'>News</a></div>{}",
        "{}<footer><p>Contact us about this page of ours.</p></footer>",
        "{}<form><label>Was this page useful?</label><input type='radio'><button>Send</button></form>",
    ],
)
@pytest.mark.parametrize("main", ["<main>{}</main>", "<main><article>{}</article></main>", "<div>{}</div>", "{}"])
def test_a_page_of_one_sentence_has_nothing_of_the_site_in_it(write, around, main):
    page = around.format(main.format(f"<p>{SENTENCE}</p>"))
    assert text(write, page) == f"Thornby visited\n\n{SENTENCE}"
    inside = main.format(around.format(f"<p>{SENTENCE}</p>"))
    if "main" not in main or not any(part in around for part in ("<header>", "<footer>", MENU)):
        assert text(write, inside) == f"Thornby visited\n\n{SENTENCE}"


def test_asides_boxes_and_links_of_the_report_are_read(write):
    page = (
        f"<main><h1>Thornby visited</h1><p>{LONG}</p><aside><p>Nine homes were visited.</p></aside>"
        f"<p>Read <a href='/r'>the report on homes</a>.</p><header><p>{SENTENCE}</p></header></main>"
    )
    read = text(write, page)
    assert read.split("\n\n")[1:] == [LONG, "Nine homes were visited.", "Read the report on homes.", SENTENCE]


def test_a_list_of_links_to_places_on_the_page_is_not_text(write):
    contents = "<h2>Contents</h2><ol><li><a href='#a'>Findings</a></li><li><a href='#b'>Next steps</a></li></ol>"
    read = text(write, f"<main><h1>Thornby visited</h1>{contents}<h2 id=a>Findings</h2><p>{LONG}</p></main>")
    assert read.count("Findings") == 1
    assert "Next steps" not in read


def test_a_part_that_is_named_like_a_menu_but_has_sentences_is_text(write):
    page = f"<div class='menu-open no-nav'><div class='content header'><p>{LONG}</p></div></div>"
    assert LONG in text(write, page)


def test_text_next_to_the_main_text_is_read_if_it_has_no_links(write):
    page = f"<div><div><p>{LONG * 20}</p></div><div>A last word on homes.</div></div>"
    assert text(write, page).endswith("A last word on homes.")
    site = f"<div><div><p>{LONG * 20}</p></div><div>Read <a href='/m'>more news</a> of <a href='/t'>the town</a> now.</div></div>"
    assert text(write, site).endswith("in time.")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Thornby visited - Thornby Council</title>", "Thornby visited"),
        ("<title>News</title>", "News"),
        ("<meta property='og:title' content='Thornby seen'><title>News</title>", "Thornby seen"),
        ("", "Thornby visited"),
    ],
)
def test_the_title_is_the_page_s_own_without_the_name_of_the_site(write, head, title):
    path = write(
        f"<html><head>{head}</head><body><main><h1>Thornby visited</h1><p>{LONG}</p></main></body></html>", "a.html"
    )
    assert read_html(path).title == title


def test_a_page_about_many_areas_marks_no_words_as_menus(write):
    links = "".join(f"<li><a href='/{n}'>Report {n} on homes in Thornby</a></li>" for n in range(9))
    assert "Report 4 on homes" in text(
        write, f"<main><h1>Reports</h1><p>{LONG}</p><ul>{links}</ul><p>{LONG}</p></main>"
    )


@pytest.mark.parametrize("before", ["", "</b>" * 200])
def test_a_page_that_the_parser_cannot_read_to_its_end_is_refused(write, before):
    page = f"<p>{LONG}</p>{before}{'<div>' * 3000}<p>{SENTENCE}</p>"
    with pytest.raises(UnreadableReport, match="inside each other"):
        text(write, page)
    with pytest.raises(UnreadableReport, match="inside each other"):
        read_markdown(write(page, "a.md"))


def test_a_report_outside_what_the_page_marks_as_main_is_read(write):
    assert LONG in text(write, f"<main><p>Loading the page.</p></main><div><p>{LONG}</p></div>")


@pytest.mark.parametrize(
    "hidden", ["style='visibility:hidden'", "style='display:none'", "hidden", "aria-hidden='true'"]
)
@pytest.mark.parametrize("page", ["<html {}><body><p>{}</p></body></html>", "<html><body {}><p>{}</p></body></html>"])
def test_a_page_that_hides_itself_until_it_is_loaded_is_read(write, hidden, page):
    assert read_html(write(page.format(hidden, LONG), "a.html")).text == LONG


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<p>{LONG}</p>" + "<a href='/r'>Report on Thornby</a> " * 8000, marks=pytest.mark.thorough),
        f"<p>{LONG}</p>" + "<a href='/r'>Home</a> " * 8000,
        f"<main><p>{LONG} {'<a href=/r>Next</a>, ' * 8000}</p></main>",
    ],
)
def test_the_time_for_a_page_of_links_grows_no_faster_than_the_page(write, page):
    started = time.process_time()
    assert LONG in text(write, page)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "page",
    [
        "<form><input type='hidden' name='state'><p>{}</p><button>Send</button></form>",
        "<main><form><input name='q'><p>{}</p></form></main>",
        "<p>Nine homes were visited, and all are safe.</p><form><input type='HIDDEN'><p>{}</p></form>",
    ],
)
def test_a_short_page_in_a_form_is_read(write, page):
    assert SENTENCE in text(write, page.format(SENTENCE))


def test_a_button_that_shows_a_part_of_the_report_is_its_heading(write):
    page = f"<button aria-controls='a'>Findings</button><div id='a'><p>{LONG}</p></div>"
    assert text(write, f"<button aria-controls='m'>Menu</button>{page}") == f"Thornby visited\n\nFindings\n\n{LONG}"


@pytest.mark.parametrize(
    ("left_out", "warned"),
    [
        (f"<div hidden><p>{LONG}</p></div>", ["1 hidden or struck-out part of the page with sentences was left out."]),
        (
            f"<p><del>{SENTENCE}</del></p><p style='display:none'>{SENTENCE}</p>",
            ["2 hidden or struck-out parts of the page with sentences were left out."],
        ),
        (f"<p><s>Nine</s> Ten posts.</p><script>{LONG}</script><noscript>{LONG}</noscript>", []),
    ],
)
def test_hidden_and_struck_sentences_are_left_out_with_a_warning(write, left_out, warned):
    document = read_html(write(f"<main><p>{LONG}</p>{left_out}</main>", "a.html"))
    assert SENTENCE not in document.text
    assert [warning.split(" Check")[0] for warning in document.warnings] == warned
