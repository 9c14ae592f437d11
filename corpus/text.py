"""Plain text into documents: one page, paragraphs as the writer left them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from corpus.body import body_of
from corpus.cleaning import clean, is_bullet
from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.types import BlockKind, Document, Page

_LONG_LINE = 100
"""Lines this long are paragraphs of their own; shorter ones are taken as wrapped at a margin."""
_HEADING_LENGTH = 90
_SOURCE_LINE = re.compile(r"^(?:(?:source|url|link|from)\s*:\s*)?<?(https?://\S+?)>?\s*$", re.IGNORECASE | re.MULTILINE)
"""A line that gives the address of the page that the text was saved from."""
_SOURCE_WITHIN = 1500
_NUMBERED = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;,][’”'\")]?$")
_DIGITS = re.compile(r"^[\d\s.,]+$")


def decode(path: Path) -> str:
    """The text of a file in whatever encoding it is. Raises UnreadableReport where it is no text."""
    data = path.read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):  # cp1252: what Windows calls ANSI, in Britain
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes  # few files need it: a quote is proved by a text at once

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableReport(path, "the file is not text", "Save it as UTF-8 text, PDF or DOCX.")
    return str(best)


def read_text(path: Path) -> Document:
    """Read plain text. Raises UnreadableReport where there is none."""
    text = decode(path)
    return document_of(path, list(_plain_drafts(without_source(text))), text, "text/plain")


def without_source(text: str) -> str:
    """A text without the line that says where it was saved from: a paragraph's end stands in its place."""
    return _SOURCE_LINE.sub("\n", text[:_SOURCE_WITHIN]) + text[_SOURCE_WITHIN:]


def document_of(path: Path, drafts: list[Draft], text: str, media_type: str) -> Document:
    """A document of one page, of a file's ``text``. Raises UnreadableReport where there is none."""
    body = body_of(drafts)
    if not body:
        raise UnreadableReport(path, "the file holds no text", "Check that it is a whole report.")
    title = next((d.text for d in body if d.kind is BlockKind.HEADING), None)
    source = _SOURCE_LINE.search(text[:_SOURCE_WITHIN])
    return assemble(
        body,
        pages=(Page(1),),
        media_type=media_type,
        opening=text[:6000],
        title=title,
        source_url=source.group(1) if source else None,
    )


def _plain_drafts(text: str) -> Iterator[Draft]:
    lines = [clean(line) for line in text.splitlines()]
    lengths = [len(line) for line in lines if line]
    wrapped = bool(lengths) and statistics.quantiles([*lengths, 0], n=10)[-1] < _LONG_LINE
    paragraphs = _unwrapped(lines) if wrapped else [line for line in lines if line]
    for index, paragraph in enumerate(paragraphs):
        yield _draft(paragraph, first=index == 0)


def _unwrapped(lines: list[str]) -> list[str]:
    """Join lines up to a blank line, a bullet or a number."""
    paragraphs: list[str] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
        elif fresh or is_bullet(line) or _NUMBERED.match(line):
            paragraphs.append(line)
            fresh = False
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
    return paragraphs


def _draft(text: str, *, first: bool) -> Draft:
    piece = (Piece(text, 1),)
    if is_bullet(text):
        return Draft(BlockKind.LIST_ITEM, piece)
    if found := _NUMBERED.match(text):
        return Draft(BlockKind.PARAGRAPH, piece, label=found.group(1))
    ended = bool(_SENTENCE_END.search(text)) and not (first and text.endswith("?"))
    heading = len(text) <= _HEADING_LENGTH and not ended and not _DIGITS.match(text)
    if heading and text[:1].isupper():
        return Draft(BlockKind.HEADING, piece, level=1 if first else 2)
    return Draft(BlockKind.PARAGRAPH, piece)
