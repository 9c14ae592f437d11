from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.facts.sidecar import corrected, sidecar_of
from corpus.names.authorities import known_authorities
from corpus.types import Box, Form, Grading, Judgement, Kind, Report

SHA = "ab" * 32
ILACS = "Inspecting local authority children’s services (ILACS)"
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
    missing_areas=(
        "The impact of leaders on social work practice with children and families",
        "The experiences and progress of children who need help and protection",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
    ),
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
    """A function that returns a report after correcting it from a sidecar."""

    def correct(sidecar: str | bytes, report: Report = READ) -> Report:
        path = tmp_path / report.file
        sidecar_of(path).write_bytes(sidecar if isinstance(sidecar, bytes) else sidecar.encode())
        return corrected(report, path)

    return correct


def lines(*names):
    return "\n".join(f"{name} = {FACTS[name][0]}" for name in names)


def test_a_sidecar_has_the_full_name_of_its_report():
    assert sidecar_of(Path("in/west.marsh.pdf")) == Path("in/west.marsh.pdf.toml")
    assert sidecar_of(Path("in/westmarsh.PDF")) == Path("in/westmarsh.PDF.toml")


def test_a_report_without_a_sidecar_is_unchanged(tmp_path):
    for other in ("westmarsh.toml", "westmarsh.docx.toml", "aldermere.pdf.toml"):
        (tmp_path / other).write_text(lines("title"))
    assert corrected(READ, tmp_path / READ.file) is READ


def test_a_folder_with_that_name_is_not_a_sidecar(tmp_path):
    sidecar_of(tmp_path / READ.file).mkdir()
    assert corrected(READ, tmp_path / READ.file) is READ


@pytest.mark.parametrize("sidecar", ["", "\n", "# nothing yet\n"])
def test_an_empty_sidecar_changes_nothing(correct, sidecar):
    assert correct(sidecar) == READ


FOLLOWS: dict[str, dict[str, Any]] = {
    "published": {"published_source": "sidecar"},
    "form": {"framework": ILACS},
    "kind": {"framework": ILACS, "missing_areas": ()},
    "judgements": {"missing_areas": ()},
}
"""Facts that follow from another fact. A report with judgements is graded, whatever its kind."""


@pytest.mark.parametrize("name", FACTS)
def test_each_fact_replaces_the_one_that_was_read_is_listed_and_leaves_the_others(correct, name):
    changes: dict[str, Any] = {name: FACTS[name][1], "corrected": (name,), **FOLLOWS.get(name, {})}
    assert correct(lines(name)) == replace(READ, **changes)


@pytest.mark.parametrize(
    ("sidecar", "framework", "grading"),
    [
        ('kind = "focused-visit"', ILACS, Grading.NOT_JUDGED),
        ('kind = "monitoring-visit"', None, Grading.NOT_JUDGED),
        ('kind = "joint-targeted"', "Joint targeted area inspections (JTAI)", Grading.NOT_JUDGED),
        ('kind = "area-send"', "Area SEND framework", Grading.NOT_PRINTED),
        ('form = "article"', None, Grading.NOT_PRINTED),
        ('form = "thematic"', None, Grading.NOT_JUDGED),
        ('form = "article"\nkind = "focused-visit"', None, Grading.NOT_PRINTED),
        ('kind = "focused-visit"\nframework = "Another"', "Another", Grading.NOT_JUDGED),
        ('form = "article"\nframework = "Another"', "Another", Grading.NOT_PRINTED),
    ],
)
def test_a_kind_and_a_form_set_framework_and_grading_unless_they_are_given(correct, sidecar, framework, grading):
    report = correct(sidecar, replace(READ, judgements=(), grading=Grading.NOT_PRINTED))
    assert (report.framework, report.grading) == (framework, grading)
    assert report.corrected == tuple(sorted(line.split()[0] for line in sidecar.split("\n")))


def test_a_title_or_a_framework_alone_changes_nothing_else(correct):
    odd = replace(READ, framework="As read", judgements=(), grading=Grading.NOT_JUDGED)
    assert (correct(lines("title"), odd).framework, correct(lines("title"), odd).grading) == (
        "As read",
        Grading.NOT_JUDGED,
    )
    assert correct(lines("framework"), odd).grading is Grading.NOT_JUDGED


@pytest.mark.parametrize("kind", ["ilacs", "focused-visit"])
def test_an_unread_table_stays_unreadable_for_any_kind(correct, kind):
    unread = replace(READ, judgements=(), grading=Grading.UNREADABLE)
    assert correct(f'kind = "{kind}"', unread).grading is Grading.UNREADABLE
    judged = Grading.NOT_PRINTED if kind == "ilacs" else Grading.NOT_JUDGED
    assert correct(f'kind = "{kind}"\njudgements = []', unread).grading is judged


def test_all_facts_are_listed_in_order(correct):
    report = correct(lines(*FACTS))
    assert {name: getattr(report, name) for name in FACTS} == {name: value for name, (_, value) in FACTS.items()}
    assert report.corrected == tuple(sorted(FACTS))


def test_a_sidecar_can_give_facts_that_were_not_read(correct):
    empty = Report(READ.id, READ.file, READ.title, READ.form, READ.media_type, READ.page_count, READ.sha256)
    report = correct(lines(*FACTS), empty)
    assert {name: getattr(report, name) for name in FACTS} == {name: value for name, (_, value) in FACTS.items()}
    assert (report.published_source, report.grading) == ("sidecar", Grading.GRADED)


def test_facts_about_the_file_itself_are_never_corrected(correct):
    report = correct(lines(*FACTS))
    own = ("id", "file", "sha256", "media_type", "page_count")
    assert [getattr(report, name) for name in own] == [getattr(READ, name) for name in own]


def test_a_first_day_alone_is_a_visit_of_one_day(correct):
    undated = replace(READ, inspected_from=None, inspected_to=None)
    report = correct("inspected_from = 2024-02-07", undated)
    assert (report.inspected_from, report.inspected_to) == (date(2024, 2, 7), date(2024, 2, 7))
    assert report.corrected == ("inspected_from",)


def test_a_first_day_alone_keeps_the_last_day_that_was_read(correct):
    report = correct("inspected_from = 2023-05-08")
    assert (report.inspected_from, report.inspected_to) == (date(2023, 5, 8), date(2023, 5, 12))
    without_first = replace(READ, inspected_from=None)
    assert correct("inspected_from = 2023-05-08", without_first).inspected_to == date(2023, 5, 12)


def test_days_may_be_written_as_text(correct):
    report = correct('inspected_from = "2024-02-07"\ninspected_to = "2024-02-08"\npublished = "2024-03-01"')
    assert (report.inspected_from, report.inspected_to) == (date(2024, 2, 7), date(2024, 2, 8))
    assert (report.published, report.published_source) == (date(2024, 3, 1), "sidecar")


@pytest.mark.parametrize("read", [Grading.NOT_PRINTED, Grading.UNREADABLE, Grading.NOT_JUDGED])
def test_judgements_in_a_sidecar_make_a_report_graded(correct, read):
    ungraded = replace(READ, judgements=(), grading=read)
    assert correct(lines("judgements"), ungraded).grading is Grading.GRADED
    assert correct(lines("title"), ungraded).grading is read


def test_an_empty_list_of_judgements_means_that_none_are_printed_or_given(correct):
    assert (correct("judgements = []").judgements, correct("judgements = []").grading) == ((), Grading.NOT_PRINTED)
    visit = replace(READ, kind=Kind.FOCUSED_VISIT)
    assert correct("judgements = []", visit).grading is Grading.NOT_JUDGED


def test_judgements_may_be_tables_and_are_on_the_first_page_by_default(correct):
    table = '[[judgements]]\narea = "Leaders"\ngrade = "Good"\n\n[[judgements]]\narea = "Care"\ngrade = "Inadequate"\npage = 3\n'
    assert correct(table).judgements == (Judgement("Leaders", "Good", 1), Judgement("Care", "Inadequate", 3))


def test_an_authority_may_be_given_by_any_of_its_names(correct):
    aliased = [(alias, authority.name) for authority in known_authorities() for alias in authority.aliases]
    assert aliased
    for alias, name in aliased[:5]:
        assert correct(f'authority = "{alias}"').authority == name
    assert correct('authority = "Westmarsh"').authority == "Westmarsh"


def test_a_byte_order_mark_is_ignored(correct):
    assert correct("title = 'Zoë’s'".encode("utf-8-sig")).title == "Zoë’s"


def test_a_judgement_may_be_on_the_last_page_of_a_report(correct):
    assert correct("judgements = [{area = 'Leaders', grade = 'Good', page = 4}]").judgements[0].page == READ.page_count


def test_spaces_around_a_text_are_removed(correct):
    report = correct('authority = " Westmarsh\\n"\njudgements = [{area = " Leaders ", grade = "Good "}]')
    assert (report.authority, report.judgements) == ("Westmarsh", (Judgement("Leaders", "Good", 1),))


def test_a_date_under_another_version_of_the_framework_changes_which_areas_are_missing(correct):
    joint = "The experiences and progress of children in care and care leavers"
    report = correct("inspected_from = 2021-05-03\ninspected_to = 2021-05-07")
    assert report.missing_areas == (*READ.missing_areas[:2], joint)
