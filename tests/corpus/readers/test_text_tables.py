from __future__ import annotations

import pytest

from corpus.readers.text import read_text
from corpus.types import BlockKind

IMPACT = "The impact of leaders on social work practice with children and families"
CARE = "The experiences and progress of children in care"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"
ROWS = [(IMPACT, "Good"), (CARE, RI), (OVERALL, "Outstanding")]
TITLE = "Inspection of Thornby local authority children's services\n\nInspection dates:  3 to 7 June 2024\n"
AFTER = "\nThornby is a place where children are safe, and where leaders\nlisten to what they say.\n"
NARROW = """
Judgement                            Grade
-----------------------------------  ---------------
The impact of leaders on social      Good
work practice with children and
families
The experiences and progress of      Requires
children in care                     improvement to
                                     be good
Overall effectiveness                Outstanding
"""
WIDE = """
Judgement\tGrade
The impact of leaders on social work practice with children and families\tGood
The experiences and progress of children in care\tRequires improvement to be good
Overall effectiveness\tOutstanding
"""
STROKES = """
+--------------------------------------------------------------------------+---------------------------------+
| Judgement                                                                | Grade                           |
+--------------------------------------------------------------------------+---------------------------------+
| The impact of leaders on social work practice with children and families | Good                            |
| The experiences and progress of children in care                         | Requires improvement to be good |
| Overall effectiveness                                                    | Outstanding                     |
+--------------------------------------------------------------------------+---------------------------------+
"""
APART = """
The impact of leaders on social work practice with children and families   Good

The experiences and progress of children in care       Requires improvement to be good

Overall effectiveness                                  Outstanding
"""


def grades(document):
    return [(judgement.area, judgement.grade, judgement.box) for judgement in document.judgements]


@pytest.mark.parametrize("table", [NARROW, WIDE, STROKES, APART], ids=["narrow", "tabs", "strokes", "apart"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_grades_of_a_table_in_plain_text_are_read_and_each_row_is_a_block(write, table, end):
    document = read_text(write((TITLE + table + AFTER).replace("\n", end)))
    assert grades(document) == [(*row, None) for row in ROWS]
    texts = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    rows = [text for kind, text in texts if kind is BlockKind.TABLE]
    assert rows[-3:] == [f"{area} {grade}" for area, grade in ROWS]
    assert texts[1][1] == "Inspection dates: 3 to 7 June 2024"
    assert texts[-1][1] == "Thornby is a place where children are safe, and where leaders listen to what they say."


TWO = """
Judgement                     {}  {}
Quality of provision          Inadequate           Good
Overall effectiveness         Good                 Requires improvement
Adoption performance          Inadequate           Good
"""


def test_of_two_columns_the_one_of_this_inspection_is_read_or_none(write):
    own = read_text(write(TITLE + TWO.format("Last inspection    ", "This inspection") + AFTER))
    assert [grade for _, grade, _ in grades(own)] == ["Good", "Requires improvement", "Good"]
    unclear = read_text(write(TITLE + TWO.format("2019               ", "2024") + AFTER))
    assert (grades(unclear), unclear.unread_grades) == ([], True)


def test_a_table_of_earlier_grades_or_with_other_words_gives_none(write):
    earlier = read_text(write(TITLE + "\nPrevious judgements\n" + NARROW + AFTER))
    assert (grades(earlier), earlier.unread_grades) == ([], False)
    comments = APART.replace("Good", "Good                             Firm grip")
    document = read_text(write(TITLE + comments + AFTER))
    assert len(grades(document)) < 3
    assert "Firm grip" in document.text


def test_other_columns_in_plain_text_are_no_grades(write):
    letter = TITLE + "\nHomes            296\nGood homes         3\nOverall          Good\n" + AFTER
    document = read_text(write(letter))
    assert grades(document) == []
    assert "Homes 296" in document.text
