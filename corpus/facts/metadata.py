"""Reads the facts about a report from its own text: title, authority, form, kind and dates. It never guesses a fact."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from corpus.dates import DATE, DAY, MONTH, STRETCH, find_date, find_range, find_week_or_month, in_letters, is_american
from corpus.facts.article_facts import follows_judgement, visit_of, visited_on
from corpus.facts.inspectors import find_lead_inspector
from corpus.facts.kinds import FoundKind, any_words, find_kind, head_lines, is_own_account, judgements_of
from corpus.facts.report_days import OTHER_DATE
from corpus.facts.stated_outcomes import all_judgements
from corpus.facts.visit_titles import BODY_WORDS, find_visit_title, only_labels
from corpus.graded_areas import is_same_area, missing_areas
from corpus.grades import framework_of, grading_of
from corpus.lists.improvements import read_lists
from corpus.measures import ARTICLE_OPENING
from corpus.names.authorities import canonical, mentions
from corpus.types import OWN_ACCOUNT, REPORT_ID_LENGTH, BlockKind, Document, Form, Judgement, Kind, Report

_SERVICES = r"(?:’s|'s)? (?:local authority )?children[’']s (?:social care )?services"
_BODY_FIRST = r"(?:^|\n)(?!(?:the )?(?:report|outcome|findings|results?|letter|summary)\b)(?P<of>[^\d\n].{2,80}?)\s"
"""The name of the authority on the lines above the inspection, as printed on older title pages."""
_NO_COLON = r"(?<![:–—]\s)(?<!\s-\s)"
_NOT_SERVICES = r"(?!services|local authority|children)"
_LOOKED_AFTER = (
    r"(?:Re-?)?inspection of (?:services for looked[- ]after children(?: and care leavers)?|"
    r"safeguarding and looked[- ]after children(?:[’']s)? services)"
)
_TITLES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), kind)
    for pattern, kind in (
        (r"Area SEND inspection of (?P<of>.{3,70}?) Local Area Partnership", Kind.AREA_SEND),
        (r"Joint (?:targeted )?area .{0,40}?inspection of (?P<of>[^.\n]{3,80})", Kind.JOINT_TARGETED),
        (r"Joint (?:local )?area SEND (?:inspection|revisit) (?:of|in|to) (?P<of>[^.\n]{3,80})", Kind.AREA_SEND),
        (r"Monitoring visit (?:of|to) (?P<of>" + _NOT_SERVICES + ".{3,80}?)" + _SERVICES, Kind.MONITORING_VISIT),
        (r"Focus+ed visit (?:of|to) (?P<of>" + _NOT_SERVICES + ".{3,80}?)" + _SERVICES, Kind.FOCUSED_VISIT),
        (r"Focus+ed visit (?:of|to) (?P<of>" + _NOT_SERVICES + r"[^.\n]{3,60})", Kind.FOCUSED_VISIT),
        (r"Inspection of (?P<of>" + _NOT_SERVICES + ".{3,70}?)" + _SERVICES, Kind.ILACS),
        (r"Inspection of (?P<of>" + _NOT_SERVICES + r"[^.\n]{3,60}? Trust)\b", Kind.ILACS),
        (_BODY_FIRST + r"(?:Re-?)?inspection of services for children in need of help and", Kind.SINGLE_INSPECTION),
        (_BODY_FIRST + _LOOKED_AFTER, Kind.LOOKED_AFTER),
        (_LOOKED_AFTER + r"(?: in| for|:) (?P<of>[^.\n]{3,80})", Kind.LOOKED_AFTER),
        (_BODY_FIRST + r"Review of the effectiveness of the Local Safeguarding", Kind.LSCB_REVIEW),
        (
            _BODY_FIRST
            + _NO_COLON
            + r"(?:Re-?)?inspection of (?:local authority )?children[’']s (?:social care )?services",
            Kind.ILACS,
        ),
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
_VISIT_DATES = (
    r"(?:re-?)?inspection dates?|dates? of (?:the )?(?:re-?)?(?:inspection|(?:focused |monitoring |site )?visit|review)"
    r"(?: visits?)?|(?:visit|fieldwork|on-?site|review) dates?"
)
_LOOSE_VISIT_DATES = r"inspected (?:on|between|from)|inspection period|period of (?:the )?inspection"
"""Labels that may also be about another inspection or about data. They count only if no usual label has days."""
_BARE_LABEL = re.compile(
    r"^\W*(?-i:(?=[A-Z]))(?:(?:ofsted )?(?:re-?)?inspect(?:ed|ion)|visited)"
    r"(?: (?:was )?(?:took place|held|carried out))?[ \t]*"
    rf"(?::|(?=[ \t](?:w/?c|week (?:commencing|beginning)|{DAY}\s*(?:{MONTH}|[-‐‑‒–—―−/.&,]|to|and|until|of))))",
    re.IGNORECASE | re.MULTILINE,
)
"""A single word at the start of a line that is a label because a day follows it: "Inspected Monday 9th – Friday"."""
_OTHER_DATES = re.compile(r"\b(?:previous|last|earlier|next|first|before)(?: \w+)?\s*$", re.IGNORECASE)
"""Words before a label which show that its dates are those of another inspection."""
_AFTER_LABEL = 90
"""Number of characters after a label that we search for dates. Chosen by eye."""
_BEFORE_DATES = re.compile(r"(?:[^\w?]|\b(?:from|between|on|the|and|start(?:ed)?|team)\b){0,12}", re.IGNORECASE)
"""Text that may come between a label and its dates. Any other words belong to a sentence about something else."""
_LETTER_DATES = re.compile(
    r"(?:visit|inspection)\b(?:(?!\b(?:publish|replac|supersed|(?:re)?issued|amend|correct(?:ed|ion)))[^.]){0,120}?"
    r"\b(?:on|between|from)\s+([^.]{5,90})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:(?:report )?published(?: date)?\b|(?:date of publication|publication date|date published)\b)"
    r"\s*+(?:on\b)?\s*+[:–—-]?\s*+(?:on\b)?\s*+(?=(.{6,40}))",
    re.IGNORECASE,
)
_OWN_LABEL = re.compile(
    r"(?:^|[:|•·(])\W*$|"
    r"\b(?:this|(?:inspection )?report|letter|page|news|article|document)\s+(?:(?:was|is|has been|will be)\s+)?"
    r"(?:first\s+|last\s+)?$",
    re.IGNORECASE,
)
"""Words before "published" which show that the date is that of this report, and not of a plan that it mentions."""
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
"""What comes before words at the start of a line or sentence, with or without an article."""
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
"""Words before "published on" which show that the date is that of another issue of the report. A line that starts with
a capital letter does not continue the line before it."""
_BEFORE_LABEL = 150
"""Number of characters before "published" that we search for such words. Chosen by eye."""
_ADDRESS_LINE = re.compile(r"^(?:(?:source|url|link|from)\s*:\s*)?<?https?://\S+$", re.IGNORECASE)
_FILE_DATE = re.compile(r"(\d{1,2})[-_ ]([a-z]{3,9})[-_ ](20\d\d)$", re.IGNORECASE)
_SALUTATION = re.compile(r"^Dear\b", re.MULTILINE)
_THEMATIC = re.compile(
    r"\bthematic (?:inspection|report|review|survey)|\bsurvey report\b|"
    r"\b(?:visited|visits to|across|in) (?:\w+ ){0,2}(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) "
    r"local (?:authorit(?:y|ies)|areas)\b",
    re.IGNORECASE,
)
_NEAR_TITLE = 2
"""Words for another kind of paper count if they are within this many lines below a title. Chosen by eye."""
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
"""An article is about an authority if at least this share of its mentions of authorities refer to it. Chosen by eye."""
_BESIDE_DATE = 12
"""A date in a letter is the letter's own date if its line has fewer other characters than this. Chosen by eye."""
_PROVIDER = re.compile(
    r"^\W*(?:registered provider|name of (?:registered )?provider|provider(?: name)?|run by|owned by)\b\W*(.{3,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_COUNCIL = re.compile(
    r"\b(?:council|borough of|local authority|city of|children[’']s trust|children first)\b", re.IGNORECASE
)
"""Words which show that a name is that of a council, and not of a company that is named after its town."""
_COUNCIL_NAME = re.compile(r"\([^)]*\)|\b(?:county|city|borough|metropolitan|district|safeguarding.*)$", re.IGNORECASE)
_PLACE = re.compile(
    r"(?!.*\b(?:limited|ltd|homes?|housing|association|school|university|police|trust|centre|service)\b)"
    r"(?-i:[A-Z])[\w’'-]*(?: (?:and|of|upon|on|the|under|with|(?-i:[A-Z])[\w’'-]*)){0,5}",
    re.IGNORECASE,
)
"""Matches a name that may be that of an authority, and not of a company."""
_POSTCODE = re.compile(r"[^.\n]{0,40}\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
"""Matches the rest of a line that ends in an address."""
_MANY = re.compile(
    r"\b(?:councils|(?:local )?authorities|England|English|nationally|nationwide|across the country)\b", re.IGNORECASE
)
"""Words in a text that is about many authorities."""
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
class _Named:
    """The facts in a title."""

    kind: Kind
    authority: str
    """The authority, as printed, or "" if the title has none."""
    title: str
    line: int
    """Index of the line that names the kind, among the lines with text."""


_FILE_NAME = "file name"
"""Source of a date of publication that appears only in the file's name."""
_FOUND_HERE = frozenset(kind for _, kind in _TITLES) | {Kind.SHORT}
"""The kinds whose titles are in this module."""


def renamed(report: Report, file: str) -> Report:
    """Return the facts of a report under a new file name.

    If the date of publication came from the old name, it changes too.
    """
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
    whole = replace(document, opening=f"{document.pictured}\n{document.opening}".strip())
    typed = _without_pictures(document)
    opening = _readable_dates(document.opening)
    other = find_kind(whole.opening, _FOUND_HERE)
    named = _title(whole)
    if named and other and _is_paper_about(other, named):
        named = None
    other = None if named else other
    form = _form(whole, named, other)
    kind = named.kind if named else other.kind if other else _mentioned_kind(whole, form)
    written = _letter_date(opening) if form is Form.LETTER else None
    visited, words = _visited(typed, opening, form, written, other)
    published, source, replaces = _issued(opening, written, file, visited[1] if visited else None, other)
    own = form in OWN_ACCOUNT and is_own_account(kind)
    recognised = tuple(page.number for page in document.recognised)
    judgements = tuple(j for j in _judgements(document, form, kind, other) if j.page not in recognised)
    day = visited[1] if visited else published
    improvements, unread = read_lists(document) if own else ((), ())
    return Report(
        id=sha256[:REPORT_ID_LENGTH],
        file=file,
        title=_shown_title(whole, named),
        form=form,
        media_type=document.media_type,
        page_count=len(document.pages),
        sha256=sha256,
        authority=_authority(whole, named, form, other),
        kind=kind,
        framework=framework_of(kind, form),
        inspected_from=visited[0] if visited else None,
        inspected_to=visited[1] if visited else None,
        inspected_as=words,
        published=published,
        published_source=source,
        replaces=replaces,
        lead_inspector=find_lead_inspector(typed, form) if own else None,
        judgements=judgements,
        grading=grading_of(judgements, kind, form, unread=document.unread_grades or bool(other and other.entry.scale)),
        missing_areas=_missing_areas(document, judgements, kind, form, day),
        not_judged=document.not_judged if form in OWN_ACCOUNT else (),
        improvements=improvements,
        unread_lists=tuple(unread.section for unread in unread),
        source_url=document.source_url,
        visit=visit_of(document.text) if form is Form.ARTICLE else None,
        follows_judgement=follows_judgement(typed.text) if form is Form.ARTICLE else None,
        recognised=recognised,
        converted=hashlib.sha256(document.converted).hexdigest() if document.converted else None,
    )


def _is_paper_about(other: FoundKind, named: _Named) -> bool:
    """Return whether a text has the title of an inspection but is a paper about it, such as a committee paper.

    Words such as "scrutiny panel" in a line well below the title do not make a text such a paper.
    """
    if other.line < named.line:
        return True
    return not other.entry.own and (other.names_itself or other.line <= named.line + _NEAR_TITLE)


def _missing_areas(
    document: Document, judgements: Sequence[Judgement], kind: Kind | None, form: Form, day: date | None
) -> tuple[str, ...]:
    """Return the areas whose grade we could not read, although the report should grade them or has a row for them."""
    read = [*(judgement.area for judgement in judgements), *document.not_judged]
    expected = missing_areas(read, kind, form, day, document.opening)
    seen = (
        area
        for area in document.unread_areas
        if not any(is_same_area(area, name) or name.lower().startswith(area.lower()) for name in expected)
    )
    return (*expected, *seen)


def _title(document: Document) -> _Named | None:
    """Return the facts given by the first title at the start of a report or letter. An article has no such title."""
    lines = [line.strip() for line in document.opening.splitlines() if line.strip()]
    flat = re.sub(r"\s+", " ", " ".join(lines[:_FLAT_LINES]))
    head = lines[:_HEAD_LINES]
    if document.media_type in ("text/plain", "text/html", "text/markdown") and not _SALUTATION.search(document.opening):
        # Only the first line of running text may be a title, because the rest often mentions other visits and
        # inspections.
        head = [line.lstrip("# ") for line in lines if not _ADDRESS_LINE.match(line)][:1]
        flat = " ".join(head)
    matches = ((pattern.search(text), kind) for text in ("\n".join(head), flat) for pattern, kind in _TITLES)
    titles = [
        (match.start(), kind, match["of"], match.group())
        for match, kind in matches
        if match and not only_labels(match["of"])
    ]
    if visit := find_visit_title(head if len(head) == 1 else lines[:_FLAT_LINES], _HEAD_LINES):
        titles.insert(0, (visit.start, visit.kind, visit.authority, visit.title))
    if not titles:
        return None
    _, kind, body, printed = min(titles, key=lambda title: title[0])
    title = " ".join(printed.split())
    before = " ".join(lines).find(title)
    line = len(_lines_before(lines, before)) if before > 0 else 0
    return _Named(kind, " ".join(body.split()), title, line)


def _lines_before(lines: list[str], offset: int) -> list[str]:
    """Return the lines that end before an offset in the text that they make when joined with spaces."""
    ends = accumulate(len(line) + 1 for line in lines)
    return [line for line, end in zip(lines, ends, strict=True) if end <= offset]


def _without_pictures(document: Document) -> Document:
    """Return a document for finding dates and names. If pages were read from pictures, only its typed ends are left."""
    if not document.recognised:
        return document
    ends = f"{document.opening}\n{document.closing}".strip()
    return replace(document, text=ends, blocks=(), lines=(), judgements=())


def _judgements(document: Document, form: Form, kind: Kind | None, other: FoundKind | None) -> tuple[Judgement, ...]:
    """Return the grades that a report gives. A paper that repeats the grades of another report gives none."""
    if other:
        return judgements_of(document, other.entry) or (document.judgements if _has_scale(other) else ())
    return all_judgements(document, kind) if form in OWN_ACCOUNT else document.judgements


def _has_scale(other: FoundKind) -> bool:
    return bool(other.entry.scale) and other.entry.own


def _form(document: Document, named: _Named | None, other: FoundKind | None) -> Form:
    if _SALUTATION.search(document.opening):
        return Form.LETTER
    if named or (other and other.names_itself):
        return Form.REPORT
    if _THEMATIC.search(document.opening):
        return Form.THEMATIC
    return Form.REPORT if document.media_type == "application/pdf" else Form.ARTICLE


def _mentioned_kind(document: Document, form: Form) -> Kind | None:
    """Return the kind that a letter or an article mentions first. For a report, only the title counts."""
    if _THEMATIC.search(document.opening) or form is Form.REPORT:
        return None
    return next((kind for pattern, kind in _MENTIONED_KINDS if pattern.search(document.text[:ARTICLE_OPENING])), None)


def _authority(document: Document, named: _Named | None, form: Form, other: FoundKind | None) -> str | None:
    """Return the authority: the one in the title or, for an article, the one that it is clearly about."""
    if other:
        return _authority_of_kind(document, other)
    if named and not named.authority:
        councils = (line for line in head_lines(document.opening) if _COUNCIL.search(line))
        return _one_of("\n".join(councils)) or _authority_of_text(document)
    if named:
        known = mentions(named.authority)
        if known or document.pictured:
            return _one_of(named.authority)
        return _bare(named.authority)
    if form is Form.THEMATIC:
        return None
    return _authority_of_text(document)


def _authority_of_kind(document: Document, other: FoundKind) -> str | None:
    """Return the authority of a report whose kind was found with the data file."""
    about = other.entry.about
    if about == "nation":
        return None
    if about != "authority":
        provider = _PROVIDER.search(document.opening)
        body = provider.group(1) if provider else other.name or ""
        return _one_of(body) if _COUNCIL.search(body) else None
    if other.name and mentions(other.name):
        return _one_of(other.name)
    # The words before a title may be any words, such as the name of a publisher.
    of_place = other.name and (other.title or "").endswith(other.name) and _PLACE.fullmatch(other.name)
    if other.name and (of_place or _COUNCIL.search(other.name)):
        return _bare(_COUNCIL_NAME.sub(" ", other.name))
    head = [line for line in head_lines(document.opening) if not _POSTCODE.search(line)]
    return _one_of("\n".join(head)) or _authority_of_text(document)


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
    name, most = counts.most_common(1)[0]
    early = {mention.name for mention in mentions(_early_sentences(document))}
    if name not in early or most < _MOST_MENTIONS * counts.total():
        return None
    in_title = any(mention.name == name for mention in mentions(_headline(document)))
    return name if in_title or most > len(_MANY.findall(document.text)) else None


def _headline(document: Document) -> str:
    heading = next((document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING), "")
    return "\n".join((document.title or "", heading, document.text.split("\n", 1)[0]))


def _early_sentences(document: Document) -> str:
    """Return the start of a text without rows and items, because a text is not about authorities that it lists."""
    listed = (BlockKind.TABLE, BlockKind.LIST_ITEM)
    blocks = (block for block in document.blocks if block.kind not in listed and block.start < _EARLY)
    return "\n".join(document.text[block.start : min(block.end, _EARLY)] for block in blocks)


def _authority_in_heading(document: Document) -> str | None:
    """Return the name that most often comes before "Council" or "children's services", if our list does not have it."""
    pattern = (
        r"\b((?:[A-Z][a-z]+[ -])*?[A-Z][a-z]+) (?:(?:(?:County|City|Borough|District|Metropolitan|Unitary) )*Council|"
        r"children[’']s services)\b"
    )
    opening = document.text[:ARTICLE_OPENING]
    after = r"\b[Cc]hildren[’']s services (?:in|at) ((?:[A-Z][a-z]+[ -])*[A-Z][a-z]+)\b"
    counts = Counter(
        _bare(name.group(1)) for expression in (pattern, after) for name in re.finditer(expression, opening)
    )
    if not counts:
        return None
    name, most = counts.most_common(1)[0]
    return name if most >= _MOST_MENTIONS * counts.total() else None


def _bare(body: str) -> str:
    """Return the name of an authority without words such as "council" and "borough of"."""
    return canonical(re.sub(r"\s+", " ", BODY_WORDS.sub(" ", body)).strip(" ,:-–"))


def _inspected(opening: str, form: Form, written: date | None) -> tuple[date, date] | None:
    flat = re.sub(r"\s+", " ", opening)
    if form is Form.LETTER:
        days = _LETTER_DATES.search(flat[flat.find("Dear") :])
        return find_range(days.group(1), written) if days else None
    return None


def _visited(
    document: Document, opening: str, form: Form, written: date | None, other: FoundKind | None
) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days of an inspection, and the printed words if they name only a week or a month."""
    if other and other.entry.dated:
        return None, None
    if form is Form.ARTICLE:
        return visited_on(document.text), None
    if form is Form.REPORT:
        return _report_days(opening, other.entry.days if other else ())
    return _inspected(opening, form, written), None


def _report_days(opening: str, labels: tuple[str, ...]) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days after a usual label or, if none has any, after a loose or a bare one.

    Kinds of report may have usual labels of their own.
    """
    usual = "|".join((_VISIT_DATES, *((any_words(labels),) if labels else ())))
    lines = opening.replace("(s)", "s")
    days, words = _labelled_days(lines, usual)
    if days:
        return days, words
    return _labelled_days(_BARE_LABEL.sub("\nInspection dates:", lines), f"{usual}|{_LOOSE_VISIT_DATES}")


def _labelled_days(lines: str, pattern: str) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days after the first label that has any, and their words if they name only a week or a month."""
    flat = re.sub(r"\s+", " ", lines)
    for label in re.finditer(rf"\b(?:{pattern})\b", flat, re.IGNORECASE):
        if _OTHER_DATES.search(flat[max(label.start() - 30, 0) : label.start()]):
            continue
        after = flat[label.end() : label.end() + _AFTER_LABEL]
        after = after[_BEFORE_DATES.match(after).end() :]  # type: ignore[union-attr] # it also matches nothing
        if span := find_week_or_month(after):
            return span[:2], span[2]
        if (stretch := STRETCH.match(after)) and (days := find_range(stretch.group())):
            return days, None
    return None, None


def _readable_dates(opening: str) -> str:
    """Return an opening with its dates in words instead of figures. If any date is American, all stay as they are."""
    return opening if is_american(opening) else in_letters(opening)


def _letter_date(opening: str) -> date | None:
    """Return the date of a letter: the date on a line before the salutation that contains little else."""
    salutation = _SALUTATION.search(opening)
    for line in opening[: salutation.start() if salutation else 0].splitlines():
        day = DATE.search(line)
        if day and len(line.strip()) - len(day.group()) < _BESIDE_DATE:
            return find_date(line)
    # The letterhead may come after the text in the file.
    return next((find_date(line) for line in opening.splitlines() if DATE.fullmatch(line.strip())), None)


def _issued(
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


def _is_own_issue(found: re.Match[str]) -> bool:
    """Return whether words such as "first published" are about this report, by the words before them."""
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
    if other and other.entry.dated and (day := _known_by(opening, other.entry.dated)):
        return day, OTHER_DATE
    return _published_by_name(file)


def _known_by(opening: str, labels: tuple[str, ...]) -> date | None:
    """Return the date after the first label that belongs to the report's kind and has a date."""
    flat = " ".join(opening.split())
    for label in re.finditer(rf"(?<!\w)(?:{any_words(labels)})(?!\w)\W{{0,5}}", flat, re.IGNORECASE):
        if day := _day_at(flat[label.end() :]):
            return day
    return None


def _day_at(text: str) -> date | None:
    """Return the date at the start of a text. "On", "the" or a colon may come before it."""
    start = _BEFORE_DATES.match(text)
    found = DATE.match(text, start.end() if start else 0)
    return find_date(found.group()) if found else None


def _labelled(opening: str) -> date | None:
    """Return the date after the first "published" that is about this issue of the report and has a date."""
    for label in _PUBLISHED.finditer(opening):
        before = opening[max(label.start() - _BEFORE_LABEL, 0) : label.start() + 1]
        line = before[:-1].rsplit("\n", 1)[-1]
        own = label.group()[:1].isupper() or ":" in label.group() or _OWN_LABEL.search(line)
        if own and not _OTHER_ISSUE.search(before) and (day := _day_at(label.group(1))):
            return day
    return None


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
    if (
        named
        and named.authority
        and named.kind in _TITLES_BY_KIND
        and not named.title.lower().startswith(_TITLE_STARTS)
    ):
        title = f"{named.authority}: {_TITLES_BY_KIND[named.kind]}"
    return re.sub(r"\s+", " ", title)[:_TITLE_LENGTH]
