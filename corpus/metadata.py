"""Reads the facts about a report from its own text: title, authority, form, kind and dates. It never guesses a fact."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from corpus.article_facts import follows_judgement, visit_of, visited_on
from corpus.authorities import canonical, mentions
from corpus.dates import DATE, find_date, find_range
from corpus.grades import framework_of, grading_of
from corpus.improvements import find_improvements
from corpus.inspectors import find_lead_inspector
from corpus.measures import ARTICLE_OPENING
from corpus.stated_outcomes import all_judgements
from corpus.types import OWN_ACCOUNT, REPORT_ID_LENGTH, BlockKind, Document, Form, Kind, Report

_SERVICES = r"(?:’s|'s)? (?:local authority )?children[’']s (?:social care )?services"
_BODY_FIRST = r"(?:^|\n)(?P<of>[^\d\n].{2,80}?)\s"
"""The name of the authority on the lines above the inspection, as printed on older title pages."""
_TITLES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), kind)
    for pattern, kind in (
        (r"Area SEND inspection of (?P<of>.{3,70}?) Local Area Partnership", Kind.AREA_SEND),
        (r"Joint (?:targeted )?area .{0,40}?inspection of (?P<of>[^.\n]{3,80})", Kind.JOINT_TARGETED),
        (r"Joint (?:local )?area SEND (?:inspection|revisit) (?:of|in|to) (?P<of>[^.\n]{3,80})", Kind.AREA_SEND),
        (r"Monitoring visit (?:of|to) (?P<of>.{3,80}?)" + _SERVICES, Kind.MONITORING_VISIT),
        (r"Focus+ed visit (?:of|to) (?P<of>.{3,80}?)" + _SERVICES, Kind.FOCUSED_VISIT),
        (r"Focus+ed visit (?:of|to) (?P<of>[^.\n]{3,60})", Kind.FOCUSED_VISIT),
        (r"Inspection of (?P<of>(?!services|local authority|children).{3,70}?)" + _SERVICES, Kind.ILACS),
        (r"Inspection of (?P<of>(?!services|local authority|children)[^.\n]{3,60}? Trust)\b", Kind.ILACS),
        (_BODY_FIRST + r"(?:Re-?)?inspection of services for children in need of help and", Kind.SINGLE_INSPECTION),
        (_BODY_FIRST + r"Review of the effectiveness of the Local Safeguarding", Kind.LSCB_REVIEW),
        (_BODY_FIRST + r"Inspection of (?:local authority )?children[’']s (?:social care )?services", Kind.ILACS),
    )
)
"""Patterns for the titles of inspections, with the name of the authority. The most specific come first."""
_MENTIONED_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bmonitoring visit", Kind.MONITORING_VISIT),
        (r"\bfocus+ed (?:visit|report|inspection)", Kind.FOCUSED_VISIT),
        (r"\barea SEND inspection", Kind.AREA_SEND),
        (r"\bjoint targeted area inspection", Kind.JOINT_TARGETED),
    )
)
"""Patterns for the kinds of inspection that are named in running text."""
_BODY_WORDS = re.compile(
    r"\b(?:the|london borough of|royal borough of|metropolitan borough of|city of|county of|borough of|"
    r"(?:metropolitan |county |city |borough |district |unitary )*council|metropolitan borough|local authority|"
    r"children and families trust|children[’']s (?:services )?trust|local area partnership|local area|"
    r"safeguarding children board)\b[’']?s?",
    re.IGNORECASE,
)
_VISIT_DATES = re.compile(r"(?:Re-?)?inspection dates?\s*+:?\s*+(.{5,90})", re.IGNORECASE)
_LETTER_DATES = re.compile(r"(?:visit|inspection)\b[^.]{0,120}?\b(?:on|between|from)\s+([^.]{5,90})", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:report )?published\s*+(?:on)?\s*+:?\s*+(.{8,40})", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"^(?:(?:source|url|link|from)\s*:\s*)?<?https?://\S+$", re.IGNORECASE)
_FILE_DATE = re.compile(r"(\d{1,2})[-_ ]([a-z]{3,9})[-_ ](20\d\d)$", re.IGNORECASE)
_SALUTATION = re.compile(r"^Dear\b", re.MULTILINE)
_THEMATIC = re.compile(
    r"\bthematic (?:inspection|report|review|survey)|\bsurvey report\b|"
    r"\b(?:visited|visits to|across|in) (?:\w+ ){0,2}(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) "
    r"local (?:authorit(?:y|ies)|areas)\b",
    re.IGNORECASE,
)
_TITLE_LENGTH = 200
"""Maximum length of a title, in characters. Chosen by eye."""
_OPENING_LENGTH = 90
"""Maximum length, in characters, of the opening words that we show if a text has no title. Chosen by eye."""
_HEAD_LINES, _FLAT_LINES = 8, 60
"""Numbers of opening lines that we search for a title, first with their line breaks and then joined into one line.
Chosen by eye."""
_EARLY = 600
"""An article must name the authority it is about within this many characters of its start. Chosen by eye."""
_MOST_MENTIONS = 0.6
"""Share of an article's mentions of authorities that must refer to the one it is about. Chosen by eye."""
_BESIDE_DATE = 12
"""If a line of a letter has a date and fewer other characters than this, it is the letter's date. Chosen by eye."""
_TITLE_STARTS = ("inspection of", "area send", "joint", "monitoring visit", "focused visit", "focussed visit")
_TITLES_BY_KIND = {
    Kind.SINGLE_INSPECTION: "inspection of children’s services",
    Kind.LSCB_REVIEW: "review of the Local Safeguarding Children Board",
    Kind.ILACS: "inspection of children’s services",
}


@dataclass(frozen=True, slots=True)
class _Named:
    """The facts in a title."""

    kind: Kind
    authority: str
    """The authority, as printed."""
    title: str


_FILE_NAME = "file name"
"""Source of a date of publication that appears only in the file's name."""


def renamed(report: Report, file: str) -> Report:
    """Return the facts of a report under a new file name. A date of publication taken from the name changes too."""
    if report.file == file:
        return report
    published, source = report.published, report.published_source
    if source in (None, _FILE_NAME):
        published, source = _published_by_name(file)
    return replace(report, file=file, published=published, published_source=source)


def describe(document: Document, *, file: str, sha256: str) -> Report:
    """Read the facts of a report from its text. Only the date of publication may come from the file's name.

    From pages that were read from pictures, we take no dates, grades or names of people, because any of their
    characters may be wrong. An authority must be one that we know.
    """
    opening = document.opening
    whole = replace(document, opening=f"{document.pictured}\n{opening}".strip()) if document.pictured else document
    named = _title(whole)
    form = _form(whole, named)
    kind = named.kind if named else _mentioned_kind(whole)
    written = _letter_date(opening) if form is Form.LETTER else None
    visited = visited_on(document.text) if form is Form.ARTICLE else _inspected(opening, form, written)
    published, source = _published(opening, written, file, visited[1] if visited else None)
    judgements = all_judgements(document, kind) if form in OWN_ACCOUNT else document.judgements
    recognised = tuple(page.number for page in document.recognised)
    judgements = tuple(judgement for judgement in judgements if judgement.page not in recognised)
    inspector = find_lead_inspector(document, form) if form in OWN_ACCOUNT else None
    if inspector and recognised and inspector not in f"{opening}\n{document.closing}":
        inspector = None
    return Report(
        id=sha256[:REPORT_ID_LENGTH],
        file=file,
        title=_shown_title(whole, named),
        form=form,
        media_type=document.media_type,
        page_count=len(document.pages),
        sha256=sha256,
        authority=_authority(whole, named, form),
        kind=kind,
        framework=framework_of(kind, form),
        inspected_from=visited[0] if visited else None,
        inspected_to=visited[1] if visited else None,
        published=published,
        published_source=source,
        lead_inspector=inspector,
        judgements=judgements,
        grading=grading_of(judgements, kind, form, unread=document.unread_grades),
        improvements=find_improvements(document) if form in OWN_ACCOUNT else (),
        source_url=document.source_url,
        visit=visit_of(document.text) if form is Form.ARTICLE else None,
        follows_judgement=follows_judgement(document.text) if form is Form.ARTICLE else None,
        recognised=recognised,
        converted=hashlib.sha256(document.converted).hexdigest() if document.converted else None,
    )


def _title(document: Document) -> _Named | None:
    """Return the facts given by the first title at the start of a report or letter. An article has no such title."""
    lines = [line.strip() for line in document.opening.splitlines() if line.strip()]
    flat = re.sub(r"\s+", " ", " ".join(lines[:_FLAT_LINES]))
    head = lines[:_HEAD_LINES]
    if document.media_type in ("text/plain", "text/html", "text/markdown") and not _SALUTATION.search(document.opening):
        # Running text soon mentions other visits and inspections, so only its first line may be a title.
        head = [line for line in lines if not _ADDRESS_LINE.match(line)][:1]
        flat = " ".join(head)
    matches = ((pattern.search(text), kind) for text in ("\n".join(head), flat) for pattern, kind in _TITLES)
    titles = [(match.start(), match, kind) for match, kind in matches if match]
    if not titles:
        return None
    _, match, kind = min(titles, key=lambda title: title[0])
    return _Named(kind, re.sub(r"\s+", " ", match["of"]).strip(), re.sub(r"\s+", " ", match.group()).strip())


def _form(document: Document, named: _Named | None) -> Form:
    if _SALUTATION.search(document.opening):
        return Form.LETTER
    if named:
        return Form.REPORT
    if _THEMATIC.search(document.opening):
        return Form.THEMATIC
    return Form.REPORT if document.media_type == "application/pdf" else Form.ARTICLE


def _mentioned_kind(document: Document) -> Kind | None:
    if _THEMATIC.search(document.opening):
        return None
    return next((kind for pattern, kind in _MENTIONED_KINDS if pattern.search(document.text[:ARTICLE_OPENING])), None)


def _authority(document: Document, named: _Named | None, form: Form) -> str | None:
    """Return the authority: the one in the title or, for an article, the one that it is clearly about."""
    if named:
        known = mentions(named.authority)
        if known or document.pictured:
            return known[0].name if known else None
        return _bare(named.authority)
    if form is Form.THEMATIC:
        return None
    counts = Counter(mention.name for mention in mentions(document.text))
    if not counts:
        return _authority_in_heading(document)
    name, most = counts.most_common(1)[0]
    early = {mention.name for mention in mentions(document.text[:_EARLY])}
    return name if name in early and most >= _MOST_MENTIONS * counts.total() else None


def _authority_in_heading(document: Document) -> str | None:
    """Return an authority that is not in our list, if "Council" or "children's services" follows its name."""
    pattern = r"\b((?:[A-Z][a-z]+[ -])*[A-Z][a-z]+) (?:Council|County Council|Borough Council|children[’']s services)\b"
    counts = Counter(_bare(name.group(1)) for name in re.finditer(pattern, document.text[:ARTICLE_OPENING]))
    return counts.most_common(1)[0][0] if counts else None


def _bare(body: str) -> str:
    """Return the name of an authority without words such as "council" and "borough of"."""
    return canonical(re.sub(r"\s+", " ", _BODY_WORDS.sub(" ", body)).strip(" ,:-–"))


def _inspected(opening: str, form: Form, written: date | None) -> tuple[date, date] | None:
    flat = re.sub(r"\s+", " ", opening)
    if form is Form.LETTER:
        days = _LETTER_DATES.search(flat[flat.find("Dear") :])
        return find_range(days.group(1), written) if days else None
    if form is Form.REPORT:
        days = _VISIT_DATES.search(flat)
        return find_range(days.group(1)) if days else None
    return None


def _letter_date(opening: str) -> date | None:
    """Return the date of a letter, from a line before the salutation that contains little else."""
    salutation = _SALUTATION.search(opening)
    for line in opening[: salutation.start() if salutation else 0].splitlines():
        day = DATE.search(line)
        if day and len(line.strip()) - len(day.group()) < _BESIDE_DATE:
            return find_date(line)
    # In the file, the letterhead may come after the text.
    return next((find_date(line) for line in opening.splitlines() if DATE.fullmatch(line.strip())), None)


def _published(opening: str, written: date | None, file: str, visited: date | None) -> tuple[date | None, str | None]:
    """Return the date of publication and its source. A printed date before the visit is a misprint and is left out."""
    label = _PUBLISHED.search(opening)
    for printed in (find_date(label.group(1)) if label else None, written):
        if printed and (visited is None or printed >= visited):
            return printed, "text"
    return _published_by_name(file)


def _published_by_name(file: str) -> tuple[date | None, str | None]:
    named = _FILE_DATE.search(file.rsplit(".", 1)[0])
    if named and (from_name := find_date(" ".join(named.groups()))):
        return from_name, _FILE_NAME
    return None, None


def _shown_title(document: Document, named: _Named | None) -> str:
    heading = next((b for b in document.blocks if b.kind is BlockKind.HEADING), None)
    words = document.text[heading.start : heading.end] if heading else None
    first = textwrap.shorten(document.text.split("\n", 1)[0], _OPENING_LENGTH, placeholder=" …")
    title = (named.title if named else None) or document.title or words or first
    if named and not named.title.lower().startswith(_TITLE_STARTS):
        title = f"{named.authority}: {_TITLES_BY_KIND[named.kind]}"
    return re.sub(r"\s+", " ", title)[:_TITLE_LENGTH]
