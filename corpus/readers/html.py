"""Reads web pages: the main content, without menus, banners and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from corpus.drafts import Draft, Piece, assemble
from corpus.errors import UnreadableReport
from corpus.glyphs import clean_words
from corpus.grade_tables.lines import with_grade_lines
from corpus.grade_tables.tables import grades_from_tables
from corpus.html.blocks import read_parts
from corpus.html.main_content import find_main
from corpus.html.shown import as_shown
from corpus.html.tree import Element, TooDeep, left_out_sentences, parse, texts, unseen
from corpus.measures import CLOSING, OPENING
from corpus.readers.body import body_of, has_salutation
from corpus.readers.list_titles import with_list_titles
from corpus.readers.text import decode
from corpus.types import BlockKind, Document, Page

MEDIA_TYPE = "text/html"
_ADDRESS = re.compile(r"^https?://[^\s<>\"']+$", re.IGNORECASE)
_OPENING_BLOCKS = 3
"""Number of opening blocks that may repeat the title of the page."""
_GENERIC_TITLE = re.compile(
    r"^(?:(?:the |your |our )?(?:full |final |draft )?(?:ofsted )?(?:inspection )?"
    r"(?:reports?|letters?|outcomes?|results?)"
    r"|(?:ofsted )?inspections?|home(?: ?page)?|start(?: page)?|index|welcome|page|document|untitled"
    r"(?: (?:page|document))?|new page|ofsted|gov\.uk|[\d\W]+)?$",
    re.IGNORECASE,
)
"""A title that says nothing about the page."""
_TITLE_PARTS = re.compile(r"\s+[|–—»·-]\s+|\s*::\s*")
_TITLE_LENGTH = 1000
"""Maximum length of a title that we read, in characters. Chosen by eye."""


def read_html(path: Path) -> Document:
    """Read a web page's main content. Raises UnreadableReport if there is none, or if it cannot all be read."""
    try:
        root = parse(decode(path))
    except TooDeep:
        raise too_deep(path) from None
    if root is None:
        raise _no_text(path)
    hidden = unseen(as_shown(root))
    main = find_main(root, hidden)
    read = read_parts(main.parts, main.left_out)
    drafts = with_list_titles(body_of(read))
    if not drafts:
        raise _no_text(path)
    own = _own_title(root, drafts)
    title = own or _title(root, drafts)
    opening = "\n".join(draft.text for draft in (read if has_salutation(read) else drafts))
    if own and drafts[0].text != own:
        opening = f"{own}\n{opening}"  # there may be other words above the title
    elif title and not own and not any(_same_title(title, draft.text) for draft in drafts[:_OPENING_BLOCKS]):
        drafts.insert(0, Draft(BlockKind.HEADING, (Piece(title, 1),), level=1))
        opening = f"{title}\n{opening}"
    grades = with_grade_lines(grades_from_tables(read), drafts)
    return assemble(
        drafts,
        pages=(Page(1),),
        media_type=MEDIA_TYPE,
        opening=opening[:OPENING],
        closing="\n".join(draft.text for draft in read)[-CLOSING:],
        judgements=grades.judgements,
        unread_grades=grades.unread,
        unread_areas=grades.unread_areas,
        not_judged=grades.not_judged,
        warnings=tuple(_warnings(left_out_sentences(main.parts, hidden))),
        title=title,
        source_url=next(_addresses(root), None),
    )


def _warnings(hidden: int) -> Iterator[str]:
    if hidden:
        left_out = "1 hidden or struck-out part of the page with sentences was left out."
        if hidden > 1:
            left_out = f"{hidden} hidden or struck-out parts of the page with sentences were left out."
        yield f"{left_out} Check the page for them."


def _own_title(root: Element, drafts: list[Draft]) -> str | None:
    """Return the only first heading of a page if the title says nothing: "Report", "Home" or the name of the site."""
    declared = [title for title in _declared_titles(root) if title]
    headings = [draft.text for draft in drafts if draft.kind is BlockKind.HEADING and draft.level == 1]
    if len(headings) != 1 or not declared:
        return None
    names = {name.casefold() for name in _site_names(root)}
    parts = (part for title in declared for part in _TITLE_PARTS.split(title))
    if all(_GENERIC_TITLE.match(part) or part.casefold() in names for part in parts):
        return headings[0]
    return None


def _site_names(root: Element) -> Iterator[str]:
    """Yield the names that a page gives the site: as a fact about itself, and as the words of the link to its start."""
    for element in root.iter("meta"):
        if element.get("property") == "og:site_name" or element.get("name") == "application-name":
            yield clean_words(element.get("content") or "")
    for link in root.iter("a"):
        if link.get("href") == "/" or "home" in (link.get("rel") or "").lower().split():
            yield clean_words("".join(texts(link)))


def _title(root: Element, drafts: list[Draft]) -> str | None:
    """Return the title of the page without the name of the site, which pages put before or after it."""
    declared = next((text for text in _declared_titles(root) if text), None)
    top = next((d.text for d in drafts[:_OPENING_BLOCKS] if d.kind is BlockKind.HEADING and d.level == 1), None)
    return top if top and declared and top.casefold() in declared.casefold() else declared or top


def _declared_titles(root: Element) -> Iterator[str]:
    for element in root.iter("meta"):
        if element.get("property") == "og:title":
            yield clean_words(element.get("content") or "")[:_TITLE_LENGTH]
    for element in root.iter("title"):
        yield clean_words("".join(texts(element)))[:_TITLE_LENGTH]


def _addresses(root: Element) -> Iterator[str]:
    """Yield the addresses that the page gives as its own."""
    given = chain(
        (e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()),
        (e.get("content") for e in root.iter("meta") if e.get("property") == "og:url"),
    )
    return (address.strip() for address in given if address and _ADDRESS.match(address.strip()))


def _same_title(title: str, text: str) -> bool:
    """Return whether a heading repeats the page's title, with or without the name of the site after it."""
    return title.casefold().startswith(text.casefold()) or text.casefold().startswith(title.casefold())


def too_deep(path: Path) -> UnreadableReport:
    """Return the error for a page that the parser could not read to the end."""
    remedy = "Save its text as a .txt file."
    return UnreadableReport(path, "more than 2,000 elements of the page are inside each other", remedy)


def _no_text(path: Path) -> UnreadableReport:
    remedy = "Save the page of the article itself, or save its text as a .txt file."
    return UnreadableReport(path, "no main text was found on the page", remedy)
