"""Tests that control codes in the text of PDFs become the signs that they stand for, or are marked as unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glyphs import clean
from corpus.pdf.sheets.control_codes import UNKNOWN, without_control_codes
from corpus.quotes.verbatim import find_verbatim
from corpus.readers.pdf import read_pdf


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("the \x1cndings of the o\x1ece", "the findings of the office"),
        ("make a di\x1berence to \x1dats", "make a difference to flats"),
        ("the \x1cxqzt of the qo\x1epq", f"the {UNKNOWN}xqzt of the qo{UNKNOWN}pq"),
        ("\x88 Homes in the east", "• Homes in the east"),
        ("children\x92s homes \x96 and \x93plans\x94", "children’s homes – and “plans”"),
        ("plans\x07 and \x7fhomes", f"plans{UNKNOWN} and {UNKNOWN}homes"),
    ],
)
def test_codes_are_read_as_what_they_stand_for_or_marked(text, read):
    assert clean(without_control_codes(text)) == read


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=60))
def test_the_length_stays_and_no_code_is_left(text):
    read = without_control_codes(text)
    assert len(read) == len(text)
    assert not any((c < " " and c not in "\x02\t\n\r") or "\x7f" <= c < "\xa0" for c in read)
    assert all(after == before for before, after in zip(text, read, strict=True) if before.isprintable())


def test_a_word_with_an_unknown_letter_is_not_quoted_without_it():
    page = without_control_codes("the \x07ndings of leaders")
    assert find_verbatim("the ndings of leaders", page) is None


def test_a_report_says_how_many_characters_are_unknown(raw_pdf):
    lines = ("Leaders know their services well and act.", "Children are \\001een often \\001nd well.")
    path = raw_pdf("\n".join(f"BT /F1 11 Tf 72 {700 - 14 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)))
    document = read_pdf(path)
    assert document.text.count(UNKNOWN) == 2
    assert any(warning.startswith("2 characters could not be read") for warning in document.warnings)
