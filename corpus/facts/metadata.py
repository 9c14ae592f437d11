"""Puts the facts about a report together from its own text. It never guesses a fact."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.dates import readable_dates
from corpus.facts.article_facts import follows_judgement, visit_of
from corpus.facts.days.publication import day_alone, find_issue, published_by_name
from corpus.facts.days.visit_days import Title, find_visit_days, has_own_days
from corpus.facts.inspection_titles import TITLED_KINDS, NamedInspection, find_title, is_paper_about, shown_title
from corpus.facts.inspectors import find_lead_inspector
from corpus.facts.kinds import FoundKind, find_kind, is_own_account, judgements_of
from corpus.facts.letter_facts import is_letter, written_on
from corpus.facts.named_authority import SEVERAL_AREAS, find_authority
from corpus.facts.post_holder import find_post_holder
from corpus.facts.report_days import FILE_NAME
from corpus.facts.stated_outcomes import all_judgements
from corpus.graded_areas import is_same_area, missing_areas
from corpus.grades import framework_of, grading_of
from corpus.lists.improvements import read_lists
from corpus.measures import ARTICLE_OPENING
from corpus.types import OWN_ACCOUNT, REPORT_ID_LENGTH, BlockKind, Document, Form, Judgement, Kind, Report

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
_FULL_INSPECTION = re.compile(
    r"\b(?:full|standard|short|graded) inspection\b|\bILACS\b|"
    r"\binspection of (?:(?:[\w’'-]+ ){0,10}children[’']s (?:social care )?services|services for children)\b",
    re.IGNORECASE,
)
"""Words in running text for an inspection of all services."""
_INSPECTORS = re.compile(r"\b(?:Ofsted|inspectors?)\b", re.IGNORECASE)
_SAID = re.compile(r"[”\"]\s*(?:said|says|added|adds)\b|\b(?:said|says|added|adds)\b[:,]?\s+[“\"]")
"""Words that say who said what, as in news. A report also says what many people said."""
_THEMATIC = re.compile(
    rf"\bthematic (?:inspection|report|review|survey)|\bsurvey report\b|{SEVERAL_AREAS}", re.IGNORECASE
)


def renamed(report: Report, file: str) -> Report:
    """Return the facts of a report under a new file name.

    If the date of publication came from the old name, it changes too.
    """
    if report.file == file:
        return report
    published, source = report.published, report.published_source
    if source in (None, FILE_NAME):
        published, source = published_by_name(file)
    return replace(report, file=file, published=published, published_source=source)


def describe(document: Document, *, file: str, sha256: str) -> Report:
    """Read the facts of a report from its text. Only the date of publication may come from the file's name.

    From pages that were read from pictures, we take no dates, grades or names of people, because any of their
    characters may be wrong. An authority must be one that we know.
    """
    whole = replace(document, opening=f"{document.pictured}\n{document.opening}".strip())
    typed = _without_pictures(document)
    opening = readable_dates(document.opening)
    other = find_kind(whole.opening, TITLED_KINDS)
    named = find_title(whole)
    if named and other and is_paper_about(other, named):
        named = None
    other = None if named else other
    form = _form(whole, named, other)
    kind = named.kind if named else other.kind if other else _mentioned_kind(whole, form)
    written = written_on(opening) if form is Form.LETTER else None
    visited, words = find_visit_days(typed, opening, form, written, other, _title_line(document, named, other))
    dated = day_alone(opening) if form is Form.ARTICLE else written
    published, source, replaces = find_issue(opening, dated, file, visited[1] if visited else None, other)
    own = form in OWN_ACCOUNT and is_own_account(kind)
    recognised = tuple(page.number for page in document.recognised)
    judgements = tuple(j for j in _judgements(document, form, kind, other) if j.page not in recognised)
    day = visited[1] if visited else published
    improvements, unread = read_lists(document) if own else ((), ())
    holder = find_post_holder(typed, form, kind)
    return Report(
        id=sha256[:REPORT_ID_LENGTH],
        file=file,
        title=shown_title(whole, named),
        form=form,
        media_type=document.media_type,
        page_count=len(document.pages),
        sha256=sha256,
        authority=find_authority(whole, named, form, other),
        kind=kind,
        framework=framework_of(kind, form),
        inspected_from=visited[0] if visited else None,
        inspected_to=visited[1] if visited else None,
        inspected_as=words,
        published=published,
        published_source=source,
        replaces=replaces,
        lead_inspector=find_lead_inspector(typed, form) if own else None,
        post_holder=holder.name if holder else None,
        post_held=holder.post if holder else None,
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


def _title_line(document: Document, named: NamedInspection | None, other: FoundKind | None) -> Title | None:
    """Return the kind that the title of an inspection or a peer challenge names, and the line of the title.

    None if there is no such title, or if any words on the first pages were read from pictures.
    """
    if document.pictured:
        return None
    if other:
        return (other.kind, other.line) if other.entry.own or other.entry.days else None
    return (named.kind, named.line) if named else None


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


def _without_pictures(document: Document) -> Document:
    """Return a document for finding dates and names.

    If pages were read from pictures, it has only the first and last pages that were typed.
    """
    if not document.recognised:
        return document
    ends = f"{document.opening}\n{document.closing}".strip()
    return replace(document, text=ends, blocks=(), lines=(), judgements=())


def _judgements(document: Document, form: Form, kind: Kind | None, other: FoundKind | None) -> tuple[Judgement, ...]:
    """Return the grades that a report gives. A paper that repeats the grades of another report gives none."""
    if other and _has_scale(other) and (document.judgements or document.unread_grades):
        return document.judgements  # the table says which column is for this inspection, and running text does not
    if other:
        return judgements_of(document, other.entry)
    return all_judgements(document, kind) if form in OWN_ACCOUNT else document.judgements


def _has_scale(other: FoundKind) -> bool:
    return bool(other.entry.scale) and other.entry.own


def _form(document: Document, named: NamedInspection | None, other: FoundKind | None) -> Form:
    if is_letter(document.opening):
        return Form.LETTER
    own_days = other and other.entry.own and has_own_days(readable_dates(document.opening))
    if named or own_days or (other and other.names_itself):
        return Form.REPORT
    if _THEMATIC.search(document.opening):
        return Form.THEMATIC
    return Form.REPORT if document.media_type == "application/pdf" and not _is_news(document) else Form.ARTICLE


def _is_news(document: Document) -> bool:
    """Return whether a text without a report's title is news about inspectors: it has a date and says who said what."""
    about = _INSPECTORS.search(document.opening) and day_alone(readable_dates(document.opening))
    return bool(about and _SAID.search(document.text[:ARTICLE_OPENING]))


def _mentioned_kind(document: Document, form: Form) -> Kind | None:
    """Return the kind that a letter or an article mentions first.

    For a report, or a text that gives the days of its own inspection, only the title counts.
    """
    if _THEMATIC.search(document.opening) or form is Form.REPORT or has_own_days(readable_dates(document.opening)):
        return None
    text = "\n".join(_sentences_of(document))
    found = [(match.start(), kind) for pattern, kind in _MENTIONED_KINDS if (match := pattern.search(text))]
    first, kind = min(found, default=(0, None))
    # A text about a full inspection often mentions an earlier visit.
    return None if _FULL_INSPECTION.search(text[:first]) else kind


def _sentences_of(document: Document) -> Iterator[str]:
    """Yield the start of a text without its tables, which may list other inspections."""
    for block in document.blocks:
        if block.kind is not BlockKind.TABLE and block.start < ARTICLE_OPENING:
            yield document.text[block.start : min(block.end, ARTICLE_OPENING)]
