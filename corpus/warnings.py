"""What a person should look at in a report that was read: facts missing or at odds, text that may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.authorities import known_authorities
from corpus.dates import in_words
from corpus.types import OWN_ACCOUNT, BlockKind, Document, Form, Grading, Report

_ENDED = re.compile(r"[.:;!?…)][’”\"'\])]*\d{0,2}$")


def warnings_of(document: Document, report: Report) -> tuple[str, ...]:
    """Warnings on one report, in the order in which a person would mend them."""
    return (*document.warnings, *_facts(report), *_judgements(report), *_text(document))


def _facts(report: Report) -> Iterator[str]:
    inspects = report.form in OWN_ACCOUNT
    if report.authority is None and report.form is not Form.THEMATIC:
        yield "no authority was recognised: it will not be found by name"
    elif report.authority and report.authority not in {authority.name for authority in known_authorities()}:
        yield f"“{report.authority}” is in no list of authorities: check the name"
    if inspects and report.kind is None:
        yield "the kind of inspection was not recognised"
    if inspects and report.inspected_from is None:
        yield "no dates of the inspection were found"
    if report.published is None:
        yield "no date of publication was found, in the text or at the end of the file's name"
    elif report.inspected_to and report.published < report.inspected_to:
        said = f"published {in_words(report.published)}, inspected until {in_words(report.inspected_to)}"
        yield f"the dates are at odds: {said}"


def _judgements(report: Report) -> Iterator[str]:
    if report.grading is Grading.UNREADABLE:
        yield "a table of grades is printed and could not be read"
    elif report.grading is Grading.NOT_PRINTED and report.form is Form.REPORT:
        yield "no grades were found, though inspections of its kind give them"


def _text(document: Document) -> Iterator[str]:
    texts = [(block, document.text[block.start : block.end]) for block in document.blocks]
    if len(document.pages) > 1 and not any(block.kind is BlockKind.HEADING for block, _ in texts):
        yield "no headings were found: its passages have no sections"
    body = [(block, text) for block, text in texts if block.kind is not BlockKind.FOOTNOTE]
    broken = sum(
        block.kind is BlockKind.PARAGRAPH and text[:1].islower() and not _ENDED.search(before)
        for (_, before), (block, text) in pairwise(body)
    )
    if broken:
        yield f"{broken} paragraph{'s' if broken > 1 else ''} may be broken in two"
    labels = [int(block.label) for block, _ in texts if block.label and block.label.isdigit()]
    jumps = [f"{one} to {two}" for one, two in pairwise(labels) if two > one + 1 and one > 0]
    if jumps:
        yield f"paragraph numbers jump from {', from '.join(jumps[:3])}"
