"""HTML into documents: the main text without navigation, through trafilatura, its only importer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import etree

from corpus.body import body_of
from corpus.cleaning import clean
from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.judgements import from_cells
from corpus.text import decode
from corpus.types import BlockKind, Document, Page

MEDIA_TYPE = "text/html"


def read_html(path: Path) -> Document:
    """Read a web page's main text. Raises UnreadableReport where there is none."""
    source = decode(path)
    tree = trafilatura.bare_extraction(
        source, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True
    )
    if tree is None or isinstance(tree, dict):
        raise _no_text(path)
    drafts = body_of(list(_drafts(tree.body)))
    if not drafts:
        raise _no_text(path)
    title = clean(tree.title) if tree.title else None
    if title and not any(_same_title(title, draft.text) for draft in drafts[:3]):
        drafts.insert(0, Draft(BlockKind.HEADING, (Piece(title, 1),), level=1))
    rows = [[clean(_text(cell)) for cell in row.iter("cell")] for row in tree.body.iter("row")]
    return assemble(
        drafts,
        pages=(Page(1),),
        media_type=MEDIA_TYPE,
        opening="\n".join(draft.text for draft in drafts)[:6000],
        judgements=tuple(from_cells(rows)),
        title=title,
        source_url=tree.url,
    )


def _drafts(body: etree._Element) -> Iterator[Draft]:
    for element in body:
        if element.tag == "list":
            items = (clean(_text(item)) for item in element.iter("item"))
            yield from (Draft(BlockKind.LIST_ITEM, (Piece(f"• {item}", 1),)) for item in items if item)
        elif element.tag == "table":
            rows = (clean(" ".join(_text(cell) for cell in row.iter("cell"))) for row in element.iter("row"))
            yield from (Draft(BlockKind.TABLE, (Piece(row, 1),)) for row in rows if row)
        elif text := clean(_text(element)):
            if element.tag == "head":
                level = int(str(element.get("rend", "h2"))[1:] or 2)
                yield Draft(BlockKind.HEADING, (Piece(text, 1),), level=level)
            else:
                yield Draft(BlockKind.PARAGRAPH, (Piece(text, 1),))


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _same_title(title: str, text: str) -> bool:
    """Whether a heading says the page's title, with or without the site's name behind it."""
    return title.casefold().startswith(text.casefold()) or text.casefold().startswith(title.casefold())


def _no_text(path: Path) -> UnreadableReport:
    return UnreadableReport(path, "no main text was found in the page", "Save the article itself, or its text.")
