"""Takes the signs out of Markdown that only some programs know, such as Pandoc: notes, attributes and ruled tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_NOTE_MARK = re.compile(r"(?<!\\)\[\^[^\]\s]{1,40}\](?!:)")
_NOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]*", re.MULTILINE)
_ATTRIBUTES = re.compile(r"(?<!\\)\[(?P<words>[^\[\]\n]*(?:\n[^\[\]\n]+)?)\]\{[.#][^{}\n]{0,200}\}")
"""Words with a style, such as ``[not]{.underline}``. They may continue on the next line."""
_TITLE_ATTRIBUTES = re.compile(r"^(?P<title>#{1,6} [^\n]*?)[ \t]*\{[.#][^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^\+(?:[-=:]{2,}\+)+\s*$")
"""A line between two rows of a ruled table: ``+-----+-----+``."""
_HEAD_RULE = "="


def plain_markdown(text: str) -> str:
    """Return Markdown without the marks of notes and the names of styles, and with plain tables."""
    text = _NOTE.sub("", _NOTE_MARK.sub("", text))
    text = _TITLE_ATTRIBUTES.sub(r"\g<title>", _ATTRIBUTES.sub(r"\g<words>", text))
    lines = text.split("\n")
    return "\n".join(_with_plain_tables(lines)) if any(map(_RULE.match, lines)) else text


def _with_plain_tables(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        end = at
        if _RULE.match(lines[at]):
            end = next((n for n in range(at, len(lines)) if not lines[n].startswith(("+", "|"))), len(lines))
        table = [line.rstrip() for line in lines[at:end]]
        if table and all(_RULE.match(line) or line.startswith("|") for line in table):
            yield from _rows(table)
            at = end
        else:
            yield lines[at]
            at += 1


def _rows(table: Sequence[str]) -> Iterator[str]:
    """Yield each row of a ruled table as a row of a plain one, or as a paragraph if the table has one column."""
    edges = [place for place, sign in enumerate(table[0]) if sign == "+"]
    rules = [number for number, line in enumerate(table) if _RULE.match(line)]
    yield ""
    for number, (above, below) in enumerate(pairwise(rules)):
        rows = table[above + 1 : below]
        cells = [" ".join(row[a + 1 : b].strip() for row in rows).strip() for a, b in pairwise(edges)]
        if len(cells) == 1:
            yield from (cells[0], "")
            continue
        has_head = any(_HEAD_RULE in table[rule] for rule in rules[1:-1])
        if number == 0 and not has_head:
            yield from (f"|{' |' * len(cells)}", f"|{'---|' * len(cells)}")
        yield f"| {' | '.join(cells)} |"
        if number == 0 and has_head:
            yield f"|{'---|' * len(cells)}"
    yield ""
