"""Warnings about a report that could be read: missing or contradictory facts, and text that may be broken.

``qa-service reports --check`` shows them. Each warning is one or two sentences that say what is wrong and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.dates import in_words
from corpus.facts.kinds import entry_of, is_own_account
from corpus.lists.improvements import unread_lists
from corpus.names.authorities import known_authorities
from corpus.note_marks import RAISED
from corpus.types import OWN_ACCOUNT, BlockKind, Document, Form, Grading, Report, SecondReading

_SENTENCE_END = re.compile(rf"[.:;!?…)][’”\"'\])]*[\d{RAISED}]{{0,2}}$")


def warnings_of(document: Document, report: Report) -> tuple[str, ...]:
    """Return the warnings about one report, in the order in which a person should deal with them."""
    return (*document.warnings, *_facts(report), *_judgements(report), *_lists(document, report), *_text(document))


def _facts(report: Report) -> Iterator[str]:
    inspects = report.form in OWN_ACCOUNT and is_own_account(report.kind)
    about_authority = report.kind is None or entry_of(report.kind).about == "authority"
    if report.authority is None and report.form is not Form.THEMATIC and about_authority:
        yield (
            "No authority was recognised, so questions about an authority miss this report. "
            "Name it in a facts file (.toml)."
        )
    elif report.authority and report.authority not in {authority.name for authority in known_authorities()}:
        yield (
            f"“{report.authority}” is not in the list of authorities. "
            "If the name is wrong, correct it in a facts file (.toml)."
        )
    if inspects and report.kind is None:
        yield "The type of inspection was not recognised. Give it in a facts file (.toml)."
    if report.inspected_as:
        yield (
            f"The report gives only “{report.inspected_as}” as the time of the inspection. "
            "If you know the days, give them in a facts file (.toml)."
        )
    if inspects and report.inspected_from is None:
        yield "The dates of the inspection were not found. Give them in a facts file (.toml)."
    if report.published is None:
        yield "No date of publication is in the text or at the end of the file's name. Give it in a facts file (.toml)."
    elif report.inspected_to and report.published < report.inspected_to:
        published, inspected = in_words(report.published), in_words(report.inspected_to)
        yield (
            f"The date of publication, {published}, is before the inspection's last day, {inspected}. "
            "Correct the wrong date in a facts file (.toml)."
        )


def _judgements(report: Report) -> Iterator[str]:
    if report.grading is Grading.UNREADABLE:
        yield "The report prints a table of grades that could not be read. Give the grades in a facts file (.toml)."
    elif report.missing_areas:
        areas = ", ".join(f"“{area}”" for area in report.missing_areas)
        grades, them = ("the grade", "it") if len(report.missing_areas) == 1 else ("the grades", "them")
        yield (
            f"Inspections of this type grade {areas}, but {grades} could not be read. "
            f"If the report prints {them}, give all the report’s grades in a facts file (.toml)."
        )
    elif report.grading is Grading.NOT_PRINTED and report.form is Form.REPORT:
        yield (
            "No grades were found, but such inspections give them. "
            "If the report prints any, give them in a facts file (.toml)."
        )


def _lists(document: Document, report: Report) -> Iterator[str]:
    for unread in unread_lists(document) if report.unread_lists else ():
        read = "none of the items" if not unread.items else f"only {unread.items} of the items, or parts of them,"
        yield (
            f"The list “{unread.section}” on page {unread.page} could not be read as a whole: {read} were found. "
            "Check the list in the report."
        )


def _text(document: Document) -> Iterator[str]:
    texts = [(block, document.text[block.start : block.end]) for block in document.blocks]
    if len(document.pages) > 1 and not any(block.kind is BlockKind.HEADING for block, _ in texts):
        yield "No headings were found, so quotes from this report have no section. Compare its text with the file."
    body = [(block, text) for block, text in texts if block.kind is not BlockKind.FOOTNOTE]
    broken = sum(
        block.kind is BlockKind.PARAGRAPH and text[:1].islower() and not _SENTENCE_END.search(before)
        for (_, before), (block, text) in pairwise(body)
    )
    if broken:
        paragraphs = "1 paragraph" if broken == 1 else f"{broken} paragraphs"
        yield f"{paragraphs} may be broken in two. Compare the report's text with the file."
    numbers = [int(block.label) for block, _ in texts if block.label and block.label.isdigit()]
    jumps = [f"{number} to {following}" for number, following in pairwise(numbers) if 0 < number < following - 1]
    if jumps:
        yield f"Paragraph numbers jump from {', from '.join(jumps[:3])}. Check that no text is missing."


def second_reading_warnings(readings: Sequence[SecondReading]) -> tuple[str, ...]:
    """Return the warnings about the pages that a second program reads differently or cannot read.

    A page gets no warning if it differs only outside sentences. ``readings`` are the readings of all pages, in order.
    """
    pages = list(enumerate(readings, 1))
    return tuple(_differences(pages, one_page=len(pages) == 1))


def _differences(pages: Sequence[tuple[int, SecondReading]], *, one_page: bool) -> Iterator[str]:
    problems: dict[str, list[int]] = {}
    for number, reading in pages:
        where = "in this file" if one_page else f"on page {number}"
        if reading.contradicted:
            count, them = _sentences(reading.contradicted)
            yield (
                f"A second program reads different words in {count} {where}. Answers do not quote {them}. "
                "Compare the text with the file."
            )
        if reading.unconfirmed and not (reading.problem and not reading.text):
            count, them = _sentences(reading.unconfirmed)
            why = f" ({reading.problem})" if reading.problem else ""
            yield f"A second program did not find {count} {where}{why}. Answers that quote {them} say so."
        elif reading.problem:
            problems.setdefault(reading.problem, []).append(number)
    for problem, numbers in problems.items():
        what = "this file" if one_page else f"page{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}"
        yield f"A second program could not read {what}: {problem}. Answers that quote from there say so."


def _sentences(count: int) -> tuple[str, str]:
    return ("1 sentence", "it") if count == 1 else (f"{count} sentences", "them")
