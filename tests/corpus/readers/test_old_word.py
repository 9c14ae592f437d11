from __future__ import annotations

import io
import os
import zipfile

import pytest

from corpus.errors import MissingProgram, NeedsTime, UnreadableReport
from corpus.formats import check
from corpus.programs import find_program
from corpus.readers.old_word import with_stored_fields
from corpus.reading import read
from corpus.word.package import W
from tests.corpus.word_files import word_file

needs_office = pytest.mark.skipif(find_program("soffice") is None, reason="LibreOffice is not installed")
RTF = rb"""{\rtf1\ansi{\fonttbl{\f0 Arial;}}\fs22
{\b\fs32 Visit to Westmarsh children\rquote s services}\par
Printed on {\field{\*\fldinst DATE \\@ "d MMMM yyyy"}{\fldrslt 3 May 2019}} after the visit of 12 March 2019.\par
Children are seen often, and their social workers know them well.\par
{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:9/x.png" \\d}{\fldrslt }}\par}"""


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(command, result):
    parts = ("begin", f"<w:instrText> {command} </w:instrText>"), ("separate", f"<w:t>{result}</w:t>"), ("end", "")
    return "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/>{inner}</w:r>' for kind, inner in parts)


def paragraph(*parts):
    return f"<w:p>{''.join(parts)}</w:p>"


def fixed(inner, stored):
    data, told = with_stored_fields(word_file(inner), stored)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    from lxml import etree

    return ["".join(p.itertext(f"{W}t")) for p in etree.fromstring(text.encode()).iter(f"{W}p")], told


DATED = paragraph(run("Printed on "), field('DATE \\@ "d MMMM yyyy"', "29 November 2026"), run(" in Westmarsh."))


def test_a_field_gets_the_value_that_was_stored():
    texts, told = fixed(DATED, "Other line\nPrinted on 3 May 2019 in Westmarsh.\n")
    assert texts[0] == "Printed on 3 May 2019 in Westmarsh."
    assert told == ()


@pytest.mark.parametrize(
    "stored", [None, "", "Something else.", "Printed on 3 May 2019 in Westmarsh.\nPrinted on 4 May 2019 in Westmarsh."]
)
def test_a_field_whose_stored_value_is_not_known_is_left_out_and_told(stored):
    texts, told = fixed(DATED, stored)
    assert texts[0] == "Printed on […] in Westmarsh."
    assert any("was left out" in warning for warning in told)


def test_a_date_on_a_line_of_its_own_is_found_by_the_line_before():
    inner = paragraph(run("Westmarsh Council")) + paragraph(field("SAVEDATE", "29 November 2026"))
    assert fixed(inner, "Westmarsh Council\n\n3 May 2019\n")[0][1] == "3 May 2019"


def test_a_date_that_is_not_in_the_stored_text_is_left_out():
    texts, told = fixed(
        paragraph(run("The visit was on 12 "), run("March 2019 here.")), "The visit was on 13 March 2019 here."
    )
    assert texts[0] == "The visit was on […] here."
    assert any("was left out" in warning for warning in told)


def test_a_reference_to_nothing_is_left_out_and_other_fields_stay():
    inner = paragraph(run("See "), field("REF x", "Error: Reference source not found"), field("PAGE", "3"))
    assert fixed(inner, None)[0][0] == "See […]3"


def test_words_that_the_other_program_does_not_find_are_named():
    _, told = fixed(paragraph(run("Children are hardly safe.")), "Children are safe.")
    assert told == (
        "Another program, antiword, does not find these words of the report in the file: “hardly”. Compare them.",
    )


@pytest.mark.parametrize(("name", "start", "format_"), [
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word document"),
    ("a.rtf", RTF, "RTF document"),
])  # fmt: skip
def test_old_formats_are_known_by_their_first_bytes(tmp_path, name, start, format_):
    (tmp_path / name).write_bytes(start)
    assert check(tmp_path / name, name) == format_


@pytest.mark.parametrize(
    ("name", "content"), [("a.doc", RTF), ("a.doc", b"plain text"), ("a.odt", RTF), ("a.rtf", b"text")]
)
def test_a_file_whose_name_is_wrong_is_refused_and_not_converted(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableReport, match="its name says"):
        read(tmp_path / name)


def test_without_libreoffice_the_file_is_named_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.rtf").write_bytes(RTF)
    with pytest.raises(MissingProgram, match=r"\.rtf files can be read only with LibreOffice.* Install LibreOffice"):
        read(tmp_path / "a.rtf")


@needs_office
def test_a_file_is_not_converted_for_somebody_who_cannot_wait(tmp_path):
    (tmp_path / "a.rtf").write_bytes(RTF)
    with pytest.raises(NeedsTime):
        read(tmp_path / "a.rtf", patient=False)


def test_a_word_document_with_macros_is_read_without_them(tmp_path):
    (tmp_path / "a.docm").write_bytes(word_file(paragraph(run("Children are seen often, and they are safe."))))
    assert "Children are seen often" in read(tmp_path / "a.docm").text


@needs_office
@pytest.mark.thorough
def test_an_rtf_file_is_converted_and_its_dates_are_not_todays(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "a.rtf").write_bytes(RTF)
    document = read(tmp_path / "a.rtf")
    assert "Printed on […] after the visit of 12 March 2019." in document.text
    assert "their social workers know them well" in document.text
    assert document.converted is not None
    assert document.converted.startswith(b"PK")
    assert document.media_type == "application/rtf"
    assert document.warnings[0].startswith("The file was converted to a Word document by LibreOffice")
    assert os.listdir(tmp_path / "temporary") == []  # noqa: PTH208 - only the names count


@needs_office
@pytest.mark.thorough
def test_a_file_that_libreoffice_cannot_open_is_refused(tmp_path):
    (tmp_path / "a.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(3000)
    )
    with pytest.raises(UnreadableReport):
        read(tmp_path / "a.doc")
