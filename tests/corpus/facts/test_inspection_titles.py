from __future__ import annotations

from datetime import date

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Form, Kind, Page
from tests.corpus.facts.printed import SHA, article, described, letter

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
    ("Joint local area SEND inspection in Dunsmere\n", Kind.AREA_SEND, "Dunsmere"),
    ("Joint area SEND revisit to Dunsmere\n", Kind.AREA_SEND, "Dunsmere"),
    ("Focused visit to Dunsmere Council\n", Kind.FOCUSED_VISIT, "Dunsmere"),
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
        "Leeds - inspection of children’s services and what to expect",
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


def test_running_text_of_an_article_is_not_a_title():
    report = article(
        "Inspectors praise staff", "By our reporter", "Ofsted made a focused visit to Leeds in May. Leeds is glad."
    )
    assert (report.form, report.title) == (Form.ARTICLE, "Inspectors praise staff")


@pytest.mark.parametrize(
    "title",
    [
        "Report for Dunsmere\nInspection of children’s services",
        "The findings for Dunsmere\nInspection of services for children in need of help and protection",
        "Summary for Dunsmere\nReview of the effectiveness of the Local Safeguarding Children Board",
        "Focused visit to services for care leavers in Dunsmere",
        "Focused visit to local authority homes in Dunsmere",
        "Monitoring visit to children in care in Dunsmere\nDunsmere children’s services",
        "Inspection of services for young carers at Dunsmere children’s services",
        "Inspection of local authority homes of Dunsmere Trust",
    ],
)
def test_words_about_a_report_or_about_services_are_never_the_authority(title):
    report = described(f"{title}\nInspection dates: 3 to 7 June 2024")
    assert (report.kind, report.authority) == (None, None)


@pytest.mark.parametrize(
    ("title", "authority"),
    [
        ("Joint targeted area inspection of the front door in Skelwith", "Skelwith"),
        ("Joint targeted area inspection of the multi-agency response to\nneglect in Skelwith Bay", "Skelwith Bay"),
        ("Joint targeted area inspection of Skelwith: children who go missing", "Skelwith"),
        ("Joint targeted area inspection of Skelwith (criminal exploitation)", "Skelwith"),
        ("Joint targeted area inspection of the front door", None),
        ("Joint targeted area inspection of the front\nDoor staff said that they were busy", None),
        ("Joint targeted area inspection of services across the county", None),
        ("Joint targeted area inspection of Skelwith, Yewdale and Hawksgill", None),
    ],
)
def test_a_title_with_a_topic_gives_the_place_and_never_the_topic(title, authority):
    assert described(f"{title}\nInspection dates: 4 to 8 March 2024").authority == authority


@pytest.mark.parametrize(
    ("title", "text", "authority"),
    [
        ("INSPECTION OF SKELWITH CHILDREN'S SERVICES", "Skelwith has improved.", "Skelwith"),
        ("INSPECTION OF SKELWITH-UNDER-EDGE CHILDREN'S SERVICES", "Children are safe.", "Skelwith-under-Edge"),
        ("INSPECTION OF ST BRIDE'S AND YEWDALE CHILDREN'S SERVICES", "Children are safe.", "St Bride's and Yewdale"),
        ("INSPECTION OF MCARDALE CHILDREN'S SERVICES", "In McArdale, children are safe.", "McArdale"),
        ("Inspection of SKW children's services", "Children are safe.", "SKW"),
        ("INSPECTION OF LEEDS CHILDREN'S SERVICES", "Children are safe.", "Leeds"),
    ],
)
def test_a_name_in_a_title_in_capitals_has_small_letters(title, text, authority):
    assert described(f"{title}\n{text}", body=[text], media_type="text/plain").authority == authority


@pytest.mark.parametrize(
    ("opening", "kind", "authority"),
    [
        (
            "Inspection of Skelwith Borough Council\nlocal authority children’s services\nInspection dates: 4 to 8 March 2024",
            Kind.ILACS,
            "Skelwith",
        ),
        ("Inspection of Skelwith\nchildren’s services\n\nChildren are safe.", Kind.ILACS, "Skelwith"),
        ("Focused visit to Skelwith\nchildren’s services\n\nChildren are safe.", Kind.FOCUSED_VISIT, "Skelwith"),
        ("Inspection of Skelwith\nchildren’s services found that\nleaders know what to do.", None, "Skelwith"),
        ("An inspection of Skelwith\nchildren’s services\n\nChildren are safe.", None, "Skelwith"),
    ],
)
def test_a_title_that_plain_text_breaks_over_lines_is_one(opening, kind, authority):
    report = described(opening, body=["Skelwith Borough Council has improved."], media_type="text/plain")
    assert report.kind is kind
    assert kind is None or report.authority == authority


def page(title, *headings, days="Inspection dates: 4 to 8 March 2024", text="Children are safe."):
    drafts = [Draft(BlockKind.HEADING, (Piece(words, 1),), level=1) for words in (title, *headings)]
    drafts += [Draft(BlockKind.PARAGRAPH, (Piece(words, 1),)) for words in (days, text) if words]
    opening = "\n".join(draft.text for draft in drafts)
    document = assemble(drafts, pages=(Page(1),), media_type="text/html", opening=opening, title=title)
    return describe(document, file="page.html", sha256=SHA)


@pytest.mark.parametrize(
    ("title", "heading", "kind", "authority"),
    [
        ("Skelwith", "Inspection of Skelwith local authority children’s services", Kind.ILACS, "Skelwith"),
        ("Skelwith - all reports", "Focused visit to Skelwith children’s services", Kind.FOCUSED_VISIT, "Skelwith"),
        ("JTAI", "Joint targeted area inspection of Skelwith: neglect", Kind.JOINT_TARGETED, "Skelwith"),
    ],
)
def test_the_main_heading_of_a_page_may_be_the_title_of_an_inspection(title, heading, kind, authority):
    report = page(title, heading, text="A focused visit took place in 2022.")
    assert (report.form, report.kind, report.authority) == (Form.REPORT, kind, authority)


@pytest.mark.parametrize(
    "headings",
    [
        ("Leaders welcome the inspection of Skelwith children’s services",),
        ("Inspection of Skelwith children’s services praises leaders",),
        ("Councillors discuss inspection of children’s services",),
        ("Inspection of Skelwith children’s services", "Inspection of Yewdale children’s services"),
    ],
)
def test_a_heading_about_an_inspection_is_not_the_title_of_a_page(headings):
    report = page("News", *headings)
    assert (report.form, report.kind) == (Form.ARTICLE, None)


def test_a_page_without_the_days_of_an_inspection_may_be_that_of_the_council():
    report = page("Ofsted | Skelwith", "Inspection of Skelwith children’s services", days="")
    assert (report.form, report.kind) == (Form.ARTICLE, None)


def test_a_page_may_give_the_days_of_its_inspection_in_figures():
    heading = "Inspection of Skelwith children’s services"
    report = page("News", heading, days="Inspection dates: 03/06/2024 to 07/06/2024")
    assert (report.form, report.kind, report.inspected_from) == (Form.REPORT, Kind.ILACS, date(2024, 6, 3))
    doubtful = page("News", heading, days="Inspection dates: 03/06/2024. Updated: 03/25/2025")
    assert (doubtful.form, doubtful.kind, doubtful.inspected_from) == (Form.ARTICLE, None, None)


def test_a_page_may_tell_the_days_of_its_inspection_in_a_sentence():
    told = "From 4 to 8 March 2024, inspectors from Ofsted and CQC carried out a joint inspection."
    report = page("JTAI", "Joint targeted area inspection of Skelwith", days="", text=told)
    assert (report.kind, report.authority, report.inspected_to) == (Kind.JOINT_TARGETED, "Skelwith", date(2024, 3, 8))


SINGLE = "nspection of services for children in need of help and\nprotection, children looked after and care leavers"
SINCE = "Since the monitoring visits of last year, leaders in the area have done more."


def text_of(page, days="Inspection date: 4 March 2024 – 8 March 2024", media_type="text/plain"):
    opening = f"{page}\n\n{days}\nReport published: 9 May 2024\n\n{SINCE}"
    return described(opening, body=[*opening.split("\n\n")], media_type=media_type)


@pytest.mark.parametrize(
    ("title_page", "kind", "authority"),
    [
        (f"Skelwith County Council\nRe-i{SINGLE}", Kind.SINGLE_INSPECTION, "Skelwith"),
        (f"Royal Borough of Skelwith and\nYewdale\nI{SINGLE}", Kind.SINGLE_INSPECTION, "Skelwith and Yewdale"),
        (
            f"Skelwith\nI{SINGLE.replace(chr(10), ' ')}\nand\nReview of the effectiveness of the Local Safeguarding\nChildren Board1",
            Kind.SINGLE_INSPECTION,
            "Skelwith",
        ),
        (
            "Skelwith Safeguarding Children Board\nReview of the effectiveness of the Local Safeguarding Children\nBoard",
            Kind.LSCB_REVIEW,
            "Skelwith",
        ),
        ("Skelwith\nInspection of children’s social care services", Kind.ILACS, "Skelwith"),
        ("Ofsted\nLeeds City Council\nInspection of children’s services", Kind.ILACS, "Leeds"),
        (
            "Local area partnership report\nArea SEND inspection of Skelwith and\nYewdale Local Area Partnership",
            Kind.AREA_SEND,
            "Skelwith and Yewdale",
        ),
        ("Leeds\nFocused visit to Leeds City Council children’s services", Kind.FOCUSED_VISIT, "Leeds"),
    ],
)
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_a_title_page_saved_as_text_gives_its_kind_whatever_its_text_mentions(title_page, kind, authority, media_type):
    report = text_of(title_page, media_type=media_type)
    assert (report.form, report.kind, report.authority) == (Form.REPORT, kind, authority)
    assert (report.inspected_to, report.published) == (date(2024, 3, 8), date(2024, 5, 9))


@pytest.mark.parametrize(
    "lines",
    [
        "Skelwith\nInspection of children’s services praises leaders",
        "Skelwith\nLeaders welcome the\nInspection of children’s services",
        "Leaders in Skelwith welcome the\nInspection of children’s services",
        "News\nInspection of Skelwith children’s services\nInspection of Yewdale children’s services",
        "Skelwith\nWhat you said",
    ],
)
def test_lines_above_the_days_of_an_inspection_that_are_more_than_a_name_and_a_title_are_no_title_page(lines):
    report = text_of(lines)
    assert (report.form, report.kind) == (Form.ARTICLE, None)


def test_a_title_page_without_days_may_be_that_of_a_paper_about_the_inspection():
    report = text_of(f"Skelwith County Council\nRe-i{SINGLE}", days="A paper for councillors")
    assert (report.form, report.kind) == (Form.ARTICLE, None)


def test_the_title_of_a_letter_below_its_addresses_ends_before_the_salutation():
    addresses = [f"Line {number} of the addresses" for number in range(10)]
    title = "Joint targeted area inspection of the multi-agency response to serious youth violence in Aldermere"
    words = "This letter summarises the findings of the inspection that took place from 13 to 24 May 2024."
    report = described("\n".join(("5 July 2024", *addresses, title, "Dear Aldermere Safeguarding Partnership", words)))
    assert (report.form, report.kind, report.authority) == (Form.LETTER, Kind.JOINT_TARGETED, "Aldermere")
    assert report.title == title


def test_a_letter_with_a_long_letterhead_has_its_title_below_the_salutation():
    head = "Ofsted\nAgora\nNottingham\n14 November 2024\nTo:\nJ Reed, Director\nA Dorn, Chief Constable\nP Ennis, NHS"
    report = described(
        f"{head}\nDear local safeguarding partnership\nJoint targeted area inspection of Aldermere\nThis letter "
        "summarises the findings of the joint targeted area inspection of domestic abuse in Aldermere."
    )
    assert (report.kind, report.authority) == (Kind.JOINT_TARGETED, "Aldermere")
    assert report.title == "Joint targeted area inspection of Aldermere"


@pytest.mark.parametrize("whose", ["its", "their", "our"])
def test_a_sentence_about_a_visit_to_its_services_is_no_title(whose):
    report = described(
        f"Aldermere news\nOfsted wrote to the council after a focused visit to {whose} children’s services."
    )
    assert report.title != f"focused visit to {whose} children’s services"
    assert report.kind is None


def test_the_council_may_stand_below_the_title_of_a_looked_after_children_inspection():
    report = described(
        "Inspection of services for looked after children\nDunsmere County Council\nPublished 31 May 2013"
    )
    assert (report.kind, report.authority) == (Kind.LOOKED_AFTER, "Dunsmere")
