"""Reads a file that was put inside a Word document and that Word shows as part of the text: HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.cleaning import clean
from corpus.docx_numbering import in_format
from corpus.docx_tree import number
from corpus.drafts import Draft, Piece
from corpus.types import BlockKind

_HTML, _TEXT = ("text/html", "application/xhtml+xml"), ("text/plain",)
_LEFT_OUT = frozenset(("del", "head", "noscript", "object", "s", "script", "strike", "style", "template", "title"))
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "ol li",
    )
)  # fmt: skip
_CELLS = ("td", "th")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_NUMBERED_ITEM = "ol li"
_LABEL = re.compile(r"^(\d{1,3})\. ")
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 1024
"""Number of bytes within which a page names its encoding."""


def chunk_drafts(media_type: str, data: bytes) -> list[Draft] | None:
    """Return the blocks of a file, or None if we do not read its type, or if it is too deep or large to read whole."""
    if media_type in _TEXT:
        return [_draft("p", text) for line in _decoded(data).splitlines() if (text := clean(line))]
    if media_type not in _HTML:
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(_decoded(data).encode(), parser) if data.strip() else None
    if parser.error_log.filter_from_fatals():  # the parser stopped there, and what it returned is only the beginning
        return None
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
    """Yield the tag and the text of each block."""
    open_blocks = ["p"]
    text: list[str] = []
    for kind, word in _walk(root):
        if kind == "text":
            text.append(word)
        elif _is_part(word, open_blocks):
            text.append(" ")
        else:
            yield open_blocks[-1], "".join(text)
            text = []
            open_blocks = [*open_blocks, word] if kind == "start" else open_blocks[:-1]
    yield "p", "".join(text)


def _is_part(tag: str, open_blocks: list[str]) -> bool:
    """Return whether a block belongs to one that it is in: to a row of a table, or as a paragraph to an item."""
    return ("tr" in open_blocks and tag != "tr") or (tag in ("p", "div") and open_blocks[-1] in ("li", _NUMBERED_ITEM))


def _walk(element: etree._Element, mark: str = "") -> Iterator[tuple[str, str]]:
    """Yield the text in an element, and the start and end of each block, by their tags. ``mark`` is printed before it.

    An item with a number has a tag of its own.
    """
    tag = _NUMBERED_ITEM if mark else str(element.tag)
    if not _is_left_out(element):
        if tag in _BLOCKS:
            yield "start", tag
        yield "text", f"{mark}{element.text or ''}"
        marks = dict(_marks(element)) if element.tag == "ol" else {}
        for child in element.iterchildren(etree.Element):
            yield from _walk(child, marks.get(child, ""))
            yield "text", child.tail or ""
        if tag in _BLOCKS:
            yield "end", tag
        elif tag == "br" or tag in _CELLS:
            yield "text", " "


def _marks(items: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield each item of a numbered list with its number, full stop and space, as a browser prints them."""
    start = number(items.get("start"))
    reached = 0 if start is None else start - 1
    for item in items.iterchildren("li"):
        stated = number(item.get("value"))
        reached = reached + 1 if stated is None else stated
        yield item, f"{in_format(reached, _FORMATS.get(items.get('type', ''), 'decimal'))}. "


def _is_left_out(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))
    return hidden or element.tag in _LEFT_OUT


def _draft(tag: str, text: str) -> Draft:
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return Draft(BlockKind.HEADING, (Piece(text, 1),), level=int(tag[1]))
    if tag == _NUMBERED_ITEM:
        label = _LABEL.match(text)
        kind = BlockKind.PARAGRAPH if label else BlockKind.LIST_ITEM
        return Draft(kind, (Piece(text, 1),), label=label.group(1) if label else None)
    if tag == "li":
        return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text.removeprefix('• ')}", 1),))
    return Draft(BlockKind.TABLE if tag == "tr" else BlockKind.PARAGRAPH, (Piece(text, 1),))
