from __future__ import annotations

import itertools

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=11, leading=14)
BODY = ParagraphStyle("body", parent=CELL, spaceAfter=12)
IMPACT = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
CARE_AND_LEAVERS = "The experiences and progress of children in care and care leavers"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"
ERAS = {
    "2019": [(IMPACT, "Good"), (PROTECTION, RI), (CARE_AND_LEAVERS, "Outstanding"), (OVERALL, RI)],
    "2023": [(IMPACT, "Inadequate"), (PROTECTION, "Good"), (CARE, RI), (LEAVERS, "Outstanding"), (OVERALL, "Good")],
    "2026": [(IMPACT, "Good"), (PROTECTION, RI), (CARE, "Good"), (LEAVERS, "Outstanding")],
}
AFTER = "Westmarsh has improved since 2018, when services were judged good. Children are safe and well cared for here."
NUMBERED = [
    ("1. Children who need help and protection", "Requires improvement"),
    ("2. Children looked after and achieving permanence", "Good"),
    ("2.1 Adoption performance", "Outstanding"),
    ("2.2 Experiences and progress of care leavers", "Inadequate"),
    ("3. Leadership, management and governance", "Requires improvement"),
]


@pytest.fixture
def make_report(tmp_path):
    def make(*story):
        path = tmp_path / "report.pdf"
        SimpleDocTemplate(str(path)).build([part if hasattr(part, "wrap") else Paragraph(part, BODY) for part in story])
        return read_pdf(path)

    return make


def table(rows, *, widths=(260, 180), ruled=True, align="BOTTOM"):
    cells = [[Paragraph(cell, CELL) for cell in row] for row in rows]
    style = [("VALIGN", (0, 0), (-1, -1), align)]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    return Table(cells, colWidths=widths, style=[*style, *grid])


def grades(read):
    """Return the areas and grades that were read from a document or a page."""
    return [(judgement.area, judgement.grade) for judgement in read.judgements]


def bare(rows):
    """The rows of the numbered block of grades, without their numbers."""
    return [(area.split(maxsplit=1)[1], grade) for area, grade in rows]


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("widths", [(260, 180), (180, 90), (320, 80), (150, 240)], ids=str)
@pytest.mark.parametrize(("ruled", "align"), [(True, "TOP"), (True, "MIDDLE"), (True, "BOTTOM"), (False, "BOTTOM")])
def test_the_table_of_each_framework_is_read_however_its_cells_wrap(make_report, era, widths, ruled, align):
    document = make_report(
        "Lead inspector: A. Reed",
        table([("Judgement", "Grade"), *ERAS[era]], widths=widths, ruled=ruled, align=align),
        Spacer(1, 14),
        AFTER,
    )
    assert grades(document) == ERAS[era]
    assert not document.unread_grades


def test_the_box_of_a_judgement_covers_its_row_and_no_other(make_report):
    document = make_report(table([("Judgement", "Grade"), *ERAS["2023"]], widths=(180, 90)), Spacer(1, 14), AFTER)
    boxes = [judgement.box for judgement in document.judgements]
    assert len(boxes) == len(ERAS["2023"])
    assert all(above.y1 <= below.y0 for above, below in itertools.pairwise(boxes))
    assert all(box.x0 < 0.3 < 0.45 < box.x1 for box in boxes)
    assert {judgement.page for judgement in document.judgements} == {1}


def test_each_row_of_the_table_is_one_block_and_the_text_below_is_separate(make_report):
    document = make_report(table([("Judgement", "Grade"), *ERAS["2019"]], widths=(180, 90)), Spacer(1, 14), AFTER)
    blocks = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    rows = [text for kind, text in blocks if kind is BlockKind.TABLE]
    assert rows == ["Judgement Grade", *(f"{area} {grade}" for area, grade in ERAS["2019"])]
    assert blocks[-1] == (BlockKind.PARAGRAPH, AFTER)


def test_the_numbered_block_of_2013_to_2018_is_read_without_its_numbers_and_the_text_around_it(make_report):
    document = make_report(
        "Children’s services in Westmarsh require improvement to be good",
        table(NUMBERED),
        "The effectiveness of the Local Safeguarding Children Board is Good",
        "This report is about both.",
    )
    assert grades(document) == bare(NUMBERED)


def test_a_whole_table_on_a_later_page_is_preferred_to_one_with_a_row_that_cannot_be_read(make_report):
    broken = table([("Judgement", "Grade"), (IMPACT, "Good"), ("", "Good"), (OVERALL, "Good")])
    whole = table([("Judgement", "Grade"), *ERAS["2026"]])
    first = make_report("First.", broken, Spacer(1, 14), AFTER)
    assert (grades(first), first.unread_grades) == ([(IMPACT, "Good"), (OVERALL, "Good")], False)
    later = make_report("First.", broken, Spacer(1, 14), AFTER, PageBreak(), "Then.", whole, Spacer(1, 14), AFTER)
    assert (grades(later), later.unread_grades) == (ERAS["2026"], False)


@pytest.mark.parametrize(
    "story",
    [
        [AFTER],
        [
            "The local authority was last inspected in 2018.",
            "At that inspection the overall effectiveness was judged Good",
            AFTER,
        ],
        ["Previous inspection: Overall effectiveness: Good", "The judgement of inspectors then was Good", AFTER],
        ["Judgement", AFTER, "Grade", "They say that practice is Good"],
    ],
)
def test_grades_in_prose_without_a_table_give_no_judgement(make_report, story):
    assert make_report(*story).judgements == ()


def test_previous_grades_in_prose_below_the_table_are_ignored(make_report):
    previous = (
        "The previous inspection, in 2016, found the overall effectiveness of children’s services to be Inadequate"
    )
    document = make_report(table([("Judgement", "Grade"), *ERAS["2023"]]), Spacer(1, 14), previous, AFTER)
    assert grades(document) == ERAS["2023"]


def test_a_table_after_the_first_pages_is_not_the_reports_own(make_report):
    old = table([("Judgement", "Grade"), *ERAS["2019"]])
    document = make_report(AFTER, PageBreak(), AFTER, PageBreak(), AFTER, PageBreak(), AFTER, old, Spacer(1, 14), AFTER)
    assert document.judgements == ()


def test_a_table_on_the_second_page_is_read_with_its_page(make_report):
    document = make_report(AFTER, PageBreak(), table([("Judgement", "Grade"), *ERAS["2023"]]), Spacer(1, 14), AFTER)
    assert grades(document) == ERAS["2023"]
    assert {judgement.page for judgement in document.judgements} == {2}


def test_the_first_table_is_used_and_not_a_later_one(make_report):
    rows = [("Judgement", "Grade"), *ERAS["2026"]]
    document = make_report(
        table(rows), AFTER, PageBreak(), AFTER, table([("Judgement", "Grade"), *ERAS["2019"]]), AFTER
    )
    assert grades(document) == ERAS["2026"]


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("aldermere-2026", [(IMPACT, "Good"), (PROTECTION, RI), (CARE, "Good"), (LEAVERS, "Good")]),
        ("westmarsh-2019", [(IMPACT, RI), (PROTECTION, RI), (CARE_AND_LEAVERS, "Good"), (OVERALL, RI)]),
        (
            "westmarsh-2023",
            [(IMPACT, "Good"), (PROTECTION, "Good"), (CARE, RI), (LEAVERS, "Outstanding"), (OVERALL, "Good")],
        ),
        (
            "carrowby-2015",
            [
                ("Children who need help and protection", "Inadequate"),
                ("Children looked after and achieving permanence", "Requires improvement"),
                ("Adoption performance", "Good"),
                ("Experiences and progress of care leavers", "Requires improvement"),
                ("Leadership, management and governance", "Inadequate"),
            ],
        ),
        ("aldermere-2024", []),
        ("northwold-2025", []),
        ("pellbrook-send", []),
        ("carrowby-news", []),
        ("kinship", []),
    ],
)
def test_the_grades_of_the_samples_are_those_they_print(sample_documents, sample, expected):
    assert grades(sample_documents[sample]) == expected


@pytest.mark.parametrize("short", ["The impact of leaders", "The experiences and progress", "Care leavers and their"])
def test_a_row_whose_area_has_a_short_name_is_read_or_reported(make_pdf, short):
    rows = [("Judgement", "Grade"), (short, "Good"), ("Care leavers", "Outstanding"), (OVERALL, "Good")]
    lines = [
        (left, 100 + 20 * n, text) for n, row in enumerate(rows) for left, text in zip((72, 320), row, strict=True)
    ]
    document = read_pdf(make_pdf([*lines, (72, 220, AFTER)]))
    read = {judgement.area for judgement in document.judgements}
    assert {"Care leavers", OVERALL} <= read
    assert (short in read) != (short in document.unread_areas)


CARDS = [(IMPACT, "Outstanding"), (PROTECTION, "Good"), (CARE, "Good"), (LEAVERS, RI), (OVERALL, "Good")]


def cards(rows, *, top=120):
    """Draw each area with its grade below it, two next to each other."""
    lines = []
    for number, (area, grade) in enumerate(rows):
        left, at = 72 + 260 * (number % 2), top + 60 * (number // 2)
        words = area.split()
        half = len(words) // 2 if len(words) > 5 else len(words)
        parts = [" ".join(words[:half]), " ".join(words[half:])]
        lines += [(left, at + 12 * row, part, 9) for row, part in enumerate(parts) if part]
        lines.append((left, at + 29, grade, 14))
    return lines


def test_grades_below_their_areas_are_read_in_several_rows(make_pdf):
    document = read_pdf(make_pdf([(72, 60, "Inspection of Westmarsh", 18), *cards(CARDS), (72, 330, AFTER[:70])]))
    assert grades(document) == CARDS
    assert not document.unread_areas


def test_a_second_row_of_grades_below_the_same_areas_gives_none(make_pdf):
    rows = cards(CARDS[:2])
    again = [(left, top + 20, grade, 14) for (left, top, grade, size) in rows if size == 14]
    document = read_pdf(make_pdf([(72, 60, "Inspection of Westmarsh", 18), *rows, *again, (72, 330, AFTER[:70])]))
    assert grades(document) == []


def test_an_area_may_be_longer_than_a_line_of_text_if_its_grade_is_next_to_it(make_pdf):
    area = "Overall experiences and progress of children and young people, taking into account"
    page = [
        (36, 60, "Brightwater Fostering", 18),
        (36, 80, "Information about this independent fostering agency", 14),
        *(
            (36, 100 + 14 * row, text, 9)
            for row, text in enumerate(
                (
                    area,
                    "How well children and young people are helped and protected",
                    "The effectiveness of leaders and managers",
                )
            )
        ),
        *(
            (right, 100 + 14 * row, text, 9)
            for row, (right, text) in enumerate(((500, "outstanding"), (526, "good"), (500, "outstanding")))
        ),
        (36, 170, "Foster carers describe the agency as a family.", 9),
    ]
    assert [grade for _, grade in grades(read_pdf(make_pdf(page)))] == ["outstanding", "good", "outstanding"]


@pytest.mark.parametrize("head", [[], [("Judgement", "Grade")]], ids=["without head", "with head"])
def test_a_table_goes_on_at_the_top_of_the_next_page(make_report, head):
    rows = ERAS["2026"]
    above, below = table([("Judgement", "Grade"), *rows[:2]]), table([*head, *rows[2:]])
    document = make_report("First.", above, PageBreak(), below, Spacer(1, 14), AFTER)
    assert grades(document) == rows
    assert [judgement.page for judgement in document.judgements] == [1, 1, 2, 2]


def test_a_table_below_other_text_on_the_next_page_is_another_one(make_report):
    rows = ERAS["2026"]
    above, below = table([("Judgement", "Grade"), *rows[:2]]), table([("Judgement", "Grade"), *rows[2:]])
    document = make_report("First.", above, PageBreak(), "Another home was inspected.", below, Spacer(1, 14), AFTER)
    assert grades(document) == rows[:2]


def test_an_area_that_the_table_has_already_does_not_go_on_with_it(make_report):
    rows = ERAS["2026"]
    above = table([("Judgement", "Grade"), *rows[:2]])
    again = table([("Judgement", "Grade"), (rows[0][0], "Inadequate"), rows[2]])
    assert grades(make_report("First.", above, PageBreak(), again, Spacer(1, 14), AFTER)) == rows[:2]


def test_a_narrow_cell_may_break_a_word_of_its_grade(make_pdf):
    tops = range(200, 200 + 40 * len(NUMBERED), 40)
    rows = [
        line
        for top, (area, grade) in zip(tops, NUMBERED, strict=True)
        for line in (
            (72, top, area),
            *(
                [(400, top, "Requires improve-"), (400, top + 13, "ment")]
                if grade.startswith("Requires")
                else [(400, top, grade)]
            ),
        )
    ]
    document = read_pdf(make_pdf([*rows, (72, 450, AFTER[:70])]))
    assert grades(document) == bare(NUMBERED)
    assert not document.unread_areas
