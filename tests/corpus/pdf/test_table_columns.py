from __future__ import annotations

from corpus.pdf.table_cells import levels_with_cells
from corpus.pdf.table_columns import candidates, is_table


def found(pdf_line, *rows, lefts=(72, 300, 400)):
    lines = [
        pdf_line(text, 100 + 16 * number, left=left)
        for number, row in enumerate(rows)
        for left, text in zip(lefts, row, strict=False)
    ]
    return [(table, is_table(table, goes_on)) for table, goes_on in candidates(levels_with_cells(lines), None)]


def test_rows_of_figures_below_each_other_are_a_table(pdf_line):
    rows = [("Measure", "2023", "2024"), ("Children in care", "412", "398"), ("Care leavers", "207", "198")]
    [(table, whole)] = found(pdf_line, *rows)
    assert whole
    assert len(table.levels) == len(rows)
    assert len(table.columns.all) == 3


def test_two_columns_of_sentences_are_no_table(pdf_line):
    rows = [("Children are seen often here.", "Leaders know the services very well.")] * 3
    assert not any(whole for _, whole in found(pdf_line, *rows))


def test_a_column_is_known_by_the_cells_in_it(pdf_line):
    [(table, _)] = found(pdf_line, ("Measure", "2023"), ("Homes", "14"), ("Visits", "9"))
    assert [table.columns.number(left, left + 10) for left in (72, 300, 500)] == [0, 1, 1]
