"""Reads the text of a page from PDFium, with one character for each of PDFium's characters, and finds its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.pdf.sheets.control_codes import without_control_codes

_TO_HYPHEN = re.compile(rf"[^{LINE_BREAK_HYPHEN}]*{LINE_BREAK_HYPHEN}|[^{LINE_BREAK_HYPHEN}]+")
"""A line that ends at a line-break hyphen, or what is left after the last one."""
NEW_LINE = "\r\n"
"""The characters that PDFium returns between lines."""
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The codes that UTF-16 uses in pairs for characters beyond the first 65,536, such as emoji."""


def characters_of(textpage: pdfium.PdfTextPage) -> str:
    """Return a page's text, in which character i is PDFium's character i.

    The text from PDFium's own call may differ.
    """
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return without_control_codes(text)
    codes = [raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    around = zip([0, *codes[:-1]], codes, [*codes[1:], 0], strict=True)
    return without_control_codes("".join(_character(code, before, after) for before, code, after in around))


def _character(code: int, before: int, after: int) -> str:
    """Return the text for one of PDFium's codes, given the codes next to it. A code may be half of a pair."""
    if code in _FIRST_HALVES:
        return chr(0x10000 + ((code - 0xD800) << 10) + (after - 0xDC00)) if after in _SECOND_HALVES else "\ufffd"
    if code in _SECOND_HALVES:
        return "\u200b" if before in _FIRST_HALVES else "\ufffd"
    return chr(code) if code else " "


def physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and text of each line that is not blank. A line also ends at a line-break hyphen."""
    start = 0
    for row in text.replace("\r", "\n").split("\n"):
        for line in _TO_HYPHEN.findall(row) if LINE_BREAK_HYPHEN in row else (row,):
            if line and not line.isspace():
                yield start, line
            start += len(line)
        start += 1
