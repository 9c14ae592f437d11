from __future__ import annotations

import pytest

from corpus.errors import UnreadableReport
from corpus.quotes.verbatim import folded
from corpus.readers.word import MEDIA_TYPE
from corpus.witness.second_reading import open_witness
from corpus.word.runs import Notice
from tests.corpus.word_files import kinds, paragraph, row, run, style, styled, table, texts, word_file

LONG = (
    "Leaders in Larkham have a clear plan for the next two years and they know what has to change in each of the teams"
)
AREAS = (
    "Overall effectiveness",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
)


def heading(name, **more):
    return style(name, **more)


def test_a_style_built_on_a_heading_is_a_heading(read_word):
    styles = (
        heading("heading 2")
        + style("Section title", based_on="heading2")
        + style("Deep title", based_on="Sectiontitle", inner='<w:pPr><w:outlineLvl w:val="3"/></w:pPr>')
        + style("Chapter", inner='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
        + style("Text like a title", based_on="heading2", inner='<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    )
    names = ("heading2", "Sectiontitle", "Deeptitle", "Chapter", "Textlikeatitle")
    document = read_word("".join(styled(f"Words {name}", name) + paragraph("Text.") for name in names), styles=styles)
    found = [kind for kind, text in kinds(document) if text != "Text."]
    assert found == ["heading2", "heading2", "heading4", "heading1", "paragraph"]


def test_a_sentence_in_a_style_built_on_a_heading_is_a_paragraph(read_word):
    styles = heading("heading 1") + style("Intro", based_on="heading1")
    document = read_word(
        styled("Children are safe.", "Intro")
        + styled(f"{LONG} {LONG}", "Intro")
        + styled("Children are safe.", "heading1"),
        styles=styles,
    )
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "paragraph", "heading1"]


def test_styles_that_are_built_on_each_other_do_no_harm(read_word):
    styles = style("One", based_on="Two") + style("Two", based_on="One")
    assert texts(read_word(styled("Children are safe.", "One"), styles=styles)) == ["Children are safe."]


def test_a_bold_line_is_a_heading_if_the_run_or_its_style_is_bold(read_word):
    styles = style("Strong", kind="character", inner="<w:rPr><w:b/></w:rPr>") + style(
        "Normal", usual=True, inner="<w:rPr><w:b/></w:rPr>"
    )
    strong = run("Early help", '<w:rStyle w:val="Strong"/>')
    document = read_word(
        paragraph(run("Care", "<w:b/>"))
        + paragraph(strong)
        + paragraph(strong + run(" for all", "<w:b w:val='0'/>"))
        + paragraph("Every paragraph of this file is bold"),
        styles=styles,
    )
    assert [kind for kind, _ in kinds(document)] == ["heading2", "heading2", "paragraph", "paragraph"]


def test_typed_bullets_and_numbers_are_items_and_labels(read_word):
    document = read_word(paragraph("\u2022\tvisits") + paragraph("12.\tPlans are late.") + paragraph("2031. Was busy."))
    assert kinds(document) == [
        ("list-item", "• visits"),
        ("paragraph", "12. Plans are late."),
        ("paragraph", "2031. Was busy."),
    ]
    assert [block.label for block in document.blocks] == [None, "12", None, None]


def test_lists_by_the_name_of_their_style_are_items_unless_only_indented(read_word):
    styles = style("List Bullet 2") + style("Our list", based_on="ListBullet2") + style("List Paragraph")
    document = read_word(
        styled("one", "ListBullet2") + styled("two", "Ourlist") + styled("Three.", "ListParagraph"), styles=styles
    )
    assert kinds(document) == [("list-item", "• one"), ("list-item", "• two"), ("paragraph", "Three.")]


def test_a_table_of_contents_is_left_out(read_word):
    styles = style("toc 1") + style("TOC Heading") + heading("heading 1")
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Findings 3')}</w:sdtContent></w:sdt>"
    document = read_word(
        styled("Contents", "TOCHeading") + styled("Findings 3", "toc1") + control + styled("Findings", "heading1"),
        styles=styles,
    )
    assert texts(document) == ["Findings"]


def merged(text, name, value=""):
    return f"<w:tcPr><w:{name}{value}/></w:tcPr>{paragraph(text)}"


def test_a_merged_cell_is_read_once(read_word):
    document = read_word(
        table(
            row(merged("Health checks in Larkham", "gridSpan", ' w:val="3"')),
            row(merged("Checks", "vMerge", ' w:val="restart"'), "on time", "58%"),
            row(merged("", "vMerge"), "late", "42%"),
            row(merged("Both", "hMerge", ' w:val="restart"'), merged("Both", "hMerge", ' w:val="continue"'), "100%"),
        )
    )
    assert texts(document) == ["Health checks in Larkham", "Checks on time 58%", "late 42%", "Both 100%"]


SPANNED = table(
    row("Age", "Number", "Outside", "Change"),
    row("5 to 15", "174", merged("39", "vMerge", ' w:val="restart"'), "28"),
    row("16 and 17", "90", merged("", "vMerge"), "21"),
)


def test_a_figure_that_goes_over_two_rows_is_in_both(read_word, tmp_path):
    assert texts(read_word(SPANNED)) == ["Age Number Outside Change", "5 to 15 174 39 28", "16 and 17 90 39 21"]
    path = tmp_path / "spanned.docx"
    path.write_bytes(word_file(SPANNED))
    assert "16and17903921" in folded(open_witness(path, MEDIA_TYPE).text(1))


def test_a_gap_before_a_row_that_word_would_not_write_is_refused(read_word):
    with pytest.raises(UnreadableReport, match="spans 64 columns"):
        read_word(table(row("a", "b", properties='<w:gridBefore w:val="64"/>')))


def test_a_cell_that_has_nothing_to_continue_is_read(read_word):
    start = ' w:val="restart"'
    document = read_word(
        table(
            row(merged("Not", "vMerge"), "safe"),
            row("Checks", merged("late", "vMerge"), merged("often", "hMerge")),
            row(merged("Wide", "gridSpan", ' w:val="2"'), merged("Care", "vMerge", start)),
            row("a", "b", merged("unseen", "vMerge")),
            row(merged("unseen", "vMerge"), "c", merged("", "vMerge"), properties='<w:gridBefore w:val="1"/>'),
        )
    )
    assert texts(document) == ["Not safe", "Checks late often", "Wide Care", "a b", "unseen c"]
    assert document.warnings == (Notice.HIDDEN,)


def test_the_rest_of_a_merged_row_is_no_judgement(read_word):
    document = read_word(table(row("Area", "Help", "Good"), row(merged("", "vMerge"), "Care", "Inadequate")))
    assert document.judgements == ()


def test_a_grade_in_a_cell_merged_over_columns_and_rows_counts_for_each_of_its_areas(read_word):
    def cell(text, down, across):
        return f'<w:tcPr><w:hMerge w:val="{across}"/><w:vMerge w:val="{down}"/></w:tcPr>{paragraph(text)}'

    first, second, third = AREAS
    document = read_word(
        table(
            row("Area", "Last inspection", "This inspection"),
            row(first, "Inadequate", "Good"),
            row(second, cell("Inadequate", "restart", "restart"), cell("", "restart", "continue")),
            row(third, cell("", "continue", "restart"), cell("", "continue", "continue")),
        )
    )
    grades = [(one.area, one.grade) for one in document.judgements]
    assert grades == [(first, "Good"), (second, "Inadequate"), (third, "Inadequate")]


def test_a_width_that_no_cell_has_counts_as_one_column(read_word):
    rows = (row(AREAS[0], merged("Not seen", "gridSpan", ' w:val="-1"'), "Good"), row(AREAS[1], "Seen", "Inadequate"))
    document = read_word(table(row("Area", "Sample", "Grade"), *rows))
    assert [(one.area, one.grade) for one in document.judgements] == [(AREAS[0], "Good"), (AREAS[1], "Inadequate")]


def test_a_table_in_a_cell_comes_after_its_row_and_gives_grades(read_word):
    inner = table(row("Overall effectiveness", "Outstanding"))
    document = read_word(table(row("Outer words", f"{paragraph('More words')}{inner}<w:p/>"), row("Next", "row")))
    assert texts(document) == ["Outer words More words", "Overall effectiveness Outstanding", "Next row"]
    assert [(one.area, one.grade) for one in document.judgements] == [("Overall effectiveness", "Outstanding")]


def test_a_box_of_one_cell_is_read_as_paragraphs(read_word):
    styles = heading("heading 2") + style("List Bullet")
    inside = styled("What needs to improve", "heading2") + styled("visits", "ListBullet") + paragraph("By May.")
    document = read_word(table(row(inside)), styles=styles)
    assert kinds(document) == [
        ("heading2", "What needs to improve"),
        ("list-item", "• visits"),
        ("paragraph", "By May."),
    ]


def test_hidden_rows_are_left_out_with_a_warning(read_word):
    document = read_word(table(row("Shown", "Good"), row("Hidden", "Good", properties="<w:hidden/>")))
    assert texts(document) == ["Shown Good"]
    assert len(document.warnings) == 1


@pytest.mark.parametrize("levels", [40, 60])
def test_tables_nested_deeply_are_read(read_word, levels):
    inner = paragraph("Children are safe.")
    for _ in range(levels):
        inner = table(row(f"{inner}<w:p/>"))
    assert texts(read_word(inner)) == ["Children are safe."]


def test_the_rows_of_a_table_with_one_column_are_paragraphs(read_word):
    document = read_word(table(row(paragraph(LONG + ".")), row(paragraph("Children are seen alone."))))
    assert texts(document) == [LONG + ".", "Children are seen alone."]
    assert {kind for kind, _ in kinds(document)} == {"paragraph"}
