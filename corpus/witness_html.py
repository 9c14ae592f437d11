"""Reads web pages a second time, with inscriptis. Only this module imports inscriptis."""

from __future__ import annotations

from pathlib import Path

from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml import html

from corpus.witness import Witness

_LEFT_OUT = "//*[@hidden] | //del | //s | //strike | //template | //noscript | //comment()"
"""What a browser does not show, and what it shows as struck out."""

_BLOCKS = ("caption", "dd", "details", "dt", "fieldset", "legend", "summary")
"""Elements that a browser puts on lines of their own, and that inscriptis does not know."""
_SETTINGS = ParserConfig(css={**STRICT_CSS_PROFILE, **{name: HtmlElement(display=Display.block) for name in _BLOCKS}})


def open_html(path: Path) -> Witness:
    """Open a web page. Raises any error of lxml or inscriptis."""
    data = path.read_bytes()
    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data)))
    for element in tree.xpath(_LEFT_OUT):
        if element.getparent() is not None:
            element.drop_tree()
    text = Inscriptis(tree, _SETTINGS).get_text()
    return Witness(lambda _number: text)


def _encoding(data: bytes) -> str | None:
    """Return the encoding of a page, or None if the page declares it itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode()
    except UnicodeDecodeError:
        return None if b"charset" in data[:2048].lower() else "windows-1252"
    return "utf-8"
