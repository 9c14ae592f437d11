from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import corpus
from corpus.facts.inspection_titles import TITLED_KINDS
from corpus.facts.kinds import asked_words, entry_of, find_kind, head_lines, is_own_account
from corpus.facts.metadata import describe
from corpus.facts.report_days import OTHER_DATE
from corpus.grades import framework_of, grades_services, grading_of
from corpus.kind_list import kind_entries, read_entries
from corpus.reading import read
from corpus.types import OF_SERVICES, OTHER_KINDS, Form, Grading, Judgement, Kind
from tests.corpus.facts.printed import described

CHECKOUT = Path(corpus.__file__).parents[1]
ENTRY = """
[[kind]]
key = "library-check"
name = "library check"
by = "The Library Board"
about = "authority"
source = "made up for this test"
titles = ["Library check of {name}"]
words = ["Library check"]
scale = ["Well read", "Not yet read"]
areas = ["Range of books"]
"""


def test_every_kind_has_an_entry_and_every_entry_is_a_kind():
    assert {kind.value for kind in Kind} == set(kind_entries())
    assert len(OTHER_KINDS) > 15
    assert not set(OTHER_KINDS) & set(OF_SERVICES)


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_gives_what_people_and_the_code_need(kind):
    entry = entry_of(kind)
    assert not entry.name.endswith("s")
    if kind in TITLED_KINDS:  # the code has what these print
        assert not any((entry.titles, entry.words, entry.needs, entry.asked, entry.areas, entry.framework))
    else:
        assert framework_of(kind, Form.REPORT) == (entry.framework or None)
        assert entry.words or entry.titles
    if kind in OTHER_KINDS:
        assert dict(asked_words())[kind][0] == f"{entry.name}s"
        assert (grading_of((), kind, Form.REPORT, unread=False) is Grading.NOT_JUDGED) == (not entry.scale)


@pytest.mark.parametrize("kind", [kind for kind in OTHER_KINDS if entry_of(kind).words])
def test_each_of_the_words_of_a_kind_makes_it_known(kind):
    entry = entry_of(kind)
    needed = f"\n{entry.needs[0]}" if entry.needs else ""
    for words in entry.words:
        found = find_kind(f"{words}\nA name{needed}")
        assert found is not None
        # Some words belong to two kinds. The longer phrase or the first kind is then used.
        assert found.entry.about == entry.about


def test_running_text_names_no_kind():
    text = (
        "How we help families\n"
        "Last year the council took part in a peer challenge, and inspectors came to one of our children’s homes. A\n"
        "serious case review and a corporate peer challenge are still to come, and the ombudsman’s final decision is due."
    )
    assert find_kind(text) is None
    assert list(head_lines(text)) == ["How we help families", "", ""]


def test_a_publisher_that_must_be_named_is_needed():
    assert find_kind("Is the service safe?\nGood") is None
    found = find_kind("Is the service safe?\nGood\nCare Quality Commission")
    assert found is not None
    assert found.kind == "cqc"


def test_a_paper_that_repeats_an_inspection_is_not_its_own_account():
    assert not is_own_account(Kind("council-paper"))
    assert is_own_account(Kind.ILACS)
    assert is_own_account(None)


def test_only_inspections_of_services_grade_an_authority(make_report):
    home = (Judgement("Overall experiences and progress of children and young people", "Inadequate", 1),)
    services = (Judgement("The experiences and progress of children in care", "Inadequate", 1),)
    graded = [kind for kind in Kind if grades_services(make_report(kind=kind, judgements=services))]
    assert set(graded) == set(OF_SERVICES)
    assert not grades_services(make_report(kind=None, judgements=home))
    assert grades_services(make_report(kind=None, judgements=services))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "library-check"', 'key = "Library Check"', "Library Check"),
        ('about = "authority"', 'about = "moon"', "moon"),
        ('by = "The Library Board"\n', "", "has no line “by”"),
        ('words = ["Library check"]', "words = [3]", "words"),
        ('words = ["Library check"]', 'word = ["Library check"]', "word ="),
        ('name = "library check"', 'dated = ["On"]\nname = "library check"', "dated_as"),
        ('name = "library check"', 'name = " "', "needs a name"),
    ],
)
def test_a_wrong_entry_is_named_with_the_remedy(old, new, message):
    assert old in ENTRY
    with pytest.raises(ValueError, match=message) as error:
        read_entries(ENTRY.replace(old, new))
    assert "kinds.toml" in str(error.value)


def test_an_entry_that_appears_twice_is_named():
    with pytest.raises(ValueError, match=r"library-check.*twice"):
        read_entries(ENTRY + ENTRY)


SCRIPT = """
import json
from corpus.facts.metadata import describe
from corpus.drafts import Draft, Piece, assemble
from corpus.reader_version import reader_version
from corpus.types import BlockKind, Kind, Page
from qa_service.wording import named_by_date
from qa_service.understanding.interpretation import interpret
from web.contract.requests import RequestFilters
from web.pages import labels
from datetime import date

asked_for = RequestFilters.model_validate_json('{"kind": ["library-check"]}').kind
text = "Library check of Dudley Council\\nInspection dates: 6.3.2023\\nRange of books: Well read"
drafts = [Draft(BlockKind.PARAGRAPH, (Piece(line, 1),)) for line in text.splitlines()]
document = assemble(drafts, pages=(Page(1),), media_type="application/pdf", opening=text)
report = describe(document, file="a.pdf", sha256="ab" * 32)
asked = interpret("What does the library check of Dudley say?", ("Dudley",), date(2026, 1, 1))
print(json.dumps({
    "kind": report.kind, "authority": report.authority, "named": named_by_date(report), "label": labels.kind(report.kind),
    "grades": [[j.area, j.grade] for j in report.judgements],
    "filter": asked_for, "asked": asked.kinds,
    "reader": reader_version(),
}))
"""


def test_a_kind_is_added_by_an_entry_in_the_file_alone(tmp_path):
    for package in ("corpus", "index", "qa_service", "web"):
        # With compiled modules, the two processes start in half the time.
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("samples"))

    def run():
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        command = [sys.executable, "-c", SCRIPT]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert "library-check" in run().stderr  # the filter does not know the kind yet
    file = tmp_path / "corpus" / "data" / "kinds.toml"
    file.write_text(file.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    done = run()
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "kind": "library-check",
        "authority": "Dudley",
        "named": "library check of 6 March 2023",
        "label": "library check",
        "grades": [["Range of books", "Well read"]],
        "filter": ["library-check"],
        "asked": ["library-check"],
        "reader": json.loads(done.stdout)["reader"],
    }


PROBATION = (
    "<html><body><h1>An inspection of youth justice services in Wexmoor</h1><p>HM Inspectorate of Probation</p>"
    "<p>In 2019 we gave the service the Overall rating Good. We now rate it lower, for reasons set out below.</p>"
    "<h2>Overall rating</h2>{}<p>Leaders do not know enough about the children.</p></body></html>"
)


def grades_of(path):
    report = describe(read(path), file=path.name, sha256="0" * 64)
    return [(judgement.area, judgement.grade) for judgement in report.judgements]


@pytest.mark.parametrize(
    ("inner", "grade"),
    [
        ("<p>Overall rating: Inadequate</p>", "Inadequate"),
        ("<p>Inadequate</p>", "Inadequate"),
        ("<p>Overall rating Good. Leaders listen.</p>", "Good"),
        ("<p>Overall rating Good Governance and leadership: 6 of 12</p>", "Good"),
        ("<p>Overall rating | Requires improvement | 17 of 36</p>", "Requires improvement"),
    ],
)
def test_a_grade_after_its_area_is_a_judgement(write, inner, grade):
    assert grades_of(write(PROBATION.format(inner), "visit.html")) == [("Overall rating", grade)]


@pytest.mark.parametrize(
    "inner",
    [
        "<p>Overall rating: Inadequate</p><p>Overall rating: Good</p>",
        "<p>Overall rating Good progress since 2019</p>",
        "<p>the overall rating Good Governance</p>",
    ],
)
def test_a_grade_in_a_sentence_or_two_grades_of_one_area_are_no_judgement(write, inner):
    assert grades_of(write(PROBATION.format(inner), "visit.html")) == []


HOME = (
    "<html><body><h1>Inspection report for a children’s home</h1><p>Inspection dates: 4 to 5 March 2025</p><table>{}"
    "<tr><td>Overall experiences and progress of children and young people</td><td>{}</td><td>{}</td></tr></table>"
    "<p>Children are settled in this home, and staff know them well.</p></body></html>"
)


def test_the_grade_of_a_home_is_that_of_this_inspection(write):
    heads = "<tr><th>Judgement</th><th>Last inspection</th><th>This inspection</th></tr>"
    report = grades_of(write(HOME.format(heads, "Inadequate", "Good"), "home.html"))
    assert [grade for _, grade in report] == ["Good"]
    turned = "<tr><th>Judgement</th><th>This inspection</th><th>Last inspection</th></tr>"
    report = grades_of(write(HOME.format(turned, "Inadequate", "Good"), "home.html"))
    assert [grade for _, grade in report] == ["Inadequate"]


def test_two_columns_of_grades_without_heads_give_a_home_none(write):
    assert grades_of(write(HOME.format("", "Inadequate", "Good"), "home.html")) == []


def test_a_council_paper_is_known_by_its_head_and_dated_by_the_line_that_says_so():
    rows = "Aldermere Council\nReport to: Children and Families Scrutiny Board\nDate: 13 March 2024\nSubject: Ofsted focused visit"
    report = described(f"{rows}\nDue date 30 June 2025\nMembers are asked to note the focused visit.")
    assert (report.kind, report.authority) == (Kind("council-paper"), "Aldermere")
    assert (report.published, report.published_source) == (date(2024, 3, 13), OTHER_DATE)


def test_another_date_in_a_council_paper_is_not_its_own():
    report = described(
        "Aldermere Council\nReport to: Scrutiny Board\nDue date: 30 June 2025\nMembers are asked to note it."
    )
    assert (report.kind, report.published) == (Kind("council-paper"), None)


def test_a_long_title_below_a_salutation_counts_and_an_item_does_not():
    title = "Aldermere Council children’s services peer challenge: feedback letter"
    thanks = "Thank you for inviting the Local Government Association to look at your children’s services with us."
    opening = f"6 March 2024\nDear Tom\n{title}\n{thanks}\nRecommendations\n• Simplify the improvement plan.\n"
    found = find_kind(opening, TITLED_KINDS)
    assert found is not None
    assert found.kind is Kind("peer-challenge")


def test_a_decision_is_dated_by_a_date_on_a_line_of_its_own():
    report = described(
        "Local Government and Social Care Ombudsman\n21 November 2023\nComplaint against: Aldermere Council\n"
        "The Ombudsman’s final decision\nThe Council failed to hold a review."
    )
    assert (report.kind, report.published, report.published_source) == (
        Kind("ombudsman-decision"),
        date(2023, 11, 21),
        OTHER_DATE,
    )


def test_an_assessment_by_the_care_quality_commission_is_known_by_its_own_words():
    found = find_kind("Aldermere Council: local authority assessment\nHow we assess local authorities", TITLED_KINDS)
    assert found is not None
    assert found.kind is Kind("cqc-local-authority")


def test_a_title_may_go_over_to_a_second_line():
    head = "Skelwith Council: local authority\nassessment\nHow we assess local authorities\nChildren are safe."
    report = described(head)
    assert (report.kind, report.authority) == (Kind("cqc-local-authority"), "Skelwith")


def test_the_heading_of_a_list_shows_which_service_was_inspected():
    assert described("Full inspection\nWhat does the children’s home need to do to improve?").kind is Kind(
        "childrens-home"
    )


@pytest.mark.parametrize("day", ["to the meeting on Thursday 18 January 2024", "for the meeting on 18/01/2024"])
def test_a_council_paper_is_dated_by_the_meeting_that_its_title_names(day):
    report = described(f"Skelwith Council: scrutiny committee\nReport of the Director {day}\nPurpose of report")
    assert (report.published, report.published_source) == (date(2024, 1, 18), "other date")


AREAS = (
    "Overall experiences and progress of children and young people",
    "How well children and young people are helped and protected",
    "The effectiveness of leaders and managers",
)
GRADES = ("Good", "Requires improvement to be good", "Inadequate")
HOME_HEAD = [(72, 60, "Inspection report for children’s home", 16), (72, 90, "Inspection dates: 4 and 5 March 2025")]
HOME_TEXT = (72, 400, "Children are settled in this home, and staff know them well.")


def home(make_pdf, *lines):
    return [grade for _, grade in grades_of(make_pdf([*HOME_HEAD, *lines, HOME_TEXT]))]


def test_a_grade_may_stand_before_its_area_on_the_page(make_pdf):
    rows = [
        cell
        for top, grade, area in zip((150, 190, 230), GRADES, AREAS, strict=True)
        for cell in ((72, top, grade), (260, top, area, 9))
    ]
    assert home(make_pdf, *rows) == list(GRADES)


def test_a_grade_above_its_area_may_belong_to_the_area_before(make_pdf):
    steps = zip((150, 230, 310), GRADES, AREAS, strict=True)
    rows = [cell for top, grade, area in steps for cell in ((72, top, grade), (72, top + 40, area))]
    assert home(make_pdf, *rows) == []


def test_a_grade_may_stand_below_the_heading_of_its_area(write):
    page = "<h1>Skelwith Council: local authority assessment</h1><p>Quality statement</p><h2>Overall rating</h2><p>Good ●</p>"
    assert grades_of(write(f"<html><body>{page}<p>People said that staff listen.</p></body></html>", "a.html")) == [
        ("Overall rating", "Good")
    ]
