from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.drafts import Draft, Piece, assemble
from corpus.types import BlockKind, Box, Page

PIECE_TEXTS = st.lists(
    st.text("abcdé’ -.", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1, max_size=5
)
DRAFTS = st.lists(
    st.builds(
        lambda kind, texts: Draft(kind, tuple(Piece(t, 1) for t in texts), level=int(kind is BlockKind.HEADING)),
        st.sampled_from(list(BlockKind)),
        PIECE_TEXTS,
    ),
    max_size=8,
)


def whole(drafts):
    return assemble(drafts, pages=(Page(1),), media_type="text/plain", opening="")


def paragraph(*texts, kind=BlockKind.PARAGRAPH):
    return Draft(kind, tuple(Piece(text, 1) for text in texts))


@settings(max_examples=40)
@given(DRAFTS)
def test_the_span_of_each_line_is_its_piece_except_for_a_last_hyphen(drafts):
    document = whole(drafts)
    pieces = [piece.text for draft in drafts for piece in draft.pieces]
    spans = [document.text[line.start : line.end] for line in document.lines]
    assert all(span in (piece, piece.removesuffix("-")) for span, piece in zip(spans, pieces, strict=True))


@settings(max_examples=40)
@given(DRAFTS)
def test_the_span_of_each_block_is_that_of_its_lines_with_only_white_space_between(drafts):
    document = whole(drafts)
    lines = iter(document.lines)
    for block, draft in zip(document.blocks, drafts, strict=True):
        own = [next(lines) for _ in draft.pieces]
        assert (block.kind, block.start, block.end) == (draft.kind, own[0].start, own[-1].end)
    edges = [0, *(edge for line in document.lines for edge in (line.start, line.end)), len(document.text)]
    assert not "".join(document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


def test_a_hyphen_that_only_breaks_a_word_is_removed_from_the_text_and_not_from_the_draft():
    broken = paragraph("Partners share informa-", "tion with", "care.")
    document = whole([broken, paragraph("The information is clear.")])
    assert document.text == "Partners share information with care.\n\nThe information is clear."
    assert [document.text[line.start : line.end] for line in document.lines[:2]] == [
        "Partners share informa",
        "tion with",
    ]
    assert broken.text == "Partners share informa-tion with care."


@pytest.mark.parametrize("elsewhere", ["It shows them.", "The under is clear, and so is underpass."])
def test_a_hyphen_without_proof_stays_in_the_text(elsewhere):
    document = whole([paragraph("Children use the under-", "pass."), paragraph(elsewhere)])
    assert document.text.startswith("Children use the under-pass.")


def test_a_hyphen_stays_in_a_word_that_neither_the_report_nor_the_dictionary_has():
    document = whole([paragraph("Partners meet at Wexl-", "inge."), paragraph("It informs them.")])
    assert document.text.startswith("Partners meet at Wexl-inge.")


def test_a_word_that_is_broken_at_a_line_end_is_joined_at_its_hyphen():
    assert whole([paragraph("a strong self-", "evaluation and", "plan")]).text == "a strong self-evaluation and plan"


def test_a_dash_at_a_line_end_keeps_its_space():
    assert whole([paragraph("three areas -", "all good")]).text == "three areas - all good"


def test_items_of_a_list_are_on_lines_of_their_own_and_blank_lines_separate_paragraphs():
    item = BlockKind.LIST_ITEM
    document = whole(
        [paragraph("Needs:"), paragraph("• one", kind=item), paragraph("• two", kind=item), paragraph("End.")]
    )
    assert document.text == "Needs:\n\n• one\n• two\n\nEnd."


def test_a_line_keeps_its_page_and_box():
    box = Box(2, 0.1, 0.2, 0.3, 0.4)
    draft = Draft(BlockKind.PARAGRAPH, (Piece("first", 1), Piece("second", 2, box)), label="7")
    document = assemble([draft], pages=(Page(1), Page(2)), media_type="application/pdf", opening="")
    assert [(line.page, line.box) for line in document.lines] == [(1, None), (2, box)]
    assert document.blocks[0].label == "7"


def test_a_lone_dash_is_not_joined_to_the_figure_after_it():
    assert whole([paragraph("Care leavers", "-", "221", kind=BlockKind.TABLE)]).text == "Care leavers - 221"


def test_the_hyphen_that_a_browser_prints_at_a_line_end_only_breaks_a_word():
    broken = paragraph(
        "They value profession\u2010",
        "al judgement and well-",
        "being in a multi-agency organisation\u2010",
        "al plan.",
    )
    text = "They value professional judgement and well-being in a multi-agency organisational plan."
    assert whole([broken]).text == text
    assert whole([paragraph("The North\u2010", "East team"), paragraph("Ends in a break\u2010")]).text == (
        "The North-East team\n\nEnds in a break-"
    )


def test_if_words_have_that_hyphen_too_the_words_decide():
    typed = paragraph("A multi\u2010agency team shares informa\u2010", "tion on well\u2010", "being.")
    assert whole([typed]).text == "A multi\u2010agency team shares information on well-being."


def test_each_cell_of_a_row_has_its_span():
    row = Draft(BlockKind.TABLE, (Piece("Plans are short. 14 May 2024", 1),), cells=("Plans are short.", "14 May 2024"))
    below = Draft(BlockKind.TABLE, (Piece("Visits are late.", 1),), cells=("Visits are late.", "14 May 2024"))
    document = whole([row, below])
    cells = [[document.text[start:end] for start, end in block.cells] for block in document.blocks]
    assert cells == [["Plans are short.", "14 May 2024"], ["Visits are late."]]
