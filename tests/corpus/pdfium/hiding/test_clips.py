"""Tests that text is not read if a clip path hides all of it."""

from __future__ import annotations

import pytest

from corpus.pdf import pdf_file

CELL = "72 500 300 60 re W n"
FIRST, SECOND, BELOW = "Homes for children", "and who runs them", "in the last year"


def line(words, y, left=76):
    return f"BT /F1 11 Tf 1 0 0 1 {left} {y} Tm ({words}) Tj ET"


def texts(path):
    return [found.text.strip() for found in pdf_file.read_pages(path)[0].lines]


def form(operators, box="0 0 595 842", more=""):
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [{box}] {more} /Length {len(operators)} "
        f"/Resources << /Font << /F1 3 0 R >> /XObject << /In 51 0 R >> >> >>\nstream\n{operators}\nendstream"
    )


ROWS = [line(FIRST, 540), line(SECOND, 515), line(BELOW, 480)]
CLIPS = {
    "a rectangle": f"{CELL} {' '.join(ROWS)}",
    "four corners": f"72 500 m 372 500 l 372 560 l 72 560 l h W n {' '.join(ROWS)}",
    "one inside another": f"60 200 500 400 re W n {CELL} {' '.join(ROWS)}",
    "one across another": f"72 490 200 300 re W n 60 500 100 60 re W n {' '.join(ROWS)}",
    "the first of two": f"{CELL} 60 400 100 145 re W n {' '.join(ROWS)}",
    "in scaled units": f"0.5 0 0 0.5 0 0 cm 144 1000 600 120 re W n 2 0 0 2 0 0 cm {' '.join(ROWS)}",
    "for each line": " ".join(f"q {CELL} {row} Q" for row in ROWS),
}


@pytest.mark.parametrize("drawn", CLIPS.values(), ids=CLIPS)
def test_the_lines_that_do_not_fit_into_a_cell_are_left_out(raw_pdf, drawn):
    path = raw_pdf(f"q {drawn} Q {line('After.', 400)}")
    assert texts(path) == [FIRST, SECOND, "After."]
    assert BELOW not in pdf_file.page_text(path, 1)


@pytest.mark.parametrize("y", [494, 497, 555])
def test_a_line_that_shows_in_part_is_kept(raw_pdf, y):
    assert texts(raw_pdf(f"q {CELL} {line(BELOW, y)} Q")) == [BELOW]


def test_a_line_that_starts_outside_its_cell_and_shows_there_is_kept(raw_pdf):
    assert texts(raw_pdf(f"q 120 500 300 60 re W n {line(FIRST, 540, left=60)} Q")) == [FIRST]


def test_a_shape_of_many_points_hides_nothing(raw_pdf):
    points = " ".join(f"{100 + n} {300 + n % 3} l" for n in range(40))
    assert texts(raw_pdf(f"q 100 300 m {points} h W n {line(FIRST, 540)} Q")) == [FIRST]


@pytest.mark.parametrize("matrix", ["1 0 0 1 0 0", "0.5 0 0 0.5 30 200", "0 1 -1 0 595 0"])
def test_text_beyond_the_box_of_a_form_is_left_out(raw_pdf, matrix):
    inner = form(f"{line(FIRST, 540)} {line(BELOW, 480)}", "60 500 400 600")
    path = raw_pdf(f"q {matrix} cm /Out Do Q", resources="/XObject << /Out 51 0 R >>", objects={51: inner})
    assert texts(path) == [FIRST]


def test_the_clip_path_around_a_form_hides_what_is_in_forms_inside_it(raw_pdf):
    objects = {50: form("q 1 0 0 1 0 -30 cm /In Do Q"), 51: form(" ".join(ROWS))}
    path = raw_pdf(f"q {CELL} /Out Do Q", resources="/XObject << /Out 50 0 R >>", objects=objects)
    assert texts(path) == [FIRST]


@pytest.mark.parametrize("matrix", ["0.5 0 0 0.5 30 200", "0 1 -1 0 595 0"])
def test_a_clip_path_in_a_form_hides_lines_wherever_the_form_is(raw_pdf, matrix):
    part = line("Seen in part.", 555)  # PDFium drops the clip path of text that is not cut off
    inner = form(f"q {CELL} {part} {' '.join(ROWS)} Q")
    path = raw_pdf(f"q {matrix} cm /Out Do Q", resources="/XObject << /Out 51 0 R >>", objects={51: inner})
    assert texts(path) == ["Seen in part.", FIRST, SECOND]
