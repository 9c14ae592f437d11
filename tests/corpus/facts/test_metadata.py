from __future__ import annotations

import pytest

from corpus.types import Form, Kind
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
