from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest

from corpus.pdf.text_columns import by_columns
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

LEFT = (
    "Social workers in Sedgemere know the children well and visit them at home, at school and in the evening, so that "
    "most children have someone they trust and can call when matters go wrong."
)
RIGHT = (
    "The council has opened two homes since the last visit and has plans for a third, which will let more brothers "
    "and sisters live together and stay close to their schools."
)
BELOW = (
    "Managers read the files of the children each month and hold staff to account for the quality of their plans, "
    "although supervision notes are often brief."
)


def across(top, texts, lefts=(60, 320), width=40):
    """Return texts in columns, drawn line by line across the page."""
    columns = [textwrap.wrap(text, width) for text in texts]
    return [
        (left, top + 14 * number, line)
        for number, lines in enumerate(zip_longest(*columns))
        for left, line in zip(lefts, lines, strict=True)
        if line
    ]


def below(top, text=BELOW):
    return [(60, top + 14 * number, line) for number, line in enumerate(textwrap.wrap(text, 85))]


def blocks_of(path):
    document = read_pdf(path)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other(make_pdf):
    heading = [(60, 90, "What we found", 11, True)]
    path = make_pdf(heading + across(110, (LEFT, RIGHT)) + below(230))
    assert blocks_of(path) == [
        (BlockKind.HEADING, "What we found"),
        (BlockKind.PARAGRAPH, LEFT),
        (BlockKind.PARAGRAPH, RIGHT),
        (BlockKind.PARAGRAPH, BELOW),
    ]


def test_a_quote_from_such_a_column_is_proved_and_its_boxes_stay_in_the_column(make_pdf):
    path = make_pdf(across(110, (LEFT, RIGHT)) + below(230))
    [left] = locate(LEFT, path, "application/pdf", (1,))
    [right] = locate(RIGHT, path, "application/pdf", (1,))
    assert len(left.boxes) == len(textwrap.wrap(LEFT, 40))
    assert max(box.x1 for box in left.boxes) < min(box.x0 for box in right.boxes)
    assert (left.rearranged, right.rearranged) == (True, True)
    [part] = locate("which will let more brothers and sisters live together", path, "application/pdf", (1,))
    assert len(part.boxes) == 2
    assert not locate("The council has opened two homes since visit them at home", path, "application/pdf", (1,))


def test_three_columns_are_read_one_after_the_other(make_pdf):
    path = make_pdf(across(110, (LEFT, RIGHT, BELOW), (50, 225, 400), 26))
    assert [text for _, text in blocks_of(path)] == [LEFT, RIGHT, BELOW]


def test_the_paragraphs_of_a_column_stay_apart_and_columns_may_end_at_different_heights(make_pdf):
    path = make_pdf(across(110, (f"{LEFT} {BELOW}", RIGHT)) + below(320, RIGHT))
    texts = [text for _, text in blocks_of(path)]
    assert " ".join(texts) == f"{LEFT} {BELOW} {RIGHT} {RIGHT}"
    assert texts[-2:] == [RIGHT, RIGHT]


def test_a_heading_below_the_columns_comes_after_both(make_pdf):
    path = make_pdf([*across(110, (LEFT, RIGHT)), (60, 215, "Next steps", 11, True), *below(235)])
    assert [text for _, text in blocks_of(path)] == [LEFT, RIGHT, "Next steps", BELOW]


NARROW = textwrap.wrap(LEFT, 40), textwrap.wrap(RIGHT, 40), textwrap.wrap(BELOW, 40)
SHORT = "The duty team in Sedgemere has grown by four posts.", "Homes are seen without notice."


def column(left, *paragraphs, top=110, gap=9):
    lines = []
    for paragraph in paragraphs:
        for line in paragraph:
            lines.append((left, top, line))
            top += 13
        top += gap
    return lines


@pytest.mark.parametrize("heading", [False, True])
@pytest.mark.parametrize("gap", [6, 9])
def test_columns_whose_paragraphs_start_together_now_and_then_are_read_one_after_the_other(make_pdf, heading, gap):
    one = column(60, NARROW[0], textwrap.wrap(SHORT[0], 44), NARROW[2], gap=gap)
    two = column(320, NARROW[1], [SHORT[1]], NARROW[0], gap=gap)
    titles = [(60, 85, "Help", 13, True), (320, 85, "Care", 13, True)] if heading else []
    both = sorted([*one, *two], key=lambda line: (line[1], line[0]))
    texts = [text for _, text in blocks_of(make_pdf([*titles, *both]))]
    columns = [["Help"] * heading, [LEFT, SHORT[0], BELOW], ["Care"] * heading, [RIGHT, SHORT[1], LEFT]]
    expected = [text for part in columns for text in part]
    assert texts[: len(expected)] == expected


@pytest.mark.parametrize(("lower", "pitch"), [(2, 13), (4, 13), (6, 13), (0, 13.5)])
def test_columns_whose_lines_are_not_at_one_height_are_read_one_after_the_other(make_pdf, lower, pitch):
    one = [(60, 110 + 13 * number, line) for number, line in enumerate([*NARROW[0], *NARROW[2]])]
    two = [(320, 110 + lower + pitch * number, line) for number, line in enumerate([*NARROW[1], *NARROW[0]])]
    texts = [text for _, text in blocks_of(make_pdf(sorted([*one, *two], key=lambda line: (line[1], line[0]))))]
    assert " ".join(texts) == f"{LEFT} {BELOW} {RIGHT} {LEFT}"


@pytest.mark.parametrize("ends", [True, False], ids=["the columns end alike", "the paragraph goes on with a name"])
def test_columns_that_are_drawn_one_after_the_other_have_their_own_edges(make_pdf, ends):
    first = "The virtual school knows its pupils well. Attendance has risen for the third year in a row."
    name = ["Carers told inspectors that they like the"]
    wide = ["Thursday Young People Club, which is seen", "as a place to grow, and to be heard and known."]
    one = column(60, NARROW[0], textwrap.wrap(first, 40), NARROW[2] if ends else name)
    two = column(320, NARROW[1] if ends else wide, NARROW[0])
    texts = [text for _, text in blocks_of(make_pdf([*one, *two]))]
    last = [BELOW, RIGHT] if ends else [" ".join([*name, *wide])]
    assert texts == [LEFT, first, *last, LEFT]


def test_a_table_with_sentences_in_its_cells_is_not_read_as_columns(pdf_line):
    cells = [
        ("The council", "Leaders should make sure that"),
        ("", "plans are sent in time."),
        ("Schools", "Schools tell"),
    ]
    cells += [("", "the council at once when a"), ("", "child is missing."), ("Health partners", "Partners cut waits")]
    lines = [
        pdf_line(text, 100 + 14 * number, left=left)
        for number, row in enumerate(cells)
        for left, text in zip((72, 280), row, strict=True)
        if text
    ]
    assert by_columns(lines) == lines


@pytest.mark.parametrize("rows", [3, 12])
def test_rows_whose_cells_all_start_anew_are_a_table(pdf_line, rows):
    lines = [
        pdf_line(text, 100 + 14 * number, left=left)
        for number in range(rows)
        for left, text in ((72, "Children who are in care"), (320, "Plans that were on time"))
    ]
    assert by_columns(lines) == lines


def test_running_text_across_the_page_keeps_its_order(pdf_line):
    lines = [pdf_line("leaders act on what children tell them and", 100 + 14 * number) for number in range(9)]
    assert by_columns(lines) == lines
    assert by_columns([]) == []


def test_a_table_whose_cells_have_several_paragraphs_is_not_read_as_columns(pdf_line):
    left = [
        (100, "The council should make"),
        (113, "sure that plans are sent."),
        (157, "Schools should tell the"),
        (170, "council at once."),
        (201, "Health partners should cut"),
        (214, "waits for a nurse."),
    ]
    right = [
        (100, "Plans are sent on time and"),
        (113, "read."),
        (131, "One team is late and has"),
        (144, "asked for help."),
        (157, "Schools do so by letter or"),
        (170, "by telephone."),
        (183, "and in person."),
        (201, "Waits have fallen since"),
        (214, "the autumn."),
    ]
    rows = sorted([(top, 72, text) for top, text in left] + [(top, 280, text) for top, text in right])
    lines = [pdf_line(text, top, left=at) for top, at, text in rows]
    assert by_columns(lines) == lines
