from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.pdf.sheets.characters import NEW_LINE, physical_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (f"One{NEW_LINE}two", [(0, "One"), (5, "two")]),
        (f"One{NEW_LINE}  {NEW_LINE}two", [(0, "One"), (9, "two")]),
        (f"multi{LINE_BREAK_HYPHEN}agency", [(0, f"multi{LINE_BREAK_HYPHEN}"), (6, "agency")]),
    ],
)
def test_a_line_ends_at_a_line_break_or_at_a_hyphen_that_ends_a_line(text, lines):
    assert list(physical_lines(text)) == lines


@given(st.text(f"ab {LINE_BREAK_HYPHEN}\r\n", max_size=40))
def test_each_line_is_at_its_offset_and_no_letter_is_lost(text):
    found = list(physical_lines(text))
    assert all(text.startswith(line, start) for start, line in found)
    assert sum(line.count("a") for _, line in found) == text.count("a")
