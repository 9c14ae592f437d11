from __future__ import annotations

import pytest

from corpus.errors import UnreadableReport
from corpus.pdf import pdf_file
from corpus.quotes.verbatim import find_verbatim
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

PDFS = [
    "aldermere-2024",
    "aldermere-2026",
    "carrowby-2015",
    "northwold-2025",
    "pellbrook-send",
    "westmarsh-2019",
    "westmarsh-2023",
]


@pytest.mark.parametrize("sample", PDFS)
def test_every_line_of_a_sample_is_word_for_word_on_its_page(sample_documents, sample_paths, sample):
    document = sample_documents[sample]
    texts = {page.number: pdf_file.page_text(sample_paths[sample], page.number) for page in document.pages}
    lines = [(line.page, document.text[line.start : line.end]) for line in document.lines]
    assert len(lines) > 60
    assert not [(page, text) for page, text in lines if find_verbatim(text, texts[page]) is None]


@pytest.mark.parametrize("sample", PDFS)
def test_only_the_footer_is_missing_from_the_text_of_a_sample(sample_documents, sample_paths, sample):
    document = sample_documents[sample]
    left_out = []
    for page in pdf_file.read_pages(sample_paths[sample])[1:-2]:
        left_out += [
            line.text
            for line in page.lines
            if 0.13 < line.box.y0 < 0.87 and find_verbatim(line.text, document.text) is None
        ]
    contents = [text for text in left_out if text.strip()[-1:].isdigit() or "Contents" in text or "Page" in text]
    assert sorted(left_out) == sorted(contents)


def test_a_letter_starts_after_its_salutation_and_ends_before_its_signature(make_pdf):
    letter = [(72, 60, "18 June 2024"), (72, 90, "Ms Reed"), (72, 130, "Dear Ms Reed")]
    body = [(72, 200 + 40 * n, f"Finding {n} says that children are safe.") for n in range(6)]
    document = read_pdf(make_pdf([*letter, *body, (72, 600, "Yours sincerely"), (72, 640, "A Reed")]))
    assert document.text.startswith("Finding 0")
    assert document.text.endswith("Finding 5 says that children are safe.")
    assert "18 June 2024" in document.opening


def test_a_row_of_figures_stays_in_the_text(make_pdf):
    rows = [("Area", "Foster care", "Guardians", "Other"), ("Aldermere", "97", "402", "61")]
    page = [
        *((72, 120 + 14 * n, "Children are safe and well cared for here.") for n in range(4)),
        *((left, 200 + 20 * n, cell) for n, row in enumerate(rows) for left, cell in zip((72, 200, 320, 420), row, strict=True)),
        (72, 250, "The figures are those of March."),
    ]  # fmt: skip
    document = read_pdf(make_pdf(page))
    cells = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TABLE]
    assert " ".join(cells).split() == " ".join(" ".join(row) for row in rows).split()


def test_a_contents_page_is_not_part_of_the_text(sample_documents):
    text = sample_documents["carrowby-2015"].text
    assert "Contents" not in text
    assert text.count("Information about this local authority area") == 1


def test_the_grade_table_is_in_the_text_row_by_row(sample_documents):
    document = sample_documents["westmarsh-2023"]
    rows = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TABLE]
    assert "The experiences and progress of care leavers Outstanding" in rows


def test_a_pdf_with_only_page_numbers_is_unreadable(make_pdf):
    pages = [[(72, 40, "Inspection of Westmarsh local authority"), (290, 820, str(n))] for n in range(1, 5)]
    with pytest.raises(UnreadableReport, match="headers and footers"):
        read_pdf(make_pdf(*pages))
