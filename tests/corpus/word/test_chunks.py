from __future__ import annotations

import pytest

from corpus.readers.word import read_docx
from corpus.word.chunks import chunk_drafts
from corpus.word.runs import Notice
from tests.corpus.word_files import END, kinds, paragraph, texts, word_file


def blocks(page, media_type="text/html"):
    data = page if isinstance(page, bytes) else page.encode()
    return [(draft.kind.value, draft.text) for draft in chunk_drafts(media_type, data)]


def test_a_page_inside_the_document_is_read_where_it_stands(read_word):
    page = b"<html><body><h2>Care</h2><p>Children in Larkham are seen within <b>three</b> days.</p></body></html>"
    document = read_word(
        paragraph("Before.") + '<w:altChunk r:id="file0"/>' + paragraph("After."), files={"a.html": ("aFChunk", page)}
    )
    assert kinds(document) == [
        ("paragraph", "Before."),
        ("heading2", "Care"),
        ("paragraph", "Children in Larkham are seen within three days."),
        ("paragraph", "After."),
    ]
    assert document.warnings == ()


def test_a_plain_text_inside_the_document_is_read_line_by_line(read_word):
    document = read_word(
        '<w:altChunk r:id="file0"/>', files={"a.txt": ("aFChunk", "One.\r\n\r\nTwo – ½.".encode("cp1252"))}
    )
    assert texts(document) == ["One.", "Two – ½."]


@pytest.mark.parametrize("inner", ['<w:altChunk r:id="file0"/>', '<w:altChunk r:id="x"/>', '<w:subDoc r:id="x"/>'])
def test_a_file_that_we_do_not_read_gives_a_warning(read_word, inner):
    document = read_word(inner + paragraph("After."), files={"a.rtf": ("aFChunk", b"{\\rtf1 Words.}")})
    assert (texts(document), document.warnings) == (["After."], (Notice.INSERTED,))


def test_a_file_that_is_named_many_times_is_read_once(read_word):
    document = read_word('<w:altChunk r:id="file0"/>' * 50, files={"a.txt": ("aFChunk", b"Once.")})
    assert texts(document) == ["Once."]


def test_a_file_that_is_named_in_two_ways_is_read_once(tmp_path):
    data = word_file(
        '<w:altChunk r:id="file0"/><w:altChunk r:id="file1"/>' + END,
        files=dict.fromkeys(("a.txt", "A.txt"), ("aFChunk", b"Once.")),
    )
    path = tmp_path / "made.docx"
    path.write_bytes(data)
    assert texts(read_docx(path)) == ["Once."]


def test_lists_tables_and_loose_text_of_a_page():
    page = (
        "<body>Loose<br>text<ul><li>one</li><li><p>two</p></li></ul><ol start=5><li>five<li value=9><p>nine</p></ol>"
        "<ol type=a><li>x</ol><table><tr><th>Area<td><p>Good</p></tr></table><div>Inner<p>Para</p>tail</div></body>"
    )
    assert blocks(page) == [
        ("paragraph", "Loose text"),
        ("list-item", "• one"),
        ("list-item", "• two"),
        ("paragraph", "5. five"),
        ("paragraph", "9. nine"),
        ("paragraph", "a. x"),
        ("table", "Area Good"),
        ("paragraph", "Inner"),
        ("paragraph", "Para"),
        ("paragraph", "tail"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<del>x</del>",
        "<s>x</s>",
        "<span hidden>x</span>",
        "<b style='display: none'>x</b>",
        "<b style='color: red; mso-hide: all'>x</b>",
        "<script>x</script>",
        "<!--x-->",
    ],
)
def test_hidden_and_deleted_words_of_a_page_are_left_out(hidden):
    assert blocks(f"<p>Leaders {hidden}act.</p>") == [("paragraph", "Leaders act.")]


@pytest.mark.parametrize(
    "data",
    [
        "<p>é</p>".encode("utf-16"),
        "<p>é</p>".encode("utf-8-sig"),
        "<p>é</p>".encode("cp1252"),
        "<?xml version='1.0' encoding='utf-8'?><p>é</p>".encode(),
        "<meta charset=latin-1><p>é</p>".encode("latin-1"),
        "<meta charset=nonsense><p>é</p>".encode("cp1252"),
    ],
)
def test_a_page_in_any_usual_encoding_is_read(data):
    assert blocks(data) == [("paragraph", "é")]


@pytest.mark.parametrize("data", [b"", b"  ", b"<html></html>", b"<!---->"])
def test_a_page_without_text_has_no_blocks(data):
    assert blocks(data) == []


@pytest.mark.parametrize("tag", ["div", "b"])
def test_a_page_that_is_too_deep_to_be_read_whole_gives_a_warning(read_word, tag):
    page = f"<p>Before.</p>{f'<{tag}>' * 3000}Deep.{f'</{tag}>' * 3000}<p>Last.</p>".encode()
    document = read_word('<w:altChunk r:id="file0"/>' + paragraph("After."), files={"a.html": ("aFChunk", page)})
    assert (texts(document), document.warnings) == (["After."], (Notice.INSERTED,))
    assert blocks(f"{'<div>' * 200}Deep.{'</div>' * 200}<p>Last.</p>") == [
        ("paragraph", "Deep."),
        ("paragraph", "Last."),
    ]
