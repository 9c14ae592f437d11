"""Reads web pages: the main text, without menus and footers. Only this module imports trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import etree

from corpus.body import body_of
from corpus.cleaning import clean
from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.judgements import grades_from_cells
from corpus.measures import OPENING
from corpus.text import decode
from corpus.types import BlockKind, Document, Page

MEDIA_TYPE = "text/html"


def read_html(path: Path) -> Document:
    """Read a web page's main text. Raises UnreadableReport if there is none."""
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
    grades = grades_from_cells(rows)
    return assemble(
        drafts,
        pages=(Page(1),),
        media_type=MEDIA_TYPE,
        opening="\n".join(draft.text for draft in drafts)[:OPENING],
        judgements=grades.judgements,
        unread_areas=grades.unread_areas,
        not_judged=grades.not_judged,
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
    """Return whether a heading repeats the page's title, with or without the name of the site after it."""
    return title.casefold().startswith(text.casefold()) or text.casefold().startswith(title.casefold())


def _no_text(path: Path) -> UnreadableReport:
    remedy = "Save the page of the article itself, or save its text as a .txt file."
    return UnreadableReport(path, "no main text was found on the page", remedy)
