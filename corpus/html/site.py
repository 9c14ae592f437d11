"""Finds parts of a web page's main content that belong to the site: teasers, comments, requests to subscribe.

We leave out a part only if two signs agree, such as its name and its links, or its place and its links. So no sentence
is lost because of a name alone. We keep lists of links in the text, links that are sentences, dates, and boxes that
begin with words of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from lxml import etree

from corpus.dates import DATE
from corpus.html.sizes import NO_TITLE, NONE, Size, Sizes, sizes_of
from corpus.html.tree import Element, Elements, classes, texts

_COMMENTS = re.compile(
    r"(?:^| )(?:respond|disqus_thread|commentlist|commentform|nocomments|(?:[\w-]+-)?comments?[-_]+"
    r"(?:area|respond|template\w*|list\w*|section|form\w*|wrap\w*|body\w*|thread)[\w-]*)(?: |$)"
)
"""Names that blogs and newspapers give to the comments of readers."""
_REMARK = re.compile(r"(?:comment|reply)[-_]*(?:author|meta\w*|reply|user)|avatar|gravatar|vcard")
"""Names of the parts of a comment."""
_RELATED_NAMES = re.compile(
    r"(?:^|[-_\s])(?:related\w*|jp-relatedposts|rp4wp\w*|wp_rp\w*|recommended\w*|popular\w*|most-?read|read-?more"
    r"|similar\w*|teasers?)(?:$|[-_\s])"
)
_ASKS = re.compile(
    r"(?:^|[-_\s])(?:news-?letter\w*|subscri\w+|sign-?up\w*|donat\w+|paywall\w*|e?mail-?alerts?)(?:$|[-_\s])"
)
_ASKING = re.compile(
    r"\b(?:newsletters?|subscri\w+|sign up|donat\w+|support us|e-?mail|inbox|alerts?|free)\b", re.IGNORECASE
)
"""Words in a part that asks a reader to subscribe or to pay."""
_AUTHOR = re.compile(
    r"(?:^| )[\w-]*(?:author|contributor)s?[-_]{1,2}(?:bio|box|info|description|about|card|profile)[\w-]*(?: |$)"
)
_NAMES_WITHOUT_LINKS = re.compile(
    r"(?:^|[-_\s])(?:shar(?:e|ing)\w*|social\w*|related\w*|jp-relatedposts|comments?|newsletter\w*|subscri\w+|advert\w*"
    r"|ads?|ad-container|feedback|login|pagination|pager|skip\w*|print-button\w*|toolbar|breadcrumbs?)(?:$|[-_\s])"
)
"""Names of parts that may show only a few words and no links, because a script adds the rest."""
_NAMES_BESIDE = re.compile(
    r"(?:^|[-_\s])(?:\w*sidebars?|secondary|widgets?|related\w*|teasers?|recommend(?:ed|ations)[-_]\w+|popular\w*"
    r"|promos?|most-?read|read-?more|similar\w*|newsletter\w*|social\w*|shar(?:e|ing)\w*|comments?|footer\w*|breadcrumbs?"
    r"|tags?|latest|pagination|pager|author\w*|also)(?:$|[-_\s])"
)
"""Names of parts next to the text."""
_RELATED_TITLE = re.compile(
    r"^(?:you (?:may|might) also (?:like|be interested in)|related|related (?:\w+ )?(?:content|links?|articles?"
    r"|pages?|stories|posts?|news|items?|information|documents?|topics?|publications?)|see also|read (?:more|next)"
    r"|more (?:on|from|news|stories)\b.{0,60}|(?:latest|recent|popular|other|top) (?:news|stories|posts|articles)"
    r"|most (?:read|popular|viewed)|explore the topic|in this section|on this page|(?:page )?contents|tags?|categories"
    r"|topics|comments?(?: \(\d+\))?|advertisement|you are here:?|(?:quick|useful) links)[:.…]?$",
    re.IGNORECASE,
)
"""Headings of parts that lead to other pages."""
_ASKING_TITLE = re.compile(
    r"^(?:share (?:this|on)\b.{0,40}|share|print this (?:page|article)|print(?: or save)?|follow us\b.{0,30}"
    r"|connect with us|(?:get|sign up for|receive|subscribe to) .{0,30}(?:e-?mails?|alerts?|newsletters?|updates)"
    r"\b.{0,40}|newsletter|(?:is|was) this page (?:useful|helpful)|did you find (?:this|what)\b.{0,60}|rate this page"
    r"|(?:give|send|leave) (?:us )?(?:your )?feedback\b.{0,40}|report a problem\b.{0,40}"
    r"|(?:post|leave) a (?:comment|reply)|cookies? on .{0,40}|back to (?:top|results)\b.{0,20})[:.…?]?$",
    re.IGNORECASE,
)
"""Headings of parts that ask the reader to do something."""
_ALONE = re.compile(
    r"^(?:(?:share|print|e-?mail|download|save|bookmark|tweet) (?:this )?(?:page|article|story)"
    r"|share (?:this )?(?:on|via|by|with) \w+(?: \w+)?|share|print|tweet"
    r"|(?:is|was) this (?:page|information|article) (?:helpful|useful)\??|you are here:?[^.]{0,80}"
    r"|(?:sign up|subscribe)\b[^.]{0,40}\b(?:newsletters?|e-?mails?|alerts|updates)"
    r"|(?:scroll |return |go )?(?:back )?to (?:the )?top|skip to [^.]{0,30}|(?:read|show|load) more|advertisement"
    r"|\d+ min(?:ute)?s? read|report a problem with this page|opens in a new (?:window|tab)|copy link"
    r"|link copied)[:.…]?$",
    re.IGNORECASE,
)
"""Lines that belong to a site and not to its text."""
_ALSO = re.compile(r"^(?:read|see|watch) (?:more|also|next)\b|^(?:related|more on this|also read)\b", re.IGNORECASE)
"""The start of a line that leads to another page."""
_REPORT = re.compile(
    r"\b(?:recommend|finding|improve|action|report|inspect|visit|letter|judge?ment|respon|priorit|grade|rating|overall"
    r"|good\b|outstanding\b|inadequate\b|requires\b|published|updated)",
    re.IGNORECASE,
)
"""Words that a box of a report is likely to begin with."""
_BOXES = frozenset(
    {"div", "section", "article", "form", "center", "table", "tbody", "tr", "td", "main", "body", "header"}
)
"""Elements that may contain all of the text."""
_PARTS = frozenset({"div", "section", "aside", "ul", "ol", "footer", "header", "article", "td", "table", "details"})
"""Elements that we leave out if they only lead to other pages."""
_IN_TEXT = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "b", "i", "em", "strong", "td", "th", "dd", "dt", "li"}
)
_LINKED = 0.5
"""A part leads to other pages if at least this share of its characters is in links. We chose the numbers from here on
by looking at 132 pages from the web, unless their notes say otherwise."""
_MOSTLY_LINKED = 0.8
_RELATED_SHARE = 0.15
_NAMED, _NAMED_IN_MAIN = 0.1, 0.3
"""The same share for a box whose name is that of a part of a site. The second is for pages that mark their main
content."""
_UNNAMED = 0.3
"""The same share for a box without such a name, on a page that does not mark its main content."""
_MANY = 5
"""A box whose name is that of a part of a site leads to other pages if it has this many links, whatever else it
says."""
_TEASERS = 4
_MOST_PROSE = 0.6
"""A box contains the text of the page if it has at least this share of the prose."""
_SMALL, _HALF = 0.3, 0.5
"""A part with a larger share of the text than this is kept, whatever its name."""
_SHORT = 60
"""Maximum length of a line that belongs to the site, in characters. Chosen by eye."""
_ASKING_LENGTH = 400
"""Maximum length of a request to subscribe or of the description of an author, in characters. Chosen by eye."""
_ASKED = 200
"""Maximum length of the text under a heading that asks the reader to do something, in characters. Chosen by eye."""
_DATED = 150
"""Maximum length of a line that says when something was published, in characters. Chosen by eye."""
_NAME_LENGTH = 300
_SEARCHED = 200
"""Number of elements in which we look for the signs of a comment."""


def site_parts(root: Element, parts: Sequence[Element], whole: Sizes, left_out: Elements, *, marked: bool) -> Elements:
    """Return the outermost elements in the main content that belong to the site.

    ``whole`` gives the sizes that include the elements already left out. ``marked`` says whether the page marks its
    main content.
    """
    sizes = sizes_of(root, left_out)
    total = sum(sizes.get(part, NONE).characters for part in parts)
    found: set[Element] = set()
    for part in parts:
        found.update(_beside(part, sizes, left_out, marked=marked))
        found.update(_named(part, sizes, left_out | found, total))
    found.update(_headed(parts, whole, sizes, left_out | found))
    return frozenset(found) | _emptied(parts, whole, sizes_of(root, left_out | found), left_out | found)


def dated(element: Element, size: Size) -> bool:
    """Return whether an element says little more than when something was published or inspected."""
    return size.characters <= _DATED and size.share < _MOSTLY_LINKED and DATE.search(_opening(element)) is not None


def introduced(element: Element) -> bool:
    """Return whether the words before an element introduce it: they end in a colon, or are a heading in a report."""
    before = element.getprevious()
    if before is None:
        return False
    words = (before.tail or "").strip() or _last_words(before)
    return words.endswith(":") or (len(words) <= _SHORT and _REPORT.search(words) is not None)


def _last_words(element: Element) -> str:
    while len(element) and not (element[-1].tail or "").strip():
        element = element[-1]
    return ((element[-1].tail if len(element) else element.text) or "").strip()


def _beside(part: Element, sizes: Sizes, left_out: Elements, *, marked: bool) -> Iterator[Element]:
    """Yield the boxes that lead to other pages and are next to the box with most of the prose."""
    while True:
        shown = [child for child in part if child not in left_out and sizes.get(child, NONE).characters]
        inner = max(shown, key=lambda child: sizes.get(child, NONE).prose, default=None)
        least = _MOST_PROSE * sizes.get(part, NONE).prose
        if inner is None or inner.tag not in _BOXES or not sizes.get(inner, NONE).prose >= least > 0:
            return
        for child in shown:
            if child is not inner and _leads_away(child, sizes.get(child, NONE), marked=marked):
                yield child
        part = inner


def _leads_away(element: Element, size: Size, *, marked: bool) -> bool:
    """Return whether a box next to the text contains mostly links, or has many links and the name of such a part."""
    if element.tag not in _PARTS or size.title == 1 or not size.links or size.within == size.links:
        return False
    if has_sentences(size) and size.share > _LINKED:
        return False
    if dated(element, size) or introduced(element):
        return False
    landmark = element.tag in ("aside", "footer") or element.get("role") == "complementary"
    if landmark or _NAMES_BESIDE.search(_name(element)):
        enough = size.share >= (_NAMED_IN_MAIN if marked else _NAMED) or (size.links >= _MANY and not marked)
        return enough and (size.links > 1 or not size.stops)
    if marked and size.title != NO_TITLE:
        enough = size.links >= _TEASERS and size.share >= _MOSTLY_LINKED
    else:
        enough = size.links > 1 and size.share >= (_LINKED if marked else _UNNAMED)
    return enough and not _about_report(element)


def has_sentences(size: Size) -> bool:
    """Return whether an element has at least as many sentences as links."""
    return size.stops >= size.links


def _named(part: Element, sizes: Sizes, left_out: Elements, total: int) -> Iterator[Element]:
    """Yield the elements whose name or words say that they belong to the site, and whose content fits that."""
    walker = etree.iterwalk(part, events=("start",))
    for _, element in walker:
        size = sizes.get(element, NONE)
        if element in left_out:
            walker.skip_subtree()
        elif element is part or not 0 < size.characters <= _HALF * total or size.title == 1:
            continue
        elif _is_line_of_site(element, size) or _is_named(element, size, total):
            yield element
            walker.skip_subtree()


def _is_line_of_site(element: Element, size: Size) -> bool:
    if element.tag == "p" and size.share >= _LINKED and _ALSO.match(_opening(element)):
        return True
    return size.characters <= _SHORT and element.tag not in _IN_TEXT and _ALONE.match(_opening(element)) is not None


def _is_named(element: Element, size: Size, total: int) -> bool:
    name = _name(element)
    if not name or element.tag in ("a", "span", "p", "body", "table"):
        return False
    if _COMMENTS.search(name):
        return _has_comments(element, size)
    if _RELATED_NAMES.search(name) and size.links and size.characters <= _SMALL * total and size.share >= _LINKED:
        return True
    if _RELATED_NAMES.search(name) and size.links > 2 and size.share >= _RELATED_SHARE:
        return True
    if size.characters > min(_ASKING_LENGTH, _SMALL * total):
        return False
    if _AUTHOR.search(name) and next(element.iter("img", "a"), None) is not None:
        return True
    if _ASKS.search(name) and _ASKING.search(_opening(element)):
        return True
    return size.characters <= _SHORT and not size.stops and _NAMES_WITHOUT_LINKS.search(name) is not None


def _has_comments(element: Element, size: Size) -> bool:
    """Return whether a part named after comments contains a form, signs of a comment, or hardly any words."""
    if size.characters <= _SHORT:
        return True
    inner = islice(element.iterdescendants(etree.Element), _SEARCHED)
    return any(one.tag in ("form", "textarea") or _REMARK.search(_name(one)) for one in inner)


def _headed(parts: Sequence[Element], whole: Sizes, sizes: Sizes, left_out: Elements) -> Iterator[Element]:
    """Yield sections if the heading names a part of a site, and headings if there is no text left below them."""
    for part in parts:
        walker = etree.iterwalk(part, events=("start",))
        for _, element in walker:
            if element in left_out:
                walker.skip_subtree()
            elif element.tag in ("h2", "h3", "h4", "h5", "h6") and sizes.get(element, NONE).characters:
                walker.skip_subtree()
                heading = _box_of_title(element, part, sizes)
                if heading is not part:
                    yield from _section_of_site(element, heading, whole, sizes, left_out)


def _section_of_site(
    title: Element, heading: Element, whole: Sizes, sizes: Sizes, left_out: Elements
) -> Iterator[Element]:
    """Yield a heading and the elements after it, if they belong to the site."""
    size = sizes.get(title, NONE)
    section = list(_until_title(heading, size.title, sizes))
    rest = [sizes.get(element, NONE) for element in section if element not in left_out]
    characters = sum(one.characters for one in rest)
    before = sum(whole.get(element, NONE).characters for element in chain([heading], section))
    words = _opening(title)
    asking = _ASKING_TITLE.match(words) is not None
    related = asking or _RELATED_TITLE.match(words) is not None
    links = sum(one.linked for one in rest) >= _LINKED * characters
    few = characters <= _ASKED and (asking or not any(one.stops for one in rest))
    emptied = before > size.characters and size.characters <= _SHORT and not size.stops
    if not characters and (related or emptied):
        yield heading
    elif related and (links or few):
        yield heading
        yield from (element for element in section if sizes.get(element, NONE).characters)


def _box_of_title(title: Element, part: Element, sizes: Sizes) -> Element:
    """Return the outermost element around a heading that shows nothing else."""
    characters = sizes.get(title, NONE).characters
    while title is not part and (around := title.getparent()) is not None:
        if sizes.get(around, NONE).characters != characters:
            break
        title = around
    return title


def _until_title(heading: Element, level: int, sizes: Sizes) -> Iterator[Element]:
    """Yield the elements after a heading, up to the next heading of the same or a higher level."""
    for sibling in heading.itersiblings():
        if sizes.get(sibling, NONE).title <= level:
            return
        yield sibling


def _emptied(parts: Sequence[Element], whole: Sizes, sizes: Sizes, left_out: Elements) -> Elements:
    """Return the boxes in which only a few words are left, because we left out the rest."""
    found: set[Element] = set()
    for part in parts:
        walker = etree.iterwalk(part, events=("start",))
        for _, element in walker:
            size = sizes.get(element, NONE)
            if element in left_out:
                walker.skip_subtree()
            elif element is not part and _is_remnant(element, whole.get(element, NONE), size):
                found.add(element)
                walker.skip_subtree()
    return frozenset(found)


def _is_remnant(element: Element, before: Size, after: Size) -> bool:
    if element.tag not in _PARTS or after.title == 1 or after.stops or not 0 < after.characters <= _SHORT:
        return False
    return before.characters >= 2 * after.characters and not _about_report(element)


def _about_report(element: Element) -> bool:
    return _REPORT.search(_opening(element)[:_SHORT]) is not None


def _name(element: Element) -> str:
    return f"{element.get('id') or ''} {' '.join(classes(element))}".strip().lower()[:_NAME_LENGTH]


def _opening(element: Element) -> str:
    """Return the first words of an element."""
    return " ".join(" ".join(islice(texts(element), 40)).split())
