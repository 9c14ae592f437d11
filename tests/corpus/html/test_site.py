"""Tests that the parts of the main content that belong to the site are left out."""

from __future__ import annotations

import re
import time

import pytest

from corpus.readers.html import read_html
from tests.corpus.site_pages import PAGES, SitePage

REPORT = (
    "<p>Social workers in Thornby visit children often and know them well, and managers read each plan.</p>"
    "<p>Leaders know where the service is weak. They have a plan, and they follow it.</p>"
)
LINKS = (
    "<li><a href='/a'>Bins are late</a></li><li><a href='/b'>Park opens</a></li><li><a href='/c'>Fair in May</a></li>"
)


def packed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def read(write, inner: str) -> list[str]:
    document = read_html(write(f"<html><body>{inner}</body></html>", "a.html"))
    return [document.text[block.start : block.end] for block in document.blocks]


def own(write, before: str, after: str, outer: str = "<main><div>{}</div></main>") -> list[str]:
    """Return the words that we read from the parts around the text of a page."""
    page = outer.format(f"{before}<div><h1>Thornby visited</h1>{REPORT}</div>{after}")
    return [text for text in read(write, page) if packed(text) not in packed(f"Thornby visited {REPORT}")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_in_the_manner_of_a_real_site_is_read_without_the_site(write, page: SitePage):
    text = packed(read_html(write(page.html, "a.html")).text)
    assert len(page.wanted) > 1
    assert [words for words in page.wanted if packed(words) not in text] == []
    assert [words for words in page.unwanted if packed(words) in text] == []


SITE = [
    f"<section><h2>Related content</h2><ul>{LINKS}</ul></section>",
    f"<h3>You may also like</h3><div><ul>{LINKS}</ul></div>",
    f"<div class='related-posts'><h2>Other news</h2><ul>{LINKS}</ul></div>",
    f"<aside><h2>Town</h2><ul>{LINKS}</ul></aside>",
    f"<div><h2>Town</h2><div>{LINKS.replace('li>', 'div>')}<div><a href='/d'>Library hours</a></div></div></div>",
    "<h2>Share this page</h2><p>Tell your friends about it</p>",
    "<div><h2>Get email alerts</h2><p>We write when there is news.</p><a href='/e'>Sign up</a></div>",
    "<p>Print this page</p>",
    "<p>READ MORE: <a href='/m'>Parking costs more</a></p>",
    "<div class='newsletter'><p>Have our newsletter in your inbox each day.</p></div>",
    "<div class='author-bio'><img src='a.jpg'><p>Jo Tarrant writes about the east.</p></div>",
    "<div id='comments' class='comments-area'><p>I am glad about this news.</p><form><textarea></textarea></form></div>",
    "<div class='comment-list'><div class='comment-author'>Pat</div><p>I am glad about this news.</p></div>",
    "<div class='jp-relatedposts'><h3>Related</h3></div>",
    f"<div><div class='t'>Town</div><nav><ul>{LINKS}</ul></nav></div>",
    f"<h2>Elsewhere</h2><nav><ul>{LINKS}</ul></nav>",
]


@pytest.mark.parametrize("part", SITE)
@pytest.mark.parametrize("outer", ["<main><div>{}</div></main>", "<div>{}</div>"])
def test_a_part_of_the_site_next_to_the_text_is_left_out(write, part, outer):
    assert own(write, "", part, outer) == []


@pytest.mark.parametrize("part", [part for part in SITE if not part.startswith("<h2>Elsewhere")])
def test_a_part_of_the_site_before_the_text_is_left_out(write, part):
    if "<h2>Share" in part or "<h3>You" in part:
        part = f"<section>{part}</section>"
    assert own(write, part, "") == []


KEPT = [
    ("<aside><h2>Key facts</h2><p>Nine homes were visited by <a href='/t'>the team</a>.</p></aside>", 2),
    ("<div class='sidebar'><h2>Key facts</h2><p>Nine homes were visited.</p></div>", 2),
    ("<div class='sidebar'><p>Published on 3 May 2024 by <a href='/o'>the inspectors</a>.</p></div>", 1),
    ("<div class='related-findings'><h2>Related findings</h2><p>Nurses meet <a href='/p'>parents</a> at home.</p></div>", 2),
    ("<section><h2>Recommendations</h2><ul><li><a href='/1'>Visit on time</a></li><li><a href='/2'>Write plans</a></li></ul></section>", 3),
    ("<section><h2>Sources</h2><ol><li><a href='/1'>Census, 2024.</a></li><li><a href='/2'>Survey, 2025.</a></li></ol></section>", 3),
    ("<p>Leaders should:</p><ul><li><a href='/1'>visit on time</a></li><li><a href='/2'>write plans</a></li></ul>", 3),
    ("<figure><img><figcaption>Nine homes in Thornby</figcaption></figure><p>That is all.</p>", 2),
    ("<div class='comments-section'><h2>Comments by inspectors</h2><p>Inspectors were told that all children are seen.</p></div>", 2),
    ("<div class='newsletter'><p>Children are seen on time in each of the homes.</p></div>", 1),
    ("<table class='related'><tr><th>Area</th><th>Grade</th></tr><tr><td>Leaders</td><td>Good</td></tr></table>", 2),
    ("<div class='banner'><p>Overall: inadequate.</p></div>", 1),
    ("<div><p>Overall: good</p><nav><a href='/a'>All our reports</a></nav></div><p>That is all.</p>", 2),
    ("<h2>Topics</h2><p>Inspectors looked at plans, visits and homes.</p>", 2),
    ("<h2>Share of children in homes</h2><p>Nine in ten children live with relatives.</p>", 2),
    ("<p>Print was hard to read in one home.</p>", 1),
]  # fmt: skip


@pytest.mark.parametrize(("part", "blocks"), KEPT)
@pytest.mark.parametrize("outer", ["<main><div>{}</div></main>", "<main><article>{}</article></main>", "<div>{}</div>"])
def test_a_part_of_the_report_is_kept_whatever_its_name_and_place(write, part, blocks, outer):
    assert len(own(write, "", part, outer)) == blocks


@pytest.mark.parametrize(
    "page",
    [
        f"<main><div>{REPORT}</div>{'<h2>Related links</h2><h3>More</h3>' * 6000}</main>",
        pytest.param(
            f"<main>{'<div>' * 200}{REPORT}{'<p><a href=/a>Bins</a></p>' * 6000}{'</div>' * 200}</main>",
            marks=pytest.mark.thorough,
        ),
        f"<main>{REPORT}<div class='{'author-bio' * 20000}!'>A</div></main>",
        f"<div>{REPORT}{'<div class=comments-area><p>I am glad that this was done so well.</p>' * 200}</div>",
    ],
    ids=["headings", "links", "name", "comments"],
)
def test_the_time_for_a_page_of_teasers_grows_no_faster_than_the_page(write, page):
    started = time.process_time()
    assert any("know them well" in text for text in read(write, page))
    assert time.process_time() - started < 5
