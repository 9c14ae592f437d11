"""Finds the columns of the cells in a table of a web page. A cell may span several columns and rows."""

from __future__ import annotations

from itertools import islice

from corpus.html.tree import Element

_MOST_COLUMNS = 40
"""Maximum number of columns of a table that we look at, so that a page with huge numbers takes little time. Chosen by
eye."""
_MOST_ROWS = 1000


def columns_of(table: Element) -> dict[Element, list[Element | None]]:
    """Return the cell in each column of each row. It may have begun in a row above, and is None in an empty column."""
    rows: dict[Element, list[Element | None]] = {}
    below: dict[int, tuple[Element, int]] = {}
    """For each column, a cell that extends into the next rows, and the number of these rows."""
    for row in islice(_rows(table), _MOST_ROWS):
        columns: list[Element | None] = []
        cells = iter([cell for cell in row if cell.tag in ("td", "th")])
        going_on, below = below, {}
        while len(columns) < _MOST_COLUMNS:
            at = len(columns)
            if at in going_on:
                cell, left = going_on[at]
                columns.append(cell)
                below |= {at: (cell, left - 1)} if left > 1 else {}
                continue
            own = next(cells, None)
            if own is None:
                if not any(column > at for column in going_on):
                    break
                columns.append(None)
                continue
            wide, high = _span(own, "colspan"), _span(own, "rowspan") - 1
            for column in range(at, min(at + wide, _MOST_COLUMNS)):
                columns.append(own)
                below |= {column: (own, high)} if high else {}
        rows[row] = columns
    return rows


def _rows(table: Element) -> list[Element]:
    parts = [table, *(part for part in table if part.tag in ("thead", "tbody", "tfoot"))]
    own = {row for part in parts for row in part if row.tag == "tr"}
    return [row for row in table.iter("tr") if row in own]


def _span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return max(1, min(int(text), _MOST_ROWS)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
