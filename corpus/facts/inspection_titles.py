"""Finds the title of an inspection at the start of a report, with its kind and its authority.

The patterns here read the titles that Ofsted prints, which may take up several lines. ``visit_titles`` reads the titles
of other publishers. If both find a title at the same place, we use the one from ``visit_titles``, because it ends with
its line.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.dates import readable_dates
from corpus.facts.days.told_days import told_days
from corpus.facts.days.visit_days import has_own_days
from corpus.facts.kinds import FoundKind
from corpus.facts.letter_facts import is_letter
from corpus.facts.visit_titles import BODY_WORDS, SERVICES, find_visit_title, is_place, only_labels, place_in
from corpus.names.authorities import mentions
from corpus.types import BlockKind, Document, Kind

_SERVICES = rf"(?:’s|'s)? {SERVICES}"
_LINE_START = r"(?:^|\n)"
_BODY_FIRST = (
    _LINE_START + r"(?!(?:the )?(?:report|outcome|findings|results?|letter|summary)\b)(?P<of>[^\d\n].{2,80}?)\s"
)
"""The name of the authority on the lines above the inspection, as printed on older title pages."""
_NO_COLON = r"(?<![:–—]\s)(?<!\s-\s)"
_NOT_SERVICES = r"(?!services|local authority|children)"
_LOOKED_AFTER = (
    r"(?:Re-?)?inspection of (?:services for looked[- ]after children(?: and care leavers)?|"
    r"safeguarding and looked[- ]after children(?:[’']s)? services)"
)
_REST_OF_TITLE = r"(?P<of>(?:(?!\s(?-i:Dear)\b)[^.\n]){3,80}(?:\n(?-i:(?=[a-z]))[^.\n]{2,80})?)"
"""The rest of a line, and the next line if it continues in lower case."""
_TITLES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE | re.DOTALL), kind)
    for pattern, kind in (
        (r"Area SEND inspection of (?P<of>.{3,70}?) Local Area Partnership", Kind.AREA_SEND),
        (r"Joint (?:targeted )?area .{0,40}?inspection of " + _REST_OF_TITLE, Kind.JOINT_TARGETED),
        (r"Joint (?:local )?area SEND (?:inspection|revisit) (?:of|in|to) (?P<of>[^.\n]{3,80})", Kind.AREA_SEND),
        (r"Monitoring visit (?:of|to) (?P<of>" + _NOT_SERVICES + ".{3,80}?)" + _SERVICES, Kind.MONITORING_VISIT),
        (r"Focus+ed visit (?:of|to) (?P<of>" + _NOT_SERVICES + ".{3,80}?)" + _SERVICES, Kind.FOCUSED_VISIT),
        (r"Focus+ed visit (?:of|to) (?P<of>" + _NOT_SERVICES + r"[^.\n]{3,60})", Kind.FOCUSED_VISIT),
        (r"Inspection of (?P<of>" + _NOT_SERVICES + ".{3,70}?)" + _SERVICES, Kind.ILACS),
        (r"Inspection of (?P<of>" + _NOT_SERVICES + r"[^.\n]{3,60}? Trust)\b", Kind.ILACS),
        (
            _BODY_FIRST + r"(?:Re-?)?inspection of services for children in need of help and(?: protection\b)?",
            Kind.SINGLE_INSPECTION,
        ),
        (_BODY_FIRST + _LOOKED_AFTER, Kind.LOOKED_AFTER),
        (_LOOKED_AFTER + r"(?: in| for|:) (?P<of>[^.\n]{3,80})", Kind.LOOKED_AFTER),
        (_LOOKED_AFTER + r"\n(?P<of>[^.\n]{3,60}(?-i: Council))(?=\n|$)", Kind.LOOKED_AFTER),
        (
            _BODY_FIRST + r"Review of the effectiveness of the Local Safeguarding(?: Children(?:[’']s)?)?(?: Board\b)?",
            Kind.LSCB_REVIEW,
        ),
        (
            _BODY_FIRST + _NO_COLON + rf"(?:Re-?)?inspection of {SERVICES}",
            Kind.ILACS,
        ),
    )
)
"""Patterns for the titles of inspections, with the name of the authority. The most specific come first."""
_ADDRESS_LINE = re.compile(r"^(?:(?:source|url|link|from)\s*:\s*)?<?https?://\S+$", re.IGNORECASE)
_NEAR_TITLE = 2
"""Words for another kind of paper count if they are at most this many lines below a title. Chosen by eye."""
_TITLE_LENGTH = 200
"""Maximum length of a title, in characters. Chosen by eye."""
_OPENING_LENGTH = 90
"""Maximum length, in characters, of the opening words that we show if a text has no title. Chosen by eye."""
_HEAD_LINES, _FLAT_LINES = 8, 60
"""Numbers of opening lines that we search for a title, first with their line breaks and then joined into one line.
Chosen by eye."""
_OF_NOBODY = re.compile(r"(?:its|their|our|your|his|her|this|that)\b", re.IGNORECASE)
"""Words that a sentence about an inspection has in the place where a title has the name of the authority."""
_SALUTATION = re.compile(r"^Dear\b.{2,80}$")
_ENDS_TITLE = re.compile(r"\s*(?:$|[:,(–—]|-\s)")
_AFTER_TITLE = re.compile(r"\s*(?:$|Inspection dates?\b)", re.IGNORECASE)
_TITLE_LINES = 4
"""Number of lines that a title in plain text may have, with the line of its dates. Chosen by eye."""
_HEADINGS = 4
"""The title of the page and its main heading are among this many blocks at its start. Chosen by eye."""
_TITLE_STARTS = ("inspection of", "area send", "joint", "monitoring visit", "focused visit", "focussed visit")
_TITLES_BY_KIND = {
    Kind.SINGLE_INSPECTION: "inspection of children’s services",
    Kind.LSCB_REVIEW: "review of the Local Safeguarding Children Board",
    Kind.ILACS: "inspection of children’s services",
    Kind.LOOKED_AFTER: "inspection of services for looked after children",
    Kind.FOCUSED_VISIT: "focused visit to children’s services",
    Kind.MONITORING_VISIT: "monitoring visit to children’s services",
}


@dataclass(frozen=True, slots=True)
class NamedInspection:
    """The facts in a title."""

    kind: Kind
    authority: str
    """The authority, as printed, or "" if the title has none."""
    title: str
    line: int
    """Index of the line that names the kind, among the lines with text."""


TITLED_KINDS = frozenset(kind for _, kind in _TITLES) | {Kind.SHORT}
"""The kinds whose titles are in this module."""


def find_title(document: Document) -> NamedInspection | None:
    """Return the facts given by the first title at the start of a report or letter. An article has no such title."""
    lines = [line.strip() for line in document.opening.splitlines() if line.strip()]
    flat = re.sub(r"\s+", " ", " ".join(lines[:_FLAT_LINES]))
    head, for_visits = lines[:_HEAD_LINES], lines[:_FLAT_LINES]
    if document.media_type in ("text/plain", "text/html", "text/markdown") and not is_letter(document.opening):
        # Only the first line or a title page may have the title, because running text often mentions other visits and
        # inspections.
        head = [line.lstrip("# ") for line in lines if not _ADDRESS_LINE.match(line)][:1]
        if wrapped := _wrapped_title(document):
            head = [wrapped]
        elif heading := _main_heading(document, head):
            head = [heading]
        elif page := _title_page(lines):
            head = page
        flat, for_visits = " ".join(head), head
    texts = ("\n".join(head), "\n".join(_below_salutation(lines)), flat)
    matches = ((pattern.search(text), kind) for text in texts for pattern, kind in _TITLES)
    titles = [
        (match.start(), kind, match["of"], match.group())
        for match, kind in matches
        if match and not only_labels(match["of"]) and not _OF_NOBODY.match(match["of"])
    ]
    if visit := find_visit_title(for_visits, _HEAD_LINES):
        titles.insert(0, (visit.start, visit.kind, visit.authority, visit.title))
    if not titles:
        return None
    _, kind, body, printed = min(titles, key=lambda title: title[0])
    title = " ".join(printed.split())
    before = " ".join(lines).find(title)
    line = len(_lines_before(lines, before)) if before > 0 else 0
    return NamedInspection(kind, " ".join(body.split()) if mentions(body) else place_in(body), title, line)


def _below_salutation(lines: Sequence[str]) -> Sequence[str]:
    """Return the first lines below "Dear …", which have the title of a letter with a long letterhead."""
    start = next((at for at, line in enumerate(lines[:_FLAT_LINES], 1) if _SALUTATION.match(line)), len(lines))
    return lines[start : start + _TITLE_LINES]


def _wrapped_title(document: Document) -> str | None:
    """Return the title of an inspection that plain text breaks over lines, if the text starts with it.

    It must end where its paragraph ends, or before the dates of the inspection. Running text does not do this.
    """
    if document.media_type != "text/plain":
        return None
    paragraph = document.opening.lstrip().split("\n\n", 1)[0].splitlines()[:_TITLE_LINES]
    text = " ".join(" ".join(paragraph).split())
    matches = (pattern.match(text) for pattern, _ in _TITLES if not pattern.pattern.startswith(_LINE_START))
    return next((text[: m.end()] for m in matches if m and _AFTER_TITLE.match(text, m.end())), None)


def _title_page(lines: list[str]) -> list[str]:
    """Return the lines of the title page at the start of a text, without its days, or nothing if it has none.

    A title page has the name of the authority, the title of the inspection below it, and then the days.
    """
    plain = [line.lstrip("# ") for line in lines if not _ADDRESS_LINE.match(line)][: _HEAD_LINES + 2]
    starts = (" ".join(plain[at : at + 2]) for at in range(len(plain)))
    dated = next((at for at, start in enumerate(starts) if has_own_days(readable_dates(start))), 0)
    return plain[:dated] if _is_name_and_title("\n".join(plain[:dated])) else []


def _is_name_and_title(text: str) -> bool:
    """Return whether a text has only the name of an authority, or labels, and a title of an inspection below it.

    The title may continue after "and".
    """
    titles = sorted({(start, end) for start, end in _titles_in(text) if text[:start].endswith("\n")})
    if not titles:
        return False
    start, end = titles[0]
    above = text[:start].splitlines()
    named = is_place(" ".join(above)) or all(only_labels(BODY_WORDS.sub(" ", line)) or is_place(line) for line in above)
    goes_on = all(other < end or text[:other].endswith("\nand\n") for other, _ in titles)
    return named and goes_on and _ENDS_TITLE.match(text[end:].split("\n", 1)[0]) is not None


def _titles_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield ``[start, end)`` of each title in a text, without a name of an authority on the lines above it."""
    for pattern, _ in _TITLES:
        for match in pattern.finditer(text):
            name_first = pattern.pattern.startswith(_LINE_START)
            yield match.end("of") + 1 if name_first else match.start(), match.end()


def _main_heading(document: Document, first: list[str]) -> str | None:
    """Return the main heading of a web page whose title has other words, if the heading is the title of an inspection.

    It must start with the title, because news has different words there. The page must give the days of the inspection
    as reports do, because a council's page about its inspection may have the same heading.
    """
    if document.media_type != "text/html" or any(pattern.search(line) for line in first for pattern, _ in _TITLES):
        return None
    main = [document.text[b.start : b.end] for b in document.blocks[:_HEADINGS] if b.level == 1]
    headings = [text for text in main if text not in first]
    if len(headings) != 1 or not (has_own_days(readable_dates(document.opening)) or told_days(document, None)):
        return None
    starts = (pattern.match(headings[0]) for pattern, _ in _TITLES if not pattern.pattern.startswith(_LINE_START))
    return headings[0] if any(match and _ENDS_TITLE.match(headings[0], match.end()) for match in starts) else None


def shown_title(document: Document, named: NamedInspection | None) -> str:
    """Return the title that we show for a report.

    If the report prints no title, return its heading or its first words.
    """
    heading = next((b for b in document.blocks if b.kind is BlockKind.HEADING), None)
    words = document.text[heading.start : heading.end] if heading else None
    first = textwrap.shorten(document.text.split("\n", 1)[0], _OPENING_LENGTH, placeholder=" …")
    title = (named.title if named else None) or document.title or words or first
    if (
        named
        and named.authority
        and named.kind in _TITLES_BY_KIND
        and not named.title.lower().startswith(_TITLE_STARTS)
    ):
        title = f"{named.authority}: {_TITLES_BY_KIND[named.kind]}"
    return re.sub(r"\s+", " ", title)[:_TITLE_LENGTH]


def is_paper_about(other: FoundKind, named: NamedInspection) -> bool:
    """Return whether a text has the title of an inspection but is a paper about it, such as a committee paper.

    Words such as "scrutiny panel" in a line well below the title do not make a text a committee's paper.
    """
    if other.line < named.line:
        return True
    return not other.entry.own and (other.names_itself or other.line <= named.line + _NEAR_TITLE)


def _lines_before(lines: list[str], offset: int) -> list[str]:
    """Join lines with spaces, and return the ones that end before an offset in this text."""
    ends = accumulate(len(line) + 1 for line in lines)
    return [line for line, end in zip(lines, ends, strict=True) if end <= offset]
