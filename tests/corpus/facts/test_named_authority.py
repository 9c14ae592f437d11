from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Form, Page
from tests.corpus.facts.printed import SHA, article, described

DAYS = "Inspection dates: 4 to 8 March 2024"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Inspection of Leeds City Council children’s services", "Leeds"),
        ("Inspection of Skelwith Borough Council children’s services", "Skelwith"),
        ("INSPECTION OF SKELWITH CHILDREN’S SERVICES", "Skelwith"),
        ("INSPECTION OF SKELWITH UPON EDGE CHILDREN’S SERVICES", "Skelwith upon Edge"),
        ("Inspection of Leeds and Bradford children’s services", None),
    ],
)
def test_the_title_of_an_inspection_names_the_authority(title, name):
    assert described(f"{title}\n{DAYS}", body=["Leeds and Kent have more to do in Leeds."]).authority == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Leeds City Council", "Leeds"),
        ("Leeds City Council and Kent County Council", None),
        ("Leeds Road Surgery", None),
    ],
)
def test_a_title_without_a_name_takes_it_from_the_council_at_the_head(head, name):
    assert described(f"{head}\nFocused visit to children’s services\n{DAYS}").authority == name


def pictured(title):
    """Return the facts of a report whose first page is a picture."""
    drafts = [Draft(BlockKind.PARAGRAPH, (Piece("Children are safe.", 1),))]
    document = assemble(drafts, pages=(Page(1),), media_type="application/pdf", opening="")
    return describe(replace(document, pictured=f"{title}\n{DAYS}"), file="scan.pdf", sha256=SHA)


def test_a_name_in_a_picture_must_be_one_that_we_know():
    assert pictured("Inspection of Leeds children’s services").authority == "Leeds"
    assert pictured("Inspection of Skelwith children’s services").authority is None


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Inspection report for children’s home\nProvider: Leeds City Council", "Leeds"),
        ("Inspection report for children’s home\nRegistered provider: Leeds Homes Limited", None),
        ("Inspection report for children’s home\nLeeds City Council placed two children here", None),
        ("Ofsted annual report 2023\nLeeds City Council", None),
    ],
)
def test_a_report_about_a_home_has_the_council_that_runs_it_and_one_about_the_nation_has_none(opening, name):
    assert described(opening, body=["Leeds has more to do. Leeds knows it."]).authority == name


@pytest.mark.parametrize(
    ("opening", "body", "name"),
    [
        ("Peer challenge of Skelwith children’s services", "Leeds sent its peers.", "Skelwith"),
        ("Peer challenge: Skelwith City Council", "Leeds sent its peers.", "Skelwith"),
        ("Peer challenge of Leeds", "Bradford sent its peers.", "Leeds"),
        ("Peer challenge of Leeds and Bradford", "Bradford sent its peers.", None),
        ("Peer challenge report\nLeeds", "Bradford sent its peers.", "Leeds"),
        ("Peer challenge report\n1 Bradford Road, Leeds LS1 1AA", "It is about Kent. Kent has much to do.", "Kent"),
    ],
)
def test_another_kind_of_report_has_the_authority_of_its_title_then_that_of_its_head_and_text(opening, body, name):
    assert described(opening, body=[*opening.split("\n"), body]).authority == name


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (("Leeds is improving.", "Staff in Leeds stay."), "Leeds"),
        (("Leeds, Bradford and Kent share staff.", "Kent leads, Bradford follows, Leeds watches."), None),
        (("Leeds leads.", "Leeds does as Bradford does.", "Leeds is calm."), "Leeds"),
        (("Leeds leads.", "Leeds does as Bradford and Kent do.", "Leeds is calm."), "Leeds"),
        (("Leeds leads.", "Bradford follows.", "Kent is next.", "Leeds is calm."), None),
        (("Families are well.", "They are safe. " * 50, "Leeds is calm."), None),
        (("Families are well.", "Write to us: Town Hall, Leeds LS1 1UR"), None),
    ],
    ids=["one", "several", "most", "just most", "too few", "late", "address"],
)
def test_an_article_has_the_authority_that_it_names_early_and_most(sentences, name):
    assert article(*sentences).authority == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Councils in England face a long winter.", None),
        ("Councils in England, Leeds among them, face a long winter.", "Leeds"),
        ("Councils face a long winter.", None),
        ("Families face a long winter.", "Leeds"),
    ],
)
def test_a_text_about_many_authorities_is_about_one_only_if_its_title_names_it(title, name):
    sentences = ("Local authorities are short of staff.", "Leeds has lost three of them.", "Leeds will find more.")
    assert article(title, *sentences).authority == name


@pytest.mark.parametrize("level", [1, 2])
def test_a_heading_at_the_start_is_a_title_too(level):
    words = ("News", "Leeds waits", "Councils in England are short of staff.", "Leeds has lost three of them.")
    drafts = [
        Draft(BlockKind.HEADING, (Piece(words[0], 1),), level=1),
        Draft(BlockKind.HEADING, (Piece(words[1], 1),), level=level),
        *(Draft(BlockKind.PARAGRAPH, (Piece(text, 1),)) for text in words[2:]),
    ]
    document = assemble(drafts, pages=(Page(1),), media_type="text/html", opening="\n".join(words), title="News")
    assert describe(document, file="news.html", sha256=SHA).authority == "Leeds"


@pytest.mark.parametrize("kind", [BlockKind.TABLE, BlockKind.LIST_ITEM])
def test_a_text_is_not_about_an_authority_that_it_only_lists(kind):
    drafts = [
        Draft(BlockKind.PARAGRAPH, (Piece("These reports are new.", 1),)),
        Draft(kind, (Piece("Leeds, 4 March 2024", 1),)),
    ]
    document = assemble(drafts, pages=(Page(1),), media_type="text/html", opening="These reports are new.")
    assert describe(document, file="list.html", sha256=SHA).authority is None


@pytest.mark.parametrize(
    ("media_type", "title", "name"),
    [
        ("text/html", "Care leavers | Leeds", "Leeds"),
        ("text/html", "Care leavers | Leeds | Kent", None),
        ("text/plain", "Care leavers | Leeds", None),
    ],
)
def test_a_page_that_names_no_authority_has_that_of_its_site(media_type, title, name):
    assert described("Care leavers", body=["They are safe."], media_type=media_type, title=title).authority == name


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (("Westmarsh Council is improving.", "Westmarsh children’s services are safer."), "Westmarsh"),
        (("News", "Children’s services in Westmarsh are safer.", "Westmarsh Council is proud."), "Westmarsh"),
        (("News", "Westmarsh Council is improving."), None),
        (("News", "Westmarsh Council met Skelwith Council.", "Westmarsh Council leads.", "Skelwith Council is new."), None),
        (("Councils meet", "Westmarsh Council spoke.", "Westmarsh Council was heard."), None),
    ],
)  # fmt: skip
def test_a_council_that_our_list_does_not_have_is_named_in_the_title_or_more_than_once(sentences, name):
    assert article(*sentences).authority == name


def test_a_thematic_report_about_several_authorities_has_none():
    text = ("Thematic report: kinship care", "Leeds City Council", "We visited six local authorities.")
    report = article(*text)
    assert (report.form, report.authority) == (Form.THEMATIC, None)
    assert article(*text[:2]).authority == "Leeds"


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Inspection report for children’s home\nRegistered provider: Skelwith Borough Council", "Skelwith"),
        ("Inspection report for children’s home\nRegistered provider: Skelwith Care Limited", None),
        ("Skelwith County Council Fostering\nInformation about this independent fostering agency", "Skelwith"),
        ("Skelwith Fostering\nInformation about this independent fostering agency", None),
        ("Yewdale Lodge: children’s home\nRun by Skelwith Council. Full inspection of 4 March 2024.", "Skelwith"),
        ("Yewdale Lodge: children’s home\nPlacing authority: Skelwith Council", None),
    ],
)
def test_a_council_that_our_list_does_not_have_may_provide_a_service(opening, name):
    assert described(opening).authority == name
