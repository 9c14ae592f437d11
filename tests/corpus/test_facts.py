from __future__ import annotations

from datetime import date

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.reading import read
from corpus.types import BlockKind, Form, Grading, ImprovementKind, Judgement, Kind, Page

SHA = "ab" * 32
PDF, TEXT = "application/pdf", "text/plain"
INSPECTION = "Inspection of Westmarsh children’s services"
SEND = "Area SEND inspection of Westmarsh Local Area Partnership"
BOARD = "Westmarsh Council\nReview of the effectiveness of the Local Safeguarding Children Board"
JOINT = "Joint targeted area inspection of Westmarsh"
FOCUSED = "Dear Ms Reed\nFocused visit to Westmarsh children’s services"
MONITORING = "Dear Ms Reed\nMonitoring visit to Westmarsh children’s services"
LETTER = "Dear Ms Reed\nInspection of Westmarsh children’s services"
GRADES = (Judgement("The impact of leaders", "Good", 1),)
LIST = [
    (BlockKind.HEADING, "Westmarsh"),
    (BlockKind.PARAGRAPH, "Children are safe."),
    (BlockKind.HEADING, "What needs to improve?"),
    (BlockKind.LIST_ITEM, "• The quality of plans."),
]
SIGNED = "Yours sincerely\nAda Reedling\nHis Majesty’s Inspector"
LED = "Lead inspector: Ada Reedling, His Majesty’s Inspector"


def described(opening, *blocks, media_type=PDF, **options):
    """The facts of a report that has ``opening`` as its title page and the given blocks as its text."""
    body = blocks or [(BlockKind.PARAGRAPH, opening)]
    drafts = [Draft(kind, (Piece(text, 1),), level=int(kind is BlockKind.HEADING)) for kind, text in body]
    document = assemble(drafts, pages=(Page(1),), media_type=media_type, opening=opening, **options)
    return describe(document, file="report", sha256=SHA)


def article(text, **options):
    return described(f"Inspectors praise Westmarsh\n{text}", media_type=TEXT, **options)


@pytest.mark.parametrize("title", [INSPECTION, SEND, BOARD, FOCUSED, MONITORING, JOINT])
def test_any_document_that_prints_grades_is_graded(title):
    report = described(title, judgements=GRADES)
    assert (report.judgements, report.grading) == (GRADES, Grading.GRADED)


@pytest.mark.parametrize("title", [INSPECTION, LETTER, FOCUSED, JOINT])
def test_a_table_of_grades_that_could_not_be_read_is_unreadable(title):
    assert described(title, unread_grades=True).grading is Grading.UNREADABLE
    assert described(title, unread_grades=True, judgements=GRADES).grading is Grading.GRADED


@pytest.mark.parametrize("title", [FOCUSED, MONITORING, JOINT, FOCUSED.removeprefix("Dear Ms Reed\n")])
def test_kinds_of_inspection_without_grades_are_not_judged(title):
    assert described(title).grading is Grading.NOT_JUDGED


@pytest.mark.parametrize("title", [INSPECTION, LETTER, SEND, BOARD, "Children in Westmarsh are safe."])
def test_a_document_without_the_grades_of_its_kind_does_not_print_them(title):
    assert described(title).grading is Grading.NOT_PRINTED


def test_an_article_about_a_visit_prints_no_grades_and_a_thematic_report_gives_none():
    assert article("A monitoring visit to Westmarsh was made.").grading is Grading.NOT_PRINTED
    assert article("This thematic report is of six areas.").grading is Grading.NOT_JUDGED


def test_a_stated_judgement_grades_a_report_and_not_an_article():
    stated = (BlockKind.PARAGRAPH, "The effectiveness of the Local Safeguarding Children Board is good.")
    report = described(BOARD, stated)
    assert [(j.grade, j.page) for j in report.judgements] == [("good", 1)]
    assert report.grading is Grading.GRADED
    article_report = described("The board of Westmarsh", stated, media_type=TEXT)
    assert (article_report.form, article_report.judgements, article_report.grading) == (
        Form.ARTICLE,
        (),
        Grading.NOT_PRINTED,
    )


@pytest.mark.parametrize("options", [{"closing": LED}, {}], ids=["at the end", "on the title page"])
def test_a_report_names_its_lead_inspector(options):
    opening = INSPECTION if options else f"{INSPECTION}\n{LED}"
    assert described(opening, **options).lead_inspector == "Ada Reedling"


def test_the_person_who_signs_a_letter_is_the_lead_inspector():
    assert described(FOCUSED, closing=SIGNED).lead_inspector == "Ada Reedling"
    assert described(f"{FOCUSED}\nLead inspector: Orla Fenwick", closing=SIGNED).lead_inspector == "Ada Reedling"


def test_the_lead_inspector_stays_unknown_if_nobody_is_named():
    assert described(INSPECTION, closing=SIGNED).lead_inspector is None
    assert described(FOCUSED, closing="Yours sincerely").lead_inspector is None


def test_an_article_and_a_thematic_report_have_no_lead_inspector_and_no_improvements():
    for opening in ("Inspectors praise Westmarsh", "A thematic report"):
        report = described(f"{opening}\n{LED}", *LIST, media_type=TEXT, closing=SIGNED)
        assert (report.lead_inspector, report.improvements) == (None, ())


@pytest.mark.parametrize("title", [INSPECTION, FOCUSED])
def test_reports_and_letters_ask_for_what_their_lists_say(title):
    [asked] = described(title, *LIST).improvements
    assert (asked.kind, asked.text, asked.page) == (ImprovementKind.IMPROVEMENT, "The quality of plans.", 1)


def test_an_article_gives_its_visit_the_days_and_the_judgement_before_it():
    report = article(
        "Westmarsh was judged inadequate in June 2022. The second monitoring visit on 7 and 8 May 2024 found progress."
    )
    assert (report.visit, report.follows_judgement) == ("second monitoring visit", "inadequate in June 2022")
    assert (report.inspected_from, report.inspected_to) == (date(2024, 5, 7), date(2024, 5, 8))
    assert (report.form, report.kind, report.framework) == (Form.ARTICLE, Kind.MONITORING_VISIT, None)


def test_a_letter_with_the_same_words_has_no_facts_of_an_article():
    words = (
        "Westmarsh was judged inadequate in June 2022. The second monitoring visit on 7 and 8 May 2024 found progress."
    )
    report = described(f"{MONITORING}\n{words}")
    assert (report.visit, report.follows_judgement) == (None, None)
    assert report.inspected_to == date(2024, 5, 8)


def test_a_date_before_the_visit_is_not_when_an_article_was_published():
    visit = "The monitoring visit on 7 and 8 May 2024 found progress."
    assert article(f"Published: 1 May 2024\n{visit}").published is None
    assert article(f"Published: 9 May 2024\n{visit}").published == date(2024, 5, 9)


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Westmarsh inspected</title>{head}</head><body>
<main><article><h1>Westmarsh inspected</h1><p>Children in Westmarsh are safe, and inspectors said that they are well cared for.</p>
<p>A further visit is expected within six months, and <a href="https://example.org/other">the borough</a> will be ready.</p>
</article></main></body></html>"""
ADDRESS = "https://news.example.org/westmarsh?id=3"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (f'<link rel="canonical" href="{ADDRESS}">', ADDRESS),
        (f'<meta property="og:url" content="{ADDRESS}">', ADDRESS),
        ('<link rel="stylesheet" href="https://example.org/style.css">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ("", None),
    ],
)
def test_a_web_page_comes_from_the_address_that_it_gives(tmp_path, head, address):
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(head=head), encoding="utf-8")
    assert describe(read(path), file=path.name, sha256=SHA).source_url == address


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    ("line", "address"),
    [
        (ADDRESS, ADDRESS),
        (f"<{ADDRESS}>", ADDRESS),
        (f"Source: {ADDRESS}", ADDRESS),
        (f"URL: {ADDRESS}  ", ADDRESS),
        (f"{ADDRESS}\n\nhttps://example.org/second", ADDRESS),
        (f"More at {ADDRESS} for those who wish.", None),
        (f"{ADDRESS} and elsewhere", None),
        ("ftp://example.org/westmarsh", None),
        ("news.example.org", None),
    ],
)
def test_a_text_comes_from_the_address_on_a_line_of_its_own(tmp_path, suffix, line, address):
    path = tmp_path / f"news{suffix}"
    path.write_text(f"Inspectors praise Westmarsh\n\n{line}\n\nChildren in Westmarsh are safe.\n", encoding="utf-8")
    assert describe(read(path), file=path.name, sha256=SHA).source_url == address


def test_an_address_far_down_a_text_is_not_where_it_comes_from(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(
        "Inspectors praise Westmarsh\n\n" + "Children are safe. " * 100 + f"\n\n{ADDRESS}\n", encoding="utf-8"
    )
    assert read(path).source_url is None


GRADED, NOT_JUDGED, NOT_PRINTED = Grading.GRADED, Grading.NOT_JUDGED, Grading.NOT_PRINTED
VISIT, ILACS = Kind.FOCUSED_VISIT, Kind.ILACS
SAMPLES = [
    ("aldermere-2024", Form.LETTER, VISIT, "Aldermere", "2024-05-14", "2024-05-15", "2024-06-18", "text", NOT_JUDGED, 4),
    ("aldermere-2026", Form.REPORT, ILACS, "Aldermere", "2026-06-15", "2026-06-26", "2026-08-14", "file name", GRADED, 5),
    ("carrowby-2015", Form.REPORT, Kind.SINGLE_INSPECTION, "Carrowby", "2015-09-22", "2015-10-15", "2015-11-27", "text", GRADED, 9),
    ("carrowby-2023", Form.LETTER, Kind.MONITORING_VISIT, "Carrowby", "2023-02-07", "2023-02-08", "2023-03-16", "text", NOT_JUDGED, 5),
    ("carrowby-news", Form.ARTICLE, Kind.MONITORING_VISIT, "Carrowby", None, None, "2023-03-22", "text", NOT_PRINTED, 0),
    ("northwold-2025", Form.LETTER, VISIT, "Northwold", "2025-03-04", "2025-03-05", "2025-04-08", "text", NOT_JUDGED, 5),
    ("pellbrook-send", Form.REPORT, Kind.AREA_SEND, "Pellbrook", "2024-02-26", "2024-03-01", "2024-04-26", "file name", NOT_PRINTED, 5),
    ("westmarsh-2019", Form.REPORT, ILACS, "Westmarsh", "2019-09-16", "2019-09-27", "2019-11-08", "file name", GRADED, 6),
    ("westmarsh-2023", Form.REPORT, ILACS, "Westmarsh", "2023-09-11", "2023-09-22", "2023-11-03", "file name", GRADED, 4),
    ("kinship", Form.THEMATIC, None, None, None, None, "2025-07-04", "text", NOT_JUDGED, 0),
]  # fmt: skip
LEADS = {
    "aldermere-2024": "Prudence Oakhanger",
    "aldermere-2026": "Prudence Oakhanger",
    "carrowby-2015": "Rowena Castleford",
    "carrowby-2023": "Gideon Pellworth",
    "northwold-2025": "Honor Dunnock",
    "pellbrook-send": "Isolde Garrowmere",
    "westmarsh-2019": "Marian Tollgate",
    "westmarsh-2023": "Desmond Farrowgate",
    "carrowby-news": None,
    "kinship": None,
}


@pytest.fixture(scope="module")
def sample_reports(sample_documents, sample_paths):
    return {name: describe(sample_documents[name], file=sample_paths[name].name, sha256=SHA) for name in sample_paths}


@pytest.mark.parametrize(
    ("sample", "form", "kind", "authority", "first", "last", "published", "source", "grading", "asked"),
    SAMPLES,
    ids=[sample for sample, *_ in SAMPLES],
)
def test_the_facts_of_the_samples_are_those_they_print(
    sample_reports, sample, form, kind, authority, first, last, published, source, grading, asked
):
    report = sample_reports[sample]
    days = [day and day.isoformat() for day in (report.inspected_from, report.inspected_to, report.published)]
    assert (report.form, report.kind, report.authority) == (form, kind, authority)
    assert (*days, report.published_source) == (first, last, published, source)
    assert (report.grading, len(report.improvements)) == (grading, asked)


@pytest.mark.parametrize("sample", LEADS)
def test_the_lead_inspectors_of_the_samples_are_those_they_name(sample_reports, sample):
    assert sample_reports[sample].lead_inspector == LEADS[sample]


@pytest.mark.parametrize(
    "title",
    [
        "Westmarsh Borough Council\nInspection of services for looked after children",
        "Westmarsh Borough Council\nInspection of safeguarding and looked after children services",
        "Inspection of services for looked after children in Westmarsh",
    ],
)
def test_an_inspection_of_services_for_looked_after_children_is_a_kind_of_its_own(title):
    grades = (Judgement("Overall effectiveness", "Adequate", 1), Judgement("Quality of provision", "Grade 2 (good)", 1))
    report = described(f"{title}\nInspection date: 14 May 2013", judgements=grades)
    assert (report.kind, report.authority, report.judgements) == (Kind.LOOKED_AFTER, "Westmarsh", grades)
    assert report.missing_areas == ("Capacity for improvement", "Leadership and management")


def test_a_row_that_could_not_be_read_is_missing_once_and_an_area_that_was_not_judged_is_not():
    table = {
        "judgements": GRADES,
        "unread_areas": ("Progress of care leavers", "Overall effectiveness"),
        "not_judged": ("The experiences and progress of children in care",),
    }
    report = described(f"{INSPECTION}\nInspection dates: 3 June 2024 to 7 June 2024", **table)
    assert report.missing_areas.count("Overall effectiveness") == 1
    assert report.missing_areas[-1] == "Progress of care leavers"
    assert "The experiences and progress of children in care" not in report.missing_areas
    assert report.not_judged == table["not_judged"]
    assert article("Services are good.").missing_areas == ()


@pytest.mark.parametrize(
    "row", ["1. Overall effectiveness", "Overall effectiveness of services", "The experiences and progress of children"]
)
def test_a_row_that_is_an_expected_area_with_more_words_or_fewer_is_missing_once(row):
    opening = f"{INSPECTION}\nInspection dates: 3 June 2024 to 7 June 2024"
    expected = described(opening).missing_areas
    assert len(expected) > 1
    assert described(opening, unread_areas=(row,)).missing_areas == expected


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("This report replaces one published on 2 April 2025.", None),
        ("This letter supersedes the version that was published on 2 April 2025.", None),
        ("It was originally published on 2 April 2025 with a wrong figure.", None),
        ("Published: 16 April 2025\nThis page replaces one published on 2 April 2025.", date(2025, 4, 16)),
        ("This replaces the page published on 2 April 2025.\nPublished: 16 April 2025", date(2025, 4, 16)),
        ("Corrected report published: 16 April 2025", date(2025, 4, 16)),
        ("Reissued 16 April 2025. This letter takes the place of one published on 2 April 2025.", date(2025, 4, 16)),
        ("Read the previous report\nPublished: 16 April 2025", date(2025, 4, 16)),
        ("Earlier visits\n\nReport published 16 April 2025", date(2025, 4, 16)),
        ("This replaces a previous letter that was\npublished on 2 April 2025.", None),
        ("All visits are published here. Published: 16 April 2025", date(2025, 4, 16)),
        ("Reports are published by the inspectors of homes and schools.\nPublished: 16 April 2025", date(2025, 4, 16)),
    ],
)
def test_a_corrected_issue_has_its_own_date_and_not_that_of_the_issue_it_replaces(text, published):
    assert article(text).published == published


AREAS = "<table><tr><td>Thornby</td><td>Good</td></tr><tr><td>Leeds</td><td>Outstanding</td></tr></table>"


@pytest.mark.parametrize(
    ("inner", "authority"),
    [
        (f"<p>This page gives the rating of each area.</p>{AREAS}<p>It changes every month.</p>", None),
        (
            "<p>This page lists areas:</p><ul><li>Thornby: Good</li><li>Leeds: Good</li></ul><p>It changes often.</p>",
            None,
        ),
        (f"<p>Inspectors went to Leeds again.</p>{AREAS}<p>They will be back.</p>", "Leeds"),
    ],
)
def test_a_page_that_only_lists_an_authority_is_not_about_it(tmp_path, inner, authority):
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><main><h1>Ratings by area</h1>{inner}</main></body></html>", encoding="utf-8")
    assert describe(read(path), file=path.name, sha256=SHA).authority == authority


def test_the_items_within_an_item_are_part_of_one_improvement(tmp_path):
    path = tmp_path / "page.html"
    items = (
        "<li>Visits to children.</li><li>Help for:<ul><li>care leavers in flats</li><li>young parents</li></ul></li>"
    )
    path.write_text(
        f"<html><body><main><h1>Inspection of Thornby children’s services</h1><h2>What needs to improve</h2>"
        f"<ul>{items}</ul><h2>Next</h2><p>Leaders agree.</p></main></body></html>",
        encoding="utf-8",
    )
    report = describe(read(path), file=path.name, sha256=SHA)
    assert [improvement.text for improvement in report.improvements] == [
        "Visits to children.",
        "Help for: care leavers in flats young parents",
    ]
