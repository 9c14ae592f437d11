"""Tables to download for a spreadsheet, as CSV or as an Excel workbook."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from xlsxwriter import Workbook

Cell = str | int | date | None
"""The content of a cell. None leaves it empty."""
_FORMULA = ("=", "+", "-", "@", "\u2212")
"""Characters that start a formula. Their full-width forms also start one. The last one is the typographic minus sign.
"""
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Categories of characters that a spreadsheet skips when it looks for a formula."""
_LONGEST_CELL = 32_767
"""Number of characters that fit in a cell of Excel."""
_LONGEST_LINK = 2_079
"""Number of characters that a link in a cell of Excel may have."""
_WIDEST = 60
"""Width of the widest column in a workbook, in characters. The text in wider cells wraps."""


class TableFormat(StrEnum):
    """The format of a downloaded table. Its value is the suffix of the file."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """The content type of the download."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    TableFormat.CSV: "text/csv; charset=utf-8",
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns. All rows have the same number of cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row has {len(row)} cells for {len(self.columns)} columns: {row}")

    def write(self, format_: TableFormat, title: str) -> bytes:
        """Return the table in a format. ``title`` names the sheet of a workbook."""
        return table_as_xlsx(self, title) if format_ is TableFormat.XLSX else table_as_csv(self).encode()


def table_as_csv(table: Table) -> str:
    """Write a table as CSV, so that no cell can act as a formula. Dates are written as 2023-09-22."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(table.columns)
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)  # in some countries, semicolons separate cells
    writer.writerows([_safe_cell("" if cell is None else str(cell)) for cell in row] for row in table.rows)
    return "\ufeff" + buffer.getvalue()  # Excel recognises UTF-8 by this mark


def table_as_xlsx(table: Table, title: str) -> bytes:
    """Write a table as an Excel workbook with one sheet. Dates and numbers can be sorted, and addresses are links."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
        sheet.write_row(0, 0, table.columns, book.add_format({"bold": True, "text_wrap": True, "valign": "top"}))
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, wrapped, day)
        for column, name in enumerate(table.columns):
            longest = max([len(name), *(_shown_length(row[column]) for row in table.rows)])
            sheet.set_column(column, column, min(_WIDEST, longest + 2))
        sheet.freeze_panes(1, 0)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        book.set_properties({"title": title})
    return buffer.getvalue()


def without_controls(text: str) -> str:
    """Remove control characters, which a terminal would obey, and lone surrogates, which cannot be encoded."""
    kept = (
        sign if sign in "\t\n\r" or unicodedata.category(sign) not in ("Cc", "Cs") else " " if sign.isspace() else ""
        for sign in text
    )
    return "".join(kept)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, wrapped: Any, day: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - only the day is shown
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, wrapped)
    elif cell:
        text = without_controls(cell)[:_LONGEST_CELL]
        if text.startswith(("http://", "https://")) and len(text) <= _LONGEST_LINK:
            sheet.write_url(row, column, text)
        else:
            sheet.write_string(row, column, text, wrapped)


def _shown_length(cell: Cell) -> int:
    return len("22 Sept 2023") if isinstance(cell, date) else len(str(cell or ""))


def _sheet_name(title: str) -> str:
    """Return a title that Excel accepts as the name of a sheet: at most 31 characters, without forbidden signs."""
    plain = " ".join("".join(" " if sign in "[]:*?/\\" else sign for sign in without_controls(title)).split())
    return plain[:31].strip("' ") or "Table"


def _safe_cell(text: str) -> str:
    """Start a cell with an apostrophe if a spreadsheet would read its text as a formula."""
    first = next((sign for sign in text if unicodedata.category(sign) not in _UNSEEN), "")
    is_formula = unicodedata.normalize("NFKC", first).startswith(_FORMULA) or text.startswith(("\t", "\r"))
    return f"'{without_controls(text)}" if is_formula else without_controls(text)
