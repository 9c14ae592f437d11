from __future__ import annotations

import pytest

from corpus.pdf.table_cells import divides_date, levels_with_cells, names_columns


def cells(pdf_line, *texts, bold=False):
    lines = [pdf_line(text, 100, left=72 + 150 * number, bold=bold) for number, text in enumerate(texts)]
    [level] = levels_with_cells(lines)
    return level.cells


@pytest.mark.parametrize(
    ("text", "is_figure"),
    [("45%", True), ("£1.2 million", True), ("11 of 14", True), ("n/a", True), ("–", True), ("Care leavers", False)],
)
def test_a_figure_is_a_short_text_with_a_number_or_what_stands_for_one(pdf_line, text, is_figure):
    label, value = cells(pdf_line, "Children", text)
    assert value.is_figure is is_figure
    assert label.is_short


def test_lines_on_one_baseline_are_a_row_if_a_wide_gap_parts_them(pdf_line):
    apart = [pdf_line("Children", 100), pdf_line("412", 100, left=300)]
    touching = [pdf_line("Children", 140), pdf_line("in care", 140, left=116.5)]
    assert [level.is_row for level in levels_with_cells([*apart, *touching])] == [True, False]


def test_words_years_and_bold_cells_may_name_columns(pdf_line):
    assert names_columns(cells(pdf_line, "2023", "2024"))
    assert names_columns(cells(pdf_line, "45", "50", bold=True))
    assert not names_columns(cells(pdf_line, "45", "50"))


@pytest.mark.parametrize(
    ("above", "below", "divides"), [("30 April", "2024", True), ("30 April", "2 May", False), ("April", "2024", False)]
)
def test_a_date_may_be_divided_between_two_lines_of_a_cell(pdf_line, above, below, divides):
    assert divides_date(cells(pdf_line, "Plans", above), cells(pdf_line, "Visits", below)) is divides
