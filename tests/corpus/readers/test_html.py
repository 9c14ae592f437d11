from __future__ import annotations

from datetime import date

import pytest

from corpus.facts.metadata import describe
from corpus.readers.html import read_html
from corpus.types import BlockKind, Form, Kind

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Westmarsh inspected</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">All the news of the borough</a></li></ul></nav>
<main><article><h1>Westmarsh inspected</h1><p>Children in Westmarsh are safe, and inspectors said that they are well cared for.</p>
<h2>What needs to improve</h2><ul><li>the timeliness of visits to children in care</li><li>the quality of plans</li></ul>
<p>Leaders said that they had read every word of the report and agreed with it.</p>
<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>The impact of leaders</td><td>Good</td></tr></table>
<p>A further visit is expected within six months, and the borough will be ready for it.</p></article></main>
<footer><p>Cookies and privacy</p></footer></body></html>"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return read_html(path)


def test_the_main_text_is_read_in_order_without_menus_and_footer(document):
    assert document.text.startswith("Westmarsh inspected\n\nChildren in Westmarsh are safe")
    assert document.text.endswith("will be ready for it.")
    assert not [word for word in ("Home", "Cookies", "All the news") if word in document.text]


def test_headings_items_and_rows_of_tables_are_told_apart(document):
    kinds = {document.text[block.start : block.end]: (block.kind, block.level) for block in document.blocks}
    assert kinds["Westmarsh inspected"] == (BlockKind.HEADING, 1)
    assert kinds["What needs to improve"] == (BlockKind.HEADING, 2)
    assert kinds["• the quality of plans"] == (BlockKind.LIST_ITEM, 0)
    assert [text for text, (kind, _) in kinds.items() if kind is BlockKind.TABLE][-1].split() == [
        "The",
        "impact",
        "of",
        "leaders",
        "Good",
    ]


def test_the_title_and_the_grades_in_a_table_are_read(document):
    assert document.title == "Westmarsh inspected"
    assert [(j.area, j.grade, j.page) for j in document.judgements] == [("The impact of leaders", "Good", 1)]


def test_the_sample_page_is_read_completely_and_once(sample_documents):
    text = sample_documents["kinship"].text
    paragraphs = [part for part in text.split("\n\n") if len(part) > 60 and not part.startswith("Keeping it")]
    assert len(paragraphs) > 20
    assert len(set(paragraphs)) == len(paragraphs)


def test_the_title_of_a_page_appears_once(sample_documents):
    document = sample_documents["kinship"]
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings.count(document.title) == 1


@pytest.mark.parametrize(
    "head",
    [
        "<title>Inspection report</title>",
        "<title>Home | Thornby News</title><meta property='og:site_name' content='Thornby News'>",
        "<meta property='og:title' content='Report'><title>Reports</title>",
        "<title>The Thornby Bell</title>",
    ],
)
def test_the_only_first_heading_is_the_title_of_a_page_whose_title_says_nothing(write, head):
    page = (
        f"<html><head>{head}</head><body><nav><a href='/'>The Thornby Bell</a></nav><p>Published 2 May 2025</p>"
        "<h1>Inspection of Thornby local authority children’s services</h1>"
        "<p>Inspection dates: 3 March to 7 March 2025</p><p>Leaders have a firm grip.</p></body></html>"
    )
    path = write(page, "a.html")
    document = read_html(path)
    title = "Inspection of Thornby local authority children’s services"
    assert (document.title, document.opening.splitlines()[0]) == (title, title)
    assert document.text.startswith("Published 2 May 2025\n\nInspection of Thornby")
    report = describe(document, file="a.html", sha256="0" * 64)
    assert (report.form, report.kind, report.inspected_to) == (Form.REPORT, Kind.ILACS, date(2025, 3, 7))


@pytest.mark.parametrize(
    ("title", "headings"), [("Thornby inspected", "<h1>Visit</h1>"), ("Report", "<h1>Visit</h1><h1>Plans</h1>")]
)
def test_a_title_that_says_something_or_a_page_of_two_first_headings_keeps_its_title(write, title, headings):
    page = f"<html><head><title>{title}</title></head><body>{headings}<p>Leaders act.</p></body></html>"
    document = read_html(write(page, "a.html"))
    assert document.title == title
    assert document.text.startswith(f"{title}\n\nVisit")


LETTER = (
    "<p>24 October 2023</p><p>Ms Reed<br>Director of Children’s Services</p><p>Dear Ms Reed</p>"
    "<p><b>Focused visit to Aldermere children’s services</b></p><p>This letter summarises the findings of the focused "
    "visit to Aldermere children’s services on 19 and 20 September 2023.</p><p>Children are seen often.</p>"
    "<p>Yours sincerely</p><p>Prudence Oakhanger<br>His Majesty’s Inspector</p>"
)


def test_a_letter_saved_as_a_web_page_has_the_facts_of_its_head_and_its_signature(write):
    report = describe(
        read_html(write(f"<html><body>{LETTER}</body></html>", "a.html")), file="a.html", sha256="ab" * 32
    )
    assert (report.form, report.kind, report.published) == (Form.LETTER, Kind.FOCUSED_VISIT, date(2023, 10, 24))
    assert report.lead_inspector == "Prudence Oakhanger"


def test_a_page_whose_title_is_a_number_has_its_title_over_two_headings(write):
    page = (
        "<html><head><title>50271234</title></head><body><h1>Aldermere Council</h1><h2>Inspection of local authority "
        "children’s services</h2><p>Inspection dates: 13 January to 24 January 2025</p><p>Lead inspector: Prudence "
        "Oakhanger, His Majesty’s Inspector</p><p>Leaders have built a culture in which staff speak openly.</p></body>"
    )
    report = describe(read_html(write(page, "a.html")), file="a.html", sha256="ab" * 32)
    assert (report.kind, report.authority, report.form) == (Kind.ILACS, "Aldermere", Form.REPORT)
    assert report.lead_inspector == "Prudence Oakhanger"
