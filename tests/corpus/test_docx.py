from __future__ import annotations

import docx
import pytest

from corpus.docx import read_docx
from corpus.types import BlockKind


@pytest.fixture
def document(tmp_path):
    source = docx.Document()
    source.core_properties.title = "Visit to Westmarsh"
    source.add_heading("Visit to Westmarsh", 0)
    source.add_heading("Findings", 1)
    source.add_paragraph("Children are safe. Leaders know their services.")
    source.add_paragraph("the timeliness of visits", style="List Bullet")
    source.add_paragraph("the quality of plans", style="List Bullet")
    source.add_paragraph().add_run("Early help").bold = True
    table = source.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells),
        ("Judgement", "Grade", "The impact of leaders", "Good"),
        strict=True,
    ):
        cell.text = text
    source.add_paragraph("A further visit is expected.")
    source.save(str(tmp_path / "visit.docx"))
    return read_docx(tmp_path / "visit.docx")


def test_styles_tell_headings_items_and_tables_and_a_bold_line_is_a_heading(document):
    assert [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "Visit to Westmarsh"),
        (BlockKind.HEADING, 1, "Findings"),
        (BlockKind.PARAGRAPH, 0, "Children are safe. Leaders know their services."),
        (BlockKind.LIST_ITEM, 0, "• the timeliness of visits"),
        (BlockKind.LIST_ITEM, 0, "• the quality of plans"),
        (BlockKind.HEADING, 2, "Early help"),
        (BlockKind.TABLE, 0, "Judgement Grade"),
        (BlockKind.TABLE, 0, "The impact of leaders Good"),
        (BlockKind.PARAGRAPH, 0, "A further visit is expected."),
    ]


def test_the_title_property_the_grades_and_the_media_type_are_read(document):
    assert document.title == "Visit to Westmarsh"
    assert [(j.area, j.grade) for j in document.judgements] == [("The impact of leaders", "Good")]
    assert document.media_type.endswith("wordprocessingml.document")


def test_the_sample_letter_is_read_without_address_and_signature(sample_documents):
    text = sample_documents["carrowby-2023"].text
    assert not [words for words in ("Dear ", "Yours sincerely") if words in text]
    assert "second monitoring visit" in text
