from __future__ import annotations

from datetime import date

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Form, Kind, Page

SHA = "ab" * 32
PDF = "application/pdf"


def described(opening, *, file="report.pdf", media_type=PDF, body=None, title=None):
    drafts = [Draft(BlockKind.PARAGRAPH, (Piece(text, 1),)) for text in (body or ["Children are safe."])]
    document = assemble(drafts, pages=(Page(1),), media_type=media_type, opening=opening, title=title)
    return describe(document, file=file, sha256=SHA)


def letter(visit, *, written="18 June 2024", title="Focused visit to Leeds children’s services", **options):
    opening = f"{written}\nJ Reed, Director\nDear Ms Reed\n{title}\nThis letter summarises the findings of the {visit}."
    return described(opening, **options)


TITLES = [
    ("Inspection of Leeds local authority children’s services\n", Kind.ILACS, "Leeds"),
    ("Inspection of Leeds children's services\n", Kind.ILACS, "Leeds"),
    ("London Borough of Bromley\nInspection of children’s social care services\n", Kind.ILACS, "Bromley"),
    ("Wirral Council\nInspection of local authority children’s services\n", Kind.ILACS, "Wirral"),
    ("Royal Borough of Greenwich\nInspection of children’s services\n", Kind.ILACS, "Greenwich"),
    ("Inspection of Birmingham Children’s Trust\nInspection dates: 1 May 2023\n", Kind.ILACS, "Birmingham"),
    ("Focused visit to Barking and Dagenham children’s services\n", Kind.FOCUSED_VISIT, "Barking and Dagenham"),
    (
        "Focussed visit to Barking & Dagenham local authority children’s services\n",
        Kind.FOCUSED_VISIT,
        "Barking and Dagenham",
    ),
    ("Focused visit to Nottinghamshire County Council children’s services\n", Kind.FOCUSED_VISIT, "Nottinghamshire"),
    ("Focused visit to Nottingham City Council children’s services\n", Kind.FOCUSED_VISIT, "Nottingham"),
    ("Monitoring visit of Bradford local authority children’s services\n", Kind.MONITORING_VISIT, "Bradford"),
    ("Monitoring visit to Slough children’s services\n", Kind.MONITORING_VISIT, "Slough"),
    ("Area SEND inspection of Kent Local Area Partnership\n", Kind.AREA_SEND, "Kent"),
    ("Joint targeted area inspection of Sefton\n", Kind.JOINT_TARGETED, "Sefton"),
    (
        (
            "Cambridgeshire County Council\nInspection of services for children in need of help and protection, children "
            "looked after and care leavers\nand\nReview of the effectiveness of the Local Safeguarding Children Board\n"
        ),
        Kind.SINGLE_INSPECTION,
        "Cambridgeshire",
    ),
    ("Inspection of Westmarsh local authority children’s services\n", Kind.ILACS, "Westmarsh"),
    ("Focused visit to Westmarsh City Council children’s services\n", Kind.FOCUSED_VISIT, "Westmarsh"),
]


@pytest.mark.parametrize(("opening", "kind", "authority"), TITLES, ids=[title.split("\n")[0] for title, *_ in TITLES])
def test_each_printed_title_gives_its_kind_and_authority(opening, kind, authority):
    report = described(opening + "Inspection dates: 4 to 8 March 2024")
    assert (report.kind, report.authority, report.form) == (kind, authority, Form.REPORT)


@pytest.mark.parametrize(("opening", "kind", "authority"), TITLES, ids=[title.split("\n")[0] for title, *_ in TITLES])
def test_a_title_over_two_lines_gives_the_same(opening, kind, authority):
    first, rest = opening.split("\n", 1)
    words = first.split()
    wrapped = f"{' '.join(words[:-2])}\n{' '.join(words[-2:])}\n{rest}" if len(words) > 4 else opening
    report = described(wrapped + "Inspection dates: 4 to 8 March 2024")
    assert (report.kind, report.authority) == (kind, authority)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Dunsmere: focused visit to children’s services", Kind.FOCUSED_VISIT),
        ("Dunsmere children’s services: focused visit", Kind.FOCUSED_VISIT),
        ("Focused visit to children’s services in Dunsmere", Kind.FOCUSED_VISIT),
        ("Dunsmere – monitoring visit to children’s services", Kind.MONITORING_VISIT),
        ("Report of the monitoring visit to children’s services in Dunsmere", Kind.MONITORING_VISIT),
        ("Dunsmere children’s services: inspection report", Kind.ILACS),
        ("Dunsmere: inspection of children’s services", Kind.ILACS),
        ("Report of the inspection of children’s services in Dunsmere", Kind.ILACS),
        ("Report on an inspection of local authority children's services for Dunsmere", Kind.ILACS),
    ],
)
@pytest.mark.parametrize("media_type", ["application/pdf", "text/html", "text/markdown"])
def test_titles_of_other_publishers_give_the_kind_and_the_authority(title, kind, media_type):
    """The words of a title, such as "children's services" or "Report of", are never the name of an authority."""
    opening = f"{'# ' * (media_type == 'text/markdown')}{title}\nInspection dates: 3 to 7 June 2024\nLeaders know their services."
    report = described(opening, media_type=media_type)
    assert (report.kind, report.authority) == (kind, "Dunsmere")
    assert report.inspected_to == date(2024, 6, 7)


@pytest.mark.parametrize(
    ("title", "kind", "authority"),
    [
        ("Subject: Focused visit to children’s services in Dunsmere", Kind.FOCUSED_VISIT, "Dunsmere"),
        ("SEND: Focused visit to children's services in Leeds", Kind.FOCUSED_VISIT, "Leeds"),
        ("Draft: Dunsmere: focused visit to children’s services", Kind.FOCUSED_VISIT, "Dunsmere"),
        ("Published: Dunsmere children’s services: inspection report", Kind.ILACS, "Dunsmere"),
        ("OFFICIAL – inspection of children’s services\nLeeds City Council", Kind.ILACS, "Leeds"),
        ("Ofsted: inspection of children’s services", Kind.ILACS, None),
        ("Draft: focused visit to children’s services", Kind.FOCUSED_VISIT, None),
        ("Monitoring visit to children’s services, First visit", Kind.MONITORING_VISIT, None),
        (
            "Focused visit to children’s services, Tuesday 14 May 2024\nLeeds City Council",
            Kind.FOCUSED_VISIT,
            "Leeds",
        ),
        ("Stoke-on-Trent: re-inspection of children’s services", Kind.ILACS, "Stoke-on-Trent"),
        ("Slough Children First: focused visit to children’s services", Kind.FOCUSED_VISIT, "Slough"),
        ("Focused visit to children’s services in St. Helens", Kind.FOCUSED_VISIT, "St Helens"),
        ("Focused visit to children’s services in the City of York", Kind.FOCUSED_VISIT, "York"),
        ("Inspection of children’s services in Dunsmere, 3 to 7 June 2024", Kind.ILACS, "Dunsmere"),
        ("Dunsmere: inspection of children’s services, June 2024", Kind.ILACS, "Dunsmere"),
    ],
)
@pytest.mark.parametrize("media_type", ["application/pdf", "text/html"])
def test_a_label_or_a_day_in_a_title_is_never_the_authority(title, kind, authority, media_type):
    report = described(f"{title}\nInspection dates: 3 to 7 June 2024", media_type=media_type)
    assert (report.kind, report.authority) == (kind, authority)


@pytest.mark.parametrize("body", ["Dunsmere", "Leeds City Council"])
def test_the_hyphen_of_a_reinspection_is_no_colon(body):
    report = described(f"{body}\nRe-inspection of children’s services\nInspection dates: 3 to 7 June 2024")
    assert (report.kind, report.authority) == (Kind.ILACS, body.split()[0])
    assert report.title == f"{body}: inspection of children’s services"


def test_the_label_before_the_title_of_a_letter_is_not_the_authority():
    report = letter("visit", title="Subject: Focused visit to children’s services in Dunsmere")
    assert (report.form, report.kind, report.authority) == (Form.LETTER, Kind.FOCUSED_VISIT, "Dunsmere")


@pytest.mark.parametrize(
    "title",
    [
        "Improving Leeds children’s services - inspection readiness guide",
        "Improving Leeds children’s services: inspection",
        "Statement on Leeds children’s services: inspection due in June",
        "Kent children’s services – inspection framework briefing",
        "Leeds children’s services: monitoring visit preparation guidance",
        "Leeds children’s services: inspection\nreadiness guide",
        "Leeds: inspection of children’s services and what to expect",
        "Inspection of children’s services in England: a guide",
        "Inspection of children’s services in Northern Ireland",
        "Ofsted\nInspection of children’s services in England",
    ],
)
def test_a_paper_about_inspections_is_not_a_report_of_one(title):
    assert described(title).kind is None
    if "\n" not in title:
        page = described(title, media_type="text/html")
        assert (page.form, page.kind) == (Form.ARTICLE, None)


def test_a_panel_named_well_below_a_title_does_not_make_a_report_a_committee_paper():
    lines = ["Dunsmere children’s services: inspection report", "Inspection dates: 3 to 7 June 2024"]
    well_below = "\n".join([*lines, "Leaders", "Overview", "Chair of the children’s scrutiny panel"])
    assert described(well_below, media_type="text/html").kind is Kind.ILACS
    close = "\n".join([lines[0], "Report to Overview and Scrutiny Committee", lines[1]])
    assert described(close, media_type="text/html").kind is not Kind.ILACS


@pytest.mark.parametrize("body", ["Leeds", "Leeds local authority"])
def test_the_title_of_2018_to_2022_with_social_care_gives_its_kind_and_authority(body):
    report = described(f"Inspection of {body} children’s social care services\nInspection dates: 4 to 8 March 2024")
    assert (report.kind, report.authority) == (Kind.ILACS, "Leeds")


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Inspection dates: 16 to 27 September 2019", date(2019, 9, 16), date(2019, 9, 27)),
        ("Inspection dates: 27 February to 10 March 2023", date(2023, 2, 27), date(2023, 3, 10)),
        ("Inspection dates: 12 December 2022 to 13 January 2023", date(2022, 12, 12), date(2023, 1, 13)),
        ("Inspection dates: 12 December to 13 January 2023", date(2022, 12, 12), date(2023, 1, 13)),
        ("Inspection date: 22 September 2015 – 15 October 2015", date(2015, 9, 22), date(2015, 10, 15)),
        ("Inspection dates: 26 February 2024 to\n1 March 2024", date(2024, 2, 26), date(2024, 3, 1)),
        ("Inspection dates:\n3 and 4 May 2023", date(2023, 5, 3), date(2023, 5, 4)),
        ("Inspection date: 7th October 2021", date(2021, 10, 7), date(2021, 10, 7)),
        ("Reinspection dates: Monday 4 March 2024 to Friday 8 March 2024", date(2024, 3, 4), date(2024, 3, 8)),
        (
            "Inspection dates 4 to 8 March 2024 Lead inspector: A Reed Report published: 22 April 2024",
            date(2024, 3, 4),
            date(2024, 3, 8),
        ),
    ],
)
def test_the_inspection_dates_of_a_report_are_read_in_every_printed_form(printed, first, last):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nLead inspector: A Reed")
    assert (report.inspected_from, report.inspected_to) == (first, last)


@pytest.mark.parametrize(
    "printed",
    [
        "Inspected Monday 9th – Friday 13th June 2025",
        "Inspected: Mon 9 - Fri 13 June 2025",
        "INSPECTED 9/6/25 – 13/6/25",
        "Ofsted inspection 9-13 June 2025",
        "Inspection: the 9th to the 13th of June 2025",
        "Inspection took place 9 to 13 June 2025",
        "Period of inspection: 09.06.25-13.06.25",
        "Visited 9th & 13th June 2025",
    ],
)
def test_a_word_at_the_start_of_a_line_is_a_label_if_days_follow_it(printed):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nTo: Cabinet, 4th September 2025")
    assert (report.inspected_from, report.inspected_to) == (date(2025, 6, 9), date(2025, 6, 13))


@pytest.mark.parametrize(
    "printed",
    [
        "The last inspection was held w/c 9/6/25.",
        "Last inspected 9 June 2025",
        "Previous inspection: 9 June 2025",
        "Leaders were last\nInspected 9 June 2025",
        "To: Cabinet, Monday 9th June 2025",
        "Inspection report to Cabinet, 9 June 2025",
        "Inspection Panel 9 June 2025",
        "Report on the inspection, 9 June 2025",
        "Inspected 9 homes in June 2025",
    ],
)
def test_the_days_of_a_meeting_or_of_another_inspection_are_not_those_of_this_one(printed):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nLead inspector: A Reed")
    assert (report.inspected_from, report.inspected_to) == (None, None)


@pytest.mark.parametrize(
    "printed",
    [
        "Timeline\nInspection: 12 June 2019",
        "Inspected 12 June 2019 (Good)",
        "Inspected on 12 June 2019 (Good)",
        "Ofsted Inspection 12 June 2019 outcome: requires improvement",
        "Visited 12 March 2019 by HMI as part of a pilot",
        "Inspection period 1 April 2024 to 31 March 2025 for data",
    ],
)
def test_a_usual_label_of_the_days_comes_before_a_bare_or_loose_one(printed):
    report = described(
        f"Inspection of Leeds children’s services\n{printed}\nInspection dates: 3 to 7 November 2025\nA Reed"
    )
    assert (report.inspected_from, report.inspected_to) == (date(2025, 11, 3), date(2025, 11, 7))


def test_a_report_that_prints_no_dates_has_none():
    report = described("Inspection of Leeds children’s services\nThe last inspection was on 3 May 2019.")
    assert (report.inspected_from, report.inspected_to, report.published, report.published_source) == (None,) * 4


@pytest.mark.parametrize(
    ("visit", "first", "last"),
    [
        ("focused visit to Leeds on 14 and 15 May 2024", date(2024, 5, 14), date(2024, 5, 15)),
        ("focused visit to Leeds children’s services on 14 and 15 May", date(2024, 5, 14), date(2024, 5, 15)),
        ("monitoring visit to Leeds between 30 April and 1 May", date(2024, 4, 30), date(2024, 5, 1)),
        ("visit from 11 to 12 December", date(2023, 12, 11), date(2023, 12, 12)),
        ("visit on 7 February 2024", date(2024, 2, 7), date(2024, 2, 7)),
    ],
)
def test_the_date_of_a_letter_gives_the_year_of_its_visit(visit, first, last):
    report = letter(visit)
    assert (report.form, report.inspected_from, report.inspected_to) == (Form.LETTER, first, last)


def test_the_date_of_a_letter_is_its_publication():
    report = letter("focused visit to Leeds on 14 and 15 May 2024")
    assert (report.published, report.published_source) == (date(2024, 6, 18), "text")


def test_the_date_of_a_letter_may_come_after_its_text_in_the_file():
    opening = "Dear Ms Reed\nFocused visit to Leeds children’s services\nThe visit on 14 and 15 May was the first.\n18 June 2024"
    report = described(opening)
    assert (report.published, report.inspected_to) == (date(2024, 6, 18), date(2024, 5, 15))


def test_a_letter_without_any_date_is_undated():
    report = letter("focused visit to Leeds on 14 and 15 May", written="Ofsted")
    assert (report.inspected_from, report.inspected_to, report.published) == (None, None, None)


@pytest.mark.parametrize(
    "printed", ["Report published: 22 April 2024", "Published on 22 April 2024", "Published: 22nd April 2024"]
)
def test_a_printed_date_of_publication_comes_before_the_file_name(printed):
    report = described(
        f"Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024\n{printed}",
        file="x-1-may-2024.pdf",
    )
    assert (report.published, report.published_source) == (date(2024, 4, 22), "text")


@pytest.mark.parametrize(
    "file", ["leeds-inspection-22-april-2024.pdf", "leeds_22_April_2024.pdf", "Leeds 22 apr 2024.pdf"]
)
def test_without_one_a_date_at_the_end_of_the_file_name_is_the_publication(file):
    report = described("Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024", file=file)
    assert (report.published, report.published_source) == (date(2024, 4, 22), "file name")


@pytest.mark.parametrize(
    "file", ["leeds-2024.pdf", "22-april-2024-leeds.pdf", "leeds-31-june-2024.pdf", "50001234.pdf"]
)
def test_without_either_the_publication_stays_unknown(file):
    report = described("Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024", file=file)
    assert (report.published, report.published_source) == (None, None)


def test_a_printed_publication_before_the_visit_is_a_misprint_and_is_ignored():
    opening = (
        "Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024\nReport published: 22 April 2023"
    )
    assert described(opening).published is None
    named = described(opening, file="leeds-22-april-2024.pdf")
    assert (named.published, named.published_source) == (date(2024, 4, 22), "file name")


def test_a_letter_dated_before_its_visit_has_no_such_publication():
    assert letter("focused visit to Leeds on 14 and 15 May 2024", written="18 June 2023").published is None


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


def article(*body, **options):
    return described("\n".join(body), media_type="text/plain", file="news.txt", body=list(body), **options)


def test_an_article_about_a_visit_has_its_kind_and_authority_and_no_framework_or_dates():
    report = article(
        "Inspectors praise Leeds",
        "Leeds is improving, says a letter on a monitoring visit on 7 and 8 February.",
        "Leeds staff are proud.",
    )
    assert (report.form, report.kind, report.authority) == (Form.ARTICLE, Kind.MONITORING_VISIT, "Leeds")
    assert (report.framework, report.inspected_from, report.inspected_to) == (None, None, None)


def test_an_article_about_several_authorities_has_no_authority():
    assert (
        article("Leeds, Bradford and Kent share staff.", "Kent leads, Bradford follows, Leeds watches.").authority
        is None
    )


def test_an_article_about_an_unlisted_council_has_that_authority():
    assert (
        article("Westmarsh Council is improving.", "Westmarsh children’s services are safer.").authority == "Westmarsh"
    )


def test_a_thematic_report_has_no_authority_and_no_kind_of_inspection():
    report = article("Kinship care: a thematic report", "By us", "We went to Leeds, which had had a monitoring visit.")
    assert (report.form, report.kind, report.authority) == (Form.THEMATIC, None, None)


def test_running_text_of_an_article_is_not_a_title():
    report = article(
        "Inspectors praise staff", "By our reporter", "Ofsted made a focused visit to Leeds in May. Leeds is glad."
    )
    assert (report.form, report.title) == (Form.ARTICLE, "Inspectors praise staff")


def test_the_id_file_and_title_are_the_reports_own():
    report = described(
        "Leeds City Council\nInspection of children’s services\nInspection dates: 4 to 8 March 2024", file="a.pdf"
    )
    assert (report.id, report.sha256, report.file, report.page_count) == (SHA[:16], SHA, "a.pdf", 1)
    assert report.title == "Leeds City Council: inspection of children’s services"
    assert described("nothing here", file="a.b.pdf", body=["Early help is good."]).title == "Early help is good."
    assert described("nothing here", title="Declared").title == "Declared"


@pytest.mark.parametrize(
    ("printed", "published", "replaces"),
    [
        ("Published: 22 January 2026 (corrected). Originally published on 15 December 2025.", date(2026, 1, 22), True),
        ("Date published: 22 January 2026\nPrevious version: 15 December 2025", date(2026, 1, 22), True),
        ("Re-issued 22 January 2026 (first published 15 December 2025)", date(2026, 1, 22), True),
        ("First published: 15 December 2025", date(2025, 12, 15), False),
        ("Published: 22 January 2026\nThe plan was first published on 15 December 2024.", date(2026, 1, 22), False),
        ("Published: 22 January 2026\nThe visit of 15 December 2025 was replaced.", date(2026, 1, 22), False),
    ],
)
def test_the_earlier_issue_of_a_report_is_known_by_its_own_date(printed, published, replaces):
    report = described(f"Inspection of Leeds children’s services\nInspection dates: 3 to 7 November 2025\n{printed}")
    assert (report.published, report.replaces) == (published, date(2025, 12, 15) if replaces else None)


@pytest.mark.parametrize(
    ("printed", "replaces"),
    [
        ("This report was first published on 15 December 2025.", True),
        ("This report was\nfirst published on 15 December 2025.", True),
        ("This is a corrected report. It was originally published on 15 December 2025.", True),
        ("Note: first published on 15 December 2025.", True),
        ("The previous version dated 15 December 2025 had an error.", True),
        ("The local plan was first published on 15 December 2025.", False),
        ("Leaders know the local plan,\nfirst published on 15 December 2025.", False),
        ("Ofsted’s framework, first published 15 December 2025, sets the rules.", False),
        ("Ofsted’s framework (first published 15 December 2025) sets the rules.", False),
        ("Leaders use a plan whose previous version: 15 December 2025", False),
    ],
)
def test_the_first_issue_of_another_paper_is_not_an_earlier_issue_of_the_report(printed, replaces):
    report = described(
        "Inspection of Leeds children’s services\nInspection dates: 3 to 7 November 2025\n"
        f"Published: 22 January 2026\n{printed}"
    )
    assert (report.published, report.replaces) == (date(2026, 1, 22), date(2025, 12, 15) if replaces else None)
