from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.chunking import MAX_PAGES, SPECIAL_TOKENS, chunk, context_line
from corpus.drafts import Draft, Piece, assemble
from corpus.sentences import sentence_spans
from corpus.types import BlockKind, Page

MAX_TOKENS = 256
SAMPLES = [
    "aldermere-2024",
    "aldermere-2026",
    "carrowby-2015",
    "carrowby-2023",
    "carrowby-news",
    "kinship",
    "northwold-2025",
    "pellbrook-send",
    "westmarsh-2019",
    "westmarsh-2023",
]
REPORT_ID = "0123456789abcdef"
TITLE = "Inspection of Westmarsh local authority children’s services"


def words(number):
    return " ".join(
        ["children", "are", "seen", "often", "by", "their", "social", "workers"][i % 8] for i in range(number)
    )


def sentences(*lengths):
    return " ".join(f"{words(n).capitalize()}." for n in lengths)


def heading(text, level=2):
    return Draft(BlockKind.HEADING, (Piece(text, 1),), level=level)


def paragraph(text, label=None, page=1):
    return Draft(BlockKind.PARAGRAPH, (Piece(text, page),), label=label)


def item(text):
    return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", 1),))


def document(*drafts):
    return assemble(drafts, pages=(Page(1), Page(2), Page(3)), media_type="text/html", opening="")


@pytest.fixture(scope="session")
def cut(count):
    return lambda document: chunk(document, report_id=REPORT_ID, title=TITLE, count=count, max_tokens=MAX_TOKENS)


def check(document, passages, count, *, headings_stay=True):
    """Check the properties that the passages from any document must have."""
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert all(before.end <= after.start for before, after in itertools.pairwise(passages))
    assert all(passage.text == document.text[passage.start : passage.end] for passage in passages)
    for passage in passages:
        embedded = f"{context_line(TITLE, passage.section)}\n{passage.text}"
        assert count(embedded) + SPECIAL_TOKENS <= MAX_TOKENS, passage.text[:80]
        assert 1 <= len(passage.pages) <= MAX_PAGES
    inside = {index for passage in passages for index in range(passage.start, passage.end)}
    outside = [c for index, c in enumerate(document.text) if index not in inside and not c.isspace()]
    assert not outside, "each character of the body must be in a passage"
    ends = {passage.end for passage in passages}
    headings = [
        block
        for block in document.blocks
        if headings_stay and block.kind is BlockKind.HEADING and block is not document.blocks[-1]
    ]
    assert not [document.text[b.start : b.end] for b in headings if b.end in ends], (
        "a heading must stay with the text below it"
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_passages_of_a_sample_cover_its_text_once_in_order_and_fit_the_encoder(
    sample_documents, cut, count, sample
):
    passages = cut(sample_documents[sample])
    check(sample_documents[sample], passages, count)
    assert all(len(passage.text.split()) <= 300 for passage in passages)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_sentences_of_a_sample_are_those_of_its_blocks_in_order(sample_documents, cut, sample):
    document = sample_documents[sample]
    placed = [(p.start + s, p.start + e) for p in cut(document) for s, e in p.sentences]
    blocks = [b for b in document.blocks if b.kind not in (BlockKind.HEADING, BlockKind.TABLE)]
    expected = {(b.start + s, b.start + e) for b in blocks for s, e in sentence_spans(document.text[b.start : b.end])}
    assert placed == sorted(placed)
    assert expected <= set(placed)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_passages_of_a_sample_have_the_pages_and_boxes_of_their_lines(sample_documents, cut, sample):
    document = sample_documents[sample]
    passages = cut(document)
    assert passages
    for passage in passages:
        lines = document.lines_in(passage.start, passage.end)
        assert passage.pages == tuple(sorted({line.page for line in lines}))
        assert passage.boxes == tuple(line.box for line in lines if line.box)
        assert bool(passage.boxes) == (document.media_type == "application/pdf")


@pytest.mark.parametrize("sample", ["aldermere-2026", "westmarsh-2023", "carrowby-2015"])
def test_the_numbered_paragraphs_of_a_sample_keep_their_numbers(sample_documents, cut, sample):
    passages = cut(sample_documents[sample])
    labelled = [passage for passage in passages if passage.label]
    assert len(labelled) > 20
    assert all(f"{passage.label}. " in passage.text for passage in labelled)


@pytest.mark.parametrize("sample", ["aldermere-2026", "westmarsh-2023"])
def test_each_numbered_paragraph_of_a_sample_is_cited_by_its_own_number(sample_documents, cut, sample):
    passages = cut(sample_documents[sample])
    for block in sample_documents[sample].blocks:
        [holds] = [passage for passage in passages if passage.start <= block.start < passage.end]
        assert block.label in (None, holds.label)


TEXT = st.lists(st.integers(1, 60), min_size=1, max_size=12).map(lambda lengths: sentences(*lengths))
DRAFTS = st.lists(
    st.one_of(
        TEXT.map(paragraph),
        st.builds(paragraph, TEXT, label=st.integers(1, 99).map(str)),
        st.integers(1, 60).map(lambda n: item(words(n))),
        st.builds(heading, st.integers(1, 6).map(words), level=st.integers(1, 3)),
    ),
    max_size=12,
).map(lambda drafts: [*drafts, paragraph("The end.")])


@settings(deadline=None, max_examples=20, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(DRAFTS)
def test_the_passages_of_any_document_cover_its_text_once_in_order_and_fit_the_encoder(cut, count, drafts):
    whole = document(*drafts)
    check(whole, cut(whole), count, headings_stay=False)  # the next test is about headings


def test_a_heading_stays_with_a_paragraph_that_fills_the_encoder(cut):
    passages = cut(
        document(heading("Title", 1), heading("Early help for families"), paragraph(sentences(*[20] * 11, 14)))
    )
    assert not [passage.text for passage in passages if not passage.sentences]


def test_passages_below_long_nested_headings_fit_the_encoder(cut, count):
    long = [heading(words(36) + f" {level}", level) for level in range(2, 8)]
    whole = document(heading("Title", 1), *long, paragraph(sentences(30, 30)))
    check(whole, cut(whole), count, headings_stay=False)


@pytest.mark.parametrize("lengths", [(25, 25), (6,), (2,)])
def test_even_a_short_numbered_paragraph_is_a_passage_of_its_own(cut, lengths):
    numbered = [paragraph(f"{n}. {sentences(*lengths)}", label=str(n)) for n in (1, 2, 3)]
    passages = cut(document(heading("T", 1), heading("S"), *numbered))
    assert [(passage.label, passage.text.split("\n\n")[-1][:2]) for passage in passages] == [
        ("1", "1."),
        ("2", "2."),
        ("3", "3."),
    ]
    assert [passage.text.count("\n\n") for passage in passages] == [2, 0, 0], "only the headings go with the first"


def test_the_text_below_a_short_numbered_paragraph_joins_it_up_to_the_next(cut):
    drafts = [
        paragraph(f"1. {sentences(4)}", label="1"),
        item(words(4)),
        paragraph(sentences(4)),
        paragraph(f"2. {sentences(4)}", label="2"),
    ]
    assert [(passage.label, passage.text.count("\n")) for passage in cut(document(heading("T", 1), *drafts))] == [
        ("1", 6),
        ("2", 0),
    ]


def test_each_part_of_a_long_numbered_paragraph_has_its_number_and_the_next_paragraph_joins_none(cut):
    long = paragraph(f"7. {sentences(*[25] * 10)}", label="7")
    following = paragraph(f"8. {sentences(3)}", label="8")
    labels = [passage.label for passage in cut(document(heading("T", 1), long, following))]
    assert labels[-1] == "8"
    assert set(labels[:-1]) == {"7"}
    assert len(labels) > 2


def test_short_paragraphs_are_joined_within_a_section_and_not_across_sections(cut):
    whole = document(
        heading("T", 1),
        paragraph(sentences(9)),
        paragraph(sentences(9)),
        heading("S"),
        paragraph(sentences(9)),
        paragraph(sentences(9)),
    )
    assert [(passage.section, passage.text.count(".")) for passage in cut(whole)] == [((), 2), (("S",), 2)]


def test_a_list_stays_with_the_sentence_that_introduces_it(cut):
    whole = document(
        heading("T", 1),
        paragraph(sentences(70)),
        paragraph("Leaders should improve:"),
        item(words(20)),
        item(words(20)),
    )
    assert next(passage.text for passage in cut(whole) if "improve:" in passage.text).count("•") == 2


def test_a_long_paragraph_is_divided_between_sentences_into_similar_parts(cut, count):
    lengths = [20, 25, 30, 22, 28, 31, 19, 24, 27, 33, 21, 26, 29, 23]
    whole = document(heading("T", 1), paragraph(f"7. {sentences(*lengths)}", label="7"))
    passages = cut(whole)
    sizes = [count(passage.text) for passage in passages]
    assert len(passages) == 2
    assert max(sizes) < 1.5 * min(sizes)
    assert all(passage.text.endswith(".") for passage in passages)
    assert {passage.label for passage in passages} == {"7"}
    assert sum(len(passage.sentences) for passage in passages) == len(lengths)


def test_a_sentence_that_is_too_long_for_the_encoder_is_divided_between_words(cut, count):
    whole = document(heading("T", 1), paragraph(sentences(700)))
    passages = cut(whole)
    check(whole, passages, count)
    assert len(passages) > 2
    assert " ".join(passage.text for passage in passages).split() == f"T {sentences(700)}".split()


def test_a_word_that_is_too_long_for_the_encoder_is_divided_too(cut, count):
    whole = document(heading("T", 1), paragraph("x9" * 2000 + "."))
    check(whole, cut(whole), count)


def test_a_footnote_is_a_passage_of_its_own(cut):
    note = Draft(BlockKind.FOOTNOTE, (Piece("1 See the act of 1989.", 1),))
    texts = [
        passage.text
        for passage in cut(document(heading("T", 1), paragraph(sentences(9)), note, paragraph(sentences(9))))
    ]
    assert "1 See the act of 1989." in texts


def test_paragraphs_on_three_pages_are_not_one_passage(cut):
    whole = document(*(paragraph(sentences(5), page=page) for page in (1, 2, 3)))
    assert [passage.pages for passage in cut(whole)] == [(1, 2), (3,)]


def test_an_empty_document_has_no_passages(cut):
    assert cut(document()) == []


def test_the_context_is_the_headings_or_the_title_if_there_are_none():
    assert context_line("Title", ("A", "B")) == "A – B"
    assert context_line("Title", ()) == "Title"


def test_a_numbered_paragraph_below_a_grade_cell_is_cited_by_its_own_number(sample_documents, count):
    document = sample_documents["carrowby-2015"]
    passages = chunk(document, report_id="0" * 16, title="T", count=count, max_tokens=256)
    for block in document.blocks:
        [holds] = [p for p in passages if p.start <= block.start < p.end]
        assert block.label in (None, holds.label)


def row(text, names_columns=False):
    return Draft(BlockKind.TABLE, (Piece(text, 1),), names_columns=names_columns)


def test_each_passage_with_rows_of_a_table_names_their_columns_in_its_section(cut, count):
    rows = [
        row(f"Children of group {number} who are seen within five days 4{number % 10}% 5{number % 10}%")
        for number in range(40)
    ]
    whole = document(
        heading("Title", 1), heading("Measures"), paragraph(sentences(9)), row("Measure 2023 2024", True), *rows,
        paragraph(sentences(9)),
    )  # fmt: skip
    passages = cut(whole)
    check(whole, passages, count)
    named = [passage for passage in passages if passage.section == ("Measures", "Measure 2023 2024")]
    assert len(named) > 1
    assert named[0].text.startswith("Measure 2023 2024\n")
    assert sum(len(passage.sentences) for passage in named) == 41
    assert [passage.section for passage in passages if passage not in named] == [("Measures",)] * 2


def test_a_table_without_names_of_columns_goes_with_the_text_around_it(cut):
    whole = document(heading("Title", 1), paragraph(sentences(9)), row("Children in care 412"), row("Care leavers 207"))
    assert [passage.section for passage in cut(whole)] == [()]
