"""Reads the source of a sample report: a few `key: value` lines between `---` lines, and then blocks.

A block is one line, but a table is several consecutive lines. The first characters of a line show what it is:

    ## heading            ### smaller heading
    1. numbered paragraph (with any number, because this program numbers them again)
    - bullet              | cell | cell (a table row; `>` before the first cell makes it a sub-row)
    ! small print         =page, =licence, =notice (a page break, or a text that several samples share)

Anything else is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARKS = {"### ": "subheading", "## ": "heading", "- ": "bullet", "! ": "small", "=": "command"}
NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True)
class Block:
    """One block of a report. Only tables have `rows`, and only numbered paragraphs have a `number`."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Source:
    """A sample report: the values in its head, such as file, layout and title, and its blocks in order."""

    head: dict[str, str]
    blocks: tuple[Block, ...]

    def get(self, key: str) -> str:
        """Return the value of `key` in the head, or an empty string."""
        return self.head.get(key, "")

    def lines(self, key: str) -> list[str]:
        """Return the value of `key` as lines. In the source, ` / ` separates them."""
        return [part.strip() for part in self.get(key).split(" / ") if part.strip()]


def read_source(path: Path) -> Source:
    """Read one source file."""
    _, head_text, body = path.read_text(encoding="utf-8").split("---\n", 2)
    head = {}
    for line in head_text.strip().splitlines():
        key, _, value = line.partition(": ")
        head[key] = value.strip()
    return Source(head, tuple(_blocks(body.splitlines())))


def _blocks(lines: list[str]) -> list[Block]:
    """Turn the lines of a body into blocks. Count the numbered paragraphs, and join the rows of each table."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    number = 0
    for line in [*(line.strip() for line in lines), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        if line:
            block = _block(line, number + 1)
            number = block.number or number
            blocks.append(block)
    return blocks


def _block(line: str, next_number: int) -> Block:
    """Turn one line that is not in a table into a block."""
    for mark, kind in MARKS.items():
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    if number := NUMBERED.match(line):
        return Block("numbered", line[number.end() :], number=next_number)
    return Block("paragraph", line)
