"""Reads a file that was put inside a Word document and that Word shows as part of the text: HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.cleaning import clean
from corpus.drafts import Draft, Piece
from corpus.types import BlockKind

_HTML, _TEXT = ("text/html", "application/xhtml+xml"), ("text/plain",)
_LEFT_OUT = frozenset(("del", "head", "noscript", "object", "s", "script", "strike", "style", "template", "title"))
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_CELLS = ("td", "th")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 1024
"""Number of bytes within which a page names its encoding."""


def chunk_drafts(media_type: str, data: bytes) -> list[Draft] | None:
    """Return the blocks of a file, or None if it is not of a type that we read."""
    if media_type in _TEXT:
        return [_draft("p", text) for line in _decoded(data).splitlines() if (text := clean(line))]
    if media_type not in _HTML:
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(_decoded(data).encode(), parser) if data.strip() else None
    return [] if root is None else [_draft(tag, text) for tag, raw in _html_blocks(root) if (text := clean(raw))]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    named = _CHARSET.search(data[:_HEAD])
    for encoding in ("utf-8-sig", named.group(1).decode() if named else "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _html_blocks(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the tag and the text of each block. What is inside a row of a table belongs to the row."""
    open_blocks = ["p"]
    text: list[str] = []
    for kind, word in _walk(root):
        if kind == "text":
            text.append(word)
        elif "tr" in open_blocks and word != "tr":
            text.append(" ")
        else:
            yield open_blocks[-1], "".join(text)
            text = []
            open_blocks = [*open_blocks, word] if kind == "start" else open_blocks[:-1]
    yield "p", "".join(text)


def _walk(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the text in an element, and the start and end of each block, by their tags."""
    tag = str(element.tag)
    if not _is_left_out(element):
        if tag in _BLOCKS:
            yield "start", tag
        yield "text", element.text or ""
        for child in element.iterchildren(etree.Element):
            yield from _walk(child)
            yield "text", child.tail or ""
        if tag in _BLOCKS:
            yield "end", tag
        elif tag == "br" or tag in _CELLS:
            yield "text", " "


def _is_left_out(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))
    return hidden or element.tag in _LEFT_OUT


def _draft(tag: str, text: str) -> Draft:
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return Draft(BlockKind.HEADING, (Piece(text, 1),), level=int(tag[1]))
    if tag == "li":
        return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text.removeprefix('• ')}", 1),))
    return Draft(BlockKind.TABLE if tag == "tr" else BlockKind.PARAGRAPH, (Piece(text, 1),))
