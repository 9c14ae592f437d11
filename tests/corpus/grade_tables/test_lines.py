from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece
from corpus.grade_tables.judgements import NO_GRADES, GradeRows
from corpus.grade_tables.lines import with_grade_lines
from corpus.reading import read
from corpus.types import BlockKind, Judgement

OVERALL = "Overall effectiveness"
CARE = "The experiences and progress of children in care"
OTHER = (CARE, "Outstanding")
"""A second grade. A document with a single one gives none."""


def found(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH, tables: GradeRows = NO_GRADES) -> list[tuple[str, str]]:
    drafts = [
        Draft(BlockKind.HEADING if text.startswith("# ") else kind, (Piece(text.removeprefix("# "), 1),))
        for text in texts
    ]
    return [(judgement.area, judgement.grade) for judgement in with_grade_lines(tables, drafts).judgements]


@pytest.mark.parametrize(
    ("text", "area", "grade"),
    [
        ("Overall effectiveness: Requires improvement to be good", OVERALL, "Requires improvement to be good"),
        ("Overall effectiveness – Good", OVERALL, "Good"),
        ("3. Overall effectiveness: good.", OVERALL, "good"),
        ("The impact of leaders: Outstanding", "The impact of leaders", "Outstanding"),
        (
            "The experiences and progress of care leavers are: good",
            "The experiences and progress of care leavers",
            "good",
        ),
    ],
)
def test_paragraphs_of_an_area_and_a_grade_are_judgements(text, area, grade):
    assert found(text, ": ".join(OTHER)) == [(area, grade), OTHER]
    assert found(text, ": ".join(OTHER), kind=BlockKind.HEADING) == [(area, grade), OTHER]


def test_a_single_grade_in_a_paper_is_no_judgement():
    assert found("Overall effectiveness: Outstanding", "The council replied to the letter in May.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Overall effectiveness: Good in most homes",
        "Overall effectiveness: Good. Leaders have a firm grip.",
        "Overall effectiveness is good",
        "Overall effectiveness at the last inspection: Good",
        "We judged this. Overall effectiveness: Good",
        "Parking: Good",
        "Good: Overall effectiveness",
        "Overall effectiveness-Good",
    ],
)
def test_no_other_paragraph_is_a_judgement(text):
    assert found("The impact of leaders: Good", ": ".join(OTHER), text) == [("The impact of leaders", "Good"), OTHER]


def test_a_list_of_grades_and_nothing_else_gives_them():
    items = ("• Overall effectiveness: Good", "• The impact of leaders – Outstanding")
    grades = [(OVERALL, "Good"), ("The impact of leaders", "Outstanding")]
    assert found("# Grades", *items, kind=BlockKind.LIST_ITEM) == grades
    for above in ("At the last inspection, the grades were:", "The council expects these grades:", "# Self-assessment"):
        assert mixed(above, *items) == []
    assert mixed("The grades are:", *items) == grades


def test_an_item_of_a_list_that_has_other_items_too_is_no_judgement():
    items = ("• Overall effectiveness: Good", "• The impact of leaders: Good", "• The report is short")
    assert found(*items, kind=BlockKind.LIST_ITEM) == []
    assert found(items[0], kind=BlockKind.LIST_ITEM) == []


def mixed(*texts):
    """Return the grades of paragraphs, headings and items of a list, which start with "• "."""
    kinds = {"• ": BlockKind.LIST_ITEM, "# ": BlockKind.HEADING}
    drafts = [Draft(kinds.get(text[:2], BlockKind.PARAGRAPH), (Piece(text.removeprefix("# "), 1),)) for text in texts]
    return [(judgement.area, judgement.grade) for judgement in with_grade_lines(NO_GRADES, drafts).judgements]


def test_a_paragraph_of_several_lines_of_grades_gives_each_of_them():
    home = "Overall experiences and progress of children and young people: requires improvement to be good"
    leaders = "The effectiveness of leaders and managers: good"
    run = f"{home} {leaders} How well children and young people are helped and protected – Outstanding."
    assert [grade for _, grade in found(run)] == ["requires improvement to be good", "good", "Outstanding"]
    assert found(f"{run} Children are safe.") == []
    assert found(f"{home} {leaders} Parking: Good") == []
    assert found("At the last inspection, the grades were:", run) == []


@pytest.mark.parametrize("end", ["<br>", "<br/>", "\n<br>\n"])
def test_lines_of_a_web_page_give_the_grades(write, end):
    lines = ("Overall effectiveness: Good", ": ".join(OTHER))
    page = f"<html><body><h1>Letter to Thornby</h1><div>{end.join(lines)}</div><p>Leaders have a firm grip.</p></body>"
    document = read(write(page, "a.html"))
    assert [(j.area, j.grade) for j in document.judgements] == [(OVERALL, "Good"), OTHER]
    assert read(write(page.replace(end + lines[1], ""), "b.html")).judgements == ()


@pytest.mark.parametrize(
    "above", ["# Previous inspection", "At the last full inspection, we gave these grades:", "In 2019:"]
)
def test_the_grades_of_an_earlier_inspection_are_left_out(above):
    assert found(above, "Overall effectiveness: Good", "The impact of leaders: Good") == []
    grades = ("The impact of leaders: Good", ": ".join(OTHER))
    assert found(above, "Overall effectiveness: Good", "# Grades", *grades) == [
        ("The impact of leaders", "Good"),
        OTHER,
    ]


def test_two_grades_of_one_area_give_none_and_a_table_decides():
    other = ": ".join(OTHER)
    assert found("Overall effectiveness: Good", "Overall effectiveness: Inadequate", other) == [OTHER]
    assert found("Overall effectiveness: Good", "Overall effectiveness: Good", other) == [(OVERALL, "Good"), OTHER]
    table = GradeRows((Judgement(OVERALL, "Inadequate", 1),), (), ())
    assert found("Overall effectiveness: Good", other, tables=table) == [(OVERALL, "Inadequate"), OTHER]


def test_an_area_may_be_not_judged():
    lines = ("Overall effectiveness: Not judged", ": ".join(OTHER))
    drafts = [Draft(BlockKind.PARAGRAPH, (Piece(line, 1),)) for line in lines]
    assert with_grade_lines(NO_GRADES, drafts) == GradeRows((Judgement(*OTHER, 1),), (), (OVERALL,))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Inspection of Thornby\n\nOverall effectiveness: Good\n\n{}\n\nLeaders have a firm grip.\n"),
        ("a.txt", "Inspection of Thornby\n\nOverall effectiveness: Good\n\n{}\n\nLeaders have a firm grip.\n"),
        (
            "a.html",
            "<html><body><h1>Inspection of Thornby</h1><p>Overall effectiveness: Good</p><p>{}</p><p>So it is.</p></body>",
        ),
    ],
)
def test_each_format_gives_the_judgements(write, name, text):
    document = read(write(text.format(": ".join(OTHER)), name))
    assert [(j.area, j.grade) for j in document.judgements] == [(OVERALL, "Good"), OTHER]


def test_a_word_document_gives_the_judgement(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for text in ("Inspection of Thornby", "Overall effectiveness: Good", ": ".join(OTHER), "Leaders have a firm grip."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    assert [(j.area, j.grade) for j in read(tmp_path / "a.docx").judgements] == [(OVERALL, "Good"), OTHER]


def test_an_area_whose_row_could_not_be_read_is_not_unread_if_a_line_gives_its_grade():
    lines = ("Overall effectiveness: Good", ": ".join(OTHER))
    drafts = [Draft(BlockKind.PARAGRAPH, (Piece(line, 1),)) for line in lines]
    assert with_grade_lines(GradeRows((), (OVERALL, "The impact of leaders"), ()), drafts).unread_areas == (
        "The impact of leaders",
    )


def test_lines_that_a_text_above_dates_or_a_text_below_calls_past_give_none():
    lines = ("Overall effectiveness: Good", ": ".join(OTHER))
    assert found("The grades of 2019:", *lines) == []
    assert found(*lines, "These were the grades of the last inspection.") == []
    assert found(*lines, "Leaders have a firm grip.") == [(OVERALL, "Good"), OTHER]
