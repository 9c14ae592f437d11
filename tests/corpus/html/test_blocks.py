from __future__ import annotations

import re
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.html.blocks import read_blocks, read_parts
from corpus.html.tree import Element, parse, unseen
from corpus.quotes.verbatim import folded
from corpus.types import BlockKind
from corpus.witness.second_reading import open_witness


def blocks(inner: str) -> list[str]:
    root = parse(f"<html><body>{inner}</body></html>")
    return [draft.text for draft in read_blocks(root, unseen(root))]


def rows(inner: str) -> list[tuple[str, ...]]:
    root = parse(f"<html><body>{inner}</body></html>")
    return [draft.cells for draft in read_blocks(root, unseen(root)) if draft.cells]


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<p>Thornby House<br>4 Mill Lane<br/>Thornby</p>", ["Thornby House 4 Mill Lane Thornby"]),
        ("<div>Visits lapse.<br><br>Plans drift.</div>", ["Visits lapse.", "Plans drift."]),
        ("<p>Staff must:<br>• visit<br>• record</p>", ["Staff must:", "• visit", "• record"]),
        ("<p>un<b>like</b>ly, H<sub>2</sub>O and 21<sup>st</sup></p>", ["unlikely, H2O and 21st"]),
        ("<p>wait of 31 weeks.<sup><a href='#n'>1</a></sup></p>", ["wait of 31 weeks."]),
        ("<p>Child<mark>Line</mark>, U.<b>K</b>., in.<b>T</b> a Mc<wbr>Kay</p>", ["ChildLine, U.K., in.T a McKay"]),
        ("<p><span>U.</span><span>K</span> and You<span>Tube</span></p>", ["U.K and YouTube"]),
        ("<p>In 5 areas<sup>3</sup> and 14%<sup>1,2</sup> of homes<sup>*</sup></p>", ["In 5 areas and 14% of homes*"]),
        ("<p>Rooms of 9 m<sup>2</sup>, R<sup>2</sup>, 10<sup>6</sup></p>", ["Rooms of 9 m2, R2, 10 6"]),
        ("<p>weeks<a href='#n'><sup>[a]</sup></a>now <a role='doc-noteref' href='#n'>Note 2</a></p>", ["weeks now"]),
        ("<p>weeks <sup><a href='https://thornby.example/'>1</a></sup></p>", ["weeks 1"]),
        ("<p id='n'><sup><a href='#back'>3</a></sup> All in the south.</p>", ["3 All in the south."]),
        ("<p>since 2024<sup>1</sup> there</p>", ["since 2024 1 there"]),
        ("<div><span>Visits lapse.</span>Plans drift.</div>", ["Visits lapse. Plans drift."]),
        ("<div><div>One</div>two<div>three</div>four</div>", ["One", "two", "three", "four"]),
        ("<p>They <del>do</del> <ins>do not</ins> act.</p>", ["They do not act."]),
        ("<p><s>Nine posts are vacant.</s> Two are.</p>", ["Two are."]),
        ("<p>Wait: <span style='text-decoration: line-through'>12</span> 30 weeks</p>", ["Wait: 30 weeks"]),
        ("<blockquote><p>‘I feel safe.’</p></blockquote>", ["‘I feel safe.’"]),
        ("<figure><img alt='chart'><figcaption>Visits rose.</figcaption></figure>", ["Visits rose."]),
        ("<aside>A box says this.</aside>", ["A box says this."]),
        ("<details><summary>More</summary>Folded words.</details>", ["More", "Folded words."]),
        ("<pre>One\ntwo\n\nthree</pre>", ["One two", "three"]),
        ("<p>5 &lt; 6 &amp; 7&nbsp;%</p>", ["5 < 6 & 7 %"]),
        ("<my-box>Own element.</my-box><my-box>Another.</my-box>", ["Own element. Another."]),
        (
            "<my-box><p>Own element.</p></my-box><my-box><p>Another</p>one.</my-box>",
            ["Own element.", "Another", "one."],
        ),
        ("<p>In <st1:PlaceName>Thornby</st1:PlaceName><o:p></o:p> now.</p>", ["In Thornby now."]),
        ("<p>Visits <svg><path/></svg>are <noscript><p>X</p></noscript>late.</p>", ["Visits are late."]),
        ("<p>Visits <meta itemprop=x><link href=x>are late.</p>", ["Visits are late."]),
        ("<p>Since <ruby>kin<rp>(</rp><rt>ship</rt><rp>)</rp></ruby> care.</p>", ["Since kinship care."]),
        (
            "<p>It is <math><semantics><mi>x</mi><annotation>y</annotation></semantics></math> here.</p>",
            ["It is x here."],
        ),
        ("<p>One\x1f\x1f•&#31;two&#x01F;&#31 three &#310;</p>", ["One • two three Ķ"]),
        ("<p></p><div> </div><ul><li></li></ul>", []),
    ],
)
def test_words_of_a_page_are_kept_apart_and_read_once(inner, read):
    assert blocks(inner) == read


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>X</p>",
        "<p style='color:red; display : none'>X</p>",
        "<p style='visibility:hidden'>X</p>",
        "<div hidden><p>X</p><ul><li>X</li></ul></div>",
        "<noscript><p>X</p></noscript>",
        "<template><p>X</p></template>",
        "<script>X</script>",
        "<p class='note sr-only'>X</p>",
        "<span aria-hidden='true'>→</span>",
        "<p>Before.<span aria-hidden='true'>Before</span></p>",
        "<dialog>X</dialog>",
    ],
)
def test_words_that_the_page_does_not_show_are_left_out(hidden):
    assert [text for text in blocks(f"{hidden}<p>After.</p>") if text != "Before."] == ["After."]


@pytest.mark.parametrize(
    "shown",
    [
        "<p aria-hidden='true'>Shown.</p>",
        "<p hidden='until-found'>Shown.</p>",
        "<p><span class='sr-only'>Half</span><span aria-hidden='true'>Shown.</span></p>",
        "<dialog open>Shown.</dialog>",
        "<p style='display:block'>Shown.</p>",
    ],
)
def test_words_that_only_screen_readers_miss_are_read(shown):
    assert blocks(shown) == ["Shown."]


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<ul><li>Help for:<ul><li>homes</li><li>jobs</li></ul></li></ul>", ["• Help for:", "• homes", "• jobs"]),
        ("<ol start='5'><li>Visits</li><li>Plans</li></ol>", ["5. Visits", "6. Plans"]),
        (
            "<ol><li>Visits<ol type='a'><li>on time</li></ol></li><li>Plans</li></ol>",
            ["1. Visits", "a. on time", "2. Plans"],
        ),
        ("<ol type='I'><li>A</li><li value='4'>B</li></ol>", ["I. A", "IV. B"]),
        ("<ol reversed><li>A</li><li>B</li></ol>", ["2. A", "1. B"]),
        ("<ol style='list-style-type: lower-roman'><li>A</li><li>B</li></ol>", ["i. A", "ii. B"]),
        ("<ol style='list-style:none'><li>2.1 A</li></ol>", ["• 2.1 A"]),
        ("<ul><li><p>One.</p><p>Two.</p></li></ul>", ["• One.", "Two."]),
        ("<ol><li>One.<p>Two</p>three</li><li>Four</li></ol>", ["1. One.", "Two", "three", "2. Four"]),
        ("<ul><li>One.<br><br>Two.<br>Three.</li></ul>", ["• One.", "Two. Three."]),
        ("<ul><li>Care<details><summary>More</summary><p>Good.</p></details></li></ul>", ["• Care", "More", "Good."]),
        ("<details><summary>Court</summary>Late.<ul><li>A</li></ul></details>", ["Court", "Late.", "• A"]),
        ("<ul><li>One.<blockquote>Two.</blockquote></li></ul>", ["• One.", "Two."]),
        ("<ul><li><div>Care</div><div>Good</div></li></ul>", ["• Care Good"]),
        ("<ul><li><div>Care is good.</div><div>Plans drift.</div></li></ul>", ["• Care is good.", "Plans drift."]),
        ("<ul><li><p>3.1</p><p>Plans drift.</p></li></ul>", ["• 3.1 Plans drift."]),
        ("<ul><li><h3>Title</h3><p>Text.</p></li></ul>", ["Title", "• Text."]),
        ("<ul><li>A<ul><li>B</li></ul>after</li></ul>", ["• A", "• B", "after"]),
        ("<ul>stray<li>• A</li></ul>", ["stray", "• A"]),
    ],
)
def test_lists_have_each_item_once_with_its_printed_mark(inner, read):
    assert blocks(inner) == read


def test_items_know_how_many_items_they_are_part_of():
    root = parse("<ul><li>A<ol><li>B<ul><li>C</li></ul></li></ol></li></ul>")
    assert [(draft.text, draft.depth) for draft in read_blocks(root)] == [("• A", 0), ("1. B", 1), ("• C", 2)]


def test_the_paragraphs_of_an_item_know_that_they_are_within_it():
    root = parse("<ol><li><p>A.</p><p>B.</p><ul><li>C</li></ul></li></ol><p>D.</p>")
    found = [(draft.text, draft.label, draft.depth) for draft in read_blocks(root)]
    assert found == [("1. A.", "1", 0), ("B.", None, 1), ("• C", None, 1), ("D.", None, 0)]


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<dl><dt>Children in care</dt><dd>388</dd><dt>Homes</dt><dd>9</dd></dl>", ["Children in care 388", "Homes 9"]),
        ("<dl><div><dt>Children</dt><dd>388</dd></div></dl>", ["Children 388"]),
        (
            "<dl><dt>Homes</dt><dt>Carers</dt><dd>9 in all</dd><dt>B</dt><dd>1</dd></dl>",
            ["Homes Carers 9 in all", "B 1"],
        ),
        ("<dl><dd>stray</dd><dt>Homes</dt><dd>9</dd><dd>10</dd></dl>", ["stray", "Homes 9 10"]),
        (
            f"<dl><dt>Drift</dt><dd>{'Plans wait too long. ' * 9}</dd></dl>",
            ["Drift", ("Plans wait too long. " * 9).strip()],
        ),
    ],
)
def test_a_term_is_read_with_its_short_values(inner, read):
    assert blocks(inner) == read


TABLE = (
    "<table><caption>Grades</caption><thead><tr><th>Judgement</th><th>Grade</th></tr></thead><tbody>"
    "<tr><td>Leaders</td><td><p>Good</p></td></tr><tr><td>Homes</td><td></td></tr>"
    "<tr><td rowspan=2>Change</td><td>−5</td></tr></tbody></table>"
)


def test_tables_are_read_row_by_row_with_their_caption():
    assert blocks(TABLE) == ["Grades", "Judgement Grade", "Leaders Good", "Homes", "Change −5"]
    assert rows(TABLE) == [("Judgement", "Grade"), ("Leaders", "Good"), ("Homes", ""), ("Change", "−5")]


def test_items_in_a_cell_stay_in_their_row_with_their_numbers():
    table = "<table><tr><td>Leaders</td><td>must:<ol start=3><li>visit</li><li>record</li></ol></td></tr></table>"
    assert blocks(table) == ["Leaders must: 3. visit 4. record"]


def test_a_table_for_the_layout_of_a_page_is_read_as_text():
    page = "<table><tr><td><h2>Title</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>"
    assert blocks(page) == ["Title", "One.", "Two."]
    assert blocks(f"<table><tr><td>Outer</td><td>{TABLE}</td></tr></table>")[:3] == [
        "Outer",
        "Grades",
        "Judgement Grade",
    ]


def test_headings_have_levels():
    root = parse("<h1>A</h1><h4>B</h4><div role=heading aria-level=3>C</div>")
    assert [(d.kind, d.text, d.level) for d in read_blocks(root)] == [
        (BlockKind.HEADING, "A", 1),
        (BlockKind.HEADING, "B", 4),
        (BlockKind.HEADING, "C", 3),
    ]


_LINE_TAGS = ("b", "span", "a", "em", "ins")
_BLOCK_TAGS = ("p", "div", "li", "td", "dd", "dt", "blockquote", "section", "h2", "figcaption", "aside", "pre")
_WRAPPED = {"li": "<ul>{}</ul>", "td": "<table><tr><td>x</td>{}</tr></table>", "dd": "<dl>{}</dl>", "dt": "<dl>{}</dl>"}


@st.composite
def pages(draw, depth: int = 3) -> str:
    """Draw a page in which each word is "w", a number and "w". The numbers are inserted later."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["word", "line", "block", "break", "hidden"] if depth else ["word"]))
        if kind == "word":
            parts.append(" w# ")
        elif kind == "break":
            parts.append(" w#<br>w# ")
        elif kind == "hidden":
            parts.append("<div hidden>unseen</div>")
        elif kind == "line":
            tag = draw(st.sampled_from(_LINE_TAGS))
            parts.append(f" <{tag}>w# w#</{tag}> ")
        else:
            tag = draw(st.sampled_from(_BLOCK_TAGS))
            inner = draw(pages(depth=depth - 1)) if tag not in ("p", "h2") else "w#"
            parts.append(_WRAPPED.get(tag, "{}").format(f"<{tag}>{inner}</{tag}>"))
    return "".join(parts)


@settings(max_examples=300, deadline=None)
@given(pages())
def test_no_visible_word_is_dropped_joined_or_doubled(page):
    numbers = iter(range(10_000))
    page = re.sub("w#", lambda _: f"w{next(numbers)}w", page)
    words = [word for text in blocks(page) for word in re.findall(r"[^\s•]+", text)]
    assert [word for word in words if word != "x"] == re.findall(r"w\d+w", page)


@pytest.mark.parametrize(
    "page",
    [
        f"<table>{'<tr><td>a</td><td>b</td></tr>' * 4000}</table>",
        f"<p>{'<span aria-hidden=true>w</span> x ' * 8000}</p>",
        f"<ol>{'<li>a' * 8000}</ol>",
        pytest.param(f"<p>{'a<br>' * 20000}</p>", marks=pytest.mark.thorough),
        f"<p>a{' ' * 200_000}b</p>",
        f"<pre>a{' ' * 200_000}b{chr(10) * 200_000}c</pre>",
        f"<p>a<br>{' ' * 200_000}b{' <br>' * 20_000}</p>",
    ],
)
def test_the_time_for_a_page_grows_no_faster_than_the_page(page):
    """We measure processor time, because other programs may be running."""
    started = time.process_time()
    assert blocks(page)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<p><input type=checkbox checked> Yes <input type=checkbox> No</p>", ["☑ Yes ☐ No"]),
        ("<p><label><input type=radio>Seldom</label> <label><input type=Radio checked>Often</label></p>", ["☐ Seldom ☑ Often"]),
        ("<ul><li><input type=checkbox checked disabled> Visits</li></ul>", ["• ☑ Visits"]),
        ("<table><tr><td>Visits<td><input type=checkbox checked> met<tr><td>Plans<td>late</table>", ["Visits ☑ met", "Plans late"]),
        ("<div><input type=checkbox id=menu></div><p>Visits <input value=Seldom> <input type=hidden value=x></p>", ["Visits"]),
    ],
)  # fmt: skip
def test_boxes_are_read_as_ticked_or_empty_by_both_programs(inner, read, tmp_path):
    assert blocks(inner) == read
    page = tmp_path / "page.html"
    page.write_text(f"<html><head><meta charset=utf-8></head><body>{inner}</body></html>", encoding="utf-8")
    assert folded(open_witness(page, "text/html").text(1)) == folded(" ".join(read))


def mains(count: int) -> list[Element]:
    root = parse(
        f"<html><body>{'<main><p>A</p><table><tr><td>B</td><td>C</td></tr></table></main>' * count}</body></html>"
    )
    return list(root.iter("main"))


def test_each_table_in_the_parts_of_a_page_has_a_number_of_its_own():
    assert [draft.table for draft in read_parts(mains(3))] == [0, 1, 0, 2, 0, 3]


def test_the_work_for_the_parts_of_a_page_grows_only_with_their_number():
    def calls(parts: list[Element]) -> int:
        made = 0

        def count(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count)
        try:
            read_parts(parts)
        finally:
            sys.setprofile(None)
        return made

    assert calls(mains(200)) < 2.1 * calls(mains(100))


def test_a_table_around_a_letter_only_lays_out_the_page():
    letter = "Dear all<br><br>Visits lapse.<br>Plans drift.<br><br>Three things will change.<br><br>Yours<br><br>A Reed"
    inner = f"<table><tr><td>Skelwith Council</td><td>3 May 2024</td></tr><tr><td colspan=2>{letter}</td></tr></table>"
    assert blocks(inner) == [
        "Skelwith Council",
        "3 May 2024",
        "Dear all",
        "Visits lapse. Plans drift.",
        "Three things will change.",
        "Yours",
        "A Reed",
    ]


def test_a_row_with_a_long_cell_next_to_another_stays_a_row():
    actions = "".join(f"<p>Action {number} is done.</p>" for number in range(5))
    inner = f"<table><tr><td>Neglect</td><td>{actions}</td></tr><tr><td>Visits</td><td>Done.</td></tr></table>"
    assert len(blocks(inner)) == 2


SPANNED = (
    "<table><tr><th>Age<th>Number<th>Outside<th>Change</tr><tr><th>5 to 15<td>174<td rowspan=2>39<td>28</tr>"
    "<tr><th>16 and 17<td>90<td>21</tr><tr><th rowspan=2>All<td>264<td>39<td>49</tr><tr><td>1<td>2<td>3</tr></table>"
)


def test_a_figure_that_goes_over_two_rows_is_in_both_and_a_label_is_not():
    assert blocks(SPANNED) == [
        "Age Number Outside Change",
        "5 to 15 174 39 28",
        "16 and 17 90 39 21",
        "All 264 39 49",
        "1 2 3",
    ]


def test_the_second_program_reads_such_a_figure_in_both_rows(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{SPANNED}</body></html>", encoding="utf-8")
    assert "16and17903921" in folded(open_witness(path, "text/html").text(1))
