from __future__ import annotations

import pytest

from corpus.witness.second_reading import open_witness
from corpus.word.runs import Notice
from tests.corpus.word_files import paragraph, run, style, texts


def field(inner, command=" REF x "):
    return f"{mark('begin')}<w:r><w:instrText>{command}</w:instrText></w:r>{mark('separate')}{inner}{mark('end')}"


def mark(kind, inner=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def test_the_result_of_a_field_is_read_and_its_command_is_not(read_word):
    command = (
        mark("begin") + run(" IF ") + field(run("7")) + run(" > 3 ") + mark("separate") + run("forty") + mark("end")
    )
    document = read_word(paragraph(run("Some ") + command + run(" children wait.")))
    assert texts(document) == ["Some forty children wait."]


def test_a_field_without_a_result_prints_nothing(read_word):
    entry = mark("begin") + run("XE neglect") + mark("end")
    assert texts(read_word(paragraph(run("Neglect") + entry + run(" is seen.")))) == ["Neglect is seen."]


def test_a_field_may_be_spread_over_paragraphs(read_word):
    document = read_word(
        paragraph(f"{run('First.')}{mark('begin')}{run('INCLUDETEXT')}{mark('separate')}{run(' Second.')}")
        + paragraph(f"{run('Third.')}{mark('end')}{run(' Fourth.')}")
    )
    assert texts(document) == ["First. Second.", "Third. Fourth."]


@pytest.mark.parametrize("kind", ["begin", "separate", "end"])
def test_a_part_of_a_field_hides_no_text(read_word, kind):
    document = read_word(paragraph(run("Leaders ") + mark(kind) + run("act.")) + paragraph("Plans are clear."))
    assert texts(document) == ["Leaders act.", "Plans are clear."]


CHECKED = {
    "ticked": ('<w:default w:val="0"/><w:checked/>', "☒"),
    "ticked at first": ('<w:default w:val="1"/>', "☒"),
    "emptied": ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
    "empty": ("<w:sizeAuto/>", "☐"),
}


@pytest.mark.parametrize("box", CHECKED)
def test_the_box_that_a_form_shows_is_read_by_both_programs(read_word, tmp_path, box):
    inner, shown = CHECKED[box]
    start = mark("begin", f"<w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData>")
    field = start + run(" FORMCHECKBOX ").replace("w:t", "w:instrText") + mark("end")
    document = read_word(paragraph(field + run(" Visits are made on time")))
    assert texts(document) == [f"{shown} Visits are made on time"]
    witness = open_witness(tmp_path / "made.docx", document.media_type).text(1)
    assert f"{shown} Visits are made on time" in witness


def test_the_box_of_a_content_control_is_read(read_word):
    def control(sign):
        kind = '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>'
        return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"

    document = read_word(paragraph(control("☒") + run(" Yes ") + control("☐") + run(" No")))
    assert texts(document) == ["☒ Yes ☐ No"]


def test_the_choice_that_a_form_shows_is_read(read_word):
    entries = '<w:listEntry w:val="Good"/><w:listEntry w:val="Inadequate"/>'
    choices = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    document = read_word(paragraph(run("Leadership is ") + mark("begin", choices) + mark("end") + run(".")))
    assert texts(document) == ["Leadership is Inadequate."]


def test_spaces_hyphens_and_breaks_are_read_as_printed(read_word):
    inside = (
        "<w:t>Social</w:t><w:noBreakHyphen/><w:t>work visits are over</w:t><w:softHyphen/><w:t>seen.</w:t><w:tab/>"
        "<w:t>One</w:t><w:br/><w:t>two</w:t><w:cr/><w:t>three</w:t><w:ptab/><w:t>four.</w:t>"
    )
    assert texts(read_word(paragraph(f"<w:r>{inside}</w:r>"))) == [
        "Social-work visits are overseen. One two three four."
    ]


@pytest.mark.parametrize(
    ("font", "code", "printed"),
    [
        ("Symbol", "F0B3", "5 ≥ 3"),
        ("Wingdings", "F0FC", "5 ✓ 3"),
        ("Arial", "00D7", "5 × 3"),
        ("Symbol", "00A3", "5 ≤ 3"),
    ],
)
def test_a_symbol_is_read_as_its_font_prints_it(read_word, font, code, printed):
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    document = read_word(paragraph(run("5 ") + symbol + run(" 3")))
    assert (texts(document), document.warnings) == ([printed], ())


def test_typed_characters_of_a_symbol_font_are_read_as_printed(read_word):
    fonts = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    assert texts(read_word(paragraph(run("5 ") + run("\uf0b3", fonts) + run(" 3")))) == ["5 ≥ 3"]


@pytest.mark.parametrize("code", ["F041", "E000", "D800", "zz", "", "FFFFFFFF"])
def test_an_unknown_symbol_is_left_out_with_a_warning(read_word, code):
    symbol = f'<w:r><w:sym w:font="Bodgers" w:char="{code}"/></w:r>'
    document = read_word(paragraph(run("Visits ") + symbol + run("are on time.")))
    assert (texts(document), document.warnings) == (["Visits are on time."], (Notice.SYMBOL,))


@pytest.mark.parametrize(
    ("properties", "notice"),
    [("<w:vanish/>", Notice.HIDDEN), ("<w:strike/>", Notice.STRUCK), ('<w:dstrike w:val="1"/>', Notice.STRUCK)],
)
def test_hidden_and_struck_text_is_left_out_with_a_warning(read_word, properties, notice):
    document = read_word(paragraph(run("Leaders know the service.") + run(" Do not publish.", properties)))
    assert (texts(document), document.warnings) == (["Leaders know the service."], (notice,))


def test_text_that_a_style_hides_is_left_out_unless_the_run_shows_it(read_word):
    hidden = style("Note", kind="character", inner="<w:rPr><w:vanish/></w:rPr>")
    built = style("Inner note", kind="character", based_on="Note")
    secret, shown = '<w:rStyle w:val="Innernote"/>', '<w:rStyle w:val="Innernote"/><w:vanish w:val="0"/>'
    document = read_word(paragraph(run("One.") + run(" Two.", secret) + run(" Three.", shown)), styles=hidden + built)
    assert texts(document) == ["One. Three."]


def test_a_paragraph_whose_end_is_hidden_is_printed_with_the_next(read_word):
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    document = read_word(paragraph(run("Draft.", "<w:vanish/>"), hidden) + paragraph("Panels meet weekly."))
    assert texts(document) == ["Panels meet weekly."]


def test_the_large_first_letter_of_a_paragraph_belongs_to_it(read_word):
    letter = paragraph("C", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(read_word(letter + paragraph("hildren in Larkham are safe."))) == ["Children in Larkham are safe."]


def test_a_plain_formula_is_read_and_a_fraction_is_left_out_with_a_warning(read_word):
    plain = "<m:oMath><m:r><m:t>5≥3</m:t></m:r></m:oMath>"
    document = read_word(paragraph(run("Ages ") + plain))
    assert (texts(document), document.warnings) == (["Ages 5≥3"], ())
    parts = "<m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den>"
    document = read_word(paragraph(run("About ") + f"<m:oMath><m:f>{parts}</m:f></m:oMath>" + run("of them")))
    assert (texts(document), document.warnings) == (["About of them"], (Notice.FORMULA,))


def test_characters_with_a_guide_to_their_sound_are_read_and_the_guide_is_not(read_word):
    base = run("not") + run(" quite", "<w:vanish/>")
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('guide')}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"
    document = read_word(paragraph(run("Larkham is ") + ruby + run(" safe.")))
    assert (texts(document), document.warnings) == (["Larkham is not safe."], (Notice.HIDDEN,))


def test_a_file_inside_a_sentence_gives_a_warning(read_word):
    document = read_word(paragraph(run("Before.") + '<w:subDoc r:id="x"/>' + run(" After.")))
    assert (texts(document), document.warnings) == (["Before. After."], (Notice.INSERTED,))


def test_a_diagram_is_left_out_with_a_warning(read_word):
    document = read_word(paragraph(run("The steps:") + "<w:r><w:drawing><dgm:relIds/></w:drawing></w:r>"))
    assert (texts(document), document.warnings) == (["The steps:"], (Notice.DRAWING,))
