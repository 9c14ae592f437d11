from __future__ import annotations

from corpus.scans.recognition import SeenWord, read_table

TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t
4\t1\t5\t2\t1\t0\t276\t642\t1768\t43\t-1\t
5\t1\t5\t2\t1\t1\t276\t642\t77\t34\t97.194\tThe
5\t1\t5\t2\t1\t2\t370\t642\t131\t43\t96.5\timpact
5\t1\t5\t2\t1\t3\t600\t642\t10\t43\t95.000000\t \t
5\t1\t5\t2\t2\t1\t1588\t642\t177\t43\t-0.5\tRe quires
"""


def test_only_words_are_taken_with_their_edges_confidence_and_line():
    words = list(read_table(TABLE))
    assert words == [
        SeenWord("The", 97, 276, 642, 353, 676, (5, 2, 1)),
        SeenWord("impact", 96, 370, 642, 501, 685, (5, 2, 1)),
        SeenWord("Requires", 0, 1588, 642, 1765, 685, (5, 2, 2)),
    ]


def test_a_table_that_is_cut_off_gives_the_words_before_the_cut():
    assert [word.text for word in read_table(TABLE[: TABLE.index("370")])] == ["The"]


def test_a_word_without_a_height_is_left_out():
    rows = TABLE.splitlines()
    level, *place = next(row for row in rows if row.startswith("5")).split("\t")
    flat = "\t".join([level, *place[:8], "0", *place[9:]])
    assert len(list(read_table("\n".join([*rows, flat])))) == len(list(read_table(TABLE)))
