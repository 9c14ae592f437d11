"""Writes a report's dates in words: when the inspection took place, and when the report was published."""

from __future__ import annotations

from corpus.dates import days_in_words, in_words
from corpus.facts.kinds import entry_of
from corpus.types import Report

FILE_NAME = "file name"
"""The source of a date of publication that is only in the file's name."""
OTHER_DATE = "other date"
"""The source of a date other than the date of publication. For some kinds of report, such a date is the main one. For
example, the main date of a decision is the day on which it was made."""


def inspected_words(report: Report) -> str | None:
    """Return the days of an inspection, or the week or month if the report gives nothing more exact."""
    return report.inspected_as or days_in_words(report.inspected_from, report.inspected_to)


def published_words(report: Report, verb: str = "published") -> str | None:
    """Return when a report was published, or its main date: "decided on 12 May 2023"."""
    if report.published is None:
        return None
    if report.published_source == OTHER_DATE and report.kind:
        return f"{entry_of(report.kind).dated_as} {in_words(report.published)}"
    return f"{verb} {in_words(report.published)}".strip()
