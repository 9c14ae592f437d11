from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import UnreadableReport
from corpus.readers.word import read_docx
from corpus.reading import read
from tests.corpus.word_files import END, paragraph, style, styled, texts, word_file


def changed(data, change):
    """Return the archive with its parts changed.

    The given function takes the name and content of each part, and returns new content or None.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(*content)
    return packed.getvalue()


def test_a_strict_document_is_read_like_any_other(read_word):
    parts = {
        "styles": style("heading 1"),
        "footer": paragraph("Published: 9 May 2031"),
        "footnotes": f'<w:footnote w:id="1">{paragraph("A note.")}</w:footnote>',
    }
    inner = (
        styled("Inspection of Larkham children’s services", "heading1")
        + paragraph('<w:r><w:t>Children are safe.</w:t><w:footnoteReference w:id="1"/></w:r>')
        + paragraph("", '<w:sectPr><w:footerReference w:type="default" r:id="footer"/></w:sectPr>')
    )
    document = read_word(inner, strict=True, **parts)
    assert document == read_word(inner, **parts)
    assert "A note." in document.text
    assert "Published" in document.opening


def test_a_document_whose_main_part_has_a_number_is_read(tmp_path):
    def rename(name, data):
        return name.replace("document.xml", "document2.xml"), data.replace(b"document.xml", b"document2.xml")

    path = tmp_path / "made.docx"
    path.write_bytes(changed(word_file(paragraph("Children are safe.") + END), rename))
    assert texts(read(path)) == ["Children are safe."]


def test_names_of_parts_in_another_case_are_found(tmp_path):
    path = tmp_path / "made.docx"
    data = word_file(styled("Care", "heading1") + END, styles=style("heading 1"))
    path.write_bytes(changed(data, lambda name, part: (name.replace("styles", "Styles"), part)))
    assert read(path).blocks[0].level == 1


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_a_document_without_a_part_that_it_needs_is_damaged(tmp_path, missing):
    path = tmp_path / "made.docx"
    path.write_bytes(changed(word_file(END), lambda name, part: None if name == missing else (name, part)))
    with pytest.raises(UnreadableReport) as refused:
        read_docx(path)
    assert "damaged" in refused.value.reason


@pytest.mark.parametrize("missing", ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"])
def test_a_document_without_another_part_is_read(tmp_path, missing):
    path = tmp_path / "made.docx"
    data = word_file(paragraph("Children are safe.") + END, styles="", numbering="")
    path.write_bytes(changed(data, lambda name, part: None if name == missing else (name, part)))
    assert texts(read_docx(path)) == ["Children are safe."]


def test_an_entity_is_not_replaced(tmp_path):
    def declare(name, part):
        return name, (b'<!DOCTYPE x [<!ENTITY e "secret">]>' * (name == "word/document.xml")) + part.replace(
            b"NN", b"&e;"
        )

    path = tmp_path / "made.docx"
    path.write_bytes(changed(word_file(paragraph("One NN two.") + END), declare))
    assert "secret" not in read_docx(path).text


def test_a_part_that_is_no_word_text_is_damaged(tmp_path):
    path = tmp_path / "made.docx"
    path.write_bytes(
        changed(word_file(END), lambda name, part: (name, b"<a/>" if name == "word/document.xml" else part))
    )
    with pytest.raises(UnreadableReport):
        read_docx(path)
