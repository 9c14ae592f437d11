from __future__ import annotations

import pytest

from corpus.errors import UnreadableReport
from corpus.facts.metadata import describe
from corpus.readers.text import decode, read_text
from corpus.reading import read
from corpus.types import BlockKind, Form, Kind

ARTICLE = (
    "Inspectors praise Westmarsh\n\nThe borough’s social workers – all 58 of them – “know their families well”, and it cost "
    "£3,000 a month to keep them.\nLeaders said they were glad.\n\n1. Visits are on time, every time, for all of the children who are "
    "on a plan.\n• Plans are clear.\n• Plans are short.\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_any_unicode_encoding(write, encoding):
    assert decode(write(ARTICLE.encode(encoding))) == ARTICLE


def test_a_whole_article_in_windows_1252_is_read_word_for_word(write, sample_paths):
    article = sample_paths["carrowby-news"].read_text(encoding="utf-8")
    assert decode(write(article.encode("cp1252"))) == article


def test_a_short_text_in_windows_1252_is_read_word_for_word(write):
    short = "The borough’s inspectors – all of them – say it cost £3,000. “It is good,” said one."
    assert decode(write(short.encode("cp1252"))) == short


def test_long_lines_are_paragraphs_and_short_ones_without_a_full_stop_are_headings(write):
    document = read_text(write(ARTICLE))
    assert [(b.kind, b.level, b.label, document.text[b.start : b.end][:9]) for b in document.blocks] == [
        (BlockKind.HEADING, 1, None, "Inspector"),
        (BlockKind.PARAGRAPH, 0, None, "The borou"),
        (BlockKind.PARAGRAPH, 0, None, "Leaders s"),
        (BlockKind.PARAGRAPH, 0, "1", "1. Visits"),
        (BlockKind.LIST_ITEM, 0, None, "• Plans a"),
        (BlockKind.LIST_ITEM, 0, None, "• Plans a"),
    ]
    assert document.title == "Inspectors praise Westmarsh"
    assert (document.media_type, len(document.pages)) == ("text/plain", 1)


def test_wrapped_lines_are_joined_up_to_a_blank_line_bullet_or_number(write):
    text = (
        "A title\n\nChildren are safe and\nwell cared for.\n1. Visits are\non time.\n- Plans are\nclear.\n\nThe end.\n"
    )
    assert read_text(write(text)).text == (
        "A title\n\nChildren are safe and well cared for.\n\n1. Visits are on time.\n\n• Plans are clear.\n\nThe end."
    )


ADDRESS = "https://news.example.org/westmarsh?id=3"
SOURCE_LINES = [ADDRESS, f"<{ADDRESS}>", f"Source: {ADDRESS}", f"source: <{ADDRESS}>", f"URL: {ADDRESS}", f"From : {ADDRESS}"]  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("line", SOURCE_LINES)
def test_an_address_in_the_first_line_is_where_a_text_comes_from_and_not_a_heading_or_title(write, line, suffix):
    title = "Inspectors praise Westmarsh"
    opens = f"# {title}" if suffix == ".md" else title
    path = write(f"{line}\n\n{opens}\n\nChildren in Westmarsh are safe, says {ADDRESS} too.\n", f"news{suffix}")
    document = read(path)
    assert (document.source_url, document.title) == (ADDRESS, title)
    assert document.text == f"{title}\n\nChildren in Westmarsh are safe, says {ADDRESS} too."
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert describe(document, file=path.name, sha256="ab" * 32).title == title


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_the_line_below_an_address_may_be_the_title(write, suffix):
    text = "Inspection of Westmarsh children’s services\n\nInspection dates: 3 to 7 June 2024\n\nChildren are safe.\n"
    path = write(f"Source: {ADDRESS}\n\n{text}", f"report{suffix}")
    report = describe(read(path), file=path.name, sha256="ab" * 32)
    assert (report.kind, report.form, report.authority) == (Kind.ILACS, Form.REPORT, "Westmarsh")
    assert report.source_url == ADDRESS


def test_a_file_with_only_an_address_contains_no_text(write):
    with pytest.raises(UnreadableReport, match="no text"):
        read_text(write(f"Source: {ADDRESS}\n"))


def test_a_first_line_with_more_than_an_address_stays(write):
    line = f"{ADDRESS} is where families find the offer."
    document = read_text(write(f"{line}\n\nChildren are safe.\n"))
    assert (document.source_url, document.text) == (None, f"{line}\n\nChildren are safe.")


def text_of(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    return read(tmp_path / "a.txt").title


def test_a_title_that_is_a_question_is_a_title_below_an_address_too(tmp_path):
    assert (
        text_of(tmp_path, "Source: https://x.example/w\n\nIs Westmarsh safe?\n\nChildren are safe.\n")
        == "Is Westmarsh safe?"
    )


def test_an_address_directly_above_a_title_is_not_part_of_it(tmp_path):
    assert (
        text_of(tmp_path, "Source: https://x.example/w\nInspectors praise Westmarsh\n\nChildren are safe.\n")
        == "Inspectors praise Westmarsh"
    )


def test_the_last_line_is_no_heading_and_stays_without_a_full_stop(write):
    document = read_text(write("Visit to Westmarsh\n\nChildren are safe.\n\nLeaders act on what children say"))
    last = document.blocks[-1]
    assert (last.kind, document.text[last.start : last.end]) == (
        BlockKind.PARAGRAPH,
        "Leaders act on what children say",
    )


def test_a_hyphen_at_a_line_end_of_wrapped_text_is_of_its_word_or_only_breaks_it(write):
    text = "A title\n\nThe multi-\nagency team keeps better record-\nkeeping, and shares informa-\ntion in short- \nand long-term plans.\n"
    assert read_text(write(text)).text == (
        "A title\n\nThe multi-agency team keeps better record-keeping, and shares information in short- and long-term plans."
    )


def test_asterisks_are_bullets_if_there_are_several(write):
    text = "A title\n\nThese are the areas:\n  * Plans are\n    short.\n  * Visits are late.\n\nThe end of it.\n"
    assert "• Plans are short.\n• Visits are late." in read_text(write(text)).text
    note = "A title\n\nThe rate is 4%.\n\n* This is an estimate.\n\nThe end of it.\n"
    assert "* This is an estimate." in read_text(write(note)).text


HEAD = "Focused visit to Thornby                      Page {} of 3"


@pytest.mark.parametrize("foot", ["", "\n\n   Not to be shared before {} May\n"])
def test_running_heads_of_pages_are_left_out_and_a_sentence_goes_on_over_the_page(write, foot):
    pages = [
        "Areas for improvement\n\n 1. The plans for\n",
        "    children at risk.\n 2. Visits.\n\nPractice is kind.\n",
        "More.\n",
    ]
    text = "\f".join(f"{HEAD.format(n)}\n\n{page}{foot.format(n)}" for n, page in enumerate(pages, 1))
    document = read_text(write(text))
    assert "1. The plans for children at risk." in document.text
    assert "Page 2" not in document.text
    assert "shared" not in document.text
    assert [block.label for block in document.blocks if block.label] == ["1", "2"]
    assert document.text.endswith("Practice is kind.\n\nMore.")


def test_pages_without_running_heads_lose_nothing(write):
    text = "One title\n\nChildren are safe here.\n\fTwo lines\n\nThey are well cared for.\n\f\n"
    assert (
        read_text(write(text)).text == "One title\n\nChildren are safe here.\n\nTwo lines\n\nThey are well cared for."
    )


@pytest.mark.parametrize("title", ["What needs to improve?", "Recommendations", "What must the council do to improve?"])
def test_the_title_of_a_list_is_a_heading_even_if_nothing_marks_it(write, title):
    text = f"Focused visit to Thornby\n\nChildren are safe here.\n\n{title}\n\n- The speed of visits.\n- The plans.\n"
    page = f"<html><body><h1>Focused visit to Thornby</h1><div>Children are safe.</div><div>{title}</div><div>The plans are late.</div>"
    for document in (read(write(text, "a.txt")), read(write(page, "a.html"))):
        blocks = {document.text[b.start : b.end]: b for b in document.blocks}
        assert (blocks[title].kind, blocks[title].level) == (BlockKind.HEADING, 2)


def test_a_sentence_or_a_last_line_is_no_title_of_a_list(write):
    text = "Focused visit to Thornby\n\nRecommendations.\n\nThe plans are late, and so are visits.\n\nRecommendations\n"
    document = read_text(write(text))
    assert [block.kind for block in document.blocks].count(BlockKind.HEADING) == 1


def test_the_signature_of_a_letter_in_plain_text_names_the_lead_inspector(write):
    letter = (
        "18 June 2024\n\nDear Ms Reed\n\nFocused visit to Aldermere children's services\n\nThis letter summarises the "
        "findings of the focused visit.\n\nPage 2\n\nChildren are safe.\n\nYours sincerely\n\nPrudence Oakhanger\n"
        "His Majesty's Inspector\n"
    )
    document = read_text(write(letter))
    assert describe(document, file="letter.txt", sha256="ab" * 32).lead_inspector == "Prudence Oakhanger"
    assert "Page 2" not in document.text


def kinds_and_texts(path):
    document = read_text(path)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_the_marks_of_a_quotation_are_no_words_of_it(write):
    quoted = (
        "Skelwith Council replies.\n\n> The council should say sorry\n> and should pay each family.\nIt will do so.\n"
    )
    assert [text for _, text in kinds_and_texts(write(quoted))] == [
        "Skelwith Council replies.",
        "The council should say sorry and should pay each family.",
        "It will do so.",
    ]


def test_a_single_such_mark_is_a_sign(write):
    assert kinds_and_texts(write("Waits are long.\n\n> 5 days in most cases.\n"))[-1][1] == "> 5 days in most cases."


FIGURES = "Carers are paid.\n\n    Year        Carers   Paid late\n    2021/22        188          14\n    2022/23        203           –\n"


def test_the_rows_of_a_table_of_figures_stay_apart(write):
    path = write(f"{FIGURES}\nThe council is sorry for the delay.\n")
    assert [text for kind, text in kinds_and_texts(path) if kind is BlockKind.TABLE] == [
        "Year Carers Paid late",
        "2021/22 188 14",
        "2022/23 203 –",
    ]
    assert [block.names_columns for block in read_text(path).blocks] == [False, True, False, False, False]


def test_lines_with_wide_spaces_and_no_figures_are_text(write):
    justified = "Leaders  know  their services\nwell,  and  they  act  soon.\nFamilies  say  the same of\nall  of them."
    assert [kind for kind, _ in kinds_and_texts(write(justified))] == [BlockKind.PARAGRAPH]
