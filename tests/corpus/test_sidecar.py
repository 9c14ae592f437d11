from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.authorities import known_authorities
from corpus.errors import UnreadableReport
from corpus.sidecar import corrected, sidecar_of
from corpus.types import Box, Form, Grading, Judgement, Kind, Report

SHA = "ab" * 32
READ = Report(
    id=SHA[:16],
    file="westmarsh.pdf",
    title="As read",
    form=Form.REPORT,
    media_type="application/pdf",
    page_count=4,
    sha256=SHA,
    authority="Aldermere",
    kind=Kind.ILACS,
    framework="ILACS",
    inspected_from=date(2023, 5, 1),
    inspected_to=date(2023, 5, 12),
    published=date(2023, 6, 1),
    published_source="text",
    lead_inspector="Ada Reedling",
    judgements=(Judgement("Overall effectiveness", "Good", 1, Box(1, 0.1, 0.1, 0.2, 0.2)),),
    grading=Grading.GRADED,
    source_url="https://example.org/read",
)
FACTS = {
    "title": ('"Inspection of Westmarsh"', "Inspection of Westmarsh"),
    "authority": ('"Westmarsh"', "Westmarsh"),
    "form": ('"letter"', Form.LETTER),
    "kind": ('"focused-visit"', Kind.FOCUSED_VISIT),
    "framework": ('"Another framework"', "Another framework"),
    "inspected_from": ("2023-05-02", date(2023, 5, 2)),
    "inspected_to": ("2023-05-05", date(2023, 5, 5)),
    "published": ("2023-06-30", date(2023, 6, 30)),
    "lead_inspector": ('"Zoë O’Fen"', "Zoë O’Fen"),
    "source_url": ('"https://example.org/50001"', "https://example.org/50001"),
    "judgements": ('[{area = "Leaders", grade = "Outstanding", page = 2}]', (Judgement("Leaders", "Outstanding", 2),)),
}


@pytest.fixture
def correct(tmp_path):
    """A report as its sidecar makes it."""

    def correct(sidecar: str | bytes, report: Report = READ) -> Report:
        path = tmp_path / report.file
        sidecar_of(path).write_bytes(sidecar if isinstance(sidecar, bytes) else sidecar.encode())
        return corrected(report, path)

    return correct


def lines(*names):
    return "\n".join(f"{name} = {FACTS[name][0]}" for name in names)


def test_a_sidecar_bears_the_whole_name_of_its_report():
    assert sidecar_of(Path("in/west.marsh.pdf")) == Path("in/west.marsh.pdf.toml")
    assert sidecar_of(Path("in/westmarsh.PDF")) == Path("in/westmarsh.PDF.toml")


def test_without_a_sidecar_a_report_is_as_it_was_read(tmp_path):
    for other in ("westmarsh.toml", "westmarsh.docx.toml", "aldermere.pdf.toml"):
        (tmp_path / other).write_text(lines("title"))
    assert corrected(READ, tmp_path / READ.file) is READ


def test_a_folder_of_that_name_is_no_sidecar(tmp_path):
    sidecar_of(tmp_path / READ.file).mkdir()
    assert corrected(READ, tmp_path / READ.file) is READ


@pytest.mark.parametrize("sidecar", ["", "\n", "# nothing yet\n"])
def test_a_sidecar_that_gives_no_fact_changes_nothing(correct, sidecar):
    assert correct(sidecar) == READ


@pytest.mark.parametrize("name", [name for name in FACTS if name != "inspected_from"])
def test_each_fact_given_wins_is_named_and_leaves_the_others_as_they_were_read(correct, name):
    source = "sidecar" if name == "published" else "text"
    changes = {name: FACTS[name][1], "published_source": source, "corrected": (name,)}
    assert correct(lines(name)) == replace(READ, **changes)


def test_all_facts_at_once_are_named_in_order(correct):
    report = correct(lines(*FACTS))
    assert {name: getattr(report, name) for name in FACTS} == {name: value for name, (_, value) in FACTS.items()}
    assert report.corrected == tuple(sorted(FACTS))


def test_facts_are_given_where_none_were_read(correct):
    empty = Report(READ.id, READ.file, READ.title, READ.form, READ.media_type, READ.page_count, READ.sha256)
    report = correct(lines(*FACTS), empty)
    assert {name: getattr(report, name) for name in FACTS} == {name: value for name, (_, value) in FACTS.items()}
    assert (report.published_source, report.grading) == ("sidecar", Grading.GRADED)


def test_what_is_the_files_own_is_never_corrected(correct):
    report = correct(lines(*FACTS))
    own = ("id", "file", "sha256", "media_type", "page_count")
    assert [getattr(report, name) for name in own] == [getattr(READ, name) for name in own]


def test_one_first_day_alone_is_a_visit_of_one_day(correct):
    undated = replace(READ, inspected_from=None, inspected_to=None)
    report = correct("inspected_from = 2024-02-07", undated)
    assert (report.inspected_from, report.inspected_to) == (date(2024, 2, 7), date(2024, 2, 7))
    assert report.corrected == ("inspected_from",)


def test_days_may_be_written_as_text(correct):
    report = correct('inspected_from = "2024-02-07"\ninspected_to = "2024-02-08"\npublished = "2024-03-01"')
    assert (report.inspected_from, report.inspected_to) == (date(2024, 2, 7), date(2024, 2, 8))
    assert (report.published, report.published_source) == (date(2024, 3, 1), "sidecar")


@pytest.mark.parametrize("read", [Grading.NOT_PRINTED, Grading.UNREADABLE, Grading.NOT_JUDGED])
def test_judgements_given_make_a_report_graded(correct, read):
    ungraded = replace(READ, judgements=(), grading=read)
    assert correct(lines("judgements"), ungraded).grading is Grading.GRADED
    assert correct(lines("title"), ungraded).grading is read


def test_an_empty_list_of_judgements_says_that_nothing_was_judged(correct):
    report = correct("judgements = []")
    assert (report.judgements, report.grading) == ((), Grading.NOT_JUDGED)


def test_judgements_may_be_tables_and_stand_on_the_first_page_unless_said_otherwise(correct):
    table = '[[judgements]]\narea = "Leaders"\ngrade = "Good"\n\n[[judgements]]\narea = "Care"\ngrade = "Inadequate"\npage = 3\n'
    assert correct(table).judgements == (Judgement("Leaders", "Good", 1), Judgement("Care", "Inadequate", 3))


def test_an_authority_by_another_of_its_names_is_the_authority(correct):
    aliased = [(alias, authority.name) for authority in known_authorities() for alias in authority.aliases]
    assert aliased
    for alias, name in aliased[:5]:
        assert correct(f'authority = "{alias}"').authority == name
    assert correct('authority = "Westmarsh"').authority == "Westmarsh"


def test_spaces_around_a_text_are_no_part_of_it(correct):
    report = correct('authority = " Westmarsh\\n"\njudgements = [{area = " Leaders ", grade = "Good "}]')
    assert (report.authority, report.judgements) == ("Westmarsh", (Judgement("Leaders", "Good", 1),))


BAD = [
    ("lead_inspecter = 'A'", ["“lead_inspecter” is no fact"]),
    ("id = 'abc'", ["“id” is no fact"]),
    ("published_source = 'text'", ["“published_source” is no fact"]),
    ("grading = 'graded'", ["“grading” is no fact"]),
    ("[report]\ntitle = 'A'", ["“report” is no fact"]),
    ("title = 7", ["title: 7 is not a text"]),
    ("title = ''", ["title: '' is not a text"]),
    ("title = ['A']", ["title: ['A'] is not a text"]),
    ("authority = '  '", ["authority: '  ' is not a text"]),
    ("lead_inspector = true", ["lead_inspector: True"]),
    ("source_url = 1", ["source_url: 1"]),
    ("form = 'Letter'", ["form: 'Letter' is not one of report, letter, article, thematic"]),
    ("kind = 'monitoring visit'", ["kind: 'monitoring visit'", "monitoring-visit", "area-send"]),
    ("kind = true", ["kind: True"]),
    ("published = 2023", ["published: 2023 is not a date such as 2023-01-31"]),
    ("published = '1 May 2023'", ["published:", "'1 May 2023'"]),
    ("published = 2023-05-01T10:00:00", ["published:", "is not a date"]),
    ("inspected_to = 10:00:00", ["inspected_to:", "is not a date"]),
    ("inspected_to = 2023-04-30", ["inspected from 2023-05-01 to 2023-04-30"]),
    ("inspected_from = 2023-05-03\ninspected_to = 2023-05-02", ["inspected from 2023-05-03 to 2023-05-02"]),
    ("judgements = 'Good'", ["judgements: it takes a list"]),
    ("judgements = {area = 'Leaders', grade = 'Good'}", ["judgements: it takes a list"]),
    ("judgements = ['Good']", ["judgements: 'Good' is not {area, grade, page}"]),
    ("judgements = [{area = 'Leaders'}]", ["judgements: "]),
    ("judgements = [{area = 'Leaders', grade = ' '}]", ["judgements: ' ' is not a text"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', box = 1}]", ["judgements: ", "'box': 1"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', page = 0}]", ["judgements: page 0 is not a page's number"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', page = '2'}]", ["judgements: page '2'"]),
    ("title = 'A'\npublished = 'soon'", ["published:", "'soon'"]),
    ("title = ", ["at end of document"]),
    ("published = 2023-02-30", ["line 1"]),
    ("title = 'A'\ntitle = 'B'", ["Cannot overwrite"]),
    ("title: Westmarsh", ["line 1"]),
    ("title = 'Zoë'".encode("cp1252"), ["utf-8"]),
]


@pytest.mark.parametrize(("sidecar", "told"), BAD, ids=[str(sidecar) for sidecar, _ in BAD])
def test_a_sidecar_that_cannot_be_used_is_named_with_what_is_wrong_in_it(correct, tmp_path, sidecar, told):
    with pytest.raises(UnreadableReport) as raised:
        correct(sidecar)
    assert raised.value.path == tmp_path / READ.file
    assert raised.value.reason.startswith("its sidecar westmarsh.pdf.toml cannot be used: ")
    assert [words for words in told if words not in raised.value.reason] == []
    assert "sidecar" in raised.value.remedy


def test_an_unknown_fact_is_told_with_all_the_known_ones(correct):
    with pytest.raises(UnreadableReport) as raised:
        correct("lead = 'A'")
    assert raised.value.reason.split("it takes ")[1].split(", ") == list(FACTS)
