"""The facts of a report as answers state them, and the words in which the report prints them.

Answering and verification both use this module, so that they follow the same rules.
"""

from __future__ import annotations

from corpus.facts.printed_facts import Span, find_day, find_days, find_name, find_name_and_post
from corpus.facts.report_days import OTHER_DATE, inspected_words, published_words
from corpus.types import Form, Report
from qa_service.types import FactName

_PRINTED = ("text", OTHER_DATE)
"""The sources of a date that is printed in the report."""


def find_fact(text: str, report: Report, name: FactName) -> Span | None:
    """Return the span in a text that states a fact about a report. None if the text does not state it."""
    if name is FactName.LEAD_INSPECTOR:
        return find_name(text, report.lead_inspector) if report.lead_inspector else None
    if name is FactName.POST_HOLDER:
        return find_name_and_post(text, report.post_holder, report.post_held) if report.post_holder else None
    if name is FactName.PUBLISHED:
        return find_day(text, report.published) if report.published and report.published_source in _PRINTED else None
    if report.inspected_as:
        return find_name(text, report.inspected_as)
    first, last = report.inspected_from or report.inspected_to, report.inspected_to or report.inspected_from
    return find_days(text, first, last, report.published) if first and last else None


def fact_value(report: Report, name: FactName) -> str:
    """Return a fact in the form used in the JSON. Empty if the report does not give it."""
    if name is FactName.LEAD_INSPECTOR:
        return report.lead_inspector or ""
    if name is FactName.POST_HOLDER:
        return ", ".join(filter(None, (report.post_holder, report.post_held)))
    if name is FactName.PUBLISHED:
        return report.published.isoformat() if report.published else ""
    days = [day.isoformat() for day in (report.inspected_from, report.inspected_to) if day]
    return "/".join(dict.fromkeys(days))


def is_only_signed(report: Report) -> bool:
    """Whether we know the lead inspector only from the signature of the letter, which names no leader."""
    return report.form is Form.LETTER and bool(report.lead_inspector) and "lead_inspector" not in report.corrected


def fact_text(report: Report, name: FactName) -> str:
    """Return a fact in words, to show to a person: "Inspected: 6 to 7 February 2024"."""
    if name is FactName.LEAD_INSPECTOR:
        label = "Signed by" if is_only_signed(report) else "Lead inspector"
        return f"{label}: {report.lead_inspector or 'the report gives no name'}"
    if name is FactName.POST_HOLDER:
        named = "Addressed to" if report.form is Form.LETTER else "Named for the local authority"
        return f"{named}: {fact_value(report, name) or 'the report gives no name'}"
    if name is FactName.PUBLISHED:
        return f"Published: {published_words(report, '') or 'the report gives no date'}"
    return f"Inspected: {inspected_words(report) or 'the report gives no date'}"


def fact_source(report: Report, name: FactName) -> str:
    """Return where a fact comes from: "text", "file name" or "sidecar"."""
    fields = {
        FactName.LEAD_INSPECTOR: ("lead_inspector",),
        FactName.POST_HOLDER: ("post_holder", "post_held"),
        FactName.PUBLISHED: ("published",),
        FactName.INSPECTED: ("inspected_from", "inspected_to"),
    }
    if any(field in report.corrected for field in fields[name]):
        return "sidecar"
    source = report.published_source if name is FactName.PUBLISHED else None
    return "text" if source is None or source in _PRINTED else source
