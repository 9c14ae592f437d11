from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glyphs import clean
from corpus.pdf import cleaning, pdf_file
from corpus.quotes.verbatim import find_verbatim

BODY = "Children who need help get it soon and well."
FOOT = "Inspection of Westmarsh children’s services"


def texts(pages):
    return [[line.text for line in lines] for lines in pages]


@pytest.mark.parametrize(
    ("glyphs", "expected"),
    [
        ("self\ufffe", "self-"),
        ("wor\u00adkers", "workers"),
        ("the ﬁrst oﬃcer", "the first officer"),
        ("\uf0b7 early help", "• early help"),
        ("■  early help", "• early help"),
        ("– early help", "• early help"),
        ("·    early help", "• early help"),
        ("§ Early help", "• Early help"),
        ("Ø\tEarly help", "• Early help"),
        ("Øresund", "Øresund"),
        ("o early help", "• early help"),
        ("a\u00a0 b\t c ", "a b c"),
        ("5 – 7 May", "5 – 7 May"),
        ("-5 degrees", "-5 degrees"),
        ("£1½m²", "£1½m²"),
    ],
)
def test_only_odd_glyphs_are_normalised(glyphs, expected):
    assert clean(glyphs) == expected


@given(st.text(max_size=80))
def test_no_line_keeps_odd_glyphs_or_repeated_spaces(text):
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert not re.search("[\u00ad\u200b\ufeff\ufb00-\ufb06\uf000-\uf0ff\x02]", cleaned)


def test_running_headers_footers_and_page_numbers_are_removed_and_the_text_stays(make_pdf):
    pages = [
        [
            (72, 40, "Ofsted report"),
            (72, 300, f"Page body {n}."),
            (72, 812, f"{FOOT} 2{n} May 2023"),
            (500, 825, str(n)),
        ]
        for n in range(1, 5)
    ]
    read = pdf_file.read_pages(make_pdf(*pages))
    assert texts(cleaning.without_running_lines(read)) == [[f"Page body {n}."] for n in range(1, 5)]
    assert [page.label for page in cleaning.labelled_pages(read)] == ["1", "2", "3", "4"]


def test_sentences_with_figures_of_their_own_at_the_top_of_pages_stay(make_pdf):
    waits = [f"In area {n} there are {n * n + 7} children who wait for {40 - n * n} homes." for n in range(1, 6)]
    pages = [
        [(72, 60, wait), (72, 300, BODY), (72, 812, f"{FOOT} page {n} of 5")] for n, wait in enumerate(waits, start=1)
    ]
    read = pdf_file.read_pages(make_pdf(*pages))
    assert texts(cleaning.without_running_lines(read)) == [[wait, BODY] for wait in waits]


def test_a_footer_whose_page_numbers_start_again_is_removed(make_pdf):
    numbers = [1, 2, 3, 4, 1, 2, 3, 4]
    read = pdf_file.read_pages(make_pdf(*[[(72, 300, BODY), (72, 812, f"{FOOT} page {n}")] for n in numbers]))
    assert texts(cleaning.without_running_lines(read)) == [[BODY]] * 8


def test_a_line_in_the_margin_that_no_other_page_repeats_stays(make_pdf):
    pages = [[(72, 300, BODY), (72, 812, last)] for last in ("a last line of one page", "and another", "and a third")]
    read = pdf_file.read_pages(make_pdf(*pages))
    assert [lines[-1] for lines in texts(cleaning.without_running_lines(read))] == [
        "a last line of one page",
        "and another",
        "and a third",
    ]


def test_sentences_that_differ_only_in_their_numbers_stay_at_the_top_of_each_page(make_pdf):
    counts = [(14, 301), (19, 280), (11, 344), (25, 290)]
    tops = [f"Team {n} has {workers} workers and {cases} cases." for n, (workers, cases) in enumerate(counts, 1)]
    read = pdf_file.read_pages(make_pdf(*[[(72, 60, top), (72, 300, BODY)] for top in tops]))
    assert texts(cleaning.without_running_lines(read)) == [[top, BODY] for top in tops]


def test_numbered_titles_in_large_letters_stay_at_the_top_of_each_page(make_pdf):
    tops = [f"Locality {n}" for n in range(1, 6)]
    read = pdf_file.read_pages(make_pdf(*[[(72, 60, top, 16), (72, 300, BODY, 11)] for top in tops]))
    assert texts(cleaning.without_running_lines(read)) == [[top, BODY] for top in tops]


def test_rows_of_figures_in_the_margins_stay(make_pdf):
    read = pdf_file.read_pages(
        make_pdf([(72, 300, BODY), (72, 800, "58% 63%")], [(72, 40, "59% 64%"), (72, 300, BODY)])
    )
    assert texts(cleaning.without_running_lines(read)) == [[BODY, "58% 63%"], ["59% 64%", BODY]]


@pytest.mark.parametrize("running", ["Page {0} of 4", "Report {0} | March 2023", "Edition 7, page {0}"])
def test_running_lines_with_the_number_of_the_page_are_removed(make_pdf, running):
    pages = [[(72, 300, BODY), (72, 812, running.format(n))] for n in range(1, 5)]
    assert texts(cleaning.without_running_lines(pdf_file.read_pages(make_pdf(*pages)))) == [[BODY]] * 4


def test_a_repeated_line_in_the_middle_of_pages_stays(make_pdf):
    read = pdf_file.read_pages(make_pdf(*[[(72, 300, BODY)]] * 4))
    assert texts(cleaning.without_running_lines(read)) == [[BODY]] * 4


def test_two_pages_are_enough_in_a_document_of_two_and_not_of_four(make_pdf):
    running, alone = [(72, 300, BODY), (72, 812, FOOT)], [(72, 300, BODY)]
    two = pdf_file.read_pages(make_pdf(running, running, name="two.pdf"))
    four = pdf_file.read_pages(make_pdf(running, running, alone, alone, name="four.pdf"))
    assert texts(cleaning.without_running_lines(two)) == [[BODY], [BODY]]
    assert texts(cleaning.without_running_lines(four))[0] == [BODY, FOOT]


def test_labels_are_the_printed_numbers_even_if_pages_are_counted_differently(make_pdf):
    pages = [[(72, 300, BODY)], *([(72, 300, BODY), (290, 820, label)] for label in ("1", "2", "3"))]
    labelled = cleaning.labelled_pages(pdf_file.read_pages(make_pdf(*pages)))
    assert [(page.number, page.label) for page in labelled] == [(1, None), (2, "1"), (3, "2"), (4, "3")]


def test_a_number_in_the_margin_that_does_not_fit_the_others_is_not_a_label(make_pdf):
    pages = [[(72, 300, BODY), (290, 820, label)] for label in ("1", "2", "Call 999", "4")]
    labelled = cleaning.labelled_pages(pdf_file.read_pages(make_pdf(*pages)))
    assert [page.label for page in labelled] == ["1", "2", None, "4"]


def test_the_contents_are_removed_and_the_text_below_stays(pdf_line):
    entries = [
        "Contents",
        "Executive summary 2",
        "Recommendations ......... 5",
        "The experiences of children who need",
        "help 6",
    ]
    body = ["The council runs three homes and has 84 places.", "It is a good authority."]
    lines = [pdf_line(text, 100 + 20 * row) for row, text in enumerate([*entries, *body])]
    assert [line.text for line in cleaning.without_contents(lines)] == body


def test_lines_below_the_contents_stay_even_if_they_end_without_a_full_stop(pdf_line):
    body = ["Introduction", "Leaders have a clear plan for children who", "come home after they were missing."]
    lines = [pdf_line(text, 100 + 20 * row) for row, text in enumerate(["Contents", "Summary 2", "Plans 5", *body])]
    assert [line.text for line in cleaning.without_contents(lines)] == body
    assert [line.text for line in cleaning.without_contents(lines[:5])] == body[:2]


def test_a_summary_above_a_letter_stays(pdf_line):
    texts = ["The committee is asked to note the letter", "that is below.", "Dear Ms Reed", "Children are safe."]
    lines = [pdf_line(text, 100 + 20 * row) for row, text in enumerate(texts)]
    assert cleaning.without_letterhead([lines]) == [lines]


def test_a_page_without_contents_is_unchanged(pdf_line):
    lines = [pdf_line(text, 100 + 20 * row) for row, text in enumerate(["Findings", "Caseloads fell to 18"])]
    assert cleaning.without_contents(lines) == lines


def test_a_letterhead_is_removed_wherever_the_file_has_it(make_pdf):
    below = [(72, 300, "Dear Ms Reed"), (72, 320, BODY)]
    above = [(72, 60, "Piccadilly Gate"), (72, 80, "Manchester"), (72, 120, "18 June 2024")]
    for name, order in (("a.pdf", above + below), ("b.pdf", below + above)):
        read = pdf_file.read_pages(make_pdf(order, [(72, 100, "Second page.")], name=name))
        kept = cleaning.without_letterhead([list(page.lines) for page in read])
        assert texts(kept) == [[BODY], ["Second page."]]


def test_a_document_that_is_not_a_letter_keeps_its_first_page(pdf_line):
    lines = [[pdf_line("Inspection of Westmarsh", 60), pdf_line(BODY, 200)]]
    assert cleaning.without_letterhead(lines) == lines
    assert cleaning.without_letterhead([]) == []


def test_no_sample_keeps_its_footer(sample_documents):
    document = sample_documents["westmarsh-2023"]
    lines = [document.text[line.start : line.end] for line in document.lines]
    assert not [text for text in lines[5:] if text.startswith("Inspection of Westmarsh") or text.isdigit()]


@pytest.mark.parametrize(
    ("printed", "text"), [("16\u2212year\u2212olds", "16-year-olds"), ("a rise of \u22125%", "a rise of \u22125%")]
)
def test_minus_signs_in_words_are_hyphens(printed, text):
    assert clean(printed) == text
    assert find_verbatim(text, printed) is not None


def test_a_very_long_row_of_digits_in_a_margin_is_read(make_pdf):
    assert cleaning._apart_from_page_numbers([(1, "9" * 5000), (2, "9" * 5000)])
    read = pdf_file.read_pages(make_pdf(*[[(72, 30, "4" * 60), (72, 300, BODY)]] * 3))
    assert texts(cleaning.without_running_lines(read)) == [[BODY]] * 3


@pytest.mark.parametrize(
    ("stamp", "address"),
    [
        ("11/30/26, 6:03 PM", "file:///C:/Users/jr/letter.html"),
        ("30/11/2026, 18:03", "https://aldermere.gov.uk/news/letter"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_left_out(make_pdf, stamp, address):
    page = [
        (24, 24, stamp, 8),
        (230, 24, "Inspection letter", 8),
        (72, 100, BODY),
        (24, 826, address, 8),
        (560, 826, "1/1", 8),
    ]
    [read] = pdf_file.read_pages(make_pdf(page))
    assert [line.text.strip() for line in cleaning.without_print_marks(read).lines] == [BODY]


def test_a_day_and_time_in_a_margin_stays_without_an_address(make_pdf):
    [read] = pdf_file.read_pages(make_pdf([(24, 24, "30/11/2026, 18:03", 8), (72, 100, BODY)]))
    assert cleaning.without_print_marks(read) is read


def left_and_right(*heads, size=11):
    """Pages of one line each, with a head in the margin."""
    pages = [[(72, 40, head, size), (72, 300, BODY), (72, 320, BODY)] for head in heads]
    return lambda make_pdf: texts(cleaning.without_running_lines(pdf_file.read_pages(make_pdf(*pages))))


@pytest.mark.parametrize(
    "heads",
    [
        ("Children’s views 1", "2 Skelwith Council"),
        ("Children’s views 5", "6 Skelwith Council", "Disputes 7"),
        ("Children’s views 11", "12 Skelwith Council", "Disputes 13"),
    ],
)
def test_the_heads_of_left_and_right_pages_are_running_lines(make_pdf, heads):
    assert all(len(page) == 2 for page in left_and_right(*heads)(make_pdf))


@pytest.mark.parametrize(
    "heads",
    [
        ("1 Introduction", "2 Findings"),
        ("Children’s views 1", "Skelwith Council"),
        ("Homes in 2023", "2 Skelwith Council"),
        ("Locality 1", "2 homes were visited in 2023"),
    ],
)
def test_numbered_headings_and_other_lines_are_not(make_pdf, heads):
    assert all(len(page) == 3 for page in left_and_right(*heads)(make_pdf))
