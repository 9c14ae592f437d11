"""Finds the main content of a web page, and the menus, banners and buttons in it that do not belong to the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.html.site import dated, has_sentences, introduced, site_parts
from corpus.html.sizes import NONE, Size, Sizes, sizes_of
from corpus.html.tree import Element, Elements, classes, texts

_NEVER_TEXT = frozenset({"nav", "select", "option", "textarea", "menu"})
_NEVER_ROLES = frozenset(
    {
        "navigation", "search", "banner", "contentinfo", "dialog", "alertdialog", "menu", "menubar", "toolbar",
        "tooltip", "tablist",
    }
)  # fmt: skip
_PARTS = ("main", "article", "section", "blockquote")
_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navigation|navbar|menu|breadcrumbs?|crumbs?|skip|skiplink|share|sharing|social|pagination|"
    r"pager|toc|contents|related|sidebar|footer|header|toolbar|buttons?|tags|tabs|links|feedback|print|login|search|"
    r"widget|masthead|logo|meta|comments?|newsletter|subscribe|promo|banner|advert|ads?)(?:$|[-_\s])"
)
"""Words in the names of parts that are usually not text."""
_COOKIES = re.compile(r"(?:^|[-_\s])(?:cookie\w*|consent|gdpr|ccc|onetrust|cybot\w*)(?:$|[-_\s])")
_LINK_WORDS = re.compile(
    r"^(?:home|skip to (?:the )?(?:main )?(?:content|navigation)|(?:(?:back|return) to )?(?:the )?top(?: of page)?"
    r"|menu|search|log ?in|sign in|log ?out|register|contents|next(?: page)?|previous(?: page)?|back"
    r"|print(?: this page)?|share(?: this page)?|cookies?|privacy(?: policy)?|accessibility(?: statement)?"
    r"|contact us|site ?map|hide|show|close|edit)$",
    re.IGNORECASE,
)
"""Words of links that lead to other parts of a site."""
_LINKED = 0.6
"""A part with the name of a menu counts as a menu if at least this share of its characters is in links. Chosen by
eye."""
_ALL_LINKED = 0.9
"""If a page does not mark its main content, a list is a menu if at least this share of its characters is in links."""
_MOST = 0.7
"""An article is the main content if it has at least this share of the page's characters. Chosen by eye."""
_MARKED = 0.5
"""The part that a page marks as main is its main content if it has at least this share of the characters outside links.
Chosen by eye."""
_SMALL_SHARE = 0.3
"""A part with a larger share of the page's characters than this is text, whatever its name. Chosen by eye."""
_FORM_LENGTH = 500
"""A form with fewer characters than this only asks the reader for something. Chosen by eye."""
_FORM_SHARE = 0.5
"""A form with a larger share of the page's characters than this contains the text of the page. Chosen by eye."""
_BANNER_LENGTH = 1500
"""A part with "cookie" in its name is a banner if it has fewer characters than this. Chosen by eye."""
_LINK_LENGTH = 40
"""Maximum length of a link to another part of a site, in characters. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Main:
    """The elements with the main content, in order, and the elements in them that do not belong to the report."""

    parts: tuple[Element, ...]
    left_out: Elements


def find_main(root: Element, unseen: Elements) -> Main:
    """Return the main content of a page.

    This is the part that the page marks as main, if most of the text is there. Otherwise, it is the page's only long
    article, or else its body.
    """
    sizes = sizes_of(root, unseen)
    marked = list(_outermost(root, lambda e: e.tag == "main" or e.get("role") == "main", sizes))
    body = next(root.iter("body"), root)
    clutter = _clutter([body], sizes, unseen, marked=False)
    prose = sizes.get(body, NONE).unlinked - sum(sizes.get(element, NONE).unlinked for element in clutter)
    if marked and sum(sizes.get(part, NONE).unlinked for part in marked) >= _MARKED * prose:
        return _main(root, marked, unseen | _clutter(marked, sizes, unseen, marked=True), sizes, marked=True)
    total = sizes.get(body, NONE).characters - sum(sizes.get(element, NONE).characters for element in clutter)
    articles = list(_outermost(root, lambda e: e.tag == "article", sizes))
    if len(articles) == 1 and sizes.get(articles[0], NONE).characters >= _MOST * total:
        return _main(root, articles, unseen | _clutter(articles, sizes, unseen, marked=True), sizes, marked=True)
    return _main(root, [body], unseen | clutter, sizes, marked=False)


def _main(root: Element, parts: Sequence[Element], left_out: Elements, whole: Sizes, *, marked: bool) -> Main:
    return Main(tuple(parts), left_out | site_parts(root, parts, whole, left_out, marked=marked))


def _outermost(root: Element, fits: Callable[[Element], bool], sizes: Sizes) -> Iterator[Element]:
    """Yield the elements that fit and show text, and that are not inside another one that does."""
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if fits(element) and sizes.get(element, NONE).characters:
            yield element
            walker.skip_subtree()


def _clutter(parts: Sequence[Element], sizes: Sizes, unseen: Elements, *, marked: bool) -> Elements:
    """Return the outermost elements in the main content that do not belong to the report."""
    most = _SMALL_SHARE * sum(sizes.get(part, NONE).characters for part in parts)
    found = set()
    for part in parts:
        walker = etree.iterwalk(part, events=("start",))
        for _, element in walker:
            if element in unseen:
                walker.skip_subtree()
            elif element is not part and _is_clutter(element, sizes, most, marked=marked):
                found.add(element)
                walker.skip_subtree()
    return frozenset(found)


def _is_clutter(element: Element, sizes: Sizes, most: float, *, marked: bool) -> bool:
    size = sizes.get(element, NONE)
    tag = element.tag
    if tag in _NEVER_TEXT or (element.get("role") or "") in _NEVER_ROLES:
        return True
    if tag == "button":
        if element.get("aria-controls") and not _LINK_WORDS.match(" ".join(" ".join(texts(element)).split())):
            return False  # it contains the heading of the text that it shows
        return not any(True for _ in element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "summary"))
    if tag in ("header", "footer") and not any(True for _ in element.iterancestors(*_PARTS)):
        return tag == "footer" or next(element.iterdescendants("h1"), None) is None
    if tag in ("ul", "ol") and size.links > 1 and size.share >= _ALL_LINKED:
        return size.within == size.links or not (marked or has_sentences(size) or introduced(element))
    if tag == "form" and size.characters < _FORM_LENGTH and size.characters <= _FORM_SHARE / _SMALL_SHARE * most:
        asks = element.iterdescendants("input", "select", "textarea", "button")
        return any((field.get("type") or "").lower() != "hidden" for field in asks)
    return _is_named_clutter(element, size, most) or _leads_around(element, sizes)


def _is_named_clutter(element: Element, size: Size, most: float) -> bool:
    """Return whether an element has the name of a menu or a banner, and its content fits the name."""
    if element.tag in ("a", "span"):
        return False
    name = f"{element.get('id') or ''} {' '.join(classes(element))}".lower()
    if _COOKIES.search(name) and size.characters < _BANNER_LENGTH:
        return size.characters <= most or next(element.iterdescendants("h1", "main", "article"), None) is None
    if size.characters > most:
        return False
    named = element.tag in ("header", "footer", "aside") or _NAMES.search(name) is not None
    return named and size.stops < size.links and size.share >= _LINKED and not dated(element, size)


def _leads_around(element: Element, sizes: Sizes) -> bool:
    """Return whether an element is only a link to another part of the site, such as "Home"."""
    size = sizes.get(element, NONE)
    if element.tag != "a" or not 0 < size.characters < _LINK_LENGTH:
        return False
    if not _LINK_WORDS.match(" ".join(" ".join(texts(element)).split())):
        return False
    parent = element.getparent()
    return parent is None or sizes.get(parent, NONE).characters == size.characters
