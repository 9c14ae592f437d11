from __future__ import annotations

import time
import zipfile

import docx
import pytest

from corpus.errors import UnreadableReport
from corpus.facts.metadata import describe
from corpus.readers.word import read_docx
from corpus.types import BlockKind, Form, Kind


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


def test_styles_give_headings_items_and_tables_and_a_bold_line_is_a_heading(document):
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


@pytest.mark.parametrize("findings", [1, 200], ids=["short", "long"])
def test_the_person_who_signs_a_letter_at_its_end_is_the_lead_inspector(tmp_path, findings):
    source = docx.Document()
    letter = ["Dear Ms Reed", "Focused visit to Westmarsh children’s services", *["Children are safe. " * 9] * findings]
    for text in (*letter, "Yours sincerely", "", "Prudence Oakhanger", "His Majesty’s Inspector", "Ofsted"):
        source.add_paragraph(text)
    source.save(str(tmp_path / "letter.docx"))
    document = read_docx(tmp_path / "letter.docx")
    assert "Oakhanger" not in document.text
    report = describe(document, file="letter.docx", sha256="ab" * 32)
    assert (report.form, report.kind) == (Form.LETTER, Kind.FOCUSED_VISIT)
    assert (report.authority, report.lead_inspector) == ("Westmarsh", "Prudence Oakhanger")


def test_a_small_file_that_would_unpack_to_a_huge_one_is_not_unpacked(tmp_path):
    path = tmp_path / "huge.docx"
    source = docx.Document()
    source.add_paragraph("Children are safe.")
    source.save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in ("word/media/one.bmp", "word/media/two.bmp"):  # neither part is over the limit on its own
            with archive.open(name, "w") as part:
                for _ in range(251):
                    part.write(bytes(1 << 20))
    assert path.stat().st_size < 10 << 20
    began = time.perf_counter()
    with pytest.raises(UnreadableReport) as refused:
        read_docx(path)
    assert time.perf_counter() - began < 5
    assert refused.value.reason == "it unpacks to 502 MB, which is over the limit of 500 MB"
    assert "pictures" in refused.value.remedy


def test_pictures_below_the_limit_are_ignored(tmp_path):
    path = tmp_path / "pictures.docx"
    source = docx.Document()
    source.add_paragraph("Children are safe.")
    source.save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/media/one.bmp", bytes(20 << 20))
    assert read_docx(path).text == "Children are safe."
