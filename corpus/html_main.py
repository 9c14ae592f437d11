"""Finds the main content of a web page, and the menus, banners and buttons in it that are not text of the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.html_tree import Element, Elements, classes, texts

_NEVER_TEXT = frozenset({"nav", "select", "option", "textarea", "input", "menu"})
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
"""Words of links that lead around a site."""
_LINKED = 0.6
"""Share of the characters in a part named as a menu that must be in links. Chosen by eye."""
_ALL_LINKED = 0.9
"""Share of the characters in a list that must be in links to make it a menu, if the page marks no main content."""
_MOST = 0.7
"""An article is the main content if it has at least this share of the page's characters. Chosen by eye."""
_MARKED = 0.5
"""What a page marks as main is its main content if it has at least this share of the characters outside links. Chosen
by eye."""
_NEARLY_ALL = 0.9
"""Share of the characters outside links that an element must have to be the main content. We tried 0.6 to 0.98 on 132
pages from the web. From 0.9 down, words of the articles are lost."""
_BOXES = frozenset({"div", "section", "article", "form", "center", "table", "tbody", "tr", "td"})
_SMALL_SHARE = 0.3
"""A part with a larger share of the page's characters than this is text, however it is named. Chosen by eye."""
_FORM_LENGTH = 500
"""A form with fewer characters than this only asks for something. Chosen by eye."""
_FORM_SHARE = 0.5
"""A form with a larger share of the page's characters than this is around the text of the page. Chosen by eye."""
_BANNER_LENGTH = 1500
"""A part with fewer characters than this that is named after cookies is a banner. Chosen by eye."""
_LINK_LENGTH = 40
"""Maximum length of a link that leads around a site, in characters. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class _Size:
    """The number of characters that an element shows, how many of them are in links, and the number of links."""

    characters: int = 0
    linked: int = 0
    links: int = 0
    within: int = 0
    """Number of links to a place on the same page."""

    @property
    def share(self) -> float:
        """The share of the characters that are in links."""
        return self.linked / self.characters if self.characters else 0.0


_NONE = _Size()


@dataclass(frozen=True, slots=True)
class Main:
    """The elements with the main content, in order, and the elements in them that are not text of the report."""

    parts: tuple[Element, ...]
    left_out: Elements


def find_main(root: Element, unseen: Elements) -> Main:
    """Return the main content of a page.

    This is what the page marks as main if most of the text is there, or else its only long article, or else its body.
    """
    sizes = _sizes(root, unseen)
    marked = list(_outermost(root, lambda e: e.tag == "main" or e.get("role") == "main", sizes))
    body = next(root.iter("body"), root)
    clutter = _clutter([body], sizes, unseen, marked=False)
    prose = _prose(sizes.get(body, _NONE)) - sum(_prose(sizes.get(element, _NONE)) for element in clutter)
    if marked and sum(_prose(sizes.get(part, _NONE)) for part in marked) >= _MARKED * prose:
        return Main(tuple(marked), unseen | _clutter(marked, sizes, unseen, marked=True))
    total = sizes.get(body, _NONE).characters - sum(sizes.get(element, _NONE).characters for element in clutter)
    articles = list(_outermost(root, lambda e: e.tag == "article", sizes))
    if len(articles) == 1 and sizes.get(articles[0], _NONE).characters >= _MOST * total:
        return Main((articles[0],), unseen | _clutter(articles, sizes, unseen, marked=True))
    return Main((_narrowed(body, sizes, clutter),), unseen | clutter)


def _narrowed(part: Element, sizes: Mapping[Element, _Size], clutter: Elements) -> Element:
    """Return the innermost element with nearly all the text of a page, if what is around it also has links.

    Text without any links next to it is more likely part of the report than part of the site.
    """
    least = _NEARLY_ALL * _prose(sizes.get(part, _NONE))
    while True:
        shown = [child for child in part if child not in clutter and sizes.get(child, _NONE).characters]
        inner = next(
            (child for child in shown if child.tag in _BOXES and _prose(sizes.get(child, _NONE)) >= least > 0), None
        )
        bare = any(text and text.strip() for text in (part.text, *(child.tail for child in part)))
        if inner is None or bare or not all(sizes.get(child, _NONE).links for child in shown if child is not inner):
            return part
        part = inner


def _prose(size: _Size) -> int:
    return size.characters - size.linked


def _sizes(root: Element, unseen: Elements) -> dict[Element, _Size]:
    """Return the size of each element that is shown."""
    sizes: dict[Element, _Size] = {}
    counts: list[list[int]] = [[0, 0, 0, 0]]
    links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element in unseen:
                walker.skip_subtree()
                text = None
            else:
                text = element.text
            counts.append([0, 0, 0, 0])
            links += element.tag == "a"
            _count(counts[-1], text, linked=links > 0)
            continue
        links -= element.tag == "a"
        own = counts.pop()
        if element.tag == "a" and own[0]:
            own[2] += 1
            own[3] += (element.get("href") or "").startswith("#")
        sizes[element] = _Size(*own)
        counts[-1] = [one + other for one, other in zip(counts[-1], own, strict=True)]
        _count(counts[-1], element.tail, linked=links > 0)
    return sizes


def _count(counts: list[int], text: str | None, *, linked: bool) -> None:
    length = len("".join(text.split())) if text else 0
    counts[0] += length
    counts[1] += length if linked else 0


def _outermost(root: Element, fits: Callable[[Element], bool], sizes: Mapping[Element, _Size]) -> Iterator[Element]:
    """Yield the elements that fit and show something, and that are not part of another such element."""
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if fits(element) and sizes.get(element, _NONE).characters:
            yield element
            walker.skip_subtree()


def _clutter(parts: Sequence[Element], sizes: Mapping[Element, _Size], unseen: Elements, *, marked: bool) -> Elements:
    """Return the outermost elements in the main content that are not text of the report."""
    most = _SMALL_SHARE * sum(sizes.get(part, _NONE).characters for part in parts)
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


def _is_clutter(element: Element, sizes: Mapping[Element, _Size], most: float, *, marked: bool) -> bool:
    size = sizes.get(element, _NONE)
    tag = element.tag
    if tag in _NEVER_TEXT or (element.get("role") or "") in _NEVER_ROLES:
        return True
    if tag == "button":
        if element.get("aria-controls") and not _LINK_WORDS.match(" ".join(" ".join(texts(element)).split())):
            return False  # it is the heading of the words that it shows
        return not any(True for _ in element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "summary"))
    if tag in ("header", "footer") and not any(True for _ in element.iterancestors(*_PARTS)):
        return tag == "footer" or next(element.iterdescendants("h1"), None) is None
    if tag in ("ul", "ol") and size.links > 1 and size.share >= _ALL_LINKED:
        return size.within == size.links or not marked
    if tag == "form" and size.characters < _FORM_LENGTH and size.characters <= _FORM_SHARE / _SMALL_SHARE * most:
        asks = element.iterdescendants("input", "select", "textarea", "button")
        return any((field.get("type") or "").lower() != "hidden" for field in asks)
    return _is_named_clutter(element, size, most) or _leads_around(element, sizes)


def _is_named_clutter(element: Element, size: _Size, most: float) -> bool:
    """Return whether the name of an element says that it is a menu or a banner, and what it shows agrees."""
    if element.tag in ("a", "span"):
        return False
    name = f"{element.get('id') or ''} {' '.join(classes(element))}".lower()
    if _COOKIES.search(name) and size.characters < _BANNER_LENGTH:
        return size.characters <= most or next(element.iterdescendants("h1", "main", "article"), None) is None
    if size.characters > most:
        return False
    named = element.tag in ("header", "footer", "aside") or _NAMES.search(name) is not None
    return named and size.links > 0 and size.share >= _LINKED


def _leads_around(element: Element, sizes: Mapping[Element, _Size]) -> bool:
    """Return whether an element is one link around the site, such as "Home", with nothing else next to it."""
    size = sizes.get(element, _NONE)
    if element.tag != "a" or not 0 < size.characters < _LINK_LENGTH:
        return False
    if not _LINK_WORDS.match(" ".join(" ".join(texts(element)).split())):
        return False
    parent = element.getparent()
    return parent is None or sizes.get(parent, _NONE).characters == size.characters
