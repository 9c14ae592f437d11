"""Tests that struck-out words of PDFs are left out, and that no quote goes over them.

Lines under words, around words and between rows do not strike anything out.
"""

from __future__ import annotations

import time

import pytest

from corpus.pdf import pdf_file
from corpus.pdfium.strikes import Rule, Rules, Word, struck_out, without_struck
from corpus.quotes.originals import Originals, locate
from corpus.readers.pdf import read_pdf
from corpus.types import Passage, Reading
from corpus.witness.second_reading import second_readings, sentence_readings

OLD, NEW = "The allowance is £2,000 for each care leaver.", "The allowance is £3,150 for each care leaver."
WARNING = (
    "Page 1 has words that are struck out. We left them out, and answers quote no sentence that goes over them. Check "
    "that the report is the final one."
)


def text(words, y, left=72):
    return f"BT /F1 11 Tf {left} {y} Td ({words}) Tj ET"


def page(drawn, old=OLD):
    return "\n".join([text(old, 542), text(NEW, 528), drawn])


WAYS = {
    "a line": "0.7 w 72 545.5 m 290 545.5 l S",
    "a thin box": "72 545 218 0.8 re f",
    "two lines": "72 544.5 m 290 544.5 l S 72 546.5 m 290 546.5 l S",
    "a line for each word": " ".join(f"{x} 545.5 m {x + 10.8} 545.5 l S" for x in range(72, 288, 11)),
    "a line on a turned page": "72 545.5 m 290 545.5 l S",
}


@pytest.mark.parametrize("way", WAYS)
def test_words_with_a_line_through_them_are_left_out_with_a_warning(raw_pdf, way):
    path = raw_pdf(page(WAYS[way]), page="/Rotate 90" if "turned" in way else "")
    document = read_pdf(path)
    assert document.text == NEW
    assert document.warnings == (WARNING,)
    assert not locate(OLD, path, pdf_file.MEDIA_TYPE, (1,))
    assert locate(NEW, path, pdf_file.MEDIA_TYPE, (1,))


def test_a_line_of_a_tenth_of_the_size_of_the_letters_strikes_out_words_that_are_drawn_later(raw_pdf):
    """PDFium gives twice the width of a line, which would make this one too thick."""
    document = read_pdf(raw_pdf("\n".join(["1.2 w 72 545.5 m 290 545.5 l S", text(OLD, 542), text(NEW, 528)])))
    assert (document.text, document.warnings) == (NEW, (WARNING,))


@pytest.mark.parametrize("flags", ["", "/F 4"])
def test_words_that_a_note_strikes_out_are_left_out(raw_pdf, flags):
    note = f"<< /Type /Annot /Subtype /StrikeOut {flags} /Rect [72 539 290 551] /QuadPoints [72 551 290 551 72 539 290 539] >>"
    document = read_pdf(raw_pdf(page(""), page="/Annots [50 0 R]", objects={50: note}))
    assert (document.text, document.warnings) == (NEW, (WARNING,))


def test_a_note_that_is_hidden_strikes_nothing_out(raw_pdf):
    note = "<< /Type /Annot /Subtype /StrikeOut /F 2 /Rect [72 539 290 551] >>"
    document = read_pdf(raw_pdf(page(""), page="/Annots [50 0 R]", objects={50: note}))
    assert (document.text, document.warnings) == (f"{OLD} {NEW}", ())


def test_a_note_that_strikes_out_two_lines_leaves_the_third(raw_pdf):
    quads = "72 551 290 551 72 539 290 539 72 537 290 537 72 525 290 525"
    note = f"<< /Type /Annot /Subtype /StrikeOut /Rect [72 525 290 551] /QuadPoints [{quads}] >>"
    contents = f"{page('')}\n{text('Leaders know this.', 514)}"
    assert read_pdf(raw_pdf(contents, page="/Annots [50 0 R]", objects={50: note})).text == "Leaders know this."


@pytest.fixture
def width():
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return lambda words: stringWidth(words, "Helvetica", 11)


PARTS = {
    "in the middle": ("Leaders are ", "slow", " quick to act.", "Leaders are quick to act."),
    "a short word": ("The plan is ", "no", " good.", "The plan is good."),
    "at the start": ("", "Some", " children are safe.", "children are safe."),
    "at the end": ("Children are safe", " at night", ".", "Children are safe."),
    "a whole sentence": (
        "Records are complete. ",
        "They are new.",
        " Leaders act.",
        "Records are complete. Leaders act.",
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_line_through_some_words_of_a_line_leaves_the_others(raw_pdf, width, part):
    before, struck, after, left = PARTS[part]
    start = 72 + width(before)
    line = f"{start:.1f} 545.5 m {start + width(struck) + 0.8:.1f} 545.5 l S"
    path = raw_pdf(page(line, f"{before}{struck}{after}"))
    assert read_pdf(path).text == f"{left} {NEW}"


def test_no_quote_goes_over_struck_words_and_their_neighbours_are_confirmed(raw_pdf, width):
    start = 72 + width("Leaders are ")
    struck = f"{start:.1f} 545.5 m {start + width('slow'):.1f} 545.5 l S"
    path = raw_pdf(page(struck, "Leaders are slow quick to act."))
    document = read_pdf(path)
    sentences = ["Leaders are quick to act.", NEW]
    assert document.text == " ".join(sentences)
    assert not locate(sentences[0], path, pdf_file.MEDIA_TYPE, (1,))
    assert not locate("slow", path, pdf_file.MEDIA_TYPE, (1,))
    [reading] = second_readings(path, pdf_file.MEDIA_TYPE, 1)
    assert not reading.same
    spans = ((0, len(sentences[0])), (len(sentences[0]) + 1, len(document.text)))
    passage = Passage("made", 0, document.text, 0, len(document.text), (), None, (1,), (), spans)
    with Originals() as originals:
        found = list(sentence_readings(passage, path, pdf_file.MEDIA_TYPE, {1: reading}, originals))
    assert found == [(NEW, 1, Reading.CONFIRMED)]


def test_a_paragraph_goes_on_below_a_line_that_is_struck_out(raw_pdf):
    lines = [
        text("Leaders know their children and", 542),
        text("some of the", 528),
        text("homes in which they live.", 514),
    ]
    document = read_pdf(raw_pdf("\n".join([*lines, "72 531.5 m 130 531.5 l S"])))
    assert document.text == "Leaders know their children and homes in which they live."


def test_a_struck_row_of_a_table_is_left_out_over_all_its_cells(raw_pdf):
    rows = [("Area", "Visits", 560), ("Aldermere", "412", 542), ("Pellbrook", "97", 528)]
    cells = [text(words, y, left) for name, figure, y in rows for words, left in ((name, 72), (figure, 240))]
    document = read_pdf(raw_pdf("\n".join([*cells, "70 545.5 m 260 545.5 l S"])))
    assert "Aldermere" not in document.text
    assert "412" not in document.text
    assert "Pellbrook" in document.text


OTHERS = {
    "under the words": "72 540.5 m 290 540.5 l S",
    "over the words": "72 551 m 290 551 l S",
    "a box around them": "60 525 300 28 re S",
    "the rule of a table": "40 545.5 m 560 545.5 l S",
    "a rule drawn cell by cell": "40 545.5 m 200 545.5 l S 200 545.5 m 400 545.5 l S",
    "an upright line": "60 545.5 m 60 400 l S",
    "a dash": "75 545.5 m 80 545.5 l S",
    "a coloured band": "0.9 g 72 540 218 4 re f 0 g",
    "a line that is not painted": "72 545.5 m 290 545.5 l n",
    "lines between rows": "72 538.4 m 290 538.4 l S 72 552.2 m 290 552.2 l S",
    "a line between the words": "310 545.5 m 330 545.5 l S",
}


@pytest.mark.parametrize("drawn", OTHERS.values(), ids=OTHERS)
def test_other_lines_strike_nothing_out(raw_pdf, drawn):
    document = read_pdf(raw_pdf(page(drawn)))
    assert (document.text, document.warnings) == (f"{OLD} {NEW}", ())


def test_the_lines_of_ruled_paper_strike_nothing_out(raw_pdf):
    lines = [text("Leaders know each of the homes.", 760 - 13.4 * row) for row in range(12)]
    ruling = [f"71 {764 - 15 * row} m 232 {764 - 15 * row} l S" for row in range(12)]
    document = read_pdf(raw_pdf("\n".join([*lines, *ruling])))
    assert not document.warnings
    assert document.text.split() == ["Leaders", "know", "each", "of", "the", "homes."] * 12


def test_many_lines_that_each_strike_a_line_out_are_no_ruled_paper(raw_pdf):
    lines = [text("Leaders know each of the homes.", 760 - 15 * row) for row in range(12)]
    struck = [f"71 {763.5 - 15 * row} m 232 {763.5 - 15 * row} l S" for row in range(6)]
    document = read_pdf(raw_pdf("\n".join([*lines, *struck])))
    assert document.warnings == (WARNING,)
    assert document.text.split() == ["Leaders", "know", "each", "of", "the", "homes."] * 6


UNSAFE = "Children are not safe at home in Tallowby."
THICKNESSES = [0.3, 0.7, 1.2, 1.6, 2.1, 2.3, 2.6, 3.0, 3.3, 3.6, 3.9, 4.2, 4.5, 5.0, 6.0, 8.0, 10.0, 12.0]


def through(width, thickness, above=3.5, *, box=False):
    """Return a line of some thickness over "not", whose middle is some height above the baseline."""
    left, right = (72 + width(words) for words in ("Children are ", "Children are not"))
    if box:
        return f"{left:.2f} {542 + above - thickness / 2:.2f} {right - left:.2f} {thickness} re f"
    return f"{thickness} w {left:.2f} {542 + above} m {right:.2f} {542 + above} l S"


@pytest.mark.parametrize("box", [False, True], ids=["line", "box"])
@pytest.mark.parametrize("thickness", THICKNESSES)
def test_a_line_of_any_thickness_through_a_word_leaves_it_out(raw_pdf, width, thickness, box):
    for above in (2.2, 3.5, 5.2):
        found = read_pdf(raw_pdf(page(through(width, thickness, above, box=box), UNSAFE)))
        assert "not" not in found.text
        assert "Children are" in found.text
        assert found.warnings


@pytest.mark.parametrize("thickness", [3.0, 5.0, 8.0, 12.0])
def test_a_highlighter_under_a_word_strikes_nothing_out(raw_pdf, width, thickness):
    contents = f"1 1 0 rg {through(width, thickness, box=True)} 0 g {page('', UNSAFE)}"
    found = read_pdf(raw_pdf(contents))
    assert found.text == f"{UNSAFE} {NEW}"
    assert not found.warnings


def test_the_shade_of_a_cell_that_its_words_do_not_fill_strikes_nothing_out(raw_pdf):
    contents = f"{text('Leaders know this.', 600)} 1 1 0 rg 72 538 500 15 re f 0 g {text(OLD, 542)}"
    assert read_pdf(raw_pdf(contents)).text.endswith(OLD)


@pytest.mark.parametrize("thickness", [0.3, 0.7, 1.2, 2.1, 3.0])
def test_a_line_under_a_word_strikes_nothing_out(raw_pdf, width, thickness):
    found = read_pdf(raw_pdf(page(through(width, thickness, -1.0 - thickness / 2), UNSAFE)))
    assert found.text == f"{UNSAFE} {NEW}"


def test_the_bar_of_a_fraction_strikes_nothing_out(raw_pdf):
    drawn = [
        text("Leaders know their children well.", 580),
        text("The share is", 542),
        text("412", 549, 140),
        text("618", 535, 140),
        "239 545.5 m 260 545.5 l S",
    ]
    document = read_pdf(raw_pdf("\n".join(drawn)))
    assert not document.warnings
    assert {"412", "618"} <= set(document.text.split())


def test_a_line_through_leader_dots_strikes_nothing_out(raw_pdf):
    document = read_pdf(
        raw_pdf(
            "\n".join(
                [
                    text("Leaders know their children.", 580),
                    text("Homes ............ 12", 542),
                    "108 545.5 m 140 545.5 l S",
                ]
            )
        )
    )
    assert not document.warnings


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("Leaders are \ufdd0\ufdd0\ufdd0\ufdd0 quick.", "Leaders are quick."),
        ("Children are safe \ufdd0\ufdd0 \ufdd0\ufdd0\ufdd0.", "Children are safe."),
        ("Records are complete. \ufdd0\ufdd0\ufdd0\ufdd0. Leaders act.", "Records are complete. Leaders act."),
        ("\ufdd0\ufdd0\ufdd0-", ""),
        ("well-known", "well-known"),
    ],
)
def test_marks_of_struck_words_are_removed_with_the_space_before_them(marked, left):
    assert without_struck(marked) == left


def test_the_time_grows_with_the_number_of_words_and_lines():
    def seconds(count):
        rules = [Rule(72 + 3 * n, 74 + 3 * n, 100, 0.5) for n in range(count)]
        words = [Word(n, n + 1, 72 + 3 * n, 74 + 3 * n, 103.5, 11, True) for n in range(count)]
        start = time.process_time()
        found = Rules(rules).near(72, 72 + 3 * count, 103.5, 11)
        assert len(struck_out(words, found)) == count
        return time.process_time() - start

    assert seconds(40_000) < 12 * seconds(10_000) + 0.1


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e12])
def test_odd_numbers_in_a_file_do_no_harm(number):
    rules = Rules([Rule(72, 290, 100, 0.7), Rule(72, 290, number, 0.7), Rule(72, -number, 100, 0.7)])
    assert len(rules.near(72, 290, 103.5, 11)) == 1
    assert rules.near(72, 290, number, 11) == []
    assert rules.near(72, 290, 100, number) in ([], [Rule(72, 290, 100, 0.7)])
