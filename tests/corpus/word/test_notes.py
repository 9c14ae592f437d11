from __future__ import annotations

from datetime import date

import pytest

from corpus.facts.metadata import describe
from corpus.readers.word import read_docx
from corpus.types import BlockKind
from tests.corpus.word_files import END, kinds, paragraph, row, run, style, styled, table, texts, without, word_file

HEADINGS = style("heading 1")


def reference(number, kind="footnote"):
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(number, inner, kind="footnote", more=""):
    return f'<w:{kind} w:id="{number}"{more}>{inner}</w:{kind}>'


def text_of_note(text):
    return paragraph(f"<w:r><w:footnoteRef/></w:r>{run(f' {text}')}")


def test_a_note_follows_the_section_that_refers_to_it_and_its_number_is_not_read(read_word):
    document = read_word(
        styled("Care", "heading1")
        + paragraph(run("Numbers rose in 2031") + reference(2) + run(". Panels meet weekly."))
        + paragraph(run("Homes are good.") + reference(3, "endnote"))
        + styled("Plans", "heading1")
        + table(row(paragraph(run("Plans") + reference(5)), "72%")),
        styles=HEADINGS,
        footnotes=note(0, paragraph("-"), more=' w:type="separator"')
        + note(2, text_of_note("Figures exclude Larkham."))
        + note(5, text_of_note("At the end of March.") + paragraph("Not all plans."))
        + note(9, text_of_note("Nothing refers to this.")),
        endnotes=note(3, text_of_note("Except one."), "endnote"),
    )
    assert kinds(document) == [
        ("heading1", "Care"),
        ("paragraph", "Numbers rose in 2031. Panels meet weekly."),
        ("paragraph", "Homes are good."),
        ("footnote", "Figures exclude Larkham."),
        ("footnote", "Except one."),
        ("heading1", "Plans"),
        ("table", "Plans 72%"),
        ("paragraph", "Inspectors will visit the authority again before the end of the year."),
        ("footnote", "At the end of March."),
    ]
    assert document.text.endswith("Not all plans.")


def test_a_note_with_two_references_is_read_once_and_a_missing_one_does_no_harm(read_word):
    document = read_word(
        paragraph(run("One.") + reference(1)) + paragraph(run("Two.") + reference(1) + reference(8)),
        footnotes=note(1, text_of_note("A note.")),
    )
    assert [block.kind for block in document.blocks].count(BlockKind.FOOTNOTE) == 1
    assert texts(read_word(paragraph(run("One.") + reference(1)))) == ["One."]


@pytest.mark.parametrize(
    "bare", [paragraph(f"<w:r><w:pict/></w:r>{reference(1)}"), table(row(paragraph(reference(1)), ""), row("", ""))]
)
def test_a_note_to_a_picture_or_an_empty_row_stays_in_its_section(read_word, bare):
    notes = note(1, text_of_note("Figures exclude Larkham."))
    sections = styled("Care", "heading1") + paragraph("One.") + bare + styled("Plans", "heading1") + paragraph("Two.")
    assert texts(read_word(sections, styles=HEADINGS, footnotes=notes))[:4] == [
        "Care",
        "One.",
        "Figures exclude Larkham.",
        "Plans",
    ]
    assert [block.kind for block in read_word(bare, footnotes=notes).blocks][-1] is BlockKind.FOOTNOTE


def test_notes_in_a_letter_are_kept_and_those_in_its_head_are_not(read_word):
    document = read_word(
        paragraph(run("1 Long Lane") + reference(1))
        + paragraph("Dear Ms Reed")
        + paragraph(run("Children in Larkham are safe.") + reference(2))
        + paragraph("A further visit is planned.")
        + paragraph("Yours sincerely"),
        footnotes=note(1, text_of_note("In the head.")) + note(2, text_of_note("Most of them.")),
    )
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "Children in Larkham are safe.",
        "A further visit is planned.",
        "Most of them.",
    ]


def section(more="", kind="default"):
    parts = "".join(f'<w:{name}Reference w:type="{kind}" r:id="{name}"/>' for name in ("header", "footer"))
    return paragraph("", f"<w:sectPr>{parts}{more}</w:sectPr>")


def test_the_date_in_a_footer_is_the_date_of_publication_but_the_footer_is_no_passage(read_word):
    document = read_word(
        paragraph("Inspection of Larkham children’s services") + paragraph("Children are safe.") + section(),
        header=paragraph("Larkham, our reference 123"),
        footer=paragraph("Published: 9 May 2031"),
    )
    report = describe(document, file="a.docx", sha256="ab" * 32)
    assert (report.published, report.published_source) == (date(2031, 5, 9), "text")
    assert "Published" not in document.text
    assert "our reference" not in document.text


def test_the_footer_of_the_first_page_counts_only_if_that_page_has_its_own(read_word):
    inner = paragraph("Inspection of Larkham children’s services") + paragraph("Children are safe.")
    parts = {"header": paragraph("x"), "footer": paragraph("Published: 9 May 2031")}
    assert "Published" not in read_word(inner + section(kind="first"), **parts).opening
    assert "Published" in read_word(inner + section("<w:titlePg/>", kind="first"), **parts).opening


def test_a_footer_that_is_named_in_two_ways_is_read_once(tmp_path):
    data = word_file(
        paragraph("Children are safe.")
        + section().replace('r:id="header"', 'r:id="file0"').replace("header", "footer")
        + END,
        footer=paragraph("Published: 9 May 2031"),
        files={"FOOTER.xml": ("footer", b"")},
    )
    path = tmp_path / "made.docx"
    path.write_bytes(without(data, "word/FOOTER.xml"))
    assert read_docx(path).opening.count("Published") == 1


def test_a_reference_to_a_footer_that_is_not_there_does_no_harm(read_word):
    assert texts(read_word(paragraph("Children are safe.") + section())) == ["Children are safe."]
