"""Reads Markdown as one page of headings, paragraphs, items of lists and rows of tables.

The text of the file is what a browser would show. So we turn the Markdown into a web page, and read that page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from corpus.errors import UnreadableReport
from corpus.grade_tables.tables import grades_from_tables
from corpus.html.blocks import read_parts
from corpus.html.shown import as_shown
from corpus.html.tree import TooDeep, parse, unseen
from corpus.readers.front_matter import split_front_matter
from corpus.readers.html import too_deep
from corpus.readers.markdown_signs import plain_markdown
from corpus.readers.text import decode, make_document, without_source
from corpus.types import Document

_MAX_NESTING = 100
"""Maximum number of lists and quotes that may be around a paragraph. We refuse files with more."""
_TAG = re.compile(
    r"</?(?:br|del|s|strike|ins|sup|sub|b|i|em|strong|small|u|mark|abbr|code|kbd|q|cite|span|a|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
"""The tags that we accept in a line of text. We show any other tag as words, because it may never be closed."""


def read_markdown(path: Path) -> Document:
    """Read a Markdown file. Raises UnreadableReport if it contains no text, or if it cannot all be read."""
    facts, text = split_front_matter(decode(path))
    text = plain_markdown(text)
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}, renderer_cls=_Renderer)
    tokens = parser.enable(["table", "strikethrough"]).parse(without_source(text))
    if any(token.nesting == 1 and token.level >= _MAX_NESTING - 1 for token in tokens):
        # The parser drops what is inside.
        reason = f"more than {_MAX_NESTING} lists and quotes are inside each other"
        raise UnreadableReport(path, reason, "Save its text as a .txt file.")
    try:
        root = parse(parser.renderer.render(tokens, parser.options, {}))
    except TooDeep:
        raise too_deep(path) from None
    drafts = [] if root is None else read_parts([root], unseen(as_shown(root)))
    return make_document(
        path,
        drafts,
        text,
        "text/markdown",
        tables=grades_from_tables(drafts),
        title=facts.title,
        published=facts.published,
    )


class _Renderer(RendererHTML):
    """Writes Markdown as a web page in which each item has the number that is in the file, and each tag is closed."""

    def list_item_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        number = tokens[idx].info
        return f'<li value="{number}">' if number.isdecimal() else "<li>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the words that replace a picture."""
        return escape(self.renderInlineAsText(tokens[idx].children, options, env))

    def html_inline(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        tag = tokens[idx].content
        if tag.startswith("<!--"):
            return ""
        return tag if _TAG.fullmatch(tag) else escape(tag)

    def html_block(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        root = parse(tokens[idx].content)
        body = None if root is None else root.find("body")
        if body is None:
            return ""
        body.tag = "div"
        return str(etree.tostring(body, encoding="unicode", method="html", with_tail=False))
