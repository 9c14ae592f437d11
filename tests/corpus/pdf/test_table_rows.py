from __future__ import annotations

import textwrap
import time
from dataclasses import replace

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from corpus.drafts import Draft
from corpus.pdf.table_rows import lines_and_rows, tables_as_rows
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

TEXT = (
    "Leaders know the children of Tallowby well and act on what they say, so that plans are kept up to date. Managers "
    "read the files each month and hold staff to account for the quality of their work."
)
HEAD = ("Measure", "2023", "2024")
FIGURES = (
    ("Children in care", "412", "398"),
    ("Care leavers", "1,207", "1,198"),
    ("Homes rated good", "11 of 14", "12 of 15"),
    ("Cost of homes", "£1.2 million", "£2 million"),
)
LONG = "Children seen alone by a social worker within five working days of the referral"
COLUMNS = (72, 280, 380)
A4_HEIGHT = A4[1]


def drawn(cells, top, *, columns=COLUMNS, step=16, bold=()):
    """Return the cells of a table for ``make_pdf``, row by row. Empty cells are left out."""
    return [
        (left, top + step * number, text, 11, number in bold)
        for number, row in enumerate(cells)
        for left, text in zip(columns, row, strict=True)
        if text
    ]


def prose(top, text=TEXT, left=72, width=85):
    return [(left, top + 14 * number, line) for number, line in enumerate(textwrap.wrap(text, width))]


def blocks_of(path):
    document = read_pdf(path)
    return [(block, document.text[block.start : block.end]) for block in document.blocks]


def rows_of(path):
    return [text for block, text in blocks_of(path) if block.kind is BlockKind.TABLE]


def heads_of(path):
    return [text for block, text in blocks_of(path) if block.names_columns]


def others_of(path):
    return [text for block, text in blocks_of(path) if block.kind is not BlockKind.TABLE]


def joined(cells):
    return [" ".join(filter(None, row)) for row in cells]


def assert_proved(path, quotes):
    assert quotes
    for quote in quotes:
        [place] = locate(quote, path, "application/pdf", (1,))
        assert place.boxes


def test_each_row_of_a_table_is_one_block_with_its_label_and_its_figures(make_pdf):
    path = make_pdf(prose(100) + drawn([HEAD, *FIGURES], 160) + prose(260))
    assert rows_of(path) == joined([HEAD, *FIGURES])
    assert heads_of(path) == ["Measure 2023 2024"]
    assert others_of(path) == [TEXT, TEXT]
    assert_proved(path, rows_of(path))


def test_the_head_is_not_joined_to_the_paragraph_directly_above_it(make_pdf):
    path = make_pdf(prose(100) + drawn([HEAD, *FIGURES], 142, step=13.5) + prose(230))
    assert rows_of(path) == joined([HEAD, *FIGURES])
    assert others_of(path) == [TEXT, TEXT]


def test_figures_that_end_at_the_same_right_edge_are_in_one_column(tmp_path):
    path = tmp_path / "right.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for number, (label, *figures) in enumerate([HEAD, *FIGURES]):
        canvas.drawString(72, A4_HEIGHT - 160 - 16 * number, label)
        for right, figure in zip((340, 440), figures, strict=True):
            canvas.drawRightString(right, A4_HEIGHT - 160 - 16 * number, figure)
    canvas.save()
    assert rows_of(path) == joined([HEAD, *FIGURES])


@pytest.mark.parametrize("place", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_label_over_two_lines_is_whole_wherever_its_figures_are(tmp_path, place, ruled):
    style = ParagraphStyle("text", fontName="Helvetica", fontSize=11, leading=13.5)
    cells = [list(HEAD), [Paragraph(LONG, style), "40%", "45%"], ["Care leavers", "207", "221"]]
    cells += [[Paragraph(f"{LONG} in Tallowby", style), "7", "9"], ["Plans", "12", "13"]]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    table = Table(cells, colWidths=[200, 60, 60], style=TableStyle([("VALIGN", (0, 0), (-1, -1), place), *grid]))
    path = tmp_path / "wrapped.pdf"
    SimpleDocTemplate(str(path), pagesize=A4).build([Paragraph(TEXT, style), table, Paragraph(TEXT, style)])
    expected = ["Measure 2023 2024", f"{LONG} 40% 45%", "Care leavers 207 221", f"{LONG} in Tallowby 7 9"]
    assert rows_of(path) == [*expected, "Plans 12 13"]
    assert others_of(path) == [TEXT, TEXT]
    assert_proved(path, rows_of(path))


def test_a_label_whose_second_line_is_drawn_after_the_figures_is_whole_and_proved(make_pdf):
    cells = [("Children seen alone within", "40%", "45%"), ("five days of referral", "", "")]
    cells += [("Care plans", "7%", "8%"), ("Children seen alone at", "41%", "46%"), ("home each month", "", "")]
    path = make_pdf(drawn([HEAD, *cells], 160, step=13.5) + prose(275))
    expected = ["Children seen alone within five days of referral 40% 45%", "Care plans 7% 8%"]
    assert rows_of(path) == ["Measure 2023 2024", *expected, "Children seen alone at home each month 41% 46%"]
    assert_proved(path, rows_of(path))


def test_empty_cells_and_dashes_leave_the_other_figures_in_their_row(make_pdf):
    cells = [("Children in care", "412", ""), ("Care leavers", "", "221"), ("Homes", "-", "15"), ("Plans", "n/a", "-")]
    path = make_pdf(drawn([HEAD, *cells], 160))
    assert rows_of(path) == joined([HEAD, *cells])


@pytest.mark.parametrize(
    "head",
    [
        [("", "Number in", "Number in"), ("Measure", "March 2023", "March 2024")],
        [("Measure", "Number in", "Number in"), ("", "March 2023", "March 2024")],
    ],
)
def test_a_head_over_two_lines_is_one_row(make_pdf, head):
    path = make_pdf(prose(100) + drawn(head, 160, step=13) + drawn(FIGURES, 195))
    assert heads_of(path) == ["Measure Number in March 2023 Number in March 2024"]
    assert rows_of(path)[1:] == joined(FIGURES)
    assert_proved(path, heads_of(path))


def test_names_centred_above_wide_columns_and_at_different_heights_are_one_head(make_pdf):
    head = [(170, 166, "Measure"), (330, 160, "Number at"), (330, 173, "March 2023")]
    head += [(430, 160, "Number at"), (430, 173, "March 2024"), (520, 166, "Change")]
    cells = [("Children in care", "412", "398", "-14"), ("Plans", "40%", "45%", "+5%")]
    cells += [(LONG[:45], "11 of 14", "12 of 15", "1")]
    path = make_pdf([*prose(100), *head, *drawn(cells, 195, columns=(72, 340, 440, 530)), *prose(260)])
    assert heads_of(path) == ["Measure Number at March 2023 Number at March 2024 Change"]
    assert rows_of(path)[1:] == joined(cells)
    assert_proved(path, rows_of(path))


def test_a_cell_below_two_others_of_one_row_is_not_in_their_table(make_pdf):
    title = [(72, 224, "What the figures say about children in care and care leavers of all ages")]
    path = make_pdf([*drawn([HEAD, *FIGURES[:3]], 160), *title, *drawn([HEAD, *FIGURES[1:]], 240), *prose(330)])
    assert rows_of(path) == joined([HEAD, *FIGURES[:3], HEAD, *FIGURES[1:]])
    assert others_of(path)[0].startswith("What the figures say")


def test_a_table_goes_on_over_a_page_with_or_without_its_head(make_pdf):
    again = make_pdf(drawn([HEAD, *FIGURES[:2]], 700), drawn([HEAD, *FIGURES[2:]], 115) + prose(300), name="again.pdf")
    assert rows_of(again) == joined([HEAD, *FIGURES[:2], HEAD, *FIGURES[2:]])
    assert len(heads_of(again)) == 2
    once = make_pdf(drawn([HEAD, *FIGURES[:3]], 680), drawn(FIGURES[3:], 115) + prose(300), name="once.pdf")
    assert rows_of(once) == joined([HEAD, *FIGURES])
    assert len(heads_of(once)) == 1


def test_rows_of_a_label_and_one_short_number_are_rows(make_pdf):
    cells = [("Measure", "Number"), ("Children in care", "412"), ("Care leavers", "207"), ("Plans", "98")]
    path = make_pdf(prose(100) + drawn(cells, 160, columns=(72, 280)) + prose(260))
    assert rows_of(path) == joined(cells)


def test_a_table_that_is_drawn_column_by_column_is_read_by_the_row_and_proved(make_pdf):
    cells = drawn([HEAD, *FIGURES], 160)
    path = make_pdf([*prose(100), *(cell for left in COLUMNS for cell in cells if cell[0] == left), *prose(260)])
    assert rows_of(path) == joined([HEAD, *FIGURES])
    assert_proved(path, rows_of(path))


def test_a_table_with_a_few_words_in_each_cell_has_rows(make_pdf):
    cells = [("Team", "Lead", "Status"), ("Front door", "A. Sample", "On track"), ("Early help", "B. Sample", "Late")]
    path = make_pdf(prose(100) + drawn(cells, 160) + prose(240))
    assert rows_of(path) == joined(cells)


def test_one_row_below_the_names_of_its_columns_is_a_table(make_pdf):
    path = make_pdf(prose(100) + drawn([HEAD, FIGURES[0]], 160) + prose(220))
    assert rows_of(path) == joined([HEAD, FIGURES[0]])


def test_titles_within_a_table_are_rows_of_their_own(make_pdf):
    cells = [HEAD, ("Children", "", ""), *FIGURES[:2], ("Young people", "", ""), *FIGURES[2:]]
    for bold in ((), (1, 4)):
        assert rows_of(make_pdf(drawn(cells, 160, bold=bold) + prose(300))) == joined(cells)


def test_two_tables_with_a_heading_between_them_stay_apart(make_pdf):
    heading = [(72, 260, "Young people", 11, True)]
    path = make_pdf(drawn([HEAD, *FIGURES[:3]], 160) + heading + drawn([HEAD, *FIGURES[1:]], 282) + prose(380))
    assert rows_of(path) == joined([HEAD, *FIGURES[:3], HEAD, *FIGURES[1:]])
    assert others_of(path)[0] == "Young people"
    assert heads_of(path) == ["Measure 2023 2024"] * 2


def test_a_note_below_a_table_is_not_part_of_its_last_row(make_pdf):
    path = make_pdf([*drawn([HEAD, *FIGURES], 160), (72, 242, "Source: council records"), *prose(280)])
    assert rows_of(path) == joined([HEAD, *FIGURES])
    assert others_of(path)[0] == "Source: council records"


def test_sentences_in_two_columns_are_no_table(make_pdf):
    left = prose(110, width=40, left=60)
    right = prose(110, TEXT.replace("Tallowby", "Sedgemere"), width=40, left=320)
    assert not [text for text in rows_of(make_pdf(left + right)) if "Tallowby" in text and "Sedgemere" in text]


def test_long_sentences_in_the_cells_of_a_table_are_left_as_they_are(make_pdf):
    cells = [("The council", "Leaders should make sure that plans are written with families and sent to them in time.")]
    cells += [("Schools", "Schools should tell the council at once when a child is missing from their lessons.")]
    cells += [("Health", "Health partners should reduce the time that children wait for an assessment.")]
    path = make_pdf([*prose(100), *drawn(cells, 142, columns=(72, 180), step=30)])
    assert others_of(path)[0] == TEXT
    assert "Schools" in rows_of(path)
    assert not [text for text in rows_of(path) if text.startswith("Schools Schools")]


def test_sentences_with_a_short_deadline_beside_each_stay_apart(make_pdf):
    cells = [("Improvement", "By when"), ("Check each month that children see their records.", "Within six months")]
    cells += [("Explain to carers how health visitors agree the next step.", "Within 12 months")]
    cells += [("Record clearly what young carers say about each plan.", "Within 12 months")]
    path = make_pdf(prose(100) + drawn(cells, 160, columns=(72, 400)))
    assert rows_of(path)[1] == "By when"
    assert rows_of(path)[2:] == [text for row in cells[1:] for text in row]


def test_a_page_without_tables_keeps_its_lines_and_drafts(pdf_line):
    lines = [pdf_line("Leaders act on what children tell them.", 100), pdf_line("Visits lapse.", 114)]
    row = Draft(BlockKind.TABLE, ())
    [page] = tables_as_rows([[*lines, row]])
    assert [id(item) for item in page] == [id(item) for item in (*lines, row)]
    assert lines_and_rows(lines) == lines


@pytest.mark.thorough
def test_the_time_for_a_row_grows_with_the_number_of_its_cells(pdf_line):
    cell = pdf_line("1", 20, size=5)

    def seconds(columns, rows):
        places = [(22 * column, row) for row in range(rows) for column in range(columns)]
        lines = [replace(cell, text=str(row), left=at, right=at + 8, baseline=20 + 6 * row) for at, row in places]
        times = []
        for _ in range(3):
            start = time.process_time()
            assert len(lines_and_rows(lines)) == rows
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(24, 200) < 2.1 * seconds(6, 800)  # about 3 if each cell is compared with the cells of all columns


def test_a_date_over_two_lines_of_a_narrow_cell_stays_in_its_row(make_pdf):
    page = [
        (72, 60, "Statutory requirements", 14, True),
        (72, 90, "Requirement", 11, True), (500, 90, "Due date", 11, True),
        (72, 120, "The registered person must keep all risk assessments under review."), (500, 120, "30 April"),
        (72, 137, "(Regulation 12 (1))"), (500, 137, "2024"),
        (72, 200, "Children’s home details", 14, True), (72, 220, "The home has four places."),
    ]  # fmt: skip
    row = "The registered person must keep all risk assessments under review. (Regulation 12 (1)) 30 April 2024"
    assert rows_of(make_pdf(page))[-1] == row
