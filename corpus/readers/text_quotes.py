"""Removes the marks that plain text and e-mail put before each line of a quotation: "> The council will apologise."."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARK = re.compile(r"^\s{0,3}(?:>\s?)+")


def without_quote_marks(lines: Sequence[str]) -> list[str]:
    """Return lines without the marks of quotations. A quotation is a paragraph of its own.

    A single marked line is no quotation, because it may be a sign: "> 5 days".
    """
    plain: list[str] = []
    inside = False
    for number, line in enumerate(lines):
        mark = _MARK.match(line)
        near = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
        quoted = mark is not None and any(_MARK.match(other) for other in near)
        if quoted != inside and plain and plain[-1].strip() and line.strip():
            plain.append("")
        plain.append(line[mark.end() :] if mark and quoted else line)
        inside = quoted
    return plain
