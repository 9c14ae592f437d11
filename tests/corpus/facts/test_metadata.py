from __future__ import annotations

from datetime import date

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Form, Kind, Page
from tests.corpus.facts.printed import SHA, article, described


@pytest.mark.parametrize(
    ("kind", "framework"),
    [
        ("Inspection of Leeds children’s services", "ILACS"),
        ("Leeds\nInspection of services for children in need of help and protection", "SIF"),
        ("Area SEND inspection of Leeds Local Area Partnership", "SEND"),
        ("Joint targeted area inspection of Leeds", "JTAI"),
    ],
)
def test_the_framework_follows_from_the_kind(kind, framework):
    assert framework in described(f"{kind}\nInspection dates: 4 to 8 March 2024").framework


def test_an_article_about_a_visit_has_its_kind_and_authority_and_no_framework_or_dates():
    report = article(
        "Inspectors praise Leeds",
        "Leeds is improving, says a letter on a monitoring visit on 7 and 8 February.",
        "Leeds staff are proud.",
    )
    assert (report.form, report.kind, report.authority) == (Form.ARTICLE, Kind.MONITORING_VISIT, "Leeds")
    assert (report.framework, report.inspected_from, report.inspected_to) == (None, None, None)


def test_a_thematic_report_has_no_authority_and_no_kind_of_inspection():
    report = article("Kinship care: a thematic report", "By us", "We went to Leeds, which had had a monitoring visit.")
    assert (report.form, report.kind, report.authority) == (Form.THEMATIC, None, None)


def test_the_id_file_and_title_are_the_reports_own():
    report = described(
        "Leeds City Council\nInspection of children’s services\nInspection dates: 4 to 8 March 2024", file="a.pdf"
    )
    assert (report.id, report.sha256, report.file, report.page_count) == (SHA[:16], SHA, "a.pdf", 1)
    assert report.title == "Leeds City Council: inspection of children’s services"
    assert described("nothing here", file="a.b.pdf", body=["Early help is good."]).title == "Early help is good."
    assert described("nothing here", title="Declared").title == "Declared"


@pytest.mark.parametrize(
    ("sentences", "kind"),
    [
        (("Leeds praised", "A monitoring visit in May was better. A focused visit was before it."), "monitoring-visit"),
        (("Leeds praised", "A focused visit in May was good. A monitoring visit is planned."), "focused-visit"),
        (("Leeds praised", "The full inspection was good. A focused visit in 2022 found drift."), None),
        (
            (
                "Leeds praised",
                "The inspection of Leeds children’s services was good. So was the monitoring visit before it.",
            ),
            None,
        ),
        (
            (
                "Leeds praised",
                "The inspection of services for children in need of help came after a monitoring visit.",
            ),
            None,
        ),
        (
            (
                "Leeds praised",
                "The inspection of Metropolitan Borough of Leeds Council local authority children’s services was good.",
                "So was the monitoring visit before it.",
            ),
            None,
        ),
        (("Children in Leeds", "Inspection dates: 4 to 8 March 2024", "A monitoring visit came before it."), None),
    ],
)
def test_an_article_has_the_kind_of_visit_that_it_mentions_first(sentences, kind):
    assert article(*sentences).kind == (Kind(kind) if kind else None)


def test_a_table_of_other_inspections_does_not_give_an_article_its_kind():
    drafts = [
        Draft(BlockKind.PARAGRAPH, (Piece("Leeds has new homes for children.", 1),)),
        Draft(BlockKind.TABLE, (Piece("14 July 2022 Focused visit No grade", 1),)),
    ]
    document = assemble(drafts, pages=(Page(1),), media_type="text/html", opening="Leeds has new homes for children.")
    assert describe(document, file="news.html", sha256=SHA).kind is None


def test_a_text_with_the_days_of_its_own_inspection_is_a_report():
    lines = ("Ashlea Cottage", "Full inspection of a children’s home under the common inspection framework")
    days = "Inspection dates: 4 to 5 March 2024"
    assert article(*lines, days).form is Form.REPORT
    assert article(*lines, "A neighbour spoke of it.").form is Form.ARTICLE
    assert article(*lines, "The paper gives inspection dates: 4 to 5 March 2024.").form is Form.ARTICLE


def test_the_days_of_its_own_inspection_may_be_in_figures():
    lines = ("Ashlea Cottage", "Full inspection of a children’s home under the common inspection framework")
    page = described("\n".join((*lines, "Inspection dates: 04/03/2024 to 05/03/2024")), media_type="text/html")
    assert (page.form, page.inspected_to) == (Form.REPORT, date(2024, 3, 5))
    doubtful = described(
        "\n".join((*lines, "Inspection dates: 04/03/2024. Updated 04/25/2024")), media_type="text/html"
    )
    assert (doubtful.form, doubtful.inspected_to) == (Form.ARTICLE, None)


def test_the_name_of_an_agency_may_stand_before_the_title_of_its_report():
    report = article("Ashlea Fostering Inspection report for independent fostering agency", "Carers are trained.")
    assert (report.form, report.kind, report.authority) == (Form.REPORT, Kind("fostering-agency"), None)


NEWS = "Inspectors praise Aldermere\nPublished: 28 May 2024\nOfsted has written to the council after a focused visit to its services."


def test_a_pdf_that_says_who_said_what_is_news():
    body = ["Inspectors praise Aldermere", "Jo Ince said: “I am proud of every member of the team.”"]
    report = described(NEWS, body=body)
    assert (report.form, report.published) == (Form.ARTICLE, date(2024, 5, 28))


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        (NEWS, "Children told us that they like their homes."),
        ("Children in Aldermere\nOfsted came in May 2024.", "One child said: “I like it.”"),
        ("Inspection of Aldermere children’s services\n28 May 2024\nOfsted", "One child said: “I like it.”"),
    ],
)
def test_other_pdfs_are_reports(opening, said):
    assert described(opening, body=[said]).form is Form.REPORT
