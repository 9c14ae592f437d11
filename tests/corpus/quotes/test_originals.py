from __future__ import annotations

import shutil

import pypdfium2 as pdfium
import pytest

from corpus.chunking import chunk
from corpus.pdf import pdf_file
from corpus.quotes.originals import Originals, locate, page_text
from corpus.quotes.verbatim import find_verbatim, fold

PDF = "application/pdf"


def char_middles(path, page, start, end):
    """Return the centre of each visible character, according to PDFium's own boxes.

    The coordinates are fractions of the page's width and height, from its top left corner.
    """
    document = pdfium.PdfDocument(path)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    textpage = sheet.get_textpage()
    middles = []
    for index in range(start, end):
        if textpage.get_text_range(index, 1).strip():
            left, bottom, right, top = textpage.get_charbox(index)
            middles.append(((left + right) / 2 / width, 1 - (bottom + top) / 2 / height))
    textpage.close()
    sheet.close()
    document.close()
    return middles


def holds(box, x, y):
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


@pytest.fixture(scope="session")
def quotes(sample_documents, count):
    """All the sentences in the samples, each with the pages of its passage."""
    sentences = {}
    for name, document in sample_documents.items():
        passages = chunk(document, report_id="0" * 16, title="T", count=count, max_tokens=256)
        sentences[name] = [(p.text[s:e], p.pages) for p in passages for s, e in p.sentences]
        assert sentences[name], name
    return sentences


PDFS = ["aldermere-2024", "northwold-2025", "pellbrook-send", "westmarsh-2023"]


@pytest.mark.parametrize(
    "sample", [*PDFS, "aldermere-2026", "westmarsh-2019", "carrowby-2015", "carrowby-2023", "carrowby-news", "kinship"]
)
def test_every_sentence_of_a_sample_is_found_completely_on_its_pages(sample_documents, sample_paths, quotes, sample):
    media_type = sample_documents[sample].media_type
    for quote, pages in quotes[sample][::3]:
        places = locate(quote, sample_paths[sample], media_type, pages)
        assert places, quote
        assert "".join(quote[p.start : p.end] for p in places).split() == quote.split() or len(places) == 2
        assert fold("".join(quote[p.start : p.end] for p in places))[0] == fold(quote)[0]
        assert {p.page for p in places} <= set(pages)
        assert all(bool(p.boxes) == (media_type == PDF) for p in places)
        assert all(box.page == p.page for p in places for box in p.boxes)


@pytest.mark.parametrize("sample", PDFS)
def test_the_boxes_of_a_quote_cover_all_its_letters_and_no_other_line(sample_paths, quotes, sample):
    path = sample_paths[sample]
    for quote, pages in quotes[sample][::6]:
        places = locate(quote, path, PDF, pages)
        assert places, quote
        for place in places:
            text = page_text(path, PDF, place.page)
            span = find_verbatim(quote[place.start : place.end], text)
            inside = char_middles(path, place.page, *span)
            assert inside
            assert all(any(holds(box, x, y) for box in place.boxes) for x, y in inside), quote
            heights = {round(y, 2) for _, y in inside}
            assert all(any(abs((box.y0 + box.y1) / 2 - y) < 0.015 for y in heights) for box in place.boxes), quote


def test_a_box_covers_no_letter_of_the_lines_above_and_below(make_pdf):
    path = make_pdf(
        [(72, 100, "Visits lapse."), (72, 114, "Leaders know their services."), (72, 128, "Plans are clear.")]
    )
    [place] = locate("Leaders know their services.", path, PDF, (1,))
    text = page_text(path, PDF, 1)
    span = find_verbatim("Leaders know their services.", text)
    outside = [*char_middles(path, 1, 0, span[0]), *char_middles(path, 1, span[1], len(text))]
    assert len(outside) > 20
    assert not [xy for xy in outside if any(holds(box, *xy) for box in place.boxes)]


def test_a_sentence_over_a_page_break_has_a_place_and_boxes_on_each_page(make_pdf):
    path = make_pdf(
        [(72, 700, "Leaders act on what"), (72, 820, "1")],
        [(72, 40, "Westmarsh"), (72, 100, "children tell them."), (290, 820, "2")],
    )
    quote = "Leaders act on what children tell them."
    first, second = locate(quote, path, PDF, (1, 2))
    assert (quote[first.start : first.end], first.page) == ("Leaders act on what", 1)
    assert (quote[second.start : second.end], second.page) == ("children tell them.", 2)
    assert [box.page for place in (first, second) for box in place.boxes] == [1, 2]
    assert first.boxes[0].y0 > 0.8 > 0.2 > second.boxes[0].y1


def test_a_sentence_of_the_samples_runs_over_two_pages_and_has_two_places(sample_paths, quotes):
    places = [locate(quote, sample_paths[s], PDF, pages) for s in PDFS for quote, pages in quotes[s] if len(pages) == 2]
    assert {len(parts) for parts in places} == {1, 2}


@pytest.mark.parametrize(
    "altered",
    [
        "Leaders act on what children told them.",
        "Leaders act on what children tell.",
        "leaders act on what children tell them.",
        "Leaders do not act on what children tell them.",
    ],
)
def test_an_altered_quote_is_not_found(make_pdf, altered):
    whole = make_pdf([(72, 100, "Leaders act on what children tell them.")], name="whole.pdf")
    broken = make_pdf([(72, 700, "Leaders act on what")], [(72, 100, "children tell them.")], name="broken.pdf")
    assert locate("Leaders act on what children tell them.", whole, PDF, (1,))
    assert locate(altered, whole, PDF, (1,)) == ()
    assert locate(altered, broken, PDF, (1, 2)) == ()


def test_a_quote_is_not_found_on_a_page_that_was_not_given(make_pdf):
    path = make_pdf([(72, 100, "Visits lapse.")], [(72, 100, "Plans are clear.")])
    assert locate("Plans are clear.", path, PDF, (1,)) == ()
    assert locate("Plans are clear.", path, PDF, (1, 2))[0].page == 2


def test_a_format_without_pages_has_places_without_boxes(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text("A title\n\nChildren in Westmarsh are safe. They say so themselves.\n")
    [place] = locate("They say so themselves.", path, "text/plain", (1,))
    assert (place.page, place.boxes) == (1, ())
    assert locate("They say no.", path, "text/plain", (1,)) == ()


def test_each_file_is_opened_once_for_all_quotes_and_none_stays_open(sample_paths, quotes, monkeypatch, tmp_path):
    path = tmp_path / "copy.pdf"  # this is a copy, because the pages of the sample itself are cached
    shutil.copyfile(sample_paths["westmarsh-2023"], path)
    opened, closed = [], []

    class Watched(pdf_file.OpenedPdf):
        def __init__(self, path):
            super().__init__(path)
            opened.append(path)

        def close(self):
            super().close()
            closed.append(self)

    monkeypatch.setattr(pdf_file, "OpenedPdf", Watched)
    some = quotes["westmarsh-2023"][:12]
    with Originals() as originals:
        places = [originals.locate(quote, path, PDF, pages) for quote, pages in some]
        assert not closed
    assert (opened, len(closed)) == ([path], 1)
    assert all(places)
    assert places == [locate(quote, sample_paths["westmarsh-2023"], PDF, pages) for quote, pages in some]


def test_a_file_that_changes_during_an_answer_is_opened_again(sample_paths, quotes, tmp_path):
    path = tmp_path / "copy.pdf"
    shutil.copyfile(sample_paths["westmarsh-2023"], path)
    quote, pages = quotes["westmarsh-2023"][3]
    other = tmp_path / "other.pdf"
    shutil.copyfile(sample_paths["northwold-2025"], other)
    with Originals() as originals:
        assert originals.locate(quote, path, PDF, pages)
        other.replace(path)
        assert originals.locate(quote, path, PDF, pages) == ()
    assert locate(quote, path, PDF, pages) == ()


def test_a_place_found_before_is_found_without_opening_the_file_again(sample_paths, quotes, monkeypatch):
    quote, pages = quotes["westmarsh-2023"][4]
    first = locate(quote, sample_paths["westmarsh-2023"], PDF, pages)
    monkeypatch.setattr(pdf_file, "OpenedPdf", None)  # if anything opens a file now, this raises an error
    assert first
    assert locate(quote, sample_paths["westmarsh-2023"], PDF, pages) == first
