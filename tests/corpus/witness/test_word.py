from __future__ import annotations

import io
import zipfile

import pytest

from corpus.witness.second_reading import open_witness
from tests.corpus.word_files import paragraph, row, run, style, table, word_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def lines(tmp_path):
    """A function that writes a Word document, and returns the lines that the second program reads."""

    def read_lines(inner, **parts):
        path = tmp_path / "made.docx"
        path.write_bytes(word_file(inner, **parts))
        text = open_witness(path, WORD).text(1)
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    return read_lines


def changed(kind, inner):
    return f'<w:{kind} w:id="1" w:author="a">{inner}</w:{kind}>'


def field(command, result):
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{command}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


def test_tracked_changes_are_accepted(lines):
    gone = '<w:r><w:delText xml:space="preserve">never </w:delText></w:r>'
    inner = paragraph(run("Children are ") + changed("del", gone) + changed("ins", run("always ")) + run("seen."))
    inner += paragraph(changed("moveFrom", run("Moved.")) + run("Stays.")) + paragraph(changed("moveTo", run("Moved.")))
    assert lines(inner) == ["Children are always seen.", "Stays.", "Moved."]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(lines):
    first = paragraph(run("Children are "), f"<w:rPr>{changed('del', '')}</w:rPr>")
    assert lines(first + paragraph("seen.")) == ["Children are seen."]


@pytest.mark.parametrize("name", ["vanish", "strike", "dstrike"])
def test_hidden_and_struck_text_is_left_out(lines, name):
    styles = style("Draft", kind="character", inner=f"<w:rPr><w:{name}/></w:rPr>") + style(
        "Later draft", based_on="Draft", kind="character"
    )
    inner = paragraph(
        run("Seen. ") + run("Hidden. ", f"<w:{name}/>") + run("Styled. ", '<w:rStyle w:val="Laterdraft"/>')
    )
    shown = paragraph(run("Shown.", f'<w:rStyle w:val="Draft"/><w:{name} w:val="0"/>'))
    assert lines(inner + shown, styles=styles) == ["Seen.", "Shown."]


def test_content_controls_fields_and_links_are_read(lines):
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('not ')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    simple = f'<w:fldSimple w:instr="AUTHOR">{run("Ann ")}</w:fldSimple>'
    nested = field(field("PAGE", run("3")), run("May"))
    inner = paragraph(
        run("Leaders do ") + control + prompt + simple + nested + f"<w:smartTag>{run(' ends')}</w:smartTag>"
    )
    assert lines(inner) == ["Leaders do not Ann May ends"]


def test_a_text_box_is_read_once_after_its_paragraph(lines):
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(paragraph(run("Before ") + shape + run("after."))) == ["Before after.", "In the box."]


def test_cells_are_apart_and_tables_may_be_nested(lines):
    inner = table(row("Area", "Grade"), row("Leaders", table(row("Good", "2024")) + paragraph("")))
    assert lines(inner) == ["Area", "Grade", "Leaders", "Good", "2024"]


def test_notes_come_at_the_end_without_their_marks(lines):
    inner = paragraph(run("In 2031") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("."))
    notes = f'<w:footnote w:id="0" w:type="separator">{paragraph("-")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run("Except one."))}</w:footnote>'
    assert lines(inner, footnotes=notes) == ["In 2031.", "Except one."]


def test_numbers_are_counted(lines):
    def level(depth, text, form="decimal", start=1, more=""):
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
        )

    def item(text, depth=0, name=1):
        return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>')

    levels = level(0, "Action %1:", start=4) + level(1, "(%2)", "lowerLetter") + level(2, "%1.%3", "upperRoman")
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "o", "bullet")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    inner = (
        item("Visits") + item("children", 1) + item("carers", 1) + item("Plans") + item("again", 1) + item("deep", 2)
    )
    inner += item("A dot", name=2) + item("From one", name=3)
    styles = style("Listed", inner='<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')
    inner += paragraph("By style", '<w:pStyle w:val="Listed"/>') + item("None", name=0)
    assert lines(inner, numbering=numbering, styles=styles) == [
        "Action 4: Visits", "(a) children", "(b) carers", "Action 5: Plans", "(a) again", "5.I deep", "• A dot",
        "Action 1: From one", "Action 2: By style", "None",
    ]  # fmt: skip


def test_the_strict_form_and_odd_characters_are_read(lines):
    inner = paragraph(
        '<w:r><w:t>Re</w:t><w:noBreakHyphen/><w:t>open</w:t><w:br/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    )
    assert lines(inner, strict=True) == ["Re-open", "\ufffd"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_missing_parts_are_refused(tmp_path, encoding):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        archive.writestr("_rels/.rels", declared.encode(encoding))
    path = tmp_path / "bad.docx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ValueError, match="declares entities"):
        open_witness(path, WORD)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(ValueError, match="no main text"):
        open_witness(path, WORD)
