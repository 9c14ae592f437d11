from __future__ import annotations

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
def test_each_lines_span_of_the_text_is_its_piece(drafts):
    document = whole(drafts)
    pieces = [piece for draft in drafts for piece in draft.pieces]
    assert [document.text[line.start : line.end] for line in document.lines] == [piece.text for piece in pieces]


@settings(max_examples=40)
@given(DRAFTS)
def test_each_blocks_span_of_the_text_is_its_drafts_text_and_only_white_space_is_between(drafts):
    document = whole(drafts)
    assert [document.text[block.start : block.end] for block in document.blocks] == [draft.text for draft in drafts]
    assert [block.kind for block in document.blocks] == [draft.kind for draft in drafts]
    edges = [0, *(edge for block in document.blocks for edge in (block.start, block.end)), len(document.text)]
    assert not "".join(document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


def test_a_word_broken_at_a_line_end_is_joined_at_its_hyphen():
    assert whole([paragraph("a strong self-", "evaluation and", "plan")]).text == "a strong self-evaluation and plan"


def test_a_dash_at_a_line_end_keeps_its_space():
    assert whole([paragraph("three areas -", "all good")]).text == "three areas - all good"


def test_items_of_one_list_stand_on_lines_and_paragraphs_are_apart():
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
