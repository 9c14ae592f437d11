from __future__ import annotations

import pytest

from corpus.errors import UnreadableReport
from corpus.readers.markdown import read_markdown
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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("| Area | Grade |\n|---|:-:|\n| Leaders | Good |\n| Homes | |\n", ["Area Grade", "Leaders Good", "Homes"]),
        ("- Help for:\n  - homes\n  - jobs\n- Visits\n", ["• Help for:", "• homes", "• jobs", "• Visits"]),
        ("5. Visits\n6. Plans\n   1. on time\n", ["5. Visits", "6. Plans", "1. on time"]),
        ("2. Visits\n2. Plans\n", ["2. Visits", "2. Plans"]),
        ("Thornby House  \n4 Mill Lane\\\nThornby\n", ["Thornby House 4 Mill Lane Thornby"]),
        ("One line<br>and another.\n", ["One line and another."]),
        ("Leaders ~~do~~ do not act.\n", ["Leaders do not act."]),
        ("Leaders <del>do</del><ins>do not</ins> act.\n", ["Leaders do not act."]),
        ("> ‘I feel safe.’\n", ["‘I feel safe.’"]),
        ("Text.\n\n    Set in.\n", ["Text.", "Set in."]),
        ("```\nTyped words.\n```\n", ["Typed words."]),
        ("<div>In a box.</div>\n\n<!-- no -->\n\nText.\n", ["In a box.", "Text."]),
        ("Named <council> and <div hidden> here.\n\nText.\n", ["Named <council> and <div hidden> here.", "Text."]),
        ("<div hidden>\n\nText in it.\n", ["Text in it."]),
        ("![A chart of *visits*](x.png) shows a rise.\n", ["A chart of visits shows a rise."]),
        ("5 < 6 & 7 &gt; 6\n", ["5 < 6 & 7 > 6"]),
    ],
)
def test_markdown_is_read_as_a_browser_shows_it(write, text, read):
    document = read_markdown(write(f"# Title\n\n{text}\nThe end of it.\n", "a.md"))
    assert [document.text[block.start : block.end] for block in document.blocks][1:-1] == read


def test_the_grades_in_a_markdown_table_are_read(write):
    table = "| Judgement | Grade |\n|---|---|\n| The impact of leaders | Good |\n"
    document = read_markdown(write(f"# Title\n\n{table}\nThe end of it.\n", "a.md"))
    assert [(judgement.area, judgement.grade) for judgement in document.judgements] == [
        ("The impact of leaders", "Good")
    ]


def test_a_comment_within_a_paragraph_is_not_shown(write):
    text = "Plans are ~~clear~~ thin. <!-- check\nthis --> Visits \\*do\\* happen<!-- x -->.\n"
    assert read_markdown(write(text, "a.md")).text == "Plans are thin. Visits *do* happen."


@pytest.mark.parametrize(("depth", "is_read"), [(90, True), (99, False), (200, False)])
def test_words_inside_many_quotes_are_read_or_the_file_is_refused(write, depth, is_read):
    path = write(f"# Visit to Thornby\n\nLeaders act on time.\n\n{'> ' * depth}Staff stay long.\n", "deep.md")
    if is_read:
        assert "Staff stay long." in read_markdown(path).text
    else:
        with pytest.raises(UnreadableReport, match="more than 100 lists and quotes"):
            read_markdown(path)


@pytest.mark.parametrize("text", ["<div>\n" * 3000 + "Staff stay long.\n", f"Staff {'<span>' * 3000}stay long.\n"])
def test_a_file_with_too_many_elements_inside_each_other_is_refused(write, text):
    with pytest.raises(UnreadableReport, match="more than 2,000 elements of the page"):
        read_markdown(write(f"# Visit to Thornby\n\n{text}", "deep.md"))
