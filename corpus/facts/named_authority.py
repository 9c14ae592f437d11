"""Finds the authority that a report is about: in its title or, for an article, in its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.facts.inspection_titles import NamedInspection
from corpus.facts.kinds import FoundKind, head_lines
from corpus.facts.publishers import (
    MANY,
    find_publishers,
    is_about_others,
    is_about_provider,
    place_before_body,
    titles_of,
)
from corpus.facts.visit_titles import BODY_WORDS, SERVICES, in_small_letters
from corpus.measures import ARTICLE_OPENING
from corpus.names.authorities import canonical, mentions
from corpus.types import BlockKind, Document, Form

_EARLY = 600
"""An article must name the authority it is about within this many characters of its start. Chosen by eye."""
_MOST_MENTIONS = 0.6
"""An article is about an authority if at least this share of its mentions of authorities refer to it. Chosen by eye."""
_PROVIDER = re.compile(
    r"^\W*(?:registered provider|name of (?:registered )?provider|provider(?: name)?|run by|owned by)\b\W*"
    r"(.{3,80}?)(?:$|\.\s)",
    re.IGNORECASE | re.MULTILINE,
)
_COUNCIL = re.compile(
    r"\b(?:council|borough of|local authority|city of|children[’']s trust|children first)\b", re.IGNORECASE
)
"""Words which show that a name belongs to a council, and not to a company that is named after its town."""
_COUNCIL_NAME = re.compile(r"\([^)]*\)|\b(?:county|city|borough|metropolitan|district|safeguarding.*)$", re.IGNORECASE)
_PLACE = re.compile(
    r"(?!.*\b(?:limited|ltd|homes?|housing|association|school|university|police|trust|centre|service)\b)"
    r"(?-i:[A-Z])[\w’'-]*(?: (?:and|of|upon|on|the|under|with|(?-i:[A-Z])[\w’'-]*)){0,5}",
    re.IGNORECASE,
)
"""Matches a name that may belong to an authority, and not to a company."""
_SERVICES_AFTER = re.compile(rf"(?:[’']s)? {SERVICES}$", re.IGNORECASE)
_POSTCODE = re.compile(r"[^.\n]{0,40}\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
"""Matches the rest of a line that ends in an address."""
_MANY = re.compile(rf"\b(?:{MANY}|across the country)\b", re.IGNORECASE)
"""Words in a text that is about many authorities."""
_BEFORE_COUNCIL = re.compile(
    r"\b(?P<name>(?:[A-Z][a-z]+[ -]){0,5}?[A-Z][a-z]+) "
    r"(?:(?P<council>(?:(?:County|City|Borough|District|Metropolitan|Unitary) )*Council)|children[’']s services)\b"
)
_AFTER_SERVICES = re.compile(r"\b[Cc]hildren[’']s services (?:in|at) (?P<name>(?:[A-Z][a-z]+[ -]){0,5}[A-Z][a-z]+)\b")
_SERVICES = "children’s services"
_SENTENCES = 2
"""A name that is not in the title must come before "Council" at least this many times. Chosen by eye."""
SEVERAL_AREAS = (
    r"\b(?:visited|visits to|across|in) (?:\w+ ){0,2}(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) "
    r"local (?:authorit(?:y|ies)|areas)\b"
)
"""A pattern for words in a thematic report about several authorities."""
_SEVERAL = re.compile(SEVERAL_AREAS, re.IGNORECASE)


def find_authority(
    document: Document, named: NamedInspection | None, form: Form, other: FoundKind | None
) -> str | None:
    """Return the authority in the title or, for an article, the authority that it is clearly about."""
    if other:
        return _authority_of_kind(document, other)
    if named and not named.authority:
        councils = (line for line in head_lines(document.opening) if _COUNCIL.search(line))
        return _one_of("\n".join(councils)) or _authority_of_paper(document)
    if named:
        known = mentions(named.authority)
        if known or document.pictured:
            return _one_of(named.authority)
        printed = in_small_letters(named.authority, document.text) if named.title.isupper() else named.authority
        return _bare(printed)
    if form is Form.THEMATIC:
        return None if _SEVERAL.search(document.opening) else _only(find_publishers(document))
    return _authority_of_paper(document)


def _authority_of_kind(document: Document, other: FoundKind) -> str | None:
    """Return the authority of a report whose kind was found with the data file."""
    about = other.entry.about
    if about == "nation":
        return None
    if about != "authority":
        return _council_that_provides(document, other.name or next(head_lines(document.opening), ""))
    if other.name and mentions(other.name):
        return _one_of(other.name)
    # The words before a title may be any words, such as the name of a publisher.
    place = _SERVICES_AFTER.sub("", other.name or "")
    of_place = place and _PLACE.fullmatch(place) and _is_after_of(place, other.title or "")
    if of_place or (other.name and _COUNCIL.search(other.name)):
        return _bare(_COUNCIL_NAME.sub(" ", place))
    if publishers := find_publishers(document, of_title=other.entry.of != "by"):
        return _only(publishers)
    head = [line for line in head_lines(document.opening) if not _POSTCODE.search(line)]
    return _one_of("\n".join(head)) or _authority_of_text(document)


def _council_that_provides(document: Document, otherwise: str = "") -> str | None:
    """Return the council that a report names as the provider, or that its own name has."""
    provider = _PROVIDER.search(document.opening)
    body = provider.group(1) if provider else otherwise
    return _council_of(body) if _COUNCIL.search(body) else None


def _council_of(body: str) -> str | None:
    """Return the authority that the name of a provider contains: the one of our list, or the place before "Council"."""
    if mentions(body):
        return _one_of(body)
    places = set(_before_council(body))
    return _bare(places.pop()) if len(places) == 1 else None


def _is_after_of(place: str, title: str) -> bool:
    """Return whether a title has a place after "of" or a colon: "Peer challenge of Dunsmere children's services"."""
    words = title.removesuffix(place)
    return words != title or re.search(rf"\b(?:of|to|in|about) {re.escape(place)}\b", title) is not None


def _authority_of_paper(document: Document) -> str | None:
    """Return the authority that published a paper or, if it names none, the one that its text is about."""
    if is_about_provider(titles_of(document)) and (council := _council_that_provides(document)):
        return council
    publishers = find_publishers(document)
    return _only(publishers) if publishers else _authority_of_text(document)


def _only(names: frozenset[str]) -> str | None:
    """Return the only name, or None if there are several or if it is not certain."""
    return next(iter(names)) or None if len(names) == 1 else None


def _one_of(text: str) -> str | None:
    """Return the authority that a text names, or None if it names several."""
    names = {mention.name for mention in mentions(text)}
    return names.pop() if len(names) == 1 else None


def _authority_of_text(document: Document) -> str | None:
    """Return the authority that running text is clearly about. Tables, addresses and footers do not count."""
    found = [m for m in mentions(document.text) if not _POSTCODE.match(document.text, m.end)]
    counts = Counter(mention.name for mention in found)
    if not counts:
        of_site = _one_of(document.title or "") if document.media_type == "text/html" else None
        return _authority_in_heading(document) or of_site
    # A council that is not in our list also counts. Otherwise, we would decide that the text is about the other
    # council.
    counts.update(place for place in _before_council(document.text) if not mentions(place))
    name, most = counts.most_common(1)[0]
    early = {mention.name for mention in mentions(_early_sentences(document))}
    if name not in early or most < _MOST_MENTIONS * counts.total():
        return None
    titles = "\n".join((*titles_of(document), document.text.split("\n", 1)[0]))
    in_title = any(mention.name == name for mention in mentions(titles))
    return name if in_title or most > len(_MANY.findall(document.text)) else None


def _early_sentences(document: Document) -> str:
    """Return the start of a text without rows and items, because a text is not about authorities that it lists."""
    listed = (BlockKind.TABLE, BlockKind.LIST_ITEM)
    blocks = (block for block in document.blocks if block.kind not in listed and block.start < _EARLY)
    return "\n".join(document.text[block.start : min(block.end, _EARLY)] for block in blocks)


def _authority_in_heading(document: Document) -> str | None:
    """Return the name that is most often before "Council" or "children's services", if it is not in our list.

    It counts only if it is in the title, in a line at the start or in several sentences.
    """
    titles = titles_of(document)
    if is_about_others(titles):
        return None
    opening = document.text[:ARTICLE_OPENING]
    after = (place_before_body(found["name"], council=_SERVICES) for found in _AFTER_SERVICES.finditer(opening))
    counts = Counter(_bare(place) for place in (*_before_council(opening), *after) if place)
    if not counts:
        return None
    name, most = counts.most_common(1)[0]
    in_title = any(name in title for title in titles)
    return name if most >= _MOST_MENTIONS * counts.total() and (in_title or most >= _SENTENCES) else None


def _before_council(text: str) -> Iterator[str]:
    """Yield the places before "Council" or "children's services" in a text."""
    for found in _BEFORE_COUNCIL.finditer(text):
        if place := place_before_body(found["name"], council=found["council"] or _SERVICES):
            yield place


def _bare(body: str) -> str:
    """Return the name of an authority without words such as "council" and "borough of"."""
    return canonical(re.sub(r"\s+", " ", BODY_WORDS.sub(" ", body)).strip(" ,:-–"))
