"""Parses web pages, and finds the parts that a reader of the page does not see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from corpus.html.hiding import hides, own_styles, strikes

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it
Elements: TypeAlias = frozenset[Element]
NOTHING: Elements = frozenset()
_UNSEEN = frozenset(
    {
        "head", "script", "style", "noscript", "template", "iframe", "frame", "frameset", "noframes", "object", "embed",
        "applet", "audio", "video", "canvas", "svg", "map", "datalist", "meta", "link", "base", "title", "param", "del",
        "s", "strike", "rp", "dialog", "annotation", "annotation-xml",
    }
)  # fmt: skip
"""Elements that browsers do not draw, that contain no words of the page, or whose words are struck out."""
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
        "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main",
        "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section", "summary", "table",
        "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp",
    }
)  # fmt: skip
"""Elements that start a new line. All others are part of a line of text."""
WHOLE = ("html", "body")
"""Elements that contain the whole page. A page may hide them, but only until it has loaded."""
_SPOKEN_ONLY = frozenset(
    {
        "visually-hidden", "visuallyhidden", "govuk-visually-hidden", "sr-only", "screen-reader-text", "screen-reader",
        "screenreader", "show-for-sr", "element-invisible", "nhsuk-u-visually-hidden", "a11y-hidden",
    }
)  # fmt: skip
"""Classes of elements that only screen readers read out. The page does not show them."""
_BREAK = re.compile(r"\x1f|&#(?:0*31(?!\d)|x0*1f(?![\da-f]));?", re.IGNORECASE)
"""The character that we use for a line break after parsing, and references to it."""
_STRUCK = ("del", "s", "strike")
_SENTENCE = re.compile(r"(?:[^\s.!?]+ ){2,}[^\s.!?]+[.!?]")
"""Three words or more and the sign that ends them."""
_WORD = re.compile(r"[^\W_]+")


class TooDeep(ValueError):
    """The elements of a page are so deeply nested that the parser stopped in the middle of it."""


def parse(source: str) -> Element | None:
    """Return the root of a web page, without comments, or None if the source has no elements.

    Raises TooDeep if the parser could not read all of the page.
    """
    # We pass bytes in an encoding of our choice. So it does not matter if the page declares another one or contains
    # NUL.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    plain = _BREAK.sub(" ", source.replace("\0", ""))
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    # The parser returns the part that it read before the error, as if that were the whole page.
    if len(parser.error_log.filter_from_fatals()):
        raise TooDeep
    return root


def unseen(root: Element) -> Elements:
    """Return the outermost elements that the page does not show.

    The page shows words that are hidden only from screen readers, so we keep them. We leave them out if they have no
    letters, like a sign, or if they repeat the words next to them.
    """
    elements = [element for element in root.iter(etree.Element) if element.tag not in WHOLE]
    hidden = frozenset(element for element in elements if _is_unseen(element))
    unspoken = frozenset(element for element in elements if element.get("aria-hidden") == "true")
    return hidden | _copies(unspoken, hidden)


def _copies(unspoken: Elements, hidden: Elements) -> Elements:
    """Return the elements hidden from screen readers that have no words, or that repeat the words next to them."""
    spoken: dict[Element | None, str] = {None: ""}
    silent, found = hidden | unspoken, set()
    for element in unspoken:
        parent = element.getparent()
        if parent not in spoken:
            spoken[parent] = f" {' '.join(words(parent, silent))} "
        own = " ".join(words(element, hidden))
        if not own or f" {own} " in spoken[parent]:
            found.add(element)
    return frozenset(found)


def texts(root: Element, left_out: Elements = NOTHING) -> Iterator[str]:
    """Yield the texts of an element in order, except those in the elements left out."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            if element is not root and element.tail:
                yield element.tail
        elif element in left_out:
            walker.skip_subtree()
        elif element.text:
            yield element.text


def words(root: Element, left_out: Elements = NOTHING) -> list[str]:
    """Return the words of an element in lower case."""
    return _WORD.findall(" ".join(texts(root, left_out)).casefold())


def box_of(element: Element) -> str:
    """Return the box that a page shows for an input that people can tick or choose, or nothing for other inputs.

    A box with nothing next to it is part of the page's design.
    """
    if (element.get("type") or "").lower() not in ("checkbox", "radio"):
        return ""
    around = element.getparent()
    words = (element.tail or "", "" if around is None else around.text or "")
    beside = element.getnext() is not None or element.getprevious() is not None
    if not (beside or any(map(str.strip, words))):
        return ""
    return " ☑ " if element.get("checked") is not None else " ☐ "


def classes(element: Element) -> list[str]:
    """Return the classes of an element in lower case."""
    return (element.get("class") or "").lower().split()


def left_out_sentences(parts: Iterable[Element], unseen: Elements) -> int:
    """Return the number of hidden or struck-out elements, in some parts of a page, that contain a sentence."""
    count = 0
    for part in parts:
        walker = etree.iterwalk(part, events=("start",))
        for _, element in walker:
            if element in unseen:
                struck = element.tag in _STRUCK or element.tag not in _UNSEEN
                count += struck and _SENTENCE.search(" ".join(" ".join(texts(element)).split())) is not None
                walker.skip_subtree()
    return count


def _is_unseen(element: Element) -> bool:
    if element.tag in _UNSEEN:
        return not (element.tag == "dialog" and element.get("open") is not None)
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":  # a section that opens when it is searched
        return True
    styles = own_styles(element.get("style") or "")
    return hides(styles) or strikes(styles) or not _SPOKEN_ONLY.isdisjoint(classes(element))
