from __future__ import annotations

import io
import threading
from contextlib import closing
from itertools import pairwise

import pytest
from PIL import Image

from corpus.errors import UnreadableReport
from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.pdf import pdf_file

LINES = ["Children in Westmarsh are safe.", "Leaders know their services well."]


def boxes(path, number, start, end):
    """Return the boxes for a range of the text on one page."""
    with closing(pdf_file.OpenedPdf(path)) as opened:
        return opened.boxes(number, start, end)


@pytest.fixture
def path(make_pdf):
    return make_pdf([(72, 100, LINES[0]), (90, 130, LINES[1], 16, True)], [(72, 400, "A second page.")])


def test_lines_have_their_text_place_size_and_weight(path):
    first, second = pdf_file.read_pages(path)
    assert [line.text for line in first.lines] == LINES
    plain, bold = first.lines
    assert (plain.size, plain.bold, bold.size, bold.bold) == (11, False, 16, True)
    assert plain.left == pytest.approx(72, abs=2)
    assert bold.left == pytest.approx(90, abs=2)
    assert (plain.baseline, bold.baseline) == pytest.approx((100, 130), abs=0.1)
    assert (first.number, second.number, second.lines[0].page) == (1, 2, 2)


def test_the_box_of_a_line_is_around_its_letters(path):
    line = pdf_file.read_pages(path)[0].lines[0]
    height = pdf_file.page_size(path, 1)[1]
    assert line.box.y0 * height == pytest.approx(100 - 8, abs=2)
    assert line.box.y1 * height == pytest.approx(100 + 2, abs=2)


def test_a_bold_standard_font_is_bold(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "bold.pdf"))
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(72, 700, "Early help")
    canvas.save()
    assert pdf_file.read_pages(tmp_path / "bold.pdf")[0].lines[0].bold


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_displayed(make_pdf, rotation):
    """The rendered page is blank, except inside the line's box."""
    path = make_pdf([(72, 400, LINES[0])], rotation=rotation, name=f"turned{rotation}.pdf")
    [line] = pdf_file.read_pages(path)[0].lines
    image = Image.open(io.BytesIO(pdf_file.render_png(path, 1, 800))).convert("L")
    box = line.box
    edges = (
        round(box.x0 * image.width - 2),
        round(box.y0 * image.height - 2),
        round(box.x1 * image.width + 2),
        round(box.y1 * image.height + 2),
    )
    assert min(image.crop(edges).tobytes()) < 100
    image.paste(255, edges)
    assert min(image.tobytes()) > 200


def test_the_offsets_of_a_pages_text_are_those_of_its_boxes(path):
    text = pdf_file.page_text(path, 1)
    start = text.index("Leaders")
    [box] = boxes(path, 1, start, start + len("Leaders"))
    line = pdf_file.read_pages(path)[0].lines[1]
    assert line.box.y0 <= box.y0 + 0.001
    assert box.y1 <= line.box.y1 + 0.001
    assert box.x0 == pytest.approx(line.box.x0, abs=0.001)
    assert box.x1 < line.box.x1


def test_a_page_is_drawn_at_the_width_asked_for(path):
    image = Image.open(io.BytesIO(pdf_file.render_png(path, 2, 300)))
    width, height = pdf_file.page_size(path, 2)
    assert (image.format, image.width) == ("PNG", 300)
    assert image.height == pytest.approx(300 * height / width, abs=2)


def test_a_word_that_is_broken_at_a_line_end_keeps_its_hyphen_for_cleaning(make_pdf):
    path = make_pdf([(72, 100, "a strong self-"), (72, 114, "evaluation of it")])
    assert [line.text.replace(LINE_BREAK_HYPHEN, "-") for line in pdf_file.read_pages(path)[0].lines] == [
        "a strong self-",
        "evaluation of it",
    ]


def test_a_file_that_is_not_a_pdf_is_unreadable(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableReport, match="damaged"):
        pdf_file.read_pages(tmp_path / "a.pdf")


def test_threads_that_read_and_draw_at_once_get_the_same_as_one(path):
    alone = (pdf_file.page_text(path, 1), pdf_file.render_png(path, 1, 200))
    results: list[tuple[str, bytes]] = []

    def work():
        results.extend((pdf_file.page_text(path, 1), pdf_file.render_png(path, 1, 200)) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 30
    assert set(results) == {alone}


def test_the_lines_of_a_page_are_its_text_in_its_places(path):
    text = pdf_file.page_text(path, 1)
    lines = pdf_file.page_lines(path, 1)
    assert [text[line.start : line.end] for line in lines] == LINES
    assert all(first.end <= second.start for first, second in pairwise(lines))
    for line in lines:
        [box] = boxes(path, 1, line.start, line.end)
        assert (line.box.x0, line.box.y0) == pytest.approx((box.x0, box.y0), abs=0.01)


def test_the_cells_of_a_row_are_lines_of_their_own(make_pdf):
    path = make_pdf([(72, 100, "Overall effectiveness"), (400, 100, "Good")])
    text = pdf_file.page_text(path, 1)
    assert [text[line.start : line.end].strip() for line in pdf_file.page_lines(path, 1)] == [
        "Overall effectiveness",
        "Good",
    ]
