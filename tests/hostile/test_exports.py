"""Tests that in exported answers, words from a report or a person stay plain words in every format."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from markdown_it import MarkdownIt

from qa_service.export.formats import ExportedAnswer, ExportedStatement, as_csv, as_markdown, as_word
from qa_service.export.references import Reference
from tests.hostile.cases_exports import FORMULAS, MARKDOWN, WORD
from tests.hostile.cases_markup import MARKUP, harmless
from tests.hostile.pages import asked, assert_guarded

CELLS = FORMULAS | {f"word-{name}": text for name, text in WORD.items()}
DRAWN = MARKDOWN | {f"markup-{name}": text for name, text in MARKUP.items()}
_WORDS = {"document", "body", "p", "pPr", "pStyle", "r", "rPr", "b", "i", "t", "tab", "br", "cr", "vertAlign", "sectPr",
          "pgSz", "pgMar", "cols", "docGrid", "footnoteReference", "noBreakHyphen"}  # fmt: skip
_NOTES = {
    "pPr",
    "spacing",
    "sz",
    "footnotes",
    "footnote",
    "separator",
    "continuationSeparator",
    "p",
    "r",
    "rPr",
    "vertAlign",
    "footnoteRef",
    "t",
}
_DRAWN = {
    "paragraph",
    "heading",
    "blockquote",
    "bullet_list",
    "list_item",
    "inline",
    "text",
    "strong",
    "em",
    "link",
    "softbreak",
}


def everywhere(text: str) -> list[ExportedAnswer]:
    """Return answers in which the text replaces every part that a report or a person supplies."""
    place = Reference(text, text, "published 1 May 2023", ("1",), text, "http://localhost/reports/0/pages/1?quote=x")
    said = (ExportedStatement(text, True, place), ExportedStatement(text, False, place))
    return [
        ExportedAnswer(text, "What the reports say", (text,), said, "1 May 2023", "build-1"),
        ExportedAnswer(text, "None", (), (), "1 May", "b"),
    ]


@pytest.mark.parametrize("name", CELLS)
def test_no_cell_of_a_table_is_a_formula(name: str) -> None:
    written = as_csv(everywhere(CELLS[name]))
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in rows} == {12}
    assert len(rows) == 4
    for cell in (cell for row in rows for cell in row):
        first = unicodedata.normalize("NFKC", cell.lstrip(_unseen(cell)))[:1]
        assert first not in ("=", "+", "-", "@", "\u2212"), ascii(cell[:40])
    # In some countries a semicolon or a tab ends a cell. Quotes prevent that.
    assert re.fullmatch(r'(?:"(?:[^"]|"")*"(?:,|\r\n))*', written.split("\r\n", 1)[1])
    assert _readable(CELLS[name]) in _readable(rows[1][0])


def _unseen(cell: str) -> str:
    """Return the characters of a cell that a spreadsheet ignores when it looks for a formula."""
    return "".join({c for c in cell if c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Zs")})


@pytest.mark.parametrize("name", DRAWN)
def test_the_markdown_of_an_answer_draws_only_its_words(name: str) -> None:
    text = DRAWN[name]
    hostile, plain = (drawn(as_markdown(said, everywhere(said))) for said in (text, harmless(text) or "x"))
    assert hostile == plain
    lines = as_markdown(text, everywhere(text))
    assert not any(unicodedata.category(sign) == "Cc" for sign in lines.replace("\n", ""))
    shown = [
        token.content for token in MarkdownIt().parse(lines) for token in token.children or () if token.type == "text"
    ]
    assert _readable(text) in _readable("".join(shown))


def drawn(markdown: str) -> Counter[str]:
    """Count each kind of element that a Markdown text produces."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    kinds = Counter(re.sub(r"_(?:open|close)$", "", token.type) for token in every)
    assert set(kinds) <= _DRAWN, set(kinds) - _DRAWN
    del kinds["text"]
    return kinds


@pytest.mark.parametrize("name", WORD)
def test_the_word_document_of_an_answer_holds_only_its_words(name: str) -> None:
    text = WORD[name]
    archive = zipfile.ZipFile(io.BytesIO(as_word(text, everywhere(text))))
    for part, allowed in (("word/document.xml", _WORDS), ("word/footnotes.xml", _NOTES)):
        tree: Any = etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))
        assert {etree.QName(one).localname for one in tree.iter()} <= allowed
        assert not tree.getroottree().docinfo.doctype
        assert _readable(text) in _readable("".join(tree.itertext())) or part.endswith("footnotes.xml")
    assert not [part for part in archive.namelist() if "vba" in part.lower() or "embed" in part.lower()]
    assert b'TargetMode="External"' not in b"".join(archive.read(part) for part in archive.namelist())


def _readable(text: str) -> str:
    """Remove white space, and characters that cannot be in a file or in a Word document."""
    return re.sub(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "", text)


@pytest.mark.parametrize("name", list(FORMULAS)[::4])
@pytest.mark.parametrize("place", ["question", "title"])
def test_a_table_downloaded_from_the_page_contains_no_formula(client: FlaskClient, place: str, name: str) -> None:
    text = FORMULAS[name][:1_000]
    chat = asked(client, text if place == "question" else "Which reports are held?")
    if place == "title":
        client.post(f"{chat.url}/rename", data={"title": text})
    reply = client.get(f"{chat.url}/export.csv")
    assert_guarded(reply)
    assert reply.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"), newline="")))
    assert len(rows) > 1
    for row in rows:
        assert not [
            cell for cell in row if unicodedata.normalize("NFKC", cell.lstrip(_unseen(cell)))[:1] in tuple("=+-@")
        ]
