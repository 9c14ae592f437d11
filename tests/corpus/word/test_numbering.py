from __future__ import annotations

import pytest

from corpus.lists.improvements import find_improvements
from corpus.word.numbering import in_format
from corpus.word.runs import Notice
from tests.corpus.word_files import kinds, paragraph, style, styled, texts


def level(depth, text, format_="decimal", start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def definition(name, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{name}">{more}{"".join(levels)}</w:abstractNum>'


def used(name, of, inner=""):
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def again(depth, start):
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(text, depth=0, name=1):
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>')


def labels(document):
    return [block.label for block in document.blocks][:-1]


def test_numbers_are_printed_as_the_list_says(read_word):
    lists = definition(0, level(0, "%1.", start=4), level(1, "(%2)", "lowerLetter"), level(2, "%1.%3")) + used(1, 0)
    document = read_word(
        item("Visits")
        + item("to children", 1)
        + item("to carers", 1)
        + item("Plans")
        + item("for care leavers", 1)
        + item("in writing", 2),
        numbering=lists,
    )
    assert kinds(document) == [
        ("paragraph", "4. Visits"),
        ("list-item", "(a) to children"),
        ("list-item", "(b) to carers"),
        ("paragraph", "5. Plans"),
        ("list-item", "(a) for care leavers"),
        ("paragraph", "5.1 in writing"),
    ]
    assert labels(document) == ["4", None, None, "5", None, None]


def test_words_may_come_with_the_number(read_word):
    lists = definition(0, level(0, "Action %1:", start=5), level(1, "%2)")) + used(1, 0)
    document = read_word(item("Visit in time.") + item("Write plans.") + item("With families.", 1), numbering=lists)
    assert texts(document) == ["Action 5: Visit in time.", "Action 6: Write plans.", "1) With families."]
    assert labels(document) == [None, None, "1"]


def test_lists_with_one_definition_continue_each_other_unless_one_starts_again(read_word):
    lists = definition(0, level(0, "%1.")) + used(1, 0) + used(2, 0) + used(3, 0, again(0, 1))
    document = read_word(
        item("One") + item("Two", name=2) + item("Again", name=3) + item("After", name=3) + item("More"),
        numbering=lists,
    )
    assert texts(document) == ["1. One", "2. Two", "1. Again", "2. After", "3. More"]


def test_a_level_starts_again_only_after_the_level_that_it_names(read_word):
    never, after_first = '<w:lvlRestart w:val="0"/>', '<w:lvlRestart w:val="1"/>'
    lists = definition(0, level(0, "%1."), level(1, "%2.", more=never), level(2, "%3.", more=after_first)) + used(1, 0)
    order = [("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 0), ("g", 1), ("h", 2)]
    document = read_word("".join(item(*one) for one in order), numbering=lists)
    assert texts(document) == ["1. a", "1. b", "1. c", "2. d", "2. e", "2. f", "3. g", "1. h"]


def test_a_list_may_define_a_level_for_itself(read_word):
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "Step %1", "upperRoman", 2)}</w:lvlOverride>'
    assert texts(read_word(item("Act"), numbering=definition(0, level(0, "%1.")) + used(1, 0, own))) == ["Step II Act"]


def test_levels_above_are_printed_as_digits_where_the_list_says_so(read_word):
    lists = definition(0, level(0, "%1", "upperRoman", 4), level(1, "%1.%2", more="<w:isLgl/>")) + used(1, 0)
    assert texts(read_word(item("Care") + item("Homes", 1), numbering=lists)) == ["IV Care", "4.1 Homes"]


@pytest.mark.parametrize(
    ("format_", "count", "printed"),
    [
        ("lowerLetter", 28, "bb"), ("upperLetter", 2, "B"), ("lowerRoman", 14, "xiv"), ("upperRoman", 1994, "MCMXCIV"),
        ("decimalZero", 7, "07"), ("ordinal", 11, "11th"), ("ordinal", 22, "22nd"), ("chicago", 3, "3"), ("none", 3, ""),
        ("cardinalText", 1, "One"), ("cardinalText", 40, "Forty"), ("cardinalText", 99, "Ninety-nine"),
        ("cardinalText", 100, "One hundred"), ("ordinalText", 1, "First"), ("ordinalText", 12, "Twelfth"),
        ("ordinalText", 20, "Twentieth"), ("ordinalText", 85, "Eighty-fifth"), ("ordinalText", 100, "One hundredth"),
        ("lowerLetter", 0, "0"), ("upperRoman", 100000, "100000"),
    ],
)  # fmt: skip
def test_formats(format_, count, printed):
    assert in_format(count, format_) == printed


def test_bullets_stay_bullets_and_a_level_that_prints_nothing_makes_no_item(read_word):
    lists = definition(0, level(0, "\uf0b7", "bullet"), level(1, "", "none")) + used(1, 0)
    assert kinds(read_word(item("visits") + item("More about them.", 1), numbering=lists)) == [
        ("list-item", "• visits"),
        ("paragraph", "More about them."),
    ]


def test_a_style_may_give_the_number_and_so_may_the_style_that_it_is_built_on(read_word):
    place = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("List Number", inner=place) + style("Numbered para", based_on="ListNumber")
    lists = definition(0, level(0, "%1.", more='<w:pStyle w:val="ListNumber"/>')) + used(1, 0)
    off = paragraph("No number here.", '<w:pStyle w:val="Numberedpara"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    document = read_word(
        styled("Visits are timely.", "Numberedpara") + off + styled("Plans are late.", "ListNumber"),
        styles=styles,
        numbering=lists,
    )
    assert kinds(document) == [
        ("paragraph", "1. Visits are timely."),
        ("paragraph", "No number here."),
        ("paragraph", "2. Plans are late."),
    ]


def test_a_style_has_the_level_that_names_it(read_word):
    place = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    lists = definition(0, level(0, "%1."), level(1, "%1.%2", more='<w:pStyle w:val="Sub"/>')) + used(1, 0)
    document = read_word(item("Care") + styled("Homes", "Sub"), styles=style("Sub", inner=place), numbering=lists)
    assert texts(document) == ["1. Care", "1.1 Homes"]


def test_a_definition_may_stand_for_the_list_of_a_style(read_word):
    lists = (
        definition(0, more='<w:numStyleLink w:val="Steps"/>')
        + definition(1, level(0, "Step %1:"), more='<w:styleLink w:val="Steps"/>')
        + used(1, 0)
        + used(2, 1)
    )
    place = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = style("Steps", kind="numbering", inner=place)
    assert texts(read_word(item("Act"), numbering=lists, styles=styles)) == ["Step 1: Act"]


def test_a_heading_has_its_number(read_word):
    place = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(style(f"heading {n}", inner=place.format(n - 1)) for n in (1, 2, 3))
    styles += style("Chapter", based_on="heading1")
    lists = definition(0, level(0, "%1."), level(1, "Recommendation %2:"), level(2, "%3)", "lowerLetter")) + used(1, 0)
    document = read_word(
        styled("Findings", "heading1")
        + styled("Visits", "heading2")
        + styled("Homes", "heading3")
        + styled("Plans", "Chapter")
        + paragraph("End", '<w:pStyle w:val="heading1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("Visit sooner."),
        styles=styles,
        numbering=lists,
    )
    assert kinds(document)[:5] == [
        ("heading1", "1. Findings"),
        ("heading2", "Recommendation 1: Visits"),
        ("heading3", "a) Homes"),
        ("heading1", "2. Plans"),
        ("heading1", "End"),
    ]


def test_a_list_of_improvements_is_found_below_a_numbered_heading(read_word):
    place = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    document = read_word(
        styled("Inspection of Larkham children’s services", "Title")
        + styled("Findings", "heading1")
        + paragraph("Children are seen alone.")
        + styled("What needs to improve", "heading1")
        + item("The speed of visits.", 0, 2)
        + item("The quality of plans.", 0, 2),
        styles=style("Title") + style("heading 1", inner=place),
        numbering=definition(0, level(0, "%1.")) + definition(1, level(0, "%1.")) + used(1, 0) + used(2, 1),
    )
    found = [(one.section, one.text) for one in find_improvements(document)]
    assert found == [
        ("2. What needs to improve", "The speed of visits."),
        ("2. What needs to improve", "The quality of plans."),
    ]


def test_empty_paragraphs_count_and_deleted_ones_do_not(read_word):
    by = 'w:id="1" w:author="A"'
    place = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    gone = f"<w:p><w:pPr>{place}<w:rPr><w:del {by}/></w:rPr></w:pPr><w:del {by}><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    document = read_word(
        item("One") + gone + item("Two") + item("") + item("Four"),
        numbering=definition(0, level(0, "%1.")) + used(1, 0),
    )
    assert texts(document) == ["1. One", "2. Two", "4. Four"]


def test_a_level_prints_no_endless_text(read_word):
    lists = definition(0, level(0, "%1." * 10_000)) + used(1, 0)
    assert len(texts(read_word(item("Visits"), numbering=lists))[0]) < 300
    lists = definition(0, level(0, "%1" * 120, "lowerLetter", start=780)) + used(1, 0)
    assert len(texts(read_word(item("Visits"), numbering=lists))[0]) < 300


@pytest.mark.parametrize("count", [0, 101])
def test_a_number_that_we_cannot_write_in_words_is_left_out_with_a_warning(read_word, count):
    lists = definition(0, level(0, "Step %1:", "cardinalText", start=count)) + used(1, 0)
    document = read_word(item("Visit sooner."), numbering=lists)
    assert (texts(document), document.warnings) == (["Step : Visit sooner."], (Notice.NUMBER,))


@pytest.mark.parametrize("suffix", ["", '<w:suff w:val="nothing"/>'])
def test_a_number_has_plain_spaces_and_no_line_ends(read_word, suffix):
    lists = definition(0, level(0, "Action\xa0%1&#10;of\u00ad 9:\xa0", more=suffix)) + used(1, 0)
    assert texts(read_word(item("Visit sooner."), numbering=lists)) == ["Action 1 of 9: Visit sooner."]


@pytest.mark.parametrize("numbering", ["", used(1, 7), definition(0) + used(1, 0), '<w:num w:numId="1"/>'])
def test_a_list_that_the_file_does_not_define_prints_no_number(read_word, numbering):
    assert texts(read_word(item("Visits are timely."), numbering=numbering)) == ["Visits are timely."]
