"""Makes the facts of reports from the words that they print."""

from __future__ import annotations

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Page

SHA = "ab" * 32
PDF = "application/pdf"


def described(opening, *, file="report.pdf", media_type=PDF, body=None, title=None):
    drafts = [Draft(BlockKind.PARAGRAPH, (Piece(text, 1),)) for text in (body or ["Children are safe."])]
    document = assemble(drafts, pages=(Page(1),), media_type=media_type, opening=opening, title=title)
    return describe(document, file=file, sha256=SHA)


def letter(visit, *, written="18 June 2024", title="Focused visit to Leeds children’s services", **options):
    opening = f"{written}\nJ Reed, Director\nDear Ms Reed\n{title}\nThis letter summarises the findings of the {visit}."
    return described(opening, **options)


def article(*body, **options):
    return described("\n".join(body), media_type="text/plain", file="news.txt", body=list(body), **options)
