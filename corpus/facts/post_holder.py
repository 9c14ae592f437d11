"""Finds the person who holds the post of director: the addressee of a letter, or the name in an area SEND report.

A letter from Ofsted is addressed to the person who runs an authority's services. Near its end, an area SEND report
lists the local authority and its director. Other reports seldom name that person, so this is how we know who held the
post on a certain day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.facts.person_names import BARE_NAME, TITLE
from corpus.types import Document, Form, Kind

_SALUTATION = re.compile(rf"^[^\S\n]*Dear (?:{TITLE} )?(?P<name>[^\n,]{{2,60}})", re.MULTILINE)
_HONOURS = r"(?:,? (?:[KDCOM]BE|CB|QPM|DL))*"
_NAME = re.compile(rf"(?:{TITLE} )?(?P<name>{BARE_NAME}{_HONOURS})")
_POST = re.compile(
    r"\b(?:Director|Chief|Officer|Head|Executive|Commissioner|Secretary|Manager|Chair|Lead|Principal|DCS|Member)\b",
    re.IGNORECASE,
)
_POST_STARTS = re.compile(
    r"(?:,| [-–—])? +(?=(?:The )?(?:Interim|Acting|Statutory|Joint|Executive|Corporate|Strategic|Deputy|Assistant|"
    r"Group|Service|Managing|Chief|Director|Head|Lead|Chair|Commissioner|Secretary|Principal)\b)"
)
"""Where the post starts, if it is on the same line as the name."""
_ADDRESS = re.compile(
    r"\d|\b(?:Council|Borough|City of|County of|Authority|Trust|Partnership|Street|Road|Hall|House|Centre)\b"
)
"""A word of a postal address. Web pages and Word documents may have all of an address in one paragraph."""
_POST_WORDS = re.compile(
    r"(?:(?:Interim|Acting|Statutory|Joint|Executive|Corporate|Strategic|Deputy|Assistant|Group|Service|Managing|Chief|"
    r"Director|Head|Lead|Commissioner|Officer|DCS|Children|Child|Adults?|Young|People|Families|Family|Services?|Social|"
    r"Care|Education|Learning|Skills|Lifelong|Schools|Inclusion|Health|Wellbeing|Well-being|Safeguarding|Communit\w+|"
    r"Development|Resilience|Culture|of|for|and|the)\b(?:[’']s?)?|[&,()]|\s)+"
)
_GOES_ON = re.compile(r"(?:[,&–-]|\b(?:and|of|for|the))$", re.IGNORECASE)
_CONTINUES = re.compile(r"(?:and|of|for)\b|&")
_LINES = 16
"""Number of lines above the salutation to search. A postal address has up to nine. Chosen by eye."""
_PARTNERSHIP = re.compile(r"^local area partnership details\b", re.IGNORECASE | re.MULTILINE)
_DIRECTOR = re.compile(r"\b(?:Director|Chief Officer|DCS)\b", re.IGNORECASE)
"""Words of the post of a director. The table also names the chief executives of health bodies."""
_LONGEST_LINE = 160
"""Maximum length of a name with its post, in characters. Chosen by eye."""
_LONGEST_POST = 100
"""Maximum length of a post, in characters. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class PostHolder:
    """A person, and the post that a report gives them."""

    name: str
    """The name as printed, without a title."""
    post: str | None = None
    """The post as printed. None if the report gives none."""


def find_post_holder(document: Document, form: Form, kind: Kind | None) -> PostHolder | None:
    """Return the addressee of a letter, or the person whom an area SEND report names for the local authority.

    None if the report names nobody.
    """
    if form is Form.LETTER:
        return _addressee(document)
    return _in_partnership(document) if kind is Kind.AREA_SEND else None


def _in_partnership(document: Document) -> PostHolder | None:
    """Return the director in the table that names the bodies of a local area partnership."""
    heading = _PARTNERSHIP.search(document.text)
    for line in document.text[heading.end() :].splitlines()[:_LINES] if heading else ():
        start = _POST_STARTS.search(line)
        name = _NAME.fullmatch(line[: start.start()]) if start else None
        if start and name and _DIRECTOR.search(line, start.end()) and len(line) <= _LONGEST_LINE:
            return PostHolder(name["name"], line[start.end() :].strip())
    return None


def _addressee(document: Document) -> PostHolder | None:
    """Return the person to whom a letter is addressed, or None if it names nobody.

    The name must be the one in the salutation. If the salutation has no name ("Dear Director"), a post must follow it.
    """
    salutation = _SALUTATION.search(document.opening)
    if salutation is None:
        return None
    greeted = salutation["name"].split()
    above = document.opening[: salutation.start()].splitlines()
    lines = [" ".join(line.split()) for line in above if line.strip()][-_LINES:]
    found: PostHolder | None = None
    for number, line in enumerate(lines):
        start = _POST_STARTS.search(line)
        name = _NAME.fullmatch((line[: start.start()] if start else line).rstrip(" ,"))
        if name is None:
            continue
        post = _post([line[start.end() :], *lines[number + 1 :]] if start else lines[number + 1 :])
        if _is_greeted(name["name"], greeted):
            return PostHolder(name["name"], post)
        if found is None and post and _POST.search(salutation["name"]):
            found = PostHolder(name["name"], post)
    return found


def _is_greeted(name: str, greeted: list[str]) -> bool:
    """Whether a salutation greets a person by their first name or by their last."""
    words = re.sub(rf"{_HONOURS}$", "", name).casefold().split()
    asked = [word.strip(".").casefold() for word in greeted]
    return asked[-1] == words[-1] or asked == words[:1]


def _post(lines: list[str]) -> str | None:
    """Return the post at the start of some lines.

    It may continue on the next line. None if the first line has no post.
    """
    post = first = _without_address(lines[0]) if lines else ""
    if not _POST.search(post) or re.search(r"\d", post):
        return None
    for line in lines[1:3]:
        if first != lines[0] or not (_GOES_ON.search(post) or _CONTINUES.match(line)) or re.search(r"\d", line):
            break
        post = f"{post} {line}"
    post = post.rstrip(" ,")
    return post if len(post) <= _LONGEST_POST else None


def _without_address(line: str) -> str:
    """Return the part of a line before the postal address, if it has one."""
    if not _ADDRESS.search(line):
        return line
    words = _POST_WORDS.match(line)
    return re.sub(r"(?:[\s,&(]|\b(?:of|for|and|the))+$", "", words.group()) if words else line
