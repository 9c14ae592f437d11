"""Reads Markdown as one page of headings, paragraphs and list items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.cleaning import clean
from corpus.drafts import Draft, Piece
from corpus.text import decode, make_document, without_source
from corpus.types import BlockKind, Document


def read_markdown(path: Path) -> Document:
    """Read a Markdown file. Raises UnreadableReport if it contains no text."""
    text = decode(path)
    return make_document(path, list(_markdown_drafts(without_source(text))), text, "text/markdown")


def _markdown_drafts(text: str) -> Iterator[Draft]:
    level = 0
    items: list[str] = []
    for token in MarkdownIt().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "list_item_open":
            items.append(token.info)  # the number of the item as written, or "" for a bullet
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "inline":
            content = "".join(" " if c.type.endswith("break") else c.content for c in token.children or ())
            if content.strip():
                yield _markdown_draft(clean(content), level, items[-1] if items else None)
            level = 0


def _markdown_draft(text: str, level: int, number: str | None) -> Draft:
    if level:
        return Draft(BlockKind.HEADING, (Piece(text, 1),), level=level)
    if number:
        return Draft(BlockKind.PARAGRAPH, (Piece(f"{number}. {text}", 1),), label=number)
    if number is not None:
        return Draft(BlockKind.LIST_ITEM, (Piece(f"• {text}", 1),))
    return Draft(BlockKind.PARAGRAPH, (Piece(text, 1),))
