from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Form, Page
from tests.corpus.facts.printed import SHA, article, described

REVIEW = "Local child safeguarding practice review: Child K"


def authority(opening, *body, **options):
    return described(opening, body=[*opening.split("\n"), *(body or ("Children are safe.",))], **options).authority


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        (f"{REVIEW}\nSkelwith Safeguarding Children Partnership", "Skelwith"),
        (f"{REVIEW}\nLead reviewer: A Reed\nCommissioned by Skelwith Safeguarding Children Partnership", "Skelwith"),
        (f"{REVIEW}\nIndependent overview report commissioned by Skelwith LSCB", "Skelwith"),
        (f"{REVIEW}\nPublished by: Skelwith Bay Local Safeguarding Children Board", "Skelwith Bay"),
        (f"{REVIEW}\nOverview report. Skelwith Safeguarding Children Board. Published 3 May 2018.", "Skelwith"),
        (f"{REVIEW}\nThe Skelwith Children’s Safeguarding Partnership (SCSP), July 2023", "Skelwith"),
        (f"SKELWITH LSCB\n{REVIEW}", "Skelwith"),
        (f"Skelwith Safeguarding Adults and Children Board\n{REVIEW}", "Skelwith"),
        ("Skelwith Safeguarding Partnership – multi-agency audit\nMulti-agency audit of neglect", "Skelwith"),
        ("Annual report highlights: Skelwith Safeguarding Children Partnership", "Skelwith"),
        ("Report to Cabinet\nBorough of Skelwith", "Skelwith"),
        ("Report to Cabinet\nRoyal Borough of Skelwith and Yewdale", "Skelwith and Yewdale"),
        ("Report to Cabinet\nCity of Skelwith Council", "Skelwith"),
        ("Virtual school\nSkelwith-under-Edge County Council, Quality Service", "Skelwith-under-Edge"),
        ("Virtual school\nHillside Metropolitan Borough Council", "Hillside"),
        ("Skelwith Council’s promise to foster carers", "Skelwith"),
        (f"{REVIEW}\nLeeds Safeguarding Children Partnership", "Leeds"),
        (f"{REVIEW}\nCommissioned by St. Bride’s Safeguarding Children Partnership", "St. Bride’s"),
    ],
)
def test_the_title_or_the_line_of_the_publisher_names_an_authority_that_is_not_in_our_list(opening, name):
    assert authority(opening) == name


@pytest.mark.parametrize(
    "line",
    [
        "National Safeguarding Children Board",
        "Your Local Safeguarding Children Board",
        "The Safeguarding Children Partnership",
        "Child Wren Skelwith Safeguarding Children Partnership",
        "Skelwith and Yewdale Safeguarding Children Partnership",
        "Skelwith, Yewdale and Hawksgill Safeguarding Children Partnership",
        "Skelwith Safeguarding Children Partnership and Yewdale Safeguarding Children Partnership",
        "With thanks to Yewdale Council",
        "A home that was commissioned by Yewdale Council",
        "Child K was placed by Yewdale Council in a home that nobody knew.",
        "Skelwith Town Council",
        "Yewdale Parish Council",
        "Skelwith Youth Council",
        "Children in Care Council",
        "Full Council",
        "Arts Council England",
        "Improving Skelwith Council",
        "Present: Cllr A Reed (Yewdale Council), B Ash",
        "Present: B Ash, Yewdale Council",
        "Cllr A Reed, Yewdale Council",
        "Anna Reed, Yewdale Council",
        "Strong Safeguarding Partnership",
        "New Safeguarding Children Partnership",
        "Pan-Skelwith Safeguarding Children Partnership",
        "Sunrise Youth Offending Team",
        "Ashlea’s Youth Justice Service",
        "Diocese of Skelwith Safeguarding Board",
        "March Council",
        "Ofsted Council",
    ],
)
def test_other_words_before_council_or_partnership_are_no_authority(line):
    assert authority(f"{REVIEW}\n{line}") is None
    assert authority(f"Newsletter\n{line}") is None


@pytest.mark.parametrize(
    "opening",
    [
        "Learning from councils in the north\nSkelwith Council",
        "National review of neglect\nPublished by Skelwith Council",
        "Monthly visit to a children’s home\nPlacing authority: Skelwith Council",
        "Ashlea Academy: annual report\nSkelwith Council",
        "Peer review\nYewdale Council, for Skelwith Council",
        "Newsletter\nSkelwith Council\nYewdale Council",
    ],
)
def test_a_paper_about_several_authorities_or_a_provider_has_no_authority(opening):
    assert authority(opening) is None


def test_the_publisher_of_a_review_comes_before_the_places_in_its_text():
    text = "Child K moved to Leeds. In Leeds, the family was well known. Leeds closed the case."
    assert authority(f"{REVIEW}\nSkelwith Safeguarding Children Partnership", text) == "Skelwith"
    assert authority(f"{REVIEW}\nSkelwith Council", "Nobody in Skelwith knew.") == "Skelwith"


def test_a_name_whose_first_word_the_text_leaves_out_is_not_certain():
    text = "Families in Skelwith wait. Skelwith has few foster carers."
    assert authority("Keziah Skelwith Council: early help", text) is None


def test_a_thematic_report_of_one_council_has_that_authority():
    title = "Thematic review: leaving care in Skelwith\nSkelwith County Council, Quality Service"
    report = described(title, body=[*title.split("\n"), "Auditors read 12 files."])
    assert (report.form, report.authority) == (Form.THEMATIC, "Skelwith")
    several = "Thematic review: leaving care\nSkelwith County Council\nWe visited six local authorities."
    assert described(several, body=several.split("\n")).authority is None


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (("Good news", "Skelwith Council has new homes.", "Skelwith children’s services lead."), "Skelwith"),
        (("Good news", "We thank Yewdale Council for its help."), None),
        (("Good news", "The Youth Council met.", "The Youth Council voted."), None),
        (("Good news", "Leaders Council met.", "Leaders Council voted."), None),
    ],
)
def test_running_text_names_an_authority_only_if_it_does_so_more_than_once(sentences, name):
    assert article(*sentences).authority == name


def test_a_text_about_a_council_that_our_list_does_not_have_is_not_about_another_one():
    sentence = "The trust works with Skelwith County Council and Leeds City Council."
    assert article("Our year", sentence).authority is None
    assert article("Our year", sentence.replace("Skelwith County Council and ", "")).authority == "Leeds"


@pytest.mark.parametrize(
    "opening",
    [
        "Yewdale Council\nPeer challenge of Skelwith children’s services",
        "Peer review of Skelwith children’s services\nLed by Yewdale City Council",
        "Peer review of Skelwith local authority children’s services\nYewdale Council",
    ],
)
def test_a_peer_challenge_is_about_the_authority_in_its_title_and_not_about_its_peers(opening):
    assert authority(opening) == "Skelwith"


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Leeds City Council and the Children in Care Council\nOur pledge", "Leeds"),
        ("Newsletter\nLeeds City Council\nYouth Council", "Leeds"),
        ("Leeds Children and Young People Safeguarding Partnership\nAnnual report", "Leeds"),
        ("Improving Leeds City Council\nAnnual report", "Leeds"),
        ("Report to Cabinet\nLondon Borough of Barking and Dagenham", "Barking and Dagenham"),
        (f"{REVIEW}\nCity of London Safeguarding Children Partnership", "City of London"),
        (
            f"{REVIEW}\nPublished by Bournemouth, Christchurch and Poole Safeguarding Children Partnership",
            "Bournemouth, Christchurch and Poole",
        ),
        ("Leeds and Skelwith Safeguarding Children Partnership\nAnnual report", None),
        ("North Leeds Council\nAnnual report", None),
        ("Leeds Safeguarding Children Partnership and Kent Council\nAnnual report", None),
    ],
)
def test_a_name_in_our_list_is_found_next_to_words_that_are_no_name(opening, name):
    assert authority(opening) == name


def test_a_heading_that_names_people_is_not_the_title_of_a_paper():
    lines = ("Minutes of the Skelwith Corporate Parenting Board", "Present: Cllr A Reed (Yewdale Council)")
    drafts = [Draft(BlockKind.HEADING, (Piece(line, 1),), level=1) for line in lines]
    document = assemble(drafts, pages=(Page(1),), media_type="text/plain", opening="\n".join(lines))
    assert describe(document, file="minutes.txt", sha256=SHA).authority is None


def test_another_place_that_has_a_word_of_the_name_is_not_a_shorter_name():
    other = "A family hub will open in Moor End, and a second one at Moor Lane."
    assert authority("Skelwith Moor Council: improvement board\nMinutes", other) == "Skelwith Moor"
    shorter = "The Moor has changed, and Moor Council knows it. The Moor will have a hub."
    assert authority("Skelwith Moor Council: improvement board\nMinutes", shorter) is None


def test_the_day_of_a_decision_may_come_after_the_name_of_a_publisher():
    head = (
        "Annual report of the reviewing service\nApproved by the parenting panel of\nSkelwith Council on 12 July 2023"
    )
    assert authority(head) == "Skelwith"


def test_the_name_of_a_strait_is_that_of_a_place():
    assert authority("Skelwith Sound Council: scrutiny committee\nMinutes") == "Skelwith Sound"
