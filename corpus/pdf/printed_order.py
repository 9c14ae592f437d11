"""The text of a PDF page in the order in which people read it: column by column, and each table row by row.

A file may draw its text in another order, such as line by line across two columns, or a table column by column. In the
page's own text, the words of a sentence or a row are then apart from each other. Here they are together, and we know
the position of each in the page's own text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pdf.lines import PdfLine
from corpus.pdf.sheets.characters import NEW_LINE
from corpus.pdf.sheets.gaps import Repair, place_before
from corpus.pdf.table_rows import Row, lines_and_rows
from corpus.pdf.text_columns import by_columns


@dataclass(frozen=True, slots=True)
class PrintedOrder:
    """The text of a page in the order in which people read it."""

    text: str
    lines: tuple[tuple[int, int, int, tuple[Repair, ...]], ...]
    """``[start, end)`` of each line of this text, the offset of its start in the page's own text, and its repairs."""

    def places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield ``[start, end)`` in the page's own text for each line that a part of this text is on."""
        for first, beyond, own, repairs in self.lines:
            if first < end and start < beyond:
                last = min(end, beyond) - 1
                yield (
                    own + place_before(max(start, first) - first, repairs),
                    own + place_before(last - first, repairs) + 1,
                )


def printed_order(placed: Sequence[tuple[int, PdfLine]]) -> PrintedOrder | None:
    """Return the text of a page in the order in which people read it, or None if the file draws it in that order.

    ``placed`` are the lines of the page, each with the offset of its start in the page's own text.
    """
    starts = {(line.baseline, line.left, line.text): start for start, line in placed}
    items = lines_and_rows(by_columns([line for _, line in placed]))
    groups = [item.lines if isinstance(item, Row) else [item] for item in items]
    ordered = [(starts[line.baseline, line.left, line.text], line) for group in groups for line in group]
    if [start for start, _ in ordered] == [start for start, _ in placed]:
        return None
    parts: list[str] = []
    lines: list[tuple[int, int, int, tuple[Repair, ...]]] = []
    at = 0
    for group in groups:
        for line in group:
            text = line.text.rstrip()
            lines.append((at, at + len(text), starts[line.baseline, line.left, line.text], line.repairs))
            joint = NEW_LINE if line is group[-1] else " "
            parts += (text, joint)
            at += len(text) + len(joint)
    return PrintedOrder("".join(parts), tuple(lines))
