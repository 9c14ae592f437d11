"""Reads when a report was published, and which earlier issue of the report it replaces."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import DATE, find_date
from corpus.facts.days.visit_days import start_of_dates
from corpus.facts.kinds import FoundKind, any_words
from corpus.facts.report_days import FILE_NAME, OTHER_DATE

_WHERE = (
    r"online\b|on [\w-]+(?:\.[\w-]+)+|"
    r"(?:on|in|to) (?:the|our|its|their)(?: [\w’'-]+){0,4}? (?:web ?sites?|web ?pages?|site)\b|"
    r"by(?: [\w’'-]+){1,6}? (?:partnership|board|council|ombudsman|trust)\b|"
    r"this (?:web ?page|page|document|paper|statement|newsletter|bulletin|briefing|notice|summary)\b"
)
"""Words between "published" and the date which say what was published, where and by whom."""
_PUBLISHED = re.compile(
    r"(?:(?:report )?published(?: date)?\b|"
    r"(?:date of (?:publication|(?:the |this )?letter)|(?:publication|letter) date|date published)\b|"
    rf"^\W*letter dated\b(?=\s+{DATE.pattern}\W*$))"
    rf"\s*+(?:{_WHERE})?,?\s*+(?:on\b)?\s*+[:–—-]?\s*+(?:on\b)?\s*+(?=(?P<after>.{{6,40}}))",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_LABEL = re.compile(
    r"(?:^|[:|•·(])\W*$|"
    r"\b(?:this|(?:inspection )?report|letter|page|news|article|document)\s+(?:(?:was|is|has been|will be)\s+)?"
    r"(?:first\s+|last\s+)?$",
    re.IGNORECASE,
)
"""Words before "published" which show that the date is that of this report, and not of a plan that it mentions."""
_WHAT = re.compile(r"\bthis\b")
"""Shows that the words around "published" are about the text itself."""
_OF_HEAD = re.compile(
    r"(?:^|[.:;|]\s)\W*(?!(?:The|An?|Our|Its|Their|Your)\b)(?=[A-Z])(?:"
    r"(?:(?!\b(?:of|to|on|in|for|from|about|by|with|at|under|after|following)\b)[^.:;|\n])*,|"
    r"(?:Agreed|Adopted|Approved|Considered|Drafted|Endorsed|Noted|Received|Reviewed|Signed off|Written|"
    r"(?:[\w-]+ ){0,3}(?i:inspection|visit|meeting))\b"
    rf"[^.:;|]*\b(?i:{DATE.pattern})[,;]|"
    r"(?:Agenda|Briefing|Bulletin|Decision|Minutes|Newsletter|Notice|Papers?|Statement))"
    r"(?: and)?\s+\Z",
    re.MULTILINE,
)
"""Words before "published" at the head of a paper: its own name without another paper's, or what was done with it on
another day ("Approved by the panel on 12 July 2023; published 24 July 2023")."""
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|must|should|who|which|that|they|we|it)\b"
)
"""Words of a whole sentence, which may be about another paper."""
_CORRECTED = re.compile(
    r"\b(?:re-?issued|re-?published|amended|corrected|revised)\s*+(?:on\b)?\s*+:?\s*+(?=(.{6,40}))", re.IGNORECASE
)
"""Words before the date of a corrected issue."""
_REPLACES = re.compile(
    r"\b(?:(?:replac|supersed)(?:es|ing)|tak(?:es|ing) the place of|"
    r"(?:is|was) a (?:replacement|correction) (?:for|of))\s+"
    r"(?:(?!\b(?:which|and|because|since)\b)[^.;]){0,80}?\b(?:published|issued|dated|sent|of|from|on)\s+(?=(.{6,40}))",
    re.IGNORECASE | re.DOTALL,
)
"""Words before the date of the issue that this one replaces."""
_EARLIER_ISSUE = re.compile(
    r"\b(?:(?:first|originally|initially)\s+(?:published|issued)|(?:previous|earlier|original)\s+(?:version|issue))\s*+"
    r"(?:(?:published|issued|dated)\b)?\s*+(?:on\b)?\s*+[:–—-]?\s*+(?=(.{6,40}))",
    re.IGNORECASE | re.DOTALL,
)
"""Words before the date of an earlier issue of the same report. They count only if it came after the visit."""
_AT_START = re.compile(r"(?:\A|[\n.;|•·])\W*(?P<article>(?:The|An?)\s+)?\Z")
"""A pattern for the start of a line or sentence, with or without an article."""
_OF_THIS_ISSUE = re.compile(
    r"\b(?:this|(?:the|our) inspection)\s+(?:inspection )?(?:report|letter|version|page|document)\W+"
    r"(?:(?:was|is|has been)\s+)?\Z|"
    r"\b(?:parts?|sections?|pages?) of this (?:report|letter)\b[^.]{0,80}\b(?:was|were|had been) \Z|"
    r"\bthis (?:[\w-]+ ){0,4}(?:report|letter|version)\b[^.]{0,80}\. It (?:was|had been) \Z|"
    r"(?:\b(?:note|correction|status|history)|^(?:inspection )?(?:report|letter))\s?:\s?\Z|"
    rf"\b(?:published|issued|corrected|amended|revised|updated|date)\W*(?:on )?{DATE.pattern}"
    r"\W*(?:(?:corrected|amended|revised|and|but|was)\b\W*)*\Z",
    re.IGNORECASE,
)
"""Words before "first published" which show that it is about this report, and not about a plan that it mentions."""
_OTHER_ISSUE = re.compile(
    r"\b(?:replac\w+|supersed\w+|withdr\w+|earlier|previous(?:ly)?|original(?:ly)?)\b"
    r"(?:[^.:\n]|\n(?!\s*(?-i:[A-Z])))*$",
    re.IGNORECASE,
)
"""Words before "published on" which show that the date belongs to another issue of the report. A line that starts with
a capital letter does not continue the line before it."""
_BEFORE_LABEL = 150
"""Number of characters before "published" that we search for such words. Chosen by eye."""
_DATE_LINE = re.compile(
    r"(?:(?:published|posted|updated|date|sent|news|press release|by [^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,4})\b\W*"
    r"(?:on\b\W*)?){0,3}"
    rf"{DATE.pattern}(?:\W{{0,3}}(?:at\s)?\d{{1,2}}[:.]\d\d(?::\d\d)?\s?(?:am|pm)?(?:\s?(?:[+-]\d{{4}}|GMT|BST|UTC|Z)\b)?)?\W*",
    re.IGNORECASE,
)
"""A line that has only a date, perhaps with the author or the time of day."""
_HEAD_LINES = 6
"""A date on a line of its own is that of the text only among this many lines at its start. Chosen by eye."""
_HEAD_LENGTH = 600
"""The head of a paper has at most this many characters. Chosen by eye."""
_FILE_DATE = re.compile(r"(\d{1,2})[-_ ]([a-z]{3,9})[-_ ](20\d\d)$", re.IGNORECASE)


def find_issue(
    opening: str, written: date | None, file: str, visited: date | None, other: FoundKind | None
) -> tuple[date | None, str | None, date | None]:
    """Return the date of publication with its source, and the date of the issue that this one replaces."""
    published, source = _published(opening, written, file, visited, other)
    flat = " ".join(opening.split())
    earlier = next((day for found in _REPLACES.finditer(flat) if (day := _day_at(found.group(1)))), None)
    if earlier is None:
        issues = (_day_at(found.group(1)) for found in _EARLIER_ISSUE.finditer(opening) if _is_own_issue(found))
        earlier = next((day for day in issues if day and visited and visited <= day), None)
    corrected = [(day, found) for found in _CORRECTED.finditer(flat) if (day := _day_at(found.group(1)))]
    again, label = corrected[0] if corrected else (None, None)
    if again and source == "text" and published and again > published:
        return again, "text", earlier or published
    if again and label and source != "text" and (label.group()[:1].isupper() or (earlier and earlier < again)):
        return again, "text", earlier
    return published, source, earlier if earlier and (published is None or earlier < published) else None


def day_alone(opening: str) -> date | None:
    """Return the date that is on a line of its own near the start of a text, such as below a headline."""
    # A line that starts in lower case continues a sentence, which may be about another paper.
    lines = [line.strip(" *_") for line in opening.splitlines() if line.strip(" *_")][:_HEAD_LINES]
    return next((find_date(line) for line in lines if not line[0].islower() and _DATE_LINE.fullmatch(line)), None)


def published_by_name(file: str) -> tuple[date | None, str | None]:
    """Return the date at the end of a file's name, and the source of this date."""
    named = _FILE_DATE.search(file.rsplit(".", 1)[0])
    if named and (from_name := find_date(" ".join(named.groups()))):
        return from_name, FILE_NAME
    return None, None


def _is_own_issue(found: re.Match[str]) -> bool:
    """Return whether the words before "first published" or similar show that it is about this report."""
    before = found.string[max(found.start() - _BEFORE_LABEL, 0) : found.start()]
    start = _AT_START.search(before)
    if start and (start["article"] or found.group()[:1].isupper() or ":" in found.group()):
        return True
    return bool(_OF_THIS_ISSUE.search(re.sub(r"\s+", " ", before)))


def _published(
    opening: str, written: date | None, file: str, visited: date | None, other: FoundKind | None
) -> tuple[date | None, str | None]:
    """Return the date of publication and its source.

    A printed date that is before the visit is a misprint, so we ignore it.
    """
    for printed in (_labelled(opening), written):
        if printed and (visited is None or printed >= visited):
            return printed, "text"
    if other and other.entry.dated and (day := _known_by(opening, other.entry.dated) or day_alone(opening)):
        return day, OTHER_DATE
    return published_by_name(file)


def _known_by(opening: str, labels: tuple[str, ...]) -> date | None:
    """Return the date after the first label that belongs to the report's kind and has a date."""
    alone = [label for label in labels if " " not in label]  # other labels end in the same word, such as "Due date"
    longer = [label for label in labels if " " in label]
    patterns = [rf"(?<!\w)(?:{any_words(longer)})(?!\w)"] if longer else []
    patterns += [rf"^\W{{0,5}}(?:{any_words(alone)})(?!\w)"] if alone else []
    for label in re.finditer(rf"(?:{'|'.join(patterns)})\W{{0,5}}", opening, re.IGNORECASE | re.MULTILINE):
        if day := _day_at(" ".join(opening[label.end() :][:_BEFORE_LABEL].split())):
            return day
    return None


def _day_at(text: str) -> date | None:
    """Return the date at the start of a text. "On", "the" or a colon may come before it."""
    found = DATE.match(text, start_of_dates(text))
    return find_date(found.group()) if found else None


def _is_of_head(opening: str, start: int) -> bool:
    """Return whether the words before "published" are those at the head of a paper, and not part of a sentence."""
    if start > _HEAD_LENGTH:
        return False
    lines = [line for line in opening[:start].split("\n") if line.strip()]
    found = _OF_HEAD.search("\n".join(lines[-2:])) if len(lines) <= _HEAD_LINES else None
    return bool(found and not _FINITE.search(found.group()))


def _labelled(opening: str) -> date | None:
    """Return the date after the first "published" that is about this issue of the report and has a date."""
    for label in _PUBLISHED.finditer(opening):
        before = opening[max(label.start() - _BEFORE_LABEL, 0) : label.start() + 1]
        line = before[:-1].rsplit("\n", 1)[-1]
        name = label.group().strip(" \t\n*_#-–—•|")
        named = name[:1].isupper() or ":" in name or _WHAT.search(name)
        own = named or _OWN_LABEL.search(line) or _is_of_head(opening, label.start())
        if own and not _OTHER_ISSUE.search(before) and (day := _day_at(label["after"])):
            return day
    return None
