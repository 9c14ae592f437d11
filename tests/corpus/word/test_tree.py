from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.word import read_docx
from corpus.witness.word import open_docx
from corpus.word.blocks import BlockReader
from corpus.word.package import Package
from corpus.word.runs import Notice
from tests.corpus.word_files import END, paragraph, row, run, style, table, texts, word_file

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLE = (
    '<w:style w:type="character" w:styleId="Platzhalter"><w:name w:val="Placeholder Text"/></w:style>'  # a German name
)
BY = 'w:id="1" w:author="A" w:date="2031-01-01T00:00:00Z"'


def inserted(inner, name="ins"):
    return f"<w:{name} {BY}>{inner}</w:{name}>"


def deleted(text):
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def marked(name):
    """Return the properties of a paragraph whose end mark was inserted, deleted or moved."""
    return f"<w:rPr><w:{name} {BY}/></w:rPr>"


def test_insertions_and_moves_are_read_and_deletions_are_not(read_word):
    document = read_word(
        paragraph(f"{run('Panels in Larkham meet every ')}{deleted('month')}{inserted(run('fortnight'))}{run('.')}")
        + paragraph(inserted(run("A sixth team was set up in May.")), marked("ins"))
        + paragraph(f"{inserted(run('Advocates visit each home.'), 'moveFrom')}{run('Carers are paid on time.')}")
        + paragraph(inserted(run("Advocates visit each home."), "moveTo"), marked("moveTo"))
    )
    assert texts(document) == [
        "Panels in Larkham meet every fortnight.",
        "A sixth team was set up in May.",
        "Carers are paid on time.",
        "Advocates visit each home.",
    ]
    assert document.warnings == (Notice.CHANGES,)


@pytest.mark.parametrize("name", ["del", "moveFrom"])
def test_a_paragraph_whose_end_was_removed_continues_in_the_next_one(read_word, name):
    document = read_word(paragraph("Children wait ", marked(name)) + paragraph("six weeks for a place in Larkham."))
    assert texts(document) == ["Children wait six weeks for a place in Larkham."]


def test_deleted_rows_and_cells_are_left_out_and_inserted_ones_are_read(read_word):
    cell = f"<w:tcPr><w:cellDel {BY}/></w:tcPr>{paragraph('in 2029')}"
    document = read_word(
        table(
            row("Visits on time", "81%", properties=f"<w:ins {BY}/>"),
            row("Visits on time", "64%", properties=f"<w:del {BY}/>"),
            row("Plans on time", cell, "72%"),
        )
    )
    assert texts(document) == ["Visits on time 81%", "Plans on time 72%"]


def test_a_change_of_format_is_no_change_of_the_text(read_word):
    old = f"<w:rPrChange {BY}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    document = read_word(paragraph(run("Leaders in Larkham listen.", f"<w:b/>{old}")))
    assert (texts(document), document.warnings) == (["Leaders in Larkham listen."], ())


def test_content_controls_are_read_wherever_they_are(read_word):
    def control(inner, properties=""):
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    cell = control(f"<w:tc>{paragraph('Inadequate')}</w:tc>")
    document = read_word(
        control(paragraph("Children in Larkham are seen alone."))
        + paragraph(run("The authority is ") + control(run("not")) + run(" safe enough."))
        + table(f"<w:tr><w:tc>{paragraph('Overall effectiveness')}</w:tc>{cell}</w:tr>", control(row("Care", "Good")))
    )
    assert texts(document) == [
        "Children in Larkham are seen alone.",
        "The authority is not safe enough.",
        "Overall effectiveness Inadequate",
        "Care Good",
    ]
    assert [(one.area, one.grade) for one in document.judgements] == [
        ("Overall effectiveness", "Inadequate"),
        ("Care", "Good"),
    ]


def prompting(inner):
    """Return a content control that says that it shows its prompt."""
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("name", "styles"),
    [
        ("PlaceholderText", ""),
        ("Platzhalter", STYLE),
        ("Own", STYLE + style("Own", kind="character", based_on="Platzhalter")),
    ],
)
def test_the_prompt_of_a_control_is_left_out_with_a_warning(read_word, name, styles):
    prompt = run("Click here to enter text.", f'<w:rStyle w:val="{name}"/>')
    document = read_word(paragraph(run("Panels meet ") + prompting(prompt) + run("weekly.")), styles=styles)
    assert (texts(document), document.warnings) == (["Panels meet weekly."], (Notice.PROMPT,))


def test_a_filled_control_that_says_that_it_shows_its_prompt_is_read(read_word):
    prompt = run("Enter a word.", '<w:rStyle w:val="PlaceholderText"/>')
    document = read_word(
        paragraph(run("Larkham is ") + prompting(run("not") + run("")) + run(" safe."))
        + prompting(paragraph("Panels meet weekly.") + paragraph(prompting(prompt) + run("Plans are late.")))
    )
    assert texts(document) == ["Larkham is not safe.", "Panels meet weekly.", "Plans are late."]
    assert document.warnings == (Notice.PROMPT,)


def control(inner, properties=""):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "inner",
    [
        prompting(run("Give the wait in days.", '<w:color w:val="808080"/>')),
        prompting(run("Give the wait in days.", '<w:color w:val="7f7f7f" w:themeColor="text1"/>')),
        prompting(run("Give the wait.", '<w:color w:themeColor="background1" w:themeShade="80"/>')),
        prompting(run("Click or tap here") + run(" to enter text.")),
        control(run("Choose an item."), "<w:dropDownList/>"),
        control(run("Click or tap to enter a date."), "<w:date/>"),
        control(run("[Type here]")),
    ],
)
def test_a_prompt_is_known_by_its_colour_or_by_its_words(read_word, tmp_path, inner):
    body = paragraph(run("Remarks: panels meet ") + inner + run("weekly."))
    document = read_word(body)
    assert (texts(document), document.warnings) == (["Remarks: panels meet weekly."], (Notice.PROMPT,))
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(body))
    assert "panels meet weekly." in open_docx(path).text(1)


def test_the_prompt_that_a_document_keeps_for_a_control_is_no_text(read_word):
    kept = "".join(
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/></w:docPartPr><w:docPartBody>{paragraph(text)}'
        "</w:docPartBody></w:docPart>"
        for name, text in (("WAIT", "Give the wait in days."), ("NONE", ""))
    )
    parts = f'<w:glossaryDocument xmlns:w="{MAIN}"><w:docParts>{kept}</w:docParts></w:glossaryDocument>'

    def named(text, name):
        properties = f'<w:placeholder><w:docPart w:val="{name}"/></w:placeholder><w:showingPlcHdr/>'
        return control(run(text), properties)

    document = read_word(
        paragraph(run("Wait: ") + named("Give the wait in days.", "WAIT") + run("unknown."))
        + paragraph(run("Wait: ") + named("9 days.", "WAIT"))
        + paragraph(run("Wait: ") + named("Give the wait in days.", "NONE")),
        files={"glossary/document.xml": ("glossaryDocument", parts.encode())},
    )
    assert texts(document) == ["Wait: unknown.", "Wait: 9 days.", "Wait: Give the wait in days."]


def test_a_cell_with_a_prompt_stays_in_its_row(read_word):
    prompt = run("Enter a word.", '<w:rStyle w:val="PlaceholderText"/>')
    cells = (
        f"<w:tc>{paragraph('Care')}</w:tc>{prompting(f'<w:tc>{paragraph(prompt)}</w:tc>')}<w:tc>{paragraph('9')}</w:tc>"
    )
    made = word_file(table(row("Area", "Note", "Count"), f"<w:tr>{cells}</w:tr>") + END)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        package = Package.open(Path("a.docx"), archive)
        part = package.related("", "officeDocument")
        blocks = BlockReader.of(package, part).read(package.tree(part)[0])
    assert [block.cells for block in blocks][:2] == [("Area", "Note", "Count"), ("Care", "", "9")]


def test_words_like_a_prompt_within_a_text_are_read(read_word):
    document = read_word(
        paragraph(control(run("Click here to enter text is what the form says.")))
        + paragraph(control(run("Good", '<w:color w:val="808080"/>')))
        + paragraph("Choose an item.")
    )
    assert texts(document) == ["Click here to enter text is what the form says.", "Good", "Choose an item."]


def test_wrappers_inside_a_sentence_are_looked_through(read_word):
    wrapped = "".join(
        f"<w:{name}>{run(f' {name}')}</w:{name.split()[0]}>"
        for name in ("smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
    )
    document = read_word(paragraph(run("Words in") + wrapped + run(" are kept.")))
    assert texts(document) == ["Words in smartTag customXml hyperlink fldSimple dir bdo are kept."]


@pytest.mark.parametrize(
    "alternatives",
    [
        "<mc:Choice Requires='wps'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>",
        "<mc:Choice Requires='wps'>{new}</mc:Choice>",
        "<mc:Choice Requires='v2'/><mc:Fallback>{old}</mc:Fallback>",
    ],
)
def test_a_text_box_is_read_once_after_its_paragraph(read_word, alternatives):
    words = f"<w:txbxContent>{paragraph('Young people in Larkham trust their advisers.')}</w:txbxContent>"
    new = f"<w:drawing><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
    box = f"<w:r><mc:AlternateContent>{alternatives.format(new=new, old=old)}</mc:AlternateContent></w:r>"
    document = read_word(paragraph(run("Care leavers") + box + run(" are helped.")))
    assert texts(document) == ["Care leavers are helped.", "Young people in Larkham trust their advisers."]


WORDS = st.text("abc", min_size=1, max_size=4)
PARTS = st.lists(st.tuples(st.sampled_from(("plain", "ins", "del", "moveTo", "moveFrom")), WORDS), max_size=6)


def written(parts):
    def one(kind, word):
        if kind == "del":
            return deleted(word)
        return run(word) if kind == "plain" else inserted(run(word), kind)

    return "".join(one(*part) for part in parts)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(PARTS, st.sampled_from(("", "ins", "del", "moveFrom", "moveTo"))), min_size=1, max_size=5))
def test_whatever_was_changed_the_text_read_is_the_accepted_text(tmp_path_factory, paragraphs):
    path = tmp_path_factory.getbasetemp() / "changed.docx"
    inner = "".join(paragraph(f"{written(parts)}<w:r/>", marked(end) if end else "") for parts, end in paragraphs)
    path.write_bytes(word_file(inner + paragraph("Stop.") + END))
    accepted = ""
    for parts, end in paragraphs:
        accepted += "".join(word for kind, word in parts if kind not in ("del", "moveFrom"))
        accepted += "" if end in ("del", "moveFrom") else "\n"
    document = read_docx(path)
    assert texts(document) == [line for line in f"{accepted}Stop.".split("\n") if line]
    changed = any(end or any(kind != "plain" for kind, _ in parts) for parts, end in paragraphs)
    assert document.warnings == ((Notice.CHANGES,) if changed else ())
