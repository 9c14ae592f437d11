from __future__ import annotations

from corpus.markdown import read_markdown
from corpus.types import BlockKind


def test_markdown_gives_headings_with_levels_paragraphs_and_items_without_marks(write):
    document = read_markdown(
        write("# Title\n\nChildren *are* [safe](http://x.y) here.\n\n## Help\n\n- one\n- two `code`\n", "a.md")
    )
    assert [(b.kind, b.level) for b in document.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 0),
        (BlockKind.LIST_ITEM, 0),
    ]
    assert document.text == "Title\n\nChildren are safe here.\n\nHelp\n\n• one\n• two code"
    assert document.media_type == "text/markdown"


def test_markdown_marks_next_to_punctuation_leave_no_space(write):
    assert (
        read_markdown(write("Children are **safe**, [well](http://x.y).\n", "a.md")).text == "Children are safe, well."
    )


def test_the_numbers_of_a_markdown_list_are_labels_as_in_text(write):
    document = read_markdown(write("# Title\n\n1. Visits are on time.\n2. Plans are clear.\n", "a.md"))
    assert [block.label for block in document.blocks] == [None, "1", "2"]
