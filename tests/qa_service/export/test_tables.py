"""Tests of tables for spreadsheets. The workbooks are read by another library."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.export.tables import Table, TableFormat, table_as_csv, table_as_xlsx

TABLE = Table(
    ("Authority", "Ended", "Days", "Link"),
    (("Westmarsh", date(2023, 9, 22), 42, "https://reports.example/1"), ("Pellbrook", None, None, "")),
)


def sheet_of(table: Table, title: str = "Grades"):
    return openpyxl.load_workbook(io.BytesIO(table_as_xlsx(table, title))).active


def test_a_workbook_has_dates_numbers_and_links_that_can_be_used():
    sheet = sheet_of(TABLE)
    assert [cell.value for cell in sheet[1]] == list(TABLE.columns)
    assert [cell.value for cell in sheet[2]] == ["Westmarsh", datetime(2023, 9, 22), 42, "https://reports.example/1"]  # noqa: DTZ001 - Excel knows no time zones
    assert sheet["B2"].is_date
    assert sheet["D2"].hyperlink.target == "https://reports.example/1"
    assert [cell.value for cell in sheet[3]] == ["Pellbrook", None, None, None]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"


def test_the_same_table_as_csv():
    text = table_as_csv(TABLE)
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        list(TABLE.columns),
        ["Westmarsh", "2023-09-22", "42", "https://reports.example/1"],
        ["Pellbrook", "", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(text):
    sheet = sheet_of(Table(("Text",), ((text,),)))
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    with zipfile.ZipFile(io.BytesIO(table_as_xlsx(Table(("Text",), ((text,),)), "T"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    [row] = list(csv.reader(io.StringIO(table_as_csv(Table(("Text",), ((text,),))))))[1:]
    assert row[0] == (text if text.startswith("{") else f"'{text}")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was(text):
    assert sheet_of(Table(("Text",), ((text,),)))["A2"].value == text


def test_control_characters_are_left_out():
    assert sheet_of(Table(("Text",), (("a\x07b\x00c",),)))["A2"].value == "abc"


@pytest.mark.parametrize("title", ["Grades: leaders/managers [1]?", "x" * 50, "''", "History"])
def test_any_title_can_name_the_sheet(title):
    assert 1 <= len(sheet_of(TABLE, title).title) <= 31


def test_an_empty_table_has_its_columns():
    sheet = sheet_of(Table(("A", "B"), ()))
    assert [cell.value for cell in sheet[1]] == ["A", "B"]


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table(("A", "B"), (("x",),))


def test_each_format_has_its_type():
    assert {each.value: each.media_type.partition(";")[0] for each in TableFormat} == {
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    assert TABLE.write(TableFormat.CSV, "Grades").startswith("\ufeffAuthority".encode())
    assert TABLE.write(TableFormat.XLSX, "Grades").startswith(b"PK")
