"""Markdown into documents: one page, its headings, paragraphs and list items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.cleaning import clean
from corpus.drafts import Draft, Piece
from corpus.text import decode, document_of, without_source
from corpus.types import BlockKind, Document


def read_markdown(path: Path) -> Document:
    """Read Markdown: headings, paragraphs and list items. Raises UnreadableReport where there is no text."""
    text = decode(path)
    return document_of(path, list(_markdown_drafts(without_source(text))), text, "text/markdown")


def _markdown_drafts(text: str) -> Iterator[Draft]:
    level = 0
    items: list[str] = []
    for token in MarkdownIt().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "list_item_open":
            items.append(token.info)  # the number of an ordered item as written; empty for a bullet
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
